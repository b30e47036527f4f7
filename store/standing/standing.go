// Package standing follows what approved changes, and those before a second reader,
// say through the later versions of their documents: whether it still stands there,
// and which later change is shown because it undoes them.
//
// It is not for judging a change by itself (store/detect), nor for decisions
// (store/review); what it makes is read by store/rows.
//
// Invariants: what is stored of a change follows from the texts, the verdicts and
// the decisions alone, so that it is the same whether the decision or the later
// version came first; lists read it without reading a text; a verdict of detection
// is never written over.
//
// # Rules
//
//   - A change is followed while it is approved or submitted (in review, contested
//     or sent back). What was dismissed folds as ever.
//   - What it says are its material clauses: the new words, or that the old ones
//     are gone. They stand in a later text when comparing the two ([detect.CompareClauses])
//     finds nothing material about them, so that quotes, numbering or a link make
//     nothing stale, and other clauses neither.
//   - A later change moves the mark only if the words stand otherwise in the text
//     it leads to than in the one it leaves: what a new reading of the same page
//     made of them is not its doing. A change that is folded for anything but going
//     back changes no words. Suspected bad captures are such.
//   - The mark names the first version that made it so. It is gone once the words
//     stand again, and with a next revision of the record: that one is judged by
//     what came later than its approval. A redo is no new judgement.
//   - A change that folds by itself is shown when what it undoes was not undone in
//     this way before, since the words came last with a change that is shown: once
//     for each alternation. Later turns stay folded, and the mark names the turn
//     that was shown.
//   - What a provision record says are the words that it quotes; it is followed from its
//     approval to its withdrawal, by the same comparison, and raises no change.
//   - Texts that can't be compared make nothing stale.
//
// Databases from before there was a mark have none until a document's next change,
// or until it is detected again.
package standing

import (
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/store/rows"
)

// followed reports whether changes of a state are followed.
func followed(s model.State) bool {
	switch s {
	case model.Approved, model.InReview, model.ChangesRequested, model.Contested:
		return true
	}
	return false
}

// Decided brings what is known of a change in step with a decision on it.
func Decided(tx *kv.Tx, change uint64, before, after review.Projection) error {
	if err := ensure(tx); err != nil {
		return err
	}
	was, is := before.Review, after.Review
	if !followed(was.State) && !followed(is.State) ||
		was.State == is.State && was.Severity == is.Severity {
		return nil
	}
	var row rows.Change
	if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(change), &row); err != nil {
		return err
	}
	if !followed(is.State) {
		return tx.Bucket(kv.BucketStanding).Delete(rows.StandingKey(row.Document, change))
	}
	f, err := newFollower(tx, row.Document)
	if err != nil {
		return err
	}
	return f.again(change, after)
}

// Recorded takes the changes in that were just recorded of a document, the oldest
// first, and returns those of them that are shown for what they undo.
func Recorded(tx *kv.Tx, document uint64, changes []uint64) (raised []uint64, err error) {
	if err := ensure(tx); err != nil {
		return nil, err
	}
	standings, err := rows.StandingsOf(tx, document)
	if err != nil || len(standings.Changes()) == 0 && !hasRecords(tx, document) {
		return nil, err
	}
	f, err := newFollower(tx, document)
	if err != nil {
		return nil, err
	}
	for _, n := range changes {
		if err := f.read(n); err != nil {
			return nil, err
		}
	}
	if err := eachRecord(tx, document, f.record); err != nil {
		return nil, err
	}
	for _, change := range standings.Changes() {
		p, err := rows.Projection(tx, change)
		if err != nil {
			return nil, err
		}
		st := standings.Of(change)
		if st.Done == 0 {
			err = f.afresh().again(change, p)
		} else {
			err = f.on(change, p, st)
		}
		if err != nil {
			return nil, err
		}
	}
	if standings, err = rows.StandingsOf(tx, document); err != nil {
		return nil, err
	}
	for _, n := range changes {
		if standings.Raises(n) {
			raised = append(raised, n)
		}
	}
	return raised, nil
}

// Again follows all changes of a document again, as after a new detection.
func Again(tx *kv.Tx, document uint64) error {
	if err := ensure(tx); err != nil {
		return err
	}
	standings, err := rows.StandingsOf(tx, document)
	if err != nil {
		return err
	}
	f, err := newFollower(tx, document)
	if err != nil {
		return err
	}
	for _, change := range standings.Changes() {
		p, err := rows.Projection(tx, change)
		if err == nil {
			err = f.again(change, p)
		}
		if err != nil {
			return err
		}
	}
	return eachRecord(tx, document, func(r model.Record, _ rows.Standing) error { return f.record(r, rows.Standing{}) })
}

// complete is set once every change that is followed has a row: it is not in a
// database from before there were any.
var complete = []byte("standing")

// ensure gives every followed change a row, if that was not done yet.
func ensure(tx *kv.Tx) error {
	meta := tx.Bucket(kv.BucketMeta)
	if meta.Get(complete) != nil {
		return nil
	}
	err := rows.EachProjection(tx, func(n uint64, p review.Projection) error {
		if !followed(p.Review.State) {
			return nil
		}
		var row rows.Change
		if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row); err != nil {
			return err
		}
		return kv.PutRow(tx, kv.BucketStanding, rows.StandingKey(row.Document, n), rows.Standing{})
	})
	if err != nil {
		return err
	}
	if err := meta.Put(complete, []byte{1}); err != nil {
		return fmt.Errorf("noting that decisions are followed: %w", err)
	}
	return nil
}
