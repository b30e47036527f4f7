package notes

import (
	"context"
	"fmt"
	"slices"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/provision"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
)

// Notes lists the notes on a change and its clauses, oldest first, with those on changes
// that it took the place of.
func (b *Notebook) Notes(ctx context.Context, change model.ID) ([]model.ChangeNote, error) {
	list := []model.ChangeNote{}
	err := b.db.View(ctx, func(tx *kv.Tx) error {
		n, err := rows.ChangeNumber(tx, change)
		if err != nil {
			return err
		}
		list, _, err = OfChange(tx, n)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the notes on %s: %w", change, err)
	}
	return list, nil
}

// AllNotes lists all notes, in the order of changes.
func (b *Notebook) AllNotes(ctx context.Context) ([]model.ChangeNote, error) {
	list := []model.ChangeNote{}
	err := b.db.View(ctx, func(tx *kv.Tx) error {
		return recordrows.EachAnnotated(tx, func(n uint64, annotations []recordrows.Annotation) error {
			of, err := located(tx, n, n, Project(annotations))
			list = append(list, of...)
			if err != nil && tx.Lost(err, kv.BucketAnnotation, kv.PairKey(n, 1)) {
				return nil
			}
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("reading the notes: %w", err)
	}
	return list, nil
}

// Assignee returns who a change is assigned to, "" for nobody.
func (b *Notebook) Assignee(ctx context.Context, change model.ID) (name string, err error) {
	err = b.db.View(ctx, func(tx *kv.Tx) error {
		n, err := rows.ChangeNumber(tx, change)
		if err != nil {
			return err
		}
		list, err := recordrows.AnnotationsOf(tx, n)
		name = Project(list).Assignee
		return err
	})
	if err != nil {
		return "", fmt.Errorf("reading who %s is assigned to: %w", change, err)
	}
	return name, nil
}

// OfChange is [Notebook.Notes] in a transaction, with what the annotations of the change
// itself come to.
func OfChange(tx *kv.Tx, change uint64) (list []model.ChangeNote, state State, err error) {
	list = []model.ChangeNote{}
	if tx.Bucket(kv.BucketAnnotation) == nil {
		return list, state, nil // one of laterBuckets
	}
	before, err := predecessors(tx, change)
	if err != nil {
		return nil, state, err
	}
	for _, n := range append(before, change) {
		annotations, err := recordrows.AnnotationsOf(tx, n)
		if err != nil && !tx.Lost(err, kv.BucketAnnotation, kv.PairKey(n, 1)) {
			return nil, state, err
		}
		s := Project(annotations)
		of, err := located(tx, n, change, s)
		if err != nil && !tx.Lost(err, kv.BucketAnnotation, kv.PairKey(n, 1)) {
			return nil, state, err
		}
		list, state = append(list, of...), s
	}
	return list, state, nil
}

// predecessors are the changes that a change took the place of.
func predecessors(tx *kv.Tx, change uint64) (list []uint64, err error) {
	var row rows.Change
	if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(change), &row); err != nil {
		return nil, err
	}
	doc, err := rows.GetDocument(tx, row.Document)
	if err != nil {
		return nil, err
	}
	for _, n := range doc.Superseded {
		var old rows.Change
		if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &old); err != nil {
			if tx.Lost(err, kv.BucketRow, kv.Key(n)) {
				continue
			}
			return nil, err
		}
		if slices.Contains(old.By, change) {
			list = append(list, n)
		}
	}
	return list, nil
}

// one reads a note.
func one(tx *kv.Tx, change, note uint64) (model.ChangeNote, error) {
	annotations, err := recordrows.AnnotationsOf(tx, change)
	if err != nil {
		return model.ChangeNote{}, err
	}
	list, err := located(tx, change, change, Project(annotations))
	if err != nil {
		return model.ChangeNote{}, err
	}
	id := tx.ID(model.NoteID, note)
	at := slices.IndexFunc(list, func(n model.ChangeNote) bool { return n.ID == id })
	if at < 0 {
		return model.ChangeNote{}, fmt.Errorf("%w: there is no note %s", model.ErrNotFound, id)
	}
	return list[at], nil
}

// located lists the notes on change n, with their clauses among those of the change that
// they are shown with.
func located(tx *kv.Tx, n, shown uint64, state State) ([]model.ChangeNote, error) {
	list := make([]model.ChangeNote, len(state.Notes))
	var l *locator
	for i, note := range state.Notes {
		w := note.Written
		m := model.ChangeNote{ID: tx.ID(model.NoteID, w.Entry), Change: tx.ID(model.ChangeID, n), Quote: string(w.Quote),
			Text: string(note.Text), Actor: w.Actor, At: kv.UnixTime(w.At)}
		if e := note.Edited; e != nil {
			m.Edited, m.EditedBy = kv.UnixTime(e.At), e.Actor
		}
		if w.Provision != 0 {
			var err error
			if l == nil {
				if l, err = newLocator(tx, shown); err != nil {
					return nil, err
				}
			}
			m.Provision = tx.ID(model.ClauseID, w.Provision)
			if m.Clause, err = l.clause(&w); err != nil {
				return nil, err
			}
		}
		list[i] = m
	}
	return list, nil
}

// locator finds the clauses of a change that notes are on.
type locator struct {
	tx         *kv.Tx
	row        rows.Change
	clauses    []model.ClauseChange
	provisions map[int]uint64 // of clauses by their index, filled where a place is not enough
}

func newLocator(tx *kv.Tx, change uint64) (*locator, error) {
	l := &locator{tx: tx}
	if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(change), &l.row); err != nil {
		return nil, err
	}
	var err error
	l.clauses, err = rows.Clauses(tx, change)
	return l, err
}

// clause returns the number of the clause that a note is on: the one that stands where the
// note was put, else one with the words of its provision; 0 for none.
func (l *locator) clause(a *recordrows.Annotation) (int, error) {
	best, most := 0, 0
	for i, c := range l.clauses {
		at := c.New
		switch {
		case a.Seq == l.row.To.Seq:
		case a.Seq == l.row.From.Seq:
			at = c.Old
		default:
			at = nil
		}
		if at == nil {
			continue
		}
		if n := min(at.End, a.End) - max(at.Start, a.Start); n > most {
			best, most = i+1, n
		}
	}
	if best > 0 {
		return best, nil
	}
	if err := l.readProvisions(); err != nil {
		return 0, err
	}
	for i := range l.clauses {
		if l.provisions[i] == a.Provision {
			return i + 1, nil
		}
	}
	return 0, nil
}

// readProvisions finds which clauses of the change were given IDs, by their words.
func (l *locator) readProvisions() error {
	if l.provisions != nil {
		return nil
	}
	l.provisions = map[int]uint64{}
	f := provision.NewFinder(l.tx, l.row.Document)
	for i, c := range l.clauses {
		seq, at := l.row.To.Seq, c.New
		if at == nil {
			seq, at = l.row.From.Seq, c.Old
		}
		if at == nil {
			continue
		}
		var err error
		if l.provisions[i], err = f.Find(context.Background(), seq, *at); err != nil {
			return err
		}
	}
	return nil
}

// changeOfNote returns the change that a note is on.
func changeOfNote(tx *kv.Tx, id model.ID) (uint64, error) {
	n := id.Number()
	missing := fmt.Errorf("%w: there is no note %s; `fineprint note list` shows them", model.ErrNotFound, id)
	if id.Kind() != model.NoteID || id != tx.ID(model.NoteID, n) {
		return 0, missing
	}
	value := tx.Bucket(kv.BucketJournal).Get(kv.Key(n))
	if value == nil {
		return 0, missing
	}
	_, e, err := journal.Decode(value)
	if err != nil {
		return 0, err
	}
	if e.Kind != journal.KindAnnotation {
		return 0, missing
	}
	list, err := recordrows.AnnotationsOf(tx, e.Object)
	if err != nil {
		return 0, err
	}
	if !slices.ContainsFunc(list, func(a recordrows.Annotation) bool {
		return a.Entry == n && a.Action == string(model.NoteWritten)
	}) {
		return 0, missing
	}
	return e.Object, nil
}
