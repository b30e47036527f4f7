package views

import (
	"fmt"
	"math"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
	"fineprint/store/review"
	"fineprint/store/rows"
)

// explain reads what a journal entry is about.
func (r *activityReader) explain(a *activity, e journal.Entry) error {
	switch e.Kind {
	case journal.KindVersion:
		return r.version(a, e.Object, int(e.Part))
	case journal.KindSnapshot:
		return r.snapshot(a, e.Object)
	case journal.KindDecision:
		return r.decision(a, e.Object, int(e.Part))
	case journal.KindRecord, journal.KindWithdrawn:
		return r.record(a, e)
	case journal.KindRecordEvent:
		return r.recordEvent(a, e.Object, int(e.Part))
	case journal.KindProvision:
		return r.provision(a, e.Object)
	case journal.KindAnnotation:
		return r.annotation(a, e.Object, int(e.Part))
	case journal.KindRenamed:
		a.Kind, a.Act, a.Imported.Renamed = model.ActivityImport, model.ActImported, 1
		return r.document(a, e.Object)
	case journal.KindEnded:
		a.Kind, a.Act, a.Imported.Ended = model.ActivityImport, model.ActImported, 1
		return r.document(a, e.Object)
	case journal.KindDetected:
		a.Kind, a.Act, a.Number = model.ActivityStore, model.ActDetected, int(e.Part)
		a.run = fmt.Sprint(a.Act, e.Part)
		return r.document(a, e.Object)
	case journal.KindRuleAdded, journal.KindRuleRemoved:
		a.Kind, a.Act = model.ActivityDecision, ruleActs[e.Kind]
		return r.document(a, e.Object)
	case journal.KindTracked, journal.KindUntracked, journal.KindRobotsIgnored, journal.KindRobotsObeyed:
		a.Kind, a.Act = model.ActivityTracking, trackingActs[e.Kind]
		a.run = string(a.Act)
		return r.document(a, e.Object)
	case journal.KindAskedOtherwise:
		a.Kind, a.Act, a.Asked = model.ActivityTracking, model.ActAsked, model.AskedSettings(e.Part).String()
		a.run = fmt.Sprint(a.Act, e.Part)
		return r.document(a, e.Object)
	case journal.KindTrained:
		a.Kind, a.Act = model.ActivityDecision, model.ActTrained
		return nil
	case journal.KindPlaybook:
		a.Kind, a.Act = model.ActivityDecision, model.ActPlaybook
		return nil
	case journal.KindCreated:
		a.Kind, a.Act = model.ActivityStore, model.ActCreated
		return nil
	}
	a.Kind, a.Act = model.ActivityStore, model.ActUnknown
	return nil
}

var trackingActs = map[journal.Kind]model.Act{
	journal.KindTracked: model.ActTracked, journal.KindUntracked: model.ActUntracked,
	journal.KindRobotsIgnored: model.ActRobotsIgnored, journal.KindRobotsObeyed: model.ActRobotsObeyed,
}

var ruleActs = map[journal.Kind]model.Act{
	journal.KindRuleAdded: model.ActRuleAdded, journal.KindRuleRemoved: model.ActRuleRemoved,
}

// document names the document that an activity is about.
func (r *activityReader) document(a *activity, n uint64) error {
	doc, known := r.docs[n]
	if !known {
		var err error
		if doc, err = rows.GetDocument(r.tx, n); err != nil {
			return err
		}
		r.docs[n] = doc
	}
	a.ID, a.Name, a.documents[n] = r.tx.ID(model.DocumentID, n), doc.Name+" / "+doc.Type, true
	return nil
}

func (r *activityReader) lookupString(n uint32) (string, error) {
	w, known := r.strings[n]
	if !known {
		var err error
		if w, err = kv.LookupString(r.tx, n); err != nil {
			return "", err
		}
		r.strings[n] = w
	}
	return w, nil
}

