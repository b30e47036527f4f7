package platforms

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
)

const (
	// besideFrom is how many columns the window has for the documents to stand beside the
	// list; belowFrom how many lines, for them to stand below it.
	besideFrom, belowFrom = 110, 22
	// maxName is the widest that the column of names gets, gaugeCells how wide the bar of
	// what is decided is.
	maxName, gaugeCells = 32, 7
	// withFetched is from how many cells of the list on it tells when it was fetched.
	withFetched = 58
	// withDays is from how many cells on a document has its days beside its months.
	withDays = 96
	// belowLines is how many lines the documents take below the list, with their rule.
	belowLines = 8
)

// column is a column of the list: its head, how many cells it takes, and what it shows.
type column struct {
	head  string
	width int
	right bool // its texts end where the column does
	show  func(s *Screen, r *model.PlatformRow) string
	from  int // of so many cells of the list on
}

var columns = []column{
	{"MATERIAL", 8, true, func(_ *Screen, r *model.PlatformRow) string { return humanize.Number(r.MaterialPending) }, 0},
	{"PENDING", 7, true, func(_ *Screen, r *model.PlatformRow) string { return humanize.Number(r.Pending) }, 0},
	{"DECIDED", gaugeCells, false, func(s *Screen, r *model.PlatformRow) string {
		return s.Theme.Gauge(r.MaterialTotal-r.MaterialPending, r.MaterialTotal, gaugeCells)
	}, 66},
	{"CHANGED", 7, true, func(s *Screen, r *model.PlatformRow) string { return s.age(r.LastChange) }, 84},
	{"FETCHED", 9, true, (*Screen).fetched, withFetched},
	{"12 MONTHS", model.ActivityMonths, false, func(s *Screen, r *model.PlatformRow) string {
		return s.Theme.Title.Styled(s.Theme.Sparkline(r.Activity))
	}, 50},
	{"30 DAYS", model.ActivityDays, false, func(s *Screen, r *model.PlatformRow) string {
		return s.Theme.Title.Styled(s.Theme.Sparkline(r.Days))
	}, 130},
	{"DOCUMENTS", 9, true, func(_ *Screen, r *model.PlatformRow) string { return humanize.Number(r.Documents) }, 100},
}

// age is how long ago something was, "" for never.
func (s *Screen) age(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return humanize.Age(s.Clock().Sub(at))
}

// fetched is when a platform was fetched last, or that this fails.
func (s *Screen) fetched(r *model.PlatformRow) string {
	switch {
	case r.Failing > 0:
		return s.Theme.Bad.Styled(fmt.Sprintf("%d failing", r.Failing))
	case r.LastFetched.IsZero():
		return s.Theme.Signs.Zero
	}
	return s.age(r.LastFetched)
}

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
	heads := s.line("PLATFORM", func(c *column) string { return c.head })
	head := []string{s.TitleBar(left, right)}
	if s.due != nil {
		if due := s.due(); due != "" {
			head = append(head, due)
		}
	}
	return append(head, s.Theme.Faint.Styled(s.Cut("  "+heads, s.listWidth())))
}

// Status is nothing: the columns hold all there is.
func (s *Screen) Status() string { return "" }

// Scroll moves the cursor.
func (s *Screen) Scroll(by int) { s.at.Move(by, s.listHeight()) }

// Fit keeps the cursor in sight.
func (s *Screen) Fit() { s.at.Fit(s.listHeight()) }

// listWidth is how many cells the list takes, listHeight how many lines; the documents
// have the rest.
func (s *Screen) listWidth() int {
	if s.isBeside() {
		return s.W - s.sideWidth() - 2
	}
	return s.W
}

func (s *Screen) listHeight() int {
	if s.isBelow() {
		return s.Height() - belowLines
	}
	return s.Height()
}

func (s *Screen) isBeside() bool { return s.W >= besideFrom }
func (s *Screen) sideWidth() int { return min(s.W*3/8, 60) }
func (s *Screen) isBelow() bool {
	return !s.isBeside() && s.H >= belowFrom && s.Height() >= 2*belowLines
}
func (s *Screen) hasBeside() bool { return s.isBeside() || s.isBelow() }

