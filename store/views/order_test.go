package views_test

import (
	"math"
	"slices"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store/detect/order"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// extreme is the change that the model finds the likeliest, or the unlikeliest.
func extreme(likely bool) []byte {
	var x order.Features
	for i := range x {
		other := x
		other[i] = math.MaxUint8
		if (other.LogOdds() > x.LogOdds()) == likely {
			x = other
		}
	}
	return x.Pack()
}

// TestQueueIsOrderedByProbabilityAndSeverity gives five changes features, scores and
// fates, and lists them.
func TestQueueIsOrderedByProbabilityAndSeverity(t *testing.T) {
	s := twins(t)
	db := storetest.DB(t, s)
	edit := func(n uint64, f func(*rows.Change)) {
		t.Helper()
		err := db.Update(t.Context(), func(tx *kv.Tx) error {
			var row rows.Change
			if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row); err != nil {
				return err
			}
			f(&row)
			return kv.PutRow(tx, kv.BucketRow, kv.Key(n), row)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	edit(1, func(r *rows.Change) { r.Features, r.Score = extreme(false), 10 })
	edit(2, func(r *rows.Change) { r.Features, r.Score = extreme(true), 10 })
	edit(3, func(r *rows.Change) { r.Features, r.Score, r.TakenBack = extreme(true), 90, r.To.Seq })
	edit(4, func(r *rows.Change) { r.Features, r.Score = nil, 10 }) // of an older build
	edit(5, func(r *rows.Change) { r.Features, r.Score = extreme(true), 20 })
	page, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []uint64
	for _, q := range page.Changes {
		ids = append(ids, q.ID.Number())
		if q.ProbablyNoise != (q.ID.Number() == 1) || q.TakenBackAtOnce != (q.ID.Number() == 3) {
			t.Errorf("%s: noise %v, taken back %v", q.ID, q.ProbablyNoise, q.TakenBackAtOnce)
		}
		if known := q.Suggested.Probability > 0 && len(q.Suggested.Evidence) > 0; known == (q.ID.Number() == 4) {
			t.Errorf("%s: %+v", q.ID, q.Suggested)
		}
		d, err := s.Change(t.Context(), q.ID)
		if err != nil || d.Row.ProbablyNoise != q.ProbablyNoise || d.Row.TakenBackAtOnce != q.TakenBackAtOnce {
			t.Errorf("%s shown alone: %+v, %v", q.ID, d.Row, err)
		}
	}
	if want := []uint64{5, 2, 4, 1, 3}; !slices.Equal(ids, want) {
		t.Errorf("the order is %v, want %v", ids, want)
	}
	if page.ProbablyNoise != 1 || page.TakenBackAtOnce != 1 {
		t.Errorf("counted %d and %d", page.ProbablyNoise, page.TakenBackAtOnce)
	}
	if part, err := s.Queue(t.Context(), model.QueueFilter{Limit: 1}); err != nil || part.ProbablyNoise != 1 {
		t.Errorf("of a part: %+v, %v", part, err)
	}
	edit(3, func(r *rows.Change) { r.To.CapturedAt -= int64(model.AtOnce) })
	if d, err := s.Change(t.Context(), "FP-C-000003"); err != nil || !d.Row.TakenBackAtOnce {
		t.Errorf("after 14 days: %+v, %v", d.Row, err)
	}
	edit(3, func(r *rows.Change) { r.To.CapturedAt-- })
	if d, err := s.Change(t.Context(), "FP-C-000003"); err != nil || d.Row.TakenBackAtOnce {
		t.Errorf("after more than 14 days: %+v, %v", d.Row, err)
	}
}

func TestFoldedChangesHaveAProbabilityToo(t *testing.T) {
	s := twins(t)
	err := storetest.DB(t, s).Update(t.Context(), func(tx *kv.Tx) error {
		var row rows.Change
		if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(1), &row); err != nil {
			return err
		}
		row.Material, row.Reason, row.Features = false, string(model.ReasonLink), nil
		return kv.PutRow(tx, kv.BucketRow, kv.Key(1), row)
	})
	if err != nil {
		t.Fatal(err)
	}
	page, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil {
		t.Fatal(err)
	}
	last := page.Changes[len(page.Changes)-1]
	if last.ID != "FP-C-000001" || last.Suggested.Probability != order.Folded || last.ProbablyNoise {
		t.Errorf("%+v", last)
	}
}
