package views

import (
	"context"
	"fmt"
	"os"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// Stats counts.
func (r *Reader) Stats(ctx context.Context) (model.Stats, error) {
	st := model.Stats{ByReason: map[model.Reason]int{}}
	err := r.listed(ctx, func(tx *kv.Tx, l *listing) error {
		slugs := map[string]bool{}
		for i := range l.docs {
			slugs[l.docs[i].slug] = true
		}
		st.Platforms, st.Documents = len(slugs), len(l.docs)
		st.Snapshots = tx.Bucket(kv.BucketSnapshot).Stats().KeyN
		st.JournalEntries = tx.Bucket(kv.BucketJournal).Sequence()
		l.count(&st)
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

// countVersions counts by kind. Only the kind is read of a version, and the seal of
// the rest is not checked (check does that): no flipped bit makes one kind another.
func countVersions(tx *kv.Tx, st *model.Stats) error {
	return tx.Bucket(kv.BucketVersion).ForEach(func(k, v []byte) error {
		kind, err := rows.KindOf(k, v)
		if err != nil {
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

// count counts the changes by reason and state.
func (l *listing) count(st *model.Stats) {
	reasons := make([]int, len(l.reasons)+1)
	for i := range l.heads {
		h := &l.heads[i]
		reasons[h.reason]++
		state := l.state(h)
		if h.old && state.IsOpen() {
			st.OlderAlgorithm++
		}
		switch state {
		case model.Pending:
			st.Changes.Pending++
			if h.material {
				st.MaterialPending++
			}
		case model.Snoozed:
			st.Changes.Snoozed++
		case model.Dismissed:
			st.Changes.Dismissed++
		case model.Approved:
			st.Changes.Approved++
			st.Records++
		case model.InReview:
			st.Changes.InReview++
		case model.ChangesRequested:
			st.Changes.ChangesRequested++
		case model.Contested:
			st.Changes.Contested++
		}
	}
	for reason, n := range l.reasons {
		if reasons[n] > 0 {
			st.ByReason[reason] = reasons[n]
		}
	}
	if reasons[0] > 0 {
		st.ByReason[model.ReasonNone] = reasons[0]
	}
}
