package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/glamour/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/sanitize"
)

// text is a screen of lines to read: the record preview, the help.
type text struct {
	*env
	of    keys.Screen
	title string
	body  []string
	top   int
}

func (t *text) name() keys.Screen                { return t.of }
func (t *text) head() []string                   { return []string{t.bar(t.title, t.percent(t.top, len(t.body)))} }
func (t *text) status() string                   { return "" }
func (t *text) fit()                             { t.scroll(0) }
func (t *text) run(keys.Command) (tea.Cmd, bool) { return nil, false }

func (t *text) scroll(by int) {
	t.top = max(0, min(t.top+by, len(t.body)-t.height()))
}

func (t *text) lines(height int) []string {
	end := min(len(t.body), t.top+height)
	lines := make([]string, 0, height)
	for _, l := range t.body[min(t.top, end):end] {
		lines = append(lines, ansi.Truncate(l, t.w, ""))
	}
	return lines
}

// recordPreviewer is what the record preview reads.
type recordPreviewer interface {
	PreviewRecord(ctx context.Context, change model.ID) (model.Record, error)
}

type previewMsg struct {
	request int
	lines   []string
	err     error
}

// preview draws the record that approving a change would make.
func (e *env) preview(desk recordPreviewer, id model.ID, request int) tea.Cmd {
	draw, ctx, markdown := e.markdownDrawer(), e.ctx, e.o.Markdown
	return func() tea.Msg {
		r, err := desk.PreviewRecord(ctx, id)
		if err != nil {
			return previewMsg{request: request, err: err}
		}
		out, err := draw(sanitize.Text(markdown(r)))
		return previewMsg{request, strings.Split(strings.TrimRight(out, "\n"), "\n"), err}
	}
}

// markdownDrawer returns what draws Markdown for the screen as it is now. In
// ASCII that is the Markdown itself, wrapped: Glamour's style for it draws
// bullets that are not ASCII, and breaks lines twice.
func (e *env) markdownDrawer() func(string) (string, error) {
	width, style := min(e.w-2, 100), "light"
	if e.dark {
		style = "dark"
	}
	if e.o.ASCII {
		return func(text string) (string, error) { return ansi.Wrap(text, width, ""), nil }
	}
	return func(text string) (string, error) {
		renderer, err := glamour.NewTermRenderer(glamour.WithStandardStyle(style), glamour.WithWordWrap(width))
		if err != nil {
			return "", err
		}
		return renderer.Render(text)
	}
}
