package heatmap

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/clausetype"
	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// Cell is the list of the clauses of one platform that are of one type.
type Cell struct {
	*kit.Common
	desk     Reader
	platform model.Platform
	kind     clausetype.Type
	rows     []model.TypedClause
	at       kit.List
	text     []string // of the clause under the cursor
	top      int
	kit.Request
}

var (
	_ kit.Screen   = (*Cell)(nil)
	_ kit.Updater  = (*Cell)(nil)
	_ kit.Reloader = (*Cell)(nil)
	_ kit.Clicker  = (*Cell)(nil)
)

// Open reads the clauses of a cell, forgetting those shown before.
func (s *Cell) Open(p model.Platform, t clausetype.Type) tea.Cmd {
	*s = Cell{Common: s.Common, desk: s.desk, platform: p, kind: t, Request: kit.Request{Asked: s.Asked}}
	return s.Reload()
}

type cellMsg struct {
	request int
	rows    []model.TypedClause
	err     error
}

// Reload reads the clauses again.
func (s *Cell) Reload() tea.Cmd {
	request, ctx, desk, slug, kind := s.Next(), s.Ctx, s.desk, s.platform.Slug, s.kind.ID
	if slug == "" {
		return nil
	}
	return func() tea.Msg {
		rows, err := desk.TypeClauses(ctx, slug, kind)
		return cellMsg{request, rows, err}
	}
}

// Update takes in the clauses.
func (s *Cell) Update(msg tea.Msg) (kit.Action, bool) {
	got, ok := msg.(cellMsg)
	if !ok {
		return nil, false
	}
	if s.Answered(&s.Request, got.request, got.err) {
		s.rows = got.rows
		s.at.N = len(s.rows)
		s.Fit()
	}
	return nil, true
}

func (s *Cell) current() model.TypedClause {
	if s.at.Cursor < len(s.rows) {
		return s.rows[s.at.Cursor]
	}
	return model.TypedClause{}
}

// Name is the cell.
func (s *Cell) Name() keys.Screen { return keys.Cell }

// Head is the platform and type, and what the type is.
func (s *Cell) Head() []string {
	right := s.Counted(len(s.rows), "clause")
	about := ""
	if len(s.rows) > 0 {
		about = s.Theme.Faint.Styled(s.Cut(" "+s.kind.Definition, s.W))
	}
	return []string{s.TitleBar(s.platform.Name+s.Plain(" · ")+s.kind.Name, right), about}
}

// shown is how many lines the list has, room how many the text.
func (s *Cell) shown() int { return min(max(1, s.at.N), max(3, s.Height()/2)) }
func (s *Cell) room() int  { return max(1, s.Height()-s.shown()-1) }

const widest = 90

// Scroll moves the cursor.
func (s *Cell) Scroll(by int) {
	before := s.at.Cursor
	if s.at.Move(by, s.shown()); s.at.Cursor != before {
		s.top = 0
		s.Fit()
	}
}

// Fit lays out the clause under the cursor.
func (s *Cell) Fit() {
	s.at.Fit(s.shown())
	s.text = nil
	if s.W == 0 || len(s.rows) == 0 {
		return
	}
	c, w := s.current(), min(widest, s.W)
	if path := sanitize.Line(strings.Join(c.Heading, " > ")); path != "" {
		for _, l := range s.Wrap(path, w) {
			s.text = append(s.text, s.Theme.Title.Styled(s.Cut(l, w)))
		}
	}
	for _, l := range s.Wrap(strings.TrimSpace(sanitize.Text(c.Text)), w) {
		s.text = append(s.text, s.Cut(l, w))
	}
	s.page(0)
}

func (s *Cell) page(by int) { s.top = max(0, min(s.top+by, len(s.text)-s.room())) }

// Status is since when the clause is there, when it changed, and its record.
func (s *Cell) Status() string {
	c := s.current()
	if c.Document == "" {
		return ""
	}
	text := fmt.Sprintf("%s, first seen %s", c.Document, c.FirstSeen.Format(time.DateOnly))
	if c.Clause != "" {
		text = string(c.Clause) + " in " + text
	}
	if !c.LastChanged.IsZero() {
		text += ", last changed " + c.LastChanged.Format(time.DateOnly)
	}
	if c.Record != "" {
		text += fmt.Sprintf(", %s in %s", c.Severity, c.Record)
	}
	return sanitize.Line(text)
}

