// Package glance is the preview of the change under the queue's cursor: what changed in
// which document and when, how severe it looks and why, the clause changes that tell
// most of it as a redline in one column, how its like was judged, and how often its
// document changed in the last twelve months.
//
// It is not for reading a change (the review screen is), nor for composing the pane with
// a list: whoever shows a [Pane] says how much room it has and what is selected.
//
// Invariants:
//   - Nothing is read in Update, and nothing before the cursor rests ([kit.Rest]): a key
//     held down over thousands of rows reads nothing. What a row knows is shown at once.
//   - An answer has the number of its request; a late one is dropped.
//   - However long a change is, only the clauses that are shown are compared, and of each
//     of those no more than a window around what changed (window.go).
//   - What is kept of the changes seen last is bounded in bytes, whatever their documents
//     weigh: their texts are not kept.
//
// Decision: which clause changes are telling is one rule of what detection stored
// ([Telling]); nothing is detected again to show a preview.
package glance

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/kit"
)

// Reader is what the preview reads.
type Reader interface {
	Change(ctx context.Context, id model.ID) (model.ChangeDetail, error)
	Precedents(ctx context.Context, change model.ID, limit int) ([]model.Precedent, error)
	// DocumentActivity counts a document's changes in each of the last months.
	DocumentActivity(ctx context.Context, document model.ID) (model.Months, error)
}

// Pane is the preview of one change at a time.
type Pane struct {
	*kit.Common
	desk    Reader
	item    *model.QueueItem // what is selected, nil for nothing
	id      model.ID         // of item
	rest    kit.Rest
	asked   int
	pending bool // what is shown is still to be read, or to be read again
	stale   bool // the store was written to since
	shown   *content
	kept    cache
	err     error
}

var _ kit.Updater = (*Pane)(nil)

// New makes a pane that shows nothing.
func New(c *kit.Common, desk Reader) *Pane { return &Pane{Common: c, desk: desk} }

// Show shows a change, nil for none. What the row holds is shown at once; the command
// reads the rest once the cursor stays on it. It may be called after every message: for
// the change that is shown it does nothing.
func (p *Pane) Show(item *model.QueueItem) tea.Cmd {
	var id model.ID
	if item != nil {
		id = item.ID
	}
	p.item = item
	if id == p.id && !p.stale {
		return nil
	}
	p.id, p.stale, p.err = id, false, nil
	p.asked++
	p.shown = p.kept.find(id)
	p.pending = id != "" && (p.shown == nil || p.shown.stale)
	if !p.pending {
		return nil
	}
	return p.Moved(&p.rest)
}

// Stale has what stands beside the change be read again once the store was written to:
// how its like was judged, and what became of its document.
func (p *Pane) Stale() {
	p.stale = true
	p.kept.stale()
}

// readMsg answers what was read of a change.
type readMsg struct {
	request int
	read    *content
	err     error
}

// Update takes in that the cursor rests, and what was read.
func (p *Pane) Update(msg tea.Msg) (kit.Action, bool) {
	switch msg := msg.(type) {
	case kit.Rested:
		if msg.Of != &p.rest {
			return nil, false
		}
		cmd, rested := p.HasRested(&p.rest)
		if rested && p.pending {
			cmd = p.read()
		}
		return kit.Cmd(cmd), true
	case readMsg:
		p.take(msg)
		return nil, true
	}
	return nil, false
}

// take shows what was read, unless something else is selected by now.
func (p *Pane) take(msg readMsg) {
	if msg.request != p.asked {
		return
	}
	p.pending, p.err = false, msg.err
	if msg.err == nil {
		p.shown = msg.read
		p.kept.add(msg.read)
	}
}

// read reads what is selected. Of a change that was seen its texts are not read again.
func (p *Pane) read() tea.Cmd {
	request, ctx, desk, id, known, cut := p.asked, p.Ctx, p.desk, p.id, p.shown, p.Theme.Ellipsis
	return func() tea.Msg {
		c, err := readContent(ctx, desk, id, known, cut)
		return readMsg{request, c, err}
	}
}
