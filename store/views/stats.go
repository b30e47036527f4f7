package views

import (
	"context"
	"fmt"
	"os"

	"fineprint/store/detect"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// Stats counts. Of changes and versions it reads what it counts and no more, without
// checking the seals, unless it is to go on without what can't be read: a desk counts often.
// Whether each is what was stored is otherwise the work of check.
func (r *Reader) Stats(ctx context.Context) (model.Stats, error) {
	st := model.Stats{ByReason: map[model.Reason]int{}}
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		l := newListing(0)
		l.now, l.steps = tx.Now(), l.first
		if _, _, err := l.readDecisions(tx); err != nil {
			return err
		}
		slugs := map[string]bool{}
		for i := range l.docs {
			slugs[l.docs[i].slug] = true
		}
		st.Platforms, st.Documents = len(slugs), len(l.docs)
		st.Snapshots = tx.Bucket(kv.BucketSnapshot).Stats().KeyN
		st.JournalEntries = tx.Bucket(kv.BucketJournal).Sequence()
		if err := l.countChanges(tx, &st); err != nil {
			return err
		}
		return countVersions(tx, &st)
	})
	if err != nil {
		return model.Stats{}, fmt.Errorf("counting: %w", err)
	}
	if info, err := os.Stat(r.db.Path()); err == nil {
		st.DBBytes = info.Size()
	}
	return st, nil
}

// countVersions counts by kind.
func countVersions(tx *kv.Tx, st *model.Stats) error {
	var buf []byte
	return tx.Bucket(kv.BucketVersion).ForEach(func(k, v []byte) error {
		kind, err := rows.KindOf(k, v)
		if err == nil && tx.Goes() {
			_, err = kv.UnsealWith(&buf, kv.BucketVersion, k, v)
		}
		if err != nil {
			if tx.Lost(err, kv.BucketVersion, k) {
				return nil
			}
			return err
		}
		st.Versions++
		switch kind {
		case model.VersionFailed:
			st.FailedVersions++
		case model.VersionTechnical:
			st.Technical++
		}
		return nil
	})
}

// countChanges counts the changes by reason and state.
func (l *listing) countChanges(tx *kv.Tx, st *model.Stats) error {
	var buf []byte
	reasons := map[string]*int{} // so that not each makes a string of its own
	err := tx.Bucket(kv.BucketRow).ForEach(func(k, v []byte) error {
		n := kv.KeyNumber(k)
		f, err := rows.ScanFigures(v)
		if err == nil && tx.Goes() {
			_, err = kv.UnsealWith(&buf, kv.BucketRow, k, v)
		}
		if err != nil {
			return l.loseChange(tx, err, n, kv.BucketRow, k)
		}
		if l.hidden[n] || l.lost.changes[n] {
			return nil
		}
		doc, ok := l.docAt[f.Document]
		if !ok {
			return l.lose(tx, missingDocument(f.Document, n), kv.BucketDocument, kv.Key(f.Document))
		}
		if l.standings.Raises(n) {
			f.Material, f.Reason = true, nil
		}
		if a := l.annotated[n]; a != nil && a.marks.FoldedBy != "" && f.Material && !l.standings.Raises(n) {
			f.Material, f.Reason = false, []byte(model.ReasonChurn)
		}
		if count := reasons[string(f.Reason)]; count != nil {
			*count++
		} else {
			one := 1
			reasons[string(f.Reason)] = &one
		}
		state := l.state(&head{n: n, doc: doc, decided: l.reviews[n] != nil})
		if f.Algorithm < detect.Version && state.IsOpen() {
			st.OlderAlgorithm++
		}
		if f.Material && state == model.Pending {
			st.MaterialPending++
		}
		countState(st, state)
		return nil
	})
	for reason, n := range reasons {
		st.ByReason[model.Reason(reason)] = *n
	}
	return err
}

// countState counts one change more in a state.
func countState(st *model.Stats, state model.State) {
	st.Changes.Add(state, 1)
	if state == model.Approved {
		st.Records++
	}
}
