package alert

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fineprint/store/insight/outbox"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// DefaultAhead is how long before something takes effect rules on [model.AlertDue] tell.
const DefaultAhead = 14 * 24 * time.Hour

// foreseen reads what takes effect soon and whose change nobody decided on, for each rule
// on it that its filter finds. It is told once per date and target, whichever rule says so.
func (r *round) foreseen(ctx context.Context) error {
	if !slices.ContainsFunc(r.rules, func(l rule) bool { return l.on(model.AlertDue) }) {
		return nil
	}
	entries, err := r.changes.DueDates(ctx, r.db.Now(), r.ahead)
	if err != nil || len(entries) == 0 {
		return err
	}
	of := map[uint64][]*model.CalendarEntry{}
	for i := range entries {
		n := entries[i].Change.Number()
		of[n] = append(of[n], &entries[i])
	}
	items, _, err := r.changes.ChangesWhere(ctx, func(change, _ uint64) bool { return len(of[change]) > 0 })
	if err != nil {
		return err
	}
	for i := range r.rules {
		l := &r.rules[i]
		l.due = nil
		if l.err != nil || !l.on(model.AlertDue) {
			continue
		}
		found, err := r.matching(ctx, l.filter, l.Row.Author, pointers(items), nil)
		if err != nil {
			return err
		}
		for _, c := range found {
			for _, e := range of[c.ID.Number()] {
				l.due = append(l.due, due(c, e))
			}
		}
	}
	return nil
}

// due is what is told of a date.
func due(c *model.QueueItem, e *model.CalendarEntry) occurrence {
	o := occurrence{key: fmt.Sprint("due ", e.Document, " ", e.Date.Kind, " ", e.Date.Date, " ", e.Date.Or), item: *c}
	o.alert = model.Alert{Platform: e.Platform, PlatformName: e.PlatformName, Document: e.Document, Type: e.Type,
		Change: c.ID, CapturedAt: c.To.CapturedAt, Material: c.Material, Severity: c.Severity, Tags: c.Tags,
		Title: fmt.Sprintf("%s / %s: %s takes effect on %s, and nobody has decided on it", e.PlatformName, e.Type,
			c.ID, e.Date),
		Text: cut(strings.TrimSpace(e.Date.Words))}
	if c.Material {
		o.alert.Suggested = &model.AlertReason{Severity: c.Suggested.Severity, Why: c.Suggested.Why}
	}
	return o
}

// remind puts what a rule tells of dates into the outbox.
func (r *round) remind(tx *kv.Tx, l *rule) (queued int, err error) {
	for i := range l.due {
		o := &l.due[i]
		for _, target := range l.Row.Notify {
			a := o.alert
			a.Kind, a.At, a.Target, a.Store, a.Rule = model.AlertDue, tx.Now().UTC(), target, tx.StoreID(), l.Row.Name
			a.ID = outbox.ID(tx, o.key, target)
			added, err := outbox.Put(tx, a, l.N, a.Change.Number())
			if err != nil {
				return queued, err
			}
			if added {
				queued++
			}
		}
	}
	return queued, nil
}
