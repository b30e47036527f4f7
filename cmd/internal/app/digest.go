package app

import (
	"cmp"
	"context"
	"time"

	"fineprint/store"
	"fineprint/store/insight/digest"
	"fineprint/store/model"
	"fineprint/store/query"
	"fineprint/store/smallsort"
)

// DigestRequest is which days a digest is about, and what of them.
type DigestRequest struct {
	Since, Until time.Time
	Reviewed     bool // only what was approved
	Filter       string
}

// soon is how far ahead a digest looks for what takes effect.
const soon = 30 * 24 * time.Hour

// Digest finds out what happened.
func (a *App) Digest(ctx context.Context, s *store.Store, r DigestRequest) (*digest.Digest, error) {
	q, err := query.Parse(r.Filter)
	if err != nil {
		return nil, err
	}
	s, remove, err := s.ReadCopy(ctx) // it reads for long
	if err != nil {
		return nil, err
	}
	defer remove()
	d := &digest.Digest{Since: r.Since.UTC(), Until: r.Until.UTC(), Filter: q.String(), Reviewed: r.Reviewed,
		Records: []digest.Record{}, Pending: []digest.Group{}, Failing: []digest.Failing{}, Due: []digest.Due{}}
	if d.Store, err = s.ID(ctx); err != nil {
		return nil, err
	}
	items, _, err := s.ChangesWhere(ctx, func(uint64, uint64) bool { return true })
	if err != nil {
		return nil, err
	}
	found, err := s.Matching(ctx, q, a.Actor, items)
	if err != nil {
		return nil, err
	}
	of := map[model.ID]bool{}
	documents := map[model.ID]bool{}
	for _, c := range found {
		of[c.ID], documents[c.Document] = true, true
	}
	if err := digestRecords(ctx, s, d, func(r *model.Record) bool {
		return !q.Narrows() || of[r.Change] || r.Change == "" && documents[r.Document]
	}); err != nil || r.Reviewed {
		return d, err
	}
	if err := digestPending(ctx, s, d, found); err != nil {
		return nil, err
	}
	return d, digestRest(ctx, s, d, func(document model.ID) bool { return !q.Narrows() || documents[document] })
}

func digestRecords(ctx context.Context, s *store.Store, d *digest.Digest, wanted func(*model.Record) bool) error {
	records, err := s.Records(ctx, model.RecordFilter{Latest: true, Since: d.Since, Until: d.Until})
	if err != nil {
		return err
	}
	for i := range records {
		r := &records[i]
		if r.ApprovedAt.Before(d.Since) || !r.ApprovedAt.Before(d.Until) || !wanted(r) {
			continue
		}
		d.Records = append(d.Records, digest.Record{ID: r.ID, Change: r.Change, PlatformName: r.Platform.Name,
			Type: r.Type, Title: r.Title, Summary: r.Summary, Severity: r.Severity, ApprovedAt: r.ApprovedAt.UTC()})
	}
	smallsort.By(d.Records, func(a, b digest.Record) int {
		return cmp.Or(b.Severity.Rank()-a.Severity.Rank(), b.ApprovedAt.Compare(a.ApprovedAt), cmp.Compare(a.ID, b.ID))
	})
	return nil
}

// digestPending lists the material changes that wait, by platform, the severest first.
func digestPending(ctx context.Context, s *store.Store, d *digest.Digest, found []*model.QueueItem) error {
	var list []*model.QueueItem
	var ids []model.ID
	for _, c := range found {
		if at := c.To.CapturedAt; c.Material && c.State == model.Pending && !at.Before(d.Since) && at.Before(d.Until) {
			list, ids = append(list, c), append(ids, c.ID)
		}
	}
	words, err := s.ChangeWords(ctx, ids)
	if err != nil {
		return err
	}
	smallsort.By(list, func(a, b *model.QueueItem) int {
		return cmp.Or(cmp.Compare(a.PlatformName, b.PlatformName), cmp.Compare(a.Platform, b.Platform),
			b.Suggested.Severity.Rank()-a.Suggested.Severity.Rank(), b.To.CapturedAt.Compare(a.To.CapturedAt),
			cmp.Compare(a.ID, b.ID))
	})
	for i, c := range list {
		if i == 0 || list[i-1].Platform != c.Platform {
			d.Pending = append(d.Pending, digest.Group{PlatformName: c.PlatformName})
		}
		g := &d.Pending[len(d.Pending)-1]
		g.Changes = append(g.Changes, digest.Change{ID: c.ID, Type: c.Type, CapturedAt: c.To.CapturedAt.UTC(),
			Suggested: c.Suggested.Severity, Why: append([]string{}, c.Suggested.Why...), Words: words[c.ID]})
	}
	return nil
}

// digestRest lists what can't be fetched, and what takes effect soon.
func digestRest(ctx context.Context, s *store.Store, d *digest.Digest, wanted func(document model.ID) bool) error {
	tracked, err := s.Tracking(ctx)
	if err != nil {
		return err
	}
	for _, t := range tracked {
		if t.Health.Failures > 0 && t.Health.FailingSince.Before(d.Until) && wanted(t.Document) {
			d.Failing = append(d.Failing, digest.Failing{Document: t.Document, PlatformName: t.Platform.Name,
				Type: t.Type, Since: t.Health.FailingSince.UTC(), Reason: t.Health.Reason})
		}
	}
	smallsort.By(d.Failing, func(a, b digest.Failing) int { return cmp.Compare(a.Document, b.Document) })
	calendar, err := s.Calendar(ctx, d.Until, d.Until.Add(soon))
	if err != nil {
		return err
	}
	for _, e := range calendar.Entries {
		if !e.Withdrawn && wanted(e.Document) {
			d.Due = append(d.Due, digest.Due{Change: e.Change, PlatformName: e.PlatformName, Type: e.Type,
				Day: e.Date.Date})
		}
	}
	return nil
}
