package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
)

// decider is what the judge decides with.
type decider interface {
	Decide(ctx context.Context, d model.Decision) (model.Review, error)
	DecideAll(ctx context.Context, ds []model.Decision) ([]model.Review, error)
	LastDecision(ctx context.Context, actor string) ([]model.ID, error)
	LastUndone(ctx context.Context, actor string) ([]model.ID, error)
}

// judge turns keys into decisions and sends them, one act after the other.
type judge struct {
	*env
	desk    judgeDesk
	ask     func(question) tea.Cmd
	over    func(overlay, tea.Cmd) tea.Cmd
	took    func(act, []model.Review) tea.Cmd
	open    func(model.ID) tea.Cmd
	quote   func() string // what the summary box may quote: the clause being read
	quit    func() tea.Cmd
	waiting []act // the first is on its way
	leaving bool
	last    model.Decision // what repeat repeats; its Change is what it was decided on
	drafts  map[model.ID]model.Draft
	fill    func() config.Fill
	looked  int // number of the newest precedent asked for
	// lookingUp: what the next act is made from is being read
	lookingUp bool
	// moved says what a review became by an act of ours that was based on it: who
	// read it before the answer came is not behind for that.
	moved map[based]model.Review
}

// judgeDesk is all that the judge reads and writes.
type judgeDesk interface {
	decider
	precedents
	drafter
	changeReader
}

// target is what a decision is about: a change of a document, its review where it
// is known, and the reason the detection gave; or many changes that are marked.
type target struct {
	id       model.ID
	document model.ID
	review   model.Review
	reason   model.Reason
	many     []model.QueueItem
}

// based is a review at a revision.
type based struct {
	change   model.ID
	revision int
}

// freshest is a review as our own acts on it have left it.
func (j *judge) freshest(r model.Review) model.Review {
	for {
		next, ok := j.moved[based{r.Change, r.Revision}]
		if !ok {
			return r
		}
		r = next
	}
}

// act is decisions that are taken together, all or none. An undo or redo names
// no change yet.
type act []model.Decision

// ends reports whether the act ends the review of its changes for now, so that
// the next key is about another one.
func (a act) ends() bool {
	switch a[0].Action {
	case model.ActionApprove, model.ActionDismiss, model.ActionSnooze, model.ActionSubmit, model.ActionRequestChanges, model.ActionContest, model.ActionUndo, model.ActionRedo:
		return true
	}
	return false
}

type decidedMsg struct {
	act     act
	reviews []model.Review
	err     error
}

// busy reports that an act is on its way whose end decides what the next key is
// about, or what an act is made from is being looked up.
func (j *judge) busy() bool {
	if j.lookingUp {
		return true
	}
	for _, a := range j.waiting {
		if a.ends() {
			return true
		}
	}
	return false
}

// deciding reports that an act on the change is on its way, or one that names
// its change only there.
func (j *judge) deciding(r model.Review) bool {
	for _, a := range j.waiting {
		for _, d := range a {
			if d.Change == r.Change || d.Change == "" {
				return true
			}
		}
	}
	return false
}

// decide sends a decision on a target, after those that are on their way.
func (j *judge) decide(d model.Decision, t target) tea.Cmd {
	d.Actor, d.At, d.Base = j.o.Actor, j.o.Clock().UTC(), model.AnyRevision
	var a act
	if len(t.many) == 0 {
		if r := t.review; r.Change == d.Change && d.Change != "" {
			d.Base = r.Revision
		}
		a = act{d}
	}
	for _, c := range t.many {
		d.Change = c.ID
		a = append(a, d)
	}
	j.waiting = append(j.waiting, a)
	if len(j.waiting) > 1 {
		return nil
	}
	return j.send(a)
}

// send carries an act out; an undo or redo first asks what it is about.
func (j *judge) send(a act) tea.Cmd {
	desk, ctx := j.desk, j.ctx
	if a[0].Base != model.AnyRevision {
		a[0].Base = j.freshest(model.Review{Change: a[0].Change, Revision: a[0].Base}).Revision
	}
	return func() tea.Msg {
		a, err := named(ctx, desk, a)
		if err != nil {
			return decidedMsg{act: a, err: err}
		}
		if len(a) == 1 {
			r, err := desk.Decide(ctx, a[0])
			return decidedMsg{a, []model.Review{r}, err}
		}
		reviews, err := desk.DecideAll(ctx, a)
		return decidedMsg{a, reviews, err}
	}
}

