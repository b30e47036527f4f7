// Package clausetypes is the desk's way of correcting what types a clause is of: a list
// to tick, what is suggested first, with the words that gave it away. It is not for the
// types of records, which are a field of theirs.
//
// Invariants: nothing is written unless what is ticked was changed; every write says of
// which clause it was, and undo takes it back.
package clausetypes

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/clausetype"
	"fineprint/store/model"
	"fineprint/store/smallsort"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// Desk is what the types of clauses are read from and written to.
type Desk interface {
	ClauseTypes(ctx context.Context, ref model.ClauseRef) (model.ClauseTypes, error)
	SetTypes(ctx context.Context, ref model.ClauseRef, types []string, actor string) (model.ClauseTypes, error)
	UndoTypes(ctx context.Context, ref model.ClauseRef, actor string) (model.ClauseTypes, error)
}

// Did keeps what was written for undo, says it, and has the desk read again.
type Did func(name, what string, undo func(ctx context.Context) error) kit.Action

// Controller corrects types.
type Controller struct {
	*kit.Common
	desk  Desk
	did   Did
	asked int // number of the newest list asked for
}

// New makes a controller.
func New(c *kit.Common, desk Desk, did Did) *Controller {
	return &Controller{Common: c, desk: desk, did: did}
}

var _ kit.Updater = (*Controller)(nil)

// Commands lists the commands that the controller carries out.
func (c *Controller) Commands() []keys.Command { return []keys.Command{keys.ClauseTypes} }

type (
	// readMsg brings a clause with its types.
	readMsg struct {
		asked  int
		ref    model.ClauseRef
		clause model.ClauseTypes
		err    error
	}
	// setMsg reports what was written.
	setMsg struct {
		ref    model.ClauseRef
		clause model.ClauseTypes
		err    error
	}
)

// Run reads the types of a clause, to be corrected; nothing is asked where there is none.
func (c *Controller) Run(command keys.Command, ref model.ClauseRef) (kit.Action, bool) {
	if command != keys.ClauseTypes {
		return nil, false
	}
	if ref.Clause < 1 && ref.Provision == "" {
		c.SetStatus("No clause here to give types to")
		return nil, true
	}
	c.asked++
	asked, ctx, desk := c.asked, c.Ctx, c.desk
	return kit.Cmd(func() tea.Msg {
		clause, err := desk.ClauseTypes(ctx, ref)
		return readMsg{asked, ref, clause, err}
	}), true
}

// Update takes in what the controller's commands answer.
func (c *Controller) Update(msg tea.Msg) (kit.Action, bool) {
	switch msg := msg.(type) {
	case readMsg:
		if msg.asked != c.asked || !c.ReportError(msg.err) {
			return nil, true
		}
		return c.pick(msg.ref, msg.clause), true
	case setMsg:
		if !c.ReportError(msg.err) {
			return nil, true
		}
		desk, ref, actor := c.desk, msg.ref, c.Actor
		return c.did("Clause types", listed(msg.clause.Types), func(ctx context.Context) error {
			_, err := desk.UndoTypes(ctx, ref, actor)
			return err
		}), true
	}
	return nil, false
}

// pick opens the list, what is suggested or was said first.
func (c *Controller) pick(ref model.ClauseRef, clause model.ClauseTypes) kit.Action {
	var first, rest []kit.Option
	for _, t := range clausetype.Types {
		o := kit.Option{Value: t.ID, Name: t.Name, Note: t.Family, About: t.Definition,
			Ticked: slices.Contains(clause.Types, t.ID)}
		at := slices.IndexFunc(clause.Suggested, func(s model.TypeSuggestion) bool { return s.Type == t.ID })
		if at >= 0 {
			o.Note = why(clause.Suggested[at])
		}
		if at >= 0 || o.Ticked {
			first = append(first, o)
		} else {
			rest = append(rest, o)
		}
	}
	rank := func(o kit.Option) int {
		if at := slices.IndexFunc(clause.Suggested, func(s model.TypeSuggestion) bool { return s.Type == o.Value }); at >= 0 {
			return at
		}
		return len(clause.Suggested)
	}
	smallsort.By(first, func(a, b kit.Option) int { return rank(a) - rank(b) })
	p, cmd := c.NewMultiPicker(title(clause), append(first, rest...), func(ticked []string) kit.Action {
		return c.set(ref, clause.Types, ticked)
	})
	return kit.OpenDialog{Dialog: p, Cmd: cmd}
}

// title says whose the types are that are ticked.
func title(clause model.ClauseTypes) string {
	switch clause.By {
	case model.TypesCorrected:
		return "Clause types, as " + clause.Actor + " said"
	case model.TypesAlike:
		return "Clause types, as " + clause.Actor + " said of a clause alike"
	}
	return "Clause types, suggested"
}

// why says how sure a suggestion is, and by which words.
func why(s model.TypeSuggestion) string {
	text := fmt.Sprintf("suggested, %.0f %%", 100*s.Probability)
	if len(s.Words) > 0 {
		text += ": " + sanitize.Line(strings.Join(s.Words, ", "))
	}
	return text
}

// set writes what was ticked, in the order of the types before, unless it is the same.
func (c *Controller) set(ref model.ClauseRef, before, ticked []string) kit.Action {
	same := len(before) == len(ticked) &&
		!slices.ContainsFunc(ticked, func(id string) bool { return !slices.Contains(before, id) })
	if same {
		c.SetStatus("Clause types unchanged")
		return nil
	}
	desk, ctx, actor := c.desk, c.Ctx, c.Actor
	return kit.Cmd(func() tea.Msg {
		clause, err := desk.SetTypes(ctx, ref, ticked, actor)
		return setMsg{ref, clause, err}
	})
}

// listed are the names of types.
func listed(ids []string) string {
	if len(ids) == 0 {
		return "none"
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		t, _ := clausetype.ByID(id)
		names[i] = t.Name
	}
	return strings.Join(names, ", ")
}
