// Package tui is the desk: platforms, queue, side-by-side review, record
// preview, provision records and the form they are written in, the history of a clause,
// versions, their clauses and their comparison, the search of clauses, the comparison
// with other platforms, the heat map of clause types, activity,
// agreement, settings, and the welcome on an empty store. It shows and asks; what
// is decided goes to the store at once, through the interface below, in commands
// and never in Update.
//
// It is not for fetching, storing or exporting: functions among its Options do
// that, and one that is nil leaves out what it is for. It compares no texts
// itself (store/text/redline does, for tui/redlineview) and it knows no state machine:
// package review does, for the store and for the registry of commands.
//
// This package is the shell. Each screen is a package under tui/screen, with what
// it reads at its head; what decides is tui/decide, what runs meanwhile tui/jobs,
// and what they are made of tui/kit. The [Model] routes: a message goes to what
// asked for it. A key is a command of the screen that is shown (tui/keys), unless a
// dialog takes it or it has to wait; a command goes to the screen, else to the
// shell, else to the decisions (dispatch.go). They answer with an action, which the
// shell carries out at once (actions.go). A new screen is a package, a row that
// opens it and a line in New.
//
// Invariants:
//   - Every result carries the number of its request; a late one is dropped.
//   - Keys pressed while it isn't settled which change they are about are held.
//   - A desk that is left alone does nothing: only a text that is being written
//     ticks, for it to be saved.
package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/clausetypes"
	"fineprint/tui/config"
	"fineprint/tui/decide"
	"fineprint/tui/glance"
	"fineprint/tui/jobs"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/notes"
	"fineprint/tui/rules"
	"fineprint/tui/sanitize"
	"fineprint/tui/screen/activity"
	"fineprint/tui/screen/agreement"
	"fineprint/tui/screen/alerts"
	"fineprint/tui/screen/calendar"
	"fineprint/tui/screen/clauses"
	"fineprint/tui/screen/compare"
	"fineprint/tui/screen/heatmap"
	"fineprint/tui/screen/history"
	"fineprint/tui/screen/platforms"
	"fineprint/tui/screen/playbook"
	"fineprint/tui/screen/preview"
	"fineprint/tui/screen/queue"
	"fineprint/tui/screen/record"
	"fineprint/tui/screen/records"
	"fineprint/tui/screen/review"
	"fineprint/tui/screen/search"
	"fineprint/tui/screen/settings"
	"fineprint/tui/screen/versions"
	"fineprint/tui/screen/welcome"
	"fineprint/tui/screen/year"
)

// Desk is the part of a store that the desk works on.
type Desk interface {
	platforms.Reader
	queue.Reader
	review.Reader
	glance.Reader
	preview.Reader
	history.Reader
	versions.Reader
	activity.Reader
	agreement.Reader
	clauses.Reader
	records.Reader
	record.Desk
	year.Reader
	decide.Desk
	notes.Desk
	clausetypes.Desk
	stateKeeper
}

// Model is the desk: its screens, and what routes between them.
type Model struct {
	*kit.Common
	o     Options
	stack []kit.Screen // the last one is shown

	platforms *platforms.Screen
	queue     *queue.Screen
	review    *review.Screen
	preview   *preview.Screen
	history   *history.Screen
	versions  *versions.Screen
	clauses   *clauses.Screen
	records   *records.Screen
	record    *record.Screen
	search    *search.Screen
	compare   *compare.Screen
	welcome   *welcome.Screen
	year      *year.Screen
	calendar  *calendar.Screen

	decisions  *decide.Controller
	notes      *notes.Controller
	types      *clausetypes.Controller
	rules      *rules.Controller
	task       *jobs.Task
	fetching   *jobs.Fetching
	exporter   *jobs.Exporter
	drafts     *jobs.Drafts
	beginnings *jobs.Beginnings

	screens  []kit.Screen  // all there are
	updaters []kit.Updater // all that asks for something
	dialog   kit.Dialog    // nil when none is open
	held     []tea.KeyPressMsg
	made     *sample // what the sample's job made
	sample   *sample // to be opened once this desk is left
	atOnce   bool    // it is left for good
	missing  missing

	marks  map[string]place // by letter
	before model.ID         // where one was before the last jump
	typed  []string         // what was run at the command line
}

