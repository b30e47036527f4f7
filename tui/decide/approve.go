package decide

import (
	"cmp"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/kit"
)

// approvingMsg brings the review of a change that is to be approved.
type approvingMsg struct {
	target kit.Target
	err    error
}

// askApproval approves what the keys are about. A change of a list has its review read
// first, so that the same is asked there as where it is read.
func (c call) askApproval() kit.Action {
	t := c.target
	if len(t.Many) > 0 {
		d := c.set()
		d.Action = model.ActionApprove
		return c.confirmed("approve", d, t)
	}
	if t.Review.Change != "" {
		return c.approveKnown(t)
	}
	c.lookingUp = true
	ctx, desk, actor := c.Ctx, c.desk, c.Actor
	return kit.Cmd(func() tea.Msg {
		d, err := desk.Change(ctx, t.ID)
		t.Review = d.Review.Blind(actor)
		return approvingMsg{t, err}
	})
}

func (c *Controller) approving(msg approvingMsg) kit.Action {
	c.lookingUp = false
	if !c.ReportError(msg.err) {
		return nil
	}
	return c.approveKnown(msg.target)
}

// approveKnown asks whether an approval is meant: one letter of a sentence must approve
// nothing. The question is left out where a note is asked for, which says no less.
func (c *Controller) approveKnown(t kit.Target) kit.Action {
	t.Review = c.asWaiting(c.latest(t.Review))
	d := model.Decision{Change: t.ID}
	if lacks := c.missing(t.Review); len(lacks) > 0 && t.Review.State != model.InReview &&
		t.Review.State != model.Approved && t.Review.State != model.Dismissed {
		c.SetStatus("%s to approve", needed(lacks))
		return nil
	}
	if a := c.askOwnReading(d, t); a != nil {
		return a
	}
	if c.unsure(d, t.Review) {
		return c.approve(d, t)
	}
	label := fmt.Sprintf("Approve %s as %s?", t.Name(), t.Review.Severity)
	if t.Review.Severity == "" { // a second reader who has not read it themselves
		label = fmt.Sprintf("Approve %s?", t.Name())
	}
	var about []string
	if t.Review.Summary != "" {
		about = []string{t.Review.Summary}
	}
	return kit.Confirm{Confirmation: kit.Confirmation{Label: label, About: about, Answers: kit.Yes(
		func() kit.Action { return c.approve(d, t) })}}
}

// needed asks for what is missing.
func needed(lacks []string) string {
	var parts []string
	for _, l := range lacks {
		verb := "set a "
		if l == "summary" {
			verb = "write a "
		}
		parts = append(parts, verb+l)
	}
	text := strings.Join(parts, " and ")
	return strings.ToUpper(text[:1]) + text[1:]
}

// askOwnReading asks a second reader who approves what they read otherwise; nil for
// everybody else.
func (c *Controller) askOwnReading(d model.Decision, t kit.Target) kit.Action {
	r := t.Review
	if r.State != model.InReview || !r.Read(c.Actor) || r.Second.Severity == r.Severity {
		return nil
	}
	answers := append(
		kit.Yes(func() kit.Action { return c.approve(d, t) }),
		kit.Answer{Key: "t", Does: "contest", Then: func() kit.Action { return contest.ask(call{c, t}) }},
		kit.Answer{Key: "r", Does: "request changes", Then: func() kit.Action { return requestChanges.ask(call{c, t}) }},
	)
	answers[0].Does = "approve as " + string(r.Severity)
	return kit.Confirm{Confirmation: kit.Confirmation{Answers: answers,
		Label: fmt.Sprintf("You read %s, %s %s", r.Second.Severity, r.Author, r.Severity)}}
}

// unsure reports that an approval asks for a note first.
func (c *Controller) unsure(d model.Decision, r model.Review) bool {
	d = c.withProposal(d, r)
	sure := r.Confidence
	if d.Confidence != nil {
		sure = *d.Confidence
	}
	return r.Change != "" && sure != model.HighConfidence && r.Note == "" && len(c.missing(r)) == 0
}

// approve takes on the confidence and basis that the screen proposes, and asks
// for a note where the analyst is not sure.
func (c *Controller) approve(d model.Decision, t kit.Target) kit.Action {
	d.Action = model.ActionApprove
	t.Review = c.asWaiting(t.Review)
	unsure := c.unsure(d, t.Review)
	d = c.withProposal(d, t.Review)
	if !unsure {
		return c.Decide(d, t)
	}
	sure := t.Review.Confidence
	if d.Confidence != nil {
		sure = *d.Confidence
	}
	ask := kit.Ask{Question: kit.Question{
		Label: "Your confidence is " + string(sure) + ": what is uncertain, and why (may stay empty)", Enter: "approve",
		Done: func(answer string) kit.Action {
			if answer != "" {
				d.Note = &answer
			}
			return c.Decide(d, t)
		},
	}}
	if d.Summary == nil {
		return ask
	}
	draft := model.Draft{Change: t.ID, Actor: c.Actor, Summary: *d.Summary, At: c.Clock().UTC(), Base: t.Review.Revision}
	return kit.All{ask, kit.Cmd(c.keepDraft(draft))}
}

// asWaiting is a review as the decisions on their way will leave its values: keys are
// pressed faster than the store answers.
func (c *Controller) asWaiting(r model.Review) model.Review {
	for _, a := range c.waiting {
		for _, d := range a {
			if d.Change != r.Change || d.Action != model.ActionSet {
				continue
			}
			r.Severity = cmp.Or(value(d.Severity), r.Severity)
			r.Confidence = cmp.Or(value(d.Confidence), r.Confidence)
			r.Basis = cmp.Or(value(d.Basis), r.Basis)
			r.Summary = cmp.Or(value(d.Summary), r.Summary)
			r.Note = cmp.Or(value(d.Note), r.Note)
		}
	}
	return r
}

// value is what is pointed to, or nothing.
func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
