// Package tui is the desk: platforms, queue, side-by-side review, record
// preview, the history of a clause, versions and their comparison, activity,
// agreement, settings, and the welcome on an empty store. It shows and asks; what
// is decided goes to the store at once, through the interface below, in commands
// and never in Update.
//
// It is not for fetching, storing or exporting: functions among its Options do
// that, and one that is nil leaves out what it is for. It compares no texts
// itself (store/text/redline does, for tui/redlineview) and it knows no state machine:
// what is allowed the store says, by its answer.
//
// The Model routes (tui.go) messages to what asked for them. A key is a command
// of the screen that is shown (tui/keys), unless an overlay takes it or it has to
// wait; a command goes to the screen, else to what leads from one to another, else
// to the judge (dispatch.go). Each screen stands in a file of its own, with what
// it reads at its head; ways.go holds those that the main path leads past.
//
// Invariants:
//   - Every result carries the number of its request; a late one is dropped.
//   - Decisions are sent one after the other, each based on the revision the one
//     before it made, so that fast keys are not refused as stale. One that is stale
//     all the same, by another's hand, is shown beside theirs and never sent again
//     unasked.
//   - Keys pressed while it isn't settled which change they are about are held.
//   - Leaving waits for decisions that are on their way.
//   - All text that came from outside is made safe (tui/sanitize) before it is
//     measured or drawn.
//   - A desk that stands still does nothing: only a summary that is being written
//     ticks, for its draft to be saved.
//
// Decision: the queue holds all rows of the state it lists and narrows, sorts and
// groups them itself, so that each keystroke of a filter shows at once; a store
// asked at each key would have to be read anew.
package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/keys"
	"fineprint/tui/sanitize"
)

// Desk is the part of a store that the desk works on.
type Desk interface {
	platformLister
	queueLister
	changeReader
	recordPreviewer
	decider
	versionReader
	activityReader
	clauseHistorian
	agreementReader
	precedents
	drafter
	placeKeeper
}

// Model is the desk: its screens, and what routes between them.
type Model struct {
	*env
	screens   []screen // a stack; the last one is shown
	platforms *platforms
	queue     *queue
	review    *review
	judge     *judge
	ways              // the other screens, and what runs beside them
	over      overlay // nil when none is open
	previews  int     // number of the newest preview asked for
	held      []tea.KeyPressMsg
	place     place
}

// New makes the desk's model.
func New(ctx context.Context, o Options) *Model {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Tick == nil {
		o.Tick = tea.Tick
	}
	if o.Config.Palette == "" {
		o.Config = config.Default()
	}
	if len(o.Keys) == 0 {
		o.Keys, _ = config.Remap(keys.All, o.Config.Keys) // what is refused is among the problems
	}
	e := &env{ctx: ctx, o: o, keys: o.Keys, dark: o.Config.Background != config.Light, proposal: model.Review{Confidence: model.HighConfidence, Basis: model.Explicit}}
	e.colour()
	m := &Model{env: e, platforms: &platforms{env: e, desk: o.Desk}, queue: newQueue(e, o.Desk), review: &review{env: e, desk: o.Desk}}
	m.judge = &judge{env: e, desk: o.Desk, ask: m.ask, over: m.openOver, took: m.took, open: m.review.open, drafts: map[model.ID]model.Draft{}, moved: map[based]model.Review{}, quit: m.quit, quote: m.review.quote, fill: m.review.fill}
	m.review.ask = m.ask
	m.platforms.enter, m.platforms.ask = m.list, m.ask
	m.queue.open = m.review.open
	m.queue.empty = func() bool { return m.platforms.read && len(m.platforms.rows) == 0 }
	m.review.ours = m.judge.deciding
	m.review.place = func() (at, of int) {
		if d := m.review.detail; d == nil || d.Change.ID != m.queue.current() {
			return 0, 0
		}
		return m.queue.place()
	}
	m.screens = []screen{m.platforms, m.queue}
	m.ways = newWays(m)
	if problem := config.Summary(o.Problems); problem != "" {
		m.message, m.bad = problem, true
	}
	m.arrange()
	return m
}

// Init asks for where the desk was left and then for the lists, for the drafts
// and the terminal's background, and begins to listen for what others write.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(m.loadPlace(), m.judge.loadDrafts(), m.listen(), tea.RequestBackgroundColor)
}

func (m *Model) load() tea.Cmd { return tea.Batch(m.queue.load(), m.platforms.load()) }

// changedMsg says that the store was written to.
type changedMsg struct{ err error }

// listen waits in a command for the store to be written to, so that a desk that
// stands still does nothing.
func (m *Model) listen() tea.Cmd {
	changed, ctx := m.o.Changed, m.ctx
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
	return tea.Batch(m.again(), m.listen())
}

func (m *Model) screen() screen { return m.screens[len(m.screens)-1] }

func (m *Model) push(s screen) {
	m.screens = append(m.screens, s)
	m.arrange()
}

// Update routes a message to what it is about.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmds := []tea.Cmd{m.route(msg)}
	for len(m.held) > 0 && !m.between() {
		next := m.held[0]
		m.held = m.held[1:]
		cmds = append(cmds, m.key(next))
	}
	m.arrange()
	return m, tea.Batch(cmds...)
}

