package store

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/model"
)

// trackedRow is a tracked document as stored. The names are its document's.
type trackedRow struct {
	Setting trackedSetting `cbor:"1,keyasint"`
	Health  healthRow      `cbor:"2,keyasint"`
}

// trackedSetting is what was asked for.
type trackedSetting struct {
	Source       sourceRow     `cbor:"1,keyasint"`
	Every        time.Duration `cbor:"2,keyasint"`
	IgnoreRobots bool          `cbor:"3,keyasint,omitempty"`
	AddedAt      time.Time     `cbor:"4,keyasint"`
	AddedBy      string        `cbor:"5,keyasint"`
}

// healthRow is a model.Health as stored; times are Unix nanoseconds, 0 for none.
type healthRow struct {
	LastAttempt  int64  `cbor:"1,keyasint,omitempty"`
	LastSuccess  int64  `cbor:"2,keyasint,omitempty"`
	NextDue      int64  `cbor:"3,keyasint,omitempty"`
	Last         string `cbor:"4,keyasint,omitempty"`
	Status       int    `cbor:"5,keyasint,omitempty"`
	Failures     int    `cbor:"6,keyasint,omitempty"`
	FailingSince int64  `cbor:"7,keyasint,omitempty"`
	Reason       string `cbor:"8,keyasint,omitempty"`
	Quarantined  bool   `cbor:"9,keyasint,omitempty"`
	ETag         string `cbor:"10,keyasint,omitempty"`
	LastModified string `cbor:"11,keyasint,omitempty"`
	Extractor    string `cbor:"12,keyasint,omitempty"`
}

