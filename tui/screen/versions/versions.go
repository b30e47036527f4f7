// Package versions is the screen of all versions of one document, of which any two
// are compared. It is not for judging: a comparison is no change that was found and
// waits.
package versions

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/redlineview"
	"fineprint/tui/sanitize"
)

// Reader is what the screen reads.
type Reader interface {
	Document(ctx context.Context, id model.ID) (model.Document, error)
	Versions(ctx context.Context, document model.ID) ([]model.Version, error)
	CompareVersions(ctx context.Context, document model.ID, from, to int) (model.ChangeDetail, error)
}

// Screen is the screen of all versions of one document, the newest first, of
// which any two can be compared.
type Screen struct {
	*kit.Common
	desk     Reader
	at       kit.List
	document model.Document
	rows     []model.Version // the newest first
	marked   int             // seq of the version that another is compared with, 0 for none
	compared int             // number of the newest comparison asked for
	kit.Request
}

var (
	_ kit.Screen   = (*Screen)(nil)
	_ kit.Updater  = (*Screen)(nil)
	_ kit.Reloader = (*Screen)(nil)
	_ kit.Clicker  = (*Screen)(nil)
)

// New makes the screen; what it shows is opened.
func New(c *kit.Common, desk Reader) *Screen { return &Screen{Common: c, desk: desk} }

// Open reads the versions of a document, forgetting those shown before.
func (s *Screen) Open(document model.ID) tea.Cmd {
	*s = Screen{Common: s.Common, desk: s.desk, Request: kit.Request{Asked: s.Asked}, compared: s.compared}
	return s.load(document)
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
func (s *Screen) load(id model.ID) tea.Cmd {
	request, ctx, desk := s.Next(), s.Ctx, s.desk
	s.document.ID = id
	return func() tea.Msg {
		d, err := desk.Document(ctx, id)
		if err != nil {
			return versionsMsg{request: request, err: err}
		}
		rows, err := desk.Versions(ctx, id)
		return versionsMsg{request, d, rows, err}
	}
}

// Reload reads the versions again.
func (s *Screen) Reload() tea.Cmd { return s.load(s.document.ID) }

// Update takes in the versions, or shows the comparison of two.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	switch msg := msg.(type) {
	case versionsMsg:
		if s.Answered(&s.Request, msg.request, msg.err) {
			s.got(msg)
		}
	case comparedMsg:
		if msg.request == s.compared && s.ReportError(msg.err) {
			return kit.Push{Screen: newComparison(s.Common, msg.detail, msg.laid)}, true
		}
	default:
		return nil, false
	}
	return nil, true
}

// got takes the versions in and keeps the cursor on the one it was on.
func (s *Screen) got(msg versionsMsg) {
	at := s.current().Seq
	s.document, s.rows = msg.document, make([]model.Version, 0, len(msg.rows))
	for i := len(msg.rows) - 1; i >= 0; i-- {
		if msg.rows[i].Seq == at {
			s.at.Cursor = len(s.rows)
		}
		s.rows = append(s.rows, msg.rows[i])
	}
	s.at.N = len(s.rows)
	s.Fit()
}

func (s *Screen) current() model.Version {
	if s.at.Cursor < len(s.rows) {
		return s.rows[s.at.Cursor]
	}
	return model.Version{}
}

// Name is versions.
func (s *Screen) Name() keys.Screen { return keys.Versions }

// Head is the document and how many versions it has.
func (s *Screen) Head() []string {
	of := s.document.Platform.Name + " / " + s.document.Type
	return []string{s.TitleBar("Versions: "+of, s.Counted(len(s.rows), "version"))}
}

// Scroll moves the cursor.
func (s *Screen) Scroll(by int) { s.at.Move(by, s.Height()) }

// Fit keeps the cursor in sight.
func (s *Screen) Fit() { s.at.Fit(s.Height()) }

// Status is what the version under the cursor is: its hash, why it failed, or what it is compared with.
func (s *Screen) Status() string {
	c := s.current()
	if s.marked > 0 && c.Seq != s.marked {
		return fmt.Sprintf("%s compares version %d with this one", s.Keys.Key(keys.Open), s.marked)
	}
	switch {
	case c.Failure != "":
		return sanitize.Line(c.Failure)
	case c.TextSHA256 != "":
		return "SHA-256 of the text " + sanitize.Line(c.TextSHA256)
	}
	return ""
}

