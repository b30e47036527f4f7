package types

import (
	"fineprint/store/insight/recognize"
	"fineprint/store/kv"
)

// Judge says of what types clauses are, by the corrections that a database has. Several
// goroutines may use it.
type Judge struct{ j *judge }

// Judge returns what says of what types clauses are, by the corrections of a database.
func (t *Typist) Judge(tx *kv.Tx) (Judge, error) {
	j, err := t.judge(tx)
	return Judge{j}, err
}

// Last is the number of the last correction that it heeds, 0 for none.
func (j Judge) Last() uint64 { return j.j.last }

// Corrected returns the types that somebody said a clause is of, by its visible words.
func (j Judge) Corrected(visible string) (types []string, found bool) {
	if len(j.j.byWords) == 0 {
		return nil, false
	}
	s, _, found := j.j.corrected(wordsOf(visible), visible)
	return s.row.Types, found
}

// Suggest returns the types that a clause seems to be of, corrections aside.
func (j Judge) Suggest(c recognize.Clause) []recognize.Suggestion { return j.j.recognizer.Types(c) }

// Reached returns the clauses that may be of other types since the correction with a
// number; not ok: there was no such correction.
func (j Judge) Reached(since uint64) (r *Reached, ok bool) { return j.j.reached(since) }

// PackReaches writes what tells which corrections reach clauses, by their visible words.
func PackReaches(visible []string) []byte {
	list := make([]recognize.Reach, len(visible))
	for i, s := range visible {
		list[i] = recognize.ReachOf(s)
	}
	return packReaches(list)
}

// Any reports whether one of the clauses whose reaches were packed may be of other types,
// or something else was packed.
func (r *Reached) Any(packed []byte) bool {
	var room [recognize.ReachSize]uint16
	for len(packed) > 0 {
		reach, rest, ok := unpackReach(room[:], packed)
		if !ok || r.Holds(reach) {
			return true
		}
		packed = rest
	}
	return false
}
