package redlineview

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/sanitize"
)

// label describes what happened to a clause and what a reader must not miss: styled,
// and bare for comparing.
func (b *layout) label(i int) (styled, bare string) {
	c := b.d.Change.Clauses[b.items[i].clause]
	n := b.notes[b.items[i].clause]
	label, style := sanitize.Line(string(c.Kind)), b.o.Theme.Title
	if !c.Material {
		label, style = label+", immaterial: "+sanitize.Line(string(c.Reason)), b.o.Theme.Folded
	}
	if len(c.OldHeading) > 0 {
		label += " from " + b.path(c.OldHeading)
	}
	if c.Detail != "" {
		label += " (" + sanitize.Line(sanitize.Clip(c.Detail, b.o.Width)) + ")"
	}
	label = ansi.Truncate(label, b.o.Width-2, b.o.Theme.Ellipsis)
	return b.withBadges(style.Styled(label), label, b.badges(c, n), len(n.badges))
}

// tally lists reasons with their counts, the most frequent first.
func tally(counts map[model.Reason]int) string {
	reasons := make([]model.Reason, 0, len(counts))
	for r := range counts {
		reasons = append(reasons, r)
	}
	slices.SortFunc(reasons, func(a, b model.Reason) int {
		if n := counts[b] - counts[a]; n != 0 {
			return n
		}
		return strings.Compare(string(a), string(b))
	})
	parts := make([]string, len(reasons))
	for i, r := range reasons {
		parts[i] = fmt.Sprintf("%d %s", counts[r], r)
	}
	return sanitize.Line(strings.Join(parts, ", "))
}
