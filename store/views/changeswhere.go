package views

import (
	"context"
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// ChangesWhere lists the changes, of any state but superseded, whose number and
// document's number are wanted, in the order of their numbers, with the number of the
// journal's newest entry at that time.
func (r *Reader) ChangesWhere(ctx context.Context, want func(change, document uint64) bool) (
	list []model.QueueItem, entry uint64, err error,
) {
	list = []model.QueueItem{}
	err = r.listed(ctx, func(tx *kv.Tx, l *listing) error {
		var found []int32
		for i := range l.heads {
			if h := &l.heads[i]; !l.hidden[h.n] && want(h.n, l.docs[h.doc].n) {
				found = append(found, int32(i))
			}
		}
		groups := l.duplicates(found, &model.QueueFilter{AllState: true})
		items := l.items(tx, func(h *head) int { return groups[h.group] })
		list, entry = make([]model.QueueItem, len(found)), l.entry
		for i, at := range found {
			if err := items.read(at, &list[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, 0, fmt.Errorf("reading changes: %w", err)
	}
	return list, entry, nil
}
