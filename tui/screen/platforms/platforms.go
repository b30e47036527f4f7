// Package platforms is the screen of the tracked companies: what is pending of each,
// how busy it was, and whether fetching it works. It is not for the changes
// themselves: the queue lists those.
package platforms

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

// Reader is what the screen reads.
type Reader interface {
	Platforms(ctx context.Context) ([]model.PlatformRow, error)
}

// Screen is the screen of the platforms: what is pending of each, how busy it
// was, and whether fetching it works.
type Screen struct {
	*kit.Common
	desk   Reader
	at     kit.List
	rows   []model.PlatformRow
	shown  []model.PlatformRow // sorted and narrowed
	sort   int
	filter string
	kit.Request
}

var (
	_ kit.Screen  = (*Screen)(nil)
	_ kit.Updater = (*Screen)(nil)
	_ kit.Clicker = (*Screen)(nil)
)

// New makes the screen; it reads nothing before its first Load.
func New(c *kit.Common, desk Reader) *Screen { return &Screen{Common: c, desk: desk} }

// Empty reports whether nothing is tracked, as far as the list was read.
func (s *Screen) Empty() bool { return s.Read && len(s.rows) == 0 }

type platformsMsg struct {
	request int
	rows    []model.PlatformRow
	err     error
}

// platformSorts are the orders of the list; those that are equal go by name.
var platformSorts = []struct {
	name string
	less func(a, b model.PlatformRow) int
}{
	{"material pending", func(a, b model.PlatformRow) int {
		return cmp.Or(b.MaterialPending-a.MaterialPending, b.Pending-a.Pending)
	}},
	{"name", func(model.PlatformRow, model.PlatformRow) int { return 0 }},
	{"last change", func(a, b model.PlatformRow) int { return b.LastChange.Compare(a.LastChange) }},
	{"failing", func(a, b model.PlatformRow) int { return b.Failing - a.Failing }},
}

// Load reads the list. The shell does that whenever anything is read again, and
// so it is no Reload.
func (s *Screen) Load() tea.Cmd {
	request, ctx, desk := s.Next(), s.Ctx, s.desk
	return func() tea.Msg {
		rows, err := desk.Platforms(ctx)
		return platformsMsg{request, rows, err}
	}
}

// Update takes the list in.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	got, ok := msg.(platformsMsg)
	if !ok {
		return nil, false
	}
	if s.Answered(&s.Request, got.request, got.err) {
		s.rows = got.rows
		s.narrow()
	}
	return kit.Greet{}, true
}

// narrow sorts and filters the rows, and keeps the cursor on its platform.
func (s *Screen) narrow() {
	at := s.slug()
	names := make([]string, len(s.rows))
	for i, r := range s.rows {
		names[i] = r.Name
	}
	s.shown = s.shown[:0:0]
	for _, i := range matching(s.filter, names) {
		s.shown = append(s.shown, s.rows[i])
	}
	slices.SortStableFunc(s.shown, func(a, b model.PlatformRow) int {
		return cmp.Or(platformSorts[s.sort].less(a, b),
			strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)))
	})
	s.at.N = len(s.shown) + 1
	for i, r := range s.shown {
		if r.Slug == at {
			s.at.Cursor = i + 1
		}
	}
	s.Fit()
}

// matching lists which names hold all words of a filter; when none does, those
// that hold its letters in order, the nearest first.
func matching(filter string, names []string) []int {
	var found []int
	words := strings.Fields(strings.ToLower(filter))
	for i, n := range names {
		n, all := strings.ToLower(n), true
		for _, w := range words {
			all = all && strings.Contains(n, w)
		}
		if all {
			found = append(found, i)
		}
	}
	if len(found) == 0 {
		for _, m := range fuzzy.Find(strings.Join(words, ""), names) {
			found = append(found, m.Index)
		}
	}
	return found
}

// slug is the platform under the cursor, "" for all.
func (s *Screen) slug() string {
	if i := s.at.Cursor - 1; i >= 0 && i < len(s.shown) {
		return s.shown[i].Slug
	}
	return ""
}

// Name is platforms.
func (s *Screen) Name() keys.Screen { return keys.Platforms }

// Head is the title and the columns.
func (s *Screen) Head() []string {
	right := fmt.Sprintf("%s, by %s", s.Count(len(s.shown)), platformSorts[s.sort].name)
	if s.Err == nil && len(s.shown) < len(s.rows) {
		right = fmt.Sprintf("%d of %d, by %s", len(s.shown), len(s.rows), platformSorts[s.sort].name)
	}
	left := "Platforms"
	if s.filter != "" {
		left += ": " + s.filter
	}
	columns := s.columns("platform", "material", "pending", "last change", "12 months", "fetching",
		"documents", "versions")
	return []string{s.TitleBar(left, right), s.Theme.Faint.Styled(s.Cut("  "+columns, s.W))}
}

// Status is nothing: the columns hold all there is.
func (s *Screen) Status() string { return "" }

// Scroll moves the cursor.
func (s *Screen) Scroll(by int) { s.at.Move(by, s.Height()) }

// Fit keeps the cursor in sight.
func (s *Screen) Fit() { s.at.Fit(s.Height()) }

