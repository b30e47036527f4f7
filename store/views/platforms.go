package views

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
)

// Platforms lists the platforms: those with most material changes pending
// first, then by name.
func (r *Reader) Platforms(ctx context.Context) ([]model.PlatformRow, error) {
	p := platforms{rows: map[string]*model.PlatformRow{}}
	err := r.listed(ctx, func(tx *kv.Tx, l *listing) error {
		p.listing = l
		c, err := l.calendar(tx)
		if err != nil {
			return err
		}
		p.at = c.asOf
		p.documents()
		p.changes(&c)
		return p.tracking(tx)
	})
	if err != nil {
		return nil, fmt.Errorf("reading the platforms: %w", err)
	}
	list := make([]model.PlatformRow, 0, len(p.rows))
	for _, row := range p.rows {
		list = append(list, *row)
	}
	smallsort.By(list, func(a, b model.PlatformRow) int {
		return cmp.Or(-cmp.Compare(a.MaterialPending, b.MaterialPending), -cmp.Compare(a.Pending, b.Pending),
			cmp.Compare(a.Slug, b.Slug))
	})
	return list, nil
}

// platforms gathers the platforms' rows by slug.
type platforms struct {
	*listing
	rows map[string]*model.PlatformRow
	at   time.Time            // that the days end on
	of   []*model.PlatformRow // by the index of a document
}

func (p *platforms) documents() {
	p.of = make([]*model.PlatformRow, len(p.docs))
	for i := range p.docs {
		d := &p.docs[i]
		row := p.rows[d.slug]
		if row == nil {
			row = &model.PlatformRow{Platform: model.Platform{Slug: d.slug, Name: d.name},
				Activity: make([]int, model.ActivityMonths), Days: make([]int, model.ActivityDays), AsOf: p.at}
			p.rows[d.slug] = row
		}
		p.of[i] = row
		row.Name = min(row.Name, d.name)
		row.Documents++
		row.Versions += d.versions
		if since := d.suspect.UnreadableSince(p.now); since != nil {
			row.Unreadable++
			if row.UnreadableSince == nil || since.Before(*row.UnreadableSince) {
				row.UnreadableSince = since
			}
		}
	}
}

func (p *platforms) changes(c *calendar) {
	for i := range p.heads {
		h := &p.heads[i]
		if p.hidden[h.n] {
			continue
		}
		row := p.of[h.doc]
		if h.material {
			row.MaterialTotal++
		}
		if p.state(h) == model.Pending {
			row.Pending++
			if h.material {
				row.MaterialPending++
			}
		}
		if at := kv.UnixTime(h.captured); at.After(row.LastChange) {
			row.LastChange = at
		}
		c.count(h.captured, row.Activity, row.Days)
	}
}

func (p *platforms) tracking(tx *kv.Tx) error {
	b := tx.Bucket(kv.BucketTracked)
	if b == nil {
		return nil
	}
	return b.ForEach(func(k, v []byte) error {
		var row rows.Tracked
		err := kv.DecodeRow(kv.BucketTracked, k, v, &row)
		doc, ok := p.docAt[kv.KeyNumber(k)]
		if err == nil && !ok {
			err = kv.Unreadable(kv.BucketDocument, k, fmt.Sprintf("tracked document %d is missing", kv.KeyNumber(k)))
		}
		if err != nil {
			if tx.Lost(err, kv.BucketTracked, k) {
				return nil
			}
			return err
		}
		platform := p.of[doc]
		if row.Health.Failures > 0 {
			platform.Failing++
		}
		if at := rows.UnpackTime(row.Health.LastSuccess); at.After(platform.LastFetched) {
			platform.LastFetched = at
		}
		return nil
	})
}
