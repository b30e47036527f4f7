package queue

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
	"fineprint/tui/theme"
)

// column is one column of the list: the settings name it (config.QueueColumns), its
// head is clicked on to sort by it.
type column struct {
	name, head string
	says       string // in "by …"; "": the name
	// Cells, the gap before it included, and those of a narrow list; 0: what is left.
	width, narrow int
	roomy         int  // from so many cells of the list on it has its width; 0: from 72
	right         bool // aligned
	spare         int  // left out where there is no room, the highest first; 0 never
	// value is what is sorted by, nil where the column has no order; down: the greatest
	// comes first.
	value func(s *Screen, c *model.QueueItem) int64
	down  bool
	cell  func(s *Screen, r queueRow, c *model.QueueItem) cell
}

// cell is what a row has in a column: its text is safe to be drawn.
type cell struct {
	text  string
	style ansi.Style
}

func (c *column) word() string { return cmp.Or(c.says, c.name) }

// asDetected is no column that is drawn: it is the order without what decisions taught.
var asDetected = column{name: "detected", says: "risk as detected", down: true,
	value: func(_ *Screen, c *model.QueueItem) int64 { return c.Detected }}

// columns are all there are, in the order that config.QueueColumns lists them.
var columns []column

func init() { // the cells look at the table, by the order that is shown
	columns = []column{
		{name: "severity", head: "SEVERITY", width: 12, narrow: 11, roomy: 80, down: true, cell: (*Screen).severityCell,
			value: func(_ *Screen, c *model.QueueItem) int64 { return int64(shownSeverity(c).Rank()) }},
		{name: "state", head: "STATE", width: 11, narrow: 10, spare: 3, cell: (*Screen).stateCell,
			value: func(_ *Screen, c *model.QueueItem) int64 { return int64(slices.Index(model.States, c.State)) }},
		{name: "platform", head: "PLATFORM · DOCUMENT", cell: (*Screen).platformCell,
			value: func(s *Screen, c *model.QueueItem) int64 { return s.documentPlace(c.Document) }},
		counted("added", "+", 2, func(c model.Counts) int { return c.Added },
			func(t *theme.Theme) ansi.Style { return t.InsertedText }),
		counted("removed", "-", 2, func(c model.Counts) int { return c.Removed },
			func(t *theme.Theme) ansi.Style { return t.DeletedText }),
		counted("modified", "~", 2, func(c model.Counts) int { return c.Modified },
			func(t *theme.Theme) ansi.Style { return t.Modified }),
		counted("moved", ">", 4, func(c model.Counts) int { return c.Moved },
			func(t *theme.Theme) ansi.Style { return t.Faint }),
		counted("noise", "NOISE", 5, func(c model.Counts) int { return c.Immaterial },
			func(t *theme.Theme) ansi.Style { return t.Faint }),
		{name: "alike", head: "ALIKE", width: 7, narrow: 6, right: true, spare: 3, down: true, cell: (*Screen).alikeCell,
			value: func(_ *Screen, c *model.QueueItem) int64 { return int64(c.DuplicateCount) }},
		{name: "age", head: "AGE", width: 6, narrow: 5, right: true, spare: 1,
			value: func(_ *Screen, c *model.QueueItem) int64 { return -c.To.CapturedAt.UnixNano() },
			cell: faint(func(s *Screen, c *model.QueueItem) string {
				return humanize.Age(s.Clock().Sub(c.To.CapturedAt))
			})},
		{name: "captured", head: "CAPTURED", width: 12, narrow: 11, spare: 4, down: true,
			value: func(_ *Screen, c *model.QueueItem) int64 { return c.To.CapturedAt.UnixNano() },
			cell: faint(func(_ *Screen, c *model.QueueItem) string {
				return c.To.CapturedAt.Format(time.DateOnly)
			})},
		{name: "likely", head: "LIKELY", width: 8, narrow: 7, right: true, spare: 4, down: true, says: "probability",
			value: func(_ *Screen, c *model.QueueItem) int64 { return int64(1e6 * c.Suggested.Probability) },
			cell: faint(func(_ *Screen, c *model.QueueItem) string {
				if c.Suggested.Probability == 0 {
					return ""
				}
				return strconv.Itoa(int(100*c.Suggested.Probability+0.5)) + "%"
			})},
		{name: "id", head: "ID", width: 13, narrow: 12, spare: 6, says: "ID",
			value: func(_ *Screen, c *model.QueueItem) int64 { return int64(c.ID.Number()) },
			cell:  faint(func(_ *Screen, c *model.QueueItem) string { return string(c.ID) })},
		{name: "record", head: "RECORD", width: 13, narrow: 12, spare: 5,
			value: func(_ *Screen, c *model.QueueItem) int64 { return int64(c.Record.Number()) }, down: true,
			cell: faint(func(_ *Screen, c *model.QueueItem) string { return string(c.Record) })},
		{name: "author", head: "AUTHOR", width: 11, narrow: 9, spare: 5,
			cell: faint(func(_ *Screen, c *model.QueueItem) string { return c.Author })},
		{name: "assignee", head: "ASSIGNEE", width: 11, narrow: 9, spare: 3,
			cell: faint(func(_ *Screen, c *model.QueueItem) string { return c.Assignee })},
		{name: "notes", head: "NOTES", width: 7, narrow: 6, right: true, spare: 4, down: true,
			value: func(_ *Screen, c *model.QueueItem) int64 { return int64(c.Notes) },
			cell: faint(func(_ *Screen, c *model.QueueItem) string {
				if c.Notes == 0 {
					return ""
				}
				return strconv.Itoa(c.Notes)
			})},
		{name: "tags", head: "TAGS", width: 14, narrow: 9, spare: 4,
			cell: faint(func(_ *Screen, c *model.QueueItem) string { return strings.Join(c.Tags, " ") })},
		{name: "why", head: "WHY", width: 32, narrow: 24, spare: 7,
			cell: faint(func(_ *Screen, c *model.QueueItem) string {
				return cmp.Or(strings.Join(c.Suggested.Why, ", "), c.Detail)
			})},
	}
}

