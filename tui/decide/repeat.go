package decide

import (
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/kit"
)

// remember keeps what repeat repeats and what is proposed next.
func (c *Controller) remember(msg decidedMsg) {
	d, r := msg.batch[0], msg.reviews[0]
	if d.Summary != nil { // the store dropped the draft with it
		for _, d := range msg.batch {
			delete(c.drafts, d.Change)
		}
		maps.DeleteFunc(c.unsaved, func(_, text string) bool { return text == *d.Summary })
	}
	c.undone = d.Action == model.ActionUndo
	switch d.Action {
	case model.ActionUndo: // what was a mistake is not repeated
		c.last = model.Decision{}
		return
	case model.ActionRedo:
		c.last = repeatable(r, c.Actor)
		return
	case model.ActionReopen:
		return
	case model.ActionSet:
		if c.last.Change != d.Change || c.last.Action != model.ActionSet {
			c.last = model.Decision{Change: d.Change, Action: model.ActionSet}
		}
		c.last.Severity, c.last.Confidence = &r.Severity, &r.Confidence
		c.last.Basis, c.last.Summary = &r.Basis, &r.Summary
	case model.ActionApprove, model.ActionSubmit:
		c.last = setAs(d.Change, r)
		c.Proposal.Confidence, c.Proposal.Basis = r.Confidence, r.Basis
	default:
		c.last = model.Decision{Change: d.Change, Action: d.Action, Reason: d.Reason, Until: d.Until}
	}
}

// lastMsg brings the last decision of an earlier run, with no action when there
// is none to repeat, for the target it was asked for.
type lastMsg struct {
	target kit.Target
	d      model.Decision
	err    error
}

// recall reads what the actor decided last in an earlier run: when it is asked
// for, since a long journal takes a while.
func (c *Controller) recall(t kit.Target) tea.Cmd {
	c.lookingUp = true
	ctx, desk, actor := c.Ctx, c.desk, c.Actor
	return func() tea.Msg {
		ids, err := desk.LastDecision(ctx, actor)
		if err != nil || len(ids) == 0 {
			return lastMsg{target: t, err: err}
		}
		last, err := desk.Change(ctx, ids[0])
		return lastMsg{t, repeatable(last.Review, actor), err}
	}
}

// repeatable is the decision that a review shows, with no action when its
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
	return setAs(r.Change, r)
}

// setAs is a decision that gives a change the values of a review.
func setAs(change model.ID, r model.Review) model.Decision {
	return model.Decision{
		Change: change, Action: model.ActionSet,
		Severity: &r.Severity, Confidence: &r.Confidence, Basis: &r.Basis, Summary: &r.Summary,
	}
}

// recalled goes on with the repetition.
func (c *Controller) recalled(msg lastMsg) kit.Action {
	c.lookingUp = false
	switch {
	case !c.ReportError(msg.err):
		return nil
	case msg.d.Action == "":
		c.SetStatus("Nothing to repeat")
		return nil
	}
	c.last = msg.d
	return c.repeat(msg.target)
}

// repeat decides as the last time. What sets more than one field is shown and asked about
// first; approving it is another key, there or later. After an undo there is nothing to
// repeat until something is decided again: what was taken back must not come back.
func (c *Controller) repeat(t kit.Target) kit.Action {
	if c.undone {
		c.SetStatus("Nothing to repeat: your last decision was undone")
		return nil
	}
	if c.last.Action == "" {
		return kit.Cmd(c.recall(t))
	}
	d := withoutEmpty(c.last)
	d.Change = t.ID
	switch {
	case len(t.Many) > 0 && d.Summary != nil && c.refusedTogether(t, value(d.Severity)):
		return nil
	case len(t.Many) > 0:
		return c.confirmed("repeat your last decision ("+describeDecision(d)+")", d, t)
	case d.Action == model.ActionSet && !strings.Contains(describeSet(d), ", ") && d.Summary == nil:
		return c.Decide(d, t)
	}
	return c.offer(d, t, "Repeat your last decision on "+t.Name()+"?", describeDecision(d))
}

// offer shows what a decision would set on one change, and takes it by one key; where it
// leaves nothing to be filled in, another key approves with it.
func (c *Controller) offer(d model.Decision, t kit.Target, label string, about ...string) kit.Action {
	answers := kit.Yes(func() kit.Action { return c.Decide(d, t) })
	if d.Action == model.ActionSet && d.Summary != nil && d.Severity != nil {
		answers = append(answers, kit.Answer{Key: "a", Does: "and approve", Then: func() kit.Action {
			t.Review.Summary = *d.Summary
			return c.approve(d, t)
		}})
	}
	return kit.Confirm{Confirmation: kit.Confirmation{Answers: answers, About: about, Label: label}}
}

// withoutEmpty leaves out the values that are empty.
func withoutEmpty(d model.Decision) model.Decision {
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

// describeDecision describes what a decision does.
func describeDecision(d model.Decision) string {
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
