package kit

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Today is what the actor decided today, for the screens to show; without a Count it is
// not shown.
type Today struct {
	Count string   // "30/50", of the day's goal
	Bar   string   // the same as a bar
	Pace  []string // "22 min", "44 s each"
	Words string   // all of it, and how long the rest takes
}

// Line returns as much of the day as fits into so many cells, "" when nothing does.
func (t Today) Line(width int) string {
	if t.Count == "" {
		return ""
	}
	for n := len(t.Pace); n >= 0; n-- {
		line := strings.Join(append([]string{"today " + t.Bar + " " + t.Count}, t.Pace[:n]...), " · ")
		if ansi.StringWidth(line) <= width {
			return line
		}
	}
	if line := "today " + t.Count; ansi.StringWidth(line) <= width {
		return line
	}
	return ""
}
