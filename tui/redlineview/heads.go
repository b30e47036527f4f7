package redlineview

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/store/smallsort"
	"fineprint/tui/humanize"
	"fineprint/tui/sanitize"
)

// number counts the clause changes that say something, in reading order; where none
// does, all of them.
func (l *Layouter) number() {
	l.numbers = make([]int, len(l.d.Change.Clauses))
	material := slices.ContainsFunc(l.d.Change.Clauses, func(c model.ClauseChange) bool { return c.Material })
	for _, it := range l.items {
		if it.kind == clauseItem && (!material || l.d.Change.Clauses[it.clause].Material) {
			l.numbered++
			l.numbers[it.clause] = l.numbered
		}
	}
}

// Numbered is how many clause changes are counted: those that say something or, where
// none does, all.
func (l *Layouter) Numbered() int { return l.numbered }

// reasons name what makes a clause change noise, one of it and several.
var reasons = map[model.Reason][2]string{
	model.ReasonWhitespace:  {"white space", "white space"},
	model.ReasonTypography:  {"typography", "typography"},
	model.ReasonFormatting:  {"formatting", "formatting"},
	model.ReasonLink:        {"link target", "link targets"},
	model.ReasonDate:        {"date", "dates"},
	model.ReasonNumbering:   {"numbering", "numbering"},
	model.ReasonCase:        {"letter case", "letter case"},
	model.ReasonMoved:       {"moved", "moved"},
	model.ReasonBoilerplate: {"boilerplate", "boilerplate"},
	model.ReasonFlap:        {"back and forth", "back and forth"},
	model.ReasonChurn:       {"churn", "churn"},
	model.ReasonNotTerms:    {"not terms", "not terms"},
	model.ReasonTechnical:   {"technical", "technical"},
	model.ReasonCapture:     {"capture", "captures"},
}

// reason names what makes n clause changes noise.
func reason(r model.Reason, n int) string {
	names, ok := reasons[r]
	switch {
	case !ok:
		return sanitize.Line(strings.ReplaceAll(string(r), "_", " "))
	case n == 1:
		return names[0]
	}
	return names[1]
}

// tally lists reasons with their counts, the most frequent first.
func tally(counts map[model.Reason]int) string {
	list := make([]model.Reason, 0, len(counts))
	for r := range counts {
		list = append(list, r)
	}
	smallsort.By(list, func(a, b model.Reason) int {
		if n := counts[b] - counts[a]; n != 0 {
			return n
		}
		return strings.Compare(string(a), string(b))
	})
	parts := make([]string, len(list))
	for i, r := range list {
		parts[i] = fmt.Sprintf("%d %s", counts[r], reason(r, counts[r]))
	}
	return strings.Join(parts, ", ")
}

// kind names what happened to a clause.
func (b *layout) kind(i int) string {
	c := b.d.Change.Clauses[b.items[i].clause]
	kind := map[model.Kind]string{
		model.Added: "Added", model.Removed: "Removed", model.Modified: "Modified", model.Moved: "Moved",
	}[c.Kind]
	switch {
	case kind == "":
		kind = sanitize.Line(string(c.Kind))
	case len(c.OldHeading) > 0:
		kind = "Moved from " + b.path(c.OldHeading)
		if c.Kind == model.Modified {
			kind += " and modified"
		}
	case b.isTableRow(c):
		kind = map[model.Kind]string{model.Added: "Added table row", model.Removed: "Removed table row",
			model.Modified: "Table row", model.Moved: "Moved table row"}[c.Kind]
	}
	if !c.Material {
		kind += ", noise (" + reason(c.Reason, 1) + ")"
	}
	if c.Detail != "" {
		kind += " (" + sanitize.Line(sanitize.Clip(c.Detail, b.o.Width)) + ")"
	}
	return kind
}

// isTableRow reports whether a clause is one row of a Markdown table.
func (l *Layouter) isTableRow(c model.ClauseChange) bool {
	text := cut(l.d.NewText, c.New)
	if c.New == nil {
		text = cut(l.d.OldText, c.Old)
	}
	text = strings.TrimSpace(text)
	return len(text) > 1 && text[0] == '|' && !strings.Contains(text, "\n")
}

