package tui

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/kit"
)

// do carries out what a screen, a dialog or the decisions want done.
func (m *Model) do(a kit.Action) tea.Cmd {
	switch a := a.(type) {
	case kit.Cmd:
		return tea.Cmd(a)
	case kit.All:
		cmds := make([]tea.Cmd, len(a))
		for i, one := range a {
			cmds[i] = m.do(one)
		}
		return tea.Batch(cmds...)
	case kit.Send:
		return m.answer(a.Msg)
	case kit.Status:
		m.SetStatus("%s", a.Text)
	case kit.Run:
		return m.run(a.Command)
	case kit.Ask:
		return m.openDialog(m.NewPrompt(a.Question))
	case kit.Confirm:
		return m.openDialog(m.NewConfirmation(a.Confirmation), nil)
	case kit.OpenDialog:
		return m.openDialog(a.Dialog, a.Cmd)
	case kit.Decide:
		return m.do(m.decisions.Decide(a.Decision, m.target()))
	case kit.Applied:
		m.notes.Decided()
		return tea.Batch(m.applyDecisions(a), m.notes.ReadDay())
	case kit.ReviewedElsewhere:
		if !m.decisions.Deciding(a.Review) {
			m.review.ShowElsewhere(a.Review)
		}
	case kit.Reload:
		return m.reload()
	case kit.SavePlace:
		return m.saveState()
	case kit.Refit:
		m.fit()
	case kit.Leave:
		return m.do(m.leave())
	case kit.Quit:
		return m.quit()
	case kit.EnterSample:
		m.sample = m.made
		return m.do(m.leave())
	default:
		return m.navigate(a)
	}
	return nil
}

// navigate carries out what leads from one screen to another.
func (m *Model) navigate(a kit.Action) tea.Cmd {
	switch a := a.(type) {
	case kit.Open:
		return m.review.Open(a.Change)
	case kit.ShowReview:
		if m.screen() != kit.Screen(m.review) {
			m.stack = []kit.Screen{m.platforms, m.queue}
			m.push(m.review)
		}
	case kit.Push:
		m.push(a.Screen)
	case kit.Show:
		if at := slices.Index(m.stack, a.Screen); at >= 0 {
			m.stack = m.stack[:at]
		}
		m.push(a.Screen)
	case kit.OpenVersions:
		cmd := m.versions.Open(a.Document)
		m.push(m.versions)
		return cmd
	case kit.OpenHistory:
		cmd := m.history.Open(a.Title, a.Change, a.Clause)
		m.push(m.history)
		return cmd
	case kit.ListPlatform:
		cmd := m.queue.ListPlatform(a.Slug)
		m.push(m.queue)
		return cmd
	case kit.ListQuery:
		anew := m.screen() != kit.Screen(m.queue)
		if anew {
			m.push(m.queue)
		}
		return m.queue.ListQuery(a.Query, a.Platform, anew)
	case kit.Draft:
		return m.do(m.drafts.Ask(a.Subject, false))
	case kit.OpenYear:
		m.push(m.year)
		return m.year.Open(a.Slug, a.Name)
	case kit.Go:
		return m.do(m.follow(a.ID))
	case kit.SearchTexts:
		return m.do(m.searchTexts(a))
	case kit.Browse:
		return m.browse(a.Address)
	case kit.Greet:
		m.greet()
	default:
		return m.toRecords(a)
	}
	return nil
}

// toRecords carries out what leads to provision records.
func (m *Model) toRecords(a kit.Action) tea.Cmd {
	switch a := a.(type) {
	case kit.BeginRecord:
		return m.record.Begin(a.Request)
	case kit.OpenRecord:
		return m.record.Open(a.Record)
	case kit.OpenRecords:
		cmd := m.records.Open(a.Change, a.Document)
		m.push(m.records)
		return cmd
	case kit.OpenClauses:
		cmd := m.clauses.Open(a.Document, a.Seq, a.At)
		m.push(m.clauses)
		return cmd
	case kit.OpenSearch:
		m.show(m.search)
		return m.do(m.search.Open(a.Query))
	case kit.OpenComparison:
		cmd := m.compare.Open(a.Of)
		m.show(m.compare)
		return cmd
	case kit.OpenClause:
		return m.openClause(a)
	case kit.PreviewOf:
		return m.preview.Show(a.Record)
	case kit.CopyText:
		return m.copyCitation(citedMsg{text: a.Text})
	}
	return nil
}

// show shows a screen: it goes back to it where it is below the one that is shown.
func (m *Model) show(s kit.Screen) {
	if at := slices.Index(m.stack, s); at >= 0 {
		m.stack = m.stack[:at]
	}
	m.push(s)
}

// openClause shows a clause through the versions of its document.
func (m *Model) openClause(a kit.OpenClause) tea.Cmd {
	cmd := m.history.OpenClause(a.Title, a.Clause)
	m.show(m.history)
	return cmd
}

