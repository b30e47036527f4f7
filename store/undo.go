package store

import (
	"context"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/review"
	"fineprint/store/terms"
)

// LastDecision names the change whose undo takes back the actor's last decision
// that is in force; "" when there is none. It outlives a restart.
func (s *Store) LastDecision(ctx context.Context, actor string) (terms.ID, error) {
	var id terms.ID
	err := s.decisionsBackwards(ctx, actor, func(change uint64, revision int, p review.Projection, _ terms.Action) bool {
		if n := len(p.Applied); n > 0 && p.Applied[n-1] == revision {
			id = s.id(terms.ChangeID, change)
			return false
		}
		return true
	})
	return id, err
}

// LastUndone names the change whose redo brings back what the actor undid last;
// "" when there is none, or when the actor decided something since.
func (s *Store) LastUndone(ctx context.Context, actor string) (terms.ID, error) {
	var id terms.ID
	err := s.decisionsBackwards(ctx, actor, func(change uint64, _ int, p review.Projection, action terms.Action) bool {
		switch {
		case action == terms.ActionRedo:
			return true
		case action != terms.ActionUndo:
			return false
		case len(p.Undone) > 0:
			id = s.id(terms.ChangeID, change)
			return false
		}
		return true
	})
	return id, err
}

// decisionsBackwards walks the actor's decisions, newest first, until f says
// no.
func (s *Store) decisionsBackwards(ctx context.Context, actor string, f func(change uint64, revision int, p review.Projection, action terms.Action) bool) error {
	return s.view(ctx, func(tx *bolt.Tx) error {
		projected := map[uint64]review.Projection{}
		actions := map[uint64][]terms.Event{}
		c := tx.Bucket(bktJournal).Cursor()
		for k, v := c.Last(); k != nil; k, v = c.Prev() {
			_, e, err := decodeJournal(v)
			if err != nil {
				return err
			}
			if e.Kind != entryDecision || e.Actor != actor {
				continue
			}
			if _, ok := projected[e.Object]; !ok {
				events, err := s.events(tx, e.Object)
				if err != nil {
					return err
				}
				actions[e.Object] = events
				projected[e.Object] = review.Project(s.id(terms.ChangeID, e.Object), events)
			}
			events := actions[e.Object]
			if e.Part == 0 || e.Part > uint64(len(events)) {
				return fmt.Errorf("%w: a decision in the journal is missing", terms.ErrDamaged)
			}
			if !f(e.Object, int(e.Part), projected[e.Object], events[e.Part-1].Action) {
				return nil
			}
		}
		return nil
	})
}
