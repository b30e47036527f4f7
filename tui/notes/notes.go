// Package notes is the desk's way of writing notes on changes and clauses, of tagging and
// assigning changes, and of telling what the day came to so far. It is not for judging (package
// decide) nor for the list of notes, which the review screen draws.
//
// Invariants:
//   - What is written is kept as a draft until it is saved, also over a restart.
//   - Every write says on which change it was; undo takes back what was written here
//     since the last decision, the newest first, by a step of its own.
//   - The day is read again after each own decision and each write of others, in a
//     command.
package notes

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// Desk is what notes, assignments and the day read and write.
type Desk interface {
	Notes(ctx context.Context, change model.ID) ([]model.ChangeNote, error)
	WriteNote(ctx context.Context, q model.NoteRequest) (model.ChangeNote, error)
	RemoveNote(ctx context.Context, id model.ID, actor string) (model.ChangeNote, error)
	RestoreNote(ctx context.Context, id model.ID, actor string) (model.ChangeNote, error)
	Assign(ctx context.Context, changes []model.ID, name, actor string) (before map[model.ID]string, err error)
	Tag(ctx context.Context, changes []model.ID, add, remove []string, actor string) (n int, err error)
	People(ctx context.Context) ([]string, error)
	Day(ctx context.Context, actor string, from time.Time) (model.Day, error)
	Draft(ctx context.Context, change model.ID, actor string) (d model.Draft, found bool, err error)
	SaveDraft(ctx context.Context, d model.Draft) error
	DropDraft(ctx context.Context, change model.ID, actor string) error
}

// Controller writes notes and assigns.
type Controller struct {
	*kit.Common
	desk Desk
	// opening: what a dialog needs is being read
	opening bool
	asked   int   // number of the newest dialog asked for
	acts    []act // since the last decision, the newest last
	day     model.Day
}

// act is what was written here, and what takes it back.
type act struct {
	name string // of what it was about
	undo func(ctx context.Context) error
}

// New makes a controller.
func New(c *kit.Common, desk Desk) *Controller { return &Controller{Common: c, desk: desk} }

var _ kit.Updater = (*Controller)(nil)

// Opening reports that a dialog is about to open: keys pressed meanwhile are for it.
func (c *Controller) Opening() bool { return c.opening }

// Decided has undo take back decisions again: what was written before is older.
func (c *Controller) Decided() { c.acts = nil }

var handlers = kit.Handlers[call]{
	keys.WriteNote: call.note,
	keys.Assign:    call.assign,
	keys.Tag:       call.tag,
}

// call is a command on what the keys are about.
type call struct {
	*Controller
	target kit.Target
}

// Commands lists the commands that write.
func (c *Controller) Commands() []keys.Command { return handlers.Commands() }

// Run carries a command out on what the keys are about. Undo is its own while there is
// something written since the last decision.
func (c *Controller) Run(command keys.Command, t kit.Target) (kit.Action, bool) {
	if command == keys.Undo && len(c.acts) > 0 {
		return kit.Cmd(c.undo()), true
	}
	return handlers.Run(call{c, t}, command)
}

type (
	// openMsg brings what a dialog needs.
	openMsg struct {
		asked int
		err   error
		open  func() kit.Action
	}
	// writtenMsg reports what was written.
	writtenMsg struct {
		act
		what string
		err  error
		box  *box // that it was written in
	}
	undoneMsg struct {
		act
		err error
	}
	dayMsg struct {
		day model.Day
		err error
	}
	draftKeptMsg struct{ err error }
)

// Update takes in what the controller's commands answer.
func (c *Controller) Update(msg tea.Msg) (kit.Action, bool) {
	switch msg := msg.(type) {
	case openMsg:
		if msg.asked != c.asked {
			return nil, true
		}
		if c.opening = false; !c.ReportError(msg.err) {
			return nil, true
		}
		return msg.open(), true
	case writtenMsg:
		return c.written(msg), true
	case undoneMsg:
		if !c.ReportError(msg.err) {
			return nil, true
		}
		c.SetStatus("%s: undone", msg.name)
		return kit.Reload{}, true
	case dayMsg:
		if msg.err == nil {
			c.tell(msg.day)
		}
	case draftKeptMsg:
		c.ReportError(msg.err)
	default:
		return nil, false
	}
	return nil, true
}

// Did keeps what was written elsewhere than here for undo, and says it.
func (c *Controller) Did(name, what string, undo func(ctx context.Context) error) kit.Action {
	return c.written(writtenMsg{act: act{name, undo}, what: what})
}

// written takes in what was written; what could not be is still in its box.
func (c *Controller) written(msg writtenMsg) kit.Action {
	if msg.err != nil {
		c.ReportError(msg.err)
		if msg.box == nil {
			return nil
		}
		message := c.Message
		reopen := kit.OpenDialog{Dialog: msg.box, Cmd: msg.box.input.Focus()}
		return kit.All{reopen, kit.Send{Msg: failedMsg{message}}}
	}
	if msg.undo == nil {
		c.SetStatus("%s: %s", msg.name, msg.what)
		return nil
	}
	c.acts = append(c.acts, msg.act)
	c.SetStatus("%s: %s (%s to undo)", msg.name, msg.what, c.Keys.Key(keys.Undo))
	c.Offer = keys.Undo
	return kit.Reload{}
}

// failedMsg tells a box why what is in it was not written.
type failedMsg struct{ message string }

// read has a dialog opened once what it needs was read.
func (c *Controller) read(open func(ctx context.Context) (func() kit.Action, error)) kit.Action {
	c.asked++
	c.opening = true
	asked, ctx := c.asked, c.Ctx
	return kit.Cmd(func() tea.Msg {
		show, err := open(ctx)
		return openMsg{asked, err, show}
	})
}

// undo takes back what was written last.
func (c *Controller) undo() tea.Cmd {
	last := c.acts[len(c.acts)-1]
	c.acts = c.acts[:len(c.acts)-1]
	ctx := c.Ctx
	return func() tea.Msg { return undoneMsg{last, last.undo(ctx)} }
}

// place says where a note of a target is.
func place(t kit.Target) string {
	if t.Clause > 0 {
		return fmt.Sprintf("%s, clause %d", t.Name(), t.Clause)
	}
	return t.Name()
}

// excerpt is the beginning of a note, on one line.
func excerpt(text string) string {
	return sanitize.Line(strings.Join(strings.Fields(sanitize.Clip(text, 120)), " "))
}

// signed is a note in a few words: by whom, when and what.
func (c *Controller) signed(n model.ChangeNote) string {
	return sanitize.Line(n.Actor) + ", " + humanize.Age(c.Clock().Sub(n.At)) + ": " + excerpt(n.Text)
}