// nameWidth is what the other columns leave.
func (s *Screen) nameWidth() int {
	room := s.listWidth() - 3
	for i := range columns {
		if c := &columns[i]; s.listWidth() >= c.from {
			room -= c.width + 2
		}
	}
	return min(maxName, room)
}

// line puts a name and what the columns show into the columns that there is room for.
func (s *Screen) line(name string, show func(*column) string) string {
	var b strings.Builder
	b.WriteString(s.Pad(name, s.nameWidth()))
	for i := range columns {
		c := &columns[i]
		if s.listWidth() < c.from {
			continue
		}
		text := s.Cut(show(c), c.width)
		gap := strings.Repeat(" ", c.width-ansi.StringWidth(text))
		if b.WriteString("  "); c.right {
			text, gap = gap, text
		}
		b.WriteString(text + gap)
	}
	return b.String()
}

// Lines are all platforms together, and each of them, with the documents of the one under
// the cursor.
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
	room := height
	if s.isBelow() {
		room = max(1, height-belowLines)
	}
	lines := s.list(room)
	switch {
	case s.isBeside():
		return s.compose(lines, room)
	case s.isBelow():
		for len(lines) < room {
			lines = append(lines, "")
		}
		lines = append(lines, s.Theme.Faint.Styled(strings.Repeat(s.Theme.Signs.Rule, s.W)))
		lines = append(lines, s.documents(s.W, belowLines-1)...)
	}
	return lines[:min(len(lines), height)]
}

// compose puts the documents beside the list.
func (s *Screen) compose(lines []string, height int) []string {
	w := s.listWidth()
	shown := s.documents(s.W-w-2, height)
	separator := s.Theme.Faint.Styled(s.Theme.Signs.Separator) + " "
	for i := range height {
		if i == len(lines) {
			lines = append(lines, strings.Repeat(" ", w))
		}
		if lines[i] += separator; i < len(shown) {
			lines[i] += shown[i]
		}
	}
	return lines
}

// list draws the rows that there is room for.
func (s *Screen) list(room int) []string {
	var lines []string
	total := s.total()
	for i := s.at.Top; i < s.at.N && len(lines) < room; i++ {
		row, name := &total, "All platforms"
		if i > 0 {
			row = &s.shown[i-1]
			name = s.named(row)
		}
		line := s.line(name, func(c *column) string { return c.show(s, row) })
		lines = append(lines, s.RowOf(i == s.at.Cursor, line, s.listWidth()))
	}
	return lines
}

// named is a platform's name, with what is wrong and has no column to be shown in.
func (s *Screen) named(r *model.PlatformRow) string {
	name, trouble := s.Safe(r.Name), s.trouble(r)
	if trouble == "" {
		return name
	}
	return s.Cut(name, max(4, s.nameWidth()-ansi.StringWidth(trouble))) + s.Theme.Bad.Styled(trouble)
}

// trouble is what is wrong with a platform's documents, in as many cells as a name may
// spare.
func (s *Screen) trouble(r *model.PlatformRow) string {
	n := r.Unreadable
	if s.listWidth() < withFetched {
		n += r.Failing
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" !%d", n)
}

// total sums up all platforms, whatever is filtered: that is what it opens.
func (s *Screen) total() model.PlatformRow {
	t := model.PlatformRow{Activity: make([]int, model.ActivityMonths), Days: make([]int, model.ActivityDays)}
	for i := range s.rows {
		r := &s.rows[i]
		t.Documents, t.Versions = t.Documents+r.Documents, t.Versions+r.Versions
		t.Pending, t.MaterialPending = t.Pending+r.Pending, t.MaterialPending+r.MaterialPending
		t.MaterialTotal += r.MaterialTotal
		t.Failing, t.Unreadable = t.Failing+r.Failing, t.Unreadable+r.Unreadable
		for i := range min(len(r.Activity), len(t.Activity)) {
			t.Activity[i] += r.Activity[i]
		}
		for i := range min(len(r.Days), len(t.Days)) {
			t.Days[i] += r.Days[i]
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
