package store

import (
	"context"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/detect"
	"fineprint/store/terms"
)

// CompareVersions compares any two versions of a document, in the order given.
// What it returns is no change of the queue: it has no ID and no review, and
// nothing is stored.
func (s *Store) CompareVersions(ctx context.Context, document terms.ID, from, to int) (terms.ChangeDetail, error) {
	var d terms.ChangeDetail
	err := s.view(ctx, func(tx *bolt.Tx) error {
		n, doc, err := s.documentRow(tx, document)
		if err != nil {
			return err
		}
		for _, seq := range []int{from, to} {
			if seq < 1 || seq > doc.Versions {
				return fmt.Errorf("%w: %s has versions 1 to %d, not %d", terms.ErrNotFound, document, doc.Versions, seq)
			}
		}
		d.Document = doc.terms(s, n)
		if d.FromMeta, d.OldText, err = s.versionAndText(tx, n, from); err != nil {
			return err
		}
		d.ToMeta, d.NewText, err = s.versionAndText(tx, n, to)
		return err
	})
	if err != nil {
		return terms.ChangeDetail{}, fmt.Errorf("comparing versions of %s: %w", document, err)
	}
	found := detect.Compare(d.OldText, d.NewText)
	ref := func(v terms.Version) terms.VersionRef {
		return terms.VersionRef{Seq: v.Seq, CapturedAt: v.CapturedAt, SHA256: v.TextSHA256}
	}
	d.Change = terms.Change{Document: document, From: ref(d.FromMeta), To: ref(d.ToMeta), Material: found.Material, Reason: found.Reason, Detail: found.Detail,
		Suggested: found.Suggested, Counts: found.Counts, Algorithm: detect.Version, Clauses: found.Clauses}
	return d, nil
}