// importFrom makes a part of an import of what did not come from the live web.
func (r *activityReader) importFrom(a *activity, o rows.Origin) (imported bool, err error) {
	method, err := r.lookupString(o.Method)
	if err != nil || method == string(model.MethodWeb) {
		return false, err
	}
	repo, err := r.lookupString(o.Repo)
	a.Kind, a.Act, a.run = model.ActivityImport, model.ActImported, fmt.Sprint("import ", o.Method, o.Repo)
	a.Imported.Method, a.Imported.Repo = model.Method(method), repo
	return true, err
}

func (r *activityReader) version(a *activity, document uint64, seq int) error {
	if err := r.document(a, document); err != nil {
		return err
	}
	v, err := rows.GetVersion(r.tx, document, seq)
	if err != nil {
		return err
	}
	if imported, err := r.importFrom(a, v.Origin); err != nil || imported {
		a.Imported.Versions = 1
		return err
	}
	a.Kind = model.ActivityFetch
	a.Failure = v.Failure
	switch model.VersionKind(v.Kind) {
	case model.VersionFirst:
		a.Act = model.ActFetchedFirst
	case model.VersionQuarantined:
		a.Act, a.Quarantined = model.ActQuarantined, true
	case model.VersionFailed:
		a.Act = model.ActFailed
	case model.VersionTechnical:
		a.Act = model.ActFetchedTechnical
	case model.VersionChanged:
		a.Act = model.ActFetchedChange
		return r.change(a, versionKey{document, seq}, v.RecordedAt)
	default:
		a.Act = model.ActFetchedSame
	}
	return nil
}

// change finds the change that a version led to. Changes are numbered as they
// are detected, and none is detected before its version is recorded.
func (r *activityReader) change(a *activity, of versionKey, recorded int64) error {
	if r.rows == nil {
		r.rows = r.tx.Bucket(kv.BucketRow).Cursor()
		r.row, r.value = r.rows.Last()
		r.rowAt = math.MaxInt64
	}
	for r.row != nil && r.rowAt >= recorded && r.changes[of] == 0 {
		var row rows.Change
		err := kv.DecodeRow(kv.BucketRow, r.row, r.value, &row)
		if err != nil && !r.tx.Lost(err, kv.BucketRow, r.row) {
			return err
		}
		if err == nil {
			r.changes[versionKey{row.Document, row.To.Seq}], r.rowAt = kv.KeyNumber(r.row), row.DetectedAt
		}
		r.row, r.value = r.rows.Prev()
	}
	n := r.changes[of]
	if n == 0 {
		return nil
	}
	var row rows.Change
	if _, err := kv.GetRow(r.tx, kv.BucketRow, kv.Key(n), &row); err != nil {
		return err
	}
	a.ID = r.tx.ID(model.ChangeID, n)
	a.Material, a.Reason = row.Material, model.Reason(row.Reason)
	return nil
}

func (r *activityReader) snapshot(a *activity, n uint64) error {
	row, err := rows.GetSnapshot(r.tx, n)
	if err != nil {
		return err
	}
	if err := r.document(a, row.Document); err != nil {
		return err
	}
	if imported, err := r.importFrom(a, row.Origin); err != nil || imported {
		a.Imported.Same = 1
		return err
	}
	a.Kind, a.Act = model.ActivityFetch, model.ActFetchedNothing
	a.run = string(a.Act)
	return nil
}

func (r *activityReader) decision(a *activity, change uint64, revision int) error {
	a.Kind, a.Act = model.ActivityDecision, model.ActDecided
	var e rows.Event
	var row rows.Change
	found, err := kv.GetRow(r.tx, kv.BucketEvent, kv.PairKey(change, revision), &e)
	if err == nil && !found {
		err = fmt.Errorf("%w: a decision in the journal is missing", model.ErrDamaged)
	}
	if err == nil {
		_, err = kv.GetRow(r.tx, kv.BucketRow, kv.Key(change), &row)
	}
	if err == nil {
		err = r.document(a, row.Document)
	}
	a.ID = r.tx.ID(model.ChangeID, change)
	if err != nil {
		return err
	}
	event, err := e.ToModel()
	a.Event = &event
	return err
}

