package tui

import (
	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/keys"
)

// ways are the screens that the main path leads past, and what runs beside all
// of them.
type ways struct {
	task     *task
	fetching *fetching
	activity *activity
	versions *versions
	welcome  *welcome
	settings *settings

	history   *history
	agreement *agreement

	sample *sample // to be opened once this desk is left
	atOnce bool    // it is left for good

	exportPath string // proposed for the next export
}

func newWays(m *Model) ways {
	w := ways{task: &task{env: m.env}, exportPath: m.o.Config.ExportPath}
	w.fetching = &fetching{env: m.env, task: w.task, after: m.again}
	w.versions = &versions{env: m.env, desk: m.o.Desk, push: m.push, ask: m.ask}
	w.activity = &activity{env: m.env, desk: m.o.Desk, fetching: w.fetching, open: m.review.open, versions: m.toVersions}
	w.history = &history{env: m.env, desk: m.o.Desk, open: m.review.open}
	w.agreement = &agreement{env: m.env, desk: m.o.Desk, open: m.review.open}
	w.settings = &settings{env: m.env, use: m.use}
	w.welcome = &welcome{env: m.env, do: m.run, why: m.noWay}
	return w
}

// again reads anew what is open.
func (m *Model) again() tea.Cmd {
	cmds := []tea.Cmd{m.load()}
	for _, s := range m.screens {
		if s, ok := s.(interface{ again() tea.Cmd }); ok {
			cmds = append(cmds, s.again())
		}
	}
	return tea.Batch(cmds...)
}

// goes carries out what leads to a screen beside the main path, or begins
// something that runs on.
func (m *Model) goes(c keys.Command) (tea.Cmd, bool) {
	switch c {
	case keys.ToActivity:
		m.push(m.activity)
		return m.activity.again(), true
	case keys.ToHistory:
		return m.toHistory(), true
	case keys.ToAgreement:
		m.push(m.agreement)
		return m.agreement.again(), true
	case keys.ToSettings:
		m.push(m.settings)
		return m.settings.load(), true
	case keys.ToVersions:
		return m.toVersions(m.target().document), true
	case keys.Fetch:
		return m.fetching.start("", false), true
	case keys.Cancel:
		m.task.stop()
		return nil, true
	case keys.Track:
		return m.askTrack(), true
	case keys.Import:
		return m.askImport(), true
	case keys.Sample:
		return m.lookAround(), true
	}
	return nil, false
}

// noWay says why a command of goes isn't possible now, "" when it is.
func (m *Model) noWay(c keys.Command) string {
	switch {
	case c == keys.ToHistory && m.review.clause() < 0:
		return "the reader is at no clause that changed"
	case c == keys.ToSettings && m.o.Settings == nil:
		return "this desk has no settings"
	case c == keys.Fetch && m.o.Fetch == nil:
		return "this desk can't fetch"
	case c == keys.Fetch && m.task.running:
		return m.task.job.what + " is under way"
	case c == keys.Cancel && !m.task.running:
		return "nothing is under way"
	case c == keys.Track && (m.o.Track == nil || m.o.Suggest == nil), c == keys.Import && m.o.Import == nil, c == keys.Sample && m.o.Sample == nil:
		return "this desk can't"
	case (c == keys.Track || c == keys.Import || c == keys.Sample) && m.task.running:
		return m.task.job.what + " is under way"
	}
	return ""
}

// toVersions opens the versions of a document.
func (m *Model) toVersions(document model.ID) tea.Cmd {
	v := m.versions
	v.at, v.rows, v.read, v.err, v.marked, v.document = list{}, nil, false, nil, 0, model.Document{}
	m.push(v)
	return v.load(document)
}

// clause is the clause change that the reader is at, -1 when at none.
func (r *review) clause() int {
	if at := r.row(); r.detail != nil && at < len(r.body) && r.body[at].Clause < len(r.detail.Change.Clauses) {
		return r.body[at].Clause
	}
	return -1
}

// toHistory follows the clause that the reader is at through the versions.
func (m *Model) toHistory() tea.Cmd {
	d, h := m.review.detail, m.history
	*h = history{env: h.env, desk: h.desk, open: h.open, request: request{asked: h.asked}, how: h.how, title: d.Document.Platform.Name + " / " + d.Document.Type}
	m.push(h)
	return h.load(d.Change.ID, m.review.clause())
}
