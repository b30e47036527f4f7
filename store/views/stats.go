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

// Stats counts.
func (r *Reader) Stats(ctx context.Context) (model.Stats, error) {
	st := model.Stats{ByReason: map[model.Reason]int{}}
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		l, err := newListing(tx)
		if err != nil {
			return err
		}
		slugs := map[string]bool{}
		for _, d := range l.docs {
			slugs[d.Slug] = true
		}
		st.Platforms, st.Documents = len(slugs), len(l.docs)
		st.Snapshots = tx.Bucket(kv.BucketSnapshot).Stats().KeyN
		st.JournalEntries = tx.Bucket(kv.BucketJournal).Sequence()
		if err := countVersions(tx, &st); err != nil {
			return err
		}
		l.count(&st)
		return nil
	})
	if err != nil {
		return model.Stats{}, fmt.Errorf("counting: %w", err)
	}
	if info, err := os.Stat(r.db.Path()); err == nil {
		st.DBBytes = info.Size()
	}
	return st, nil
}

func countVersions(tx *kv.Tx, st *model.Stats) error {
	return tx.Bucket(kv.BucketVersion).ForEach(func(k, v []byte) error {
		var row rows.Version
		if err := kv.DecodeRow(kv.BucketVersion, k, v, &row); err != nil {
			return err
		}
		st.Versions++
		switch model.VersionKind(row.Kind) {
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
	for i := range l.heads {
		h := &l.heads[i]
		st.ByReason[model.Reason(h.Reason)]++
		state := l.review(h).State
		if h.Alg < detect.Version && state.IsOpen() {
			st.OlderAlgorithm++
		}
		switch state {
		case model.Pending:
			st.Changes.Pending++
			if h.Material {
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
}
