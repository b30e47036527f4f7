// Package tui is the desk: platforms, queue, side-by-side review, record
// preview, help. It shows and asks; what is decided goes to the store at once,
// through the interface below, in commands and never in Update.
//
// The Model routes: messages to what asked for them, keys to the prompt, else to
// the screen that is shown, else to the judge. Each screen stands in a file of
// its own, with what it reads at its head.
//
// Invariants:
//   - Every result carries the number of its request; a late one is dropped.
//   - Decisions are sent one after the other, each based on the revision the one
//     before it made, so that fast keys are not refused as stale.
//   - Leaving waits for decisions that are on their way.
//   - All text that came from outside is made safe (tui/safetext) before it is
//     measured or drawn.
package tui

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/terms"
	"fineprint/tui/keys"
	"fineprint/tui/safetext"
	"fineprint/tui/theme"
)

// Desk is the part of a store that the desk works on.
type Desk interface {
	platformLister
	queueLister
	changeReader
	recordPreviewer
	decider
}

// Options say what the desk works on and how.
type Options struct {
	Desk  Desk
	Actor string
	Clock func() time.Time
	ASCII bool
	// Export writes the approved records and returns how many.
	Export func(ctx context.Context, format, path string) (int, error)
	// Markdown writes a record for the preview.
	Markdown func(terms.Record) string
}

// Run opens the desk until it is left. The error of a cancelled context is
// returned as it is.
func Run(ctx context.Context, o Options, program ...tea.ProgramOption) error {
	p := tea.NewProgram(New(ctx, o), append([]tea.ProgramOption{tea.WithContext(ctx)}, program...)...)
	_, err := p.Run()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, tea.ErrInterrupted) {
		return context.Canceled
	}
	if err != nil {
		return fmt.Errorf("running the desk: %w", err)
	}
	return nil
}

// Model is the desk: its screens, and what routes between them.
type Model struct {
	*env
	screens   []screen // a stack; the last one is shown
	platforms *platforms
	queue     *queue
	review    *review
	judge     *judge
	prompt    *prompt
}

// New makes the desk's model.
func New(ctx context.Context, o Options) *Model {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	e := &env{ctx: ctx, o: o, dark: true, theme: theme.New(true, o.ASCII)}
	m := &Model{env: e, platforms: &platforms{env: e, desk: o.Desk}, queue: &queue{env: e, desk: o.Desk}, review: &review{env: e, desk: o.Desk}}
	m.judge = &judge{env: e, desk: o.Desk, ask: m.ask, took: m.took, open: m.review.open}
	m.review.ask = m.ask
	m.platforms.enter = m.list
	m.queue.open = m.review.open
	m.queue.empty = func() bool { return m.platforms.read && len(m.platforms.rows) == 0 }
	m.review.place = func() (int, int) { return m.queue.at.cursor + 1, len(m.queue.page.Changes) }
	m.screens = []screen{m.platforms, m.queue}
	m.arrange()
	return m
}

// Init asks for the lists and the terminal's background.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(m.queue.load(), m.platforms.load(), tea.RequestBackgroundColor)
}

type exportMsg struct {
	path string
	n    int
	err  error
}

func (m *Model) screen() screen { return m.screens[len(m.screens)-1] }

func (m *Model) push(s screen) {
	m.screens = append(m.screens, s)
	m.arrange()
}

// arrange counts the lines that are taken, for the screen to fill the rest.
func (m *Model) arrange() {
	m.taken = len(m.screen().head())
	if m.prompt != nil {
		m.taken += m.prompt.height()
	}
}

// Update routes a message to what it is about.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.route(msg)
	m.arrange()
	return m, cmd
}

