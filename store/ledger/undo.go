package ledger

import (
	"context"
	"fmt"
	"slices"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/store/rows"
)

// LastDecision names the changes whose undo takes back the actor's last act
// that is in force: one, or all that were decided on together (DecideAll undoes
// them, or reports which of them was decided on since); none when there is nothing
// to undo. It outlives a restart.
func (l *Ledger) LastDecision(ctx context.Context, actor string) ([]model.ID, error) {
	return l.lastAct(ctx, actor, func(h *reviews, d decisionRef) (found, stop bool, err error) {
		p, err := h.of(d.change)
		if err != nil {
			return false, false, err
		}
		last, ok := p.Undoes()
		return ok && last.Revision == d.revision, false, nil
	}, func(p review.Projection, revision int) bool { return slices.Contains(p.Applied, revision) })
}

// LastUndone names the changes whose redo brings back what the actor undid
// last, one or several; none when there is none, or when the actor decided
// something since.
func (l *Ledger) LastUndone(ctx context.Context, actor string) ([]model.ID, error) {
	return l.lastAct(ctx, actor, func(h *reviews, d decisionRef) (found, stop bool, err error) {
		p, err := h.of(d.change)
		if err != nil {
			return false, false, err
		}
		switch p.Event(d.revision).Action {
		case model.ActionRedo:
			return false, false, nil
		case model.ActionUndo:
			last, ok := p.LastUndo()
			return ok && last.Revision == d.revision, false, nil
		}
		return false, true, nil
	}, func(p review.Projection, revision int) bool {
		undid, ok := p.Undid(revision)
		return ok && !slices.Contains(p.Applied, undid.Revision) // not redone by itself meanwhile
	})
}

// decisionRef names a decision.
type decisionRef struct {
	change   uint64
	revision int
}

// reviews reads the reviews that a walk through the journal comes by, once each.
type reviews struct {
	tx   *kv.Tx
	read map[uint64]review.Projection
}

func (h *reviews) of(change uint64) (review.Projection, error) {
	if p, ok := h.read[change]; ok {
		return p, nil
	}
	p, err := rows.Projection(h.tx, change)
	h.read[change] = p
	return p, err
}

// event reads the event that a journal entry names.
func (h *reviews) event(e journal.Entry) (decisionRef, model.Event, error) {
	p, err := h.of(e.Object)
	if err != nil {
		return decisionRef{}, model.Event{}, err
	}
	if e.Part == 0 || e.Part > uint64(p.Review.Revision) {
		return decisionRef{}, model.Event{}, fmt.Errorf("%w: a decision in the journal is missing", model.ErrDamaged)
	}
	return decisionRef{e.Object, int(e.Part)}, p.Event(int(e.Part)), nil
}

// lastAct walks the actor's decisions, newest first, until is finds the one
// looked for or wants to stop, and names its change, or those of its batch that
// still has holds for.
func (l *Ledger) lastAct(ctx context.Context, actor string,
	is func(*reviews, decisionRef) (found, stop bool, err error), stillHas func(review.Projection,
		int) bool) ([]model.ID, error) {
	var ids []model.ID
	err := l.db.View(ctx, func(tx *kv.Tx) error {
		h := &reviews{tx: tx, read: map[uint64]review.Projection{}}
		c := tx.Bucket(kv.BucketJournal).Cursor()
		for k, v := c.Last(); k != nil; k, v = c.Prev() {
			_, e, err := journal.Decode(v)
			if err != nil {
				return err
			}
			if e.Kind != journal.KindDecision || e.Actor != actor {
				continue
			}
			d, event, err := h.event(e)
			if err != nil {
				return err
			}
			found, stop, err := is(h, d)
			if found {
				ids, err = h.batchMembers(d, event.Batch, stillHas)
			}
			if err != nil || found || stop {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for the last decision of %s: %w", actor, err)
	}
	return ids, nil
}

// batchMembers names the change of a decision, or all of its batch that stillHas
// holds for. A batch's number is its first entry in the journal, and its entries
// follow one another there, with those of the records it made among them.
func (h *reviews) batchMembers(d decisionRef, batch uint64, stillHas func(review.Projection, int) bool) ([]model.ID,
	error) {
	if batch == 0 {
		return []model.ID{h.tx.ID(model.ChangeID, d.change)}, nil
	}
	var ids []model.ID
	c := h.tx.Bucket(kv.BucketJournal).Cursor()
	for k, v := c.Seek(kv.Key(batch)); k != nil; k, v = c.Next() {
		_, e, err := journal.Decode(v)
		if err != nil {
			return nil, err
		}
		if e.Kind == journal.KindRecord || e.Kind == journal.KindWithdrawn {
			continue
		}
		if e.Kind != journal.KindDecision {
			break
		}
		member, event, err := h.event(e)
		if err != nil {
			return nil, err
		}
		if event.Batch != batch {
			break
		}
		if stillHas(h.read[member.change], member.revision) {
			ids = append(ids, event.Change)
		}
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("%w: the batch that starts at journal entry %d is missing", model.ErrDamaged, batch)
	}
	return ids, nil
}
