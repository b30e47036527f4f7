// Package heatmap is the map of platforms and clause types: how many current clauses of a
// type each platform has, where that changed lately or was found grave, and where there is
// none; and the list of the clauses of one cell. It is not for recognising types (the
// store does), nor for what changed (the queue).
//
// Invariants:
//   - That a platform has no clause of a type, and that it was not looked at yet, never
//     look the same: signs differ, not only colours.
//   - While types are recognised for the first time there is a progress and no map.
package heatmap

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/clausetype"
	"fineprint/store/model"
	"fineprint/store/smallsort"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
	"fineprint/tui/work"
)

// Reader is what the screens read.
type Reader interface {
	// TypeMap counts the current clauses of all platforms by type; progress is called with
	// how many documents were looked at.
	TypeMap(ctx context.Context, progress func(done, total int)) (model.TypeMap, error)
	// TypeClauses lists the current clauses of a platform, by its slug, that are of a type.
	TypeClauses(ctx context.Context, platform, kind string) ([]model.TypedClause, error)
}

// order is how the rows are sorted.
type order int

var orders = []string{"name", "material pending", "number of clauses"}

// Screen is the heat map.
type Screen struct {
	*kit.Common
	cell   *Cell
	all    []model.TypeRow
	rows   []model.TypeRow // narrowed and sorted
	behind int
	filter string
	sorted order
	at     kit.List // of rows
	column int      // of clausetype.Types

	work.Work
}

var (
	_ kit.Screen   = (*Screen)(nil)
	_ kit.Updater  = (*Screen)(nil)
	_ kit.Opener   = (*Screen)(nil)
	_ kit.Reloader = (*Screen)(nil)
	_ kit.Clicker  = (*Screen)(nil)
)

// New makes the map, and the list of one cell that it opens; they read nothing before they
// are opened.
func New(c *kit.Common, desk Reader) (*Screen, *Cell) {
	cell := &Cell{Common: c, desk: desk}
	s := &Screen{Common: c, cell: cell}
	s.Do = func(ctx context.Context, progress func(done, total int)) (any, error) {
		return desk.TypeMap(ctx, progress)
	}
	return s, cell
}

// Opened counts, and shows how far that is.
func (s *Screen) Opened() tea.Cmd { return s.Begin(s.Common) }

// Reload counts again.
func (s *Screen) Reload() tea.Cmd { return s.BeginAgain(s.Common) }

// Update takes in the map.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	answer, cmd, own := s.Worked(s.Common, msg)
	if m, ok := answer.(model.TypeMap); ok {
		s.all, s.behind = m.Platforms, m.Behind
		s.narrow()
	}
	return kit.Cmd(cmd), own
}

// narrow filters and sorts the rows, and keeps the cursor on its platform.
func (s *Screen) narrow() {
	at := s.current().Platform.Slug
	words := strings.Fields(strings.ToLower(s.filter))
	s.rows = s.rows[:0:0]
	for _, r := range s.all {
		name := strings.ToLower(r.Platform.Name)
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(name, w) }) {
			s.rows = append(s.rows, r)
		}
	}
	smallsort.By(s.rows, func(a, b model.TypeRow) int {
		by := 0
		switch s.sorted {
		case 1:
			by = b.Pending - a.Pending
		case 2:
			by = clauses(b) - clauses(a)
		}
		return cmp.Or(by, strings.Compare(strings.ToLower(a.Platform.Name), strings.ToLower(b.Platform.Name)))
	})
	s.at.N = len(s.rows)
	if i := slices.IndexFunc(s.rows, func(r model.TypeRow) bool { return r.Platform.Slug == at }); i >= 0 {
		s.at.Cursor = i
	}
	s.Fit()
}

func clauses(r model.TypeRow) (n int) {
	for _, c := range r.Cells {
		n += c.Clauses
	}
	return n
}

// current is the platform under the cursor; none has no slug.
func (s *Screen) current() model.TypeRow {
	if s.at.Cursor < len(s.rows) {
		return s.rows[s.at.Cursor]
	}
	return model.TypeRow{}
}

// kind is the clause type under the cursor.
func (s *Screen) kind() clausetype.Type { return clausetype.Types[s.column] }

// Name is the heat map.
func (s *Screen) Name() keys.Screen { return keys.HeatMap }

