// Package review is the state machine of a review: it decides which decision is
// possible and projects a review from its events. It is pure: storing events,
// creating records and reading the clock are the store's.
//
// Invariants:
//   - A review is a projection of its events, in the order of their revisions;
//     the same events give the same review.
//   - Undo and redo are events too, so they survive a restart and show in the
//     journal. A new decision after an undo empties what could be redone.
//   - Check refuses what Project would not carry out.
//   - Who wrote a review, even a part of it, is never its second reader; what was
//     submitted to one is approved by one; and a reader's own values are beside
//     the author's. A reading stays as first given, and only its reader takes it
//     back: agreement that was arranged afterwards measures nothing.
//   - What was decided on several changes together ([CheckAll]) is one act: it is
//     undone and redone together, and never approves what is high or critical,
//     because nobody judges forty grave changes with one key.
package review

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"fineprint/store/model"
)

// Projection is a review with what its undo and redo would touch.
type Projection struct {
	Review model.Review
	// Applied and Undone are revisions of decisions, oldest first: those in
	// force, and those that redo would bring back (the last one first).
	Applied, Undone []int

	undoneBy []int // of each of Undone: the revision of its undo
	events   []model.Event
	second   second
}

// Project folds a change's events, oldest first and none missing, into its
// review. Of events that [CheckHistory] refuses it makes something, and no more is said of it.
func Project(change model.ID, events []model.Event) Projection {
	p := Projection{events: events}
	for i, e := range events {
		e.Revision = i + 1
		switch e.Action {
		case model.ActionUndo:
			if p.Applied, p.Undone = shift(p.Applied, p.Undone); len(p.undoneBy) < len(p.Undone) {
				p.undoneBy = append(p.undoneBy, e.Revision)
			}
		case model.ActionRedo:
			p.Undone, p.Applied = shift(p.Undone, p.Applied)
			p.undoneBy = p.undoneBy[:min(len(p.undoneBy), len(p.Undone))]
		default:
			p.Applied, p.Undone, p.undoneBy = append(p.Applied, e.Revision), nil, nil
		}
	}
	p.Review = model.Review{Change: change, State: model.Pending, Revision: len(events)}
	for _, revision := range p.Applied {
		p.apply(p.Event(revision))
	}
	r := &p.Review
	if n := len(events); n > 0 {
		r.Actor, r.UpdatedAt = events[n-1].Actor, events[n-1].At
	}
	r.CanUndo, r.CanRedo = len(p.Applied) > 0, len(p.Undone) > 0
	return p
}

// CheckHistory reports whether a change's events, oldest first, can have come from each
// other: numbered without a gap, and with an undo or redo only of what there was. The error
// wraps [model.ErrDamaged]; such a history has no projection that anybody decided on.
func CheckHistory(change model.ID, events []model.Event) error {
	applied, undone := 0, 0
	for i, e := range events {
		if e.Revision != i+1 {
			return fmt.Errorf("%w: the decisions on %s are not in order", model.ErrDamaged, change)
		}
		switch {
		case e.Action == model.ActionUndo && applied == 0:
			return fmt.Errorf("%w: decision %d on %s undoes nothing", model.ErrDamaged, e.Revision, change)
		case e.Action == model.ActionRedo && undone == 0:
			return fmt.Errorf("%w: decision %d on %s redoes nothing", model.ErrDamaged, e.Revision, change)
		case e.Action == model.ActionUndo:
			applied, undone = applied-1, undone+1
		case e.Action == model.ActionRedo:
			applied, undone = applied+1, undone-1
		default:
			applied, undone = applied+1, 0
		}
	}
	return nil
}

// With returns the projection that one more event leads to.
func (p Projection) With(e model.Event) Projection {
	return Project(p.Review.Change, append(slices.Clip(p.events), e))
}

// Event returns the event that made a revision.
func (p Projection) Event(revision int) model.Event { return p.events[revision-1] }

// Undoes returns the decision that an undo would take back.
func (p Projection) Undoes() (e model.Event, ok bool) { return p.last(p.Applied) }

// Redoes returns the decision that a redo would bring back.
func (p Projection) Redoes() (e model.Event, ok bool) { return p.last(p.Undone) }

// LastUndo returns the undo that a redo would reverse.
func (p Projection) LastUndo() (e model.Event, ok bool) { return p.last(p.undoneBy) }

