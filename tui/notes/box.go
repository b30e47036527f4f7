package notes

import (
	"context"
	"fmt"
	"strings"
	"time"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// draftEvery is how long typing may go unsaved.
const draftEvery = 700 * time.Millisecond

// box is where a note is written.
type box struct {
	*kit.Common
	c       *Controller
	target  kit.Target
	edits   model.ChangeNote // the note whose text is changed; none without an ID
	was     string
	saved   string // what the draft holds
	problem string // why it was not written
	input   textarea.Model
	ticking bool
}

var _ kit.Dialog = (*box)(nil)

// note opens the box, or the choice between it and the notes that are there.
func (c call) note() kit.Action {
	t := c.target
	return c.read(func(ctx context.Context) (func() kit.Action, error) {
		var here []model.ChangeNote
		if t.Row.Notes > 0 || t.Clause > 0 {
			all, err := c.desk.Notes(ctx, t.ID)
			if err != nil {
				return nil, err
			}
			for _, n := range all {
				if t.Clause == 0 || n.Clause == t.Clause {
					here = append(here, n)
				}
			}
		}
		d, _, err := c.desk.Draft(ctx, t.ID, c.draftKey(t, ""))
		if err != nil {
			return nil, err
		}
		return func() kit.Action {
			if len(here) > 0 && d.Summary == "" {
				return c.choose(t, here)
			}
			return c.write(t, model.ChangeNote{}, d.Summary)
		}, nil
	})
}

// choose lists what can be done with the notes of a place.
func (c *Controller) choose(t kit.Target, here []model.ChangeNote) kit.Action {
	choices := []kit.Choice{{Name: "Write another note", Do: c.write(t, model.ChangeNote{}, "")}}
	for _, n := range here {
		choices = append(choices, kit.Choice{Name: "Edit   " + c.signed(n), Do: c.write(t, n, "")})
	}
	for _, n := range here {
		choices = append(choices, kit.Choice{Name: "Remove " + c.signed(n), Do: kit.Cmd(c.remove(t, n))})
	}
	p, cmd := c.NewPicker("Notes on "+place(t), choices)
	return kit.OpenDialog{Dialog: p, Cmd: cmd}
}

// write opens the box on a new note, or on one that is there, with its draft.
func (c *Controller) write(t kit.Target, n model.ChangeNote, draft string) kit.Action {
	b := &box{Common: c.Common, c: c, target: t, edits: n, was: sanitize.Input(n.Text), saved: draft}
	text := b.was
	if draft != "" {
		text = draft
	}
	b.input = c.NewTextArea(text)
	b.Fit()
	return kit.OpenDialog{Dialog: b, Cmd: b.input.Focus()}
}

// draftKey is the name under which the draft of a note is kept beside that of the summary.
func (c *Controller) draftKey(t kit.Target, note model.ID) string {
	if note != "" {
		return c.Actor + "\x00" + string(note)
	}
	return fmt.Sprintf("%s\x00note %d", c.Actor, t.Clause)
}

// Fit gives the box its part of the window.
func (b *box) Fit() {
	b.input.SetWidth(max(20, b.W))
	b.input.SetHeight(max(3, min(8, b.H/3)))
}

func (b *box) text() string { return strings.TrimSpace(b.input.Value()) }

// Key saves, and writes with any other key.
func (b *box) Key(msg tea.KeyPressMsg) (kit.Action, bool) {
	switch msg.String() {
	case "enter", "ctrl+s":
		return b.save(), true
	}
	return b.Update(msg), false
}

// Update writes, and saves the draft when it is time to.
func (b *box) Update(msg tea.Msg) kit.Action {
	switch msg := msg.(type) {
	case draftTick:
		b.ticking = false
		return kit.Cmd(b.keepDraft())
	case failedMsg:
		b.problem = msg.message
		return nil
	}
	before := b.input.Value()
	var cmd tea.Cmd
	b.input, cmd = b.input.Update(msg)
	if b.input.Value() == before {
		return kit.Cmd(cmd)
	}
	b.problem = ""
	if b.ticking {
		return kit.Cmd(cmd)
	}
	b.ticking = true
	return kit.Cmd(tea.Batch(cmd, b.Tick(draftEvery, func(time.Time) tea.Msg { return draftTick{} })))
}

type draftTick struct{}

// keepDraft keeps what is written now, of a new note.
func (b *box) keepDraft() tea.Cmd {
	text := b.input.Value()
	if b.edits.ID != "" || text == b.saved {
		return nil
	}
	b.saved = text
	d := model.Draft{Change: b.target.ID, Actor: b.c.draftKey(b.target, ""), Summary: text, At: b.Clock().UTC()}
	desk, ctx := b.c.desk, b.Ctx
	return func() tea.Msg { return draftKeptMsg{desk.SaveDraft(ctx, d)} }
}

// Closed keeps the draft at once.
func (b *box) Closed() kit.Action {
	cmd := b.keepDraft()
	if b.edits.ID == "" && b.text() != "" {
		b.SetStatus("Draft of the note saved (%s to continue)", b.Keys.Key(keys.WriteNote))
	}
	return kit.Cmd(cmd)
}

// save writes the note.
func (b *box) save() kit.Action {
	text := b.text()
	switch {
	case text == "" && b.edits.ID != "":
		return kit.Cmd(b.c.remove(b.target, b.edits))
	case text == "":
		b.SetStatus("Nothing written, nothing saved")
		return kit.Cmd(b.keepDraft())
	case text == strings.TrimSpace(b.was):
		b.SetStatus("The note is as it was")
		return nil
	}
	c, t, was, ctx, saved := b.c, b.target, b.edits, b.Ctx, b.saved != ""
	q := model.NoteRequest{ID: was.ID, Change: t.ID, Clause: t.Clause, Text: text, Actor: c.Actor}
	desk, key := c.desk, c.draftKey(t, "")
	return kit.Cmd(func() tea.Msg {
		n, err := desk.WriteNote(ctx, q)
		if err == nil && saved && was.ID == "" {
			err = desk.DropDraft(ctx, t.ID, key)
		}
		if err != nil {
			return writtenMsg{err: err, box: b}
		}
		if was.ID != "" {
			back := model.NoteRequest{ID: was.ID, Text: was.Text, Actor: c.Actor}
			return writtenMsg{what: "note edited", act: act{place(t), func(ctx context.Context) error {
				_, err := desk.WriteNote(ctx, back)
				return err
			}}}
		}
		return c.wrote(n, t)
	})
}

// wrote tells of a new note, and takes it back.
func (c *Controller) wrote(n model.ChangeNote, t kit.Target) writtenMsg {
	desk, actor := c.desk, c.Actor
	return writtenMsg{what: "note written", act: act{place(t), func(ctx context.Context) error {
		_, err := desk.RemoveNote(ctx, n.ID, actor)
		return err
	}}}
}

// Write writes a note on what the keys are about, with a text that was typed already.
func (c *Controller) Write(text string, t kit.Target) kit.Action {
	q := model.NoteRequest{Change: t.ID, Clause: t.Clause, Text: text, Actor: c.Actor}
	desk, ctx := c.desk, c.Ctx
	return kit.Cmd(func() tea.Msg {
		n, err := desk.WriteNote(ctx, q)
		if err != nil {
			return writtenMsg{err: err}
		}
		return c.wrote(n, t)
	})
}

// remove removes a note.
func (c *Controller) remove(t kit.Target, n model.ChangeNote) tea.Cmd {
	desk, ctx, actor := c.desk, c.Ctx, c.Actor
	return func() tea.Msg {
		if _, err := desk.RemoveNote(ctx, n.ID, actor); err != nil {
			return writtenMsg{err: err}
		}
		return writtenMsg{what: "note removed", act: act{place(t), func(ctx context.Context) error {
			_, err := desk.RestoreNote(ctx, n.ID, actor)
			return err
		}}}
	}
}

// Click does nothing: the cursor moves by keys.
func (b *box) Click(int) (kit.Action, bool) { return nil, false }

// Lines are the keys, as many as there is room for, and the box.
func (b *box) Lines(room int) []string {
	label := "Note on " + b.Safe(place(b.target))
	for _, hint := range []string{"enter save", "alt+enter new line", "esc keep draft", "Markdown"} {
		if next := label + "  " + hint; ansi.StringWidth(next) <= b.W {
			label = next
		}
	}
	lines := []string{b.Theme.Title.Styled(b.Cut(label, b.W))}
	if b.problem != "" {
		lines = append(lines, b.Theme.Bad.Styled(b.Cut(b.Safe(b.problem), b.W)))
	}
	for l := range strings.SplitSeq(b.input.View(), "\n") {
		if len(lines) < room {
			lines = append(lines, ansi.Truncate(l, b.W, ""))
		}
	}
	return lines
}
