// Package similar finds which changes have the same words, whatever documents they
// are in: one sentence of a company changed in twelve of its documents, an
// address changed on twenty platforms.
//
// A change has a key, which is equal for equal changes, and a sketch, by which
// two changes can be held against each other without their texts. It is not for
// finding what changed (store/detect), nor for showing it (store/text/redline).
//
// Decisions:
//   - A change is what its material clause changes delete and insert; what all
//     of them do where none is material. Order and repetition don't matter, nor
//     do case, typography and markup; numbers do.
//   - Where few words changed, those around them are part of it: thirty days
//     that become sixty are not alike wherever they are.
//   - A key is the beginning of a SHA-256, so that no platform can write a change
//     that passes for one that was dismissed.
//   - A sketch is a MinHash of its words, one byte a slot: what a row of the
//     queue can hold.
package similar

import (
	"crypto/sha256"
	"math"
	"slices"

	"fineprint/store/model"
)

const (
	// KeySize is the length of a key in bytes.
	KeySize = 10
	// sketchSize is the length of a sketch in bytes.
	sketchSize = 32
)

// Near is the similarity from which on two changes are nearly the same. Of the
// material changes of the Platform Governance Archive nearly 60 pairs reach it,
// of more than 1.5 million. Those read above it are the same but for a date, a
// name or a few clauses of many; those read below it, down to 0.4, mostly share
// a subject or one of several clauses.
const Near = 0.6

// Fingerprint is what a change is compared with others by. The zero Fingerprint is
// that of a change that does nothing, which is like no other.
type Fingerprint struct {
	Key    []byte // KeySize bytes, or none
	Sketch []byte // sketchSize bytes, or none
}

// New returns the fingerprint of a change from old to new.
func New(old, new string, clauses []model.ClauseChange) Fingerprint {
	material := slices.ContainsFunc(clauses, func(c model.ClauseChange) bool { return c.Material })
	r := readers.Get().(*reader)
	defer r.release()
	var wordings [][sha256.Size]byte
	r.sketch.reset()
	for i := range clauses {
		c := &clauses[i]
		if material && !c.Material {
			continue
		}
		if d := r.deltaOf(old, new, c); len(d) > 0 {
			r.sum = d.appendTo(r.sum[:0])
			wordings = append(wordings, sha256.Sum256(r.sum))
			d.features(r.sketch.add)
		}
	}
	if len(wordings) == 0 {
		return Fingerprint{}
	}
	slices.SortFunc(wordings, func(a, b [sha256.Size]byte) int { return slices.Compare(a[:], b[:]) })
	all := sha256.New()
	for _, s := range slices.Compact(wordings) {
		all.Write(s[:])
	}
	return Fingerprint{Key: all.Sum(nil)[:KeySize:KeySize], Sketch: r.sketch.bytes()}
}

// step is a word of a delta with what is done to it: '-' deleted, '+' inserted,
// '=' stays beside what changed, '>' moves.
type step struct {
	op   byte
	word string
}

type delta []step

// appendTo appends what a delta's sum is of.
func (d delta) appendTo(b []byte) []byte {
	for _, s := range d {
		b = append(append(append(b, s.op), s.word...), 0)
	}
	return b
}

// hash is FNV-1a, which hash/fnv has for a Writer only.
type hash uint64

const newHash hash = 14695981039346656037

func (h hash) byte(c byte) hash { return (h ^ hash(c)) * 1099511628211 }

func (h hash) word(w string) hash {
	for i := range len(w) {
		h = h.byte(w[i])
	}
	return h
}

// features yields the delta's words, alone and in pairs that follow each other. A
// word beside what changed counts with what changed there: a change and its
// reverse have none in common.
func (d delta) features(yield func(uint64)) {
	for i, s := range d {
		h := newHash.byte(s.op).word(s.word)
		if s.op == '=' {
			near := d.changedNear(i)
			h = h.byte(near.op).word(near.word)
		}
		yield(uint64(h))
		if i+1 < len(d) && d[i+1].op == s.op {
			yield(uint64(h.byte(0).word(d[i+1].word)))
		}
	}
}

// changedNear is the last changed word before i, or else the first one after.
func (d delta) changedNear(i int) step {
	for k := i; k >= 0; k-- {
		if d[k].op != '=' {
			return d[k]
		}
	}
	for k := i; k < len(d); k++ {
		if d[k].op != '=' {
			return d[k]
		}
	}
	return step{}
}

// sketch keeps, for each of sketchSize orders of all features, the first one's place.
type sketch struct {
	least [sketchSize]uint64
	// recent are features that were added, by their last bits: most words of a long
	// text are there again and again, and change nothing.
	recent [1 << 11]uint64 // work limit
}

// reset forgets all features.
func (s *sketch) reset() {
	for i := range s.least {
		s.least[i] = math.MaxUint64
	}
	clear(s.recent[:])
}

func (s *sketch) add(f uint64) {
	at := &s.recent[f%uint64(len(s.recent))]
	if *at == f && f != 0 { // work limit
		return
	}
	*at = f
	for i := range s.least {
		s.least[i] = min(s.least[i], mix(f+uint64(i)*0x9E3779B97F4A7C15))
	}
}

// bytes is the lowest byte of each place.
func (s *sketch) bytes() []byte {
	out := make([]byte, sketchSize)
	for i, v := range s.least {
		out[i] = byte(v)
	}
	return out
}

// mix is the finaliser of SplitMix64.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// Similarity is about how much of two changes is the same, from 0 to 1: the
// share of the words and pairs of words of either that both have.
func Similarity(a, b []byte) float64 {
	if len(a) != sketchSize || len(b) != sketchSize {
		return 0
	}
	same := 0
	for i := range a {
		if a[i] == b[i] {
			same++
		}
	}
	const chance = 1.0 / 256 // of two different features having the same byte
	return max(0, (float64(same)/sketchSize-chance)/(1-chance))
}
