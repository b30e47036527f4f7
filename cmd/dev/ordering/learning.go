package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"

	"fineprint/store/detect/order"
	"fineprint/store/insight/ranking"
	"fineprint/store/model"
)

// learningReport prints what learning from decisions is worth.
type learningReport struct {
	out     io.Writer
	samples []sample // called material
	by      ranking.Ridges
}

func (r *learningReport) printf(format string, args ...any) { fmt.Fprintf(r.out, format, args...) }

// onlyMaterial are the samples that the queue shows, for there is nothing to order among the
// others.
func onlyMaterial(samples []sample) (list []sample) {
	for _, s := range samples {
		if s.result != nil && s.result.Features != nil {
			list = append(list, s)
		}
	}
	return list
}

// seen is what the ranking sees of a sample.
func (s *sample) seen() ranking.Seen {
	return ranking.Seen{Features: *s.result.Features, Score: s.result.Suggested.Score, Terms: s.words.Terms,
		Place: ranking.PlaceOf(ranking.Place{Type: s.kind, Platform: s.collection + s.platform, Document: s.Path})}
}

// decision is what an analyst who thinks as the labels do decides on a sample.
func (s *sample) decision() ranking.Example {
	e := ranking.Example{Seen: s.seen(), Material: s.real(), Weight: 1}
	if s.real() {
		e.Severity = model.Severity(s.Severity)
	}
	return e
}

// ways are the orders that are held against each other, each a key by which to sort, high
// to low.
type way struct {
	name string
	key  func(s *sample) float64
}

// fixedWays need no learning.
var fixedWays = []way{
	{"newest first", func(s *sample) float64 { return float64(s.captured) }},
	{"biggest first", func(s *sample) float64 { return float64(s.size) }},
	{"score", func(s *sample) float64 { return float64(s.result.Suggested.Score) }},
}

// byBase is the order of today, by a model.
func byBase(base order.Model) way {
	return way{"today's rank, weights learned anew", func(s *sample) float64 {
		return order.Rank(base.LogOdds(*s.result.Features), s.result.Suggested.Score)
	}}
}

// byLearned is the order of what was learned, of changes whose words are not known, as those
// are that nobody decided on.
func byLearned(name string, m *ranking.Model) way {
	return way{name, func(s *sample) float64 {
		x := s.seen()
		x.Terms = nil
		return m.Rank(&x)
	}}
}

// figures are what an order is worth.
type figures struct{ material, severe float64 }

func worth(list []*sample, w way) figures {
	keys := make([]float64, len(list))
	for i, s := range list {
		keys[i] = w.key(s)
	}
	at := ordered(len(list), func(i int) float64 { return keys[i] })
	material, severe := make([]point, len(at)), make([]point, len(at))
	for k, i := range at {
		s := list[i]
		material[k] = point{s.real(), 1}
		severe[k] = point{s.real() && s.Severity != "low", 1}
	}
	return figures{averagePrecision(material), averagePrecision(severe)}
}

// print prints all of it.
func (r *learningReport) print() {
	names := map[string]bool{}
	for i := range r.samples {
		names[r.samples[i].collection] = true
	}
	var collections []string
	for name := range names {
		collections = append(collections, name)
	}
	slices.Sort(collections)
	for _, test := range collections {
		r.across(test)
	}
	for _, of := range collections {
		r.curve(of)
	}
}

// across prints how orders do on one collection, learned from the others.
func (r *learningReport) across(test string) {
	var train []sample
	var tested []*sample
	for i := range r.samples {
		if r.samples[i].collection == test {
			tested = append(tested, &r.samples[i])
		} else {
			train = append(train, r.samples[i])
		}
	}
	base := learn(examples(train))
	var decided []ranking.Example
	for i := range train {
		decided = append(decided, train[i].decision())
	}
	ways := append(slices.Clone(fixedWays), byBase(base),
		byLearned("features and places, learned there", ranking.Learn(decided, base, r.by)))
	r.printf("\nTESTED ON %s: %d changes called material; learned from %d of other collections\n", test, len(tested),
		len(train))
	r.printf("  %-36s %16s %16s\n", "", "AP material", "AP medium+")
	for _, w := range ways {
		f := worth(tested, w)
		a, b := bootstrap(tested, w)
		r.printf("  %-36s %8.3f ± %.3f %8.3f ± %.3f\n", w.name, f.material, a, f.severe, b)
	}
}

