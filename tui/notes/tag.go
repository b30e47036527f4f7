package notes

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/kit"
)

// tag asks for the tags of a change, or of the marked ones.
func (c call) tag() kit.Action {
	t := c.target
	about := []string{}
	if len(t.Many) == 0 && len(t.Row.Tags) > 0 {
		about = append(about, "Tagged "+strings.Join(t.Row.Tags, ", "))
	}
	return kit.Ask{Question: kit.Question{
		Label: "Tag " + subject(t) + " with", Enter: "tag", Placeholder: "children, or -children to take it off", About: about,
		Done: func(text string) kit.Action {
			if text == "" {
				c.SetStatus("No tag, nothing tagged")
				return nil
			}
			return c.TagAs(text, t)
		},
	}}
}

// TagAs tags what the keys are about with what was typed: names, and with a - before it
// one that is taken off. Several changes are asked about first.
func (c *Controller) TagAs(text string, t kit.Target) kit.Action {
	var add, remove []string
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' }) {
		if off, is := strings.CutPrefix(word, "-"); is {
			remove = append(remove, tagName(off))
		} else {
			add = append(add, tagName(word))
		}
	}
	tag := kit.Cmd(c.tagWith(t, add, remove))
	if len(t.Many) < 2 {
		return tag
	}
	return kit.Confirm{Confirmation: kit.Confirmation{
		Label: fmt.Sprintf("Tag %s: %s?", subject(t), text), Answers: kit.Yes(func() kit.Action { return tag }),
	}}
}

// tagName is a tag as it is kept.
func tagName(s string) string { return strings.ToLower(strings.TrimPrefix(s, "#")) }

// tagWith tags what the keys are about. What takes it back leaves the changes alone that
// were so before.
func (c *Controller) tagWith(t kit.Target, add, remove []string) tea.Cmd {
	rows := t.Many
	if len(rows) == 0 {
		one := t.Row
		one.ID = t.ID
		rows = []model.QueueItem{one}
	}
	ids := make([]model.ID, len(rows))
	had := make([][]string, len(rows))
	for i := range rows {
		ids[i], had[i] = rows[i].ID, rows[i].Tags
	}
	desk, ctx, actor := c.desk, c.Ctx, c.Actor
	return func() tea.Msg {
		n, err := desk.Tag(ctx, ids, add, remove, actor)
		if err != nil {
			return writtenMsg{err: err}
		}
		what := tagged(add, remove)
		if n == 0 {
			return writtenMsg{what: what + " already", act: act{name: subject(t)}}
		}
		return writtenMsg{what: what, act: act{subject(t), func(ctx context.Context) error {
			return untag(ctx, desk, ids, had, add, remove, actor)
		}}}
	}
}

// untag gives changes the tags that they had.
func untag(ctx context.Context, desk Desk, ids []model.ID, had [][]string, add, remove []string, actor string) error {
	for i, id := range ids {
		var off, on []string
		for _, tag := range add {
			if !slices.Contains(had[i], tag) {
				off = append(off, tag)
			}
		}
		for _, tag := range remove {
			if slices.Contains(had[i], tag) {
				on = append(on, tag)
			}
		}
		if len(off)+len(on) == 0 {
			continue
		}
		if _, err := desk.Tag(ctx, []model.ID{id}, on, off, actor); err != nil {
			return err
		}
	}
	return nil
}

// tagged says what was tagged.
func tagged(add, remove []string) string {
	var parts []string
	if len(add) > 0 {
		parts = append(parts, "tagged "+strings.Join(add, ", "))
	}
	if len(remove) > 0 {
		parts = append(parts, "not tagged "+strings.Join(remove, ", "))
	}
	return strings.Join(parts, "; ")
}
