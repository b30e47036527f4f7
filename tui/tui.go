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
	"os"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/terms"
	"fineprint/tui/config"
	"fineprint/tui/keys"
	"fineprint/tui/safetext"
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

// Options say what the desk works on and how. Functions that are nil leave out
// what they are for, and the desk says so.
type Options struct {
	Desk  Desk
	Actor string
	Clock func() time.Time
	// Tick answers with a message after a while: tea.Tick when nil.
	Tick  func(after time.Duration, msg func(time.Time) tea.Msg) tea.Cmd
	ASCII bool
	// Config are the settings; their zero value stands for the defaults.
	Config config.Settings
	// Problems are what is wrong with the settings file, said once.
	Problems []error
	Keys     keys.Map // keys.All when empty
	Exporting
	// Fetch fetches what is due of the tracked documents that match pattern ("" for
	// all), or all of it, and tells progress as it goes. It returns soon once ctx
	// is over.
	Fetch func(ctx context.Context, pattern string, all bool, progress func(terms.FetchProgress)) error
	Intake
	// Settings reads the settings that hold; without it the defaults do.
	Settings func() Settings
	// Markdown writes a record for the preview.
	Markdown func(terms.Record) string
	// Changed blocks until the store was written to, by whomever.
	Changed func(ctx context.Context) error
	// OpenURL shows a web address in the reader's browser.
	OpenURL func(ctx context.Context, url string) error
	// Clipboard copies a text by the system's own means, where it has any.
	Clipboard func(text string) error
}

// Run opens the desk until it is left. The error of a cancelled context is
// returned as it is.
func Run(ctx context.Context, o Options, program ...tea.ProgramOption) error {
	for {
		m, err := run(ctx, o, program)
		if err != nil || m.sample == nil {
			return err
		}
		around, err := run(ctx, m.sample.o, program)
		m.sample.close()
		if err != nil || around.atOnce {
			return err
		}
	}
}

