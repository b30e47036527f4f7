// Package clauses is the screen of the clauses of one version of a document: it is read
// from top to bottom, and provision records are begun of what is telling. It is not for
// writing those (package record), nor for what changed (package review).
package clauses

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// Reader is what the screen reads.
type Reader interface {
	Document(ctx context.Context, id model.ID) (model.Document, error)
	VersionClauses(ctx context.Context, document model.ID, seq int) (model.Version, []model.VersionClause, error)
}

// Screen is the screen of the clauses of a version.
type Screen struct {
	*kit.Common
	desk     Reader
	document model.Document
	version  model.Version
	rows     []model.VersionClause
	marks    map[int]bool // by the clause's number
	at       kit.List
	text     []string // of the clause under the cursor, laid out
	top      int      // of it
	begin    int      // byte of the text to begin at, until it was read
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

// Open reads the clauses of a version, forgetting those shown before.
// The cursor begins at the clause that stands at a byte of the text.
func (s *Screen) Open(document model.ID, seq, at int) tea.Cmd {
	*s = Screen{Common: s.Common, desk: s.desk, Request: kit.Request{Asked: s.Asked}, marks: map[int]bool{}, begin: at}
	return s.load(document, seq)
}

type clausesMsg struct {
	request  int
	document model.Document
	version  model.Version
	rows     []model.VersionClause
	err      error
}

func (s *Screen) load(id model.ID, seq int) tea.Cmd {
	s.document.ID, s.version.Seq = id, seq
	request, ctx, desk := s.Next(), s.Ctx, s.desk
	return func() tea.Msg {
		d, err := desk.Document(ctx, id)
		if err != nil {
			return clausesMsg{request: request, err: err}
		}
		v, rows, err := desk.VersionClauses(ctx, id, seq)
		return clausesMsg{request, d, v, rows, err}
	}
}

// Reload reads the clauses again: which of them have records may have changed.
func (s *Screen) Reload() tea.Cmd { return s.load(s.document.ID, s.version.Seq) }

// Update takes in the clauses.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	got, ok := msg.(clausesMsg)
	if !ok {
		return nil, false
	}
	if s.Answered(&s.Request, got.request, got.err) {
		s.document, s.version, s.rows = got.document, got.version, got.rows
		s.at.N = len(s.rows)
		s.toBegin()
		s.Fit()
	}
	return nil, true
}

// toBegin puts the cursor on the clause to begin at, once.
func (s *Screen) toBegin() {
	for i, c := range s.rows {
		if s.begin > 0 && c.Start <= s.begin {
			s.at.Cursor = i
		}
	}
	s.begin = 0
}

func (s *Screen) current() model.VersionClause {
	if s.at.Cursor < len(s.rows) {
		return s.rows[s.at.Cursor]
	}
	return model.VersionClause{}
}

// Clause is the clause under the cursor.
func (s *Screen) Clause() model.ClauseRef {
	return model.ClauseRef{Document: s.document.ID, Seq: s.version.Seq, Clause: s.current().Number}
}

// Name is clauses.
func (s *Screen) Name() keys.Screen { return keys.Clauses }

// Head is the document and version, and how many clauses it has.
func (s *Screen) Head() []string {
	of := s.document.Platform.Name + " / " + s.document.Type
	right := s.Counted(len(s.rows), "clause")
	if n := len(s.marks); n > 0 {
		right = fmt.Sprintf("%d marked, %s", n, right)
	}
	version := fmt.Sprintf("version %d", s.version.Seq)
	if !s.version.CapturedAt.IsZero() {
		version += ", captured " + s.version.CapturedAt.Format(time.DateOnly)
	}
	return []string{s.TitleBar("Clauses: "+of, right), s.Theme.Faint.Styled(s.Cut(version, s.W))}
}

// shown is how many lines the list has, listed and width how wide it and the text are:
// side by side in a wide window, else one above the other.
func (s *Screen) shown() int {
	if s.beside() {
		return s.Height()
	}
	return max(3, s.Height()/2)
}

const minBeside = 100

func (s *Screen) beside() bool { return s.W >= minBeside }

func (s *Screen) listed() int {
	if s.beside() {
		return s.W * 45 / 100
	}
	return s.W
}

func (s *Screen) width() int {
	if s.beside() {
		return min(90, s.W-s.listed()-3)
	}
	return min(90, s.W)
}

func (s *Screen) room() int {
	if s.beside() {
		return s.Height()
	}
	return max(1, s.Height()-s.shown()-1)
}

// Scroll moves the cursor.
func (s *Screen) Scroll(by int) {
	before := s.at.Cursor
	s.at.Move(by, s.shown())
	if s.at.Cursor != before {
		s.top = 0
		s.Fit()
	}
}

// Fit lays out the clause under the cursor.
func (s *Screen) Fit() {
	s.at.Fit(s.shown())
	s.text = nil
	if s.W == 0 || len(s.rows) == 0 {
		return
	}
	c := s.current()
	if path := sanitize.Line(strings.Join(c.Heading, " > ")); path != "" {
		for _, l := range s.Wrap(path, s.width()) {
			s.text = append(s.text, s.Theme.Title.Styled(s.Cut(l, s.width())))
		}
		s.text = append(s.text, "")
	}
	for _, l := range s.Wrap(strings.TrimSpace(sanitize.Text(c.Text)), s.width()) {
		s.text = append(s.text, s.Cut(l, s.width()))
	}
	s.page(0)
}

