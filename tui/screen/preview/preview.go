// Package preview is the screen of the record that approving a change would make, to
// read. It is not for the record itself: the store makes it, and export writes it.
package preview

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/glamour/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
	"fineprint/tui/theme"
)

// Reader is what the screen reads.
type Reader interface {
	PreviewRecord(ctx context.Context, change model.ID) (model.Record, error)
}

// Screen is the screen of a record's lines.
type Screen struct {
	*kit.Common
	desk     Reader
	markdown func(model.Record) string // writes a record
	lines    []string
	top      int
	asked    int // number of the newest preview asked for
}

var (
	_ kit.Screen  = (*Screen)(nil)
	_ kit.Updater = (*Screen)(nil)
)

// New makes the screen of records that markdown writes; one is opened on it.
func New(c *kit.Common, desk Reader, markdown func(model.Record) string) *Screen {
	return &Screen{Common: c, desk: desk, markdown: markdown}
}

// Name is preview.
func (s *Screen) Name() keys.Screen { return keys.Preview }

// Head is the title, and how far it is scrolled.
func (s *Screen) Head() []string {
	return []string{s.TitleBar("Record preview", s.Percent(s.top, len(s.lines)))}
}

// Status is nothing.
func (s *Screen) Status() string { return "" }

// Fit keeps the screen filled.
func (s *Screen) Fit() { s.Scroll(0) }

// Facts are those of the desk: nothing is decided here.
func (s *Screen) Facts() keys.Facts { return s.DeskFacts }

// Commands lists nothing: there is only moving about.
func (s *Screen) Commands() []keys.Command { return nil }

// Run carries out nothing.
func (s *Screen) Run(keys.Command) (kit.Action, bool) { return nil, false }

// Scroll moves by lines.
func (s *Screen) Scroll(by int) {
	s.top = max(0, min(s.top+by, len(s.lines)-s.Height()))
}

// Lines are those of the record that are in sight.
func (s *Screen) Lines(height int) []string {
	end := min(len(s.lines), s.top+height)
	lines := make([]string, 0, height)
	for _, l := range s.lines[min(s.top, end):end] {
		lines = append(lines, ansi.Truncate(l, s.W, ""))
	}
	return lines
}

type previewMsg struct {
	request int
	lines   []string
	err     error
}

// Open draws the record that approving a change would make; it is shown once it
// was drawn.
func (s *Screen) Open(id model.ID) tea.Cmd {
	ctx, desk := s.Ctx, s.desk
	return s.show(func() (model.Record, error) { return desk.PreviewRecord(ctx, id) })
}

// Show draws a record that is there already.
func (s *Screen) Show(r model.Record) tea.Cmd {
	return s.show(func() (model.Record, error) { return r, nil })
}

func (s *Screen) show(read func() (model.Record, error)) tea.Cmd {
	s.asked++
	draw, request, markdown := s.drawer(), s.asked, s.markdown
	return func() tea.Msg {
		r, err := read()
		if err != nil {
			return previewMsg{request: request, err: err}
		}
		out, err := draw(sanitize.Text(markdown(r)))
		return previewMsg{request, strings.Split(strings.TrimRight(out, "\n"), "\n"), err}
	}
}

// Update shows the record that was drawn.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	got, ok := msg.(previewMsg)
	if !ok {
		return nil, false
	}
	if got.request != s.asked || !s.ReportError(got.err) {
		return nil, true
	}
	s.lines, s.top = got.lines, 0
	return kit.Push{Screen: s}, true
}

// bracketed writes what was deleted and inserted in brackets in place of elements,
// which text that is escaped can't hold by itself.
var bracketed = strings.NewReplacer("<del>", theme.DeleteOpen, "</del>", theme.DeleteClose,
	"<ins>", theme.InsertOpen, "</ins>", theme.InsertClose)

// drawer returns what draws Markdown for the screen as it is now. In
// ASCII that is the Markdown itself, wrapped: Glamour's style for it draws
// bullets that are not ASCII, and breaks lines twice.
func (s *Screen) drawer() func(string) (string, error) {
	width, style := min(s.W-2, 100), "light"
	if s.Dark {
		style = "dark"
	}
	if s.ASCII {
		return func(text string) (string, error) { return ansi.Wrap(bracketed.Replace(text), width, ""), nil }
	}
	return func(text string) (string, error) {
		renderer, err := glamour.NewTermRenderer(glamour.WithStandardStyle(style), glamour.WithWordWrap(width))
		if err != nil {
			return "", err
		}
		return renderer.Render(bracketed.Replace(text))
	}
}