func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
		m.fit()
	case tea.BackgroundColorMsg:
		m.dark = msg.IsDark()
		m.theme = theme.New(m.dark, m.o.ASCII)
		m.fit()
	case queueMsg:
		m.queue.got(msg)
	case platformsMsg:
		m.platforms.got(msg)
	case changeMsg:
		if msg.request == m.request && m.fine(msg.err) {
			m.show(msg)
		}
	case previewMsg:
		if msg.request == m.request && m.fine(msg.err) {
			m.push(&text{env: m.env, of: keys.Preview, title: "Record preview", body: msg.lines})
		}
	case decidedMsg:
		return m.judge.decided(msg)
	case exportMsg:
		if m.fine(msg.err) {
			m.say("%s written to %s", records(msg.n), msg.path)
		}
	case editFileMsg:
		return m.openEditor(msg)
	case editedMsg:
		if m.fine(msg.err) && msg.text != "" {
			return m.judge.decide(terms.Decision{Change: msg.change, Action: terms.ActionSet, Summary: &msg.text}, m.target())
		}
	case tea.MouseWheelMsg:
		by := 3
		if msg.Button == tea.MouseWheelUp {
			by = -3
		}
		m.screen().scroll(by)
	case tea.KeyPressMsg:
		return m.key(msg)
	case tea.PasteMsg:
		if m.prompt != nil {
			return m.prompt.update(msg)
		}
	}
	return nil
}

// fit has everything that is open lay itself out anew.
func (m *Model) fit() {
	if m.prompt != nil {
		m.prompt.resize()
	}
	m.arrange()
	for _, s := range []screen{m.platforms, m.queue, m.review, m.screen()} {
		s.fit()
	}
}

// key handles a key: a prompt takes it first, then the screen, then the judge.
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
	m.message = "" // what the last key did is read by now
	command := keys.On(m.screen().name(), msg.String())
	if command == "" {
		if s := msg.String(); len(s) == 1 {
			m.say("%s does nothing here; ? lists the keys", safetext.Line(s))
		}
		return nil
	}
	return m.run(command)
}

func (m *Model) run(c keys.Command) tea.Cmd {
	if cmd, ok := m.screen().run(c); ok {
		return cmd
	}
	if m.move(c) {
		return nil
	}
	if cmd, ok := m.leads(c); ok {
		return cmd
	}
	return m.judge.run(c, m.target())
}

// move scrolls, which is the same on every screen.
func (m *Model) move(c keys.Command) bool {
	page := max(1, m.height()-2)
	by, ok := map[keys.Command]int{keys.Down: 1, keys.Up: -1, keys.PageDown: page, keys.PageUp: -page, keys.Top: -1 << 30, keys.Bottom: 1 << 30}[c]
	if ok {
		m.screen().scroll(by)
	}
	return ok
}

// leads carries out what leads from one screen to another.
func (m *Model) leads(c keys.Command) (tea.Cmd, bool) {
	switch c {
	case keys.NextChange:
		return m.toChange(1), true
	case keys.PrevChg:
		return m.toChange(-1), true
	case keys.Back:
		return m.back(), true
	case keys.Quit:
		return m.judge.leave(), true
	case keys.Reload:
		return tea.Batch(m.queue.load(), m.platforms.load()), true
	case keys.Filter:
		return m.askFilter(), true
	case keys.Show:
		return m.preview(m.o.Desk, m.target().id), true
	case keys.ShowHelp:
		m.push(&text{env: m.env, of: keys.Help, title: "Keys of the " + string(m.screen().name()), body: keys.Lines(m.screen().name())})
	case keys.Export:
		return m.ask("Export the approved records (.json .jsonl .csv .md)", "records.md", m.export), true
	default:
		return nil, false
	}
	return nil, true
}

func (m *Model) ask(label, value string, done func(string) tea.Cmd) tea.Cmd {
	p, cmd := m.newPrompt(label, value, done)
	m.prompt, m.message = p, ""
	return cmd
}

