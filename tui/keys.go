package tui

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/glamour/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/terms"
	"fineprint/tui/keys"
	"fineprint/tui/redlineview"
	"fineprint/tui/safetext"
)

// prompt asks for one line of text.
type prompt struct {
	label string
	input textinput.Model
	done  func(text string) tea.Cmd
}

func (m *Model) ask(label, value string, done func(string) tea.Cmd) tea.Cmd {
	in := textinput.New()
	in.Prompt = "> "
	in.SetValue(value)
	in.CursorEnd()
	in.SetVirtualCursor(true)
	styles := textinput.DefaultStyles(m.dark)
	styles.Cursor.Blink = false
	in.SetStyles(styles)
	m.prompt = &prompt{label: label, input: in, done: done}
	m.prompt.resize(m.w)
	m.status = ""
	return m.prompt.input.Focus()
}

func (p *prompt) resize(w int) { p.input.SetWidth(max(10, w-4)) }

func (p *prompt) height() int { return 2 }

func (p *prompt) update(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	p.input, cmd = p.input.Update(msg)
	return cmd
}

// key handles a key: a prompt takes it first, then the screen's command.
func (m *Model) key(msg tea.KeyPressMsg) tea.Cmd {
	if m.prompt != nil {
		switch msg.String() {
		case "esc", "ctrl+c":
			m.prompt = nil
			return nil
		case "enter":
			p := m.prompt
			m.prompt = nil
			return p.done(strings.TrimSpace(p.input.Value()))
		}
		return m.prompt.update(msg)
	}
	m.status = "" // what the last key did is read by now
	command := keys.On(m.screen(), msg.String())
	if command == "" {
		if s := msg.String(); len(s) == 1 {
			m.say("%s does nothing here; ? lists the keys", safetext.Line(s))
		}
		return nil
	}
	if cmd, ok := m.moveKey(command); ok {
		return cmd
	}
	if cmd, ok := m.viewKey(command); ok {
		return cmd
	}
	return m.judgeKey(command)
}

func (m *Model) moveKey(c keys.Command) (tea.Cmd, bool) {
	page := max(1, m.height()-2)
	switch c {
	case keys.Down:
		m.scroll(1)
	case keys.Up:
		m.scroll(-1)
	case keys.PageDown:
		m.scroll(page)
	case keys.PageUp:
		m.scroll(-page)
	case keys.Top:
		m.scroll(-1 << 30)
	case keys.Bottom:
		m.scroll(1 << 30)
	case keys.NextClause:
		m.toClause(1)
	case keys.PrevClause:
		m.toClause(-1)
	case keys.NextChange:
		return m.toChange(1), true
	case keys.PrevChg:
		return m.toChange(-1), true
	case keys.Back:
		return m.back(), true
	case keys.Quit:
		return m.leave(), true
	default:
		return nil, false
	}
	return nil, true
}

// toClause scrolls to the next or previous clause change that is unfolded.
func (m *Model) toClause(by int) {
	for i := m.offset + by; i >= 0 && i < len(m.body); i += by {
		if m.body[i].Head {
			before := m.offset
			m.offset = i
			m.scroll(0)
			if m.offset == before && by > 0 {
				m.say("the last clause change is in sight")
			}
			return
		}
	}
	m.say("no further clause change")
}

// toChange opens the next or previous change of the queue.
func (m *Model) toChange(by int) tea.Cmd {
	next := m.queue.cursor + by
	if next < 0 || next >= len(m.page.Changes) {
		m.say("no further change in the queue")
		return nil
	}
	m.queue.cursor = next
	m.queue.fit(m.height())
	return m.open(m.page.Changes[next].ID)
}

func (m *Model) viewKey(c keys.Command) (tea.Cmd, bool) {
	switch c {
	case keys.Open:
		return m.enter(), true
	case keys.Reload:
		return tea.Batch(m.load(), m.loadPlatforms()), true
	case keys.Filter:
		return m.ask("Filter by platform/type (* and ? allowed; empty: all)", m.filter.Match, func(s string) tea.Cmd {
			if s != "" && !strings.ContainsAny(s, "*?") {
				s = "*" + s + "*"
			}
			m.filter.Match = s
			m.queue.cursor = 0
			if m.screen() == keys.Platforms {
				m.screens = append(m.screens, keys.Queue)
			}
			return m.load()
		}), true
	case keys.States:
		m.nextState()
		return m.load(), true
	case keys.Layout:
		if m.w < redlineview.MinSplit {
			m.say("side by side needs a window of %d columns, this one has %d", redlineview.MinSplit, m.w)
			return nil, true
		}
		m.layout.Inline = !m.layout.Inline
	case keys.Whole:
		m.layout.Whole = !m.layout.Whole
	case keys.Folded:
		m.layout.Immaterial = !m.layout.Immaterial
	case keys.Show:
		return m.showPreview(), true
	case keys.ShowHelp:
		m.text = keys.Lines(m.screen())
		m.preview = list{n: len(m.text)}
		m.screens = append(m.screens, keys.Help)
	case keys.Export:
		return m.ask("Export the approved records (.json .jsonl .csv .md)", "records.md", m.export), true
	default:
		return nil, false
	}
	m.relayout()
	return nil, true
}

