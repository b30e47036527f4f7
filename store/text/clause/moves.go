package clause

import (
	"cmp"
	"slices"

	"fineprint/store/text/redline"
)

const (
	// minMoved is how alike clauses of different places must be to be one that
	// moved and was edited.
	minMoved = 0.7
	// minMargin is how much more alike they must be than either is to any other.
	minMargin = 0.05
	// minMovedWords is how many words an edited clause needs to be known again
	// elsewhere, minSameWords one that was not edited; shorter ones are only
	// looked for in their own place.
	minMovedWords = 8
	minSameWords  = 4
	// maxPostings bounds in how many clauses a pair of words may be and still
	// distinguish them.
	maxPostings = 12 // work limit
)

// moves pairs what is left wherever it is: the same words first, then what
// is most alike, if mutually so and by a margin.
func (a *aligner) moves() {
	olds, news := unpaired(a.ofOld), unpaired(a.ofNew)
	if len(olds) == 0 || len(news) == 0 { // work limit
		return
	}
	found := a.movedSame(olds, news)
	olds, news = unpaired(a.ofOld), unpaired(a.ofNew)
	if len(olds) > 0 && len(news) > 0 {
		found = a.movedSimilar(olds, news) || found
		found = a.movedNear(unpaired(a.ofOld), unpaired(a.ofNew)) || found
	}
	if found {
		a.outOfOrder()
	}
}

func unpaired(of []int32) []int {
	var list []int
	for k, partner := range of {
		if partner == None {
			list = append(list, k)
		}
	}
	return list
}

// reserve keeps unpaired clauses whose words are unpaired on the other side as
// often from being paired with what is only alike.
func (a *aligner) reserve() {
	olds, news := unpaired(a.ofOld), unpaired(a.ofNew)
	if len(olds) == 0 || len(news) == 0 {
		return
	}
	a.table.reset(len(olds) + len(news))
	for _, i := range olds {
		a.table.at(a.oldHash[i]).oldN++
	}
	for _, j := range news {
		a.table.at(a.newHash[j]).newN++
	}
	balanced := func(k *key, kind Kind) bool {
		e := a.table.at(k.hash)
		if e.oldN == 0 || e.oldN != e.newN || len(k.words) < minReserved {
			return false
		}
		if kind != Heading {
			return true
		}
		return Unnumbered(k.words) == k.words // a number makes it no other heading
	}
	for _, i := range olds {
		a.oldKey[i].elsewhere = balanced(&a.oldKey[i], a.old.Clauses[i].Kind)
	}
	for _, j := range news {
		a.newKey[j].elsewhere = balanced(&a.newKey[j], a.new.Clauses[j].Kind)
	}
}

// minReserved is how long, in bytes, words must be to be reserved.
const minReserved = 6

// movedSame pairs clauses with the same words, long enough to be known again,
// when there are as many on either side.
func (a *aligner) movedSame(olds, news []int) bool {
	type places struct{ old, new []int }
	byHash := make(map[uint64]*places, len(olds))
	for _, i := range olds {
		if len(a.bagOf(&a.oldKey[i])) < minSameWords {
			continue
		}
		p := byHash[a.oldKey[i].hash]
		if p == nil {
			p = &places{}
			byHash[a.oldKey[i].hash] = p
		}
		p.old = append(p.old, i)
	}
	for _, j := range news {
		if p := byHash[a.newKey[j].hash]; p != nil {
			p.new = append(p.new, j)
		}
	}
	found := false
	for _, i := range olds {
		p := byHash[a.oldKey[i].hash]
		if p == nil || len(p.old) != len(p.new) || p.old[0] != i {
			continue
		}
		for k, i := range p.old {
			if j := p.new[k]; a.sameKey(i, j) {
				a.pair(i, j)
				found = true
			}
		}
	}
	return found
}

// movedNear pairs short clauses with the same words that only changed their
// order within one place, such as the items of one list, and headings that moved
// with what is under them.
func (a *aligner) movedNear(olds, news []int) bool {
	byHash := make(map[uint64][]int, len(news))
	for _, j := range news {
		h := a.newKey[j].hash
		byHash[h] = append(byHash[h], j)
	}
	found := false
	for _, i := range olds {
		h := a.oldKey[i].hash
		for k, j := range byHash[h] {
			heading := a.old.Clauses[i].Kind == Heading && a.new.Clauses[j].Kind == Heading && a.oldKey[i].elsewhere
			if a.oldKey[i].words != "" && a.sameKey(i, j) && (heading || a.SamePlace(i, j)) {
				a.pair(i, j)
				byHash[h] = slices.Delete(byHash[h], k, k+1)
				found = true
				break
			}
		}
	}
	return found
}

type candidate struct {
	i, j       int
	similarity float32
}

