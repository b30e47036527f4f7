package tui

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/terms"
	"fineprint/tui/keys"
)

type decidedMsg struct {
	d      terms.Decision
	review terms.Review
	err    error
}

var severityKeys = map[keys.Command]terms.Severity{keys.Low: terms.Low, keys.Medium: terms.Medium, keys.High: terms.High, keys.Critical: terms.Critical}

var confidenceKeys = map[keys.Command]terms.Confidence{keys.LowSure: terms.LowConfidence, keys.MediumSure: terms.MediumConfidence, keys.HighSure: terms.HighConfidence}

// judgeKey turns a key into a decision.
func (m *Model) judgeKey(c keys.Command) tea.Cmd {
	id := m.current()
	if c == keys.Undo || c == keys.Redo {
		action := terms.ActionUndo
		if c == keys.Redo {
			action = terms.ActionRedo
		}
		return m.decide(terms.Decision{Action: action, Base: terms.AnyRevision})
	}
	if id == "" {
		m.say("there is no change here to judge")
		return nil
	}
	d := terms.Decision{Change: id, Action: terms.ActionSet}
	if s, ok := severityKeys[c]; ok {
		d.Severity = &s
		return m.decide(d)
	}
	if s, ok := confidenceKeys[c]; ok {
		d.Confidence = &s
		return m.decide(d)
	}
	switch c {
	case keys.Basis:
		next := m.nextBasis()
		d.Basis = &next
		return m.decide(d)
	case keys.Summary:
		return m.ask("Summary in plain language", m.summary(), func(s string) tea.Cmd {
			if s == "" {
				return nil
			}
			d.Summary = &s
			return m.decide(d)
		})
	case keys.Editor:
		return m.edit()
	case keys.Approve:
		d.Action = terms.ActionApprove
		return m.decide(d)
	case keys.Dismiss:
		return m.ask("Dismiss because", m.dismissal(), func(s string) tea.Cmd {
			if s == "" {
				m.say("not dismissed: a dismissal needs a reason")
				return nil
			}
			d.Action, d.Reason = terms.ActionDismiss, s
			return m.decide(d)
		})
	case keys.Snooze:
		return m.ask("Snooze until a date, 7d, 2w, or next (the next change)", "7d", func(s string) tea.Cmd {
			if s == "" {
				return nil
			}
			d.Action, d.Until = terms.ActionSnooze, s
			return m.decide(d)
		})
	}
	return nil
}

func (m *Model) review() terms.Review {
	if m.detail != nil && m.screen() == keys.Review {
		return m.detail.Review
	}
	return terms.Review{}
}

func (m *Model) summary() string { return m.review().Summary }

func (m *Model) nextBasis() terms.Basis {
	basis := m.review().Basis
	for _, d := range m.waiting { // keys pressed faster than the store answers
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

// dismissal proposes the reason the detection gave.
func (m *Model) dismissal() string {
	if m.screen() == keys.Review && m.detail != nil {
		return string(m.detail.Change.Reason)
	}
	if m.queue.cursor < len(m.page.Changes) {
		return string(m.page.Changes[m.queue.cursor].Reason)
	}
	return ""
}

// decide sends a decision, after those that are on their way.
func (m *Model) decide(d terms.Decision) tea.Cmd {
	d.Actor, d.At = m.o.Actor, m.o.Clock().UTC()
	d.Base = terms.AnyRevision
	if r := m.review(); r.Change == d.Change && d.Change != "" {
		d.Base = r.Revision
	}
	m.waiting = append(m.waiting, d)
	if len(m.waiting) > 1 {
		return nil
	}
	return m.send(d)
}

// send carries a decision out; an undo or redo first asks which change it is
// about.
func (m *Model) send(d terms.Decision) tea.Cmd {
	desk, ctx, actor := m.o.Desk, m.ctx, m.o.Actor
	return func() tea.Msg {
		var err error
		switch {
		case d.Change != "":
		case d.Action == terms.ActionUndo:
			d.Change, err = desk.LastDecision(ctx, actor)
		default:
			d.Change, err = desk.LastUndone(ctx, actor)
		}
		if err == nil && d.Change == "" {
			err = errors.New("nothing of yours is left to " + string(d.Action))
		}
		if err != nil {
			return decidedMsg{d: d, err: err}
		}
		r, err := desk.Decide(ctx, d)
		return decidedMsg{d, r, err}
	}
}

// decided takes the store's answer and sends the next decision.
func (m *Model) decided(msg decidedMsg) tea.Cmd {
	m.waiting = m.waiting[1:]
	var cmds []tea.Cmd
	if msg.err != nil {
		m.waiting = nil // they were made believing this one held
		m.leaving = false
		m.fine(msg.err)
		if errors.Is(msg.err, terms.ErrStale) {
			return m.open(msg.d.Change)
		}
		return nil
	}
	cmds = append(cmds, m.took(msg))
	if len(m.waiting) > 0 {
		next := m.waiting[0]
		if next.Change == msg.d.Change && next.Base != terms.AnyRevision {
			next.Base = msg.review.Revision
			m.waiting[0] = next
		}
		cmds = append(cmds, m.send(next))
	} else if m.leaving {
		return tea.Quit
	}
	return tea.Batch(cmds...)
}

// took shows what a decision did, and goes on after one that ends a review.
func (m *Model) took(msg decidedMsg) tea.Cmd {
	r := msg.review
	if m.detail != nil && m.detail.Change.ID == r.Change {
		m.detail.Review = r
		m.detail.Row.State, m.detail.Row.Severity = r.State, r.Severity
	}
	for i := range m.page.Changes {
		if q := &m.page.Changes[i]; q.ID == r.Change {
			q.State, q.Severity, q.Confidence, q.Record = r.State, r.Severity, r.Confidence, r.Record
		}
	}
	switch msg.d.Action {
	case terms.ActionUndo, terms.ActionRedo:
		m.say("%s: %s is %s", map[terms.Action]string{terms.ActionUndo: "undone", terms.ActionRedo: "redone"}[msg.d.Action], r.Change, r.State)
		if m.screen() == keys.Review {
			return m.open(r.Change)
		}
		return m.load()
	case terms.ActionApprove:
		m.say("%s approved as %s r%d; u takes it back", r.Change, r.Record, r.RecordRevision)
	case terms.ActionDismiss, terms.ActionSnooze:
		m.say("%s %s; u takes it back", r.Change, r.State)
	default:
		if missing := r.Missing(); len(missing) > 0 {
			m.say("saved; approving still needs %s", strings.Join(missing, ", "))
		} else {
			m.say("saved; a approves")
		}
		return nil
	}
	if m.screen() != keys.Review {
		return m.load()
	}
	return m.goOn()
}

// goOn opens the next change that is still pending, or goes back to the queue.
func (m *Model) goOn() tea.Cmd {
	for i := m.queue.cursor + 1; i < len(m.page.Changes); i++ {
		if m.page.Changes[i].State == terms.Pending {
			m.queue.cursor = i
			m.queue.fit(m.height())
			return m.open(m.page.Changes[i].ID)
		}
	}
	status := m.status
	cmd := m.back()
	m.status = status
	return cmd
}
