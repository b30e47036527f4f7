package queue

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"fineprint/store/model"
	"fineprint/store/smallsort"
	"fineprint/tui/humanize"
)

// queueRow is one line: a change, or one of several that it stands for, or what stands
// between them. It is small, for there are as many as changes.
type queueRow struct {
	item int32 // the change that is shown; headingRow, separatorRow
	// Of a row that stands for several changes these are members[at:at+n], the shown one
	// among them; of a heading, heads[at].
	at, n int32
	child bool // one of several that a row stood for until it was expanded
}

const (
	headingRow   = -1
	separatorRow = -2
)

// stands are the changes that a row stands for.
func (s *Screen) stands(r queueRow) []int32 {
	if r.n == 0 {
		return nil
	}
	return s.members[r.at : r.at+r.n]
}

// tally counts what is found, by section and severity, and finds out whether in each
// section the severities follow one another.
func (s *Screen) tally() {
	clear(s.counts[:])
	clear(s.severities[:])
	s.inOrder = true
	var seen [5]bool
	var at *facet
	for _, i := range s.found {
		f := &s.facets[i]
		s.counts[f.section]++
		s.severities[f.severity]++
		if at == nil || at.section != f.section {
			clear(seen[:])
		}
		if at == nil || at.section != f.section || at.suggested != f.suggested {
			s.inOrder = s.inOrder && !seen[f.suggested]
			seen[f.suggested] = true
		}
		at = f
	}
}

// grouped makes the rows.
func (s *Screen) grouped() {
	s.rows, s.members, s.heads = s.rows[:0], s.members[:0], s.heads[:0]
	clear(s.labels)
	switch s.group {
	case ungrouped:
		s.collapsed()
	default:
		s.byGroup()
	}
}

// collapsed makes a row of each change, or one of several that share something: it
// stands where the first of them would, and shows it, or the last turn of an
// alternation. What was expanded has its rows one below the other. In the ranked order
// what is probably noise, or was taken back at once, stands under a heading.
func (s *Screen) collapsed() {
	size := make([]int32, len(s.groups)+1)
	for _, i := range s.found {
		size[s.facets[i].group]++
	}
	place := make([]int32, len(s.groups)+1) // of a group's row, from 1
	ranked := s.order == byRisk
	apart := ranked && s.counts[model.SectionNoise]+s.counts[model.SectionTakenBack] > 0
	was := facet{section: model.SectionMaterial}
	for n, i := range s.found {
		f := s.facets[i]
		if at := place[f.group]; at > 0 && f.group > 0 && size[f.group] > 1 {
			s.join(&s.rows[at-1], i, f)
			continue
		}
		switch {
		case apart && f.section != was.section:
			s.heading(fmt.Sprintf("%s (%s)", f.section, humanize.Number(s.counts[f.section])))
		case n > 0 && s.separates(was, f, ranked):
			s.rows = append(s.rows, queueRow{item: separatorRow})
		}
		was = f
		r := queueRow{item: int32(i)}
		if f.group > 0 && size[f.group] > 1 {
			r.at, r.n = int32(len(s.members)), 1
			s.members = append(s.members, int32(i))
			s.members = slices.Grow(s.members, int(size[f.group])-1)[:len(s.members)+int(size[f.group])-1]
			place[f.group] = int32(len(s.rows)) + 1
		}
		s.rows = append(s.rows, r)
	}
	if len(s.expanded) > 0 {
		s.expand()
	}
}

// join has a row stand for one change more.
func (s *Screen) join(r *queueRow, item int, f facet) {
	s.members[r.at+r.n] = int32(item)
	r.n++
	if f.turn && s.items[item].Alternation.Turns > s.items[r.item].Alternation.Turns {
		r.item = int32(item)
	}
}

// separates reports whether a line stands between two changes that follow one another:
// where one severity ends and the next begins, as long as each begins but once.
func (s *Screen) separates(was, is facet, ranked bool) bool {
	switch {
	case was.section != is.section:
		return false
	case ranked:
		return s.inOrder && was.suggested != is.suggested
	}
	return s.order.column == "severity" && was.severity != is.severity
}

// expand gives each change a row that stands behind one that was expanded.
func (s *Screen) expand() {
	rows := make([]queueRow, 0, len(s.rows)+16)
	for _, r := range s.rows {
		if r.n == 0 || !s.expanded[shared(s.items[r.item])] {
			rows = append(rows, r)
			continue
		}
		for _, i := range s.stands(r) {
			rows = append(rows, queueRow{item: i, child: true})
		}
	}
	s.rows = rows
}

func (s *Screen) heading(text string) {
	s.rows = append(s.rows, queueRow{item: headingRow, at: int32(len(s.heads))})
	s.heads = append(s.heads, text)
}

// byGroup makes the rows under headings. A group is where the first of its changes
// would, so that the order holds between groups and within them. Clusters of identical
// changes come by size instead: what one decision settles most of comes first.
func (s *Screen) byGroup() {
	var names []groupKey
	groups := map[groupKey][]int{}
	for _, i := range s.found {
		name := s.groupOf(s.items[i])
		if groups[name] == nil {
			names = append(names, name)
		}
		groups[name] = append(groups[name], i)
	}
	if s.group == byAlike {
		smallsort.By(names, func(a, b groupKey) int { return len(groups[b]) - len(groups[a]) })
	}
	var alone []int
	for _, name := range names {
		if s.group == byAlike && len(groups[name]) == 1 {
			alone = append(alone, groups[name]...)
			continue
		}
		s.heading(s.groupHead(groups[name]))
		s.each(groups[name])
	}
	if len(alone) > 0 {
		s.heading(humanize.Number(len(alone)) + " unique")
		s.each(alone)
	}
}

// each makes a row of each of some changes.
func (s *Screen) each(items []int) {
	for _, i := range items {
		s.rows = append(s.rows, queueRow{item: int32(i)})
	}
}

// groupKey is what the changes of a group have in common: the platform and the
// day, or their words.
type groupKey struct {
	name string
	day  int64
}

func (s *Screen) groupOf(c *model.QueueItem) groupKey {
	switch {
	case s.group == byChangeSet:
		return groupKey{c.Platform, c.To.CapturedAt.Unix() / (24 * 60 * 60)}
	case c.DuplicateGroup == "":
		return groupKey{string(c.ID), 0}
	}
	return groupKey{c.DuplicateGroup, 0}
}

// groupHead is the heading of a group.
func (s *Screen) groupHead(items []int) string {
	first := s.items[items[0]]
	if s.group == byChangeSet {
		day := first.To.CapturedAt.Format(time.DateOnly)
		return fmt.Sprintf("%s, %s: %s", first.PlatformName, day, humanize.Count(len(items), "change"))
	}
	why := cmp.Or(string(first.Reason), strings.Join(first.Suggested.Why, ", "))
	return fmt.Sprintf("%s identical: %s", humanize.Number(len(items)), why)
}

// rowOf is the row of a change by its number, -1 when it has none. The row of several
// that the change is among shows it from then on.
func (s *Screen) rowOf(number uint64) int {
	item := slices.IndexFunc(s.facets, func(f facet) bool { return f.number == number })
	if item < 0 {
		return -1
	}
	group := s.facets[item].group
	for at := range s.rows {
		r := &s.rows[at]
		switch {
		case r.item == int32(item):
			return at
		case r.n > 0 && group > 0 && s.facets[r.item].group == group && slices.Contains(s.stands(*r), int32(item)):
			r.item = int32(item)
			return at
		}
	}
	return -1
}
