package tui

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
)

// precedents is what the judge looks up how the like was judged with.
type precedents interface {
	Precedents(ctx context.Context, change model.ID, limit int) ([]model.Precedent, error)
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
	case model.ActionUndo, model.ActionRedo, model.ActionReopen:
		return
	case model.ActionSet:
		if j.last.Change != d.Change || j.last.Action != model.ActionSet {
			j.last = model.Decision{Change: d.Change, Action: model.ActionSet}
		}
		j.last.Severity, j.last.Confidence, j.last.Basis, j.last.Summary = &r.Severity, &r.Confidence, &r.Basis, &r.Summary
	case model.ActionApprove, model.ActionSubmit:
		j.last = model.Decision{Change: d.Change, Action: model.ActionSet, Severity: &r.Severity, Confidence: &r.Confidence, Basis: &r.Basis, Summary: &r.Summary}
		j.proposal.Confidence, j.proposal.Basis = r.Confidence, r.Basis
	default:
		j.last = model.Decision{Change: d.Change, Action: d.Action, Reason: d.Reason, Until: d.Until}
	}
}

// lastMsg brings the last decision of an earlier run, with no action when there
// is none to repeat, for the target it was asked for.
type lastMsg struct {
	target target
	d      model.Decision
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
func repeatable(r model.Review, actor string) model.Decision {
	switch r.State {
	case model.Dismissed:
		return model.Decision{Change: r.Change, Action: model.ActionDismiss, Reason: r.Reason}
	case model.Snoozed:
		return model.Decision{Change: r.Change, Action: model.ActionSnooze, Until: r.Until}
	}
	if !model.SamePerson(r.Author, actor) {
		return model.Decision{}
	}
	return model.Decision{Change: r.Change, Action: model.ActionSet, Severity: &r.Severity, Confidence: &r.Confidence, Basis: &r.Basis, Summary: &r.Summary}
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
func only(d model.Decision) model.Decision {
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
func inWords(d model.Decision) string {
	s := ""
	add := func(text string) {
		if s != "" {
			s += ", "
		}
		s += text
	}
	if d.Action != model.ActionSet {
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
	found   []model.Precedent
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
	found   []model.Precedent
}

// hint looks up, for a change that waits, how its like was judged. What goes
// wrong with it shows when the precedent is followed.
func (j *judge) hint(request int, d model.ChangeDetail) tea.Cmd {
	if d.Review.State != model.Pending {
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
func precedentInWords(p model.Precedent) string {
	r := p.Review
	how := string(r.State)
	if r.Reason != "" {
		how += " because " + r.Reason
	}
	if r.State != model.Dismissed {
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
	d := model.Decision{Change: msg.target.id, Action: model.ActionSet}
	switch r := p.Review; r.State {
	case model.Dismissed:
		d.Action, d.Reason = model.ActionDismiss, r.Reason
	default:
		d.Severity, d.Confidence, d.Basis, d.Summary = &r.Severity, &r.Confidence, &r.Basis, &r.Summary
		d = only(d)
	}
	cmd := j.decide(d, msg.target)
	j.say("as %s, %s, was judged: %s", p.Change, likeness(p), inWords(d))
	return cmd
}

// likeness says how much a precedent is like the change.
func likeness(p model.Precedent) string {
	if p.Same {
		return "which says the same"
	}
	return fmt.Sprintf("%.0f%% like it", 100*p.Similarity)
}
