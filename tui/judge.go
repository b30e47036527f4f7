package tui

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/terms"
	"fineprint/tui/keys"
)

// decider is what the judge decides with.
type decider interface {
	Decide(ctx context.Context, d terms.Decision) (terms.Review, error)
	DecideAll(ctx context.Context, ds []terms.Decision) ([]terms.Review, error)
	LastDecision(ctx context.Context, actor string) ([]terms.ID, error)
	LastUndone(ctx context.Context, actor string) ([]terms.ID, error)
}

// judge turns keys into decisions and sends them, one after the other.
type judge struct {
	*env
	desk    decider
	ask     func(question) tea.Cmd
	took    func(terms.Decision, terms.Review) tea.Cmd
	open    func(terms.ID) tea.Cmd
	waiting []terms.Decision // the first is on its way
	leaving bool
}

// target is what a decision is about: a change, its review where it is known,
// and the reason the detection gave.
type target struct {
	id     terms.ID
	review terms.Review
	reason terms.Reason
}

type decidedMsg struct {
	d      terms.Decision
	review terms.Review
	err    error
}

var severityKeys = map[keys.Command]terms.Severity{keys.Low: terms.Low, keys.Medium: terms.Medium, keys.High: terms.High, keys.Critical: terms.Critical}

var confidenceKeys = map[keys.Command]terms.Confidence{keys.LowSure: terms.LowConfidence, keys.MediumSure: terms.MediumConfidence, keys.HighSure: terms.HighConfidence}

// run turns a command into a decision on t.
func (j *judge) run(c keys.Command, t target) tea.Cmd {
	id := t.id
	if c == keys.Undo || c == keys.Redo {
		action := terms.ActionUndo
		if c == keys.Redo {
			action = terms.ActionRedo
		}
		return j.decide(terms.Decision{Action: action, Base: terms.AnyRevision}, t)
	}
	if id == "" {
		j.say("there is no change here to judge")
		return nil
	}
	d := terms.Decision{Change: id, Action: terms.ActionSet}
	if s, ok := severityKeys[c]; ok {
		d.Severity = &s
		return j.decide(d, t)
	}
	if s, ok := confidenceKeys[c]; ok {
		d.Confidence = &s
		return j.decide(d, t)
	}
	switch c {
	case keys.Basis:
		next := j.nextBasis(t)
		d.Basis = &next
		return j.decide(d, t)
	case keys.Summary:
		return j.ask(question{label: "Summary in plain language", value: t.review.Summary, done: func(s string) tea.Cmd {
			if s == "" {
				return nil
			}
			d.Summary = &s
			return j.decide(d, t)
		}})
	case keys.Editor:
		return j.edit(t)
	case keys.Approve:
		d.Action = terms.ActionApprove
		return j.decide(d, t)
	case keys.Dismiss:
		return j.ask(question{label: "Dismiss because", value: string(t.reason), done: func(s string) tea.Cmd {
			if s == "" {
				j.say("not dismissed: a dismissal needs a reason")
				return nil
			}
			d.Action, d.Reason = terms.ActionDismiss, s
			return j.decide(d, t)
		}})
	case keys.Snooze:
		return j.ask(question{label: "Snooze until a date, 7d, 2w, or next (the next change)", value: "7d", done: func(s string) tea.Cmd {
			if s == "" {
				return nil
			}
			d.Action, d.Until = terms.ActionSnooze, s
			return j.decide(d, t)
		}})
	}
	return nil
}

// whyNot says why a command isn't possible on t now, "" when it is.
func (j *judge) whyNot(c keys.Command, t target) string {
	switch c {
	case keys.Low, keys.Medium, keys.High, keys.Critical, keys.LowSure, keys.MediumSure, keys.HighSure, keys.Basis, keys.Summary, keys.Editor, keys.Note,
		keys.Approve, keys.Dismiss, keys.Snooze, keys.Repeat, keys.Precedent, keys.Submit, keys.Reopen, keys.Show, keys.ToVersions, keys.Copy, keys.Source:
		if t.id == "" {
			return "there is no change here"
		}
	}
	return ""
}

