package tui

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/redlineview"
	"fineprint/tui/sanitize"
)

// versionReader is what the versions screen reads.
type versionReader interface {
	Document(ctx context.Context, id model.ID) (model.Document, error)
	Versions(ctx context.Context, document model.ID) ([]model.Version, error)
	CompareVersions(ctx context.Context, document model.ID, from, to int) (model.ChangeDetail, error)
}

// versions is the screen of all versions of one document, the newest first, of
// which any two can be compared.
type versions struct {
	*env
	desk     versionReader
	push     func(screen)
	ask      func(question) tea.Cmd
	at       list
	document model.Document
	rows     []model.Version // the newest first
	marked   int             // seq of the version that another is compared with, 0 for none
	compared int             // number of the newest comparison asked for
	request
}

type (
	versionsMsg struct {
		request  int
		document model.Document
		rows     []model.Version
		err      error
	}
	comparedMsg struct {
		request int
		detail  model.ChangeDetail
		laid    *redlineview.Layouter
		err     error
	}
)

// load reads the versions of a document.
func (v *versions) load(id model.ID) tea.Cmd {
	request, ctx, desk := v.next(), v.ctx, v.desk
	v.document.ID = id
	return func() tea.Msg {
		d, err := desk.Document(ctx, id)
		if err != nil {
			return versionsMsg{request: request, err: err}
		}
		rows, err := desk.Versions(ctx, id)
		return versionsMsg{request, d, rows, err}
	}
}

func (v *versions) again() tea.Cmd { return v.load(v.document.ID) }

func (v *versions) answer(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case versionsMsg:
		if v.answered(&v.request, msg.request, msg.err) {
			v.got(msg)
		}
	case comparedMsg:
		if msg.request == v.compared && v.fine(msg.err) {
			v.push(newComparison(v.env, v.ask, msg.detail, msg.laid))
		}
	default:
		return nil, false
	}
	return nil, true
}

// got takes the versions in and keeps the cursor on the one it was on.
func (v *versions) got(msg versionsMsg) {
	at := v.current().Seq
	v.document, v.rows = msg.document, make([]model.Version, 0, len(msg.rows))
	for i := len(msg.rows) - 1; i >= 0; i-- {
		if msg.rows[i].Seq == at {
			v.at.cursor = len(v.rows)
		}
		v.rows = append(v.rows, msg.rows[i])
	}
	v.at.n = len(v.rows)
	v.fit()
}

func (v *versions) current() model.Version {
	if v.at.cursor < len(v.rows) {
		return v.rows[v.at.cursor]
	}
	return model.Version{}
}

func (v *versions) name() keys.Screen { return keys.Versions }
func (v *versions) head() []string {
	return []string{v.bar("Versions: "+v.document.Platform.Name+" / "+v.document.Type, v.counted(len(v.rows), "version"))}
}
func (v *versions) scroll(by int) { v.at.move(by, v.height()) }
func (v *versions) fit()          { v.at.fit(v.height()) }

func (v *versions) status() string {
	c := v.current()
	if v.marked > 0 && c.Seq != v.marked {
		return fmt.Sprintf("%s compares version %d with this one", v.keys.Key(keys.Open), v.marked)
	}
	text := "SHA-256 of the text " + c.TextSHA256
	if c.Failure != "" {
		text = c.Failure
	}
	return sanitize.Line(text)
}

func (v *versions) lines(height int) []string {
	if v.failed(len(v.rows)) {
		return v.failure("The versions of this document", keys.Versions, v.err)
	}
	if !v.read {
		return nil
	}
	var lines []string
	for i := v.at.top; i < v.at.n && len(lines) < height; i++ {
		lines = append(lines, v.mark(i == v.at.cursor, v.line(v.rows[i])))
	}
	return lines
}

func (v *versions) line(r model.Version) string {
	sign := " "
	if r.Seq == v.marked {
		sign = v.theme.Signs.Marked
	}
	layout, when := "2006-01-02 15:04", 16
	if v.w < 76 {
		layout, when = time.DateOnly, 10
	}
	line := fmt.Sprintf("%s %4d  %s  %s %9s", sign, r.Seq, v.pad(r.CapturedAt.Format(layout), when), v.pad(sanitize.Line(string(r.Kind)), 11), humanize.Bytes(int64(r.TextBytes)))
	if v.w >= 76 {
		line += "  " + sanitize.Line(r.TextSHA256[:min(8, len(r.TextSHA256))])
	}
	return line + "  " + sanitize.Line(origin(r.Origin))
}

// origin says in short how a version came.
func origin(p model.Provenance) string {
	if a := p.Archive; a != nil {
		return a.Repo + " " + a.Commit[:min(8, len(a.Commit))]
	}
	if p.URL != "" {
		return string(p.Method) + " " + or(p.FinalURL, p.URL)
	}
	return string(p.Method)
}

func (v *versions) whyNot(c keys.Command) string {
	switch {
	case c != keys.Open && c != keys.Mark:
	case len(v.rows) == 0:
		return "there is no version here"
	case c == keys.Open && v.marked == v.current().Seq:
		return "this version is marked; move to the one to compare it with"
	case c == keys.Open && v.marked == 0 && v.current().Seq == 1:
		return "there is no version before the first one"
	}
	return ""
}

func (v *versions) run(c keys.Command) (tea.Cmd, bool) {
	switch c {
	case keys.Open:
		return v.compare(), true
	case keys.Mark:
		seq := v.current().Seq
		if v.marked == seq {
			v.marked = 0
			return nil, true
		}
		if v.marked > 0 {
			return v.compare(), true
		}
		v.marked = seq
		v.say("version %d is marked; move to another one, %s compares them", seq, v.keys.Key(keys.Open))
		return nil, true
	}
	return nil, false
}

// compare compares the version under the cursor with the marked one, else with
// the one before it; the older one is always the old side.
func (v *versions) compare() tea.Cmd {
	from, to := v.current().Seq-1, v.current().Seq
	if v.marked > 0 {
		from, to = min(v.marked, to), max(v.marked, to)
	}
	v.compared++
	request, ctx, desk, id := v.compared, v.ctx, v.desk, v.document.ID
	return func() tea.Msg {
		d, err := desk.CompareVersions(ctx, id, from, to)
		if err != nil {
			return comparedMsg{request: request, err: err}
		}
		return comparedMsg{request, d, redlineview.New(d), nil}
	}
}

// click selects a row, and compares the one that is selected.
func (v *versions) click(line, _ int) tea.Cmd {
	if !v.at.clicked(line, everyRow) || v.whyNot(keys.Open) != "" {
		return nil
	}
	return v.compare()
}
