package views

import (
	"context"
	"fmt"

	"fineprint/store/detect"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// CompareVersions compares any two versions of a document, in either order, as
// two texts are compared that are nobody's history: no flap, no bad capture.
// Nothing is stored; the change has no ID and no review.
func (r *Reader) CompareVersions(ctx context.Context, id model.ID, from, to int) (model.ChangeDetail, error) {
	var d model.ChangeDetail
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		n, doc, err := rows.DocumentByID(tx, id)
		if err != nil {
			return err
		}
		for _, seq := range []int{from, to} {
			if seq < 1 || seq > doc.Versions {
				return fmt.Errorf("%w: %s has no version %d; it has %d", model.ErrNotFound, id, seq, doc.Versions)
			}
		}
		d.Document = doc.ToModel(tx, n)
		if d.FromMeta, d.OldText, err = rows.VersionAndText(tx, n, from); err != nil {
			return err
		}
		d.ToMeta, d.NewText, err = rows.VersionAndText(tx, n, to)
		return err
	})
	if err != nil {
		return model.ChangeDetail{}, fmt.Errorf("comparing versions %d and %d of %s: %w", from, to, id, err)
	}
	found := detect.Compare(d.OldText, d.NewText)
	d.Review, d.History = model.Review{State: model.Pending}, []model.Event{}
	d.Row = model.QueueItem{Platform: d.Document.Platform.Slug, PlatformName: d.Document.Platform.Name,
		Document: id, Type: d.Document.Type,
		From: refOf(d.FromMeta), To: refOf(d.ToMeta), State: model.Pending, Material: found.Material, Reason: found.Reason,
		Detail:    found.Detail,
		Suggested: found.Suggested, Counts: found.Counts}
	if d.Row.Suggested.Why == nil {
		d.Row.Suggested.Why = []string{}
	}
	d.Row.Origin = d.Row.To.Origin
	d.Change = model.Change{Document: id, From: d.Row.From, To: d.Row.To, Material: found.Material,
		Reason: found.Reason, Detail: found.Detail,
		Suggested: d.Row.Suggested, Counts: found.Counts, Algorithm: detect.Version, Clauses: found.Clauses}
	setSays(&d, r.learned.Load())
	return d, nil
}

func refOf(v model.Version) model.VersionRef {
	r := model.VersionRef{Seq: v.Seq, CapturedAt: v.CapturedAt, SHA256: v.TextSHA256}
	if a := v.Origin.Archive; a != nil {
		r.Origin = &model.Origin{Repo: a.Repo, Commit: a.Commit}
	}
	return r
}
