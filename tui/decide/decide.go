// Package decide turns commands into decisions: what is asked for first, what a
// decision on many shows before it is taken, how the last one is repeated, and what
// happens to one that was overtaken. It is not for the rules, which package review
// holds, nor for the screens, which are told of what was decided.
//
// Invariants:
//   - Decisions are sent one after the other, each based on the revision the one
//     before it made, so that fast keys are not refused as stale. One that is stale
//     all the same, by another's hand, is shown beside theirs and never sent again
//     unasked.
//   - Leaving waits for decisions that are on their way.
//   - What is written is kept as a draft until it is decided with.
package decide

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/kit"
)

// decider takes decisions.
type decider interface {
	Decide(ctx context.Context, d model.Decision) (model.Review, error)
	DecideAll(ctx context.Context, ds []model.Decision) ([]model.Review, error)
	LastDecision(ctx context.Context, actor string) ([]model.ID, error)
	LastUndone(ctx context.Context, actor string) ([]model.ID, error)
}

// changeReader reads what a decision is about.
type changeReader interface {
	Change(ctx context.Context, id model.ID) (model.ChangeDetail, error)
}

// Desk is all that decisions read and write.
type Desk interface {
	decider
	precedents
	drafter
	changeReader
}

// Reader is who reads the change that is decided on.
type Reader interface {
	// Reading is the change being read, "" for none.
	Reading() model.ID
	// Quote is the clause being read, as the summary may quote it.
	Quote() string
	// Fill is what replaces the placeholders of a snippet.
	Fill() config.Fill
}

// Controller turns commands into decisions and sends them, one batch after the
// other.
type Controller struct {
	*kit.Common
	desk    Desk
	reader  Reader
	waiting []batch // the first is on its way
	leaving bool
	last    model.Decision      // what repeat repeats; its Change is what it was decided on
	undone  bool                // the last decision was taken back: there is nothing to repeat
	names   map[model.ID]string // of what is decided on, as messages name it
	drafts  map[model.ID]model.Draft
	// unsaved is what was written about several identical changes and not decided with,
	// by their group.
	unsaved map[string]string
	looked  int // number of the newest precedent asked for
	// lookingUp: what the next batch is made from is being read
	lookingUp bool
	// moved is what a review became by a batch of ours that was based on it: who
	// read it before the answer came is not behind for that.
	moved map[reviewRevision]model.Review
}

// New makes a controller that decides on what reader reads.
func New(c *kit.Common, desk Desk, reader Reader) *Controller {
	return &Controller{
		Common: c, desk: desk, reader: reader,
		drafts: map[model.ID]model.Draft{}, names: map[model.ID]string{}, moved: map[reviewRevision]model.Review{},
		unsaved: map[string]string{},
	}
}

// Update takes in what the controller's commands answer, and reports false for a
// message that is not its own.
func (c *Controller) Update(msg tea.Msg) (kit.Action, bool) {
	switch msg := msg.(type) {
	case decidedMsg:
		return c.decided(msg), true
	case decideMsg:
		return c.Decide(msg.decision, msg.target), true
	case precedentMsg:
		return c.followPrecedent(msg), true
	case approvingMsg:
		return c.approving(msg), true
	case undoingMsg:
		return c.askUndo(msg), true
	case staleMsg:
		return c.showBoth(msg), true
	case lastMsg:
		return c.recalled(msg), true
	case draftsMsg:
		c.gotDrafts(msg)
	case draftKeptMsg:
		c.ReportError(msg.err)
	case snippetMsg:
		return msg.box.goOn(msg.text), true
	case editFileMsg:
		return c.openEditor(msg), true
	case editedMsg:
		return c.edited(msg), true
	default:
		return nil, false
	}
	return nil, true
}

// reviewRevision is a review at a revision.
type reviewRevision struct {
	change   model.ID
	revision int
}

// latest is a review as our own decisions on it have left it.
func (c *Controller) latest(r model.Review) model.Review {
	for {
		next, ok := c.moved[reviewRevision{r.Change, r.Revision}]
		if !ok {
			return r
		}
		r = next
	}
}

// batch is decisions that are taken together, all or none. An undo or redo names
// no change yet.
type batch []model.Decision

