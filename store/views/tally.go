package views

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/smallsort"
)

// maxFilled is how many months a tally by month goes through without a gap; more are
// a date gone wrong, and only those with changes are listed.
const maxFilled = 1200

// Tally counts changes by one thing, in the order of the keys; by document, platform,
// type and reason those with most changes first. It is made from the heads that all
// lists are made from, so that the totals are those of [Reader.Stats].
func (r *Reader) Tally(ctx context.Context, f model.TallyFilter) (model.Tallies, error) {
	t := model.Tallies{By: f.By, Since: f.Since, Until: f.Until, Rows: []model.Tally{}}
	err := r.listed(ctx, func(tx *kv.Tx, l *listing) error {
		var err error
		if t.AsOf, err = l.asOf(tx); err != nil {
			return err
		}
		for _, row := range l.tally(tx, &f) {
			t.Rows = append(t.Rows, *row)
			t.Total.Add(row.Figures)
		}
		return nil
	})
	if err != nil {
		return model.Tallies{}, fmt.Errorf("counting by %s: %w", f.By, err)
	}
	if f.By == model.ByMonth {
		t.Rows = filled(t.Rows)
	}
	smallsort.By(t.Rows, tallyOrder(f.By))
	return t, nil
}

// tallier counts the changes of a listing.
type tallier struct {
	*listing
	by     model.TallyBy
	rows   map[string]*model.Tally
	of     []*model.Tally // by the index of a document, or of a reason
	ranks  [5]*model.Tally
	months map[int64]*model.Tally // or days, by their number
}

func (l *listing) tally(tx *kv.Tx, f *model.TallyFilter) map[string]*model.Tally {
	t := tallier{listing: l, by: f.By, rows: map[string]*model.Tally{}, months: map[int64]*model.Tally{},
		of: make([]*model.Tally, max(len(l.docs), len(l.reasons)))}
	named := make([]bool, len(l.docs))
	for i, doc := range l.docs {
		named[i] = (f.Platform == "" || f.Platform == doc.slug) && model.MatchName(f.Match, doc.name, doc.kind)
	}
	for i := range l.heads {
		h := &l.heads[i]
		if l.hidden[h.n] || !named[h.doc] {
			continue
		}
		at := kv.UnixTime(h.captured)
		if !f.Since.IsZero() && at.Before(f.Since) || !f.Until.IsZero() && !at.Before(f.Until) {
			continue
		}
		l.figure(&t.row(tx, h, at).Figures, h, at)
	}
	return t.rows
}

// figure counts one change.
func (l *listing) figure(f *model.Figures, h *head, at time.Time) {
	r := l.review(h)
	rank := r.Severity.Rank()
	if rank == 0 && h.material {
		rank = int(h.severity)
	}
	f.Changes++
	if h.material {
		f.Material++
	}
	if h.section == model.SectionNoise || h.section == model.SectionTakenBack {
		f.Noise++
	}
	switch r.State {
	case model.Pending:
		f.Pending++
	case model.Approved:
		f.Approved++
		f.Decided++
	case model.Dismissed:
		f.Dismissed++
		f.Decided++
	}
	if rank >= model.High.Rank() {
		f.Severe++
	}
	if f.First.IsZero() || at.Before(f.First) {
		f.First = at
	}
	if at.After(f.Last) {
		f.Last = at
	}
}

// row returns the row that a change counts in.
func (t *tallier) row(tx *kv.Tx, h *head, at time.Time) *model.Tally {
	doc := &t.docs[h.doc]
	switch t.by {
	case model.ByDay, model.ByMonth:
		day := at.Unix() / (24 * 60 * 60)
		layout := time.DateOnly
		if t.by == model.ByMonth {
			day, layout = int64(at.Year())*12+int64(at.Month()), "2006-01"
		}
		return t.numbered(day, func() (string, string) { return at.Format(layout), "" })
	case model.BySeverity:
		rank := t.review(h).Severity.Rank()
		if rank == 0 && h.material {
			rank = int(h.severity)
		}
		return t.slot(&t.ranks[rank], func() (string, string) { return severityKey(rank), "" })
	case model.ByReason:
		return t.slot(&t.of[h.reason], func() (string, string) {
			return cmp.Or(t.reasons[h.reason], "material"), ""
		})
	}
	return t.slot(&t.of[h.doc], func() (string, string) {
		switch t.by {
		case model.ByDocument:
			return string(tx.ID(model.DocumentID, doc.n)), doc.name + " · " + doc.kind
		case model.ByType:
			return doc.kind, ""
		}
		return doc.slug, doc.name
	})
}

// slot returns the row that is remembered at a place, which it makes at first.
func (t *tallier) slot(at **model.Tally, key func() (key, name string)) *model.Tally {
	if *at == nil {
		*at = keyed(t.rows, key)
	}
	return *at
}

// numbered is [tallier.slot] of a month or day.
func (t *tallier) numbered(n int64, key func() (key, name string)) *model.Tally {
	row := t.months[n]
	if row == nil {
		row = keyed(t.rows, key)
		t.months[n] = row
	}
	return row
}

func keyed(all map[string]*model.Tally, of func() (key, name string)) *model.Tally {
	key, name := of()
	row := all[key]
	if row == nil {
		row = &model.Tally{Key: key, Name: name}
		all[key] = row
	}
	return row
}

func severityKey(rank int) string {
	if rank == 0 {
		return "none"
	}
	return string(model.Severities[rank-1])
}

// tallyOrder is by key where the keys have an order, else those with most changes first.
func tallyOrder(by model.TallyBy) func(a, b model.Tally) int {
	return func(a, b model.Tally) int {
		switch by {
		case model.ByMonth, model.ByDay:
			return cmp.Compare(a.Key, b.Key)
		case model.BySeverity:
			return -cmp.Compare(model.Severity(a.Key).Rank(), model.Severity(b.Key).Rank())
		}
		return cmp.Or(-cmp.Compare(a.Changes, b.Changes), cmp.Compare(a.Key, b.Key))
	}
}

// filled adds the months without a change between the first and the last.
func filled(list []model.Tally) []model.Tally {
	if len(list) == 0 {
		return list
	}
	there := map[string]bool{}
	first, last := list[0].First, list[0].Last
	for i := range list {
		there[list[i].Key] = true
		if list[i].First.Before(first) {
			first = list[i].First
		}
		if list[i].Last.After(last) {
			last = list[i].Last
		}
	}
	from := time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC)
	if (last.Year()-first.Year())*12 > maxFilled {
		return list
	}
	for m := from; !m.After(last); m = m.AddDate(0, 1, 0) {
		if key := m.Format("2006-01"); !there[key] {
			list = append(list, model.Tally{Key: key})
		}
	}
	return list
}
