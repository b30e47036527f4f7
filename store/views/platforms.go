package views

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// Platforms lists the platforms: those with most material changes pending
// first, then by name.
func (r *Reader) Platforms(ctx context.Context) ([]model.PlatformRow, error) {
	p := platforms{rows: map[string]*model.PlatformRow{}}
	err := r.db.View(ctx, func(tx *kv.Tx) (err error) {
		if p.listing, err = newListing(tx); err != nil {
			return err
		}
		if err := p.documents(tx); err != nil {
			return err
		}
		p.changes()
		return p.tracking(tx)
	})
	if err != nil {
		return nil, fmt.Errorf("reading the platforms: %w", err)
	}
	list := make([]model.PlatformRow, 0, len(p.rows))
	for _, row := range p.rows {
		list = append(list, *row)
	}
	slices.SortFunc(list, func(a, b model.PlatformRow) int {
		return cmp.Or(-cmp.Compare(a.MaterialPending, b.MaterialPending), -cmp.Compare(a.Pending, b.Pending),
			cmp.Compare(a.Slug, b.Slug))
	})
	return list, nil
}

// platforms gathers the platforms' rows by slug.
type platforms struct {
	listing
	rows   map[string]*model.PlatformRow
	newest int64 // capture in the store
}

func (p *platforms) documents(tx *kv.Tx) error {
	for n, d := range p.docs {
		row := p.rows[d.Slug]
		if row == nil {
			row = &model.PlatformRow{Platform: model.Platform{Slug: d.Slug, Name: d.Name},
				Activity: make([]int, model.ActivityMonths)}
			p.rows[d.Slug] = row
		}
		row.Name = min(row.Name, d.Name)
		row.Documents++
		row.Versions += d.Versions
		if d.Versions > 0 {
			at, err := rows.CapturedAt(tx, n, d.Versions)
			if err != nil {
				return err
			}
			p.newest = max(p.newest, at)
		}
	}
	return nil
}

func (p *platforms) changes() {
	newest := kv.UnixTime(p.newest)
	// The starts of the months, and of the one after them.
	var starts [model.ActivityMonths + 1]int64
	for i := range starts {
		starts[i] = time.Date(newest.Year(), newest.Month()+time.Month(i-model.ActivityMonths+1), 1, 0, 0, 0, 0,
			time.UTC).UnixNano()
	}
	for i := range p.heads {
		h := &p.heads[i]
		row := p.rows[p.docs[h.Document].Slug]
		if h.Material {
			row.MaterialTotal++
		}
		if p.review(h).State == model.Pending {
			row.Pending++
			if h.Material {
				row.MaterialPending++
			}
		}
		if at := kv.UnixTime(h.Captured); at.After(row.LastChange) {
			row.LastChange = at
		}
		// How many of the starts are not after it.
		if months, _ := slices.BinarySearch(starts[:], h.Captured+1); months > 0 && months <= model.ActivityMonths {
			row.Activity[months-1]++
		}
	}
}

func (p *platforms) tracking(tx *kv.Tx) error {
	b := tx.Bucket(kv.BucketTracked)
	if b == nil {
		return nil
	}
	return b.ForEach(func(k, v []byte) error {
		var row rows.Tracked
		if err := kv.DecodeRow(kv.BucketTracked, k, v, &row); err != nil {
			return err
		}
		doc, ok := p.docs[kv.KeyNumber(k)]
		if !ok {
			return fmt.Errorf("%w: tracked document %d is missing", model.ErrDamaged, kv.KeyNumber(k))
		}
		platform := p.rows[doc.Slug]
		if row.Health.Failures > 0 {
			platform.Failing++
		}
		if at := rows.UnpackTime(row.Health.LastSuccess); at.After(platform.LastFetched) {
			platform.LastFetched = at
		}
		return nil
	})
}