func (r *activityReader) record(a *activity, e journal.Entry) error {
	key := kv.PairKey(e.Object, int(e.Part))
	record, err := rows.ReadRecord(r.tx, key, r.tx.Bucket(kv.BucketRecord).Get(key))
	if err != nil {
		return err
	}
	a.Kind, a.Act = model.ActivityDecision, model.ActRecordMade
	if e.Kind == journal.KindWithdrawn {
		a.Act = model.ActRecordWithdrawn
	}
	a.ID, a.Name = record.ID, record.Platform.Name+" / "+record.Type
	a.Number = record.Revision
	if record.Kind == model.ProvisionRecord { // the step that made it, or took it back, follows in the journal
		a.run = fmt.Sprint(a.Act, a.ID)
	}
	return nil
}

// recordEvent reads a step with a provision record. Approvals and withdrawals are one
// with what they made of the record.
func (r *activityReader) recordEvent(a *activity, record uint64, revision int) error {
	events, err := recordrows.RecordEvents(r.tx, record)
	if err == nil && (revision < 1 || revision > len(events)) {
		err = fmt.Errorf("%w: a step of a record in the journal is missing", model.ErrDamaged)
	}
	if err != nil {
		return err
	}
	p := review.ProjectProvision(r.tx.ID(model.RecordID, record), events[:revision])
	if err := r.document(a, p.Picked.Document.Number()); err != nil {
		return err
	}
	a.Kind, a.ID = model.ActivityDecision, p.Record
	switch p.Latest.Action {
	case model.RecordNew:
		a.Act, r.begun = model.ActRecordBegun, p.Record
	case model.RecordApproved:
		a.Act, a.Number = model.ActRecordMade, p.InForce
	case model.RecordWithdraw:
		a.Act, a.Number = model.ActRecordWithdrawn, p.Newest
	default:
		a.Act = model.ActRecordWritten
	}
	a.run = fmt.Sprint(a.Act, a.ID)
	return nil
}

// annotation reads a step with a note or an assignment.
func (r *activityReader) annotation(a *activity, change uint64, number int) error {
	a.Kind, a.Act = model.ActivityDecision, model.ActNoted
	var row rows.Change
	if _, err := kv.GetRow(r.tx, kv.BucketRow, kv.Key(change), &row); err != nil {
		return err
	}
	step, err := recordrows.AnnotationAt(r.tx, change, number)
	if err != nil {
		return err
	}
	if err := r.document(a, row.Document); err != nil {
		return err
	}
	a.ID = r.tx.ID(model.ChangeID, change)
	m := step.ToModel(r.tx, change, number)
	if a.Annotation = &m; m.Action == model.Assigned {
		a.Act = model.ActAssigned
		return nil
	}
	if step.IsLabelled() {
		a.Act = model.ActMarked
		a.run = fmt.Sprint(a.Act, m.Action, m.Label, m.Rule)
		return nil
	}
	if a.run = fmt.Sprint(a.Act, m.Note); step.Provision != 0 {
		r.noted = noted{step.Provision, a.run}
	}
	return nil
}

// provision reads that a clause was given an ID, which the record about it is made for, or
// a note on it.
func (r *activityReader) provision(a *activity, n uint64) error {
	_, row, err := recordrows.ProvisionByID(r.tx, r.tx.ID(model.ClauseID, n))
	if err != nil {
		return err
	}
	if err := r.document(a, row.Document); err != nil {
		return err
	}
	a.Kind, a.Act, a.ID = model.ActivityDecision, model.ActProvisionNamed, r.tx.ID(model.ClauseID, n)
	switch {
	case r.noted.provision == n:
		a.run = r.noted.run
	case r.begun != "":
		a.run = fmt.Sprint(model.ActRecordBegun, r.begun)
	}
	return nil
}
