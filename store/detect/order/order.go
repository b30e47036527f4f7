// Package order is the model that puts material changes in order: how likely a
// reader calls one material, by a dozen features of the change, its place and its
// document's history.
//
// It orders and folds nothing: what is immaterial the rules decide
// (store/detect/rules). It doesn't say how severe a change is either; the score of
// store/detect does, and [Rank] takes both together. Counting what the model looks
// at is store/detect's part, which has the two texts; learning the weights is
// cmd/dev/ordering's.
//
// Invariants:
//   - Features look back only: what was captured later changes nothing.
//   - They are numbers of kinds of things, never words of a text, and mean the
//     same in every language and collection.
//   - The same features give the same value, and it can be told in words which of
//     them made it what it is ([Features.Evidence]).
//
// Decisions:
//   - What is kept with a change is its features, a byte each, not the model's
//     value: so weights that were learned anew order what is there already, and
//     learning, listing and explaining see the same numbers. Features of another
//     length, or with another first byte, are those of another build and are not
//     read.
//   - The model is logistic regression over features brought to mean 0 and spread
//     1. Twenty-two features, negations, links, likeness to others or what churns
//     gained nothing on documents that the model had not seen.
//   - What is probably noise stands below a line that loses next to nothing, and
//     nothing that would be severe stands there: see [Noise].
package order

import "math"

// Facts are what the model looks at, as they are counted. The material clause
// changes are those that no rule folds.
type Facts struct {
	Clauses  int // clause changes
	Material int // the material ones among them
	Modified int // of the material ones, those with an old and a new side
	Removed  int // and those without a new one
	Words    int // that changed in the material ones
	Headings int // above the material ones, all in all
	AtHead   int // clause changes in the first part of the document
	OldBytes int
	NewBytes int

	Weighty  bool // a negation or modal changed in a modified sentence
	DateLine bool // the document's own date moved
	Telling  bool // something in the material ones has points of the score
	// Days is how long the version before stood, below zero when nobody knows, and
	// Recent how many versions there were in the 30 days before.
	Days   float64
	Recent int
	// Returns: all that changed is as it was in one earlier version.
	Returns bool
}

// size is how many features there are.
const size = 13

// Features are Facts as the model weighs them, a byte each.
type Features [size]uint8

// Of returns the features of a change.
func Of(f Facts) Features {
	var x Features
	for i := range features {
		x[i] = uint8(math.Round(min(max(features[i].of(&f), 0), math.MaxUint8)))
	}
	return x
}

// formatVersion is that of features as [Features.Pack] writes them; it is raised with every
// change of what a feature means.
const formatVersion = 1

// Pack returns the features as they are stored.
func (x *Features) Pack() []byte { return append([]byte{formatVersion}, x[:]...) }

// Unpack reads stored features; ok is false for none, and for those of a build that
// looked at other things.
func Unpack(b []byte) (x Features, ok bool) {
	if len(b) != 1+size || b[0] != formatVersion {
		return x, false
	}
	return Features(b[1:]), true
}

const (
	// typicalDays is how long a version is taken to have stood when nobody knows.
	typicalDays = 7
	// stepsOfE is how many steps of a byte a factor of e is, for what is counted.
	stepsOfE = 32
)

func logged(n float64) float64 { return stepsOfE * math.Log1p(n) }

func share(n, of int) float64 { return math.MaxUint8 * float64(n) / float64(max(of, 1)) }

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// days is how long the version before stood.
func (f *Facts) days() float64 {
	if f.Days < 0 {
		return typicalDays
	}
	return f.Days
}

// perMaterial is n for each material clause change.
func (f *Facts) perMaterial(n int) float64 { return float64(n) / float64(max(f.Material, 1)) }

// resized reports whether the document became half as long, or twice.
func (f *Facts) resized() bool {
	return math.Abs(math.Log(float64(f.NewBytes+1)/float64(f.OldBytes+1))) > math.Ln2
}
