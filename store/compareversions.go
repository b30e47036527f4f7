package store

import (
	"context"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/detect"
	"fineprint/store/terms"
)

// CompareVersions compares any two versions of a document, in either order, as
// two texts are compared that are nobody's history: no flap, no bad capture.
// Nothing is stored; the change has no ID and no review.
func (s *Store) CompareVersions(ctx context.Context, id terms.ID, from, to int) (terms.ChangeDetail, error) {
	var d terms.ChangeDetail
	err := s.view(ctx, func(tx *bolt.Tx) error {
		n, doc, err := s.documentRow(tx, id)
		if err != nil {
			return err
		}
		for _, seq := range []int{from, to} {
			if seq < 1 || seq > doc.Versions {
				return fmt.Errorf("%w: %s has no version %d; it has %d", terms.ErrNotFound, id, seq, doc.Versions)
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
		return terms.ChangeDetail{}, fmt.Errorf("comparing versions %d and %d of %s: %w", from, to, id, err)
	}
	found := detect.Compare(d.OldText, d.NewText)
	d.Review, d.History = terms.Review{State: terms.Pending}, []terms.Event{}
	d.Row = terms.QueueItem{Platform: d.Document.Platform.Slug, PlatformName: d.Document.Platform.Name, Document: id, Type: d.Document.Type,
		From: refOf(d.FromMeta), To: refOf(d.ToMeta), State: terms.Pending, Material: found.Material, Reason: found.Reason, Detail: found.Detail,
		Suggested: found.Suggested, Counts: found.Counts}
	if d.Row.Suggested.Why == nil {
		d.Row.Suggested.Why = []string{}
	}
	d.Row.Origin = d.Row.To.Origin
	d.Change = terms.Change{Document: id, From: d.Row.From, To: d.Row.To, Material: found.Material, Reason: found.Reason, Detail: found.Detail,
		Suggested: d.Row.Suggested, Counts: found.Counts, Algorithm: detect.Version, Clauses: found.Clauses}
	return d, nil
}

func refOf(v terms.Version) terms.VersionRef {
	r := terms.VersionRef{Seq: v.Seq, CapturedAt: v.CapturedAt, SHA256: v.TextSHA256}
	if a := v.Origin.Archive; a != nil {
		r.Origin = &terms.Origin{Repo: a.Repo, Commit: a.Commit}
	}
	return r
}