// New makes the desk's model.
func New(ctx context.Context, o Options) *Model {
	o = o.withDefaults()
	c := &kit.Common{
		Ctx: ctx, Actor: o.Actor, Clock: o.Clock, Tick: o.Tick, ASCII: o.ASCII, Config: o.Config, Keys: o.Keys,
		Dark:      o.Config.Background != config.Light,
		Proposal:  model.Review{Confidence: model.HighConfidence, Basis: model.Explicit},
		DeskFacts: keys.Facts{Has: o.abilities()},
	}
	c.ApplyTheme()
	if o.Damage != nil {
		c.Ctx, c.Work = o.Damage.Within(ctx), ctx
	}
	m := &Model{Common: c, o: o}
	m.platforms = platforms.New(c, o.Desk)
	pane := glance.New(c, o.Desk)
	m.queue = queue.New(c, o.Desk, m.platforms, pane)
	m.review = review.New(c, o.Desk, m.queue)
	m.preview = preview.New(c, o.Desk, o.Markdown)
	m.history = history.New(c, o.Desk)
	m.versions = versions.New(c, o.Desk)
	m.clauses = clauses.New(c, o.Desk)
	m.records = records.New(c, o.Desk)
	m.record = record.New(c, o.Desk, o.Registry)
	m.search = search.New(c, o.Search)
	m.compare = compare.New(c, o.Compare, m.record)
	heat, cell := heatmap.New(c, o.Types)
	m.welcome = welcome.New(c, m.platforms)
	m.year = year.New(c, o.Desk)
	m.calendar = calendar.New(c, o.Dates)
	m.decisions = decide.New(c, o.Desk, m.review)
	m.review.Drafts = m.decisions
	m.notes = notes.New(c, o.Desk)
	m.types = clausetypes.New(c, o.Desk, m.notes.Did)
	m.queue.ShowDay(func(cells int) string { return c.Today.Line(cells) })
	m.queue.ShowDue(m.calendar.Due)
	m.platforms.ShowDue(m.calendar.Due)
	m.task = jobs.NewTask(c)
	m.rules = rules.New(c, o.Alerts, m.task, m.queue.RuleFilter)
	m.fetching = jobs.NewFetching(c, m.task, o.Fetch)
	m.exporter = jobs.NewExporter(c, m.task, o.Exporting)
	m.drafts = jobs.NewDrafts(c, m.task, o.Drafting)
	m.beginnings = jobs.NewBeginnings(c, m.task, m.fetching, m.intake())
	m.screens = []kit.Screen{
		m.platforms, m.queue, m.review, m.preview, m.history, m.versions, m.welcome,
		activity.New(c, o.Desk, m.fetching), agreement.New(c, o.Desk), settings.New(c, o.Settings),
		m.clauses, m.records, m.record, m.year, m.search, m.compare, heat, cell, m.calendar, playbook.New(c, o.Held),
		alerts.New(c, o.Alerts, o.Sending, m.task),
	}
	m.updaters = []kit.Updater{m.decisions, m.notes, m.types, m.task, pane}
	for _, s := range m.screens {
		if u, ok := s.(kit.Updater); ok {
			m.updaters = append(m.updaters, u)
		}
	}
	m.stack = []kit.Screen{m.platforms, m.queue}
	if problem := config.Summary(o.Problems); problem != "" {
		m.Message, m.Bad = problem, true
	}
	m.noteDamagedFile()
	m.arrange()
	return m
}

