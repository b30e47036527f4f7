package lookup

import (
	"fineprint/store/insight/identity"
	"fineprint/store/insight/index"
	"fineprint/store/insight/upkeep"
	"fineprint/store/kv"
	"fineprint/store/text/clause"
)

// Stage keeps the index up to date: package upkeep tells it of every text.
type Stage struct{}

// stageVersion is raised when the same texts are to be indexed otherwise.
const stageVersion = 2

// Name implements [upkeep.Stage].
func (Stage) Name() string { return "search" }

// Version implements [upkeep.Stage].
func (Stage) Version() int { return stageVersion }

// Open implements [upkeep.Stage].
func (Stage) Open(tx *kv.Tx, document uint64, again bool) (upkeep.Work, error) {
	d, err := index.Begin(tx, document, again)
	if err != nil {
		return nil, err
	}
	return &work{d}, nil
}

// Finish implements [upkeep.Finisher].
func (Stage) Finish(tx *kv.Tx, flushed []upkeep.Work) error {
	list := make([]*index.Document, 0, len(flushed))
	for _, w := range flushed {
		list = append(list, w.(*work).document)
	}
	return index.Finish(tx, list)
}

// work indexes some texts of a document.
type work struct{ document *index.Document }

func (w *work) Text(t *identity.Text) error {
	x := index.Text{Seq: t.Seq, At: t.CapturedAt.Unix(), Clauses: t.Clause, Numbers: t.Provisions}
	under, path := int32(clause.None-1), []string(nil)
	for _, i := range t.Worded {
		if u := t.Clauses.Clauses[i].Under; u != under {
			under, path = u, t.Clauses.HeadingPath(i)
		}
		x.Worded = append(x.Worded, index.Worded{At: i, Words: t.Clauses.Visible(i), Heading: path})
	}
	w.document.Add(x)
	return nil
}

func (w *work) End(bool) error {
	w.document.End()
	return nil
}

func (w *work) Flush(tx *kv.Tx) error { return w.document.Put(tx) }