// Lines are the versions, the newest first.
func (s *Screen) Lines(height int) []string {
	if s.Failed(len(s.rows)) {
		return s.Failure("The versions of this document", keys.Versions, s.Err)
	}
	if !s.Read {
		return nil
	}
	if len(s.rows) == 0 {
		return []string{"", s.Cut("  No versions yet: nothing was fetched that could be read", s.W)}
	}
	var lines []string
	for i := s.at.Top; i < s.at.N && len(lines) < height; i++ {
		lines = append(lines, s.Row(i == s.at.Cursor, s.line(s.rows[i])))
	}
	return lines
}

func (s *Screen) line(r model.Version) string {
	sign := " "
	if r.Seq == s.marked {
		sign = s.Theme.Signs.Marked
	}
	layout, when := "2006-01-02 15:04", 16
	if s.W < 76 {
		layout, when = time.DateOnly, 10
	}
	line := fmt.Sprintf("%s %4d  %s  %s %9s", sign, r.Seq, s.Pad(r.CapturedAt.Format(layout), when),
		s.Pad(sanitize.Line(string(r.Kind)), 11), humanize.Bytes(int64(r.TextBytes)))
	if s.W >= 76 {
		line += "  " + sanitize.Line(r.TextSHA256[:min(8, len(r.TextSHA256))])
	}
	return line + "  " + sanitize.Line(origin(r.Origin))
}

// origin describes in short how a version came.
func origin(p model.Provenance) string {
	if a := p.Archive; a != nil {
		return a.Repo + " " + a.Commit[:min(8, len(a.Commit))]
	}
	if p.URL != "" {
		return string(p.Method) + " " + cmp.Or(p.FinalURL, p.URL)
	}
	return string(p.Method)
}

// Facts reports whether there is a version, and another to compare it with.
func (s *Screen) Facts() keys.Facts {
	f := s.DeskFacts
	if s.current().TextSHA256 == "" {
		f.NotRead = "no text was extracted from this version"
	}
	switch {
	case len(s.rows) == 0:
		f.NoItem = "no version here"
	case s.marked == s.current().Seq:
		f.NoOpen = "version selected; move to the one to compare it with"
	case s.marked == 0 && s.at.Cursor == len(s.rows)-1:
		f.NoOpen = "no version before the first"
	}
	return f
}

var handlers = kit.Handlers[*Screen]{
	keys.Open: (*Screen).compare,
	keys.Mark: (*Screen).toggleMark,
	keys.ToClauses: func(s *Screen) kit.Action {
		return kit.OpenClauses{Document: s.document.ID, Seq: s.current().Seq}
	},
	keys.ToRecords: func(s *Screen) kit.Action { return kit.OpenRecords{Document: s.document.ID} },
}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) { return handlers.Run(s, c) }

// toggleMark marks the version under the cursor, takes its mark away, or compares it
// with another that is marked.
func (s *Screen) toggleMark() kit.Action {
	seq := s.current().Seq
	switch {
	case s.marked == seq:
		s.marked = 0
	case s.marked > 0:
		return s.compare()
	default:
		s.marked = seq
		s.SetStatus("Version %d selected; move to another and press %s to compare", seq, s.Keys.Key(keys.Open))
	}
	return nil
}

// compare compares the version under the cursor with the marked one, else with
// the one before it; the older one is always the old side.
func (s *Screen) compare() kit.Action {
	older, newer := s.at.Cursor+1, s.at.Cursor
	if s.marked > 0 {
		at := slices.IndexFunc(s.rows, func(v model.Version) bool { return v.Seq == s.marked })
		older, newer = max(at, newer), min(at, newer)
	}
	if newer < 0 || older >= len(s.rows) {
		return nil
	}
	from, to := s.rows[older].Seq, s.rows[newer].Seq
	s.compared++
	request, ctx, desk, id := s.compared, s.Ctx, s.desk, s.document.ID
	return kit.Cmd(func() tea.Msg {
		d, err := desk.CompareVersions(ctx, id, from, to)
		if err != nil {
			return comparedMsg{request: request, err: err}
		}
		return comparedMsg{request, d, redlineview.New(d), nil}
	})
}

// Click selects a row, and compares the one that is selected.
func (s *Screen) Click(line, _ int) kit.Action {
	if !s.at.Clicked(line, kit.EveryRow) {
		return nil
	}
	if f := s.Facts(); f.NoItem != "" || f.NoOpen != "" {
		return nil
	}
	return s.compare()
}
