package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
	"fineprint/store/review"
	"fineprint/store/rows"
	"fineprint/store/standing"
)

// Decide takes one decision: one event, one transaction, one journal entry. It
// is on disk when Decide returns nil. An approval creates a record; undoing an
// approval withdraws it; approving again makes the record's next revision. The
// error wraps ErrNotFound, ErrStale, ErrIncomplete, ErrNotAllowed or
// ErrInvalid, and then nothing was changed.
func (l *Ledger) Decide(ctx context.Context, d model.Decision) (model.Review, error) {
	reviews, err := l.decide(ctx, []model.Decision{d})
	if err != nil {
		return model.Review{}, fmt.Errorf("deciding on %s: %w", d.Change, err)
	}
	return reviews[0], nil
}

// DecideAll takes decisions on several changes as one act, in one transaction:
// all of them or none. Their events carry one batch number, so that they are
// undone and redone together (LastDecision). The reviews come in the order of
// the decisions; the error is as Decide's, or wraps ErrOneByOne, and names the
// change that was in the way.
func (l *Ledger) DecideAll(ctx context.Context, ds []model.Decision) ([]model.Review, error) {
	reviews, err := l.decide(ctx, ds)
	if err != nil && len(ds) == 1 {
		return nil, fmt.Errorf("deciding on %s: %w", ds[0].Change, err)
	} else if err != nil {
		return nil, fmt.Errorf("deciding on %d changes together: %w", len(ds), err)
	}
	return reviews, nil
}

// releaseAfter is how many decisions, each of which may read all changes of a document,
// are taken before the pages that were read are released.
const releaseAfter = 8

func (l *Ledger) decide(ctx context.Context, asked []model.Decision) ([]model.Review, error) {
	ds := slices.Clone(asked)
	now := l.db.Now()
	for i := range ds {
		if err := l.normalise(&ds[i], now); err != nil {
			return nil, err
		}
	}
	var reviews []model.Review
	err := l.db.Update(ctx, func(tx *kv.Tx) error {
		if _, err := journal.LatestTime(tx); err != nil {
			return err
		}
		befores := make([]review.Projection, len(ds))
		numbers := make([]uint64, len(ds))
		for i := range ds {
			var err error
			if numbers[i], befores[i], err = rows.ProjectionByID(tx, ds[i].Change); err != nil {
				return err
			}
			ds[i].Change = befores[i].Review.Change
			if err := refuseSuperseded(tx, numbers[i]); err != nil {
				return err
			}
		}
		if err := review.CheckAll(befores, ds); err != nil {
			return err
		}
		var batch uint64
		if len(ds) > 1 {
			batch = journal.Next(tx)
		}
		for i, d := range ds {
			r, err := l.appendEvent(tx, numbers[i], befores[i], d, batch)
			if err != nil {
				return err
			}
			if r.Clock, err = clockOfChange(tx, numbers[i], d.At); err != nil {
				return err
			}
			reviews = append(reviews, r)
			if (i+1)%releaseAfter == 0 {
				tx.ReleasePages()
			}
		}
		return nil
	})
	return reviews, err
}

// refuseSuperseded returns an error that wraps ErrNotAllowed for a change that left the
// queue, for other captures came to lie between its versions.
func refuseSuperseded(tx *kv.Tx, n uint64) error {
	var row rows.Change
	if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row); err != nil || !row.Superseded {
		return err
	}
	doc, err := rows.GetDocument(tx, row.Document)
	if err != nil || !slices.Contains(doc.Superseded, n) {
		return err
	}
	by := make([]string, len(row.By))
	for i, change := range row.By {
		by[i] = string(tx.ID(model.ChangeID, change))
	}
	return fmt.Errorf("%w: it is superseded, for older captures came to lie between its versions; decide on %s",
		model.ErrNotAllowed, cmp.Or(strings.Join(by, ", "), "what the queue has of its document"))
}

// normalise fills in who and when, and reads until when a snooze is.
func (l *Ledger) normalise(d *model.Decision, now time.Time) error {
	if d.At.IsZero() {
		d.At = now
	}
	d.At = d.At.UTC()
	if strings.TrimSpace(d.Actor) == "" {
		d.Actor = l.db.Actor()
	}
	if err := normaliseContent(d); err != nil || d.Action != model.ActionSnooze {
		return err
	}
	until, err := review.ParseUntil(d.Until, d.At)
	d.Until = until
	return err
}