func (j *judge) nextBasis(t target) terms.Basis {
	basis := t.review.Basis
	for _, d := range j.waiting { // keys pressed faster than the store answers
		if d.Basis != nil {
			basis = *d.Basis
		}
	}
	for i, b := range terms.Bases {
		if b == basis {
			return terms.Bases[(i+1)%len(terms.Bases)]
		}
	}
	return terms.Explicit
}

// decide sends a decision, after those that are on their way.
func (j *judge) decide(d terms.Decision, t target) tea.Cmd {
	d.Actor, d.At = j.o.Actor, j.o.Clock().UTC()
	d.Base = terms.AnyRevision
	if r := t.review; r.Change == d.Change && d.Change != "" {
		d.Base = r.Revision
	}
	j.waiting = append(j.waiting, d)
	if len(j.waiting) > 1 {
		return nil
	}
	return j.send(d)
}

// send carries a decision out; an undo or redo first asks which changes it is
// about.
func (j *judge) send(d terms.Decision) tea.Cmd {
	desk, ctx, actor := j.desk, j.ctx, j.o.Actor
	return func() tea.Msg {
		about, err := []terms.ID{d.Change}, error(nil)
		switch {
		case d.Change != "":
		case d.Action == terms.ActionUndo:
			about, err = desk.LastDecision(ctx, actor)
		default:
			about, err = desk.LastUndone(ctx, actor)
		}
		if err == nil && len(about) == 0 {
			err = errors.New("nothing of yours is left to " + string(d.Action))
		}
		if err != nil {
			return decidedMsg{d: d, err: err}
		}
		all := make([]terms.Decision, len(about))
		for i, id := range about {
			all[i] = d
			all[i].Change = id
		}
		reviews, err := desk.DecideAll(ctx, all)
		if err != nil {
			return decidedMsg{d: all[0], err: err}
		}
		return decidedMsg{all[0], reviews[0], nil}
	}
}

// decided takes the store's answer and sends the next decision.
func (j *judge) decided(msg decidedMsg) tea.Cmd {
	j.waiting = j.waiting[1:]
	var cmds []tea.Cmd
	if msg.err != nil {
		j.waiting = nil // they were made believing this one held
		j.leaving = false
		j.fine(msg.err)
		if errors.Is(msg.err, terms.ErrStale) {
			return j.open(msg.d.Change)
		}
		return nil
	}
	j.tell(msg.d, msg.review)
	cmds = append(cmds, j.took(msg.d, msg.review))
	if len(j.waiting) > 0 {
		next := j.waiting[0]
		if next.Change == msg.d.Change && next.Base != terms.AnyRevision {
			next.Base = msg.review.Revision
			j.waiting[0] = next
		}
		cmds = append(cmds, j.send(next))
	} else if j.leaving {
		return tea.Quit
	}
	return tea.Batch(cmds...)
}

// tell says what a decision did.
func (j *judge) tell(d terms.Decision, r terms.Review) {
	switch d.Action {
	case terms.ActionUndo, terms.ActionRedo:
		j.say("%s: %s is %s", map[terms.Action]string{terms.ActionUndo: "undone", terms.ActionRedo: "redone"}[d.Action], r.Change, r.State)
	case terms.ActionApprove:
		j.say("%s approved as %s r%d; u takes it back", r.Change, r.Record, r.RecordRevision)
	case terms.ActionDismiss, terms.ActionSnooze:
		j.say("%s %s; u takes it back", r.Change, r.State)
	default:
		if missing := r.Missing(); len(missing) > 0 {
			j.say("saved; approving still needs %s", strings.Join(missing, ", "))
		} else {
			j.say("saved; a approves")
		}
	}
}

// leave quits once no decision is on its way.
func (j *judge) leave() tea.Cmd {
	if len(j.waiting) > 0 {
		j.leaving = true
		return nil
	}
	return tea.Quit
}
