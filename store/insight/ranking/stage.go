package ranking

import (
	"fineprint/store/blob"
	"fineprint/store/insight/identity"
	"fineprint/store/insight/upkeep"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// Stage reads the words of material changes while what is derived is brought up to date.
type Stage struct{}

// Name implements [upkeep.Stage].
func (Stage) Name() string { return "ranking" }

// Version implements [upkeep.Stage].
func (Stage) Version() int { return algorithm }

// Open implements [upkeep.Stage]. What was kept of a document that comes again is written
// over: a change keeps its number.
func (Stage) Open(tx *kv.Tx, _ uint64, _ bool) (upkeep.Work, error) {
	return &work{tx: tx, found: map[uint64][]byte{}}, nil
}

// work reads the words of some changes of a document.
type work struct {
	tx    *kv.Tx // that reads; until End
	found map[uint64][]byte
	last  *identity.Text
}

// Text implements [upkeep.Work].
func (w *work) Text(t *identity.Text) error {
	before := w.last
	if w.last = t; t.Change == 0 || !anyMaterial(t.Changes) {
		return nil
	}
	words, err := w.read(before, t)
	if err != nil {
		return err
	}
	w.found[t.Change] = words.pack(clausesMark(w.tx, t.Change))
	return nil
}

// read reads the words of the change to a text; before is the one that was told of last, nil
// at the beginning, where the text before was told of another time.
func (w *work) read(before, t *identity.Text) (Words, error) {
	if before == nil || before.Place != t.Place-1 {
		h, err := headOf(w.tx, t.Change)
		if err != nil {
			return Words{}, err
		}
		return ReadChange(w.tx, blob.NewReader(w.tx), &h, nil)
	}
	clauses, err := rows.Clauses(w.tx, t.Change)
	return Read(before.Clauses.Text, t.Clauses.Text, clauses, nil), err
}

func anyMaterial(clauses []model.ClauseChange) bool {
	for i := range clauses {
		if clauses[i].Material {
			return true
		}
	}
	return false
}

// End implements [upkeep.Work].
func (w *work) End(bool) error {
	w.tx, w.last = nil, nil
	return nil
}

// Flush implements [upkeep.Work].
func (w *work) Flush(tx *kv.Tx) error { return putWords(tx, w.found) }
