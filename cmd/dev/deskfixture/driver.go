package deskfixture

import (
	"fmt"
	"image/color"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/cmd/dev/desktest"
	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/store/registry"
	"fineprint/tui"
	"fineprint/tui/kit"
)

// Driver is a desk that answers whatever was asked before the next key comes.
type Driver struct {
	T testing.TB
	*desktest.Desk
	now time.Time
}

// Deliver sends a message and answers all that it asks for.
func (s *Driver) Deliver(msg tea.Msg) {
	s.Send(msg)
	s.Settle()
}

// Keys presses keys, each after the one before was answered and the screen was read: what
// is typed at once, without a pause, is typed by Type.
func (s *Driver) Keys(keys ...string) {
	for _, k := range keys {
		s.Pause()
		s.Press(k)
		s.Settle()
	}
}

// Pause lets so much time pass that the next key is no part of what was typed before it.
func (s *Driver) Pause() { s.now = s.now.Add(2 * kit.Pause) }

// Start begins again with a desk.
func (s *Driver) Start(on tui.Desk, width, height int, style string) {
	s.StartWith(on, width, height, style, func(*tui.Options) {})
}

// StartWith begins again with a desk that has other options.
func (s *Driver) StartWith(on tui.Desk, width, height int, style string, with func(*tui.Options)) {
	o := tui.Options{Desk: on, Fetch: NewStatic().Fetching, Settings: Settings(style == "ascii"), Actor: "ada",
		Markdown: export.RecordMarkdown, Registry: registry.Bundled(), ASCII: style == "ascii",
		Exporting: Exporting, Intake: Intake, Drafting: Drafting, Tick: atOnce,
		Clock: func() time.Time { return s.now }}
	s.now = time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	with(&o)
	s.Desk = desktest.Open(tui.New(s.T.Context(), o))
	s.Settle()
	s.Deliver(tea.WindowSizeMsg{Width: width, Height: height})
	if style == "light" {
		s.Deliver(tea.BackgroundColorMsg{Color: color.White})
	}
}

// Palette does what is found first under a name.
func (s *Driver) Palette(name string) {
	s.Keys("ctrl+p")
	for _, r := range name {
		s.Keys(string(r))
	}
	s.Keys("enter")
}

// Paragraphs is a Static desk with one change of clauses given as old and new
// text; the reason comes first where one is immaterial, "=" for what is unchanged.
func Paragraphs(clauses ...[3]string) Static {
	s := NewStatic()
	d := &s.Detail
	d.OldText, d.NewText, d.Change.Clauses = "", "", nil
	for i, c := range clauses {
		ch := model.ClauseChange{Kind: model.Modified, Material: c[0] == "", Reason: model.Reason(c[0]),
			Heading: []string{"Terms", fmt.Sprintf("%d. Part", i+1)}}
		put := func(text *string, words string) *model.ByteRange {
			if words == "" {
				return nil
			}
			e := &model.ByteRange{Start: len(*text), End: len(*text) + len(words)}
			*text += words + "\n\n"
			return e
		}
		ch.Old, ch.New = put(&d.OldText, c[1]), put(&d.NewText, c[2])
		switch {
		case c[0] == "=":
			continue
		case ch.Old == nil:
			ch.Kind = model.Added
		case ch.New == nil:
			ch.Kind = model.Removed
		}
		d.Change.Clauses = append(d.Change.Clauses, ch)
	}
	return s
}

// Read opens a Static desk's change at a size.
func Read(t *testing.T, desk Static, w, h int) *Driver {
	t.Helper()
	m := tui.New(t.Context(), tui.Options{Desk: desk, Actor: "ada"})
	s := &Driver{T: t, Desk: desktest.Open(m)}
	s.Settle()
	s.Size(w, h)
	s.Keys("enter")
	return s
}

// Size makes the window so large.
func (s *Driver) Size(w, h int) { s.Deliver(tea.WindowSizeMsg{Width: w, Height: h}) }

// Code presses keys that have no text.
func (s *Driver) Code(codes ...rune) {
	for _, c := range codes {
		s.Deliver(tea.KeyPressMsg{Code: c})
	}
}

// Page is what the screen shows, without styles.
func (s *Driver) Page() []string { return strings.Split(ansi.Strip(s.Frame()), "\n") }

// Above is the line between the head and the text that is read, and Body the lines
// under it.
func (s *Driver) Above() string { return s.Page()[s.above()] }

// Under are the lines under the head.
func (s *Driver) Under() []string { return s.Page()[s.above()+1:] }

// Body are the lines of the text that is read, and the two of the window that are under
// it: without the outline before it and the strip behind.
func (s *Driver) Body() []string {
	lines, left := s.Under(), 0
	for i, r := range []rune(s.Above()) {
		if r == '┬' || r == '+' {
			left = i + 1
		}
		if r != '─' && r != '-' {
			break
		}
	}
	for i, l := range lines[:len(lines)-2] {
		lines[i] = strings.TrimRight(ansi.Cut(l, left, ansi.StringWidth(l)-1), " ")
	}
	return lines
}

func (s *Driver) above() int {
	for i, l := range s.Page() {
		if strings.HasPrefix(l, "──") || strings.HasPrefix(l, "--") {
			return i
		}
	}
	s.T.Fatalf("no text is read:\n%s", s.Frame())
	return 0
}

// Shows fails the test unless the screen has the texts.
func (s *Driver) Shows(texts ...string) {
	s.T.Helper()
	page := strings.Join(s.Page(), "\n")
	for _, text := range texts {
		if !strings.Contains(page, text) {
			s.T.Fatalf("the screen lacks %q:\n%s", text, page)
		}
	}
}

// Numbered is a text of n words, each with its number.
func Numbered(word string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s%d ", word, i)
	}
	return strings.TrimSpace(b.String())
}

// atOnce is for what the desk waits for to come at once.
func atOnce(_ time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
	return func() tea.Msg { return msg(time.Time{}) }
}
