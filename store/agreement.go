package store

import (
	"context"
	"fmt"

	"fineprint/store/model"
	"fineprint/store/review"
)

// Agreement compares the severities that authors and second readers gave, over
// all changes that two have read, whatever became of them; see review.Agree.
func (s *Ledger) Agreement(ctx context.Context) (model.Agreement, error) {
	var pairs []model.TwoReadings
	err := s.db.View(ctx, func(tx *Tx) error {
		c := tx.Bucket(bktEvent).Cursor()
		for k, _ := c.First(); k != nil; {
			n := keyNumber(k)
			p, err := projectionOf(tx, n)
			if err != nil {
				return err
			}
			if pair, ok := p.Readings(); ok {
				pairs = append(pairs, pair)
			}
			k, _ = c.Seek(u64(n + 1))
		}
		return nil
	})
	if err != nil {
		return model.Agreement{}, fmt.Errorf("comparing the readings: %w", err)
	}
	return review.Agree(pairs), nil
}
