package tui

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/kit"
	"fineprint/tui/screen/queue"
)

// stateKeeper keeps what a desk finds again the next time.
type stateKeeper interface {
	SaveDeskState(ctx context.Context, actor string, state []byte) error
	DeskState(ctx context.Context, actor string) ([]byte, error)
}

// deskState is where a desk was left: what the queue lists and how, the change that
// was open, and what was last set as confidence and basis.
type deskState struct {
	Query      string            `json:"query,omitempty"`
	Platform   string            `json:"platform,omitempty"`
	Order      queue.Order       `json:"order,omitempty"`
	Group      queue.Grouping    `json:"group,omitempty"`
	Change     model.ID          `json:"change,omitempty"`
	Open       bool              `json:"open,omitempty"` // the change was on the review screen
	Confidence model.Confidence  `json:"confidence,omitempty"`
	Basis      model.Basis       `json:"basis,omitempty"`
	Ratio      int               `json:"ratio,omitempty"`     // the old text's share of a side-by-side, in percent
	Filters    map[string]string `json:"filters,omitempty"`   // saved queries by name
	Unpreview  bool              `json:"unpreview,omitempty"` // the queue's preview is hidden
	Outline    int               `json:"outline,omitempty"`   // how wide the outline was dragged; -1: hidden
	Marks      map[string]place  `json:"marks,omitempty"`     // by letter
}

type stateMsg struct {
	state deskState
	err   error
}

func (m *Model) loadState() tea.Cmd {
	desk, ctx, actor := m.o.Desk, m.Ctx, m.Actor
	return func() tea.Msg {
		raw, err := desk.DeskState(ctx, actor)
		var p deskState
		if err == nil && len(raw) > 0 && json.Unmarshal(raw, &p) != nil {
			p = deskState{} // of another version: the desk opens as new
		}
		return stateMsg{p, err}
	}
}

// restore puts the desk where it was left and reads the lists.
func (m *Model) restore(msg stateMsg) tea.Cmd {
	m.ReportError(msg.err)
	p := msg.state
	m.marks = p.Marks
	m.queue.Restore(queue.Place{
		Query: p.Query, Platform: p.Platform, Order: p.Order, Group: p.Group, Change: p.Change, Filters: p.Filters,
		Unpreviewed: p.Unpreview,
	})
	m.review.SetRatio(m.Config.Split)
	m.review.SetRatio(p.Ratio)
	m.review.SetOutlined(p.Outline)
	if slices.Contains(model.Confidences, p.Confidence) {
		m.Proposal.Confidence = p.Confidence
	}
	if slices.Contains(model.Bases, p.Basis) {
		m.Proposal.Basis = p.Basis
	}
	// The queue is on the screen first.
	cmds := []tea.Cmd{tea.Sequence(m.queue.Load(), m.platforms.Load(), m.calendar.LoadDue())}
	if p.Open && p.Change != "" {
		cmds = append(cmds, m.review.Open(p.Change))
	}
	return tea.Batch(cmds...)
}

// here is where the desk is now.
func (m *Model) here() deskState {
	q := m.queue.Left()
	p := deskState{
		Query: q.Query, Platform: q.Platform, Order: q.Order, Group: q.Group, Change: q.Change, Filters: q.Filters,
		Unpreview:  q.Unpreviewed,
		Confidence: m.Proposal.Confidence, Basis: m.Proposal.Basis, Outline: m.review.Outlined(), Marks: m.marks,
	}
	if r := m.review.Ratio(); r != m.Config.Split {
		p.Ratio = r
	}
	if id := m.review.Shown(); id != "" && slices.Contains(m.stack, kit.Screen(m.review)) {
		p.Change, p.Open = id, true
	}
	return p
}

type stateSavedMsg struct{ err error }

func (m *Model) saveState() tea.Cmd {
	raw, err := json.Marshal(m.here())
	if err != nil {
		m.ReportError(fmt.Errorf("keeping where the desk is: %w", err))
		return nil
	}
	desk, ctx, actor := m.o.Desk, m.Ctx, m.Actor
	return func() tea.Msg { return stateSavedMsg{desk.SaveDeskState(ctx, actor, raw)} }
}

// quit keeps the place, and then leaves; a place that can't be kept keeps
// nobody from leaving.
func (m *Model) quit() tea.Cmd { return tea.Sequence(m.saveState(), tea.Quit) }
