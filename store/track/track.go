package track

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
)

// recorder takes captures in, and lets then run at the end of the transaction.
type recorder interface {
	RecordThen(ctx context.Context, captures []model.Capture,
		then func(*kv.Tx, []model.Outcome) error) ([]model.Outcome, error)
}

// Tracker keeps what is fetched from the web, and how that goes.
type Tracker struct {
	db       *kv.DB
	recorder recorder
}

// New returns a Tracker for a database.
func New(db *kv.DB, r recorder) *Tracker { return &Tracker{db: db, recorder: r} }

// Result is what Track did with one request.
type Result struct {
	model.Tracked
	New     bool // it was not tracked before
	Changed bool // it was, but otherwise
	Known   bool // the document has versions already
}

// Track tracks documents, or tracks them otherwise, in one transaction. One that
// is there already, by its platform's name and its type, goes on with its
// history. A changed source or a document that waits after failures is due at
// once, and is asked for in full.
func (t *Tracker) Track(ctx context.Context, requests []model.TrackRequest) ([]Result, error) {
	var results []Result
	var dropped bool
	err := t.db.Update(ctx, func(tx *kv.Tx) error {
		results, dropped = results[:0], false
		for _, r := range requests {
			result, gone, err := trackOne(tx, r)
			if err != nil {
				return err
			}
			results, dropped = append(results, result), dropped || gone
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("tracking: %w", err)
	}
	return results, t.wipe(ctx, dropped)
}

// trackOne tracks one document; dropped states that secrets of it are kept no longer.
func trackOne(tx *kv.Tx, r model.TrackRequest) (result Result, dropped bool, err error) {
	if r.Platform == "" || r.Type == "" || len(r.Source.Pages()) == 0 || r.Every < 0 {
		return Result{}, false, fmt.Errorf("%w: a tracked document needs a platform, a type and an address", model.ErrInvalid)
	}
	for _, page := range r.Source.Pages() {
		if err := model.CheckNoPassword(page.URL); err != nil {
			return Result{}, false, err
		}
	}
	n, doc, err := documentFor(tx, r)
	if err != nil {
		return Result{}, false, err
	}
	var row rows.Tracked
	known, err := kv.GetRow(tx, kv.BucketTracked, kv.Key(n), &row)
	if err != nil {
		return Result{}, false, err
	}
	secrets, renewed, dropped, err := secretsOf(tx, n, r)
	if err != nil {
		return Result{}, false, err
	}
	now := tx.Now().UTC()
	before := row.Setting
	if !known {
		row.Setting = rows.Setting{Every: model.DefaultEvery, AddedAt: now, AddedBy: tx.Actor()}
	}
	row.Setting.Source, row.Setting.IgnoreRobots = rows.PackSource(r.Source), r.IgnoreRobots
	if r.Every > 0 {
		row.Setting.Every = r.Every
	}
	asked := askedOtherwise(before.Source, row.Setting.Source, renewed)
	if asked&askedOther != 0 {
		row.Setting.Asking++
	}
	changed := !kv.SameEncoding(before, row.Setting) || renewed != 0
	if changed {
		row.Health.ETag, row.Health.LastModified, row.Health.NextDue = "", "", rows.PackTime(now)
		row.Health.Distrusted = false
		if !kv.SameEncoding(before.Source, row.Setting.Source) {
			row.Health.Extractor = "" // the text that is here is not what it would read
		}
		if err := noteTracked(tx, n, before, row.Setting, asked, now); err != nil {
			return Result{}, false, err
		}
		if err := rows.PutSecrets(tx, n, secrets); err != nil {
			return Result{}, false, err
		}
	}
	if err := kv.PutRow(tx, kv.BucketTracked, kv.Key(n), row); err != nil {
		return Result{}, false, err
	}
	return Result{Tracked: rows.ToTracked(tx, n, row, doc), New: !known, Changed: known && changed,
		Known: doc.Versions > 0}, dropped, nil
}

// documentFor finds or makes the document, and sets its source.
func documentFor(tx *kv.Tx, r model.TrackRequest) (uint64, rows.Document, error) {
	names, key := tx.Bucket(kv.BucketDocName), rows.NameKey(r.Platform, r.Type)
	var n uint64
	var doc rows.Document
	var err error
	if value := names.Get(key); value != nil {
		n = kv.KeyNumber(value)
		if doc, err = rows.GetDocument(tx, n); err != nil {
			return 0, doc, err
		}
		if err := doc.CheckName(n, key); err != nil {
			return 0, doc, err
		}
	} else {
		if n, err = kv.NextNumber(tx, kv.BucketDocument); err != nil {
			return 0, doc, err
		}
		doc = rows.Document{Slug: model.Slug(r.Platform), Name: r.Platform, Type: r.Type, CreatedAt: tx.Now().UTC()}
		if err := kv.Insert(tx, kv.BucketDocName, key, kv.Key(n)); err != nil {
			return 0, doc, err
		}
		if err := kv.PutSealed(tx, kv.BucketPlatform, []byte(doc.Slug), []byte(doc.Name)); err != nil {
			return 0, doc, err
		}
	}
	repo, path := doc.Source.Repo, doc.Source.Path
	doc.Source = rows.PackSource(r.Source)
	doc.Source.Repo, doc.Source.Path = repo, path
	return n, doc, kv.PutRow(tx, kv.BucketDocument, kv.Key(n), doc)
}

// noteTracked writes to the journal what is tracked how from now on.
func noteTracked(tx *kv.Tx, n uint64, before, after rows.Setting, asked uint64, now time.Time) error {
	payload, err := kv.Encode(after)
	if err != nil {
		return err
	}
	kinds := []journal.Kind{journal.KindTracked}
	switch {
	case after.IgnoreRobots && !before.IgnoreRobots:
		kinds = append(kinds, journal.KindRobotsIgnored)
	case before.IgnoreRobots && !after.IgnoreRobots:
		kinds = append(kinds, journal.KindRobotsObeyed)
	}
	if asked != 0 {
		kinds = append(kinds, journal.KindAskedOtherwise)
	}
	for _, kind := range kinds {
		e := journal.Entry{At: now, Actor: tx.Actor(), Kind: kind, Object: n, Digest: kv.SumOf(payload)}
		if kind == journal.KindAskedOtherwise {
			e.Part = asked
		}
		if _, err := journal.Append(tx, e); err != nil {
			return err
		}
	}
	return nil
}

// Untrack stops tracking documents; their versions stay. The error wraps
// [model.ErrNotFound] when one is not tracked, and then none is untracked.
func (t *Tracker) Untrack(ctx context.Context, ids []model.ID) error {
	dropped := false
	err := t.db.Update(ctx, func(tx *kv.Tx) error {
		now := tx.Now().UTC()
		for _, id := range ids {
			n := id.Number()
			row, _, found, err := rows.GetTracked(tx, n)
			if err != nil {
				return err
			}
			if !found || id != tx.ID(model.DocumentID, n) {
				return fmt.Errorf("%w: %s is not tracked", model.ErrNotFound, id)
			}
			payload, err := kv.Encode(row.Setting)
			if err != nil {
				return err
			}
			if err := tx.Bucket(kv.BucketTracked).Delete(kv.Key(n)); err != nil {
				return err
			}
			secrets, err := rows.GetSecrets(tx, n)
			if err != nil {
				return err
			}
			if dropped = dropped || len(secrets) > 0; dropped {
				if err := rows.PutSecrets(tx, n, nil); err != nil {
					return err
				}
			}
			if _, err := journal.Append(tx, journal.Entry{At: now, Actor: tx.Actor(), Kind: journal.KindUntracked,
				Object: n, Digest: kv.SumOf(payload)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("removing: %w", err)
	}
	return t.wipe(ctx, dropped)
}

// Tracking lists the tracked documents by platform and type.
func (t *Tracker) Tracking(ctx context.Context) ([]model.TrackedRow, error) {
	list := []model.TrackedRow{}
	err := t.db.View(ctx, func(tx *kv.Tx) error {
		list = list[:0]
		b := tx.Bucket(kv.BucketTracked)
		if b == nil {
			return nil
		}
		return b.ForEach(func(k, v []byte) error {
			var row rows.Tracked
			n := kv.KeyNumber(k)
			err := kv.DecodeRow(kv.BucketTracked, k, v, &row)
			var doc rows.Document
			if err == nil {
				doc, err = rows.GetDocument(tx, n)
			}
			if err != nil {
				if tx.Lost(err, kv.BucketTracked, k) {
					return nil
				}
				return err
			}
			list = append(list, model.TrackedRow{Tracked: rows.ToTracked(tx, n, row, doc), Versions: doc.Versions,
				LastChange: tx.ID(model.ChangeID, doc.LastChange), NotTerms: doc.IsNotTerms(),
				UnreadableSince: doc.UnreadableSince(tx.Now())})
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("reading what is tracked: %w", err)
	}
	smallsort.By(list, func(a, b model.TrackedRow) int {
		return cmp.Or(cmp.Compare(a.Platform.Slug, b.Platform.Slug), cmp.Compare(a.Type, b.Type),
			cmp.Compare(a.Document, b.Document))
	})
	return list, nil
}

// TrackedDocument reads one tracked document; the error wraps [model.ErrNotFound]
// when it is not tracked, or no longer.
func (t *Tracker) TrackedDocument(ctx context.Context, id model.ID) (model.Tracked, error) {
	var tracked model.Tracked
	err := t.db.View(ctx, func(tx *kv.Tx) error {
		row, doc, found, err := rows.GetTracked(tx, id.Number())
		if err == nil && !found {
			err = fmt.Errorf("%w: %s is not tracked", model.ErrNotFound, id)
		}
		tracked = rows.ToTracked(tx, id.Number(), row, doc)
		return err
	})
	return tracked, err
}

// RecordFetch takes in what an attempt to fetch a tracked document brought, and
// how tracking it goes from there, in one transaction. captures is empty when
// nothing came, or nothing new. The names of captures are those of the document.
// next makes the new health from the one stored and what the last capture did.
//
// The error wraps [model.ErrStale], and nothing is recorded, when the document is
// no longer tracked as t states, or another attempt was recorded since t was read:
// of two fetches at once the first to end counts, so that an older answer never
// comes after a newer one.
func (t *Tracker) RecordFetch(ctx context.Context, tracked model.Tracked, captures []model.Capture,
	next func(model.Health, model.Outcome) model.Health) (model.Outcome, error) {
	var outcome model.Outcome
	n := tracked.Document.Number()
	finish := func(tx *kv.Tx, outcomes []model.Outcome) error {
		row, _, found, err := rows.GetTracked(tx, n)
		if err != nil {
			return err
		}
		if !found {
			return fmt.Errorf("%w: it is no longer tracked", model.ErrStale)
		}
		if !kv.SameEncoding(row.Setting.Source, rows.PackSource(tracked.Source)) ||
			row.Setting.Asking != tracked.Asking ||
			row.Health.LastAttempt != rows.PackTime(tracked.Health.LastAttempt) {
			return fmt.Errorf("%w: it was fetched or tracked otherwise in between", model.ErrStale)
		}
		if len(outcomes) > 0 {
			outcome = outcomes[len(outcomes)-1]
		}
		row.Health = rows.PackHealth(next(row.Health.ToModel(), outcome))
		return kv.PutRow(tx, kv.BucketTracked, kv.Key(n), row)
	}
	for i := range captures {
		captures[i].Platform, captures[i].Type = tracked.Platform.Name, tracked.Type
	}
	if _, err := t.recorder.RecordThen(ctx, captures, finish); err != nil {
		return model.Outcome{}, fmt.Errorf("recording %s: %w", tracked.Name(), err)
	}
	return outcome, nil
}
