// Package recent works out what a record says of the recent activity of its platform: the
// material changes of its document and of all the platform's, by day and by month.
//
// It is not for what the desk counts (store/views, from what it keeps in memory): a record
// is made in a transaction, from what stands there.
//
// Invariants: it writes nothing; the platform is read once in a transaction, however many
// of its records are made in it; changes that others took the place of are not counted.
//
// Decision: the days end at the last moment that is known of the platform, as
// [model.RecentActivity] has it, for a record tells of a platform, and a document that is
// captured rarely would tell of a time long past.
package recent

import (
	"cmp"
	"slices"
	"time"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// maxNamed bounds how many changes a record names.
const maxNamed = 5

// platformChanges are the material changes of a platform up to the last moment that is
// known of it, newest first, as far as recent activity looks back.
type platformChanges struct {
	until   time.Time
	changes []activeChange
}

type activeChange struct {
	n, document uint64
	captured    int64
	month       int // among the months, -1 for none of them
}

// platformKey is the platform whose changes a transaction remembers: many changes may be
// approved in one.
type platformKey string

// changesOf reads the material changes of a platform, once in a transaction.
func changesOf(tx *kv.Tx, platform string) (*platformChanges, error) {
	v, err := tx.Memo(platformKey(platform), func() (any, error) {
		p := &platformChanges{}
		documents, superseded := rows.DocumentsNamed(tx, platform), map[uint64]bool{}
		if err := p.lastKnown(tx, documents, superseded); err != nil {
			return nil, err
		}
		heads, err := rows.HeadsAmong(tx, func(document uint64) bool { return documents[document] })
		if err != nil {
			return nil, err
		}
		since, until := firstMonth(p.until).UnixNano(), p.until.UnixNano()
		if days := p.until.AddDate(0, 0, -model.ActivityDays).UnixNano(); days < since {
			since = days
		}
		for _, h := range heads {
			if h.Material && !superseded[h.N] && h.Captured >= since && h.Captured <= until {
				p.changes = append(p.changes, activeChange{h.N, h.Document, h.Captured, monthOf(h.Captured, p.until)})
			}
		}
		slices.SortFunc(p.changes, func(x, y activeChange) int {
			return cmp.Or(cmp.Compare(y.captured, x.captured), cmp.Compare(y.n, x.n))
		})
		return p, nil
	})
	if err != nil {
		return nil, err
	}
	return v.(*platformChanges), nil
}

// lastKnown finds when one of the documents was last captured or found as it was, by now,
// and which of their changes others took the place of.
func (p *platformChanges) lastKnown(tx *kv.Tx, documents, superseded map[uint64]bool) error {
	var at, late int64
	now := tx.Now().UnixNano()
	for n := range documents {
		doc, err := rows.GetDocument(tx, n)
		if err != nil {
			return err
		}
		if doc.Versions == 0 {
			continue
		}
		for _, n := range doc.Superseded {
			superseded[n] = true
		}
		order := doc.Chronology()
		captured, err := rows.CapturedAt(tx, n, order.Newest())
		if err != nil {
			return err
		}
		for _, t := range [...]int64{captured, doc.Seen} {
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
	p.until = kv.UnixTime(at)
	return nil
}

// firstMonth is the beginning of the first of the months up to a time.
func firstMonth(until time.Time) time.Time {
	return time.Date(until.Year(), until.Month()-model.ActivityMonths+1, 1, 0, 0, 0, 0, time.UTC)
}

// monthOf is the place of a capture among the months up to a time, -1 for none.
func monthOf(captured int64, until time.Time) int {
	at, first := kv.UnixTime(captured), firstMonth(until)
	return max(-1, (at.Year()-first.Year())*12+int(at.Month())-int(first.Month()))
}

// Activity counts the material changes of a document and of its platform. It names
// the newest of the document but the one that the record is of.
func Activity(tx *kv.Tx, number uint64, doc *rows.Document, own uint64) (*model.RecentActivity, error) {
	p, err := changesOf(tx, doc.Name)
	if err != nil {
		return nil, err
	}
	a := &model.RecentActivity{Days: model.ActivityDays, Until: p.until}
	for i := range model.ActivityMonths {
		a.Months = append(a.Months, model.ActivityMonth{Month: firstMonth(p.until).AddDate(0, i, 0).Format("2006-01")})
	}
	since := p.until.AddDate(0, 0, -model.ActivityDays).UnixNano()
	for _, c := range p.changes {
		of := c.document == number
		if c.month >= 0 {
			a.Months[c.month].Platform++
			if of {
				a.Months[c.month].Document++
			}
		}
		if c.captured < since {
			continue
		}
		a.Platform++
		if !of {
			continue
		}
		if a.Document++; len(a.Changes) == maxNamed || c.n == own {
			continue
		}
		named := model.ActivityChange{Change: tx.ID(model.ChangeID, c.n), CapturedAt: kv.UnixTime(c.captured)}
		if named.Summary, named.Record, named.Severity, err = RecordOf(tx, named.Change); err != nil {
			return nil, err
		}
		a.Changes = append(a.Changes, named)
	}
	return a, nil
}

// RecordOf is what the record of a change in force says, nothing without one.
func RecordOf(tx *kv.Tx, change model.ID) (summary string, record model.ID, severity model.Severity, err error) {
	if change == "" {
		return "", "", "", nil
	}
	n, _ := rows.RecordOf(tx, change.Number())
	if n == 0 {
		return "", "", "", nil
	}
	h, _, found, err := rows.HeadInForce(tx, n)
	if err != nil || !found {
		return "", "", "", err
	}
	return h.Summary, h.ID, h.Severity, nil
}