func (p Projection) last(revisions []int) (e model.Event, ok bool) {
	if len(revisions) == 0 {
		return e, false
	}
	return p.Event(revisions[len(revisions)-1]), true
}

// Undid returns the decision that the undo at a revision took back.
func (p Projection) Undid(revision int) (e model.Event, ok bool) {
	return Project(p.Review.Change, p.events[:revision-1]).Undoes()
}

func shift(from, to []int) ([]int, []int) {
	if len(from) == 0 {
		return from, to
	}
	last := len(from) - 1
	return from[:last:last], append(to, from[last])
}

// apply carries out an event. Values are the author's, but while a second reader
// is asked for they are that reader's.
func (p *Projection) apply(e model.Event) {
	r := &p.Review
	if r.State == model.InReview {
		p.read(e)
	} else {
		p.write(e)
	}
	switch e.Action {
	case model.ActionApprove:
		r.State, r.Reason, r.Until = model.Approved, "", ""
	case model.ActionDismiss:
		r.State, r.Reason, r.Until = model.Dismissed, e.Reason, ""
	case model.ActionSnooze:
		r.State, r.Reason, r.Until = model.Snoozed, "", e.Until
	case model.ActionReopen:
		r.State, r.Reason, r.Until = model.Pending, "", ""
	case model.ActionSubmit:
		p.submit(e)
	case model.ActionRequestChanges:
		r.State, r.Reason, r.Until = model.ChangesRequested, e.Reason, ""
	case model.ActionContest:
		r.State, r.Reason, r.Until = model.Contested, e.Reason, ""
	}
}

// write takes in what an author makes of the change.
func (p *Projection) write(e model.Event) {
	r := &p.Review
	if e.Severity != nil {
		r.Severity = *e.Severity
	}
	if e.Confidence != nil {
		r.Confidence = *e.Confidence
	}
	if e.Basis != nil {
		r.Basis = *e.Basis
	}
	if e.Summary != nil {
		r.Summary = *e.Summary
	}
	if e.Note != nil {
		r.Note = *e.Note
	}
	if e.Content != nil {
		p.writeContent(e)
	}
	if e.Severity != nil || e.Confidence != nil || e.Basis != nil || e.Summary != nil || e.Note != nil ||
		e.Content != nil {
		r.Author = e.Actor
		p.second.wrote(e.Actor)
	}
}

// writeContent takes in what an author writes of the change beside the judgement.
func (p *Projection) writeContent(e model.Event) {
	r := &p.Review
	w := model.Writing{Content: r.Content}
	_ = w.Merge(&model.Writing{Content: *e.Content}, e.Fields) // a field of a newer build is not known here
	r.Content, r.Authors = w.Content, maps.Clone(r.Authors)
	if r.Authors == nil {
		r.Authors = map[string]model.Authorship{}
	}
	for _, field := range e.Fields {
		r.Authors[field] = model.Authorship{By: e.Actor, How: e.How, Source: e.Source, At: e.At}
	}
}

// Check reports whether a decision can be taken on a review as it is. d.Until
// must be normalised already (see [ParseUntil]). The error wraps ErrStale,
// ErrIncomplete, ErrNotAllowed or ErrInvalid.
func Check(p Projection, d model.Decision) error {
	r := p.Review
	if d.Base != model.AnyRevision && d.Base != r.Revision {
		return fmt.Errorf("%w: %s is at revision %d and %s now, the decision was based on revision %d", model.ErrStale,
			r.Change, r.Revision, r.State, d.Base)
	}
	switch d.Action {
	case model.ActionUndo:
		if len(p.Applied) == 0 {
			return fmt.Errorf("%w: nothing was decided on %s that could be undone", model.ErrNotAllowed, r.Change)
		}
		return checkTakesBack(p, d)
	case model.ActionRedo:
		if len(p.Undone) == 0 {
			return fmt.Errorf("%w: nothing was undone on %s that could be redone", model.ErrNotAllowed, r.Change)
		}
		return checkTakesBack(p, d)
	}
	if err := checkValues(d); err != nil {
		return err
	}
	switch {
	case r.State == model.InReview:
		return checkSecond(p, d)
	case r.State == model.Approved:
		return fmt.Errorf("%w: %s is approved; undo the approval first", model.ErrNotAllowed, r.Change)
	case r.State == model.Dismissed && d.Action != model.ActionReopen:
		return fmt.Errorf("%w: %s is dismissed; undo that or reopen it first", model.ErrNotAllowed, r.Change)
	}
	return checkAuthor(p, d)
}

