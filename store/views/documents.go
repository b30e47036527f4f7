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

// calendar is the months that changes are counted by: the starts of these, and of the
// one after them.
type calendar [model.ActivityMonths + 1]int64

// calendar returns the months up to that of the newest capture in the store.
func (l *listing) calendar(tx *kv.Tx) (c calendar, err error) {
	var at int64
	for i := range l.docs {
		d := &l.docs[i]
		if d.versions != d.newestOf {
			if d.newest, err = rows.CapturedAt(tx, d.n, d.last); err != nil {
				return c, err
			}
			d.newestOf = d.versions
		}
		at = max(at, d.newest)
	}
	newest := kv.UnixTime(at)
	for i := range c {
		c[i] = time.Date(newest.Year(), newest.Month()+time.Month(i-model.ActivityMonths+1), 1, 0, 0, 0, 0,
			time.UTC).UnixNano()
	}
	return c, nil
}

// count counts a change in the month in which it was captured.
func (c *calendar) count(captured int64, months []int) {
	// How many of the starts are not after it.
	if n, _ := slices.BinarySearch(c[:], captured+1); n > 0 && n <= model.ActivityMonths {
		months[n-1]++
	}
}

// DocumentActivity counts the changes of a document by month, as
// [model.PlatformRow.Activity] does those of a platform.
func (r *Reader) DocumentActivity(ctx context.Context, id model.ID) (model.Months, error) {
	months := model.Months{Counts: make([]int, model.ActivityMonths)}
	err := r.listed(ctx, func(tx *kv.Tx, l *listing) error {
		n, _, err := rows.DocumentByID(tx, id)
		if err != nil {
			return err
		}
		c, err := l.calendar(tx)
		if err != nil {
			return err
		}
		months.Last = kv.UnixTime(c[model.ActivityMonths-1])
		doc := l.docAt[n]
		for i := range l.heads {
			if h := &l.heads[i]; h.doc == doc && !l.hidden[h.n] {
				c.count(h.captured, months.Counts)
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
	slices.SortFunc(list, func(a, b model.DocumentRow) int {
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
		Activity: make([]int, model.ActivityMonths), UnreadableSince: doc.UnreadableSince(tx.Now()),
		NotTerms: doc.IsNotTerms(), Ended: doc.Ended}
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
	c.count(h.captured, row.Activity)
	return row
}
