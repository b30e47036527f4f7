package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/model"
	"fineprint/store/review"
)

// Decide takes one decision: one event, one transaction, one journal entry. It
// is on disk when Decide returns nil. An approval freezes a record; undoing an
// approval withdraws it; approving again makes the record's next revision. The
// error wraps ErrNotFound, ErrStale, ErrIncomplete, ErrNotAllowed or
// ErrInvalid, and then nothing was changed.
func (s *Store) Decide(ctx context.Context, d model.Decision) (model.Review, error) {
	reviews, err := s.decide(ctx, []model.Decision{d})
	if err != nil {
		return model.Review{}, fmt.Errorf("deciding on %s: %w", d.Change, err)
	}
	return reviews[0], nil
}

// DecideAll takes decisions on several changes as one act, in one transaction:
// all of them or none. Their events carry one batch number, so that they are
// undone and redone together (LastDecision). The reviews come in the order of
// the decisions; the error is as Decide's, or wraps ErrOneByOne, and names the
// change that stood in the way.
func (s *Store) DecideAll(ctx context.Context, ds []model.Decision) ([]model.Review, error) {
	reviews, err := s.decide(ctx, ds)
	if err != nil && len(ds) == 1 {
		return nil, fmt.Errorf("deciding on %s: %w", ds[0].Change, err)
	} else if err != nil {
		return nil, fmt.Errorf("deciding on %d changes together: %w", len(ds), err)
	}
	return reviews, nil
}

func (s *Store) decide(ctx context.Context, asked []model.Decision) ([]model.Review, error) {
	ds := slices.Clone(asked)
	now := s.o.Clock()
	for i := range ds {
		if err := s.normalise(&ds[i], now); err != nil {
			return nil, err
		}
	}
	var reviews []model.Review
	err := s.update(ctx, func(tx *bolt.Tx) error {
		befores := make([]review.Projection, len(ds))
		numbers := make([]uint64, len(ds))
		for i := range ds {
			var err error
			if numbers[i], befores[i], err = s.projection(tx, ds[i].Change); err != nil {
				return err
			}
			ds[i].Change = befores[i].Review.Change
		}
		if err := review.CheckAll(befores, ds); err != nil {
			return err
		}
		var batch uint64
		if len(ds) > 1 {
			batch = nextEntry(tx)
		}
		for i, d := range ds {
			r, err := s.take(tx, numbers[i], befores[i], d, batch)
			if err != nil {
				return err
			}
			reviews = append(reviews, r)
		}
		return nil
	})
	return reviews, err
}

// normalise fills in who and when, and reads until when a snooze is.
func (s *Store) normalise(d *model.Decision, now time.Time) error {
	if d.At.IsZero() {
		d.At = now
	}
	d.At = d.At.UTC()
	if strings.TrimSpace(d.Actor) == "" {
		d.Actor = s.o.Actor
	}
	if d.Action != model.ActionSnooze {
		return nil
	}
	until, err := review.ParseUntil(d.Until, d.At)
	d.Until = until
	return err
}

// projection reads the number and review of a change.
func (s *Store) projection(tx *bolt.Tx, change model.ID) (uint64, review.Projection, error) {
	n, err := s.changeNumber(tx, change)
	if err != nil {
		return 0, review.Projection{}, err
	}
	p, err := s.projectionOf(tx, n)
	return n, p, err
}

func (s *Store) projectionOf(tx *bolt.Tx, change uint64) (review.Projection, error) {
	events, err := s.events(tx, change)
	if err != nil {
		return review.Projection{}, err
	}
	return review.Project(s.id(model.ChangeID, change), events), nil
}

// take writes a decision that was checked, and what follows from it.
func (s *Store) take(tx *bolt.Tx, n uint64, before review.Projection, d model.Decision, batch uint64) (model.Review, error) {
	event := model.Event{Change: d.Change, Revision: before.Review.Revision + 1, Entry: nextEntry(tx), Batch: batch, At: d.At, Actor: d.Actor, Action: d.Action,
		Severity: d.Severity, Confidence: d.Confidence, Basis: d.Basis, Summary: d.Summary, Note: d.Note, Reason: d.Reason, Until: d.Until}
	if err := s.putEvent(tx, n, event); err != nil {
		return model.Review{}, err
	}
	if event.Summary != nil {
		if err := dropDraft(tx, n, event.Actor); err != nil {
			return model.Review{}, err
		}
	}
	after := before.With(event).Review
	if err := s.followState(tx, n, before.Review, after, event); err != nil {
		return model.Review{}, err
	}
	return s.withRecord(tx, n, after)
}

