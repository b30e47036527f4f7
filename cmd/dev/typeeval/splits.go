package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"sort"
	"strings"

	"fineprint/store/clausetype"
	"fineprint/store/insight/learn"
	"fineprint/store/insight/recognize"
)

const (
	seeds = 5
	// manyPoints is how many points a case has that can be learned well.
	manyPoints = 20
	dimensions = 150
	// everything keeps all weights: a split is measured without what shipping costs.
	shippedCases = 60000
)

// filer tells how probable each case is for a quote.
type filer interface {
	file(quote string) (probabilities map[string]float64)
}

// splits measures on five splits by service, over all cases and over those with many
// points.
func splits(ctx context.Context, out io.Writer, points []point, databases []string) error {
	var latent *learn.Latent
	if len(databases) > 0 {
		texts, err := distinct(ctx, databases)
		if err != nil {
			return err
		}
		latent = learn.NewLatent(texts, dimensions, 1)
		fmt.Fprintf(out, "%d dimensions of %d clauses\n", dimensions, len(texts))
	}
	count := map[string]int{}
	for _, p := range points {
		count[p.Case]++
	}
	for _, least := range []int{1, manyPoints} {
		var list []point
		cases := map[string]bool{}
		for _, p := range points {
			if count[p.Case] >= least {
				list = append(list, p)
				cases[p.Case] = true
			}
		}
		fmt.Fprintf(out, "\n%d points of %d cases with at least %d points each\n", len(list), len(cases), least)
		measureSplits(out, list, latent)
	}
	return nil
}

// distinct are the texts of the archives' clauses, each once.
func distinct(ctx context.Context, databases []string) ([]string, error) {
	var texts []string
	seen := map[string]bool{}
	for _, db := range databases {
		list, err := pieces(ctx, db)
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			if len(strings.Fields(p.Text)) >= 8 && !seen[p.Text] {
				seen[p.Text] = true
				texts = append(texts, p.Text)
			}
		}
	}
	return texts, nil
}

// figures are top-1, top-3 and AUC of a split.
type figures [3]float64

func measureSplits(out io.Writer, points []point, latent *learn.Latent) {
	methods := []struct {
		name  string
		learn func([]point) filer
	}{
		{"majority", func(p []point) filer { return majority(p) }},
		{"naive Bayes", func(p []point) filer { return newBayes(p) }},
		{"regression, as shipped", func(p []point) filer { return shippedFiler{recognize.LearnCases(asPoints(p), shippedCases)} }},
		{"and all weights", func(p []point) filer { return shippedFiler{recognize.LearnCases(asPoints(p), 1<<30)} }},
		{"and the archives' texts", func(p []point) filer { return newLatentFiler(p, latent) }},
	}
	if latent == nil {
		methods = methods[:len(methods)-1]
	}
	confused := map[string]int{}
	for _, m := range methods {
		var all []figures
		for seed := 1; seed <= seeds; seed++ {
			train, test := split(points, uint32(seed))
			wrong := confused
			if m.name != "regression, as shipped" {
				wrong = map[string]int{}
			}
			all = append(all, measureFiler(m.learn(train), train, test, wrong))
		}
		fmt.Fprintf(out, "%-24s top-1 %s  top-3 %s  AUC %s\n", m.name, spread(all, 0), spread(all, 1), spread(all, 2))
	}
	keys := make([]string, 0, len(confused))
	for k := range confused {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		return confused[keys[i]] > confused[keys[j]] || confused[keys[i]] == confused[keys[j]] && keys[i] < keys[j]
	})
	for _, k := range keys[:min(15, len(keys))] {
		fmt.Fprintf(out, "  %3d %s\n", confused[k], k)
	}
}

// split puts a fifth of the services to test, those that random.Random(seed).shuffle of
// Python brings to the front of their sorted names.
func split(points []point, seed uint32) (train, test []point) {
	var services []string
	for _, p := range points {
		services = append(services, p.Service)
	}
	slices.Sort(services)
	services = slices.Compact(services)
	newTwister(seed).shuffle(services)
	tested := map[string]bool{}
	for _, s := range services[:len(services)/5] {
		tested[s] = true
	}
	for _, p := range points {
		if tested[p.Service] {
			test = append(test, p)
		} else {
			train = append(train, p)
		}
	}
	return train, test
}

