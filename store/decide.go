package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"strings"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/review"
	"fineprint/store/terms"
)

// Decide takes one decision: one event, one transaction, one journal entry. It
// is on disk when Decide returns nil. An approval freezes a record; undoing an
// approval withdraws it; approving again makes the record's next revision. The
// error wraps ErrNotFound, ErrStale, ErrIncomplete, ErrNotAllowed or
// ErrInvalid, and then nothing was changed.
func (s *Store) Decide(ctx context.Context, d terms.Decision) (terms.Review, error) {
	var decided terms.Review
	if d.At.IsZero() {
		d.At = s.o.Clock()
	}
	d.At = d.At.UTC()
	if strings.TrimSpace(d.Actor) == "" {
		d.Actor = s.o.Actor
	}
	if d.Action == terms.ActionSnooze {
		until, err := review.ParseUntil(d.Until, d.At)
		if err != nil {
			return decided, err
		}
		d.Until = until
	}
	err := s.update(ctx, func(tx *bolt.Tx) error {
		n, err := s.changeNumber(tx, d.Change)
		if err != nil {
			return err
		}
		events, err := s.events(tx, n)
		if err != nil {
			return err
		}
		d.Change = s.id(terms.ChangeID, n)
		before := review.Project(d.Change, events)
		if err := review.Check(before, d); err != nil {
			return err
		}
		event := terms.Event{Change: d.Change, Revision: len(events) + 1, Entry: nextEntry(tx), At: d.At, Actor: d.Actor, Action: d.Action,
			Severity: d.Severity, Confidence: d.Confidence, Basis: d.Basis, Summary: d.Summary, Note: d.Note, Reason: d.Reason, Until: d.Until}
		if err := s.putEvent(tx, n, event); err != nil {
			return err
		}
		after := review.Project(d.Change, append(events, event))
		if err := s.followState(tx, n, before.Review, after.Review, event); err != nil {
			return err
		}
		decided, err = s.withRecord(tx, n, after.Review)
		return err
	})
	if err != nil {
		return terms.Review{}, fmt.Errorf("deciding on %s: %w", d.Change, err)
	}
	return decided, nil
}

func (s *Store) putEvent(tx *bolt.Tx, change uint64, e terms.Event) error {
	payload, err := encoding.Marshal(e)
	if err != nil {
		return fmt.Errorf("encoding a decision: %w", err)
	}
	if err := putSealed(tx, bktEvent, u64u32(change, e.Revision), payload); err != nil {
		return err
	}
	_, err = appendJournal(tx, journalEntry{At: e.At, Actor: e.Actor, Kind: entryDecision, Object: change, Part: uint64(e.Revision), Digest: sumOf(payload)})
	return err
}

// followState freezes or withdraws a record when a decision, an undo or a redo
// moved the review into or out of approval.
func (s *Store) followState(tx *bolt.Tx, change uint64, before, after terms.Review, e terms.Event) error {
	switch {
	case before.State != terms.Approved && after.State == terms.Approved:
		return s.freeze(tx, change, after, e)
	case before.State == terms.Approved && after.State != terms.Approved:
		record, revision := recordOf(tx, change)
		ref, err := appendJournal(tx, journalEntry{At: e.At, Actor: e.Actor, Kind: entryWithdrawn, Object: record, Part: uint64(revision), Digest: sumOf(u64u32(record, revision))})
		if err != nil {
			return err
		}
		return tx.Bucket(bktWithdrawn).Put(u64u32(record, revision), u64(ref.Entry))
	}
	return nil
}

// changeNumber checks that id names a change of this store.
func (s *Store) changeNumber(tx *bolt.Tx, id terms.ID) (uint64, error) {
	n := id.Number()
	if id.Kind() != terms.ChangeID || id != s.id(terms.ChangeID, n) {
		return 0, fmt.Errorf("%w: nothing in this database is called %s", terms.ErrNotFound, id)
	}
	if tx.Bucket(bktRow).Get(u64(n)) == nil {
		return 0, fmt.Errorf("%w: there is no change %s in this database", terms.ErrNotFound, id)
	}
	return n, nil
}

// events reads a change's events, oldest first.
func (s *Store) events(tx *bolt.Tx, change uint64) ([]terms.Event, error) {
	var events []terms.Event
	prefix := u64(change)
	c := tx.Bucket(bktEvent).Cursor()
	for k, v := c.Seek(prefix); len(k) == 12 && keyNumber(k) == change; k, v = c.Next() {
		var e terms.Event
		if err := decodeRow(bktEvent, k, v, &e); err != nil {
			return nil, err
		}
		events = append(events, e)
		if e.Revision != len(events) || binary.BigEndian.Uint32(k[8:]) != uint32(e.Revision) {
			return nil, fmt.Errorf("%w: a decision on %s is missing", terms.ErrDamaged, s.id(terms.ChangeID, change))
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

func (s *Store) withRecord(tx *bolt.Tx, change uint64, r terms.Review) (terms.Review, error) {
	record, revision := recordOf(tx, change)
	if record != 0 && revision == 0 {
		return r, fmt.Errorf("%w: the record of %s is missing", terms.ErrDamaged, r.Change)
	}
	r.Record, r.RecordRevision = s.id(terms.RecordID, record), revision
	return r, nil
}
