package tui

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/terms"
)

// precedents is what the judge looks up how the like was judged with.
type precedents interface {
	Precedents(ctx context.Context, change terms.ID, limit int) ([]terms.Precedent, error)
}

// remember keeps what repeat repeats and what is proposed next.
func (j *judge) remember(msg decidedMsg) {
	d, r := msg.act[0], msg.reviews[0]
	if d.Summary != nil { // the store dropped the draft with it
		for _, d := range msg.act {
			delete(j.drafts, d.Change)
		}
	}
	switch d.Action {
	case terms.ActionUndo, terms.ActionRedo, terms.ActionReopen:
		return
	case terms.ActionSet:
		if j.last.Change != d.Change || j.last.Action != terms.ActionSet {
			j.last = terms.Decision{Change: d.Change, Action: terms.ActionSet}
		}
		j.last.Severity, j.last.Confidence, j.last.Basis, j.last.Summary = &r.Severity, &r.Confidence, &r.Basis, &r.Summary
	case terms.ActionApprove, terms.ActionSubmit:
		j.last = terms.Decision{Change: d.Change, Action: terms.ActionSet, Severity: &r.Severity, Confidence: &r.Confidence, Basis: &r.Basis, Summary: &r.Summary}
		j.proposal.Confidence, j.proposal.Basis = r.Confidence, r.Basis
	default:
		j.last = terms.Decision{Change: d.Change, Action: d.Action, Reason: d.Reason, Until: d.Until}
	}
}

// lastMsg brings the last decision of an earlier run, with no action when there
// is none to repeat, for the target it was asked for.
type lastMsg struct {
	target target
	d      terms.Decision
	err    error
}

// recall reads what the actor decided last in an earlier run: when it is asked
// for, since a long journal takes a while.
func (j *judge) recall(t target) tea.Cmd {
	j.lookingUp = true
	ctx, desk, actor := j.ctx, j.desk, j.o.Actor
	return func() tea.Msg {
		ids, err := desk.LastDecision(ctx, actor)
		if err != nil || len(ids) == 0 {
			return lastMsg{target: t, err: err}
		}
		c, err := desk.Change(ctx, ids[0])
		return lastMsg{t, repeatable(c.Review, actor), err}
	}
}

// repeatable is the decision that a review tells of, with no action when its
// values are not the actor's.
func repeatable(r terms.Review, actor string) terms.Decision {
	switch r.State {
	case terms.Dismissed:
		return terms.Decision{Change: r.Change, Action: terms.ActionDismiss, Reason: r.Reason}
	case terms.Snoozed:
		return terms.Decision{Change: r.Change, Action: terms.ActionSnooze, Until: r.Until}
	}
	if !terms.SamePerson(r.Author, actor) {
		return terms.Decision{}
	}
	return terms.Decision{Change: r.Change, Action: terms.ActionSet, Severity: &r.Severity, Confidence: &r.Confidence, Basis: &r.Basis, Summary: &r.Summary}
}

// recalled goes on with the repetition.
func (j *judge) recalled(msg lastMsg) tea.Cmd {
	j.lookingUp = false
	switch {
	case !j.fine(msg.err):
		return nil
	case msg.d.Action == "":
		j.say("you decided nothing yet that could be repeated")
		return nil
	}
	j.last = msg.d
	return j.repeat(msg.target)
}

// repeat decides as the last time: a dismissal or snooze at once; values and
// summary are set, and approving them stays a key of its own.
func (j *judge) repeat(t target) tea.Cmd {
	if j.last.Action == "" {
		return j.recall(t)
	}
	d := only(j.last)
	d.Change = t.id
	return j.confirmed("repeat your last decision ("+inWords(d)+")", d, t)
}