// measureFiler measures; cases that are in the test alone count as wrong.
func measureFiler(f filer, train, test []point, confused map[string]int) figures {
	bad, all := map[string]float64{}, map[string]float64{}
	for _, p := range train {
		all[p.Case]++
		if p.bad() {
			bad[p.Case]++
		}
	}
	var r figures
	var high, low []float64
	for _, p := range test {
		probable := f.file(p.Quote)
		badness := 0.0
		names := make([]string, 0, len(probable))
		for c, q := range probable {
			names = append(names, c)
			badness += q * (bad[c] + 0.2) / (all[c] + 0.5)
		}
		slices.SortFunc(names, func(a, b string) int {
			return cmp.Or(cmp.Compare(probable[b], probable[a]), strings.Compare(a, b))
		})
		at := slices.Index(names[:min(3, len(names))], p.Case)
		if at == 0 {
			r[0]++
		} else {
			confused[p.Case+" -> "+names[0]]++
		}
		if at >= 0 {
			r[1]++
		}
		if p.bad() {
			high = append(high, badness)
		} else {
			low = append(low, badness)
		}
	}
	r[0], r[1] = r[0]/float64(len(test)), r[1]/float64(len(test))
	r[2], _ = recognize.AUC(high, low)
	return r
}

func spread(list []figures, i int) string {
	mean, square := 0.0, 0.0
	for _, f := range list {
		mean += f[i] / float64(len(list))
	}
	for _, f := range list {
		square += (f[i] - mean) * (f[i] - mean) / float64(len(list)-1)
	}
	return fmt.Sprintf("%.3f ± %.3f", mean, math.Sqrt(square))
}

// majority knows how often each case was.
type frequencies map[string]float64

func majority(points []point) frequencies {
	f := frequencies{}
	for _, p := range points {
		f[p.Case] += 1 / float64(len(points))
	}
	return f
}

func (f frequencies) file(string) map[string]float64 { return f }

// bayes is multinomial naive Bayes over words and pairs of words.
type bayes struct {
	prior frequencies
	words map[string]map[uint32]float64
	sums  map[string]float64
	known map[uint32]bool
}

func newBayes(points []point) *bayes {
	b := &bayes{majority(points), map[string]map[uint32]float64{}, map[string]float64{}, map[uint32]bool{}}
	for _, p := range points {
		if b.words[p.Case] == nil {
			b.words[p.Case] = map[uint32]float64{}
		}
		for _, t := range learn.Terms(learn.Words(nil, p.Quote)) {
			b.words[p.Case][t]++
			b.sums[p.Case]++
			b.known[t] = true
		}
	}
	return b
}

func (b *bayes) file(quote string) map[string]float64 {
	const smooth = 0.02
	terms := learn.Terms(learn.Words(nil, quote))
	logs, top := map[string]float64{}, math.Inf(-1)
	for c, prior := range b.prior {
		l := math.Log(prior)
		for _, t := range terms {
			if b.known[t] {
				l += math.Log((b.words[c][t] + smooth) / (b.sums[c] + smooth*float64(len(b.known))))
			}
		}
		logs[c] = l
		top = max(top, l)
	}
	sum := 0.0
	for c, l := range logs {
		logs[c] = math.Exp((l - top) / 10) // it is far too sure of itself
		sum += logs[c]
	}
	for c := range logs {
		logs[c] /= sum
	}
	return logs
}

// shippedFiler files by the code that ships.
type shippedFiler struct{ cases *recognize.Cases }

func (s shippedFiler) file(quote string) map[string]float64 {
	filed, _ := s.cases.File(quote)
	m := make(map[string]float64, len(filed))
	for _, f := range filed {
		m[f.Case] = f.Probability
	}
	return m
}

// latentFiler has the dimensions of the archives' texts beside the words.
type latentFiler struct {
	titles  []string
	words   *learn.Vocabulary
	latent  *learn.Latent
	weights *learn.Weights
}

func newLatentFiler(points []point, latent *learn.Latent) *latentFiler {
	f := &latentFiler{titles: clausetype.Cases(), latent: latent}
	number := map[string]int{}
	texts := slices.Clone(f.titles)
	var class []int
	for i, t := range f.titles {
		number[t] = i
		class = append(class, i)
	}
	for _, p := range points {
		texts, class = append(texts, p.Quote), append(class, number[p.Case])
	}
	f.words = learn.NewVocabulary(texts, 2, 1<<30, true)
	examples := make([]learn.Example, len(texts))
	for i, t := range texts {
		examples[i] = learn.Example{Terms: f.words.Vector(nil, t), Latent: f.point(t), Class: class[i], Weight: 1}
	}
	f.weights = learn.Train(examples, f.words.Len(), dimensions, len(f.titles),
		learn.Options{Epochs: 30, Rate: 0.7, Ridge: 2e-6, Seed: 1})
	return f
}

func (f *latentFiler) point(text string) []float32 {
	p := f.latent.Point(text)
	for i := range p {
		p[i] *= 0.7
	}
	return p
}

func (f *latentFiler) file(quote string) map[string]float64 {
	m := map[string]float64{}
	for i, p := range f.weights.Probabilities(f.words.Vector(nil, quote), f.point(quote)) {
		m[f.titles[i]] = float64(p)
	}
	return m
}