// checkAuthor reports whether a decision is possible on what no second reader is
// asked for now.
func checkAuthor(p Projection, d model.Decision) error {
	r := p.Review
	switch d.Action {
	case model.ActionSet:
		if d.Severity == nil && d.Confidence == nil && d.Basis == nil && d.Summary == nil && d.Note == nil &&
			d.Content == nil {
			return fmt.Errorf("%w: the decision sets nothing", model.ErrInvalid)
		}
	case model.ActionApprove, model.ActionSubmit:
		if p.second.submitted && d.Action == model.ActionApprove {
			return fmt.Errorf("%w: a second reader was asked for on %s, and approves it; submit it again", model.ErrNotAllowed,
				r.Change)
		}
		p.write(model.Event{Severity: d.Severity, Confidence: d.Confidence, Basis: d.Basis, Summary: d.Summary})
		if missing := p.Review.Missing(); len(missing) > 0 {
			return fmt.Errorf("%w: %s %s needs its %s", model.ErrIncomplete,
				map[model.Action]string{model.ActionApprove: "approving", model.ActionSubmit: "submitting"}[d.Action], r.Change,
				strings.Join(missing, ", "))
		}
	case model.ActionDismiss:
		if strings.TrimSpace(d.Reason) == "" {
			return fmt.Errorf("%w: dismissing %s needs a reason", model.ErrIncomplete, r.Change)
		}
	case model.ActionSnooze:
		if d.Until == "" {
			return fmt.Errorf("%w: snoozing %s needs a date or %q", model.ErrIncomplete, r.Change, model.SnoozeNext)
		}
	case model.ActionReopen:
		if r.State != model.Dismissed && r.State != model.Snoozed {
			return fmt.Errorf("%w: %s is %s, there is nothing to reopen", model.ErrNotAllowed, r.Change, r.State)
		}
	case model.ActionRequestChanges, model.ActionContest:
		return fmt.Errorf("%w: %s is %s; %s is for what was submitted to a second reader", model.ErrNotAllowed, r.Change,
			r.State, describeAction(d.Action))
	default:
		return fmt.Errorf("%w: %q is not an action", model.ErrInvalid, d.Action)
	}
	return nil
}

func checkValues(d model.Decision) error {
	if d.Severity != nil && *d.Severity != "" {
		if _, err := model.ParseSeverity(string(*d.Severity)); err != nil {
			return err
		}
	}
	if d.Confidence != nil && *d.Confidence != "" {
		if _, err := model.ParseConfidence(string(*d.Confidence)); err != nil {
			return err
		}
	}
	if d.Basis != nil && *d.Basis != "" {
		if _, err := model.ParseBasis(string(*d.Basis)); err != nil {
			return err
		}
	}
	return nil
}

// Awake reports whether a snoozed review is over: its time has come, or, for
// SnoozeNext, its document has changed again. Other reviews are awake.
func Awake(r model.Review, now time.Time, changedAgain bool) bool {
	if r.State != model.Snoozed {
		return true
	}
	if r.Until == model.SnoozeNext {
		return changedAgain
	}
	until, err := time.Parse(time.RFC3339, r.Until)
	return err != nil || !now.Before(until)
}

// ParseUntil normalises when a snooze ends: "next", a while such as 7d from
// now, a date (its beginning in UTC) or a date-time; the result is "next" or
// RFC 3339. What lies in the past or can't be read wraps ErrInvalid.
func ParseUntil(s string, now time.Time) (string, error) {
	s = strings.TrimSpace(s)
	if strings.EqualFold(s, model.SnoozeNext) {
		return model.SnoozeNext, nil
	}
	var until time.Time
	if d, err := model.ParseDuration(s); err == nil {
		until = now.Add(d)
	} else if t, err := time.Parse(time.DateOnly, s); err == nil {
		until = t
	} else if t, err := time.Parse(time.RFC3339, s); err == nil {
		until = t
	} else {
		return "", fmt.Errorf("%w: %q is not a time to snooze until; use a date like 2026-12-01, a while like 7d or "+
			"2w, or %q", model.ErrInvalid, s, model.SnoozeNext)
	}
	if !until.After(now) {
		return "", fmt.Errorf("%w: %s lies in the past; snooze until a later date", model.ErrInvalid, s)
	}
	return until.UTC().Format(time.RFC3339), nil
}
