package record

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// writeMsg has a field written once the dialog before was closed.
type writeMsg struct{ field model.WritingField }

// write opens what a field is written with.
func (s *Screen) write(f model.WritingField) kit.Action {
	w := s.current()
	switch f.Shape {
	case model.Word:
		return s.pickWord(f)
	case model.List:
		return s.pickList(f)
	case model.Table:
		return s.editTable(f)
	}
	return s.writeText(f, w)
}

// pickWord lists the words that a field may be.
func (s *Screen) pickWord(f model.WritingField) kit.Action {
	set := func(word string) kit.Action {
		return kit.Send{Msg: askMsg{func() kit.Action {
			return s.change(f.ID(), func(w *model.Writing) { *f.Text(w) = word })
		}}}
	}
	var choices []kit.Choice
	for _, word := range f.Words {
		choices = append(choices, kit.Choice{Name: kit.Words(word), Do: set(word)})
	}
	choices = append(choices, kit.Choice{Name: "(none)", Do: set("")})
	p, cmd := s.NewPicker(f.Label, choices)
	return kit.OpenDialog{Dialog: p, Cmd: cmd}
}

// box is what a text is written in. What is in it is kept while it is written, and saved
// when it is left.
type box struct {
	*kit.Common
	s       *Screen
	field   model.WritingField
	was     model.Writing // the record when it was opened
	began   string        // what was in the field then
	input   textarea.Model
	ticking bool
	snippet config.Named // put in last, as it was put in
}

var _ kit.Dialog = (*box)(nil)

// writeText opens the box on a field, with what was being written in it before.
func (s *Screen) writeText(f model.WritingField, was model.Writing) kit.Action {
	text := *f.Text(&was)
	b := &box{Common: s.Common, s: s, field: f, was: was, began: strings.TrimSpace(sanitize.Input(text))}
	if kept, is := s.kept[f.ID()]; is {
		text = kept
	}
	if len([]rune(text)) > kit.MaxInput {
		s.SetStatus("%s is too long to edit here; use the editor", f.Label)
		return nil
	}
	b.input = s.NewTextArea(text)
	b.Fit()
	return kit.OpenDialog{Dialog: b, Cmd: b.input.Focus()}
}

// Fit gives the box its part of the window: one line for a line, up to half for prose.
func (b *box) Fit() {
	b.input.SetWidth(max(20, b.W))
	if b.field.Shape == model.Line {
		b.input.SetHeight(2)
		return
	}
	b.input.SetHeight(max(3, min(12, b.H/3)))
}

// Key saves and leaves, goes on to the next text, quotes, lists the snippets, and writes
// with any other key.
func (b *box) Key(msg tea.KeyPressMsg) (kit.Action, bool) {
	switch msg.String() {
	case "enter", "ctrl+s":
		save := b.save()
		b.s.Scroll(1)
		return save, true
	case "tab":
		save := b.save()
		return kit.All{save, b.next()}, true
	case "ctrl+t":
		b.input.InsertString(sanitize.Input(b.s.quote()))
		return kit.Cmd(b.scheduleKeep()), false
	case "ctrl+o":
		return b.pickSnippet(), true
	}
	return b.Update(msg), false
}

// next opens the next field that is written as a text.
func (b *box) next() kit.Action {
	for i := b.s.at.Cursor + 1; i < len(fields); i++ {
		if shape := fields[i].Shape; shape == model.Prose || shape == model.Line {
			b.s.Scroll(i - b.s.at.Cursor)
			return kit.Send{Msg: writeMsg{fields[i]}}
		}
	}
	return nil
}

// Update writes, and keeps what is written when it is time to.
func (b *box) Update(msg tea.Msg) kit.Action {
	if _, tick := msg.(keepTick); tick {
		b.ticking = false
		return kit.Cmd(b.keep())
	}
	before := b.input.Value()
	var cmd tea.Cmd
	b.input, cmd = b.input.Update(msg)
	if b.input.Value() != before {
		return kit.Cmd(tea.Batch(cmd, b.scheduleKeep()))
	}
	return kit.Cmd(cmd)
}

type (
	keepTick struct{}
	// snippetMsg goes on writing with a snippet, or without one.
	snippetMsg struct {
		box        *box
		name, text string
	}
)

func (b *box) scheduleKeep() tea.Cmd {
	if b.ticking {
		return nil
	}
	b.ticking = true
	return b.Tick(keepEvery, func(time.Time) tea.Msg { return keepTick{} })
}

