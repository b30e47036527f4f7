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

// statedDates is what is known of the dates that documents state for themselves.
type statedDates struct {
	documents map[uint64]*statedDocument
	changes   map[uint64]*model.StatedChange
}

type statedDocument struct {
	mark    uint64
	row     rows.Stated
	changes []uint64
	seen    bool // in the read that goes on
}

// read brings it in step with the database, and adds the changes that may be shown
// otherwise. What can't be read is told to lose.
func (s *statedDates) read(tx *kv.Tx, again map[uint64]bool, lose loser) error {
	if s.documents == nil {
		s.documents, s.changes = map[uint64]*statedDocument{}, map[uint64]*model.StatedChange{}
	}
	err := rows.EachStated(tx, func(n uint64, key, value []byte) error {
		mark := kv.SealMark(value)
		d := s.documents[n]
		if d != nil && d.mark == mark {
			d.seen = true
			return nil
		}
		row, err := rows.DecodeStated(key, value)
		if err != nil {
			return lose(tx, err, kv.BucketStated, key)
		}
		s.forget(n, again)
		d = &statedDocument{mark: mark, seen: true}
		row.Each(func(change uint64, c *model.StatedChange) {
			s.changes[change], again[change] = c, true
			d.changes = append(d.changes, change)
		})
		row.Changes, row.Stayed = nil, nil
		d.row, s.documents[n] = row, d
		return nil
	})
	for n, d := range s.documents {
		if !d.seen {
			s.forget(n, again)
		}
		d.seen = false
	}
	return err
}

func (s *statedDates) forget(n uint64, again map[uint64]bool) {
	if d := s.documents[n]; d != nil {
		for _, change := range d.changes {
			delete(s.changes, change)
			again[change] = true
		}
		delete(s.documents, n)
	}
}

// Calendar lists what takes effect when, by the words of documents themselves: what is
// still to come first, the nearest first, then what took effect, the newest first. Zero
// times don't narrow.
func (r *Reader) Calendar(ctx context.Context, since, until time.Time) (model.Calendar, error) {
	cal := model.Calendar{Entries: []model.CalendarEntry{}}
	err := r.listed(ctx, func(tx *kv.Tx, l *listing) error {
		entries, err := l.takingEffect(tx)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if (since.IsZero() || !e.Date.Last().Before(since)) && (until.IsZero() || !e.Date.Day().After(until)) {
				cal.Entries = append(cal.Entries, e)
			}
		}
		return nil
	})
	if err != nil {
		return model.Calendar{}, fmt.Errorf("reading the calendar: %w", err)
	}
	cal.Total = len(cal.Entries)
	smallsort.By(cal.Entries, compareEntries)
	return cal, nil
}

// DueDates lists what takes effect within so long from now and whose change nobody has
// decided on, the nearest first.
func (r *Reader) DueDates(ctx context.Context, now time.Time, within time.Duration) ([]model.CalendarEntry, error) {
	cal, err := r.Calendar(ctx, now, now.Add(within))
	return slices.DeleteFunc(cal.Entries, func(e model.CalendarEntry) bool {
		return e.Reviewed() || e.Withdrawn || !e.Date.Last().After(now)
	}), err
}

func compareEntries(a, b model.CalendarEntry) int {
	switch {
	case a.Coming != b.Coming:
		if a.Coming {
			return -1
		}
		return 1
	case a.Date.Date != b.Date.Date && a.Coming:
		return cmp.Compare(a.Date.Date, b.Date.Date)
	case a.Date.Date != b.Date.Date:
		return cmp.Compare(b.Date.Date, a.Date.Date)
	}
	return cmp.Or(cmp.Compare(a.PlatformName, b.PlatformName), cmp.Compare(a.Type, b.Type),
		cmp.Compare(a.Document, b.Document), cmp.Compare(a.Date.Kind, b.Date.Kind))
}

// entryKey tells entries apart: a date that a document states is one, however many
// changes it went through.
type entryKey struct {
	doc  int32
	date model.StatedDate
}

// takingEffect lists all dates from when documents or their clauses hold.
func (l *listing) takingEffect(tx *kv.Tx) ([]model.CalendarEntry, error) {
	entries := map[entryKey]model.CalendarEntry{}
	add := func(e model.CalendarEntry, doc int32) {
		key := entryKey{doc, e.Date}
		if was, ok := entries[key]; !ok || e.CapturedAt.Before(was.CapturedAt) {
			entries[key] = e
		}
	}
	for i := range l.heads {
		h := &l.heads[i]
		c := l.stated.changes[h.n]
		if c == nil || c.Effective == nil || l.hidden[h.n] {
			continue
		}
		e := l.calendarEntry(tx, h.doc, *c.Effective, kv.UnixTime(h.captured))
		e.Change, e.Material = tx.ID(model.ChangeID, h.n), h.material
		if e.State = model.Pending; h.decided {
			e.State = l.review(h).State
		}
		seq, err := l.seqTo(tx, h)
		if err != nil {
			return nil, err
		}
		e.Seq = seq
		add(e, h.doc)
	}
	for i := range l.docs {
		if d := l.stated.documents[l.docs[i].n]; d != nil {
			for _, date := range rows.StatedDates(d.row.First) {
				e := l.calendarEntry(tx, int32(i), date, kv.UnixTime(d.row.FirstAt))
				e.Seq = d.row.FirstSeq
				add(e, int32(i))
			}
		}
	}
	list := make([]model.CalendarEntry, 0, len(entries))
	for _, e := range entries {
		list = append(list, e)
	}
	return list, nil
}

func (l *listing) calendarEntry(tx *kv.Tx, doc int32, date model.StatedDate, captured time.Time) model.CalendarEntry {
	d := &l.docs[doc]
	e := model.CalendarEntry{Date: date, Document: tx.ID(model.DocumentID, d.n), Platform: d.slug, PlatformName: d.name,
		Type: d.kind, CapturedAt: captured, Coming: date.Last().After(l.now)}
	e.Announced = date.Last().After(captured.Add(24 * time.Hour))
	if s := l.stated.documents[d.n]; s != nil && e.Coming {
		e.Withdrawn = !slices.ContainsFunc(s.row.Now, func(now rows.StatedDate) bool { return now.ToModel().SameDate(date) })
	}
	return e
}

// seqTo reads the version that a change led to.
func (l *listing) seqTo(tx *kv.Tx, h *head) (int, error) {
	key := kv.Key(h.n)
	payload, err := kv.Unseal(kv.BucketRow, key, tx.Bucket(kv.BucketRow).Get(key))
	if err != nil {
		return 0, err
	}
	var read rows.Head
	err = rows.ScanRow(payload, &read)
	return int(read.To), err
}
