package ledger

import (
	"context"
	"fmt"
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

// NewRecord makes a provision record of clauses of a change or of a version, as a draft.
// It is on disk when NewRecord returns nil; the change stays as it is. The error wraps
// ErrNotFound or ErrInvalid, and then nothing was changed.
func (l *Ledger) NewRecord(ctx context.Context, q model.NewRecordRequest) (model.RecordDraft, error) {
	var d model.RecordDraft
	err := l.db.Update(ctx, func(tx *kv.Tx) error {
		if err := beginRecords(tx); err != nil {
			return err
		}
		clauses := q.Clauses
		if len(clauses) == 0 {
			clauses = q.Writing.Clauses
		}
		s, err := sourceOf(tx, q)
		if err != nil {
			return err
		}
		picked, err := s.pick(ctx, tx, clauses)
		if err != nil {
			return err
		}
		n, err := kv.NextNumber(tx, kv.BucketRecord) // its revisions will have this number
		if err != nil {
			return err
		}
		p := review.ProjectProvision(tx.ID(model.RecordID, n), nil)
		e := l.event(p, model.RecordNew, q.Actor, q.At)
		e.Picked = &picked
		if err := e.write(q.RecordEdit); err != nil {
			return err
		}
		if p, err = appendRecordEvent(tx, n, p, e.RecordEvent); err != nil {
			return err
		}
		d, err = l.draftOf(ctx, tx, n, p)
		return err
	})
	if err != nil {
		return model.RecordDraft{}, fmt.Errorf("making a record: %w", err)
	}
	return d, nil
}

// EditRecord writes fields of a provision record. One that is approved stays as it is:
// what is written is a draft of its next revision. The error wraps ErrNotFound, ErrStale
// or ErrInvalid, and then nothing was changed.
func (l *Ledger) EditRecord(ctx context.Context, q model.RecordEdit) (model.RecordDraft, error) {
	return l.step(ctx, "writing", q.Record, func(tx *kv.Tx, n uint64, p review.Provision) (model.RecordEvent, error) {
		e := l.event(p, model.RecordEdited, q.Actor, q.At)
		if err := review.CheckProvision(p, q.Base, model.RecordEdited); err != nil {
			return e.RecordEvent, err
		}
		if err := e.repick(ctx, tx, p, q); err != nil {
			return e.RecordEvent, err
		}
		if err := e.write(q); err != nil {
			return e.RecordEvent, err
		}
		if len(e.Fields) == 0 && e.Picked == nil {
			return e.RecordEvent, fmt.Errorf("%w: nothing is written", model.ErrInvalid)
		}
		return e.RecordEvent, nil
	})
}

// WithdrawRecord takes a provision record back: its revisions stay, marked as withdrawn,
// and a draft is not written on. An edit after that begins the next revision.
func (l *Ledger) WithdrawRecord(ctx context.Context, id model.ID, reason, actor string) (model.RecordDraft, error) {
	return l.step(ctx, "withdrawing", id, func(tx *kv.Tx, n uint64, p review.Provision) (model.RecordEvent, error) {
		e := l.event(p, model.RecordWithdraw, actor, time.Time{})
		if err := review.CheckProvision(p, model.AnyRevision, model.RecordWithdraw); err != nil {
			return e.RecordEvent, err
		}
		if e.Reason = strings.TrimSpace(reason); e.Reason == "" {
			return e.RecordEvent, fmt.Errorf("%w: withdrawing %s needs a reason", model.ErrIncomplete, p.Record)
		}
		if err := withdrawRevisions(tx, n, e.RecordEvent); err != nil {
			return e.RecordEvent, err
		}
		return e.RecordEvent, standing.RecordWithdrawn(tx, p.Picked.Document.Number(), n)
	})
}

// RecordDraft reads a provision record as it is written, with what approving it now would
// make, what is missing for that and what the linter finds.
func (l *Ledger) RecordDraft(ctx context.Context, id model.ID) (model.RecordDraft, error) {
	var d model.RecordDraft
	err := l.db.View(ctx, func(tx *kv.Tx) error {
		n, p, err := provisionRecord(tx, id)
		if err == nil {
			d, err = l.draftOf(ctx, tx, n, p)
		}
		return err
	})
	if err != nil {
		return model.RecordDraft{}, fmt.Errorf("reading %s: %w", id, err)
	}
	return d, nil
}

// RecordDrafts lists provision records as they are written, in the order of their
// numbers, without what the linter finds, and with no more in their previews than what
// they are about.
func (l *Ledger) RecordDrafts(ctx context.Context, f model.RecordDraftFilter) ([]model.RecordDraft, error) {
	list := []model.RecordDraft{}
	err := l.db.View(ctx, func(tx *kv.Tx) error {
		each, err := eachOf(tx, f)
		if err != nil {
			return err
		}
		return each(func(n uint64) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			events, err := recordrows.RecordEvents(tx, n)
			if err != nil && tx.Lost(err, kv.BucketRecordEvent, kv.PairKey(n, 1)) {
				return nil
			}
			if err != nil || len(events) == 0 {
				return err
			}
			p := review.ProjectProvision(tx.ID(model.RecordID, n), events)
			if (f.State == "" || f.State == p.State) && (f.Document == "" || f.Document == p.Picked.Document) &&
				(f.Change == "" || f.Change == p.Picked.Change) {
				d := listed(p)
				d.Preview, err = named(tx, p)
				if err != nil && !tx.Lost(err, kv.BucketRecordEvent, kv.PairKey(n, 1)) {
					return err
				}
				list = append(list, d)
			}
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("listing provision records: %w", err)
	}
	return list, nil
}

// eachOf returns what calls a function with the records that may be in a listing.
func eachOf(tx *kv.Tx, f model.RecordDraftFilter) (func(do func(uint64) error) error, error) {
	switch {
	case f.Change != "":
		n, err := rows.ChangeNumber(tx, f.Change)
		return func(do func(uint64) error) error { return recordrows.RecordsOfChange(tx, n, do) }, err
	case f.Document != "":
		n, _, err := rows.DocumentByID(tx, f.Document)
		return func(do func(uint64) error) error { return recordrows.RecordsOfDocument(tx, n, do) }, err
	}
	return func(do func(uint64) error) error { return recordrows.EachProvisionRecord(tx, do) }, nil
}

// step takes a step with a provision record.
func (l *Ledger) step(ctx context.Context, doing string, id model.ID,
	take func(*kv.Tx, uint64, review.Provision) (model.RecordEvent, error)) (model.RecordDraft, error) {
	var d model.RecordDraft
	err := l.db.Update(ctx, func(tx *kv.Tx) error {
		n, p, err := provisionRecord(tx, id)
		if err != nil {
			return err
		}
		e, err := take(tx, n, p)
		if err != nil {
			return err
		}
		if p, err = appendRecordEvent(tx, n, p, e); err != nil {
			return err
		}
		d, err = l.draftOf(ctx, tx, n, p)
		return err
	})
	if err != nil {
		return model.RecordDraft{}, fmt.Errorf("%s %s: %w", doing, id, err)
	}
	return d, nil
}

// provisionRecord reads a provision record; the error wraps ErrNotFound when there is
// none, or the record is that of a change.
func provisionRecord(tx *kv.Tx, id model.ID) (uint64, review.Provision, error) {
	n := id.Number()
	if id != tx.ID(model.RecordID, n) {
		return 0, review.Provision{}, fmt.Errorf("%w: nothing in this database is called %s", model.ErrNotFound, id)
	}
	events, err := recordrows.RecordEvents(tx, n)
	if err != nil {
		return 0, review.Provision{}, err
	}
	if len(events) == 0 {
		if k, _ := kv.LastPart(tx.Bucket(kv.BucketRecord), n); k != nil {
			return 0, review.Provision{}, fmt.Errorf("%w: %s is the record of a change, which is decided on there",
				model.ErrNotAllowed, id)
		}
		return 0, review.Provision{}, kv.Absent(tx, kv.BucketRecordEvent, kv.BucketRecord, n,
			fmt.Errorf("%w: there is no record %s in this database", model.ErrNotFound, id))
	}
	return n, review.ProjectProvision(id, events), nil
}

// recordEvent is an event in the making.
type recordEvent struct{ model.RecordEvent }

func (l *Ledger) event(p review.Provision, action model.RecordAction, actor string, at time.Time) recordEvent {
	if at.IsZero() {
		at = l.db.Now()
	}
	if strings.TrimSpace(actor) == "" {
		actor = l.db.Actor()
	}
	return recordEvent{model.RecordEvent{Record: p.Record, Revision: p.Revision + 1, At: at.UTC(), Actor: actor,
		Action: action}}
}

// write takes over what is written of a record, but for its clauses: these are picked.
func (e *recordEvent) write(q model.RecordEdit) error {
	for _, id := range q.Fields {
		if id != "clauses" {
			e.Fields = append(e.Fields, id)
		}
	}
	if err := review.CheckWriting(&q.Writing, e.Fields); err != nil {
		return err
	}
	if err := e.Writing.Merge(&q.Writing, e.Fields); err != nil {
		return err
	}
	if e.How = q.How; e.How == "" {
		e.How = model.ByPerson
	}
	if len(e.Fields) == 0 {
		e.How = ""
	}
	e.Source = q.Source
	return nil
}

// appendRecordEvent writes a step that was checked, and what others say of the record.
func appendRecordEvent(tx *kv.Tx, n uint64, p review.Provision, e model.RecordEvent) (review.Provision, error) {
	e.Entry = journal.Next(tx)
	payload, err := recordrows.EncodeRecordEvent(e)
	if err != nil {
		return p, err
	}
	if err := kv.InsertSealed(tx, kv.BucketRecordEvent, kv.PairKey(n, e.Revision), payload); err != nil {
		return p, err
	}
	_, err = journal.Append(tx, journal.Entry{At: e.At, Actor: e.Actor, Kind: journal.KindRecordEvent, Object: n,
		Part: uint64(e.Revision), Digest: kv.SumOf(payload)})
	if err != nil {
		return p, err
	}
	p = p.With(e)
	return p, putDraftCard(tx, n, p)
}

// listed is a provision record as lists have it.
func listed(p review.Provision) model.RecordDraft {
	w := p.Writing
	w.Clauses = clauseNumbers(p.Picked)
	return model.RecordDraft{Record: p.Record, Revision: p.Revision, State: p.State, Approved: p.InForce, Writing: w,
		Missing: p.Writing.Missing(), Problems: []model.Problem{}, Actor: p.Latest.Actor, At: p.Latest.At}
}

// named is no more of a provision record than what it is about.
func named(tx *kv.Tx, p review.Provision) (model.Record, error) {
	picked := p.Picked
	r := model.Record{ID: p.Record, Kind: model.ProvisionRecord, State: p.State, Document: picked.Document,
		Change: picked.Change, To: model.Evidence{Seq: picked.Seq}}
	for _, c := range picked.Clauses {
		r.Provisions = append(r.Provisions, model.Provision{ID: c.Provision, Number: c.Number, Document: picked.Document,
			Seq: c.Seq, Change: picked.Change, ChangeClause: c.ChangeClause})
	}
	doc, err := rows.GetDocument(tx, picked.Document.Number())
	if err != nil {
		return r, err
	}
	r.Platform, r.Type = model.Platform{Slug: doc.Slug, Name: doc.Name}, doc.Type
	return r, nil
}

// draftOf is a provision record with all that is computed of it.
func (l *Ledger) draftOf(ctx context.Context, tx *kv.Tx, n uint64, p review.Provision) (model.RecordDraft, error) {
	d := listed(p)
	var err error
	if d.Preview, err = l.provisionPreview(ctx, tx, n, p); err != nil {
		return d, err
	}
	d.Problems, err = l.problems(tx, &d.Preview, &p.Writing)
	return d, err
}
