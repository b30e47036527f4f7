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

// Similar returns the clause of today that is most like a text in each group of the scope
// but those that skip names, best first, with scores from 0 to 1: how much of the two, each
// term counted by how rare it is, is in both (Dice's coefficient). What the terms are worth
// that only the clause has is taken to be the text's average.
func (r *Reader) Similar(ctx context.Context, tx *kv.Tx, words string, s Scope, least float64,
	skip func(document uint64) bool) ([]Hit, error) {
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
		at := locator{spans: p.spans}
		err := r.similarIn(tx, p, asked, func(unit int, share, count float64) {
			span := at.of(unit)
			if span == nil || span.doc < 0 || skipped[span.doc] {
				return
			}
			t := r.docs[span.doc]
			u := &t.units[span.first+unit-span.from]
			score := 2 * share / (all + share + max(0, float64(u.terms)-count)*average)
			if score < least || !t.current(u) {
				return
			}
			group := s.Group(t.document)
			if old, ok := bestOf[group]; ok && old.Score >= score {
				return
			}
			bestOf[group] = r.hitOf(t, u, score)
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
		df := 0
		for _, p := range r.parts {
			entries, err := r.matching(tx, p, terms.Asked{Term: term}, false)
			if err != nil {
				return nil, 0, 0, err
			}
			for _, e := range entries {
				df += e.units
			}
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

// saturated is how much a term counts that is there so often.
func saturated(times int) float64 { return 1 + math.Log(float64(times)) }

// similarIn calls f for the units of a segment that share a telling term with what is
// compared: what they share is worth, and how many terms that is.
func (r *Reader) similarIn(tx *kv.Tx, p *part, asked []compared, f func(unit int, share, count float64)) error {
	if len(r.share) < p.units {
		r.share, r.count = make([]float32, p.units), make([]uint16, p.units)
	}
	var touched []int32
	defer func() {
		for _, u := range touched {
			r.share[u], r.count[u] = 0, 0
		}
	}()
	for i, c := range asked {
		entries, err := r.matching(tx, p, terms.Asked{Term: c.term}, false)
		if err != nil {
			return err
		}
		open := i < len(asked)/2+1 // a unit with none of the more telling half is not like it
		for _, e := range entries {
			err := eachPosting(p, e.entry, true, false, func(unit int, times uint16) {
				if r.share[unit] == 0 {
					if !open {
						return
					}
					touched = append(touched, int32(unit))
				}
				n := min(int(times), c.times)
				r.share[unit] += float32(c.weight * saturated(n))
				r.count[unit] += uint16(n)
			})
			if err != nil {
				return err
			}
		}
	}
	slices.Sort(touched)
	for _, unit := range touched {
		f(int(unit), float64(r.share[unit]), float64(r.count[unit]))
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
	for i := range t.units {
		if u := &t.units[i]; int(u.clause) == clause && (newest == nil || newer(u, newest)) {
			newest = u
		}
	}
	if newest == nil {
		return nil, nil
	}
	h := r.hitOf(t, newest, 0)
	return &h, nil
}
