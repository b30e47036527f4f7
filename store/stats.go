package store

import (
	"context"
	"fmt"
	"os"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/detect"
	"fineprint/store/terms"
)

// Stats counts.
func (s *Store) Stats(ctx context.Context) (terms.Stats, error) {
	st := terms.Stats{ByReason: map[terms.Reason]int{}}
	err := s.view(ctx, func(tx *bolt.Tx) error {
		l, err := s.listing(tx)
		if err != nil {
			return err
		}
		slugs := map[string]bool{}
		for _, d := range l.docs {
			slugs[d.Slug] = true
		}
		st.Platforms, st.Documents = len(slugs), len(l.docs)
		st.Snapshots = tx.Bucket(bktSnapshot).Stats().KeyN
		st.JournalEntries = tx.Bucket(bktJournal).Sequence()
		if err := countVersions(tx, &st); err != nil {
			return err
		}
		l.count(&st)
		return nil
	})
	if err != nil {
		return terms.Stats{}, fmt.Errorf("counting: %w", err)
	}
	if info, err := os.Stat(s.path); err == nil {
		st.DBBytes = info.Size()
	}
	return st, nil
}

func countVersions(tx *bolt.Tx, st *terms.Stats) error {
	return tx.Bucket(bktVersion).ForEach(func(k, v []byte) error {
		var row versionRow
		if err := decodeRow(bktVersion, k, v, &row); err != nil {
			return err
		}
		st.Versions++
		switch terms.VersionKind(row.Kind) {
		case terms.VersionFailed:
			st.FailedVersions++
		case terms.VersionTechnical:
			st.Technical++
		}
		return nil
	})
}

// count counts the changes by reason and state.
func (l *listing) count(st *terms.Stats) {
	for i := range l.heads {
		h := &l.heads[i]
		st.ByReason[terms.Reason(h.reason)]++
		state := l.review(h).State
		if h.alg < detect.Version && (state == terms.Pending || state == terms.Snoozed) {
			st.OlderAlgorithm++
		}
		switch state {
		case terms.Pending:
			st.Changes.Pending++
			if h.material {
				st.MaterialPending++
			}
		case terms.Snoozed:
			st.Changes.Snoozed++
		case terms.Dismissed:
			st.Changes.Dismissed++
		case terms.Approved:
			st.Changes.Approved++
			st.Records++
		case terms.InReview:
			st.Changes.InReview++
		case terms.ChangesRequested:
			st.Changes.ChangesRequested++
		case terms.Contested:
			st.Changes.Contested++
		}
	}
}