func (s *Store) putEvent(tx *bolt.Tx, change uint64, e model.Event) error {
	payload, err := encoding.Marshal(eventRow(e))
	if err != nil {
		return fmt.Errorf("encoding a decision: %w", err)
	}
	if err := createSealed(tx, bktEvent, u64u32(change, e.Revision), payload); err != nil {
		return err
	}
	_, err = appendJournal(tx, journalEntry{At: e.At, Actor: e.Actor, Kind: entryDecision, Object: change, Part: uint64(e.Revision), Digest: sumOf(payload)})
	return err
}

// followState freezes or withdraws a record when a decision, an undo or a redo
// moved the review into or out of approval.
func (s *Store) followState(tx *bolt.Tx, change uint64, before, after model.Review, e model.Event) error {
	switch {
	case before.State != model.Approved && after.State == model.Approved:
		return s.freeze(tx, change, after, e)
	case before.State == model.Approved && after.State != model.Approved:
		record, revision := recordOf(tx, change)
		ref, err := appendJournal(tx, journalEntry{At: e.At, Actor: e.Actor, Kind: entryWithdrawn, Object: record, Part: uint64(revision), Digest: sumOf(u64u32(record, revision))})
		if err != nil {
			return err
		}
		return createKey(tx, bktWithdrawn, u64u32(record, revision), u64(ref.Entry))
	}
	return nil
}

// changeNumber checks that id names a change of this store.
func (s *Store) changeNumber(tx *bolt.Tx, id model.ID) (uint64, error) {
	n := id.Number()
	if id.Kind() != model.ChangeID || id != s.id(model.ChangeID, n) {
		return 0, fmt.Errorf("%w: nothing in this database is called %s", model.ErrNotFound, id)
	}
	if tx.Bucket(bktRow).Get(u64(n)) == nil {
		return 0, fmt.Errorf("%w: there is no change %s in this database", model.ErrNotFound, id)
	}
	return n, nil
}

// events reads a change's events, oldest first.
func (s *Store) events(tx *bolt.Tx, change uint64) ([]model.Event, error) {
	var events []model.Event
	prefix := u64(change)
	c := tx.Bucket(bktEvent).Cursor()
	for k, v := c.Seek(prefix); len(k) == 12 && keyNumber(k) == change; k, v = c.Next() {
		var e eventRow
		if err := decodeRow(bktEvent, k, v, &e); err != nil {
			return nil, err
		}
		events = append(events, model.Event(e))
		if e.Revision != len(events) || binary.BigEndian.Uint32(k[8:]) != uint32(e.Revision) {
			return nil, fmt.Errorf("%w: a decision on %s is missing", model.ErrDamaged, s.id(model.ChangeID, change))
		}
	}
	return events, nil
}

// recordOf returns the number and latest revision of a change's record, zeros
// when it has none.
func recordOf(tx *bolt.Tx, change uint64) (record uint64, revision int) {
	v := tx.Bucket(bktOfChange).Get(u64(change))
	if len(v) != 8 {
		return 0, 0
	}
	record = keyNumber(v)
	c := tx.Bucket(bktRecord).Cursor()
	k, _ := c.Seek(u64(record + 1))
	if k == nil {
		k, _ = c.Last()
	} else {
		k, _ = c.Prev()
	}
	if len(k) == 12 && keyNumber(k) == record {
		revision = int(binary.BigEndian.Uint32(k[8:]))
	}
	return record, revision
}

func (s *Store) withRecord(tx *bolt.Tx, change uint64, r model.Review) (model.Review, error) {
	record, revision := recordOf(tx, change)
	if record != 0 && revision == 0 {
		return r, fmt.Errorf("%w: the record of %s is missing", model.ErrDamaged, r.Change)
	}
	r.Record, r.RecordRevision = s.id(model.RecordID, record), revision
	return r, nil
}
