package index

import (
	"cmp"
	"context"
	"math"
	"slices"

	"fineprint/store/insight/terms"
	"fineprint/store/kv"
)

// maxCompared is how many terms of a text are compared: the most telling.
const maxCompared = 64

// maxOpening is how many of those make a clause a candidate at most: what is like a text
// has one of its sixteen rarest words.
const maxOpening = 16

// Similar returns the clause of today that is most like a text in each group of the scope
// but those that skip names, best first, with scores from 0 to 1: how much of the two, each
// term counted by how rare it is, is in both (Dice's coefficient). What the terms are worth
// that only the clause has is taken to be the text's average. Only what counts is one; nil:
// all that have the least score.
func (r *Reader) Similar(ctx context.Context, tx *kv.Tx, words string, scope Scope, least float64,
	skip func(document uint64) bool, counts func(h *Hit) bool) ([]Hit, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.load(ctx, tx); err != nil {
		return nil, err
	}
	asked, all, average, err := r.compared(ctx, tx, words)
	if err != nil || len(asked) == 0 {
		return nil, err
	}
	skipped := make([]bool, len(r.docs))
	for i, t := range r.docs {
		skipped[i] = skip != nil && skip(t.document)
	}
	bestOf := map[string]Hit{}
	for _, p := range r.parts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		keep := func(unit int) bool {
			s := p.spanOf(unit)
			return s.doc >= 0 && !skipped[s.doc] && r.docs[s.doc].stands(s.first+unit-s.from)
		}
		err := r.similarIn(tx, p, asked, least*all/(2-least), keep, func(unit int, s best) {
			span := p.spanOf(unit)
			t := r.docs[span.doc]
			u := t.unit(span.first + unit - span.from)
			share := float64(s.score)
			score := 2 * share / (all + share + max(0, float64(u.terms)-float64(s.unit))*average)
			if score < least {
				return
			}
			group := scope.Group(t.document)
			if old, ok := bestOf[group]; ok && old.Score >= score {
				return
			}
			if h := r.hitOf(t, &u, score); counts == nil || counts(&h) {
				bestOf[group] = h
			}
		})
		if err != nil {
			return nil, err
		}
	}
	hits := make([]Hit, 0, len(bestOf))
	for _, h := range bestOf {
		hits = append(hits, h)
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		if c := cmp.Compare(b.Score, a.Score); c != 0 {
			return c
		}
		return cmp.Compare(a.Number, b.Number)
	})
	return hits, nil
}

// compared is a term of a text that is compared.
type compared struct {
	term   string
	times  int
	weight float64
}

// worth is what a unit shares that has the term so often.
func (c *compared) worth(times int) float32 {
	return float32(c.weight * saturated(min(times, c.times)))
}

// worths are what a unit shares that has the term once, twice and so on.
func (c *compared) worths() []float32 {
	list := make([]float32, c.times)
	for n := range list {
		list[n] = c.worth(n + 1)
	}
	return list
}

// compared returns the terms of a text that are looked for, what all of them are worth,
// and what one is on average.
func (r *Reader) compared(ctx context.Context, tx *kv.Tx, words string) (list []compared, all, average float64,
	err error) {
	times := map[string]int{}
	terms.Each(words, func(term []byte, _, _ int, _ bool) { times[string(term)]++ })
	n := 0
	for term, k := range times {
		if err := ctx.Err(); err != nil {
			return nil, 0, 0, err
		}
		df, err := r.frequency(tx, term)
		if err != nil {
			return nil, 0, 0, err
		}
		list = append(list, compared{term, k, inverse(max(r.units, df), df)})
		n += k
	}
	slices.SortFunc(list, func(a, b compared) int {
		if c := cmp.Compare(b.weight, a.weight); c != 0 {
			return c
		}
		return cmp.Compare(a.term, b.term)
	})
	for _, c := range list {
		all += c.weight * saturated(c.times)
	}
	if len(list) > maxCompared {
		list = list[:maxCompared]
	}
	return list, all, all / float64(max(1, n)), nil
}

// frequencies bounds how many terms are known by how frequent they are.
const frequencies = 1 << 15

// frequency counts the units that have a term.
func (r *Reader) frequency(tx *kv.Tx, term string) (int, error) {
	if df, ok := r.df[term]; ok {
		return int(df), nil
	}
	df := 0
	for _, p := range r.parts {
		e, err := r.term(tx, p, term)
		if err != nil {
			return 0, err
		}
		if e != nil {
			df += e.units
		}
	}
	if len(r.df) >= frequencies || r.df == nil {
		r.df = map[string]int32{}
	}
	r.df[term] = int32(df)
	return df, nil
}

