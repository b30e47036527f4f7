package views

import (
	"fmt"
	"math"
	"strings"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// explain says what a journal entry is about.
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
	case journal.KindRenamed, journal.KindEnded:
		a.Kind, a.imported.renamed, a.imported.ended = model.ActivityImport, 1, 0
		if e.Kind == journal.KindEnded {
			a.imported.renamed, a.imported.ended = 0, 1
		}
		return r.document(a, e.Object)
	case journal.KindDetected:
		a.Kind, a.run, a.What, a.many = model.ActivityStore, fmt.Sprint("detected ", e.Part), "judged its changes again", "judged the changes of %d documents again"
		a.Detail = fmt.Sprintf("detection %d", e.Part)
		return r.document(a, e.Object)
	case journal.KindTracked, journal.KindUntracked, journal.KindRobotsIgnored, journal.KindRobotsObeyed:
		words := trackingWords[e.Kind]
		a.Kind, a.run, a.What, a.many = model.ActivityTracking, words[0], words[0], words[1]
		return r.document(a, e.Object)
	case journal.KindCreated:
		a.Kind, a.What = model.ActivityStore, "made this database"
		return nil
	}
	a.Kind, a.What = model.ActivityStore, "did what only a newer Fineprint knows"
	return nil
}

// trackingWords are for one document and for several.
var trackingWords = map[journal.Kind][2]string{
	journal.KindTracked:       {"set up tracking", "set up tracking of %d documents"},
	journal.KindUntracked:     {"stopped tracking", "stopped tracking %d documents"},
	journal.KindRobotsIgnored: {"decided to ignore its robots.txt", "decided to ignore robots.txt for %d documents"},
	journal.KindRobotsObeyed:  {"decided to heed its robots.txt again", "decided to heed robots.txt again for %d documents"},
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

func (r *activityReader) word(n uint32) (string, error) {
	w, known := r.words[n]
	if !known {
		var err error
		if w, err = kv.LookupString(r.tx, n); err != nil {
			return "", err
		}
		r.words[n] = w
	}
	return w, nil
}

// importFrom makes a part of an import of what did not come from the live web.
func (r *activityReader) importFrom(a *activity, o rows.Origin) (imported bool, err error) {
	method, err := r.word(o.Method)
	if err != nil || method == string(model.MethodWeb) {
		return false, err
	}
	from, err := r.word(o.Repo)
	if from == "" {
		from = map[model.Method]string{model.MethodFile: "files", model.MethodDataset: "a dataset", model.MethodWayback: "the Wayback Machine"}[model.Method(method)]
	}
	a.Kind, a.run, a.imported.from = model.ActivityImport, fmt.Sprint("import ", o.Method, o.Repo), from
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
		a.imported.versions = 1
		return err
	}
	a.Kind = model.ActivityFetch
	switch model.VersionKind(v.Kind) {
	case model.VersionFirst:
		a.What = "fetched it for the first time"
	case model.VersionQuarantined:
		a.What, a.Detail, a.Quarantined = "quarantined what came", v.Failure, true
	case model.VersionFailed:
		a.What, a.Detail = "fetched nothing usable", v.Failure
	case model.VersionTechnical:
		a.What, a.Detail = "read it anew", "the page is the same, its text is made otherwise"
	case model.VersionChanged:
		a.What = "fetched a change"
		return r.change(a, versionKey{document, seq}, v.RecordedAt)
	default:
		a.What = "saw no change"
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
		if err := kv.DecodeRow(kv.BucketRow, r.row, r.value, &row); err != nil {
			return err
		}
		r.changes[versionKey{row.Document, row.To.Seq}], r.rowAt = kv.KeyNumber(r.row), row.DetectedAt
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
	if a.Detail = "material"; !row.Material {
		a.Detail = "immaterial: " + row.Reason
	}
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
		a.imported.same = 1
		return err
	}
	a.Kind, a.run, a.What, a.many = model.ActivityFetch, "same", "saw nothing new", "saw nothing new in %d documents"
	a.Detail = "other bytes, the same text"
	return nil
}

func (r *activityReader) decision(a *activity, change uint64, revision int) error {
	a.Kind = model.ActivityDecision
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
	a.What, a.Detail = decisionWords(model.Event(e))
	return err
}

func decisionWords(e model.Event) (what, detail string) {
	if e.Summary != nil {
		detail = *e.Summary
	}
	switch e.Action {
	case model.ActionApprove:
		return "approved", detail
	case model.ActionDismiss:
		return "dismissed", e.Reason
	case model.ActionSnooze:
		if e.Until == model.SnoozeNext {
			return "snoozed until its next change", ""
		}
		return "snoozed until " + e.Until, ""
	case model.ActionSubmit:
		return "submitted to a second reader", detail
	case model.ActionRequestChanges:
		return "asked for changes", e.Reason
	case model.ActionContest:
		return "contested", e.Reason
	case model.ActionReopen:
		return "reopened", ""
	case model.ActionUndo:
		return "took a decision back", ""
	case model.ActionRedo:
		return "brought a decision back", ""
	}
	var set []string
	if e.Severity != nil {
		set = append(set, "severity "+string(*e.Severity))
	}
	if e.Confidence != nil {
		set = append(set, "confidence "+string(*e.Confidence))
	}
	if e.Basis != nil {
		set = append(set, "basis "+string(*e.Basis))
	}
	if e.Summary != nil {
		set = append(set, "the summary")
	}
	if e.Note != nil {
		set = append(set, "the note")
	}
	if len(set) == 0 {
		return string(e.Action), detail
	}
	return "set " + strings.Join(set, ", "), detail
}

func (r *activityReader) record(a *activity, e journal.Entry) error {
	key := kv.PairKey(e.Object, int(e.Part))
	record, err := rows.ReadRecord(r.tx, key, r.tx.Bucket(kv.BucketRecord).Get(key))
	if err != nil {
		return err
	}
	a.Kind, a.What = model.ActivityDecision, "froze a record"
	if e.Kind == journal.KindWithdrawn {
		a.What = "withdrew a record"
	}
	a.ID, a.Name = record.ID, record.Platform.Name+" / "+record.Type
	a.Detail = fmt.Sprintf("revision %d", record.Revision)
	return nil
}
