package archive

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// Record takes in a batch of captures in one transaction: all of it is on disk
// when Record returns nil, none of it otherwise. Captures of one document must
// come in the order of its history. A capture with an archive origin that is in
// the store already changes nothing ([model.OutcomeKnown]). Texts are compared in
// parallel over documents; IDs are given in the order of captures, so the same
// captures in other batches make the same store.
func (r *Recorder) Record(ctx context.Context, captures []model.Capture) ([]model.Outcome, error) {
	return r.RecordThen(ctx, captures, nil)
}

// RecordThen is Record; then, unless nil, runs at the end of the transaction.
func (r *Recorder) RecordThen(ctx context.Context, captures []model.Capture,
	then func(*kv.Tx, []model.Outcome) error) ([]model.Outcome, error) {
	outcomes := make([]model.Outcome, len(captures))
	plans := make([]*capturePlan, len(captures))
	for i := range captures {
		plans[i] = &capturePlan{c: &captures[i]}
	}
	if err := kv.Parallel(len(plans), func(i int) error { plans[i].hash(); return nil }); err != nil {
		return nil, err
	}
	r.cacheMu.Lock()
	defer r.cacheMu.Unlock()
	r.batch++
	var gone []*documentState
	err := r.db.Update(ctx, func(tx *kv.Tx) error {
		byDocument, err := r.resolve(tx, plans)
		if err != nil {
			return err
		}
		if err := planAll(byDocument); err != nil {
			return err
		}
		for _, p := range plans {
			if err := writePlan(tx, p); err != nil {
				return fmt.Errorf("recording %s / %s: %w", p.c.Platform, p.c.Type, err)
			}
		}
		for _, group := range byDocument {
			if err := followDecided(tx, group); err != nil {
				return err
			}
			if err := rememberLive(tx, group); err != nil {
				return err
			}
		}
		if err := r.judgeOlder(tx, byDocument); err != nil {
			return err
		}
		for i, p := range plans {
			outcomes[i] = p.outcome
		}
		if gone, err = r.trimCache(tx); err != nil {
			return err
		}
		if then == nil {
			return nil
		}
		return then(tx, outcomes)
	})
	if err != nil {
		clear(r.cache)
		return nil, err
	}
	for _, st := range gone {
		delete(r.cache, st.n)
	}
	return outcomes, nil
}

// planAll works plans out, document by document on all processors; the ones with the most
// text first, so that none is left to one processor at the end.
func planAll(byDocument [][]*capturePlan) error {
	size := func(group []*capturePlan) (n int) {
		for _, p := range group {
			n += len(p.c.Text)
		}
		return n
	}
	largest := slices.SortedFunc(slices.Values(byDocument),
		func(a, b []*capturePlan) int { return cmp.Compare(size(b), size(a)) })
	return kv.Parallel(len(largest), func(i int) error {
		for _, p := range largest[i] {
			if err := p.plan(); err != nil {
				return err
			}
		}
		return nil
	})
}

// rememberLive keeps what a document from the live web is judged by when it has a new
// version: the next fetch is another process.
func rememberLive(tx *kv.Tx, group []*capturePlan) error {
	for _, p := range group {
		if p.version != nil && p.c.Origin.Method == model.MethodWeb {
			return p.state.remember(tx)
		}
	}
	return nil
}
