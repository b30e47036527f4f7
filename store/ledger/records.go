package ledger

import (
	"context"
	"fmt"
	"slices"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// RecordByID reads the latest revision of a record.
func (l *Ledger) RecordByID(ctx context.Context, id model.ID) (model.Record, error) {
	records, err := l.Records(ctx, model.RecordFilter{IDs: []model.ID{id}})
	if err != nil {
		return model.Record{}, err
	}
	if len(records) == 0 {
		return model.Record{}, fmt.Errorf("reading %s: %w: there is no record %s in this database", id,
			model.ErrNotFound, id)
	}
	return records[len(records)-1], nil
}

// Records lists records by ID and revision.
func (l *Ledger) Records(ctx context.Context, f model.RecordFilter) ([]model.Record, error) {
	list := []model.Record{}
	err := l.db.View(ctx, func(tx *kv.Tx) error {
		standings, err := rows.AllStandings(tx)
		if err != nil {
			return err
		}
		return tx.Bucket(kv.BucketRecord).ForEach(func(k, v []byte) error {
			r, err := rows.ReadRecord(tx, k, v)
			if err != nil {
				return err
			}
			switch {
			case f.Latest && r.Withdrawn,
				r.ApprovedAt.Before(f.Since),
				!model.MatchName(f.Match, r.Platform.Name, r.Type) && !model.MatchName(f.Match, r.Platform.Slug,
					r.Type),
				len(f.IDs) > 0 && !slices.Contains(f.IDs, r.ID) && !slices.Contains(f.IDs, r.Change):
				return nil
			}
			setStale(tx, &r, standings)
			if last := len(list) - 1; f.Latest && last >= 0 && list[last].ID == r.ID {
				list[last] = r
				return nil
			}
			list = append(list, r)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("reading the records: %w", err)
	}
	return list, nil
}

// setStale marks a record that is in force as stale if it is.
func setStale(tx *kv.Tx, r *model.Record, s rows.Standings) {
	if change := r.Change.Number(); !r.Withdrawn {
		r.Stale = s.Stale(tx, r.Document.Number(), change)
	}
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
		if r, err = buildRecord(tx, n, d.Review); err != nil {
			return err
		}
		r.Citation = citation(r)
		return nil
	})
	if err != nil {
		return model.Record{}, fmt.Errorf("previewing the record of %s: %w", change, err)
	}
	return r, nil
}