// run opens one desk until it is left.
func run(ctx context.Context, o Options, program []tea.ProgramOption) (*Model, error) {
	m := New(ctx, o)
	defer m.task.halt() // what still runs is stopped and waited for, however the desk is left
	p := tea.NewProgram(m, append([]tea.ProgramOption{tea.WithContext(ctx), tea.WithInput(&pasteFilter{File: os.Stdin})}, program...)...)
	_, err := p.Run()
	switch {
	case ctx.Err() != nil:
		err = ctx.Err()
	case errors.Is(err, tea.ErrInterrupted):
		err = context.Canceled
	case err != nil:
		err = fmt.Errorf("running the desk: %w", err)
	}
	if err != nil && m.sample != nil {
		m.sample.close()
	}
	return m, err
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
	e := &env{ctx: ctx, o: o, keys: o.Keys, dark: o.Config.Background != config.Light, proposal: terms.Review{Confidence: terms.HighConfidence, Basis: terms.Explicit}}
	e.colour()
	m := &Model{env: e, platforms: &platforms{env: e, desk: o.Desk}, queue: newQueue(e, o.Desk), review: &review{env: e, desk: o.Desk}}
	m.judge = &judge{env: e, desk: o.Desk, ask: m.ask, over: m.openOver, took: m.took, open: m.review.open, drafts: map[terms.ID]terms.Draft{}, moved: map[based]terms.Review{}, quit: m.quit, quote: m.review.quote, fill: m.review.fill}
	m.review.ask = m.ask
	m.platforms.enter, m.platforms.ask = m.list, m.ask
	m.queue.open = m.review.open
	m.queue.empty = func() bool { return m.platforms.read && len(m.platforms.rows) == 0 }
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

// arrange counts the lines that are taken, for the screen to fill the rest.
func (m *Model) arrange() {
	head := len(m.screen().head())
	m.taken = head
	if m.over != nil {
		m.taken += len(m.over.lines(m.overRoom(head)))
	}
}

// overRoom is how many lines an overlay may take: the screen keeps three.
func (m *Model) overRoom(head int) int { return max(1, m.h-2-head-3) }

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
			return m.over.update(tea.PasteMsg{Content: safetext.Input(msg.Content)})
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
	case documentMsg:
		if m.fine(msg.err) {
			return m.toVersions(msg.document)
		}
	case citedMsg:
		return m.cited(msg)
	case editFileMsg:
		return m.openEditor(msg)
	case editedMsg:
		if m.fine(msg.err) && msg.text != "" {
			return m.judge.decide(terms.Decision{Change: msg.change, Action: terms.ActionSet, Summary: &msg.text}, m.target())
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

// fit has everything that is open lay itself out anew.
func (m *Model) fit() {
	if m.over != nil {
		m.over.resize()
	}
	m.arrange()
	for _, s := range append([]screen{m.platforms, m.queue, m.review}, m.screens[min(len(m.screens), 2):]...) {
		s.fit()
	}
}

// key handles a key: an overlay takes it first, then the screen, then the judge.
func (m *Model) key(msg tea.KeyPressMsg) tea.Cmd {
	if m.between() && m.keys.On(m.screen().name(), msg.String()) != keys.Quit {
		m.held = append(m.held, msg)
		return nil
	}
	if m.over != nil {
		return m.overKey(msg)
	}
	m.message = "" // what the last key did is read by now
	command := m.keys.On(m.screen().name(), msg.String())
	if command == "" {
		if s := msg.String(); len(s) == 1 {
			m.say("%s does nothing here; %s lists the keys", safetext.Line(s), m.keys.Key(keys.ShowHelp))
		}
		return nil
	}
	return m.run(command)
}

// run carries a command out, or says why it isn't possible now.
func (m *Model) run(c keys.Command) tea.Cmd {
	if why := m.whyNot(c); why != "" {
		m.say("not now: %s", why)
		return nil
	}
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

// whyNot says why a command isn't possible now, "" when it is.
func (m *Model) whyNot(c keys.Command) string { return m.whyNotOn(c, m.target()) }

// whyNotOn is whyNot for what the keys are about, which takes a while to find
// where many are marked.
func (m *Model) whyNotOn(c keys.Command, t target) string {
	if s, ok := m.screen().(interface{ whyNot(keys.Command) string }); ok {
		if why := s.whyNot(c); why != "" {
			return why
		}
	}
	switch {
	case c == keys.Source && m.o.OpenURL == nil:
		return "there is no browser to open it in"
	case c == keys.Export && m.o.Export == nil:
		return "this desk can't export"
	case c == keys.Export && m.task.running:
		return m.task.job.what + " is under way"
	case c == keys.Source && m.screen() == screen(m.activity) && m.activity.address() != "":
		return ""
	}
	if why := m.noWay(c); why != "" {
		return why
	}
	return m.judge.whyNot(c, t)
}

// click carries out what a mouse click is on.
func (m *Model) click(at tea.Mouse) tea.Cmd {
	if at.Button != tea.MouseLeft || m.w < minWidth || m.h < minHeight {
		return nil
	}
	head := len(m.screen().head())
	switch line := at.Y - head; {
	case at.Y == m.h-1:
		x := 0
		for _, h := range m.footer() {
			if at.X >= x && at.X < x+len(h.Text) && h.Command != "" && m.over == nil {
				m.message = ""
				return m.run(h.Command)
			}
			x += len(h.Text) + footerGap
		}
	case at.Y == m.h-2 && m.message != "" && m.offer != "" && m.over == nil:
		return m.run(m.offer)
	case at.Y >= m.h-2 || line < 0:
	case line < m.height():
		if s, ok := m.screen().(interface{ click(line, x int) tea.Cmd }); ok && m.over == nil {
			m.message = ""
			return s.click(line, at.X)
		}
	case m.over != nil:
		if then := m.over.click(line - m.height()); then != nil {
			m.over = nil
			return then()
		}
	}
	return nil
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
		m.atOnce = true
		return m.judge.leave(), true
	case keys.Reload:
		return m.load(), true
	case keys.Filter:
		return m.askFilter(), true
	case keys.Saved:
		return m.pickFilter(), true
	case keys.SaveFilter:
		return m.askFilterName(), true
	case keys.Show:
		m.previews++
		return m.preview(m.o.Desk, m.target().id, m.previews), true
	case keys.ShowHelp:
		return m.openOver(m.newPicker("Keys of the "+string(m.screen().name()), m.commands(true))), true
	case keys.Palette:
		return m.openOver(m.newPicker("Commands", m.commands(false))), true
	case keys.Export:
		return m.askExport(), true
	case keys.Copy:
		return m.cite(m.o.Desk, m.target().id), true
	case keys.Source:
		return m.openSource(m.o.Desk, m.target().id), true
	}
	return m.goes(c)
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
func (m *Model) took(a act, reviews []terms.Review) tea.Cmd {
	reviewing := m.screen() == screen(m.review)
	for _, r := range reviews {
		m.review.took(r)
	}
	switch a[0].Action {
	case terms.ActionSet:
		m.queue.took(reviews)
		return nil
	case terms.ActionUndo, terms.ActionRedo, terms.ActionReopen:
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

// The least size the desk is drawn at, in cells.
const (
	minWidth  = 60
	minHeight = 20
)

// View draws the screen.
func (m *Model) View() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	if m.o.Config.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	v.WindowTitle = "Fineprint"
	if !m.o.Config.ReducedMotion {
		v.ProgressBar = m.task.bar()
	}
	if n := len(m.queue.found); n > 0 && m.screen() == screen(m.queue) {
		v.WindowTitle = fmt.Sprintf("Fineprint: %d %s", n, m.queue.state())
	}
	switch {
	case m.w == 0 || m.h == 0:
	case m.w < minWidth || m.h < minHeight:
		v.Content = m.cut(fmt.Sprintf("Fineprint needs %d×%d, this is %d×%d. Make the window larger; nothing is lost.", minWidth, minHeight, m.w, m.h), m.w)
	default:
		v.Content = strings.Join(m.lines(), "\n")
	}
	return v
}

// lines draws head, body, overlay, status and footer: exactly as many as the
// screen has.
func (m *Model) lines() []string {
	s := m.screen()
	head := s.head()
	lines := append(head, s.lines(m.height())...)
	for len(lines) < len(head)+m.height() {
		lines = append(lines, "")
	}
	if m.over != nil {
		lines = append(lines, m.over.lines(m.overRoom(len(head)))...)
	}
	status := m.theme.Faint.Styled(m.cut(s.status(), m.w))
	if m.message != "" {
		style := m.theme.Good
		if m.bad {
			style = m.theme.Bad
		}
		status = style.Styled(m.cut(m.safe(m.message), m.w))
	}
	status = m.task.beside(status)
	texts := make([]string, 0, 10)
	for _, h := range m.footer() {
		texts = append(texts, h.Text)
	}
	return append(lines, status, m.theme.Faint.Styled(strings.Join(texts, strings.Repeat(" ", footerGap))))
}

const footerGap = 2

// footer is what the last line offers.
func (m *Model) footer() []keys.Hint {
	t := m.target()
	return m.keys.Footer(m.screen().name(), m.w, footerGap, func(c keys.Command) bool { return m.whyNotOn(c, t) == "" })
}
