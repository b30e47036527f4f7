package recognize

import (
	"cmp"
	"math"
	"slices"

	"fineprint/store/clausetype"
	"fineprint/store/insight/learn"
)

// Point is a clause that a reviewer filed under a case, as ToS;DR does.
type Point struct {
	Quote, Case string
	Bad         bool // the case is bad for users, or a blocker
}

// Cases tells under which case a clause would be filed.
type Cases struct {
	Titles  []string
	Weights *learn.Classifier
	Bad     []float32 // how often each was judged bad, 0 to 1
}

// How cases are learned; chosen on splits of ToS;DR's points by service.
const (
	caseEpochs = 30
	caseRate   = 1
	caseRidge  = 3e-6
	// badPrior is how bad a case is of which nothing is known, and badWeight how many
	// points that counts for.
	badPrior, badWeight = 0.4, 0.5
)

// LearnCases learns from points, and from the titles of the cases themselves: those of
// the points and, where some of them are ToS;DR's, all of its. It keeps so many weights.
func LearnCases(points []Point, keep int) *Cases {
	c := &Cases{}
	if slices.ContainsFunc(points, func(p Point) bool { _, known := clausetype.TypesOfCase(p.Case); return known }) {
		c.Titles = clausetype.Cases()
	}
	number := map[string]int{}
	for i, title := range c.Titles {
		number[title] = i
	}
	for _, p := range points {
		if _, known := number[p.Case]; !known {
			number[p.Case] = len(c.Titles)
			c.Titles = append(c.Titles, p.Case)
		}
	}
	texts, class := slices.Clone(c.Titles), make([]int, len(c.Titles))
	bad, all := make([]float32, len(c.Titles)), make([]float32, len(c.Titles))
	for i := range class {
		class[i] = i
	}
	for _, p := range points {
		k := number[p.Case]
		texts, class = append(texts, p.Quote), append(class, k)
		all[k]++
		if p.Bad {
			bad[k]++
		}
	}
	for k := range bad {
		share := (bad[k] + badPrior*badWeight) / (all[k] + badWeight)
		c.Bad = append(c.Bad, float32(math.Round(float64(share*255)))/255) // as it is kept
	}
	v := learn.NewVocabulary(texts, 2, 1<<30, true)
	examples := make([]learn.Example, len(texts))
	for i, t := range texts {
		examples[i] = learn.Example{Terms: v.Vector(nil, t), Class: class[i], Weight: 1}
	}
	w := learn.Train(examples, v.Len(), 0, len(c.Titles), learn.Options{Epochs: caseEpochs, Rate: caseRate,
		Ridge: caseRidge, Seed: 1})
	c.Weights = learn.Compress(v, w, examples, keep)
	return c
}

// Filed is where a clause would be filed.
type Filed struct {
	Case        string
	Probability float64
}

// File lists the cases of a clause, the likeliest first, and how probably the clause is
// bad: by way of the cases.
func (c *Cases) File(quote string) (list []Filed, bad float64) {
	p := c.Weights.Probabilities(quote)
	list = make([]Filed, len(p))
	for i, x := range p {
		list[i] = Filed{c.Titles[i], float64(x)}
		bad += float64(x * c.Bad[i])
	}
	slices.SortStableFunc(list, func(a, b Filed) int { return cmp.Compare(b.Probability, a.Probability) })
	return list, bad
}

// Measured is how well points are filed.
type Measured struct {
	N         int // points of known cases
	Unmatched int // points of cases that were never heard of
	Top1      float64
	Top3      float64
	// AUC is how often a bad point is taken for worse than one that isn't; Both: there are
	// points of both kinds, else there is no such figure.
	AUC  float64
	Both bool
}

// Measure files points and compares.
func (c *Cases) Measure(points []Point) Measured {
	var m Measured
	var good, bad []float64
	for _, p := range points {
		if !slices.Contains(c.Titles, p.Case) {
			m.Unmatched++
			continue
		}
		m.N++
		filed, score := c.File(p.Quote)
		for i, f := range filed[:min(3, len(filed))] {
			if f.Case == p.Case {
				m.Top3++
				if i == 0 {
					m.Top1++
				}
			}
		}
		if p.Bad {
			bad = append(bad, score)
		} else {
			good = append(good, score)
		}
	}
	if m.N > 0 {
		m.Top1, m.Top3 = m.Top1/float64(m.N), m.Top3/float64(m.N)
	}
	m.AUC, m.Both = AUC(bad, good)
	return m
}

// AUC returns how often a score of high is above one of low, an equal one counting half;
// not ok where either is empty.
func AUC(high, low []float64) (auc float64, ok bool) {
	if len(high) == 0 || len(low) == 0 {
		return 0, false
	}
	low = slices.Sorted(slices.Values(low))
	for _, x := range high {
		below, _ := slices.BinarySearch(low, x)
		upTo, _ := slices.BinarySearchFunc(low, x, func(a, b float64) int {
			if a <= b {
				return -1
			}
			return 1
		})
		auc += float64(below) + float64(upTo-below)/2
	}
	return auc / float64(len(high)*len(low)), true
}
