package ledger

import (
	"context"
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/wording"
)

// RecordByID reads the latest revision of a record.
func (l *Ledger) RecordByID(ctx context.Context, id model.ID) (model.Record, error) {
	records, err := l.Records(ctx, model.RecordFilter{IDs: []model.ID{id}})
	if err != nil {
		return model.Record{}, err
	}
	if len(records) == 0 {
		return model.Record{}, fmt.Errorf("reading %s: %w", id, l.noRecord(ctx, id))
	}
	return records[len(records)-1], nil
}

// noRecord is why a record has no revision: it can't be read, it is a draft, or there is none.
func (l *Ledger) noRecord(ctx context.Context, id model.ID) error {
	return l.db.View(ctx, func(tx *kv.Tx) error {
		n := id.Number()
		notFound := fmt.Errorf("%w: there is no record %s in this database", model.ErrNotFound, id)
		if k, v := kv.LastPart(tx.Bucket(kv.BucketRecord), n); k != nil {
			if _, err := rows.ReadRecord(tx, k, v); err != nil {
				return err
			}
			return notFound
		}
		if id != tx.ID(model.RecordID, n) {
			return notFound
		}
		if _, _, err := provisionRecord(tx, id); err != nil {
			return err
		}
		return notFound // it was never approved
	})
}

// Records lists records by ID and revision.
func (l *Ledger) Records(ctx context.Context, f model.RecordFilter) ([]model.Record, error) {
	total, records, err := l.StreamRecords(ctx, f)
	if err != nil {
		return nil, err
	}
	list := make([]model.Record, 0, total)
	for r, err := range records {
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}

// PreviewRecord shows the record that approving a change now would make, or
// the one in force when it is approved.
func (l *Ledger) PreviewRecord(ctx context.Context, change model.ID) (model.Record, error) {
	var r model.Record
	err := l.db.View(ctx, func(tx *kv.Tx) error {
		n, err := rows.ChangeNumber(tx, change)
		if err != nil {
			return err
		}
		d, err := changeDetail(tx, n)
		if err != nil {
			return err
		}
		if d.Review.State == model.Approved {
			record, revision := rows.RecordOf(tx, n)
			key := kv.PairKey(record, revision)
			r, err = rows.ReadRecord(tx, key, tx.Bucket(kv.BucketRecord).Get(key))
			r.Stale = d.Row.Stale
			return err
		}
		if r, err = l.buildRecord(tx, n, d.Review); err != nil {
			return err
		}
		r.Citation = wording.Citation(r)
		return nil
	})
	if err != nil {
		return model.Record{}, fmt.Errorf("previewing the record of %s: %w", change, err)
	}
	return r, nil
}