// label describes what happened to the clauses of items first to last, which share
// their heading, what a reader must not miss, where they are, and how many lines of
// them are folded.
func (b *layout) label(first, last, folded int) string {
	k := b.items[first].clause
	c, n := b.d.Change.Clauses[k], b.notes[k]
	style := b.o.Theme.Title
	switch {
	case !c.Material:
		style = b.o.Theme.Folded
	case c.Kind == model.Added:
		style = b.o.Theme.Good
	case c.Kind == model.Removed:
		style = b.o.Theme.Bad
	}
	kind := b.kind(first)
	if number := b.numbersOf(first, last); number != "" {
		kind = number + " " + kind
	}
	kind = ansi.Truncate(kind, b.o.Width-2, b.o.Theme.Ellipsis)
	label, bare := b.withBadges(style.Styled(kind), kind, b.badges(first, n))
	room := b.o.Width - 2 - ansi.StringWidth(bare)
	rest := ""
	if copies := b.copies(k); copies != "" {
		rest = "  " + copies
	}
	if folded > 0 {
		rest += "  " + b.o.Theme.Ellipsis + " " + humanize.Count(folded, "line") + " folded"
	}
	path := ansi.Truncate(b.where(c.Heading, room-ansi.StringWidth(rest)), max(0, room-ansi.StringWidth(rest)),
		b.o.Theme.Ellipsis)
	return label + b.o.Theme.Faint.Styled(path+rest)
}

// numbersOf counts the clause changes of items: "3/12", "3–5/12"; "" for what is noise
// among others.
func (b *layout) numbersOf(first, last int) string {
	from, to := b.numbers[b.items[first].clause], b.numbers[b.items[last].clause]
	switch {
	case from == 0 || to == 0:
		return ""
	case from == to:
		return fmt.Sprintf("%d/%d", from, b.numbered)
	case b.o.Theme.ASCII:
		return fmt.Sprintf("%d-%d/%d", from, to, b.numbered)
	}
	return fmt.Sprintf("%d–%d/%d", from, to, b.numbered)
}

// copies tells that a clause's only edit is made elsewhere too, "" when it isn't.
func (b *layout) copies(clause int) string {
	all := b.Layouter.edits[clause]
	if len(all) != 1 || all[0].copies < 2 {
		return ""
	}
	if all[0].again {
		return fmt.Sprintf("same edit as %d", b.numbers[all[0].first])
	}
	return sameEdit(all[0].copies, b.o.Theme.ASCII)
}

// repeats reports whether a clause's only edit is that of the clause which the last heading
// was made for.
func (b *layout) repeats(clause int) bool {
	e := b.Layouter.edits[clause][0]
	return e.again && e.first == b.items[b.first].clause
}

func sameEdit(copies int, ascii bool) string {
	if ascii {
		return fmt.Sprintf("same edit x%d", copies)
	}
	return fmt.Sprintf("same edit ×%d", copies)
}

// clipped leaves of each heading what a line may have room for.
func clipped(headings []string, width int) []string {
	out := make([]string, len(headings))
	for i, h := range headings {
		out[i] = sanitize.Clip(h, width)
	}
	return out
}

// below is what separates a heading from the one above it.
func (b *layout) below() string {
	if b.o.Theme.ASCII {
		return " > "
	}
	return " › "
}

// known leaves of headings what isn't the document's title.
func (b *layout) known(headings []string) []string {
	headings = clipped(headings, b.o.Width)
	if b.title < len(headings) {
		headings = headings[b.title:]
	}
	return headings
}

// path names headings, outermost first.
func (b *layout) path(headings []string) string {
	if len(headings) == 0 {
		return "the beginning"
	}
	return sanitize.Line(strings.Join(b.known(headings), b.below()))
}

// where names the headings above a clause, innermost ones first to stay when the
// room is short.
func (b *layout) where(headings []string, room int) string {
	headings = b.known(headings)
	for i := range headings {
		path := sanitize.Line(strings.Join(headings[i:], b.below()))
		if i > 0 {
			path = b.o.Theme.Ellipsis + b.below() + path
		}
		if last := i == len(headings)-1; last || ansi.StringWidth(path)+2 <= room {
			return "  " + path
		}
	}
	return ""
}
