package ranking

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"fineprint/store/detect/order"
	"fineprint/store/model"
	"fineprint/store/smallsort"
)

// Seen is what the model sees of a change.
type Seen struct {
	Features order.Features
	Score    int    // as detected
	Terms    []Term // of its words; none where these are not read yet
	Place    []Term // of where it is
}

// Example is a change that somebody decided on.
type Example struct {
	Seen
	Material bool
	Severity model.Severity // "" where none was given
	Weight   float64        // how much it counts
}

// Model is what was learned: what is added to what the build's own model says. Nil, and
// the zero Model, add nothing.
type Model struct {
	Examples int
	Entry    uint64 // of the journal, up to which it was learned; 0 where it is not kept
	mark     uint64 // of what it was learned from
	base     order.Model
	features []float64 // of log-odds, for each spread above the mean
	terms    map[Term]float64
	points   map[Term]float64 // of the score
}

// Ridges are how strongly weights are held where they start.
type Ridges struct{ Bias, Features, Terms, Place, Points, Shift float64 }

// Defaults are the ridges of this build, see cmd/dev/ordering.
var Defaults = Ridges{Bias: 1, Features: 10, Terms: 3, Place: 12, Points: 3, Shift: 1}

// Learn learns from examples, in whatever order they come. Base is the model to start from.
func Learn(examples []Example, base order.Model, by Ridges) *Model {
	m := &Model{Examples: len(examples), base: base, terms: map[Term]float64{}, points: map[Term]float64{}}
	if len(examples) == 0 {
		return m
	}
	examples = slices.Clone(examples)
	smallsort.By(examples, compareExamples)
	m.learnOdds(examples, by)
	m.learnPoints(examples, by)
	return m
}

// compareExamples puts examples into one order, whatever the order they came in, so that
// sums of them are the same to the last bit.
func compareExamples(a, b Example) int {
	truth := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	return cmp.Or(slices.Compare(a.Features[:], b.Features[:]), slices.Compare(a.Terms, b.Terms),
		slices.Compare(a.Place, b.Place), cmp.Compare(a.Score, b.Score), truth(a.Material)-truth(b.Material),
		cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Weight, b.Weight))
}

// termScale is what a word of a change counts, so that one of many words counts no more
// than one of few.
func termScale(n int) float64 { return 1 / math.Sqrt(float64(max(n, fewTerms))) }

// fewTerms is up to how many terms each counts the same.
const fewTerms = 8

// termColumns are the columns of terms, in the order of the terms.
func termColumns(examples []Example, of func(*Example) (list []Term, scale float64), ridge float64) (terms []Term,
	columns []column) {
	at := map[Term]*column{}
	for e := range examples {
		list, scale := of(&examples[e])
		for _, t := range list {
			c := at[t]
			if c == nil {
				c = &column{ridge: ridge}
				at[t] = c
			}
			c.at, c.values = append(c.at, int32(e)), append(c.values, scale)
		}
	}
	terms = slices.Sorted(maps.Keys(at))
	for _, t := range terms {
		columns = append(columns, *at[t])
	}
	return terms, columns
}

func placeTerms(e *Example) ([]Term, float64) { return e.Place, 1 }

func wordTerms(e *Example) ([]Term, float64) { return e.Terms, termScale(len(e.Terms)) }

// learnOdds learns features and places first, and words from what these leave over: of most
// changes that are ordered the words are not known, and what is known of all of them must
// not count on these.
func (m *Model) learnOdds(examples []Example, by Ridges) {
	start, right, weight := make([]float64, len(examples)), make([]bool, len(examples)), make([]float64, len(examples))
	features := make([]column, len(m.base.Weights)+1)
	for i := range features {
		features[i].ridge = by.Features
	}
	features[0].ridge = by.Bias
	for e := range examples {
		x := &examples[e]
		start[e], right[e], weight[e] = m.base.LogOdds(x.Features), x.Material, x.Weight
		for i := range features {
			v := 1.0
			if i > 0 {
				v = m.base.Standard(x.Features, i-1)
			}
			features[i].at, features[i].values = append(features[i].at, int32(e)), append(features[i].values, v)
		}
	}
	places, columns := termColumns(examples, placeTerms, by.Place)
	columns = append(features, columns...)
	w := logistic(columns, start, right, weight)
	// What is learned of how often the analyst finds a change material orders nothing,
	// and it would lift noise out of its section by approvals of other changes: the bias
	// takes it up and is left out.
	m.features = w[1:len(features)]
	keepTerms(m.terms, places, w[len(features):])
	addTo(start, columns, w)
	words, columns := termColumns(examples, wordTerms, by.Terms)
	keepTerms(m.terms, words, logistic(columns, start, right, weight))
}

// keepTerms keeps the weights of terms.
func keepTerms(in map[Term]float64, terms []Term, w []float64) {
	for i, t := range terms {
		in[t] = kept32(w[i])
	}
}

// addTo adds what columns say by their weights to what is said of each example.
func addTo(sums []float64, columns []column, w []float64) {
	for c := range columns {
		for k, e := range columns[c].at {
			sums[e] += w[c] * columns[c].values[k]
		}
	}
}

// kept32 is a weight as it is kept, so that a model is the same when it is read again.
func kept32(w float64) float64 { return float64(float32(w)) }

// centres are the scores that severities stand for.
var centres = map[model.Severity]float64{model.Low: 20, model.Medium: 54, model.High: 80, model.Critical: 92}

func (m *Model) learnPoints(examples []Example, by Ridges) {
	var rated []Example
	for _, e := range examples {
		if e.Severity != "" {
			rated = append(rated, e)
		}
	}
	if len(rated) == 0 {
		return
	}
	want, weight := make([]float64, len(rated)), make([]float64, len(rated))
	shift := column{ridge: by.Shift}
	for e := range rated {
		want[e], weight[e] = centres[rated[e].Severity]-float64(rated[e].Score), rated[e].Weight
		shift.at, shift.values = append(shift.at, int32(e)), append(shift.values, 1)
	}
	places, columns := termColumns(rated, placeTerms, by.Place)
	columns = append([]column{shift}, columns...)
	w := squares(columns, want, weight)
	keepTerms(m.points, places, w[1:])
	told := make([]float64, len(rated))
	addTo(told, columns, w)
	for e := range want {
		want[e] -= told[e]
	}
	words, columns := termColumns(rated, wordTerms, by.Points)
	keepTerms(m.points, words, squares(columns, want, weight))
}

// LogOdds is what the model says of a change, and what was said of it without learning.
func (m *Model) LogOdds(s *Seen) (learned, detected float64) {
	detected = m.base.LogOdds(s.Features)
	learned = detected
	for i, w := range m.features {
		learned += w * m.base.Standard(s.Features, i)
	}
	scale := termScale(len(s.Terms))
	for _, t := range s.Terms {
		learned += scale * m.terms[t]
	}
	for _, t := range s.Place {
		learned += m.terms[t]
	}
	return learned, detected
}

// Score is the score that the model expects of a change.
func (m *Model) Score(s *Seen) float64 {
	score := float64(s.Score)
	scale := termScale(len(s.Terms))
	for _, t := range s.Terms {
		score += scale * m.points[t]
	}
	for _, t := range s.Place {
		score += m.points[t]
	}
	return max(0, min(99, score))
}

// Rank is what the queue is ordered by, high to low.
func (m *Model) Rank(s *Seen) float64 {
	odds, _ := m.LogOdds(s)
	return order.RankOf(odds, m.Score(s))
}