// columns puts texts into the columns that the width has room for.
func (s *Screen) columns(name, material, pending, last, months, fetching, documents, versions string) string {
	text := fmt.Sprintf(" %8s %8s  %s", material, pending, s.Pad(last, 11))
	if s.W >= 80 {
		text += " " + s.Pad(months, model.ActivityMonths)
	}
	if s.W >= 120 {
		text += fmt.Sprintf(" %9s %8s", documents, versions)
	}
	if s.W >= 100 {
		text += "  " + s.Pad(fetching, 14)
	}
	return s.Pad(name, s.nameWidth()) + text
}

// nameWidth is what the other columns leave.
func (s *Screen) nameWidth() int {
	used := 2 + 31
	if s.W >= 80 {
		used += 1 + model.ActivityMonths
	}
	if s.W >= 100 {
		used += 16
	}
	if s.W >= 120 {
		used += 19
	}
	return min(60, s.W-used)
}

// Lines are all platforms together, and each of them.
func (s *Screen) Lines(height int) []string {
	if len(s.rows) == 0 {
		switch {
		case s.Failed(len(s.rows)):
			return s.Failure("The list of platforms", keys.Platforms, s.Err)
		case !s.Read:
			return nil
		}
		return s.NothingTracked()
	}
	var lines []string
	for i := s.at.Top; i < s.at.N && len(lines) < height; i++ {
		row, name := s.total(), "All platforms"
		if i > 0 {
			row = s.shown[i-1]
			name = row.Name
		}
		lines = append(lines, s.Row(i == s.at.Cursor, s.line(name, row)))
	}
	return lines
}

// total sums up all platforms, whatever is filtered: that is what it opens.
func (s *Screen) total() model.PlatformRow {
	t := model.PlatformRow{Activity: make([]int, model.ActivityMonths)}
	for _, r := range s.rows {
		t.Documents, t.Versions = t.Documents+r.Documents, t.Versions+r.Versions
		t.Pending, t.MaterialPending = t.Pending+r.Pending, t.MaterialPending+r.MaterialPending
		t.Failing, t.Unreadable = t.Failing+r.Failing, t.Unreadable+r.Unreadable
		for i := range min(len(r.Activity), len(t.Activity)) {
			t.Activity[i] += r.Activity[i]
		}
		if r.LastChange.After(t.LastChange) {
			t.LastChange = r.LastChange
		}
		if r.LastFetched.After(t.LastFetched) {
			t.LastFetched = r.LastFetched
		}
	}
	return t
}

func (s *Screen) line(name string, r model.PlatformRow) string {
	last := ""
	if !r.LastChange.IsZero() {
		last = r.LastChange.Format(time.DateOnly)
	}
	name = s.Safe(name)
	if trouble := s.trouble(r); trouble != "" {
		name = s.Cut(name, s.nameWidth()-len(trouble)) + trouble
	}
	return s.columns(name, fmt.Sprint(r.MaterialPending), fmt.Sprint(r.Pending), last,
		s.Theme.Sparkline(r.Activity), s.health(r), fmt.Sprint(r.Documents), fmt.Sprint(r.Versions))
}

// trouble is what is wrong with a platform's documents and has no column to be shown
// in.
func (s *Screen) trouble(r model.PlatformRow) string {
	var parts []string
	if s.W < 100 && r.Failing > 0 {
		parts = append(parts, fmt.Sprintf("%d failing", r.Failing))
	}
	if r.Unreadable > 0 {
		parts = append(parts, fmt.Sprintf("%d unreadable", r.Unreadable))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// health describes whether fetching a platform works.
func (s *Screen) health(r model.PlatformRow) string {
	switch {
	case r.Failing > 0:
		return fmt.Sprintf("%d failing", r.Failing)
	case r.LastFetched.IsZero():
		return "-"
	}
	return humanize.While(s.Clock().Sub(r.LastFetched)) + " ago"
}

// Facts are those of the desk: "All platforms" can always be opened.
func (s *Screen) Facts() keys.Facts { return s.DeskFacts }

var handlers = kit.Handlers[*Screen]{
	keys.Open:   func(s *Screen) kit.Action { return kit.ListPlatform{Slug: s.slug()} },
	keys.Sort:   (*Screen).nextOrder,
	keys.Filter: (*Screen).askFilter,
}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) { return handlers.Run(s, c) }

func (s *Screen) nextOrder() kit.Action {
	s.sort = (s.sort + 1) % len(platformSorts)
	s.narrow()
	s.SetStatus("sorted by %s", platformSorts[s.sort].name)
	return nil
}

func (s *Screen) askFilter() kit.Action {
	before := s.filter
	set := func(filter string) { s.filter, s.at.Cursor = filter, 0; s.narrow() }
	return kit.Ask{Question: kit.Question{
		Label:   "Platforms whose name holds these words, or these letters in order",
		Value:   s.filter,
		Changed: set,
		Left:    func() { set(before) },
		Done:    func(filter string) kit.Action { set(filter); return nil },
	}}
}

// Click selects a row, and opens the one that is selected.
func (s *Screen) Click(line, _ int) kit.Action {
	if !s.at.Clicked(line, kit.EveryRow) {
		return nil
	}
	return kit.ListPlatform{Slug: s.slug()}
}
