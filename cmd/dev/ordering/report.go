package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"

	"fineprint/cmd/dev/detecteval"
	"fineprint/store/detect/order"
	"fineprint/store/model"
)

// report prints how detection and the order do on the labels.
type report struct {
	out     io.Writer
	samples []sample
	labels  int
	seed    uint64
}

func (r *report) printf(format string, args ...any) { fmt.Fprintf(r.out, format, args...) }

func (s *sample) shown() bool { return s.result != nil && s.result.Material }

func (s *sample) real() bool { return s.Label.Label == "material" }

func (s *sample) noise(odds float64) bool { return order.Noise(odds, s.severe()) }

func (s *sample) severe() bool { return s.result.Suggested.Severity.Rank() >= model.High.Rank() }

func (r *report) print() {
	r.printf("%d of %d labels found\n", len(r.samples), r.labels)
	odds := crossValidated(r.samples, r.seed)
	r.weights()
	r.orders("five folds by document", odds)
	r.line(odds)
	collections := map[string]bool{}
	for i := range r.samples {
		collections[r.samples[i].collection] = true
	}
	if len(collections) > 1 {
		across := trainedOn(r.samples, func(a, b *sample) bool { return a.collection != b.collection },
			func(s *sample) any { return s.collection })
		for name := range collections {
			only := slices.Clone(across)
			for i := range only {
				if r.samples[i].collection != name {
					only[i] = math.NaN()
				}
			}
			r.orders("tested on "+name+", learned from the others", only)
		}
	}
	r.mustShow(odds)
}

// weights prints what is learned from all.
func (r *report) weights() {
	m := learn(examples(r.samples))
	r.printf("\nWEIGHTS (standardised), bias %.2f\n", m.Bias)
	names := order.Names()
	for _, i := range ordered(len(names), func(i int) float64 { return math.Abs(m.Weights[i].Weight) }) {
		r.printf("  %+.2f  %s (mean %.1f, spread %.1f)\n", m.Weights[i].Weight, names[i], m.Weights[i].Mean,
			m.Weights[i].Spread)
	}
}

// orders prints what an order is worth, by change and by document.
func (r *report) orders(title string, odds []float64) {
	perDocument := map[string]float64{}
	var shown []int
	right := 0
	for i := range r.samples {
		if !math.IsNaN(odds[i]) {
			shown = append(shown, i)
			perDocument[r.samples[i].Path]++
			if r.samples[i].real() {
				right++
			}
		}
	}
	r.printf("\nORDER of %d called material, %d truly so (%.2f); %s\n", len(shown), right,
		float64(right)/float64(max(len(shown), 1)), title)
	r.printf("  %-28s %9s %9s %9s %9s %9s\n", "", "AP", "first 50", "at 99 %", "AP by doc", "AP medium+")
	for _, o := range []struct {
		name string
		key  func(i int) float64
	}{
		{"score", func(i int) float64 { return float64(r.samples[i].result.Suggested.Score) }},
		{"log-odds", func(i int) float64 { return odds[i] }},
		{"rank, as the queue has it", func(i int) float64 {
			return order.Rank(odds[i], r.samples[i].result.Suggested.Score)
		}},
	} {
		list := ordered(len(shown), func(k int) float64 { return o.key(shown[k]) })
		points, byDocument, severe := make([]point, len(list)), make([]point, len(list)), make([]point, len(list))
		for k, at := range list {
			s := &r.samples[shown[at]]
			points[k] = point{s.real(), 1}
			byDocument[k] = point{s.real(), 1 / perDocument[s.Path]}
			severe[k] = point{s.real() && s.Severity != "low", 1}
		}
		r.printf("  %-28s %9.3f %9.2f %9.2f %9.3f %9.3f\n", o.name, averagePrecision(points), first(points, 50),
			atRecall(points, 0.99), averagePrecision(byDocument), averagePrecision(severe))
	}
}

// first is the share of the first n that is right.
func first(list []point, n int) float64 {
	var t detecteval.Tally
	for _, p := range list[:min(n, len(list))] {
		t.Add(p.right)
	}
	return t.Share()
}