// movedSimilar pairs clauses that moved and were edited. Candidates share rare
// pairs of words.
func (a *aligner) movedSimilar(olds, news []int) bool {
	a.postPairs(news)
	a.counts = resized(a.counts, len(a.ofNew))
	clear(a.counts)
	var all []candidate
	for _, i := range olds {
		a.wordPairs, a.met = a.appendPairs(a.wordPairs[:0], &a.oldKey[i]), a.met[:0]
		for _, pair := range a.wordPairs {
			e := a.table.find(pair)
			if e == nil || e.newN > maxPostings {
				continue
			}
			for at := e.newAt; at != None; at = a.postings[at].before {
				j := a.postings[at].clause
				if a.counts[j] == 0 {
					a.met = append(a.met, j)
				}
				a.counts[j]++
			}
		}
		for _, j := range a.met {
			if a.counts[j] >= 2 {
				if v := a.similarAtLeast(&a.oldKey[i], &a.newKey[j], 1, minMoved-minMargin); v > 0 {
					all = append(all, candidate{i, int(j), v})
				}
			}
			a.counts[j] = 0
		}
	}
	return a.mutual(all)
}

// posting is a clause with a pair of words, and the posting of the same pair before.
type posting struct{ clause, before int32 }

// postPairs notes in the table which new clauses have a pair of words: the last of
// the postings, and how many there are.
func (a *aligner) postPairs(news []int) {
	words := 0 // there are no more pairs than words
	for _, j := range news {
		words += len(a.bagOf(&a.newKey[j]))
	}
	a.table.reset(words)
	a.postings = a.postings[:0]
	for _, j := range news {
		a.wordPairs = a.appendPairs(a.wordPairs[:0], &a.newKey[j])
		for _, pair := range a.wordPairs {
			e := a.table.at(pair)
			switch {
			case e.newN == 0:
				e.newAt = None
			case e.newN > maxPostings || a.postings[e.newAt].clause == int32(j):
				continue
			}
			a.postings = append(a.postings, posting{int32(j), e.newAt})
			e.newAt, e.newN = int32(len(a.postings)-1), e.newN+1
		}
	}
}

// mutual pairs the candidates that are each other's best by a margin.
func (a *aligner) mutual(all []candidate) bool {
	slices.SortFunc(all, func(x, y candidate) int {
		return cmp.Or(-cmp.Compare(x.similarity, y.similarity), cmp.Compare(x.i, y.i), cmp.Compare(x.j, y.j))
	})
	type best struct{ first, second float32 }
	ofOld, ofNew := map[int]*best{}, map[int]*best{}
	note := func(m map[int]*best, k int, v float32) {
		b := m[k]
		switch {
		case b == nil:
			m[k] = &best{first: v}
		case b.second == 0:
			b.second = v
		}
	}
	for _, c := range all {
		note(ofOld, c.i, c.similarity)
		note(ofNew, c.j, c.similarity)
	}
	clear := func(b *best, v float32) bool { return v == b.first && v-b.second >= minMargin }
	found := false
	for _, c := range all {
		if c.similarity >= minMoved && a.ofOld[c.i] == None && a.ofNew[c.j] == None && clear(ofOld[c.i], c.similarity) &&
			clear(ofNew[c.j], c.similarity) {
			a.pair(c.i, c.j)
			found = true
		}
	}
	return found
}

// appendPairs appends hashes of the neighbouring words of a clause, none for a
// short one.
func (a *aligner) appendPairs(dst []uint64, k *key) []uint64 {
	a.wordList = appendWords(a.wordList[:0], k.words)
	words := a.wordList
	if len(words) < minMovedWords {
		return dst
	}
	for n := 1; n < len(words); n++ {
		if len(words) > manyWords && (words[n-1]^words[n])&3 != 0 { // work limit
			continue
		}
		pair := (uint64(words[n-1])<<32 | uint64(words[n])) * spread
		dst = append(dst, pair^pair>>32)
	}
	return dst
}

// spread is an odd number that makes the lowest bits of a pair depend on both words.
const spread = 0x9E3779B97F4A7C15

// manyWords is from how many words on a quarter of the pairs of words is enough
// to find a clause again.
const manyWords = 32 // work limit

// outOfOrder marks as moved the pairs that are outside of the longest order
// both documents share.
func (a *aligner) outOfOrder() {
	type at struct{ i, j int }
	var all []at
	for j := 0; j < len(a.ofNew); j++ {
		i := int(a.ofNew[j])
		if i == None || int(a.ofOld[i]) != j {
			continue // unpaired, or a further clause of a group
		}
		all = append(all, at{i, j})
	}
	slices.SortFunc(all, func(x, y at) int { return cmp.Compare(x.i, y.i) })
	a.moved = make([]bool, len(a.ofNew))
	for _, p := range all {
		a.moved[p.j] = true
	}
	for _, p := range redline.Increasing(all, func(p at) int { return p.j }) {
		a.moved[p.j] = false
	}
}