func (m *Model) askFilter() tea.Cmd {
	return m.ask("Filter by platform/type (* and ? allowed; empty: all)", m.queue.filter.Match, func(s string) tea.Cmd {
		if s != "" && !strings.ContainsAny(s, "*?") {
			s = "*" + s + "*"
		}
		m.queue.filter.Match = s
		m.queue.at.cursor = 0
		if m.screen() == screen(m.platforms) {
			m.push(m.queue)
		}
		return m.queue.load()
	})
}

// list opens the queue of a platform.
func (m *Model) list(slug string) tea.Cmd {
	m.queue.filter.Platform = slug
	m.queue.at = list{}
	m.push(m.queue)
	return m.queue.load()
}

// show puts a change on the review screen.
func (m *Model) show(msg changeMsg) {
	if m.screen() != screen(m.review) {
		m.screens = []screen{m.platforms, m.queue}
		m.push(m.review)
	}
	m.review.show(msg)
}

// toChange opens the next or previous change of the queue.
func (m *Model) toChange(by int) tea.Cmd {
	if !m.queue.step(by) {
		return nil
	}
	return m.review.open(m.queue.current())
}

// target is the change the keys are about.
func (m *Model) target() target {
	if s, ok := m.screen().(interface{ target() target }); ok {
		return s.target()
	}
	return target{}
}

// took brings the screens in step with a decision and goes on after one that
// ends a review.
func (m *Model) took(d terms.Decision, r terms.Review) tea.Cmd {
	m.review.took(r)
	m.queue.took(r)
	reviewing := m.screen() == screen(m.review)
	switch d.Action {
	case terms.ActionSet:
		return nil
	case terms.ActionUndo, terms.ActionRedo:
		if reviewing {
			return m.review.open(r.Change)
		}
		return m.queue.load()
	}
	if !reviewing {
		return m.queue.load()
	}
	if m.queue.next() {
		return m.review.open(m.queue.current())
	}
	message := m.message
	cmd := m.back()
	m.message = message
	return cmd
}

// back leaves a screen, and the desk from its first one.
func (m *Model) back() tea.Cmd {
	m.message = ""
	if len(m.screens) == 1 {
		return m.judge.leave()
	}
	from := m.screen()
	m.screens = m.screens[:len(m.screens)-1]
	if from == screen(m.review) {
		m.review.close()
		return tea.Batch(m.queue.load(), m.platforms.load())
	}
	return nil
}

func (m *Model) export(path string) tea.Cmd {
	if path == "" {
		return nil
	}
	format, ctx, export := strings.TrimPrefix(filepath.Ext(path), "."), m.ctx, m.o.Export
	return func() tea.Msg {
		n, err := export(ctx, format, path)
		return exportMsg{safetext.Line(path), n, err}
	}
}

// The least size the desk is drawn at, in cells.
const (
	minWidth  = 60
	minHeight = 20
)

// View draws the screen.
func (m *Model) View() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	v.WindowTitle = "Fineprint"
	switch {
	case m.w == 0 || m.h == 0:
	case m.w < minWidth || m.h < minHeight:
		v.Content = m.cut(fmt.Sprintf("Fineprint needs %d×%d, this is %d×%d. Make the window larger; nothing is lost.", minWidth, minHeight, m.w, m.h), m.w)
	default:
		v.Content = strings.Join(m.lines(), "\n")
	}
	return v
}

// lines draws head, body, prompt, status and footer: exactly as many as the
// screen has.
func (m *Model) lines() []string {
	s := m.screen()
	lines := append(s.head(), s.lines(m.height())...)
	for len(lines) < len(s.head())+m.height() {
		lines = append(lines, "")
	}
	if m.prompt != nil {
		lines = append(lines, m.prompt.lines()...)
	}
	status := m.theme.Faint.Styled(m.cut(s.status(), m.w))
	if m.message != "" {
		style := m.theme.Good
		if m.bad {
			style = m.theme.Bad
		}
		status = style.Styled(m.cut(safetext.Line(m.message), m.w))
	}
	return append(lines, status, m.theme.Faint.Styled(keys.Footer(s.name(), m.w)))
}
