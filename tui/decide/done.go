package decide

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

// reportDone shows what a batch did, on what, and how it is taken back.
func (c *Controller) reportDone(msg decidedMsg) {
	d, r := msg.batch[0], msg.reviews[0]
	on := cmp.Or(c.names[r.Change], string(r.Change))
	if len(msg.reviews) > 1 {
		on = humanize.Count(len(msg.reviews), "change")
	}
	for _, r := range msg.reviews {
		delete(c.names, r.Change)
	}
	switch d.Action {
	case model.ActionUndo:
		c.SetDone(keys.Redo, "Undone: %s", msg.undid)
	case model.ActionRedo:
		c.SetDone(keys.Undo, "Redone: %s", msg.undid)
	case model.ActionSet:
		text := on + ": " + describeSet(d)
		if len(msg.reviews) == 1 {
			text += c.remaining(r)
		}
		c.SetDone(keys.Undo, "%s", text)
	case model.ActionApprove:
		text := on + " approved"
		if len(msg.reviews) == 1 {
			text += fmt.Sprintf(" as %s r%d", r.Record, r.RecordRevision)
		}
		c.SetDone(keys.Undo, "%s", text)
	default:
		c.SetDone(keys.Undo, "%s %s", on, became(d))
	}
}

// remaining is what an approval of the change still needs, after what was set.
func (c *Controller) remaining(r model.Review) string {
	switch missing := c.missing(r); {
	case r.State == model.InReview:
		return "" // the values are a second reader's
	case len(missing) > 0:
		return ". Still needed: " + strings.Join(missing, ", ")
	}
	return ". Ready to approve (" + c.Keys.Key(keys.Approve) + ")"
}

// missing lists what an approval still lacks beyond what it would take on: the one rule
// for that, in the list as in the review.
func (c *Controller) missing(r model.Review) []string {
	var lacks []string
	for _, m := range r.Missing() {
		if m != "confidence" && m != "basis" {
			lacks = append(lacks, m)
		}
	}
	return lacks
}

// became is what a decision other than of values made of its change.
func became(d model.Decision) string {
	switch d.Action {
	case model.ActionDismiss:
		return "dismissed: " + d.Reason
	case model.ActionSnooze:
		return "snoozed until " + until(d.Until)
	case model.ActionSubmit:
		return "submitted to a second reader"
	case model.ActionReopen:
		return "reopened"
	case model.ActionRequestChanges:
		return "sent back with a request for changes"
	case model.ActionContest:
		return "contested"
	}
	return kit.Words(d.Action)
}

// until writes when a snooze ends.
func until(s string) string {
	if s == model.SnoozeNext {
		return "the next change"
	}
	return s
}

// describeSet is what a decision sets.
func describeSet(d model.Decision) string {
	var parts []string
	add := func(given bool, format string, value any) {
		if given {
			parts = append(parts, fmt.Sprintf(format, value))
		}
	}
	if d.Severity != nil {
		add(*d.Severity != "", "severity %s", *d.Severity)
	}
	if d.Confidence != nil {
		add(*d.Confidence != "", "confidence %s", *d.Confidence)
	}
	if d.Basis != nil {
		add(*d.Basis != "", "basis %s", *d.Basis)
	}
	add(d.Summary != nil, "summary%s", "")
	add(d.Note != nil, "note%s", "")
	return strings.Join(parts, ", ")
}

// named is what a decision that was taken is called: what an undo takes back.
func named(e model.Event) string {
	switch e.Action {
	case model.ActionApprove:
		return "approval"
	case model.ActionDismiss:
		return "dismissal (" + e.Reason + ")"
	case model.ActionSnooze:
		return "snooze"
	case model.ActionSubmit:
		return "submission"
	case model.ActionReopen:
		return "reopening"
	case model.ActionRequestChanges:
		return "request for changes"
	case model.ActionContest:
		return "contest"
	}
	set := describeSet(model.Decision{Severity: e.Severity, Confidence: e.Confidence, Basis: e.Basis,
		Summary: e.Summary, Note: e.Note})
	return cmp.Or(set, "what was written")
}

// undone is a decision that is taken back or brought back, as a message names it.
type undone struct {
	what   string
	action model.Action
}

// resolve gives an undo or redo the changes that it is about, and names what it takes back
// or brings back.
func resolve(ctx context.Context, desk Desk, a batch) (of batch, undid undone, err error) {
	if a[0].Change != "" {
		return a, undone{}, nil
	}
	which, nothing := desk.LastDecision, "Nothing to undo"
	if a[0].Action == model.ActionRedo {
		which, nothing = desk.LastUndone, "Nothing to redo"
	}
	ids, err := which(ctx, a[0].Actor)
	if err != nil {
		return a, undone{}, err
	}
	if len(ids) == 0 {
		return a, undone{}, errors.New(nothing)
	}
	all := make(batch, len(ids))
	for i, id := range ids {
		all[i] = a[0]
		all[i].Change = id
	}
	d, err := desk.Change(ctx, ids[0])
	if err != nil {
		return a, undone{}, err
	}
	p := review.Project(ids[0], d.History)
	e, _ := p.Undoes()
	if a[0].Action == model.ActionRedo {
		e, _ = p.Redoes()
	}
	on := kit.Target{ID: ids[0], Row: d.Row}.Name()
	if len(ids) > 1 {
		on = humanize.Count(len(ids), "change")
	}
	return all, undone{named(e) + " of " + on, e.Action}, nil
}

// undoingMsg is what an undo would take back.
type undoingMsg struct {
	what   string
	err    error
	slight bool // values of one change, which one key set
}

// undo takes back what was decided last, whatever it was about: at once where the status
// line offers it, or goes on with values that another undo came before; else once it was
// asked, for a letter typed by chance must not take back what was decided long ago.
func (c *Controller) undo() kit.Action {
	goesOn := c.Offered == keys.Redo
	if c.Offered == keys.Undo || len(c.waiting) > 0 {
		return c.Decide(model.Decision{Action: model.ActionUndo}, kit.Target{})
	}
	c.lookingUp = true
	ctx, desk, actor := c.Ctx, c.desk, c.Actor
	return kit.Cmd(func() tea.Msg {
		of, what, err := resolve(ctx, desk, batch{{Action: model.ActionUndo, Actor: actor}})
		return undoingMsg{what.what, err, goesOn && len(of) == 1 && what.action == model.ActionSet}
	})
}

func (c *Controller) askUndo(msg undoingMsg) kit.Action {
	c.lookingUp = false
	if !c.ReportError(msg.err) {
		return nil
	}
	if msg.slight {
		return c.Decide(model.Decision{Action: model.ActionUndo}, kit.Target{})
	}
	return kit.Confirm{Confirmation: kit.Confirmation{Label: "Undo " + msg.what + "?", Answers: kit.Yes(
		func() kit.Action { return c.Decide(model.Decision{Action: model.ActionUndo}, kit.Target{}) })}}
}
