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
		return rows.EachProjection(tx, func(_ uint64, p review.Projection) error {
			if pair, ok := p.Readings(); ok {
				pairs = append(pairs, pair)
			}
			return nil
		})
	})
	if err != nil {
		return model.Agreement{}, fmt.Errorf("comparing the readings: %w", err)
	}
	return review.Agree(pairs), nil
}
