package ledger

import (
	"context"
	"fineprint/store/insight/stated"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/notes"
	"fineprint/store/review"
	"fineprint/store/rows"
	"fmt"
	"slices"
)

// Change reads everything that reviewing one change needs.
func (l *Ledger) Change(ctx context.Context, id model.ID) (model.ChangeDetail, error) {
	var d model.ChangeDetail
	err := l.db.View(ctx, func(tx *kv.Tx) error {
		n, err := rows.ChangeNumber(tx, id)
		if err != nil {
			return err
		}
		if d, err = changeDetail(tx, n); err != nil {
			return err
		}
		var state notes.State
		if d.Notes, state, err = notes.OfChange(tx, n); err != nil {
			return err
		}
		d.Row.Notes, d.Row.Assignee = len(d.Notes), state.Assignee
		d.Row.Stated = stated.CompareTexts(d.OldText, d.NewText, d.FromMeta.CapturedAt, d.ToMeta.CapturedAt)
		return state.Apply(tx, n, &d.Row)
	})
	if err != nil {
		return model.ChangeDetail{}, fmt.Errorf("reading %s: %w", id, err)
	}
	return d, nil
}

// changeDetail reads a change and makes sure that its record is the one its
// decisions made.
func changeDetail(tx *kv.Tx, n uint64) (model.ChangeDetail, error) {
	d, err := uncheckedDetail(tx, n)
	if err != nil {
		return d, err
	}
	err = checkRecordOf(tx, n, d.History)
	if err != nil && tx.Lost(err, kv.BucketOfChange, kv.Key(n)) {
		return d, nil // it is shown with what was decided, and no record
	}
	return d, err
}

// uncheckedDetail is changeDetail while an approval is written, whose record is
// not there yet.
func uncheckedDetail(tx *kv.Tx, n uint64) (model.ChangeDetail, error) {
	var d model.ChangeDetail
	var row rows.Change
	if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row); err != nil {
		return d, err
	}
	doc, err := rows.GetDocument(tx, row.Document)
	if err != nil {
		return d, err
	}
	standings, err := rows.StandingsOf(tx, row.Document)
	if err != nil {
		return d, err
	}
	standings.Raise(tx, n, &row)
	events, err := rows.Events(tx, n)
	if err != nil {
		return d, err
	}
	id := tx.ID(model.ChangeID, n)
	d.Review, err = rows.WithRecord(tx, n, review.Project(id, events).Review)
	if err != nil && !tx.Lost(err, kv.BucketOfChange, kv.Key(n)) {
		return d, err
	}
	d.Review = rows.Awake(d.Review, tx.Now(), n, doc)
	repo, err := kv.LookupString(tx, row.Repo)
	if err != nil {
		return d, err
	}
	d.Row = rows.QueueItem(tx, n, row, doc, d.Review, repo)
	if d.Row.Material {
		d.Row.TakenBackAtOnce, err = rows.TakenBackAtOnce(tx, row.Document, row.To.CapturedAt, row.TakenBack)
		if err != nil {
			return d, err
		}
		d.Row.ProbablyNoise = d.Row.ProbablyNoise && !d.Row.TakenBackAtOnce
	}
	standings.Mark(tx, row.Document, n, &d.Row)
	if slices.Contains(doc.Superseded, n) {
		d.Row.State = model.Superseded
	}
	d.Document, d.History = doc.ToModel(tx, row.Document), events
	clauses, err := rows.Clauses(tx, n)
	if err != nil {
		return d, err
	}
	standings.RaiseClauses(n, clauses)
	d.Change = model.Change{ID: id, Document: d.Row.Document, From: d.Row.From, To: d.Row.To,
		DetectedAt: d.Row.DetectedAt, Material: d.Row.Material,
		Reason: d.Row.Reason, Detail: d.Row.Detail, Suggested: d.Row.Suggested, Counts: d.Row.Counts,
		Algorithm: row.Algorithm, Clauses: clauses}
	if d.FromMeta, d.OldText, err = rows.VersionAndText(tx, row.Document, row.From.Seq); err != nil {
		return d, err
	}
	d.ToMeta, d.NewText, err = rows.VersionAndText(tx, row.Document, row.To.Seq)
	return d, err
}

// checkRecordOf makes sure that a change has a record when these decisions made one,
// and that it is its own: which record a change has is not sealed.
func checkRecordOf(tx *kv.Tx, change uint64, events []model.Event) error {
	id := tx.ID(model.ChangeID, change)
	approved := slices.ContainsFunc(events, func(e model.Event) bool { return e.Action == model.ActionApprove })
	record, revision := rows.RecordOf(tx, change)
	switch {
	case !approved && record == 0:
		return nil
	case !approved:
		return fmt.Errorf("%w: %s has a record, but was never approved", model.ErrDamaged, id)
	case revision == 0:
		return fmt.Errorf("%w: the record of %s is missing", model.ErrDamaged, id)
	}
	key := kv.PairKey(record, revision)
	r, err := rows.ReadRecord(tx, key, tx.Bucket(kv.BucketRecord).Get(key))
	if err == nil && r.Change != id {
		err = fmt.Errorf("%w: the record of %s is filed as that of %s", model.ErrDamaged, r.Change, id)
	}
	return err
}
