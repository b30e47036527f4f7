package outbox

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"time"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
	"fineprint/store/smallsort"
)

// OutboxItems lists notifications, the newest first: those that wait or were given up, and
// of the others so many.
func (o *Outbox) OutboxItems(ctx context.Context, finished int) (list []model.OutboxItem, err error) {
	var done []model.OutboxItem
	list = []model.OutboxItem{}
	err = o.each(ctx, func(tx *kv.Tx, key []byte, row *recordrows.OutboxItem) error {
		item := toModel(tx, key, row)
		if item.State == model.OutboxDelivered || item.State == model.OutboxInDigest ||
			item.State == model.OutboxRecalled {
			done = append(done, item)
		} else {
			list = append(list, item)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	newest := func(a, b model.OutboxItem) int {
		return cmp.Or(b.Finished.Compare(a.Finished), b.Created.Compare(a.Created), cmp.Compare(a.ID, b.ID))
	}
	smallsort.By(list, newest)
	smallsort.By(done, newest)
	return append(list, done[:min(len(done), finished)]...), nil
}

// TargetFigures counts the notifications by target, in the order of their names.
func (o *Outbox) TargetFigures(ctx context.Context) ([]model.TargetFigures, error) {
	of := map[string]*model.TargetFigures{}
	newest := map[string]int64{}
	err := o.each(ctx, func(_ *kv.Tx, _ []byte, row *recordrows.OutboxItem) error {
		f := of[row.Target]
		if f == nil {
			f = &model.TargetFigures{Target: row.Target}
			of[row.Target] = f
		}
		switch model.OutboxState(row.State) {
		case model.OutboxDelivered:
			f.Delivered++
			if at := kv.UnixTime(row.Finished); at.After(f.Last) {
				f.Last = at
			}
			return nil
		case model.OutboxRecalled:
			return nil
		case model.OutboxGivenUp:
			f.GivenUp++
		default:
			f.Pending++
			if at := kv.UnixTime(row.Created); f.Oldest.IsZero() || at.Before(f.Oldest) {
				f.Oldest = at
			}
			if row.Attempts > 0 {
				f.Retried++
			}
		}
		if row.Error != "" && row.Created >= newest[row.Target] {
			newest[row.Target], f.LastError = row.Created, row.Error
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	list := []model.TargetFigures{}
	for _, f := range of {
		list = append(list, *f)
	}
	smallsort.By(list, func(a, b model.TargetFigures) int { return cmp.Compare(a.Target, b.Target) })
	return list, nil
}

func (o *Outbox) each(ctx context.Context, do func(tx *kv.Tx, key []byte, row *recordrows.OutboxItem) error) error {
	err := o.db.View(ctx, func(tx *kv.Tx) error {
		return eachItem(tx, func(k []byte, row *recordrows.OutboxItem) error { return do(tx, k, row) })
	})
	if err != nil {
		return fmt.Errorf("reading the outbox: %w", err)
	}
	return nil
}

// eachItem goes through all that is in the outbox.
func eachItem(tx *kv.Tx, do func(key []byte, row *recordrows.OutboxItem) error) error {
	b := tx.Bucket(kv.BucketOutbox)
	if b == nil {
		return nil // one of laterBuckets
	}
	return b.ForEach(func(k, v []byte) error {
		var row recordrows.OutboxItem
		if err := kv.DecodeRow(kv.BucketOutbox, k, v, &row); err != nil {
			if tx.Lost(err, kv.BucketOutbox, k) {
				return nil
			}
			return err
		}
		return do(k, &row)
	})
}

// kept is how long a notification that is done keeps its ID.
const kept = 30 * 24 * time.Hour

// keptDue is how long one of a date does: longer than anything is told ahead.
const keptDue = 400 * 24 * time.Hour

// PruneAlerts forgets notifications that were done long ago, and returns how many.
func (o *Outbox) PruneAlerts(ctx context.Context) (n int, err error) {
	var old [][]byte
	before := o.db.Now().Add(-kept).UnixNano()
	err = o.each(ctx, func(_ *kv.Tx, key []byte, row *recordrows.OutboxItem) error {
		done := row.State == string(model.OutboxDelivered) || row.State == string(model.OutboxRecalled)
		since := before
		if row.Kind == string(model.AlertDue) {
			since = o.db.Now().Add(-keptDue).UnixNano() // else the same date would be told again
		}
		if done && row.Finished < since {
			old = append(old, bytes.Clone(key))
		}
		return nil
	})
	if err != nil || len(old) == 0 {
		return 0, err
	}
	err = o.db.Update(ctx, func(tx *kv.Tx) error {
		for _, key := range old {
			if err := tx.Bucket(kv.BucketOutbox).Delete(key); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("pruning the outbox: %w", err)
	}
	return len(old), nil
}
