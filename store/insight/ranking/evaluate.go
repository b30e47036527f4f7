package ranking

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fineprint/store/kv"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
)

// Evaluation is how the ranking does on judged changes.
type Evaluation struct {
	N         int // of the judged ones, those in the queue
	Unmatched int // those that are not in this database
	// Folded are those that a rule folds, so that nothing orders them.
	Folded int
	// AUC is how often a material one stands before one that is not, AveragePrecision that of
	// the material ones; nil where there are none of either.
	AUC, AveragePrecision *float64
}

// Evaluate measures the ranking on judged changes, and learns from none of them: what was
// decided on them, or taught of them, is left out first.
func (r *Ranker) Evaluate(ctx context.Context, list []Judged) (e Evaluation, err error) {
	err = r.db.View(ctx, func(tx *kv.Tx) error {
		found, unmatched, err := match(tx, list)
		if err != nil {
			return err
		}
		e = Evaluation{Unmatched: unmatched}
		decisions, err := Decisions(tx)
		if err != nil {
			return err
		}
		judged := map[uint64]bool{}
		for _, f := range found {
			judged[f.Change] = true
		}
		decisions = slices.DeleteFunc(decisions, func(d Decision) bool { return judged[d.Change] })
		l := newLearned(decisions)
		if err := l.learn(tx, 0); err != nil {
			return err
		}
		return e.measure(tx, l, found)
	})
	if err != nil {
		return e, fmt.Errorf("measuring the ranking: %w", err)
	}
	return e, nil
}

// ranked is a judged change in its place.
type ranked struct {
	rank  float64
	n     uint64
	right bool
}

func (e *Evaluation) measure(tx *kv.Tx, l *Learned, found []recordrows.TrainingExample) error {
	var list []ranked
	for _, f := range found {
		h, err := rows.HeadOf(tx, f.Change)
		if err != nil {
			return err
		}
		rank, ok, err := l.rankUnread(tx, &h)
		if err != nil {
			return err
		}
		if !ok {
			e.Folded++
			continue
		}
		list = append(list, ranked{rank, f.Change, Label(f.Label) == Material})
	}
	e.N = len(list)
	smallsort.By(list, func(a, b ranked) int {
		return cmp.Or(-cmp.Compare(a.rank, b.rank), cmp.Compare(a.n, b.n))
	})
	e.figures(list)
	return nil
}

// rankUnread is the rank of a change as long as nobody decided on it, so that its words are
// not known; ok is false for one that nothing orders.
func (l *Learned) rankUnread(tx *kv.Tx, h *rows.Head) (rank float64, ok bool, err error) {
	place, err := l.placeOf(tx, h.Document)
	if err != nil {
		return 0, false, err
	}
	var s Seen
	if !seen(&s, h, place, nil) {
		return 0, false, nil
	}
	return l.Model.Rank(&s), true, nil
}

// figures sets the figures of a list in its order.
func (e *Evaluation) figures(list []ranked) {
	right, before, precision := 0, 0, 0.0
	for i, x := range list {
		if x.right {
			right++
			precision += float64(right) / float64(i+1)
		} else {
			before += right
		}
	}
	if wrong := len(list) - right; right > 0 && wrong > 0 {
		auc, average := float64(before)/float64(right*wrong), precision/float64(right)
		e.AUC, e.AveragePrecision = &auc, &average
	}
}
