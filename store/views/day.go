package views

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
)

// olderEntries is how many entries in a row from before the day end the reading of it:
// clocks differ, and an entry may be a little out of its order.
const olderEntries = 256

// day is what was read of an actor's day. A Reader keeps the last one, so that reading it
// again after a decision reads the entries that are new, and no more.
type day struct {
	actor    string
	from, to time.Time
	entry    uint64 // the newest that was read, and its link
	link     uint64
	times    []time.Time // of the actor's acts
	outcomes map[uint64]model.Action
}

// Day returns what an actor decided from a time on, for a day. It reads the journal from
// its end back to there, and of it the decisions of this actor.
func (r *Reader) Day(ctx context.Context, actor string, from time.Time) (model.Day, error) {
	return r.DayUntil(ctx, actor, from, from.AddDate(0, 0, 1))
}

// DayUntil is [Reader.Day] up to a time.
func (r *Reader) DayUntil(ctx context.Context, actor string, from, to time.Time) (model.Day, error) {
	r.dayMu.Lock()
	defer r.dayMu.Unlock()
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		d := r.day
		r.day = nil // until it is known to be whole
		if d == nil || d.actor != actor || !d.from.Equal(from) || !d.to.Equal(to) || !d.continues(tx) {
			d = &day{actor: actor, from: from, to: to, outcomes: map[uint64]model.Action{}}
		}
		if err := d.read(ctx, tx); err != nil {
			return err
		}
		r.day = d
		return nil
	})
	if err != nil {
		return model.Day{}, fmt.Errorf("reading the day of %s: %w", actor, err)
	}
	return r.day.figures(), nil
}

// continues reports whether the journal has what was read, and may have more.
func (d *day) continues(tx *kv.Tx) bool {
	return d.entry > 0 && kv.SealMark(tx.Bucket(kv.BucketJournal).Get(kv.Key(d.entry))) == d.link
}

// read reads the entries that are new.
func (d *day) read(ctx context.Context, tx *kv.Tx) error {
	changes, older := map[uint64]bool{}, 0
	c := tx.Bucket(kv.BucketJournal).Cursor()
	until := d.entry
	if k, v := c.Last(); len(k) == 8 {
		d.entry, d.link = kv.KeyNumber(k), kv.SealMark(v)
	}
	for k, v := c.Last(); k != nil && kv.KeyNumber(k) > until && older < olderEntries; k, v = c.Prev() {
		_, e, err := journal.Decode(v)
		if err != nil {
			if tx.Lost(err, kv.BucketJournal, k) {
				continue
			}
			return err
		}
		if older++; !e.At.Before(d.from) {
			older = 0
		}
		if e.Actor != d.actor || e.At.Before(d.from) || !e.At.Before(d.to) {
			if _, own := d.outcomes[e.Object]; own && e.Kind == journal.KindDecision {
				changes[e.Object] = true // another's undo
			}
			continue
		}
		switch e.Kind {
		case journal.KindDecision:
			changes[e.Object] = true
			fallthrough
		case journal.KindRecordEvent, journal.KindAnnotation:
			d.times = append(d.times, e.At)
		}
	}
	smallsort.By(d.times, time.Time.Compare)
	for n := range changes {
		if err := ctx.Err(); err != nil {
			return err
		}
		p, err := rows.Projection(tx, n)
		if err != nil {
			if tx.Lost(err, kv.BucketEvent, kv.PairKey(n, 1)) {
				continue
			}
			return err
		}
		d.outcomes[n] = d.outcome(p)
	}
	return nil
}

// outcome is the last act of the day's actor on a change that ended its review for now
// and was not undone; "" without one.
func (d *day) outcome(p review.Projection) model.Action {
	for _, revision := range slices.Backward(p.Applied) {
		e := p.Event(revision)
		if e.Actor != d.actor || e.At.Before(d.from) || !e.At.Before(d.to) {
			continue
		}
		switch e.Action {
		case model.ActionApprove, model.ActionDismiss, model.ActionSnooze, model.ActionSubmit,
			model.ActionRequestChanges, model.ActionContest:
			return e.Action
		case model.ActionReopen:
			return ""
		}
	}
	return ""
}

// figures counts.
func (d *day) figures() model.Day {
	m := model.Day{Actor: d.actor, From: d.from, To: d.to}
	for _, a := range d.outcomes {
		if a != "" {
			m.Decided++
		}
		switch a {
		case model.ActionApprove:
			m.Approved++
		case model.ActionDismiss:
			m.Dismissed++
		}
	}
	if len(d.times) == 0 {
		return m
	}
	m.First, m.Last = d.times[0], d.times[len(d.times)-1]
	for i, at := range d.times[1:] {
		if gap := at.Sub(d.times[i]); gap <= model.Pause {
			m.Active += gap
		}
	}
	return m
}
