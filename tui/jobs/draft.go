package jobs

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// Drafting is how a change or record is drafted, and what is accepted is taken over.
type Drafting struct {
	// Draft returns the draft that is kept, or makes one: always when again is set.
	Draft func(ctx context.Context, id model.ID, again bool) (model.Drafted, error)
	// Accept takes over fields ("summary") or sentences of them ("summary:2"), Edit a
	// field as it was changed, and Drop forgets the draft.
	Accept func(ctx context.Context, id model.ID, names []string) (model.Drafted, error)
	Edit   func(ctx context.Context, id model.ID, field, text string) (model.Drafted, error)
	Drop   func(ctx context.Context, id model.ID) error
}

// Drafts shows what a draft command proposes, and takes over what the reader accepts.
type Drafts struct {
	*kit.Common
	task *Task
	with Drafting
}

// NewDrafts makes the desk's drafts.
func NewDrafts(c *kit.Common, t *Task, with Drafting) *Drafts {
	return &Drafts{Common: c, task: t, with: with}
}

// Ask shows the draft for a change or record, which is made when none is kept.
func (d *Drafts) Ask(id model.ID, again bool) kit.Action {
	return d.do("drafting", 0, func(ctx context.Context) (model.Drafted, error) { return d.with.Draft(ctx, id, again) })
}

// do runs something in the background and shows the draft as it is then, with the cursor
// on a row.
func (d *Drafts) do(what string, at int, run func(ctx context.Context) (model.Drafted, error)) kit.Action {
	var got model.Drafted
	return d.task.start(job{
		what: what,
		do: func(ctx context.Context, _ func(step)) (err error) {
			got, err = run(ctx)
			return err
		},
		then: func(err error) kit.Action {
			if stopped(err) {
				d.SetStatus("Cancelled; nothing was changed")
				return nil
			}
			if !d.ReportError(err) {
				return nil
			}
			show := &draftDialog{Drafts: d, of: got}
			show.lay()
			show.move(at)
			return kit.All{kit.Reload{}, kit.OpenDialog{Dialog: show}}
		},
	})
}

// draftDialog shows a draft: each field, and under it each sentence with the words that it
// rests on and what is wrong with it. Nothing is written but by a key.
type draftDialog struct {
	*Drafts
	of   model.Drafted
	rows []draftRow
	at   int // the row under the cursor
	top  int // the first line that is shown
}

// draftRow is a field, or a sentence of one.
type draftRow struct {
	field    *model.DraftedField
	sentence *model.DraftedSentence // nil for the field itself
}

var (
	_ kit.Dialog = (*draftDialog)(nil)
	_ kit.Hinter = (*draftDialog)(nil)
)

func (d *draftDialog) lay() {
	d.rows = nil
	for i := range d.of.Fields {
		f := &d.of.Fields[i]
		d.rows = append(d.rows, draftRow{field: f})
		for j := range f.Sentences {
			d.rows = append(d.rows, draftRow{f, &f.Sentences[j]})
		}
	}
}

func (d *draftDialog) move(by int) { d.at = max(0, min(d.at+by, len(d.rows)-1)) }

// Key moves, accepts, edits, drafts anew or drops.
func (d *draftDialog) Key(msg tea.KeyPressMsg) (kit.Action, bool) {
	switch msg.String() {
	case "j", "down":
		d.move(1)
	case "k", "up":
		d.move(-1)
	case "pgdown":
		d.move(10)
	case "pgup":
		d.move(-10)
	case "y":
		return d.accept()
	case "e":
		return d.edit(), true
	case "r":
		return d.Ask(d.of.Subject, true), true
	case "X":
		return d.drop(), true
	case "q":
		return nil, true
	}
	return nil, false
}

// accept takes over the field or sentence under the cursor.
func (d *draftDialog) accept() (kit.Action, bool) {
	if len(d.rows) == 0 {
		return nil, false
	}
	row, at, id := d.rows[d.at], d.at, d.of.Subject
	name := row.field.Field
	switch {
	case row.sentence != nil:
		name = fmt.Sprintf("%s:%d", name, row.sentence.N)
	case !row.field.Sound():
		why := "a sentence has a problem; accept its sentences one by one, or edit it"
		if row.field.Problem != "" {
			why = row.field.Problem
		}
		d.SetStatus("Can't accept %s: %s", row.field.Label, sanitize.Line(why))
		return nil, false
	}
	return d.do("accepting the draft", at, func(ctx context.Context) (model.Drafted, error) {
		return d.with.Accept(ctx, id, []string{name})
	}), true
}

// edit asks for the field's text, which is the reader's own then.
func (d *draftDialog) edit() kit.Action {
	if len(d.rows) == 0 {
		return nil
	}
	f, at, id := d.rows[d.at].field, d.at, d.of.Subject
	again := func() { d.SetStatus("The draft is kept: %s shows it", d.Keys.Key(keys.AskDraft)) }
	return kit.Ask{Question: kit.Question{Label: f.Label, Value: sanitize.Line(f.Text()), Left: again,
		Done: func(text string) kit.Action {
			if text == "" {
				return nil
			}
			return d.do("writing the draft", at, func(ctx context.Context) (model.Drafted, error) {
				return d.with.Edit(ctx, id, f.Field, text)
			})
		}}}
}

