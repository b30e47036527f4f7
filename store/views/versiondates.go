package views

import (
	"context"

	"fineprint/store/insight/stated"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fmt"
)

// VersionDates finds the dates that a version's text states for itself, with the words
// that say so; version 0 is the newest one.
func (r *Reader) VersionDates(ctx context.Context, id model.ID, seq int) ([]model.StatedDate, error) {
	var dates []model.StatedDate
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		n, doc, err := rows.DocumentByID(tx, id)
		if err != nil {
			return err
		}
		if seq == 0 {
			order := doc.Chronology()
			if seq = order.Newest(); seq == 0 {
				return nil
			}
		}
		if seq < 1 || seq > doc.Versions {
			return fmt.Errorf("%w: %s has no version %d", model.ErrNotFound, id, seq)
		}
		row, text, err := rows.VersionAndText(tx, n, seq)
		if err != nil && tx.Lost(err, kv.BucketVersion, kv.PairKey(n, seq)) {
			return nil
		}
		if err != nil {
			return err
		}
		dates = stated.WithWords(text, row.CapturedAt)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the dates of %s: %w", id, err)
	}
	return dates, nil
}