// atRecall is the precision of the shortest beginning of a list that holds a share
// of what is right.
func atRecall(list []point, share float64) float64 {
	total, right := 0, 0
	for _, p := range list {
		if p.right {
			total++
		}
	}
	for k, p := range list {
		if p.right {
			right++
		}
		if float64(right) >= share*float64(total) {
			return float64(right) / float64(k+1)
		}
	}
	return 0
}

// line prints what stands above and below several lines of log-odds.
func (r *report) line(odds []float64) {
	r.printf("\nLINE  log-odds   above: right   below   of them material (medium or more)   noise caught\n")
	for line := -3.0; line <= 0.01; line += 0.2 {
		var above detecteval.Tally
		below, lost, severe, noise, caught := 0, 0, 0, 0, 0
		for i := range r.samples {
			s := &r.samples[i]
			if math.IsNaN(odds[i]) {
				continue
			}
			if !s.real() {
				noise++
			}
			if odds[i] >= line || s.severe() {
				above.Add(s.real())
				continue
			}
			below++
			switch {
			case !s.real():
				caught++
			case s.Severity == "low":
				lost++
			default:
				lost++
				severe++
			}
		}
		r.printf("      %9.1f %6d: %.3f %7d %10d (%d) %28.2f\n", line, above.All, above.Share(), below, lost, severe,
			float64(caught)/float64(max(noise, 1)))
	}
	for i := range r.samples {
		if s := &r.samples[i]; s.real() && odds[i] < -1 {
			r.printf("  material at %.2f: %s %.10s %s: %s\n", odds[i], s.Severity, s.Commit, s.Path, s.Note)
		}
	}
}

// mustShow prints the table of the labels, with log-odds that were not learned from
// the same documents.
func (r *report) mustShow(odds []float64) {
	count := map[string]map[string]int{}
	var early, shown detecteval.Tally
	for i := range r.samples {
		s := &r.samples[i]
		class := "not a change (" + string(s.outcome) + ")"
		switch {
		case s.shown() && s.takenBack:
			class = "taken back at once"
		case s.shown() && s.noise(odds[i]):
			class = "probably noise"
		case s.shown():
			class = "shown"
		case s.result != nil && s.result.Suspect:
			class = "set aside as a bad capture"
		case s.result != nil:
			class = "folded"
		}
		if count[s.Label.Label] == nil {
			count[s.Label.Label] = map[string]int{}
		}
		count[s.Label.Label][class]++
		if s.real() && s.told.named {
			shown.Add(s.told.shown)
			early.Add(s.told.early)
		}
	}
	r.printf("\nMUST SHOW\n")
	for _, label := range []string{"material", "immaterial", "capture"} {
		all := 0
		for _, n := range count[label] {
			all += n
		}
		r.printf("  %-10s %4d:", label, all)
		for _, class := range sortedBy(count[label]) {
			r.printf("  %s %d (%.1f %%)", class, count[label][class], 100*float64(count[label][class])/float64(all))
		}
		r.printf("\n")
	}
	r.printf("  telling words in a clause shown as material: %d of %d (%.2f); among the first %d places: %d (%.2f)\n",
		shown.Good, shown.All, shown.Share(), earlyStops, early.Good, early.Share())
	r.printf("  material ones not shown:\n")
	for i := range r.samples {
		if s := &r.samples[i]; s.real() && (!s.shown() || s.takenBack || s.noise(odds[i])) {
			r.printf("    %s\n", s.tell(odds[i]))
		}
	}
	r.printf("  others shown:\n")
	for i := range r.samples {
		if s := &r.samples[i]; !s.real() && s.shown() && !s.takenBack && !s.noise(odds[i]) {
			r.printf("    %s\n", s.tell(odds[i]))
		}
	}
}

func (s *sample) tell(odds float64) string {
	what := "no change: " + string(s.outcome)
	if s.result != nil {
		what = fmt.Sprintf("%s %s", s.result.Reason, s.result.Detail)
		if s.result.Material {
			what = fmt.Sprintf("log-odds %.2f, score %d", odds, s.result.Suggested.Score)
		}
		if s.takenBack {
			what += ", taken back at once"
		}
	}
	return fmt.Sprintf("%-10s %-6s %.10s %s [%s] %s", s.Label.Label, s.Severity, s.Commit, s.Path, what, s.Note)
}

func sortedBy(counts map[string]int) []string {
	var names []string
	for name := range counts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	return names
}
