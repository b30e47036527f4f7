package notes

import (
	"context"
	"slices"
	"strings"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// assign lists who a change, or the marked ones, can be assigned to.
func (c call) assign() kit.Action {
	t := c.target
	return c.read(func(ctx context.Context) (func() kit.Action, error) {
		people, err := c.desk.People(ctx)
		return func() kit.Action { return c.pick(t, people) }, err
	})
}

// pick opens the picker of names.
func (c *Controller) pick(t kit.Target, people []string) kit.Action {
	names := append([]string{c.Actor}, slices.DeleteFunc(people, func(name string) bool { return name == c.Actor })...)
	about := []string{}
	if t.Row.Assignee != "" && len(t.Many) == 0 {
		about = append(about, "Assigned to "+t.Row.Assignee)
	}
	var choices []kit.Choice
	for i, name := range names {
		label := name
		if i == 0 {
			label += " (you)"
		}
		choices = append(choices, kit.Choice{Name: label, Do: c.confirm(t, name)})
	}
	choices = append(choices, kit.Choice{Name: "Nobody", Do: c.confirm(t, "")},
		kit.Choice{Name: "Another name" + c.Theme.Ellipsis, Do: kit.Ask{Question: kit.Question{
			Label: "Assign to", Enter: "assign", Done: func(name string) kit.Action {
				if name == "" {
					c.SetStatus("No name, nothing assigned")
					return nil
				}
				return c.confirm(t, name)
			},
		}}})
	p, cmd := c.NewPicker("Assign "+subject(t)+" to", choices, about...)
	return kit.OpenDialog{Dialog: p, Cmd: cmd}
}

// subject is what is assigned, in words.
func subject(t kit.Target) string {
	if len(t.Many) > 0 {
		return humanize.Count(len(t.Many), "change")
	}
	return t.Name()
}

// AssignTo assigns what the keys are about to a name that was typed already.
func (c *Controller) AssignTo(name string, t kit.Target) kit.Action {
	if strings.EqualFold(name, someone("")) {
		name = ""
	}
	return c.confirm(t, name)
}

// confirm asks before several changes are assigned.
func (c *Controller) confirm(t kit.Target, name string) kit.Action {
	assign := kit.Cmd(c.assignTo(t, name))
	if len(t.Many) < 2 {
		return assign
	}
	return kit.Confirm{Confirmation: kit.Confirmation{
		Label: "Assign " + subject(t) + " to " + someone(name) + "?", Answers: kit.Yes(func() kit.Action { return assign }),
	}}
}

func someone(name string) string {
	if name == "" {
		return "nobody"
	}
	return name
}

// assignTo assigns what the keys are about.
func (c *Controller) assignTo(t kit.Target, name string) tea.Cmd {
	ids := []model.ID{t.ID}
	if len(t.Many) > 0 {
		ids = nil
		for i := range t.Many {
			ids = append(ids, t.Many[i].ID)
		}
	}
	desk, ctx, actor := c.desk, c.Ctx, c.Actor
	return func() tea.Msg {
		before, err := desk.Assign(ctx, ids, name, actor)
		if err != nil {
			return writtenMsg{err: err}
		}
		if len(before) == 0 {
			return writtenMsg{what: "assigned to " + someone(name) + " already", act: act{name: subject(t)}}
		}
		return writtenMsg{what: "assigned to " + someone(name), act: act{subject(t), func(ctx context.Context) error {
			return restore(ctx, desk, before, actor)
		}}}
	}
}

// restore assigns changes to who they were assigned to before.
func restore(ctx context.Context, desk Desk, before map[model.ID]string, actor string) error {
	to := map[string][]model.ID{}
	for id, name := range before {
		to[name] = append(to[name], id)
	}
	for name, ids := range to {
		slices.Sort(ids)
		if _, err := desk.Assign(ctx, ids, name, actor); err != nil {
			return err
		}
	}
	return nil
}