// draws is how often documents are drawn for a spread.
const draws = 300

// bootstrap is the spread of an order's figures, documents drawn again and again.
func bootstrap(list []*sample, w way) (material, severe float64) {
	byDocument := map[string][]*sample{}
	var paths []string
	for _, s := range list {
		if byDocument[s.Path] == nil {
			paths = append(paths, s.Path)
		}
		byDocument[s.Path] = append(byDocument[s.Path], s)
	}
	rng := rand.New(rand.NewPCG(18, 1))
	var a, b []float64
	for range draws {
		var drawn []*sample
		for range paths {
			drawn = append(drawn, byDocument[paths[rng.IntN(len(paths))]]...)
		}
		f := worth(drawn, w)
		a, b = append(a, f.material), append(b, f.severe)
	}
	return spread(a), spread(b)
}

func mean(list []float64) (sum float64) {
	for _, v := range list {
		sum += v
	}
	return sum / float64(max(len(list), 1))
}

func spread(list []float64) float64 {
	m, sum := mean(list), 0.0
	for _, v := range list {
		sum += (v - m) * (v - m)
	}
	return math.Sqrt(sum / float64(max(len(list)-1, 1)))
}

const (
	// curveSeeds is how often decisions are drawn.
	curveSeeds = 10
	// testParts: one document of so many is to test on.
	testParts = 3
)

// curve prints what 0, 10, 50 and 200 decisions on a collection's changes are worth on
// other documents of it.
func (r *learningReport) curve(of string) {
	steps := []int{0, 10, 50, 200}
	got := make([][2][]float64, len(steps))
	fixed := make([][2][]float64, len(fixedWays))
	counts := make([]int, len(steps))
	for seed := range uint64(curveSeeds) {
		var elsewhere, pool []sample
		var test []*sample
		for i := range r.samples {
			s := &r.samples[i]
			switch {
			case s.collection != of:
				elsewhere = append(elsewhere, *s)
			case partOf(s.Path, seed) == 0:
				test = append(test, s)
			default:
				pool = append(pool, *s)
			}
		}
		base := learn(examples(elsewhere))
		rand.New(rand.NewPCG(seed, 18)).Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
		for k, w := range fixedWays {
			f := worth(test, w)
			fixed[k][0], fixed[k][1] = append(fixed[k][0], f.material), append(fixed[k][1], f.severe)
		}
		for k, n := range steps {
			var decided []ranking.Example
			for i := range pool[:min(n, len(pool))] {
				decided = append(decided, pool[i].decision())
			}
			counts[k] = len(decided)
			f := worth(test, byLearned("", ranking.Learn(decided, base, r.by)))
			got[k][0], got[k][1] = append(got[k][0], f.material), append(got[k][1], f.severe)
		}
	}
	r.printf("\nLEARNING CURVE on %s, tested on other documents of it; %d seeds; prior learned from the others\n", of,
		curveSeeds)
	r.printf("  %-36s %16s %16s\n", "", "AP material", "AP medium+")
	row := func(name string, f [2][]float64) {
		r.printf("  %-36s %8.3f ± %.3f %8.3f ± %.3f\n", name, mean(f[0]), spread(f[0]), mean(f[1]), spread(f[1]))
	}
	for k, w := range fixedWays {
		row(w.name, fixed[k])
	}
	for k := range steps {
		row(fmt.Sprintf("%d decisions", counts[k]), got[k])
	}
}

// partOf puts a document into one of testParts.
func partOf(path string, seed uint64) int {
	return int(rand.New(rand.NewPCG(hashOf(path), seed+1000)).IntN(testParts))
}