// drop forgets the draft.
func (d *draftDialog) drop() kit.Action {
	id := d.of.Subject
	return d.task.start(job{
		what: "dropping the draft",
		do:   func(ctx context.Context, _ func(step)) error { return d.with.Drop(ctx, id) },
		then: func(err error) kit.Action {
			if d.ReportError(err) {
				d.SetStatus("Draft dropped")
			}
			return nil
		},
	})
}

// Update does nothing: what takes time is a task.
func (d *draftDialog) Update(tea.Msg) kit.Action { return nil }

// Click does nothing: the cursor moves by keys.
func (d *draftDialog) Click(int) (kit.Action, bool) { return nil, false }

// Fit does nothing: the lines follow from the window.
func (d *draftDialog) Fit() {}

// Closed keeps the draft.
func (d *draftDialog) Closed() kit.Action {
	d.SetStatus("The draft is kept: %s shows it", d.Keys.Key(keys.AskDraft))
	return nil
}

// Hints are the keys of the footer.
func (d *draftDialog) Hints() []keys.Hint {
	return []keys.Hint{{Key: "y", Word: "accept"}, {Key: "e", Word: "edit"}, {Key: "r", Word: "draft again"},
		{Key: "X", Word: "drop"}, {Key: "esc", Word: "close, keep"}}
}

// Lines are the draft, with the row under the cursor in sight.
func (d *draftDialog) Lines(room int) []string {
	head := d.Theme.Title.Styled(d.Cut(fmt.Sprintf("Draft by %s, nobody's judgement yet", sanitize.Line(d.of.Source)),
		d.W))
	var lines []string
	from, to := 0, 0
	for i, row := range d.rows {
		if i == d.at {
			from = len(lines)
		}
		lines = append(lines, d.row(row, i == d.at)...)
		if i == d.at {
			to = len(lines)
		}
	}
	room = max(1, room-1)
	d.top = min(d.top, from)
	if to > d.top+room {
		d.top = min(from, to-room)
	}
	d.top = max(0, min(d.top, len(lines)-room))
	return append([]string{head}, lines[d.top:min(len(lines), d.top+room)]...)
}

// row draws a field or a sentence. Signs say what colours do: accepted, sound, or with a
// problem, which follows in words.
func (d *draftDialog) row(r draftRow, here bool) []string {
	mark := "  "
	if here {
		mark = d.Theme.Signs.Cursor + " "
	}
	if r.sentence == nil {
		text := r.field.Label
		if r.field.Accepted {
			text += " (accepted)"
		}
		line := mark + d.Theme.Heading.Styled(d.Cut(text, max(1, d.W-2)))
		if len(r.field.Sentences) == 0 {
			line = mark + d.Theme.Heading.Styled(text) + "  " + d.Cut(sanitize.Line(r.field.Text()),
				max(1, d.W-ansi.StringWidth(text)-4))
		}
		if r.field.Problem == "" {
			return []string{line}
		}
		return []string{line, "    " + d.Theme.Bad.Styled(d.Cut("! "+sanitize.Line(r.field.Problem), max(1, d.W-4)))}
	}
	s := r.sentence
	sign := d.Theme.Good.Styled(d.Theme.Signs.Done)
	switch {
	case s.Accepted:
		sign = d.Theme.Faint.Styled("=")
	case !s.Sound():
		sign = d.Theme.Bad.Styled("!")
	}
	var lines []string
	for i, part := range d.wrapped(s.Text, d.W-6) {
		if i == 0 {
			lines = append(lines, mark+"  "+sign+" "+part)
		} else {
			lines = append(lines, "      "+part)
		}
	}
	for _, p := range s.Problems {
		lines = append(lines, "      "+d.Theme.Bad.Styled(d.Cut("! "+sanitize.Line(p), max(1, d.W-6))))
	}
	if !here {
		return lines
	}
	for _, t := range s.Ties {
		for _, part := range d.wrapped(t.Side+" text: “"+t.Text+"”", d.W-8) {
			lines = append(lines, "        "+d.Theme.Quote.Styled(part))
		}
	}
	return lines
}

// maxWrapped is how many lines a sentence or a quote takes at most.
const maxWrapped = 12

// wrapped is a text in lines of so many cells, made safe.
func (d *draftDialog) wrapped(text string, width int) []string {
	lines := strings.Split(ansi.Wrap(d.Plain(sanitize.Line(text)), max(10, width), ""), "\n")
	if len(lines) > maxWrapped {
		lines = append(lines[:maxWrapped-1], d.Theme.Ellipsis)
	}
	return lines
}