// normaliseContent keeps of what is written the fields that are taken over; the note is
// the review's.
func normaliseContent(d *model.Decision) error {
	if d.Content == nil || len(d.Fields) == 0 {
		d.Content, d.Fields = nil, nil
		withoutSource(d)
		return nil
	}
	given := model.Writing{Content: *d.Content}
	if err := review.CheckWriting(&given, d.Fields); err != nil {
		return err
	}
	var w model.Writing
	var fields []string
	for _, f := range model.WritingFields {
		switch id := f.ID(); {
		case !slices.Contains(d.Fields, id):
		case id == "interpretive_note":
			note := given.InterpretiveNote
			d.Note = &note
		case !slices.Contains(model.ContentFields, id):
			return fmt.Errorf("%w: %s is no part of a content", model.ErrInvalid, id)
		default:
			f.Copy(&w, &given)
			fields = append(fields, id)
		}
	}
	if d.Content, d.Fields = &w.Content, fields; len(fields) == 0 {
		d.Content = nil
		withoutSource(d)
	} else if d.How == "" {
		d.How = model.ByPerson
	}
	return nil
}

// withoutSource forgets how a decision without a content was written, but where a draft
// command wrote the judgement: the event names it.
func withoutSource(d *model.Decision) {
	judges := d.Severity != nil || d.Confidence != nil || d.Basis != nil || d.Summary != nil || d.Note != nil
	if d.How != model.ByDraft || !judges {
		d.How, d.Source = "", ""
	}
}

// appendEvent writes a decision that was checked, and what follows from it.
func (l *Ledger) appendEvent(tx *kv.Tx, n uint64, before review.Projection, d model.Decision, batch uint64) (model.Review, error) {
	event := model.Event{Change: d.Change, Revision: before.Review.Revision + 1, Entry: journal.Next(tx),
		Batch: batch, At: d.At, Actor: d.Actor, Action: d.Action,
		Severity: d.Severity, Confidence: d.Confidence, Basis: d.Basis, Summary: d.Summary, Note: d.Note, Reason: d.Reason,
		Until: d.Until, Content: d.Content, Fields: d.Fields, How: d.How, Source: d.Source}
	if err := putEvent(tx, n, event); err != nil {
		return model.Review{}, err
	}
	if event.Summary != nil {
		if err := dropDraft(tx, n, event.Actor); err != nil {
			return model.Review{}, err
		}
	}
	after := before.With(event)
	if err := l.followState(tx, n, before.Review, after.Review, event); err != nil {
		return model.Review{}, err
	}
	if err := standing.Decided(tx, n, before, after); err != nil {
		return model.Review{}, err
	}
	return rows.WithRecord(tx, n, after.Review)
}

func putEvent(tx *kv.Tx, change uint64, e model.Event) error {
	row, err := rows.PackEvent(e)
	if err != nil {
		return err
	}
	if e.Content != nil { // builds of before would leave it out of the record
		if err := tx.NeedSchema(recordrows.ProvisionRecords); err != nil {
			return err
		}
	}
	payload, err := kv.Encode(row)
	if err != nil {
		return fmt.Errorf("encoding a decision: %w", err)
	}
	if err := kv.InsertSealed(tx, kv.BucketEvent, kv.PairKey(change, e.Revision), payload); err != nil {
		return err
	}
	_, err = journal.Append(tx, journal.Entry{At: e.At, Actor: e.Actor, Kind: journal.KindDecision, Object: change,
		Part: uint64(e.Revision), Digest: kv.SumOf(payload)})
	return err
}

// followState creates or withdraws a record when a decision, an undo or a redo
// moved the review into or out of approval.
func (l *Ledger) followState(tx *kv.Tx, change uint64, before, after model.Review, e model.Event) error {
	switch {
	case before.State != model.Approved && after.State == model.Approved:
		if err := l.lintApproval(tx, change, after); err != nil {
			return err
		}
		return l.createRecord(tx, change, after, e)
	case before.State == model.Approved && after.State != model.Approved:
		record, revision := rows.RecordOf(tx, change)
		return withdraw(tx, record, revision, e.At, e.Actor)
	}
	return nil
}

// withdraw marks a revision of a record as withdrawn.
func withdraw(tx *kv.Tx, record uint64, revision int, at time.Time, actor string) error {
	key := kv.PairKey(record, revision)
	ref, err := journal.Append(tx, journal.Entry{At: at, Actor: actor, Kind: journal.KindWithdrawn,
		Object: record, Part: uint64(revision), Digest: kv.SumOf(key)})
	if err != nil {
		return err
	}
	if err := kv.Insert(tx, kv.BucketWithdrawn, key, kv.Key(ref.Entry)); err != nil {
		return err
	}
	return withdrawCard(tx, record)
}