// Lines are the clauses, and the one under the cursor in full.
func (s *Cell) Lines(height int) []string {
	switch {
	case s.Failed(len(s.rows)):
		return s.Failure("The clauses of this type", keys.Cell, s.Err)
	case !s.Read:
		return nil
	case len(s.rows) == 0:
		return []string{"", "  No such clause was found."}
	}
	var lines []string
	for i := s.at.Top; i < s.at.N && len(lines) < s.shown(); i++ {
		lines = append(lines, s.row(i))
	}
	lines = append(lines, s.Theme.Border.Styled(strings.Repeat(s.Theme.Signs.Rule, s.W)))
	lines = append(lines, s.text[min(s.top, len(s.text)):min(s.top+s.room(), len(s.text))]...)
	return lines[:min(len(lines), height)]
}

// row is a clause of the list: its document, when it changed, how grave it was found, and
// how it begins.
func (s *Cell) row(i int) string {
	c := s.rows[i]
	when := "as first seen"
	if !c.LastChanged.IsZero() {
		when = "changed " + humanize.Age(s.Clock().Sub(c.LastChanged)) + " ago"
	}
	line := s.Pad(s.Safe(c.Type), min(24, s.W/4)) + "  "
	if s.W >= 80 {
		line += s.Pad(when, 17) + " "
	}
	grave := s.Pad(s.Theme.Signs.Zero, 8)
	if c.Severity != "" {
		grave = s.Theme.Severity(c.Severity).Styled(s.Pad(string(c.Severity), 8))
	}
	return s.Row(i == s.at.Cursor, line+grave+" "+s.Safe(strings.TrimSpace(c.Text)))
}

// Facts report whether there is a clause under the cursor.
func (s *Cell) Facts() keys.Facts {
	f := s.DeskFacts
	f.Clause = len(s.rows) > 0
	if !f.Clause {
		f.NoItem = "no clause here"
	}
	return f
}

var cellHandlers = kit.Handlers[*Cell]{
	keys.Open: (*Cell).open,
	keys.ClauseVersions: func(s *Cell) kit.Action {
		return kit.OpenVersions{Document: s.current().Document}
	},
	keys.ClauseInVersion: func(s *Cell) kit.Action { return s.inVersion() },
	keys.CompareClause: func(s *Cell) kit.Action {
		c := s.current()
		return kit.OpenComparison{Of: kit.Comparison{
			Title: s.title(c), Clause: c.Clause, Document: c.Document, Seq: c.Version, At: c.At,
		}}
	},
	keys.ClauseDown: func(s *Cell) kit.Action { s.page(max(1, s.room()-1)); return nil },
	keys.ClauseUp:   func(s *Cell) kit.Action { s.page(-max(1, s.room()-1)); return nil },
}

func (s *Cell) title(c model.TypedClause) string {
	return sanitize.Line(c.PlatformName + " / " + c.Type)
}

// open shows the clause's history; one without an identity is shown where it stands.
func (s *Cell) open() kit.Action {
	c := s.current()
	if c.Clause == "" {
		return s.inVersion()
	}
	return kit.OpenClause{Title: s.title(c), Clause: c.Clause}
}

func (s *Cell) inVersion() kit.Action {
	c := s.current()
	return kit.OpenClauses{Document: c.Document, Seq: c.Version, At: c.At.Start}
}

// Commands lists what the screen does itself.
func (s *Cell) Commands() []keys.Command { return cellHandlers.Commands() }

// Run carries out what the screen does itself.
func (s *Cell) Run(c keys.Command) (kit.Action, bool) { return cellHandlers.Run(s, c) }

// Click selects a clause, and opens the one that is selected.
func (s *Cell) Click(line, _ int) kit.Action {
	if line >= s.shown() {
		return nil
	}
	before := s.at.Cursor
	again := s.at.Clicked(line, kit.EveryRow)
	if s.at.Cursor != before {
		s.top = 0
		s.Fit()
	}
	if again && len(s.rows) > 0 {
		return s.open()
	}
	return nil
}