// counted is a column of a number of clause changes.
func counted(name, sign string, spare int, count func(model.Counts) int, style func(*theme.Theme) ansi.Style) column {
	width, narrow := 5, 4
	if len(sign) > 1 {
		width, narrow = len(sign)+2, len(sign)+1
	}
	return column{name: name, head: sign, width: width, narrow: narrow, right: true, spare: spare, down: true,
		value: func(_ *Screen, c *model.QueueItem) int64 { return int64(count(c.Counts)) },
		cell: func(s *Screen, _ queueRow, c *model.QueueItem) cell {
			n := count(c.Counts)
			if n == 0 {
				return cell{s.Theme.Signs.Zero, s.Theme.Faint}
			}
			return cell{strconv.Itoa(n), style(&s.Theme)}
		}}
}

// faint is a cell with a text that is not the first to be read.
func faint(text func(s *Screen, c *model.QueueItem) string) func(*Screen, queueRow, *model.QueueItem) cell {
	return func(s *Screen, _ queueRow, c *model.QueueItem) cell { return cell{s.Safe(text(s, c)), s.Theme.Faint} }
}

// columnNamed is the column of a name, nil for none.
func columnNamed(name string) *column {
	if name == asDetected.name {
		return &asDetected
	}
	for i := range columns {
		if columns[i].name == name {
			return &columns[i]
		}
	}
	return nil
}

// shownSeverity is the severity a row shows: as judged, else as suggested.
func shownSeverity(c *model.QueueItem) model.Severity {
	if c.Severity != "" || !c.Material {
		return c.Severity
	}
	return c.Suggested.Severity
}

// severityCell is a severity, filled before it where somebody decided it; or else why
// the change is noise.
func (s *Screen) severityCell(_ queueRow, c *model.QueueItem) cell {
	severity := shownSeverity(c)
	switch {
	case severity == "":
		return cell{s.Safe(kit.Words(c.Reason)), s.Theme.Folded}
	case c.Severity != "":
		return cell{s.Theme.Signs.Decided + " " + s.Safe(string(severity)), s.Theme.Severity(severity)}
	}
	return cell{s.Theme.Signs.Suggested + " " + s.Safe(string(severity)), s.Theme.Severity(severity)}
}

func (s *Screen) stateCell(_ queueRow, c *model.QueueItem) cell {
	return cell{s.Safe(kit.Words(c.State)), s.Theme.State(c.State)}
}

// platformCell names the document, or what the documents that a row stands for have in
// common.
func (s *Screen) platformCell(r queueRow, c *model.QueueItem) cell {
	name := sanitize.Clip(c.PlatformName, s.W) + s.dot() + c.Type
	switch {
	case r.n > 1:
		name = s.label(r)
	case r.child:
		name = "  " + name
	}
	if c.Stale != nil {
		name = "[stale] " + name
	}
	return cell{s.Safe(name), ansi.Style{}}
}

// dot stands between a platform and its document.
func (s *Screen) dot() string {
	if s.ASCII {
		return " / "
	}
	return " · "
}