func packTime(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

func unpackTime(ns int64) time.Time {
	if ns == 0 {
		return time.Time{}
	}
	return unixTime(ns)
}

func packHealth(h model.Health) healthRow {
	return healthRow{LastAttempt: packTime(h.LastAttempt), LastSuccess: packTime(h.LastSuccess), NextDue: packTime(h.NextDue), Last: string(h.Last),
		Status: h.Status, Failures: h.Failures, FailingSince: packTime(h.FailingSince), Reason: h.Reason, Quarantined: h.Quarantined,
		ETag: h.ETag, LastModified: h.LastModified, Extractor: h.Extractor}
}

func (h healthRow) toModel() model.Health {
	return model.Health{LastAttempt: unpackTime(h.LastAttempt), LastSuccess: unpackTime(h.LastSuccess), NextDue: unpackTime(h.NextDue), Last: model.FetchKind(h.Last),
		Status: h.Status, Failures: h.Failures, FailingSince: unpackTime(h.FailingSince), Reason: h.Reason, Quarantined: h.Quarantined,
		ETag: h.ETag, LastModified: h.LastModified, Extractor: h.Extractor}
}

func (s *Store) tracked(n uint64, row trackedRow, doc documentRow) model.Tracked {
	return model.Tracked{Document: s.id(model.DocumentID, n), Platform: model.Platform{Slug: doc.Slug, Name: doc.Name}, Type: doc.Type,
		Source: row.Setting.Source.toModel(), Every: row.Setting.Every, IgnoreRobots: row.Setting.IgnoreRobots,
		AddedAt: row.Setting.AddedAt, AddedBy: row.Setting.AddedBy, Health: row.Health.toModel()}
}

// getTracked reads a tracked document; found is false when it is not tracked.
func (s *Store) getTracked(tx *bolt.Tx, n uint64) (row trackedRow, doc documentRow, found bool, err error) {
	if tx.Bucket(bktTracked) == nil {
		return row, doc, false, nil
	}
	if found, err = getRow(tx, bktTracked, u64(n), &row); err != nil || !found {
		return row, doc, found, err
	}
	doc, err = getDocument(tx, n)
	return row, doc, true, err
}

// TrackResult is what Track did with one request.
type TrackResult struct {
	model.Tracked
	New     bool // it was not tracked before
	Changed bool // it was, but otherwise
	Known   bool // the document has versions already
}

// Track tracks documents, or tracks them otherwise, in one transaction. One that
// is there already, by its platform's name and its type, goes on with its
// history. A changed source or a document that waits after failures is due at
// once, and is asked for in full.
func (s *Store) Track(ctx context.Context, requests []model.TrackRequest) ([]TrackResult, error) {
	var results []TrackResult
	err := s.update(ctx, func(tx *bolt.Tx) error {
		results = results[:0]
		for _, r := range requests {
			result, err := s.track(tx, r)
			if err != nil {
				return err
			}
			results = append(results, result)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("tracking: %w", err)
	}
	return results, nil
}

func (s *Store) track(tx *bolt.Tx, r model.TrackRequest) (TrackResult, error) {
	if r.Platform == "" || r.Type == "" || len(r.Source.Pages()) == 0 || r.Every < 0 {
		return TrackResult{}, fmt.Errorf("%w: a tracked document needs a platform, a type and an address", model.ErrInvalid)
	}
	n, doc, err := s.documentFor(tx, r)
	if err != nil {
		return TrackResult{}, err
	}
	var row trackedRow
	known, err := getRow(tx, bktTracked, u64(n), &row)
	if err != nil {
		return TrackResult{}, err
	}
	now := s.o.Clock().UTC()
	before := row.Setting
	if !known {
		row.Setting = trackedSetting{Every: model.DefaultEvery, AddedAt: now, AddedBy: s.o.Actor}
	}
	row.Setting.Source, row.Setting.IgnoreRobots = packSource(r.Source), r.IgnoreRobots
	if r.Every > 0 {
		row.Setting.Every = r.Every
	}
	changed, err := differ(before, row.Setting)
	if err != nil {
		return TrackResult{}, err
	}
	if changed {
		row.Health.ETag, row.Health.LastModified, row.Health.NextDue = "", "", packTime(now)
		if other, err := differ(before.Source, row.Setting.Source); err != nil {
			return TrackResult{}, err
		} else if other {
			row.Health.Extractor = "" // the text that is here is not what it would read
		}
		if err := s.noteTracked(tx, n, before, row.Setting, now); err != nil {
			return TrackResult{}, err
		}
	}
	if err := putRow(tx, bktTracked, u64(n), row); err != nil {
		return TrackResult{}, err
	}
	return TrackResult{Tracked: s.tracked(n, row, doc), New: !known, Changed: known && changed, Known: doc.Versions > 0}, nil
}

// documentFor finds or makes the document, and tells it its source.
func (s *Store) documentFor(tx *bolt.Tx, r model.TrackRequest) (uint64, documentRow, error) {
	names, key := tx.Bucket(bktDocName), nameKey(r.Platform, r.Type)
	var n uint64
	var doc documentRow
	var err error
	if value := names.Get(key); value != nil {
		n = keyNumber(value)
		if doc, err = getDocument(tx, n); err != nil {
			return 0, doc, err
		}
	} else {
		if n, err = nextNumber(tx, bktDocument); err != nil {
			return 0, doc, err
		}
		doc = documentRow{Slug: model.Slug(r.Platform), Name: r.Platform, Type: r.Type, CreatedAt: s.o.Clock().UTC()}
		if err := names.Put(key, u64(n)); err != nil {
			return 0, doc, err
		}
		if err := putSealed(tx, bktPlatform, []byte(doc.Slug), []byte(doc.Name)); err != nil {
			return 0, doc, err
		}
	}
	repo, path := doc.Source.Repo, doc.Source.Path
	doc.Source = packSource(r.Source)
	doc.Source.Repo, doc.Source.Path = repo, path
	return n, doc, putRow(tx, bktDocument, u64(n), doc)
}

func differ(a, b any) (bool, error) {
	x, err := encoding.Marshal(a)
	if err != nil {
		return false, err
	}
	y, err := encoding.Marshal(b)
	return !bytes.Equal(x, y), err
}

// noteTracked tells the journal what is tracked how from now on.
func (s *Store) noteTracked(tx *bolt.Tx, n uint64, before, after trackedSetting, now time.Time) error {
	payload, err := encoding.Marshal(after)
	if err != nil {
		return err
	}
	kinds := []entryKind{entryTracked}
	switch {
	case after.IgnoreRobots && !before.IgnoreRobots:
		kinds = append(kinds, entryRobotsIgnored)
	case before.IgnoreRobots && !after.IgnoreRobots:
		kinds = append(kinds, entryRobotsObeyed)
	}
	for _, kind := range kinds {
		if _, err := appendJournal(tx, journalEntry{At: now, Actor: s.o.Actor, Kind: kind, Object: n, Digest: sumOf(payload)}); err != nil {
			return err
		}
	}
	return nil
}

// Untrack stops tracking documents; their versions stay. The error wraps
// model.ErrNotFound when one is not tracked, and then none is untracked.
func (s *Store) Untrack(ctx context.Context, ids []model.ID) error {
	err := s.update(ctx, func(tx *bolt.Tx) error {
		now := s.o.Clock().UTC()
		for _, id := range ids {
			n := id.Number()
			row, _, found, err := s.getTracked(tx, n)
			if err != nil {
				return err
			}
			if !found || id != s.id(model.DocumentID, n) {
				return fmt.Errorf("%w: %s is not tracked", model.ErrNotFound, id)
			}
			payload, err := encoding.Marshal(row.Setting)
			if err != nil {
				return err
			}
			if err := tx.Bucket(bktTracked).Delete(u64(n)); err != nil {
				return err
			}
			if _, err := appendJournal(tx, journalEntry{At: now, Actor: s.o.Actor, Kind: entryUntracked, Object: n, Digest: sumOf(payload)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("removing: %w", err)
	}
	return nil
}

// Tracking lists the tracked documents by platform and type.
func (s *Store) Tracking(ctx context.Context) ([]model.TrackedRow, error) {
	rows := []model.TrackedRow{}
	err := s.view(ctx, func(tx *bolt.Tx) error {
		rows = rows[:0]
		b := tx.Bucket(bktTracked)
		if b == nil {
			return nil
		}
		return b.ForEach(func(k, v []byte) error {
			var row trackedRow
			if err := decodeRow(bktTracked, k, v, &row); err != nil {
				return err
			}
			n := keyNumber(k)
			doc, err := getDocument(tx, n)
			if err != nil {
				return err
			}
			rows = append(rows, model.TrackedRow{Tracked: s.tracked(n, row, doc), Versions: doc.Versions, LastChange: s.id(model.ChangeID, doc.LastChange)})
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("reading what is tracked: %w", err)
	}
	slices.SortFunc(rows, func(a, b model.TrackedRow) int {
		return cmp.Or(cmp.Compare(a.Platform.Slug, b.Platform.Slug), cmp.Compare(a.Type, b.Type), cmp.Compare(a.Document, b.Document))
	})
	return rows, nil
}

// TrackedDocument reads one tracked document; the error wraps model.ErrNotFound
// when it is not tracked, or no longer.
func (s *Store) TrackedDocument(ctx context.Context, id model.ID) (model.Tracked, error) {
	var t model.Tracked
	err := s.view(ctx, func(tx *bolt.Tx) error {
		row, doc, found, err := s.getTracked(tx, id.Number())
		if err == nil && !found {
			err = fmt.Errorf("%w: %s is not tracked", model.ErrNotFound, id)
		}
		t = s.tracked(id.Number(), row, doc)
		return err
	})
	return t, err
}

// RecordFetch takes in what an attempt to fetch a tracked document brought, and
// how tracking it goes from there, in one transaction. captures is empty when
// nothing came, or nothing new. The names of captures are those of the document.
// settle makes the new health from the one stored and what the last capture did.
//
// The error wraps model.ErrStale, and nothing is recorded, when the document is
// no longer tracked as t says, or another attempt was recorded since t was read:
// of two fetches at once the first to end counts, so that an older answer never
// comes after a newer one.
func (s *Store) RecordFetch(ctx context.Context, t model.Tracked, captures []model.Capture, settle func(model.Health, model.Outcome) model.Health) (model.Outcome, error) {
	var outcome model.Outcome
	n := t.Document.Number()
	finish := func(tx *bolt.Tx, outcomes []model.Outcome) error {
		row, _, found, err := s.getTracked(tx, n)
		if err != nil {
			return err
		}
		if !found {
			return fmt.Errorf("%w: it is no longer tracked", model.ErrStale)
		}
		other, err := differ(row.Setting.Source, packSource(t.Source))
		if err != nil {
			return err
		}
		if other || row.Health.LastAttempt != packTime(t.Health.LastAttempt) {
			return fmt.Errorf("%w: it was fetched or tracked otherwise in between", model.ErrStale)
		}
		if len(outcomes) > 0 {
			outcome = outcomes[len(outcomes)-1]
		}
		row.Health = packHealth(settle(row.Health.toModel(), outcome))
		return putRow(tx, bktTracked, u64(n), row)
	}
	for i := range captures {
		captures[i].Platform, captures[i].Type = t.Platform.Name, t.Type
	}
	if _, err := s.record(ctx, captures, finish); err != nil {
		return model.Outcome{}, fmt.Errorf("recording %s: %w", t.Name(), err)
	}
	return outcome, nil
}

// tracked checks one tracked document.
func (c *checker) tracked(k, v []byte) error {
	var row trackedRow
	if err := decodeRow(bktTracked, k, v, &row); err != nil {
		return err
	}
	if len(k) != 8 || c.tx.Bucket(bktDocument).Get(k) == nil {
		return fmt.Errorf("what is tracked names no document")
	}
	return nil
}
