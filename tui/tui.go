// Package tui is the desk: platforms, queue, side-by-side review, record
// preview, help. It shows and asks; what is decided goes to the store at once,
// through the interface below, in commands and never in Update.
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
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"fineprint/store/terms"
	"fineprint/tui/keys"
	"fineprint/tui/redlineview"
	"fineprint/tui/theme"
)

// Desk is the part of a store that the desk works on.
type Desk interface {
	Platforms(ctx context.Context) ([]terms.PlatformRow, error)
	Queue(ctx context.Context, f terms.QueueFilter) (terms.QueuePage, error)
	Change(ctx context.Context, id terms.ID) (terms.ChangeDetail, error)
	Decide(ctx context.Context, d terms.Decision) (terms.Review, error)
	PreviewRecord(ctx context.Context, change terms.ID) (terms.Record, error)
	LastDecision(ctx context.Context, actor string) (terms.ID, error)
	LastUndone(ctx context.Context, actor string) (terms.ID, error)
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

// Model is the desk's state.
type Model struct {
	ctx     context.Context
	o       Options
	w, h    int
	dark    bool
	theme   theme.Theme
	screens []keys.Screen // a stack; the last one is shown
	request int           // number of the newest request

	platforms list
	rows      []terms.PlatformRow
	queue     list
	page      terms.QueuePage
	filter    terms.QueueFilter
	loading   bool

	detail  *terms.ChangeDetail
	layout  redlineview.Options
	body    []redlineview.Row
	offset  int
	clause  int
	preview list
	text    []string // of the preview or the help

	prompt  *prompt
	status  string
	bad     bool
	waiting []terms.Decision // the first is on its way
	leaving bool
}

// list is a cursor and a scroll position over n lines.
type list struct{ cursor, top, n int }

func (l *list) move(by, height int) {
	l.cursor = max(0, min(l.cursor+by, l.n-1))
	l.fit(height)
}

func (l *list) fit(height int) {
	l.cursor = max(0, min(l.cursor, l.n-1))
	l.top = max(0, min(l.top, l.cursor))
	if l.cursor >= l.top+height {
		l.top = l.cursor - height + 1
	}
}

// New makes the desk's model.
func New(ctx context.Context, o Options) *Model {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	m := &Model{ctx: ctx, o: o, dark: true, screens: []keys.Screen{keys.Platforms, keys.Queue}}
	m.theme = theme.New(m.dark, o.ASCII)
	return m
}

// Init asks for the lists and the terminal's background.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(m.load(), m.loadPlatforms(), tea.RequestBackgroundColor)
}

type (
	queueMsg struct {
		request int
		page    terms.QueuePage
		err     error
	}
	platformsMsg struct {
		rows []terms.PlatformRow
		err  error
	}
	changeMsg struct {
		request int
		detail  terms.ChangeDetail
		err     error
	}
	previewMsg struct {
		request int
		lines   []string
		err     error
	}
	exportMsg struct {
		path string
		n    int
		err  error
	}
	editedMsg struct {
		change terms.ID
		text   string
		err    error
	}
)

func (m *Model) screen() keys.Screen { return m.screens[len(m.screens)-1] }

// height is how many lines the list or text of a screen has.
func (m *Model) height() int {
	used := 3
	if m.screen() == keys.Review {
		used = 5
	}
	if m.prompt != nil {
		used += m.prompt.height()
	}
	return max(1, m.h-used)
}

// Update routes a message to what it is about.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
		m.relayout()
		if m.prompt != nil {
			m.prompt.resize(m.w)
		}
	case tea.BackgroundColorMsg:
		m.dark = msg.IsDark()
		m.theme = theme.New(m.dark, m.o.ASCII)
		m.relayout()
	case queueMsg:
		m.gotQueue(msg)
	case platformsMsg:
		if m.fine(msg.err) {
			m.rows = msg.rows
			m.platforms.n = len(m.rows) + 1
		}
	case changeMsg:
		if msg.request == m.request && m.fine(msg.err) {
			m.show(msg.detail)
		}
	case previewMsg:
		if msg.request == m.request && m.fine(msg.err) {
			m.text, m.preview = msg.lines, list{n: len(msg.lines)}
			m.screens = append(m.screens, keys.Preview)
		}
	case decidedMsg:
		return m, m.decided(msg)
	case exportMsg:
		if m.fine(msg.err) {
			m.say("%s written to %s", records(msg.n), msg.path)
		}
	case editFileMsg:
		return m, m.openEditor(msg)
	case editedMsg:
		if m.fine(msg.err) && msg.text != "" {
			return m, m.decide(terms.Decision{Change: msg.change, Action: terms.ActionSet, Summary: &msg.text})
		}
	case tea.MouseWheelMsg:
		by := 3
		if msg.Button == tea.MouseWheelUp {
			by = -3
		}
		m.scroll(by)
	case tea.KeyPressMsg:
		return m, m.key(msg)
	case tea.PasteMsg:
		if m.prompt != nil {
			return m, m.prompt.update(msg)
		}
	}
	return m, nil
}