// keep keeps what is written now.
func (b *box) keep() tea.Cmd {
	if b.text() == b.began {
		return b.s.forget(b.field.ID())
	}
	return b.s.keep(b.field.ID(), b.input.Value())
}

func (b *box) text() string {
	text := strings.TrimSpace(b.input.Value())
	if b.field.Shape == model.Line {
		text = strings.Join(strings.Fields(text), " ")
	}
	return text
}

// Closed saves what is written.
func (b *box) Closed() kit.Action { return b.save() }

// save saves what is written; where that can't be done, it stays kept.
func (b *box) save() kit.Action {
	text := b.text()
	if text == b.began {
		return kit.Cmd(b.s.forget(b.field.ID()))
	}
	now := model.Writing{}
	*b.field.Text(&now) = text
	how, source := model.ByPerson, ""
	if b.snippet.Text != "" && text == strings.TrimSpace(sanitize.Input(b.snippet.Text)) {
		how, source = model.BySnippet, b.snippet.Name
	}
	return b.s.set(b.field, b.was, now, how, source)
}

// Click does nothing: the cursor moves by keys.
func (b *box) Click(int) (kit.Action, bool) { return nil, false }

// Lines are the field's name and the keys, as many as there is room for, and the box.
func (b *box) Lines(room int) []string {
	label := b.field.Label
	hints := []string{"enter save", "tab save and next", "esc keep as draft", "ctrl+t quote the clause",
		"ctrl+o snippets", "alt+enter new line"}
	for _, hint := range hints {
		if next := label + "  " + hint; ansi.StringWidth(next) <= b.W {
			label = next
		}
	}
	lines := []string{b.Theme.Title.Styled(b.Cut(label, b.W))}
	for l := range strings.SplitSeq(b.input.View(), "\n") {
		if len(lines) < room {
			lines = append(lines, ansi.Truncate(l, b.W, ""))
		}
	}
	return lines
}

// pickSnippet lists the snippets, and goes on writing with the one chosen.
func (b *box) pickSnippet() kit.Action {
	if len(b.Config.Snippets) == 0 {
		none := "No snippets (add them under [snippets] in the settings file)"
		return kit.All{b.goOn("", ""), kit.Status{Text: none}}
	}
	fill := b.s.fill()
	var choices []kit.Choice
	for _, n := range b.Config.Snippets {
		choices = append(choices, kit.Choice{
			Name: n.Name + ": " + n.Text, Do: kit.Send{Msg: snippetMsg{b, n.Name, config.Expand(n.Text, fill)}},
		})
	}
	p, cmd := b.NewPicker("Snippets", choices)
	return kit.OpenDialog{Dialog: &returning{Picker: p, to: b}, Cmd: cmd}
}

// returning is a picker over the box, which leads back to it when it is left.
type returning struct {
	*kit.Picker
	to *box
}

// Closed goes on writing.
func (r *returning) Closed() kit.Action { return r.to.goOn("", "") }

// goOn opens the box again, with a snippet more.
func (b *box) goOn(name, text string) kit.Action {
	b.ticking = false // its tick finds another dialog
	if text != "" {
		b.snippet = config.Named{Name: name, Text: text}
		b.input.InsertString(sanitize.Input(text))
	}
	return kit.All{kit.OpenDialog{Dialog: b, Cmd: b.input.Focus()}, kit.Cmd(b.scheduleKeep())}
}

// quote is the first clause's words on one line.
func (s *Screen) quote() string {
	provisions := s.draft.Preview.Provisions
	if len(provisions) == 0 {
		return ""
	}
	return "“" + strings.TrimSpace(sanitize.Line(provisions[0].Quote.Text)) + "”"
}

// fill is what replaces the placeholders of a snippet.
func (s *Screen) fill() config.Fill {
	r := s.draft.Preview
	f := config.Fill{Platform: sanitize.Line(r.Platform.Name), Type: sanitize.Line(r.Type)}
	if !r.To.CapturedAt.IsZero() {
		f.Date = r.To.CapturedAt.Format(time.DateOnly)
	}
	if len(r.Clauses) == 0 {
		return f
	}
	if first := r.Clauses[0]; first.Old != nil {
		f.Old = strings.TrimSpace(sanitize.Line(first.Old.Text))
	}
	if first := r.Clauses[0]; first.New != nil {
		f.New = strings.TrimSpace(sanitize.Line(first.New.Text))
	}
	return f
}
