package alert

import (
	"fmt"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// Kind is a row of the table of what a rule can be on.
type Kind struct {
	Kind  model.AlertKind
	About string
	// find returns what happened since a rule was applied last; nil for changes, which
	// have steps of their own, and for dates, which are found by the filter (due.go).
	find func(tx *kv.Tx, n *news) ([]occurrence, error)
}

// Kinds are what a rule can be on.
var Kinds = []Kind{
	{Kind: model.AlertChange, About: "a change was detected that the filter finds"},
	{Kind: model.AlertFailing, About: "fetching a document keeps failing", find: failing},
	{Kind: model.AlertEnded, About: "a document ended", find: ended},
	{Kind: model.AlertApproved, About: "a record was approved", find: approved},
	{Kind: model.AlertDue, About: "something announced takes effect soon and nobody has decided on it"},
}

// KindNames lists what a rule can be on.
func KindNames() []string {
	list := make([]string, len(Kinds))
	for i, k := range Kinds {
		list[i] = string(k.Kind)
	}
	return list
}

// occurrence is what happened: what a filter is asked about, and what is told.
type occurrence struct {
	entry uint64 // of the journal, 0 for what is in none
	key   string // the same for the same
	item  model.QueueItem
	alert model.Alert
}

// news is what the journal tells of since the rules were applied last.
type news struct {
	first, last uint64            // entries
	detected    map[uint64]uint64 // documents, by the entry of the last time they were
	ended       []journalled
	approved    []journalled
}

type journalled struct{ entry, object, part uint64 }

// readNews reads the journal after an entry.
func readNews(tx *kv.Tx, after uint64) (*news, error) {
	n := &news{first: after + 1, last: after, detected: map[uint64]uint64{}}
	c := tx.Bucket(kv.BucketJournal).Cursor()
	for k, v := c.Seek(kv.Key(after + 1)); k != nil; k, v = c.Next() {
		_, e, err := journal.Decode(v)
		if err != nil && tx.Lost(err, kv.BucketJournal, k) {
			continue
		}
		if err != nil {
			return nil, err
		}
		n.last = kv.KeyNumber(k)
		at := journalled{n.last, e.Object, e.Part}
		switch e.Kind {
		case journal.KindDetected, journal.KindRuleAdded, journal.KindRuleRemoved:
			n.detected[e.Object] = n.last
		case journal.KindEnded:
			n.ended = append(n.ended, at)
		case journal.KindRecord:
			n.approved = append(n.approved, at)
		}
	}
	return n, nil
}

// about fills what is told of a document, and what a filter is asked of it.
func about(tx *kv.Tx, document uint64, o *occurrence) error {
	doc, err := rows.GetDocument(tx, document)
	if err != nil {
		return err
	}
	id := tx.ID(model.DocumentID, document)
	o.item.Document, o.item.Platform, o.item.PlatformName, o.item.Type = id, doc.Slug, doc.Name, doc.Type
	o.alert.Document, o.alert.Platform, o.alert.PlatformName, o.alert.Type = id, doc.Slug, doc.Name, doc.Type
	return nil
}

func ended(tx *kv.Tx, n *news) (list []occurrence, err error) {
	for _, at := range n.ended {
		o := occurrence{entry: at.entry, key: fmt.Sprint("ended ", at.entry)}
		if err := about(tx, at.object, &o); err != nil {
			if tx.Apart(err, kv.BucketDocument, kv.Key(at.object)) {
				continue
			}
			return nil, err
		}
		o.alert.Title = fmt.Sprintf("%s / %s ended", o.item.PlatformName, o.item.Type)
		list = append(list, o)
	}
	return list, nil
}

func approved(tx *kv.Tx, n *news) (list []occurrence, err error) {
	for _, at := range n.approved {
		h, revision, found, err := rows.HeadInForce(tx, at.object)
		if err != nil && tx.Apart(err, kv.BucketRecord, kv.Key(at.object)) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if !found || uint64(revision) != at.part {
			continue // it was withdrawn, or revised, since
		}
		o := occurrence{entry: at.entry, key: fmt.Sprint("approved ", at.object, " ", at.part)}
		o.item = model.QueueItem{ID: h.Change, Document: h.Document, Platform: h.Platform.Slug,
			PlatformName: h.Platform.Name, Type: h.Type, Record: h.ID, Severity: h.Severity, Material: true,
			State: model.Approved, To: model.VersionRef{CapturedAt: h.ApprovedAt}}
		o.alert = model.Alert{Platform: h.Platform.Slug, PlatformName: h.Platform.Name, Document: h.Document,
			Type: h.Type, Change: h.Change, Record: h.ID, Severity: h.Severity, Text: cut(h.Summary), Material: true,
			Title: fmt.Sprintf("%s approved: %s / %s, %s", h.ID, h.Platform.Name, h.Type, h.Severity)}
		if h.Title != "" {
			o.alert.Text = cut(h.Title + ": " + h.Summary)
		}
		list = append(list, o)
	}
	return list, nil
}

// failures is from how many in a row on a fetch is said to keep failing.
const failures = 3

func failing(tx *kv.Tx, _ *news) (list []occurrence, err error) {
	b := tx.Bucket(kv.BucketTracked)
	if b == nil {
		return nil, nil // one of laterBuckets
	}
	err = b.ForEach(func(k, v []byte) error {
		var row rows.Tracked
		document, o := kv.KeyNumber(k), occurrence{}
		err := kv.DecodeRow(kv.BucketTracked, k, v, &row)
		if err == nil && row.Health.Failures >= failures {
			err = about(tx, document, &o)
		}
		if err != nil && tx.Apart(err, kv.BucketTracked, k) {
			return nil
		}
		if err != nil || row.Health.Failures < failures {
			return err
		}
		o.key = fmt.Sprint("failing ", document, " ", row.Health.FailingSince)
		o.alert.Title = fmt.Sprintf("Fetching %s / %s fails since %s", o.item.PlatformName, o.item.Type,
			rows.UnpackTime(row.Health.FailingSince).UTC().Format("2006-01-02 15:04 MST"))
		o.alert.Text = cut(row.Health.Reason)
		list = append(list, o)
		return nil
	})
	return list, err
}