// term returns what a segment has of a term; nil: nothing.
func (r *Reader) term(tx *kv.Tx, p *part, term string) (*entry, error) {
	entries, err := r.matching(tx, p, terms.Asked{Term: term}, false)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	return &entries[0].entry, nil
}

// best is what a unit shares with what is compared, and how many terms that is.
type best struct {
	score float32
	unit  int32
}

// saturated is how much a term counts that is there so often.
func saturated(times int) float64 {
	if times == 1 {
		return 1
	}
	return 1 + math.Log(float64(times))
}

// similarIn calls f for the units of a segment that keep lets through and that share a
// telling term with what is compared and, of what all is worth, at least some: what they
// share is worth, and in place of a unit how many terms that is.
//
// The terms come from the most telling on. Only the more telling half of them makes a unit a
// candidate, while what is left can still make it alike; of the common rest, whose postings
// are most, no more is asked than whether the candidates that can still be alike have it.
func (r *Reader) similarIn(tx *kv.Tx, p *part, asked []compared, least float64, keep func(unit int) bool,
	f func(unit int, s best)) error {
	if len(r.best) < p.units {
		r.best = make([]best, p.units)
	}
	share := r.best
	left := make([]float32, len(asked)+1) // what the terms from one on are worth
	for k := len(asked) - 1; k >= 0; k-- {
		left[k] = left[k+1] + asked[k].worth(asked[k].times)
	}
	need := float32(least * 0.999)
	var touched []int32
	defer func() {
		for _, u := range touched {
			share[u] = best{}
		}
	}()
	k := 0
	for ; k < min(len(asked), len(asked)/2+1, maxOpening) && left[k] >= need; k++ {
		c := &asked[k]
		e, err := r.term(tx, p, c.term)
		if err != nil {
			return err
		}
		if e == nil {
			continue
		}
		worth := c.worths()
		err = eachChunk(p, e, func(units []int32, times []uint32) {
			for i, unit := range units {
				s, n := &share[unit], min(int(times[i]), c.times)
				if s.unit == 0 {
					touched = append(touched, unit)
				}
				s.score += worth[n-1]
				s.unit += int32(n)
			}
		})
		if err != nil {
			return err
		}
	}
	var candidates []int32
	for _, u := range touched {
		if share[u].score+left[k] >= need && keep(int(u)) {
			candidates = append(candidates, u)
		}
	}
	slices.Sort(candidates)
	for ; k < len(asked) && len(candidates) > 0; k++ {
		candidates = slices.DeleteFunc(candidates, func(u int32) bool { return share[u].score+left[k] < need })
		e, err := r.term(tx, p, asked[k].term)
		if err != nil {
			return err
		}
		if err := r.addShares(p, &asked[k], e, candidates); err != nil {
			return err
		}
	}
	for _, u := range candidates {
		f(int(u), share[u])
	}
	return nil
}

// addShares adds what candidates share of a term.
func (r *Reader) addShares(p *part, c *compared, e *entry, candidates []int32) error {
	if e == nil || len(candidates) == 0 {
		return nil
	}
	var some chunk
	it, at, worth := newPostings(e.postings), 0, c.worths()
	for n := it.fill(&some, p.units); n > 0; n = it.fill(&some, p.units) {
		for i, unit := range some.units[:n] {
			for candidates[at] < unit {
				if at++; at == len(candidates) {
					return nil
				}
			}
			if candidates[at] == unit {
				s, n := &r.best[unit], min(int(some.times[i]), c.times)
				s.score += worth[n-1]
				s.unit += int32(n)
			}
		}
	}
	if it.unit >= p.units {
		return damaged("the postings of a term contradict themselves")
	}
	return nil
}

// Wording returns the newest wording of a clause, by its index in its document; nil when
// none is indexed.
func (r *Reader) Wording(ctx context.Context, tx *kv.Tx, document uint64, clause int) (*Hit, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.load(ctx, tx); err != nil {
		return nil, err
	}
	t := r.tables[document].t
	if t == nil {
		return nil, nil
	}
	var newest *unit
	for i := range t.sums {
		if u := t.unit(i); int(u.clause) == clause && (newest == nil || newer(&u, newest)) {
			newest = &u
		}
	}
	if newest == nil {
		return nil, nil
	}
	h := r.hitOf(t, newest, 0)
	return &h, nil
}
