package views

import (
	"context"
	"fmt"
	"iter"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// streamed is how many changes are read in one transaction.
const streamed = 512

// StreamQueue is Queue for a list that may be long: the page comes without its changes,
// which are read some at a time, as often as they are asked for.
//
// Which they are, in what order and in which state is settled before it returns. No
// transaction is open between two parts, so that whoever takes them slowly keeps nobody
// from deciding; what was detected again meanwhile is read as it is then.
func (r *Reader) StreamQueue(ctx context.Context, f model.QueueFilter) (page model.QueuePage,
	changes iter.Seq2[model.QueueItem, error], err error) {
	own := New(r.db) // whose listing nothing brings in step with what comes later
	own.UseLearning(r.howToLearn())
	var sorted []int32
	var groups map[groupKey]int
	err = own.listed(ctx, func(_ *kv.Tx, l *listing) error {
		l.unlearned = f.Detected
		found := l.matching(&f)
		page = l.page(found, f.Platform)
		sorted = l.cut(found, max(f.Offset, 0), f.Limit)
		groups = l.duplicates(sorted, &f)
		return nil
	})
	if err != nil {
		return model.QueuePage{}, nil, fmt.Errorf("reading the queue: %w", err)
	}
	page.Changes = []model.QueueItem{}
	return page, func(yield func(model.QueueItem, error) bool) {
		items := make([]model.QueueItem, min(streamed, len(sorted)))
		for rest := sorted; len(rest) > 0; rest = rest[len(items):] {
			items = items[:min(len(items), len(rest))]
			err := r.db.View(ctx, func(tx *kv.Tx) error {
				reader := own.listing.items(tx, func(h *head) int { return groups[h.group] })
				for i := range items {
					if err := reader.read(rest[i], &items[i]); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				yield(model.QueueItem{}, fmt.Errorf("reading the queue: %w", err))
				return
			}
			for i := range items {
				if !yield(items[i], nil) {
					return
				}
			}
		}
	}, nil
}
