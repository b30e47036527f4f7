package tui

import (
	"fmt"
	"slices"
	"strings"

	"fineprint/tui/humanize"
	"fineprint/tui/kit"
)

// missing is what is said of values that can't be read, "" for none.
type missing struct {
	count int
	text  string
}

// namedAtOnce is how many values are named, as far as the line has room.
const namedAtOnce = 5

// noteMissing brings in step what is said of values that can't be read.
func (m *Model) noteMissing() {
	if m.o.Damage == nil || m.o.Damage.Count() == m.missing.count {
		return
	}
	found := m.o.Damage.Found()
	m.missing = missing{count: len(found)}
	if len(found) == 0 {
		return
	}
	named := make([]string, min(len(found), namedAtOnce))
	for i := range named {
		named[i] = found[i].What
	}
	m.missing.text = fmt.Sprintf("! %s can't be read (see `fineprint check`), and this is without: %s",
		humanize.Count(len(found), "value"), strings.Join(named, "; "))
}

// head is the head of a screen, with a line under its title on what can't be read.
func (m *Model) head(s kit.Screen) []string {
	head := s.Head()
	if m.missing.text == "" || len(head) == 0 {
		return head
	}
	line := m.Theme.Bad.Styled(m.Plain(m.Cut(m.Safe(m.missing.text), m.W)))
	return slices.Insert(slices.Clone(head), 1, line)
}

// headLine is the line of a screen's own head at a line of the window.
func (m *Model) headLine(at int) int {
	if m.missing.text != "" && at > 0 {
		return at - 1
	}
	return at
}