func (m *Model) say(format string, args ...any) {
	m.status, m.bad = fmt.Sprintf(format, args...), false
}

// fine shows an error in the status line and reports whether there was none.
func (m *Model) fine(err error) bool {
	if err == nil {
		return true
	}
	m.status, m.bad = sentence(err), true
	return false
}

// sentence leaves of an error what the reader doesn't see on the screen already.
func sentence(err error) string {
	s := err.Error()
	for _, known := range []error{terms.ErrIncomplete, terms.ErrNotAllowed, terms.ErrInvalid, terms.ErrStale} {
		if errors.Is(err, known) {
			if _, rest, found := strings.Cut(s, known.Error()+": "); found {
				return rest
			}
		}
	}
	return s
}

func (m *Model) load() tea.Cmd {
	m.request++
	m.loading = true
	request, filter := m.request, m.filter
	return func() tea.Msg {
		page, err := m.o.Desk.Queue(m.ctx, filter)
		return queueMsg{request, page, err}
	}
}

func (m *Model) loadPlatforms() tea.Cmd {
	return func() tea.Msg {
		rows, err := m.o.Desk.Platforms(m.ctx)
		return platformsMsg{rows, err}
	}
}

func (m *Model) gotQueue(msg queueMsg) {
	if msg.request != m.request {
		return
	}
	m.loading = false
	if !m.fine(msg.err) {
		return
	}
	at := m.current()
	m.page = msg.page
	m.queue.n = len(m.page.Changes)
	for i, q := range m.page.Changes {
		if q.ID == at {
			m.queue.cursor = i
		}
	}
	m.queue.fit(m.height())
}

// current is the ID of the change the keys are about, "" when there is none.
func (m *Model) current() terms.ID {
	switch {
	case m.screen() == keys.Review && m.detail != nil:
		return m.detail.Change.ID
	case m.queue.cursor < len(m.page.Changes):
		return m.page.Changes[m.queue.cursor].ID
	}
	return ""
}

func (m *Model) open(id terms.ID) tea.Cmd {
	if id == "" {
		return nil
	}
	m.request++
	request := m.request
	return func() tea.Msg {
		detail, err := m.o.Desk.Change(m.ctx, id)
		return changeMsg{request, detail, err}
	}
}

// show puts a change on the review screen.
func (m *Model) show(d terms.ChangeDetail) {
	same := m.detail != nil && m.detail.Change.ID == d.Change.ID
	m.detail = &d
	if m.screen() != keys.Review {
		m.screens = []keys.Screen{keys.Platforms, keys.Queue, keys.Review}
	}
	if !same {
		m.offset, m.clause = 0, 0
		m.layout.Immaterial = !d.Change.Material
	}
	m.relayout()
}

// relayout makes the review's rows anew and keeps the reader's place.
func (m *Model) relayout() {
	m.queue.fit(m.height())
	m.platforms.fit(m.height())
	if m.detail == nil || m.w == 0 {
		return
	}
	clause, into := -1, 0
	if m.offset < len(m.body) {
		clause = m.body[m.offset].Clause
		for i := m.offset; i > 0 && !m.body[i].Head; i-- {
			into++
		}
	}
	m.layout.Width, m.layout.Theme = m.w, m.theme
	before := len(m.body)
	m.body = redlineview.Build(*m.detail, m.layout)
	for i, r := range m.body {
		if clause >= 0 && r.Head && r.Clause == clause {
			if before > 0 {
				into = into * len(m.body) / before
			}
			m.offset = i + into
			break
		}
	}
	m.scroll(0)
}

// scroll moves what is shown by lines.
func (m *Model) scroll(by int) {
	switch m.screen() {
	case keys.Platforms:
		m.platforms.move(by, m.height())
	case keys.Queue:
		m.queue.move(by, m.height())
	case keys.Review:
		m.offset = max(0, min(m.offset+by, len(m.body)-m.height()))
	default:
		m.preview.top = max(0, min(m.preview.top+by, len(m.text)-m.height()))
	}
}

// back leaves a screen, and the desk from its first one.
func (m *Model) back() tea.Cmd {
	m.status = ""
	if len(m.screens) == 1 {
		return m.leave()
	}
	from := m.screen()
	m.screens = m.screens[:len(m.screens)-1]
	if from == keys.Review {
		m.detail, m.body = nil, nil
		return tea.Batch(m.load(), m.loadPlatforms())
	}
	return nil
}

// leave quits once no decision is on its way.
func (m *Model) leave() tea.Cmd {
	if len(m.waiting) > 0 {
		m.leaving = true
		return nil
	}
	return tea.Quit
}

func records(n int) string {
	if n == 1 {
		return "1 record"
	}
	return fmt.Sprintf("%d records", n)
}