// named gives an undo or redo the changes that it is about.
func named(ctx context.Context, desk decider, a act) (act, error) {
	if a[0].Change != "" {
		return a, nil
	}
	which := desk.LastDecision
	if a[0].Action == model.ActionRedo {
		which = desk.LastUndone
	}
	ids, err := which(ctx, a[0].Actor)
	if err != nil {
		return a, err
	}
	if len(ids) == 0 {
		return a, errors.New("nothing of yours is left to " + string(a[0].Action))
	}
	all := make(act, len(ids))
	for i, id := range ids {
		all[i] = a[0]
		all[i].Change = id
	}
	return all, nil
}

// decided takes the store's answer and sends the next act.
func (j *judge) decided(msg decidedMsg) tea.Cmd {
	j.waiting = j.waiting[1:]
	if msg.err != nil {
		return j.refused(msg)
	}
	if d := msg.act[0]; d.Base != model.AnyRevision {
		j.moved[based{d.Change, d.Base}] = msg.reviews[0]
	}
	j.remember(msg)
	j.tell(msg.act, msg.reviews)
	cmds := []tea.Cmd{j.took(msg.act, msg.reviews)}
	if len(j.waiting) > 0 {
		cmds = append(cmds, j.send(j.waiting[0]))
	} else if j.leaving {
		cmds = append(cmds, j.quit())
	}
	return tea.Batch(cmds...)
}

// refused says why an act was not taken. What was pressed after it was pressed
// believing it held, and is dropped, which is said too.
func (j *judge) refused(msg decidedMsg) tea.Cmd {
	dropped := len(j.waiting)
	j.waiting, j.leaving = nil, false
	j.fine(msg.err)
	if dropped > 0 {
		j.message += fmt.Sprintf("; %d decisions pressed after it were not taken either", dropped)
	}
	if errors.Is(msg.err, model.ErrStale) && len(msg.act) == 1 {
		return j.readTheirs(msg.act[0], j.message)
	}
	return nil
}

// tell says what an act did.
func (j *judge) tell(a act, reviews []model.Review) {
	r, undo := reviews[0], j.keys.Key(keys.Undo)
	what := string(r.Change)
	if len(reviews) > 1 {
		what = humanize.Count(len(reviews), "change")
	}
	switch a[0].Action {
	case model.ActionUndo, model.ActionRedo:
		j.say("%s: %s is %s", map[model.Action]string{model.ActionUndo: "undone", model.ActionRedo: "redone"}[a[0].Action], what, r.State)
	case model.ActionApprove:
		if len(reviews) == 1 {
			what = fmt.Sprintf("%s approved as %s r%d", r.Change, r.Record, r.RecordRevision)
		} else {
			what += " approved"
		}
		j.say("%s; %s takes it back", what, undo)
		j.offer = keys.Undo
	case model.ActionSet:
		if missing := j.missing(r); len(missing) > 0 {
			j.say("saved; approving still needs %s", strings.Join(missing, ", "))
		} else {
			j.say("saved; %s approves", j.keys.Key(keys.Approve))
		}
		if len(reviews) > 1 {
			j.say("%s: saved; %s takes it back", what, undo)
			j.offer = keys.Undo
		}
	default:
		j.say("%s %s; %s takes it back", what, strings.ReplaceAll(string(r.State), "_", " "), undo)
		j.offer = keys.Undo
	}
}

// missing lists what an approval still lacks beyond what it would take on.
func (j *judge) missing(r model.Review) []string {
	var lacks []string
	for _, m := range r.Missing() {
		if m != "confidence" && m != "basis" {
			lacks = append(lacks, m)
		}
	}
	return lacks
}

// leave quits once no decision is on its way.
func (j *judge) leave() tea.Cmd {
	if len(j.waiting) > 0 {
		j.leaving = true
		return nil
	}
	return j.quit()
}