// ends reports whether the batch ends the review of its changes for now, so that
// the next key is about another one.
func (a batch) ends() bool {
	switch a[0].Action {
	case model.ActionApprove, model.ActionDismiss, model.ActionSnooze, model.ActionSubmit,
		model.ActionRequestChanges, model.ActionContest, model.ActionUndo, model.ActionRedo:
		return true
	}
	return false
}

type decidedMsg struct {
	batch   batch
	reviews []model.Review
	undid   string // what an undo or redo was of, and of what
	err     error
}

// Busy reports that a batch is on its way whose end decides what the next key is
// about, or what a batch is made from is being looked up.
func (c *Controller) Busy() bool {
	if c.lookingUp {
		return true
	}
	for _, a := range c.waiting {
		if a.ends() {
			return true
		}
	}
	return false
}

// Deciding reports that a batch on the change is on its way, or one that names
// its change only there.
func (c *Controller) Deciding(r model.Review) bool {
	for _, a := range c.waiting {
		for _, d := range a {
			if d.Change == r.Change || d.Change == "" {
				return true
			}
		}
	}
	return false
}

// decideMsg has a decision taken that was chosen in a dialog.
type decideMsg struct {
	decision model.Decision
	target   kit.Target
}

// Decide sends a decision on a target, after those that are on their way.
func (c *Controller) Decide(d model.Decision, t kit.Target) kit.Action {
	d.Actor, d.At, d.Base = c.Actor, c.Clock().UTC(), model.AnyRevision
	var a batch
	if len(t.Many) == 0 {
		if r := t.Review; r.Change == d.Change && d.Change != "" {
			d.Base = r.Revision
		}
		a = batch{d}
		c.names[d.Change] = t.Name()
	}
	for _, item := range t.Many {
		d.Change = item.ID
		a = append(a, d)
	}
	c.waiting = append(c.waiting, a)
	if len(c.waiting) > 1 {
		return nil
	}
	return kit.Cmd(c.send(a))
}

// send carries a batch out; an undo or redo first asks what it is about.
func (c *Controller) send(a batch) tea.Cmd {
	desk, ctx := c.desk, c.Ctx
	if a[0].Base != model.AnyRevision {
		a[0].Base = c.latest(model.Review{Change: a[0].Change, Revision: a[0].Base}).Revision
	}
	return func() tea.Msg {
		a, undid, err := resolve(ctx, desk, a)
		if err != nil {
			return decidedMsg{batch: a, err: err}
		}
		if len(a) == 1 {
			r, err := desk.Decide(ctx, a[0])
			return decidedMsg{a, []model.Review{r}, undid.what, err}
		}
		reviews, err := desk.DecideAll(ctx, a)
		return decidedMsg{a, reviews, undid.what, err}
	}
}

// decided takes the store's answer and sends the next batch.
func (c *Controller) decided(msg decidedMsg) kit.Action {
	c.waiting = c.waiting[1:]
	if msg.err != nil {
		return c.refused(msg)
	}
	if d := msg.batch[0]; d.Base != model.AnyRevision {
		c.moved[reviewRevision{d.Change, d.Base}] = msg.reviews[0]
	}
	c.remember(msg)
	c.reportDone(msg)
	if clock := msg.reviews[0].Clock; clock != nil {
		c.Message += ". " + clock.String()
	}
	then := kit.All{kit.Applied{Decisions: msg.batch, Reviews: msg.reviews}}
	if len(c.waiting) > 0 {
		then = append(then, kit.Cmd(c.send(c.waiting[0])))
	} else if c.leaving {
		then = append(then, kit.Quit{})
	}
	return then
}

// refused reports why a batch was not taken. What was pressed after it was pressed
// believing it held, and is dropped, which is reported too.
func (c *Controller) refused(msg decidedMsg) kit.Action {
	dropped := len(c.waiting)
	c.waiting, c.leaving = nil, false
	c.ReportError(msg.err)
	if dropped > 0 {
		c.Message += fmt.Sprintf("; %d decisions pressed after it were not taken either", dropped)
	}
	if errors.Is(msg.err, model.ErrStale) && len(msg.batch) == 1 {
		return kit.Cmd(c.readTheirs(msg.batch[0], c.Message))
	}
	return nil
}

// Leave quits once no decision is on its way.
func (c *Controller) Leave() kit.Action {
	if len(c.waiting) > 0 {
		c.leaving = true
		return nil
	}
	return kit.Quit{}
}
