package recognize

import (
	"slices"

	"fineprint/store/insight/learn"
)

// Sketch is what is kept of a clause to find those alike: the smallest hashes of its
// words and pairs of words. Clauses that have most of them in common say the same but for
// a few words.
type Sketch [sketchSize]uint32

const (
	sketchSize = 24
	alikeLeast = 20 // of the hashes that two alike clauses have in common
	alikeWords = 12 // shorter clauses are alike only when they are the same
)

// SketchOf returns the sketch of a clause. Not whole: it is too short to be like another.
func SketchOf(text string) (s Sketch, whole bool) {
	words := learn.Words(nil, text)
	terms := learn.Terms(words)
	for i := range terms {
		terms[i] = terms[i]*2654435761 ^ terms[i]>>15
	}
	slices.Sort(terms)
	copy(s[:], terms)
	return s, len(words) >= alikeWords && len(terms) >= sketchSize
}

// Alike reports whether two clauses say the same but for a few words.
func Alike(a, b *Sketch) bool {
	same, i, j := 0, 0, 0
	for i < sketchSize && j < sketchSize {
		switch {
		case a[i] == b[j]:
			same, i, j = same+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return same >= alikeLeast
}
