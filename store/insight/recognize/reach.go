package recognize

import "fineprint/store/insight/learn"

// Reach is what is kept of a clause to tell which lessons reach it: the smallest hashes of
// its words, and of its pairs of words, that are no common ones. It is small, so that it
// can be kept of every clause of a collection, and asked without reading any text.
type Reach []uint16

const (
	// ReachSize is how many hashes a Reach has at most.
	ReachSize = 12
	// reachLeast is how many of them a clause has in common with one that teaches it.
	reachLeast = 3
	// reachBytes is how much of a clause counts.
	reachBytes = 4 << 10
)

// ReachOf returns the Reach of a clause, by its visible words.
func ReachOf(text string) Reach {
	var room [160]learn.Word
	return reachOf(learn.Words(room[:0], text[:min(len(text), reachBytes)]))
}

func reachOf(words []learn.Word) Reach {
	var room [ReachSize]uint32
	least := room[:0]
	add := func(h uint32, of ...uint32) {
		h = (h ^ h>>15) * 2246822519
		h = (h ^ h>>13) * 3266489917
		h ^= h >> 16
		if len(least) == ReachSize && h >= least[ReachSize-1] {
			return
		}
		for _, w := range of { // asked last, since it costs most
			if common[w] {
				return
			}
		}
		i := len(least)
		for i > 0 && least[i-1] > h {
			i--
		}
		if i > 0 && least[i-1] == h {
			return
		}
		if len(least) < ReachSize {
			least = append(least, 0)
		}
		copy(least[i+1:], least[i:])
		least[i] = h
	}
	for i, w := range words {
		if w.End > reachBytes-64 { // a word may be cut at the end
			break
		}
		add(w.Hash, w.Hash)
		if i > 0 {
			add(words[i-1].Hash*16777619^w.Hash, words[i-1].Hash, w.Hash)
		}
	}
	r := make(Reach, 0, len(least))
	for _, h := range least {
		i := len(r)
		for i > 0 && r[i-1] > uint16(h) {
			i--
		}
		if i == 0 || r[i-1] != uint16(h) {
			r = append(r, 0)
			copy(r[i+1:], r[i:])
			r[i] = uint16(h)
		}
	}
	return r
}

// common are words that say nothing of what a clause is about.
var common = func() map[uint32]bool {
	m := map[uint32]bool{}
	for h := range fillers {
		m[h] = true
	}
	for _, w := range learn.Words(nil, `about after all also but can could do does each has into more no only other such
		shall so than then there through upon very was were what where while within without would your you're
		terms service services agreement information data use including applicable`) {
		m[w.Hash] = true
	}
	for h := range frequent {
		m[h] = true
	}
	return m
}()

// Meets reports whether what is said of one of two clauses reaches the other. A clause
// meets itself.
func (r Reach) Meets(other Reach) bool {
	same, i, j := 0, 0, 0
	for i < len(r) && j < len(other) {
		switch {
		case r[i] == other[j]:
			same, i, j = same+1, i+1, j+1
		case r[i] < other[j]:
			i++
		default:
			j++
		}
	}
	return same >= reachLeast || same == len(r) && same == len(other)
}