// Init asks for where the desk was left and then for the lists, for the drafts
// and the terminal's background, and begins to listen for what others write.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(m.loadState(), m.decisions.LoadDrafts(), m.notes.ReadDay(), m.listen(), tea.RequestBackgroundColor)
}

// load reads the lists of the main path again.
func (m *Model) load() tea.Cmd {
	return tea.Batch(m.queue.Load(), m.platforms.Load(), m.calendar.LoadDue())
}

// reload reads again what is open.
func (m *Model) reload() tea.Cmd {
	cmds := []tea.Cmd{m.load()}
	for _, s := range m.stack {
		if s, ok := s.(kit.Reloader); ok {
			cmds = append(cmds, s.Reload())
		}
	}
	return tea.Batch(cmds...)
}

// changedMsg reports that the store was written to.
type changedMsg struct{ err error }

// listen waits in a command for the store to be written to, so that a desk that
// is left alone does nothing.
func (m *Model) listen() tea.Cmd {
	changed, ctx := m.o.Changed, m.Ctx
	if changed == nil {
		return nil
	}
	return func() tea.Msg { return changedMsg{changed(ctx)} }
}

// refresh reads again what is shown after the store was written to.
func (m *Model) refresh(msg changedMsg) tea.Cmd {
	if msg.err != nil {
		return nil // the context is over, or what is wrong shows with the next key
	}
	if m.o.Damage != nil {
		m.o.Damage.Forget()
	}
	return tea.Batch(m.reload(), m.notes.ReadDay(), m.listen())
}

func (m *Model) screen() kit.Screen { return m.stack[len(m.stack)-1] }

func (m *Model) push(s kit.Screen) {
	m.stack = append(m.stack, s)
	m.arrange()
}

// Update routes a message to what it is about.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmds := []tea.Cmd{m.route(msg)}
	m.noteMissing()
	for len(m.held) > 0 && !m.inputBlocked() {
		next := m.held[0]
		m.held = m.held[1:]
		cmds = append(cmds, m.key(next))
	}
	m.arrange()
	if f, ok := m.screen().(kit.Follower); ok {
		cmds = append(cmds, f.Follow())
	}
	return m, tea.Batch(cmds...)
}

// inputBlocked reports that it isn't settled yet which change the next key is
// about: one is being opened, or a decision is on its way that leads on to the
// next; or which record. Keys pressed meanwhile are held back, so that none hits the wrong change
// however fast they come.
func (m *Model) inputBlocked() bool {
	return m.dialog == nil && (m.review.Opening() || m.decisions.Busy() || m.queue.Awaiting() ||
		m.notes.Opening() || m.record.Opening())
}

func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.W, m.H = msg.Width, msg.Height
		m.fit()
	case tea.BackgroundColorMsg:
		if m.Config.Background == config.Auto {
			m.Dark = msg.IsDark()
		}
		m.ApplyTheme()
		m.fit()
	case tea.MouseMsg:
		return m.mouse(msg)
	case tea.KeyPressMsg:
		m.Pressed(msg)
		return m.key(msg)
	case tea.PasteMsg:
		if m.dialog != nil {
			return m.do(m.dialog.Update(tea.PasteMsg{Content: sanitize.Input(msg.Content)}))
		}
	default:
		return m.answer(msg)
	}
	return nil
}

// answer routes what commands answer: to the shell, else to what asked for it,
// else to the dialog.
func (m *Model) answer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case changedMsg:
		return m.refresh(msg)
	case stateMsg:
		return m.restore(msg)
	case stateSavedMsg:
		m.ReportError(msg.err)
		return nil
	case citedMsg:
		return m.copyCitation(msg)
	case doneMsg:
		if m.ReportError(msg.err) {
			m.SetStatus("%s", msg.what)
		}
		return nil
	}
	for _, u := range m.updaters {
		if a, handled := u.Update(msg); handled {
			return m.do(a)
		}
	}
	if m.dialog != nil {
		return m.do(m.dialog.Update(msg))
	}
	return nil
}