func (s *Screen) page(by int) { s.top = max(0, min(s.top+by, len(s.text)-s.room())) }

// Status is how to begin a record.
func (s *Screen) Status() string {
	if len(s.rows) == 0 {
		return ""
	}
	what := "of this clause"
	switch n := len(s.marks); {
	case n == 1:
		what = "of the marked clause"
	case n > 1:
		what = fmt.Sprintf("of the %d marked clauses", n)
	}
	text := fmt.Sprintf("%s begins a record %s; %s marks", s.Keys.Key(keys.NewRecordOfMarked), what,
		s.Keys.Key(keys.Mark))
	if p := s.current().Provision; p != "" {
		text += fmt.Sprintf("; this clause is %s and has a record", sanitize.Line(string(p)))
	}
	return text
}

// Lines are the clauses, and the one under the cursor in full.
func (s *Screen) Lines(height int) []string {
	if s.Failed(len(s.rows)) {
		return s.Failure("The clauses of this version", keys.Clauses, s.Err)
	}
	if !s.Read {
		return nil
	}
	if len(s.rows) == 0 {
		return []string{"", "  This version has no clauses."}
	}
	var list []string
	for i := s.at.Top; i < s.at.N && len(list) < s.shown(); i++ {
		list = append(list, s.row(i))
	}
	text := s.text[min(s.top, len(s.text)):min(s.top+s.room(), len(s.text))]
	if !s.beside() {
		rule := s.Theme.Border.Styled(strings.Repeat(s.Theme.Signs.Rule, s.W))
		lines := append(append(list, rule), text...)
		return lines[:min(height, len(lines))]
	}
	lines := make([]string, 0, height)
	for n := range min(height, max(len(list), len(text))) {
		left, right := "", ""
		if n < len(list) {
			left = list[n]
		}
		if n < len(text) {
			right = text[n]
		}
		lines = append(lines, s.Pad(left, s.listed())+" "+s.Theme.Border.Styled(s.Theme.Signs.Separator)+" "+right)
	}
	return lines
}

// row is a clause of the list: its number, whether it is marked or has a record, and how
// it begins.
func (s *Screen) row(i int) string {
	c := s.rows[i]
	mark, record := " ", " "
	if s.marks[c.Number] {
		mark = s.Theme.Signs.Marked
	}
	if c.Provision != "" {
		record = "R"
	}
	words := sanitize.Line(sanitize.Clip(strings.TrimSpace(c.Text), s.W))
	line := s.Pad(fmt.Sprintf("%s%s %4d  %s", mark, record, c.Number, words), s.listed()-2)
	if i == s.at.Cursor {
		return s.Theme.Selected.Styled("> " + line)
	}
	return ansi.Truncate("  "+line, s.listed(), "")
}

// Facts report whether there is a clause under the cursor.
func (s *Screen) Facts() keys.Facts {
	f := s.DeskFacts
	f.Clause = len(s.rows) > 0
	if !f.Clause {
		f.NoItem = "no clause here"
	}
	return f
}

// compare compares the clause under the cursor with those of other platforms.
func (s *Screen) compare() kit.Action {
	c, d := s.current(), s.document
	return kit.OpenComparison{Of: kit.Comparison{
		Title:  sanitize.Line(d.Platform.Name + " / " + d.Type),
		Clause: c.Provision, Document: d.ID, Seq: s.version.Seq, At: model.ByteRange{Start: c.Start, End: c.End},
		New: model.NewRecordRequest{Document: d.ID, Seq: s.version.Seq, Clauses: []int{c.Number}},
	}}
}

var handlers = kit.Handlers[*Screen]{
	keys.Mark: func(s *Screen) kit.Action {
		n := s.current().Number
		if s.marks[n] {
			delete(s.marks, n)
		} else {
			s.marks[n] = true
		}
		s.Scroll(1)
		return nil
	},
	keys.NewRecordOfMarked: (*Screen).record,
	keys.CompareClause:     (*Screen).compare,
	keys.ToRecords:         func(s *Screen) kit.Action { return kit.OpenRecords{Document: s.document.ID} },
	keys.ClauseDown:        func(s *Screen) kit.Action { s.page(max(1, s.room()-1)); return nil },
	keys.ClauseUp:          func(s *Screen) kit.Action { s.page(-max(1, s.room()-1)); return nil },
}

// record makes a record of the clauses that are marked, or of the one under the cursor.
// The marks are done with then.
func (s *Screen) record() kit.Action {
	r := model.NewRecordRequest{Document: s.document.ID, Seq: s.version.Seq}
	for _, c := range s.rows {
		if s.marks[c.Number] {
			r.Clauses = append(r.Clauses, c.Number)
		}
	}
	if len(r.Clauses) == 0 {
		r.Clauses = []int{s.current().Number}
	}
	clear(s.marks)
	return kit.BeginRecord{Request: r}
}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) { return handlers.Run(s, c) }

// Click goes to the clause that is clicked on.
func (s *Screen) Click(line, x int) kit.Action {
	if at := s.at.Top + line; line < s.shown() && at < s.at.N && x < s.listed() {
		s.Scroll(at - s.at.Cursor)
	}
	return nil
}
