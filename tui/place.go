package tui

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/query"
)

// placeKeeper keeps what a desk finds again the next time.
type placeKeeper interface {
	SaveDeskState(ctx context.Context, actor string, state []byte) error
	DeskState(ctx context.Context, actor string) ([]byte, error)
}

// place is where a desk was left: what the queue lists and how, the change that
// was open, and what was last said of confidence and basis.
type place struct {
	Query      string            `json:"query,omitempty"`
	Platform   string            `json:"platform,omitempty"`
	Order      order             `json:"order,omitempty"`
	Group      grouping          `json:"group,omitempty"`
	Change     model.ID          `json:"change,omitempty"`
	Open       bool              `json:"open,omitempty"` // the change was on the review screen
	Confidence model.Confidence  `json:"confidence,omitempty"`
	Basis      model.Basis       `json:"basis,omitempty"`
	Ratio      int               `json:"ratio,omitempty"`   // the old text's share of a side-by-side, in percent
	Filters    map[string]string `json:"filters,omitempty"` // saved queries by name
}

type placeMsg struct {
	place place
	err   error
}

func (m *Model) loadPlace() tea.Cmd {
	desk, ctx, actor := m.o.Desk, m.ctx, m.o.Actor
	return func() tea.Msg {
		raw, err := desk.DeskState(ctx, actor)
		var p place
		if err == nil && len(raw) > 0 && json.Unmarshal(raw, &p) != nil {
			p = place{} // of another version: the desk opens as new
		}
		return placeMsg{p, err}
	}
}

// restore puts the desk where it was left and reads the lists.
func (m *Model) restore(msg placeMsg) tea.Cmd {
	m.fine(msg.err)
	p := msg.place
	m.place = p
	q := m.queue
	if parsed, err := query.Parse(p.Query); err == nil {
		q.typed, q.query = p.Query, parsed
	}
	q.platform, q.wanted = p.Platform, p.Change
	if slices.Contains(orders, p.Order) {
		q.order = p.Order
	}
	if slices.Contains(groupings, p.Group) {
		q.group = p.Group
	}
	m.review.how.Ratio = m.o.Config.Split
	if minRatio <= p.Ratio && p.Ratio <= maxRatio {
		m.review.how.Ratio = p.Ratio
	}
	if slices.Contains(model.Confidences, p.Confidence) {
		m.proposal.Confidence = p.Confidence
	}
	if slices.Contains(model.Bases, p.Basis) {
		m.proposal.Basis = p.Basis
	}
	cmds := []tea.Cmd{tea.Sequence(m.queue.load(), m.platforms.load())} // the queue is on the screen first
	if p.Open && p.Change != "" {
		cmds = append(cmds, m.review.open(p.Change))
	}
	return tea.Batch(cmds...)
}

// here is where the desk is now.
func (m *Model) here() place {
	p := place{Query: m.queue.typed, Platform: m.queue.platform, Order: m.queue.order, Group: m.queue.group, Change: m.queue.current(), Filters: m.place.Filters,
		Confidence: m.proposal.Confidence, Basis: m.proposal.Basis}
	if r := m.review.how.Ratio; r != m.o.Config.Split {
		p.Ratio = r
	}
	if slices.Contains(m.screens, screen(m.review)) && m.review.detail != nil {
		p.Change, p.Open = m.review.detail.Change.ID, true
	}
	return p
}

type placeKeptMsg struct{ err error }

func (m *Model) keepPlace() tea.Cmd {
	raw, err := json.Marshal(m.here())
	if err != nil {
		m.fine(fmt.Errorf("keeping where the desk is: %w", err))
		return nil
	}
	desk, ctx, actor := m.o.Desk, m.ctx, m.o.Actor
	return func() tea.Msg { return placeKeptMsg{desk.SaveDeskState(ctx, actor, raw)} }
}

// quit keeps the place, and then leaves; a place that can't be kept keeps
// nobody from leaving.
func (m *Model) quit() tea.Cmd { return tea.Sequence(m.keepPlace(), tea.Quit) }
