package ledger

import (
	"context"
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/store/rows"
)

// Agreement compares the severities that authors and second readers gave, over
// all changes that two have read, whatever became of them; see [review.Agree].
func (l *Ledger) Agreement(ctx context.Context) (model.Agreement, error) {
	var pairs []model.TwoReadings
	err := l.db.View(ctx, func(tx *kv.Tx) error {
		c := tx.Bucket(kv.BucketEvent).Cursor()
		for k, _ := c.First(); k != nil; {
			n := kv.KeyNumber(k)
			p, err := rows.Projection(tx, n)
			if err != nil {
				return err
			}
			if pair, ok := p.Readings(); ok {
				pairs = append(pairs, pair)
			}
			k, _ = c.Seek(kv.Key(n + 1))
		}
		return nil
	})
	if err != nil {
		return model.Agreement{}, fmt.Errorf("comparing the readings: %w", err)
	}
	return review.Agree(pairs), nil
}
