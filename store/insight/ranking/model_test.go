package ranking

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"fineprint/store/detect/order"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// examplesOf makes examples at random.
func examplesOf(seed uint64, n int) []Example {
	rng := rand.New(rand.NewPCG(seed, 18))
	list := make([]Example, n)
	for i := range list {
		e := &list[i]
		for k := range e.Features {
			e.Features[k] = uint8(rng.IntN(256))
		}
		e.Score, e.Material, e.Weight = rng.IntN(100), rng.IntN(2) == 0, 1
		if e.Material {
			e.Severity = model.Severities[rng.IntN(len(model.Severities))]
		}
		for range rng.IntN(20) {
			e.Terms = append(e.Terms, Term(rng.IntN(50)))
		}
		e.Place = []Term{Term(1000 + rng.IntN(5))}
	}
	return list
}

func TestNothingLearnedIsTheDetectedOrder(t *testing.T) {
	m := Learn(nil, order.Learned(), Defaults)
	for _, e := range examplesOf(1, 500) {
		if got, want := m.Rank(&e.Seen), order.Rank(e.Features.LogOdds(), e.Score); got != want {
			t.Fatalf("rank %v, as detected %v", got, want)
		}
	}
}

func TestOrderOfExamplesMakesNoDifference(t *testing.T) {
	list := examplesOf(2, 120)
	want := Learn(list, order.Learned(), Defaults).pack(120)
	for seed := range uint64(5) {
		rand.New(rand.NewPCG(seed, 3)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if !bytes.Equal(Learn(list, order.Learned(), Defaults).pack(120), want) {
			t.Fatal("the same examples in another order give other weights")
		}
	}
	if m, n := unpackModel(want); m == nil || n != 120 || !bytes.Equal(m.pack(120), want) {
		t.Error("a model is not read as it was kept")
	}
}

func TestDecisionsMoveWhatIsLikeThem(t *testing.T) {
	base := order.Learned()
	list := examplesOf(4, 40)
	var features order.Features
	for i := range features {
		features[i] = uint8(base.Weights[i].Mean)
	}
	for i := range list { // all alike but for one word
		e := &list[i]
		e.Features, e.Score, e.Place = features, 50, nil
		e.Material = i%2 == 0
		e.Terms, e.Severity = []Term{7}, ""
		if e.Material {
			e.Terms, e.Severity = []Term{8}, model.Critical
		}
	}
	m := Learn(list, base, Defaults)
	dismissed, approved := Seen{Features: features, Score: 50, Terms: []Term{7}}, Seen{Features: features, Score: 50, Terms: []Term{8}}
	neither := Seen{Features: features, Score: 50}
	if a, b, c := m.Rank(&approved), m.Rank(&neither), m.Rank(&dismissed); !(a > b && b > c) {
		t.Errorf("approved %.2f, unknown %.2f, dismissed %.2f", a, b, c)
	}
	if m.Score(&approved) <= m.Score(&neither) {
		t.Error("words of critical changes give no points")
	}
}

func TestAnalystsRateOrdersNothing(t *testing.T) {
	list := examplesOf(5, 60)
	for i := range list {
		list[i].Material, list[i].Severity, list[i].Terms, list[i].Place = true, "", nil, nil
		list[i].Features = order.Features{}
	}
	m := Learn(list, order.Learned(), Defaults)
	s := Seen{Features: order.Features{}, Score: 10}
	for i, w := range order.Learned().Weights { // the mean of all features
		s.Features[i] = uint8(w.Mean)
	}
	learned, detected := m.LogOdds(&s)
	if diff := learned - detected; diff > 0.5 {
		t.Errorf("approving everything lifts an ordinary change by %.2f", diff)
	}
}

func TestAlikeDecisionsAreCountedOneByOne(t *testing.T) {
	sketch := func(same int) []byte {
		b := make([]byte, 32)
		for i := range b {
			b[i] = byte(i)
			if i >= same {
				b[i] += 100
			}
		}
		return b
	}
	var a alike
	add := func(n uint64, same int, d Decision) {
		d.Change = n
		h := rows.Head{N: n, Sketch: sketch(same)}
		h.DuplicateGroup[0] = 1
		a.add(d, &h)
	}
	high := Decision{Material: true, Severity: model.High, Actor: "ada"}
	for n := range uint64(8) {
		add(n+1, 32-int(n), high)
	}
	add(9, 32, Decision{Actor: "Ada"})
	add(10, 8, high)                                        // not near
	add(11, 32, Decision{Material: true, Severity: "high"}) // taught, not decided here
	precedent := func(n uint64, sketch []byte, reader string) string { return outcome(a.of(n, sketch), reader).String() }
	if got := precedent(99, sketch(32), "ada"); got != "you judged 8 of 9 alike high" {
		t.Errorf("got %q", got)
	}
	if got := precedent(99, sketch(32), "ben"); got != "8 of 9 alike were judged high" {
		t.Errorf("somebody else reads %q", got)
	}
	if got := precedent(1, sketch(32), "ada"); got != "you judged 7 of 8 alike high" {
		t.Errorf("a change is its own precedent: %q", got)
	}
	if got := precedent(99, bytes.Repeat([]byte{250}, 32), "ada"); got != "" {
		t.Errorf("nothing is alike: %q", got)
	}
}
