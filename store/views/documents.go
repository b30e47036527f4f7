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
	"fineprint/store/smallsort"
)

// calendar is the months and days that changes are counted by: the starts of these, and
// of the one after them.
type calendar struct {
	asOf   time.Time
	months [model.ActivityMonths + 1]int64
	days   [model.ActivityDays + 1]int64
}

// asOf is the last moment that the store knows anything of, zero while it has nothing:
// see [model.PlatformRow.Days].
func (l *listing) asOf(tx *kv.Tx) (time.Time, error) {
	var at, late int64
	now := l.now.UnixNano()
	for i := range l.docs {
		d := &l.docs[i]
		if d.versions != d.newestOf {
			var err error
			if d.newest, err = rows.CapturedAt(tx, d.n, d.last); err == nil {
				d.newestOf = d.versions
			} else if !tx.Lost(err, kv.BucketVersion, kv.PairKey(d.n, d.last)) {
				return time.Time{}, err
			}
		}
		for _, t := range [...]int64{d.newest, d.seen} {
			if t > now {
				late = max(late, t)
			} else {
				at = max(at, t)
			}
		}
	}
	if at == 0 {
		at = late // a clock that is behind all that there is
	}
	if at == 0 {
		return time.Time{}, nil
	}
	return kv.UnixTime(at), nil
}

// calendar returns the months and days up to those of the last moment that the store
// knows anything of.
func (l *listing) calendar(tx *kv.Tx) (c calendar, err error) {
	if c.asOf, err = l.asOf(tx); err != nil {
		return c, err
	}
	newest := c.asOf.UTC()
	for i := range c.months {
		c.months[i] = time.Date(newest.Year(), newest.Month()+time.Month(i-model.ActivityMonths+1), 1, 0, 0, 0, 0,
			time.UTC).UnixNano()
	}
	for i := range c.days {
		c.days[i] = time.Date(newest.Year(), newest.Month(), newest.Day()+i-model.ActivityDays+1, 0, 0, 0, 0,
			time.UTC).UnixNano()
	}
	return c, nil
}

// count counts a change in the month and on the day on which it was captured.
func (c *calendar) count(captured int64, months, days []int) {
	// How many of the starts are not after it.
	if n, _ := slices.BinarySearch(c.months[:], captured+1); n > 0 && n <= model.ActivityMonths {
		months[n-1]++
	}
	if n, _ := slices.BinarySearch(c.days[:], captured+1); n > 0 && n <= model.ActivityDays {
		days[n-1]++
	}
}

// DocumentActivity counts the changes of a document by month, as
// [model.PlatformRow.Activity] does those of a platform.
func (r *Reader) DocumentActivity(ctx context.Context, id model.ID) (model.Months, error) {
	months := model.Months{Counts: make([]int, model.ActivityMonths), Days: make([]int, model.ActivityDays)}
	err := r.listed(ctx, func(tx *kv.Tx, l *listing) error {
		n, _, err := rows.DocumentByID(tx, id)
		if err != nil {
			return err
		}
		c, err := l.calendar(tx)
		if err != nil {
			return err
		}
		months.Last = kv.UnixTime(c.months[model.ActivityMonths-1])
		doc := l.docAt[n]
		for i := range l.heads {
			if h := &l.heads[i]; h.doc == doc && !l.hidden[h.n] {
				c.count(h.captured, months.Counts, months.Days)
			}
		}
		return nil
	})
	if err != nil {
		return model.Months{}, fmt.Errorf("reading how often %s changed: %w", id, err)
	}
	return months, nil
}

// PlatformDocuments lists the documents of a platform by its slug: those with most
// material changes pending first, then by type.
func (r *Reader) PlatformDocuments(ctx context.Context, slug string) ([]model.DocumentRow, error) {
	list := []model.DocumentRow{}
	err := r.listed(ctx, func(tx *kv.Tx, l *listing) error {
		c, err := l.calendar(tx)
		if err != nil {
			return err
		}
		at := map[int32]int{}
		for i := range l.docs {
			if l.docs[i].slug != slug {
				continue
			}
			row, err := documentRow(tx, l.docs[i].n)
			if err != nil {
				return err
			}
			at[int32(i)] = len(list)
			list = append(list, row)
		}
		for i := range l.heads {
			h := &l.heads[i]
			if k, ok := at[h.doc]; ok && !l.hidden[h.n] {
				list[k] = l.counted(list[k], h, &c)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the documents of %s: %w", slug, err)
	}
	smallsort.By(list, func(a, b model.DocumentRow) int {
		return cmp.Or(-cmp.Compare(a.MaterialPending, b.MaterialPending), -cmp.Compare(a.Pending, b.Pending),
			cmp.Compare(a.Type, b.Type), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// documentRow reads what a list shows of document n but for its changes.
func documentRow(tx *kv.Tx, n uint64) (model.DocumentRow, error) {
	doc, err := rows.GetDocument(tx, n)
	if err != nil {
		return model.DocumentRow{}, err
	}
	row := model.DocumentRow{ID: tx.ID(model.DocumentID, n), Type: doc.Type, Versions: doc.Versions,
		Activity: make([]int, model.ActivityMonths), Days: make([]int, model.ActivityDays),
		UnreadableSince: doc.UnreadableSince(tx.Now()), NotTerms: doc.IsNotTerms(), Ended: doc.Ended}
	b := tx.Bucket(kv.BucketTracked)
	if b == nil {
		return row, nil
	}
	var tracked rows.Tracked
	if row.Tracked, err = kv.GetRow(tx, kv.BucketTracked, kv.Key(n), &tracked); err == nil && row.Tracked {
		row.Failing = tracked.Health.Failures > 0
		row.LastFetched = rows.UnpackTime(tracked.Health.LastSuccess)
	}
	return row, err
}

// counted returns a document's row with one of its changes counted.
func (l *listing) counted(row model.DocumentRow, h *head, c *calendar) model.DocumentRow {
	if l.state(h) == model.Pending {
		row.Pending++
		if h.material {
			row.MaterialPending++
		}
	}
	if at := kv.UnixTime(h.captured); at.After(row.LastChange) {
		row.LastChange = at
	}
	c.count(h.captured, row.Activity, row.Days)
	return row
}
