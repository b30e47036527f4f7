package tui

import (
	"slices"
	"strings"

	"fineprint/tui/humanize"
	"fineprint/tui/kit"
)

// missing is what is said of a damaged file, and of values that can't be read.
type missing struct {
	file  string // "" for a sound one
	count int
	text  string // all of it, "" for nothing
}

// namedAtOnce is how many values or pages are named, as far as the line has room.
const namedAtOnce = 5

// noteDamagedFile says what is wrong with the file as a whole.
func (m *Model) noteDamagedFile() {
	if list := m.o.Integrity.Problems; len(list) > 0 {
		m.missing.file = "! The file is damaged and nothing is saved (see `fineprint check`): " +
			strings.Join(list[:min(len(list), namedAtOnce)], "; ")
		m.missing.text = m.missing.file
	}
}

// noteMissing brings in step what is said of values that can't be read.
func (m *Model) noteMissing() {
	if m.o.Damage == nil || m.o.Damage.Count() == m.missing.count {
		return
	}
	found := m.o.Damage.Found()
	m.missing.count, m.missing.text = len(found), m.missing.file
	if len(found) == 0 {
		return
	}
	named := make([]string, min(len(found), namedAtOnce))
	for i := range named {
		named[i] = found[i].What
	}
	what, lead := humanize.Count(len(found), "value")+" can't be read", "! "
	if m.missing.file != "" {
		what, lead = what+", and this is without: ", m.missing.file+"; "
	} else {
		what += " (see `fineprint check`), and this is without: "
	}
	m.missing.text = lead + what + strings.Join(named, "; ")
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