// leave quits once nothing is on its way to the store.
func (m *Model) leave() kit.Action { return m.record.Settled(m.decisions.Leave) }

// greet puts the welcome on an empty store, and takes it away once it isn't.
func (m *Model) greet() {
	empty := m.platforms.Empty()
	for i, s := range m.stack {
		if s == kit.Screen(m.welcome) {
			if m.welcome.Begun() {
				m.stack = append(m.stack[:i:i], m.stack[i+1:]...)
			}
			return
		}
	}
	if empty && len(m.stack) <= 2 {
		m.stack = []kit.Screen{m.platforms, m.queue, m.welcome}
		m.welcome.Opened() // asks for nothing
	}
}

// applyDecisions brings the screens in step with what was decided and goes on
// after decisions that end a review.
func (m *Model) applyDecisions(a kit.Applied) tea.Cmd {
	reviewing := m.screen() == kit.Screen(m.review)
	if !reviewing {
		m.queue.SayOne(a.Reviews)
	}
	for _, r := range a.Reviews {
		m.review.Apply(r)
	}
	first := a.Reviews[0].Change
	switch a.Decisions[0].Action {
	case model.ActionSet:
		m.queue.Apply(a.Reviews)
		return nil
	case model.ActionUndo, model.ActionRedo, model.ActionReopen:
		var cmd tea.Cmd
		if m.queue.Apply(a.Reviews) {
			m.queue.GoTo(first)
		} else {
			m.queue.Want(first)
			cmd = m.queue.Load()
		}
		if reviewing {
			return tea.Batch(m.review.Open(first), cmd)
		}
		return cmd
	}
	if reviewing && m.queue.Current() == first && m.queue.Keeps() {
		m.queue.Step(1)
	}
	if known := m.queue.Apply(a.Reviews); !reviewing {
		if !known {
			return m.queue.Load()
		}
		return nil
	}
	if m.queue.Next() {
		return m.review.Open(m.queue.Current())
	}
	message := m.Message
	cmd := m.do(m.back())
	m.Message = message
	return cmd
}

// first reports whether there is no screen to go back to: from the welcome on an empty
// store there is none that shows anything.
func (m *Model) first() bool {
	return len(m.stack) == 1 || m.screen() == kit.Screen(m.welcome) && m.platforms.Empty()
}

// back leaves a screen, and the desk from its first one.
func (m *Model) back() kit.Action {
	m.Message = ""
	if m.first() {
		return kit.Leave{}
	}
	from := m.screen()
	m.stack = m.stack[:len(m.stack)-1]
	if from == kit.Screen(m.review) {
		m.review.Close()
		return kit.Cmd(m.load())
	}
	return nil
}

// doneMsg reports what a command did, or why it did not.
type doneMsg struct {
	what string
	err  error
}

// openSource shows where a change was captured in the reader's browser.
func (m *Model) openSource() kit.Action {
	ctx, open, desk, id := m.Ctx, m.o.OpenURL, m.o.Desk, m.target().ID
	return kit.Cmd(func() tea.Msg {
		d, err := desk.Change(ctx, id)
		if err != nil {
			return doneMsg{err: err}
		}
		address := kit.SourceOf(d)
		if address == "" {
			return doneMsg{err: fmt.Errorf("no web address is known for %s", id)}
		}
		return browsed(ctx, open, address)
	})
}

// browse shows a web address in the reader's browser.
func (m *Model) browse(address string) tea.Cmd {
	ctx, open := m.Ctx, m.o.OpenURL
	return func() tea.Msg { return browsed(ctx, open, address) }
}

func browsed(ctx context.Context, open func(context.Context, string) error, address string) doneMsg {
	if err := open(ctx, address); err != nil {
		return doneMsg{err: fmt.Errorf("can't open %s: %w", address, err)}
	}
	return doneMsg{what: "opened " + address}
}

// citedMsg carries a citation to the clipboard.
type citedMsg struct {
	text string
	err  error
}

// cite reads the citation of a change's record.
func (m *Model) cite() kit.Action {
	ctx, desk, id := m.Ctx, m.o.Desk, m.target().ID
	return kit.Cmd(func() tea.Msg {
		r, err := desk.PreviewRecord(ctx, id)
		return citedMsg{r.Citation, err}
	})
}

// copyCitation copies a citation by the terminal (OSC 52) and by the system's own
// clipboard where there is one.
func (m *Model) copyCitation(msg citedMsg) tea.Cmd {
	if !m.ReportError(msg.err) {
		return nil
	}
	native, text := m.o.Clipboard, msg.text
	return tea.Batch(tea.SetClipboard(text), func() tea.Msg {
		if native != nil && native(text) == nil {
			return doneMsg{what: "citation copied to the clipboard"}
		}
		return doneMsg{what: "citation sent to the terminal's clipboard"}
	})
}
