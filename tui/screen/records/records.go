// Package records is the screen of provision records: those of a change, of a document,
// or all, drafts first, to open one. It is not for writing them (package record).
package records

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/store/smallsort"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// Reader is what the screen reads.
type Reader interface {
	RecordDrafts(ctx context.Context, f model.RecordDraftFilter) ([]model.RecordDraft, error)
}

// Screen is the screen of provision records.
type Screen struct {
	*kit.Common
	desk   Reader
	scopes []scope // the first is listed
	at     kit.List
	rows   []model.RecordDraft
	kit.Request
}

// scope is whose records are listed.
type scope struct {
	name   string
	filter model.RecordDraftFilter
}

var (
	_ kit.Screen   = (*Screen)(nil)
	_ kit.Updater  = (*Screen)(nil)
	_ kit.Reloader = (*Screen)(nil)
	_ kit.Clicker  = (*Screen)(nil)
)

// New makes the screen; what it shows is opened.
func New(c *kit.Common, desk Reader) *Screen { return &Screen{Common: c, desk: desk} }

// Open lists the records of a change, with those of its document and all records one key
// away; what is "" is left out.
func (s *Screen) Open(change, document model.ID) tea.Cmd {
	s.scopes = nil
	if change != "" {
		s.scopes = append(s.scopes, scope{"of " + string(change), model.RecordDraftFilter{Change: change}})
	}
	if document != "" {
		s.scopes = append(s.scopes, scope{"of " + string(document), model.RecordDraftFilter{Document: document}})
	}
	s.scopes = append(s.scopes, scope{"all", model.RecordDraftFilter{}})
	return s.list()
}

// list reads what is listed now, forgetting what was.
func (s *Screen) list() tea.Cmd {
	s.rows, s.at = nil, kit.List{}
	s.Reset()
	return s.Reload()
}

type recordsMsg struct {
	request int
	rows    []model.RecordDraft
	err     error
}

// Reload reads the records again.
func (s *Screen) Reload() tea.Cmd {
	if len(s.scopes) == 0 {
		return nil
	}
	request, ctx, desk, filter := s.Next(), s.Ctx, s.desk, s.scopes[0].filter
	return func() tea.Msg {
		rows, err := desk.RecordDrafts(ctx, filter)
		return recordsMsg{request, rows, err}
	}
}

// Update takes in the records, drafts first and then the newest, and keeps the cursor on
// the one it was on.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	got, ok := msg.(recordsMsg)
	if !ok {
		return nil, false
	}
	if !s.Answered(&s.Request, got.request, got.err) {
		return nil, true
	}
	at := s.current().Record
	s.rows = slices.Clone(got.rows)
	smallsort.By(s.rows, func(a, b model.RecordDraft) int {
		return cmp.Or(cmp.Compare(order(a.State), order(b.State)), b.At.Compare(a.At), cmp.Compare(b.Record, a.Record))
	})
	s.at.N = len(s.rows)
	for i, r := range s.rows {
		if r.Record == at {
			s.at.Cursor = i
		}
	}
	s.Fit()
	return nil, true
}

// order is drafts before what is approved, and what was withdrawn last.
func order(s model.State) int {
	return slices.Index([]model.State{model.DraftState, model.Approved, model.WithdrawnState}, s)
}

func (s *Screen) current() model.RecordDraft {
	if s.at.Cursor < len(s.rows) {
		return s.rows[s.at.Cursor]
	}
	return model.RecordDraft{}
}

// Name is records.
func (s *Screen) Name() keys.Screen { return keys.Records }

// Head is whose records are listed, and how many.
func (s *Screen) Head() []string {
	of := ""
	if len(s.scopes) > 0 {
		of = s.scopes[0].name
	}
	return []string{s.TitleBar("Provision records: "+of, s.Counted(len(s.rows), "record"))}
}

// Scroll moves the cursor.
func (s *Screen) Scroll(by int) { s.at.Move(by, s.Height()) }

// Fit keeps the cursor in sight.
func (s *Screen) Fit() { s.at.Fit(s.Height()) }

// Status is what the record under the cursor still needs.
func (s *Screen) Status() string {
	r := s.current()
	if len(r.Missing) == 0 {
		return ""
	}
	text := "still needs "
	for i, m := range r.Missing {
		if i > 0 {
			text += ", "
		}
		text += m
	}
	return s.Safe(text)
}

// Lines are the records, or how to come to one.
func (s *Screen) Lines(height int) []string {
	switch {
	case s.Failed(len(s.rows)):
		return s.Failure("The provision records", keys.Records, s.Err)
	case !s.Read:
		return nil
	case len(s.rows) == 0:
		return s.none()
	}
	var lines []string
	for i := s.at.Top; i < s.at.N && len(lines) < height; i++ {
		lines = append(lines, s.Row(i == s.at.Cursor, s.line(s.rows[i])))
	}
	return lines
}

func (s *Screen) none() []string {
	text := fmt.Sprintf("There is no provision record here. %s on a clause of a change begins one, and so does %s on "+
		"the clauses of a version (%s in the queue, then %s).", s.Keys.Key(keys.NewRecord),
		s.Keys.Key(keys.NewRecordOfMarked), s.Keys.Key(keys.ToVersions), s.Keys.Key(keys.ToClauses))
	if len(s.scopes) > 1 {
		text += fmt.Sprintf(" %s lists those of the document, and all.", s.Keys.Key(keys.RecordScope))
	}
	lines := []string{""}
	for _, l := range s.Wrap(text, s.W-4) {
		lines = append(lines, "  "+l)
	}
	return lines
}

// line is a record: its state, severity and title, and what it is about.
func (s *Screen) line(r model.RecordDraft) string {
	state := kit.Words(r.State)
	if r.State == model.DraftState && r.Approved > 0 {
		state = fmt.Sprintf("draft of r%d", r.Approved+1)
	}
	title := cmp.Or(sanitize.Line(sanitize.Clip(r.Writing.Title, s.W)), "(no title yet)")
	line := fmt.Sprintf("%s  %s  %s", s.Pad(sanitize.Line(string(r.Record)), 11), s.Pad(state, 11),
		s.Pad(sanitize.Line(string(r.Writing.Severity)), 8))
	if s.W >= 90 {
		line += "  " + r.At.Format(time.DateOnly)
	}
	if p := r.Preview; p.Platform.Name != "" && s.W >= 100 {
		line += "  " + s.Pad(s.Safe(p.Platform.Name+" / "+p.Type), s.W/4)
	}
	return line + "  " + title
}

// Facts report whether there is a record under the cursor.
func (s *Screen) Facts() keys.Facts {
	f := s.DeskFacts
	if len(s.rows) == 0 {
		f.NoItem = "no record here"
	}
	return f
}

var handlers = kit.Handlers[*Screen]{
	keys.Open: func(s *Screen) kit.Action { return kit.OpenRecord{Record: s.current().Record} },
	keys.RecordScope: func(s *Screen) kit.Action {
		if len(s.scopes) == 0 {
			return nil
		}
		s.scopes = append(s.scopes[1:], s.scopes[0])
		return kit.Cmd(s.list())
	},
}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) { return handlers.Run(s, c) }

// Click selects a row, and opens the one that is selected.
func (s *Screen) Click(line, _ int) kit.Action {
	if !s.at.Clicked(line, kit.EveryRow) {
		return nil
	}
	return kit.OpenRecord{Record: s.current().Record}
}