func (m *Model) enter() tea.Cmd {
	if m.screen() == keys.Queue {
		return m.open(m.current())
	}
	m.filter.Platform = ""
	if i := m.platforms.cursor - 1; i >= 0 && i < len(m.rows) {
		m.filter.Platform = m.rows[i].Slug
	}
	m.queue = list{}
	m.screens = append(m.screens, keys.Queue)
	return m.load()
}

var queueStates = []terms.State{terms.Pending, terms.Snoozed, terms.Dismissed, terms.Approved, ""}

// nextState goes round the states a queue is listed by; "" is all.
func (m *Model) nextState() {
	at := 0
	for i, s := range queueStates {
		if s == m.filter.State && !m.filter.AllState || s == "" && m.filter.AllState {
			at = i
		}
	}
	if m.filter.State == "" && !m.filter.AllState {
		at = 0
	}
	next := queueStates[(at+1)%len(queueStates)]
	m.filter.State, m.filter.AllState = next, next == ""
	m.queue.cursor = 0
}

func (m *Model) showPreview() tea.Cmd {
	id := m.current()
	m.request++
	request, draw := m.request, m.markdownDrawer()
	return func() tea.Msg {
		r, err := m.o.Desk.PreviewRecord(m.ctx, id)
		if err != nil {
			return previewMsg{request: request, err: err}
		}
		out, err := draw(safetext.Text(m.o.Markdown(r)))
		return previewMsg{request, strings.Split(strings.TrimRight(out, "\n"), "\n"), err}
	}
}

// markdownDrawer returns what draws Markdown for the screen as it is now. In
// ASCII that is the Markdown itself, wrapped: Glamour's style for it draws
// bullets that are not ASCII, and breaks lines twice.
func (m *Model) markdownDrawer() func(string) (string, error) {
	width, style := min(m.w-2, 100), "light"
	if m.dark {
		style = "dark"
	}
	if m.o.ASCII {
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

func (m *Model) export(path string) tea.Cmd {
	if path == "" {
		return nil
	}
	format := strings.TrimPrefix(filepath.Ext(path), ".")
	return func() tea.Msg {
		n, err := m.o.Export(m.ctx, format, path)
		return exportMsg{safetext.Line(path), n, err}
	}
}

// editFileMsg says that the summary is in a file for the editor.
type editFileMsg struct {
	change        terms.ID
	summary, file string
	err           error
}

// edit writes the summary to a file for $EDITOR; openEditor goes on.
func (m *Model) edit() tea.Cmd {
	if m.detail == nil {
		return nil
	}
	msg := editFileMsg{change: m.detail.Change.ID, summary: m.detail.Review.Summary}
	return func() tea.Msg {
		dir, err := os.MkdirTemp("", "fineprint-*")
		if err == nil {
			msg.file = filepath.Join(dir, "summary.txt")
			err = os.WriteFile(msg.file, []byte(msg.summary+"\n"), 0o600)
		}
		if err != nil {
			msg.err = fmt.Errorf("can't make a file for the editor: %w", err)
		}
		return msg
	}
}

func (m *Model) openEditor(msg editFileMsg) tea.Cmd {
	if !m.fine(msg.err) {
		return nil
	}
	words := strings.Fields(cmp.Or(os.Getenv("VISUAL"), os.Getenv("EDITOR"), "vi"))
	if len(words) == 0 {
		words = []string{"vi"}
	}
	command := exec.CommandContext(context.WithoutCancel(m.ctx), words[0], append(words[1:], msg.file)...)
	return tea.ExecProcess(command, func(err error) tea.Msg {
		defer func() { _ = os.RemoveAll(filepath.Dir(msg.file)) }()
		if err != nil {
			return editedMsg{change: msg.change, err: fmt.Errorf("%s failed, the summary is unchanged: %w", words[0], err)}
		}
		body, err := os.ReadFile(msg.file)
		text := strings.TrimSpace(string(body))
		if text == msg.summary {
			text = ""
		}
		return editedMsg{msg.change, text, err}
	})
}