// alikeCell is how many changes a row stands for; faint where those with the same words
// are not among what is listed.
func (s *Screen) alikeCell(r queueRow, c *model.QueueItem) cell {
	switch {
	case r.n > 1:
		return cell{s.Theme.Signs.Alike + strconv.Itoa(int(r.n)), s.Theme.Title}
	case c.DuplicateCount > 1:
		return cell{s.Theme.Signs.Alike + strconv.Itoa(c.DuplicateCount), s.Theme.Faint}
	}
	return cell{"", s.Theme.Faint}
}

// label names what a row of several stands for: "Google ×7 · Privacy Policy". It is
// made once, for the rows that are seen.
func (s *Screen) label(r queueRow) string {
	if text, ok := s.labels[r.at]; ok {
		return text
	}
	first := s.items[r.item]
	name, kind := first.PlatformName, first.Type
	platforms, kinds := true, true
	for _, i := range s.stands(r) {
		c := s.items[i]
		platforms = platforms && c.Platform == first.Platform
		kinds = kinds && c.Type == first.Type
		name = commonWords(name, c.PlatformName)
	}
	times := " ×" + strconv.Itoa(int(r.n))
	if s.ASCII {
		times = " x" + strconv.Itoa(int(r.n))
	}
	switch {
	case !platforms && name == "":
		times = " +" + strconv.Itoa(int(r.n)-1)
		name = first.PlatformName
	case first.Alternation != nil && isFoldedTurn(first):
		times += " turns"
	}
	if !kinds {
		kind = "several documents"
	}
	text := sanitize.Clip(name, s.W) + times + s.dot() + kind
	s.labels[r.at] = text
	return text
}

// commonWords are the words that both names begin with.
func commonWords(a, b string) string {
	if a == b {
		return a
	}
	x, y := strings.Fields(a), strings.Fields(b)
	n := 0
	for n < min(len(x), len(y)) && x[n] == y[n] {
		n++
	}
	return strings.Join(x[:n], " ")
}

// placed is a column where it is drawn.
type placed struct {
	*column
	x, cells int
	lead     int // cells before its text: it follows one that is aligned to the right
}

// listed are the names of the columns to be shown: those of the settings, and the state
// where several are listed.
func (s *Screen) listed() []string {
	names := s.Config.QueueColumns
	if s.query.AllState && !slices.Contains(names, "state") {
		at := slices.Index(names, "severity") + 1
		names = slices.Insert(slices.Clone(names), at, "state")
	}
	return names
}

// Of the cells of a row, those before its first column; those of the platform's from
// which on the others need not be narrow, and the least that it has.
const (
	gutter   = 2
	wellFor  = 30
	leastFor = 24
)

// need is how many cells the list has use for: a longer gap between names and figures is
// hard to follow with the eye.
func (s *Screen) need() int {
	const name = 56
	n := gutter
	for _, c := range s.listed() {
		if c := columnNamed(c); c != nil {
			n += cmp.Or(c.width, name)
		}
	}
	return n
}

// layOut gives each column its place in a list that is so wide. What there is no room
// for is left out.
func (s *Screen) layOut(width int) []placed {
	var list []placed
	for _, name := range s.listed() {
		if c := columnNamed(name); c != nil {
			list = append(list, placed{column: c})
		}
	}
	for narrow := false; ; narrow = true {
		used, flexible := gutter, 0
		for i := range list {
			list[i].cells = list[i].width
			if narrow || width < cmp.Or(list[i].roomy, 72) {
				list[i].cells = list[i].narrow
			}
			if list[i].width == 0 {
				flexible++
			}
			used += list[i].cells
		}
		rest := width - used
		if rest >= flexible*wellFor || narrow && (rest >= flexible*leastFor || !s.leaveOut(&list)) {
			return spread(list, max(rest, 0), flexible)
		}
	}
}

// leaveOut takes the column away that is missed least, and reports whether there was
// one.
func (s *Screen) leaveOut(list *[]placed) bool {
	least := -1
	for i, p := range *list {
		if p.spare > 0 && (least < 0 || p.spare >= (*list)[least].spare) {
			least = i
		}
	}
	if least < 0 {
		return false
	}
	*list = slices.Delete(*list, least, least+1)
	return true
}

// spread shares what is left among the flexible columns, or adds it to the last one.
func spread(list []placed, rest, flexible int) []placed {
	x := gutter
	for i := range list {
		p := &list[i]
		if p.width == 0 {
			p.cells = rest / flexible
			rest -= p.cells
			flexible--
		}
		p.x = x
		if i > 0 && !p.right && list[i-1].right {
			p.lead = 1
		}
		x += p.cells
	}
	return list
}