// between reports that it isn't settled yet which change the next key is about:
// one is being opened, or an act is on its way that leads on to the next. Keys
// pressed meanwhile are held back, so that none hits the wrong change however
// fast they come.
func (m *Model) between() bool {
	return m.over == nil && (m.review.opening || m.judge.busy() || m.queue.loading && m.queue.wanted != "")
}

func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
		m.fit()
	case tea.BackgroundColorMsg:
		if m.o.Config.Background == config.Auto {
			m.dark = msg.IsDark()
		}
		m.colour()
		m.fit()
	case tea.MouseWheelMsg:
		by := 3
		if msg.Button == tea.MouseWheelUp {
			by = -3
		}
		m.screen().scroll(by)
	case tea.MouseClickMsg:
		return m.click(msg.Mouse())
	case tea.KeyPressMsg:
		return m.key(msg)
	case tea.PasteMsg:
		if m.over != nil {
			return m.over.update(tea.PasteMsg{Content: sanitize.Input(msg.Content)})
		}
	case changedMsg:
		return m.refresh(msg)
	case taskMsg:
		return m.task.got(msg)
	default:
		return m.answer(msg)
	}
	return nil
}

// answer routes what commands answer.
func (m *Model) answer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case queueMsg:
		return m.queue.got(msg)
	case platformsMsg:
		m.platforms.got(msg)
		m.greet()
	case placeMsg:
		return m.restore(msg)
	case changeMsg:
		return m.opened(msg)
	case hintMsg:
		m.review.hinted(msg)
	case previewMsg:
		if msg.request == m.previews && m.fine(msg.err) {
			m.push(&text{env: m.env, of: keys.Preview, title: "Record preview", body: msg.lines})
		}
	case decidedMsg:
		return m.judge.decided(msg)
	case precedentMsg:
		return m.judge.followPrecedent(msg)
	case staleMsg:
		return m.judge.showBoth(msg)
	case lastMsg:
		return m.judge.recalled(msg)
	case draftsMsg:
		m.judge.gotDrafts(msg)
	case draftKeptMsg:
		m.fine(msg.err)
	case placeKeptMsg:
		m.fine(msg.err)
	case doneMsg:
		if m.fine(msg.err) {
			m.say("%s", msg.what)
		}
	case citedMsg:
		return m.cited(msg)
	case editFileMsg:
		return m.openEditor(msg)
	case editedMsg:
		if m.fine(msg.err) && msg.text != "" {
			return m.judge.decide(model.Decision{Change: msg.change, Action: model.ActionSet, Summary: &msg.text}, m.target())
		}
	default:
		for i := len(m.screens) - 1; i >= 0; i-- {
			if s, ok := m.screens[i].(interface{ answer(tea.Msg) (tea.Cmd, bool) }); ok {
				if cmd, took := s.answer(msg); took {
					return cmd
				}
			}
		}
		if m.over != nil {
			return m.over.update(msg)
		}
	}
	return nil
}

// doneMsg says what a command did, or why it did not.
type doneMsg struct {
	what string
	err  error
}

func (m *Model) ask(q question) tea.Cmd { return m.openOver(m.newPrompt(q)) }

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

// opened takes in a change that was asked for.
func (m *Model) opened(msg changeMsg) tea.Cmd {
	if msg.request != m.review.asked {
		return nil
	}
	m.review.opening = false
	if !m.fine(msg.err) {
		return nil
	}
	m.show(msg)
	return m.judge.hint(msg.request, msg.detail)
}

// target is the change the keys are about.
func (m *Model) target() target {
	if s, ok := m.screen().(interface{ target() target }); ok {
		return s.target()
	}
	return target{}
}

// took brings the screens in step with what was decided and goes on after an act
// that ends a review.
func (m *Model) took(a act, reviews []model.Review) tea.Cmd {
	reviewing := m.screen() == screen(m.review)
	for _, r := range reviews {
		m.review.took(r)
	}
	switch a[0].Action {
	case model.ActionSet:
		m.queue.took(reviews)
		return nil
	case model.ActionUndo, model.ActionRedo, model.ActionReopen:
		m.queue.took(reviews)
		m.queue.wanted = reviews[0].Change
		if reviewing {
			return tea.Batch(m.review.open(reviews[0].Change), m.queue.load())
		}
		return m.queue.load()
	}
	if reviewing && m.queue.current() == reviews[0].Change && m.queue.query.AllState {
		m.queue.step(1)
	}
	m.queue.took(reviews)
	if !reviewing {
		return nil
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
	if len(m.screens) == 1 || m.screen() == screen(m.welcome) {
		return m.judge.leave()
	}
	if len(m.queue.marks) > 0 && m.screen() == screen(m.queue) {
		clear(m.queue.marks)
		m.say("marks taken away; once more leads back")
		return nil
	}
	from := m.screen()
	m.screens = m.screens[:len(m.screens)-1]
	if from == screen(m.review) {
		m.review.close()
		return m.load()
	}
	return nil
}