// only leaves out the values that are empty.
func only(d terms.Decision) terms.Decision {
	if d.Severity != nil && *d.Severity == "" {
		d.Severity = nil
	}
	if d.Confidence != nil && *d.Confidence == "" {
		d.Confidence = nil
	}
	if d.Basis != nil && *d.Basis == "" {
		d.Basis = nil
	}
	if d.Summary != nil && *d.Summary == "" {
		d.Summary = nil
	}
	return d
}

// inWords says what a decision does.
func inWords(d terms.Decision) string {
	s := ""
	add := func(text string) {
		if s != "" {
			s += ", "
		}
		s += text
	}
	if d.Action != terms.ActionSet {
		add(string(d.Action))
	}
	if d.Severity != nil {
		add("severity " + string(*d.Severity))
	}
	if d.Confidence != nil {
		add("confidence " + string(*d.Confidence))
	}
	if d.Basis != nil {
		add("basis " + string(*d.Basis))
	}
	if d.Summary != nil {
		add("summary " + *d.Summary)
	}
	if d.Note != nil {
		add("note " + *d.Note)
	}
	if d.Reason != "" {
		add("because " + d.Reason)
	}
	if d.Until != "" {
		add("until " + d.Until)
	}
	return s
}

type precedentMsg struct {
	request int
	target  target
	found   []terms.Precedent
	err     error
}

// findPrecedent looks up how the like of a change was judged.
func (j *judge) findPrecedent(t target) tea.Cmd {
	j.looked++
	j.lookingUp = true
	request, ctx, desk := j.looked, j.ctx, j.desk
	return func() tea.Msg {
		found, err := desk.Precedents(ctx, t.id, 1)
		return precedentMsg{request, t, found, err}
	}
}

// hintMsg brings how the like of the change that was opened was judged.
type hintMsg struct {
	request int
	found   []terms.Precedent
}

// hint looks up, for a change that waits, how its like was judged. What goes
// wrong with it shows when the precedent is followed.
func (j *judge) hint(request int, d terms.ChangeDetail) tea.Cmd {
	if d.Review.State != terms.Pending {
		return nil
	}
	ctx, desk, id := j.ctx, j.desk, d.Change.ID
	return func() tea.Msg {
		found, err := desk.Precedents(ctx, id, 1)
		if err != nil {
			return nil
		}
		return hintMsg{request, found}
	}
}

// precedentInWords says how the like of a change was judged, and by whom.
func precedentInWords(p terms.Precedent) string {
	r := p.Review
	how := string(r.State)
	if r.Reason != "" {
		how += " because " + r.Reason
	}
	if r.State != terms.Dismissed {
		how += ", " + string(r.Severity)
	}
	like := "the same words"
	if !p.Same {
		like = likeness(p)
	}
	return fmt.Sprintf("%s (%s) was %s by %s on %s", p.Change, like, how, r.Actor, r.UpdatedAt.Format(time.DateOnly))
}

// followPrecedent judges a change as its like was judged.
func (j *judge) followPrecedent(msg precedentMsg) tea.Cmd {
	if msg.request != j.looked {
		return nil
	}
	j.lookingUp = false
	if !j.fine(msg.err) {
		return nil
	}
	if len(msg.found) == 0 {
		j.say("nothing like it was judged yet")
		return nil
	}
	p := msg.found[0]
	d := terms.Decision{Change: msg.target.id, Action: terms.ActionSet}
	switch r := p.Review; r.State {
	case terms.Dismissed:
		d.Action, d.Reason = terms.ActionDismiss, r.Reason
	default:
		d.Severity, d.Confidence, d.Basis, d.Summary = &r.Severity, &r.Confidence, &r.Basis, &r.Summary
		d = only(d)
	}
	cmd := j.decide(d, msg.target)
	j.say("as %s, %s, was judged: %s", p.Change, likeness(p), inWords(d))
	return cmd
}

// likeness says how much a precedent is like the change.
func likeness(p terms.Precedent) string {
	if p.Same {
		return "which says the same"
	}
	return fmt.Sprintf("%.0f%% like it", 100*p.Similarity)
}