// Facts report whether there is a cell under the cursor, and whether it has clauses.
func (s *Screen) Facts() keys.Facts {
	f := s.DeskFacts
	switch r := s.current(); {
	case r.Platform.Slug == "":
		f.NoItem = "no platform here"
	case r.Cells[s.kind().ID].Clauses == 0 && r.Looked < r.Documents:
		f.NoOpen = "this platform was not looked at yet"
	case r.Cells[s.kind().ID].Clauses == 0:
		f.NoOpen = "no such clause was found"
	}
	return f
}

var handlers = kit.Handlers[*Screen]{
	keys.NextColumn: func(s *Screen) kit.Action { s.move(1); return nil },
	keys.PrevColumn: func(s *Screen) kit.Action { s.move(-1); return nil },
	keys.NextFamily: func(s *Screen) kit.Action { s.family(1); return nil },
	keys.PrevFamily: func(s *Screen) kit.Action { s.family(-1); return nil },
	keys.Filter:     (*Screen).askFilter,
	keys.Sort: func(s *Screen) kit.Action {
		s.sorted = (s.sorted + 1) % order(len(orders))
		s.narrow()
		s.SetStatus("Sorted by %s", orders[s.sorted])
		return nil
	},
	keys.OpenCell: func(s *Screen) kit.Action {
		return kit.All{kit.Push{Screen: s.cell}, kit.Cmd(s.cell.Open(s.current().Platform, s.kind()))}
	},
}

// move goes to another type.
func (s *Screen) move(by int) {
	s.column = max(0, min(s.column+by, len(clausetype.Types)-1))
}

// family goes to the first type of another family.
func (s *Screen) family(by int) {
	starts := familyStarts()
	at := 0
	for i, start := range starts {
		if start <= s.column {
			at = i
		}
	}
	s.column = starts[(at+by+len(starts))%len(starts)]
}

// familyStarts are the columns at which families begin.
func familyStarts() (starts []int) {
	for i, t := range clausetype.Types {
		if i == 0 || t.Family != clausetype.Types[i-1].Family {
			starts = append(starts, i)
		}
	}
	return starts
}

func (s *Screen) askFilter() kit.Action {
	before := s.filter
	set := func(filter string) { s.filter = filter; s.narrow() }
	return kit.Ask{Question: kit.Question{
		Label: "Filter platforms", Value: s.filter, Enter: "keep",
		Changed: set,
		Left:    func() { set(before) },
		Done:    func(filter string) kit.Action { set(filter); return nil },
	}}
}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) { return handlers.Run(s, c) }

// Scroll moves the cursor.
func (s *Screen) Scroll(by int) { s.at.Move(by, s.shown()) }

// Fit keeps the cursor in sight.
func (s *Screen) Fit() { s.at.Fit(s.shown()) }

// Click goes to the cell that is clicked on, and opens it if the cursor was there.
func (s *Screen) Click(line, x int) kit.Action {
	p := s.page()
	row, column := s.at.Top+line, p.from+(x-p.left)/p.cell
	if line >= s.shown() || row >= s.at.N || x < p.left || column >= p.to {
		return nil
	}
	if row != s.at.Cursor || column != s.column {
		s.at.Cursor, s.column = row, column
		return nil
	}
	return kit.Run{Command: keys.OpenCell}
}

// Sentence names a cell in words.
func Sentence(r model.TypeRow, t clausetype.Type) string {
	c, text := r.Cells[t.ID], sanitize.Line(r.Platform.Name)+" · "+strings.ToLower(t.Name[:1])+t.Name[1:]+": "
	missing := r.Documents - r.Looked
	switch {
	case c.Clauses > 0:
		text += humanize.Count(c.Clauses, "clause")
		if !c.LastChanged.IsZero() {
			text += ", last changed " + c.LastChanged.Format(time.DateOnly)
		}
		if c.Severity != "" {
			text += ", reviewed as " + string(c.Severity)
		}
	case r.Looked == 0:
		return text + "not looked at yet"
	default:
		text += "none found in " + humanize.Count(r.Looked, "document")
	}
	if missing > 0 {
		text += ", " + humanize.Count(missing, "document") + " not looked at yet"
	}
	return text
}
