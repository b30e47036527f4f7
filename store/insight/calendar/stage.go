package calendar

import (
	"fineprint/store/insight/identity"
	"fineprint/store/insight/stated"
	"fineprint/store/insight/upkeep"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// Algorithm is the number of what is kept: what another one kept is made again.
const Algorithm = 1

// Stage keeps the dates that the texts of documents state.
type Stage struct{}

// Name is what its progress is kept under.
func (Stage) Name() string { return "stated" }

// Version is the number of its algorithm.
func (Stage) Version() int { return Algorithm }

// Open begins work on the next texts of a document.
func (Stage) Open(tx *kv.Tx, document uint64, again bool) (upkeep.Work, error) {
	w := &work{document: document, fresh: again}
	if again {
		return w, nil
	}
	row, found, err := rows.StatedOf(tx, document)
	w.row, w.fresh = row, !found
	w.dates = rows.StatedDates(row.Now)
	return w, err
}

// work is the stage at work on a document.
type work struct {
	document uint64
	fresh    bool // no text was read yet
	row      rows.Stated
	dates    []model.StatedDate // of the text before
	parts    []reading          // by the clause's number in its document's history
	placed   []stated.Placed
}

// reading is what the words of a clause say; nil: they were not read.
type reading struct {
	*stated.Part
	bytes int
}

// Text takes in the next text: of its clauses only those whose words are new are read.
func (w *work) Text(t *identity.Text) error {
	for _, i := range t.Worded {
		if n := t.Clause[i]; n < len(w.parts) {
			w.parts[n].Part = nil
		}
	}
	w.placed = w.placed[:0]
	for i, n := range t.Clause {
		part := w.part(t, i, n)
		if !part.IsEmpty() {
			w.placed = append(w.placed, stated.Placed{Part: part, At: t.Clauses.Clauses[i].Start})
		}
	}
	dates := stated.Dates(w.placed, t.CapturedAt, func() string { return t.Clauses.Text })
	w.take(t, dates)
	return nil
}

// part returns what the clause at i, of number n in the history, says.
func (w *work) part(t *identity.Text, i, n int) *stated.Part {
	for n >= len(w.parts) {
		w.parts = append(w.parts, reading{})
	}
	words := t.Clauses.Words(i)
	if r := &w.parts[n]; r.Part == nil || r.bytes != len(words) {
		p := stated.Read(words)
		*r = reading{&p, len(words)}
	}
	return w.parts[n].Part
}

// take notes the dates of a text, and what became of those of the one before.
func (w *work) take(t *identity.Text, dates []model.StatedDate) {
	if w.fresh {
		w.fresh = false
		w.row = rows.Stated{FirstSeq: t.Seq, FirstAt: t.CapturedAt.UnixNano()}
		for _, d := range dates {
			if d.Kind == model.StatedEffective || d.Kind == model.StatedApplies {
				w.row.First = append(w.row.First, rows.NewStatedDate(d))
			}
		}
	} else if t.Change != 0 {
		w.row.Add(t.Change, stated.Compare(w.dates, dates, t.CapturedAt))
	}
	w.dates = dates
	w.row.Now, w.row.Seq, w.row.At = rows.NewStatedDates(dates), t.Seq, t.CapturedAt.UnixNano()
}

// End makes ready what is written.
func (w *work) End(bool) error {
	w.parts, w.placed = nil, nil
	return nil
}

// Flush writes what is kept.
func (w *work) Flush(tx *kv.Tx) error {
	return kv.PutRow(tx, kv.BucketStated, kv.Key(w.document), w.row)
}
