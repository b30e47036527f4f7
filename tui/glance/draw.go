package glance

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/redlineview"
	"fineprint/tui/sanitize"
	"fineprint/tui/theme"
)

// lowPane is how many lines a pane has that stands below a list: there the head takes two.
const lowPane = 12

// Lines draws the preview in so many cells and lines; nothing is selected, nothing is
// drawn.
func (p *Pane) Lines(width, height int) []string {
	if p.item == nil || width < 20 || height < 1 {
		return nil
	}
	d := drawing{Pane: p, w: width, low: height < lowPane}
	head := d.head()
	foot := d.foot()
	room := height - len(head) - len(foot)
	if room < 3 {
		foot, room = nil, height-len(head)
	}
	lines := append(head, d.body(room)...)
	lines = append(lines, foot...)
	return lines[:min(len(lines), height)]
}

// drawing is one drawing of a pane.
type drawing struct {
	*Pane
	w   int
	low bool
}

func (d drawing) cut(text string) string { return d.Cut(text, d.w) }

// safe makes a text safe to be drawn in one line.
func (d drawing) safe(text string) string { return sanitize.Line(sanitize.Clip(text, d.w)) }

// head is what and when, how severe and why: of what the row knows.
func (d drawing) head() []string {
	t, q := d.Theme, d.item
	title := d.safe(sanitize.Clip(q.PlatformName, d.w) + d.dot() + q.Type)
	id := d.safe(string(q.ID))
	when := d.when()
	severity, why := d.severity(), d.why()
	if d.low {
		first := t.Title.Styled(title) + t.Faint.Styled(d.dot()+id+d.dot()+when)
		return []string{d.cut(first), d.cut(severity + "  " + d.safe(why))}
	}
	room := d.w - ansi.StringWidth(id) - 3
	first := t.Title.Styled(d.cut(title))
	if room >= 20 {
		first = t.Title.Styled(d.Cut(title, room)) + "   " + t.Faint.Styled(id)
	}
	lines := []string{first, t.Faint.Styled(d.cut(when)), ""}
	indent := ansi.StringWidth(severity) + 2
	for i, l := range d.Wrap(sanitize.Line(why), d.w-indent) {
		before := strings.Repeat(" ", indent)
		if i == 0 {
			before = severity + "  "
		}
		lines = append(lines, d.cut(before+t.Faint.Styled(l)))
	}
	return append(lines, "")
}

// dot separates what stands beside one another.
func (d drawing) dot() string {
	if d.ASCII {
		return " - "
	}
	return " · "
}

// when is from when to when the change is, and of how many clauses.
func (d drawing) when() string {
	q := d.item
	const day = "2 Jan 2006"
	from, to := q.From.CapturedAt.Format(day), q.To.CapturedAt.Format(day)
	if from == to {
		from, to = q.From.CapturedAt.Format(day+" 15:04"), q.To.CapturedAt.Format("15:04")
	}
	arrow := " → "
	if d.ASCII {
		arrow = " -> "
	}
	text := from + arrow + to
	c := q.Counts
	if n := c.Added + c.Removed + c.Modified + c.Moved; n > 0 {
		text += d.dot() + humanize.Count(n, "clause")
	}
	if c.Immaterial > 0 {
		noise := d.dot() + fmt.Sprintf("%d noise", c.Immaterial)
		if d.low || ansi.StringWidth(text+noise) <= d.w {
			text += noise
		}
	}
	return text
}

// severity is how severe the change is, as decided, else as suggested; what is noise has
// none.
func (d drawing) severity() string {
	q := d.item
	switch {
	case q.Severity != "":
		return d.Theme.Severity(q.Severity).Styled(d.Theme.Signs.Decided + " " + d.safe(string(q.Severity)))
	case !q.Material:
		return d.Theme.Folded.Styled("noise: " + d.safe(kit.Words(q.Reason)))
	}
	s := q.Suggested.Severity
	return d.Theme.Severity(s).Styled(d.Theme.Signs.Suggested + " " + d.safe(string(s)))
}

// why is what the suggestion is made of, in full.
func (d drawing) why() string {
	q := d.item
	var parts []string
	add := func(text string) {
		if text != "" {
			parts = append(parts, text)
		}
	}
	if q.Material {
		suggested := q.Suggested
		if d.shown != nil { // its words are read
			suggested.Says = d.shown.detail.Change.Suggested.Says
		}
		add(strings.Join(suggested.Reasons(), d.dot()))
		if p := q.Suggested.Probability; p > 0 {
			add(fmt.Sprintf("%.0f %% likely material: %s", 100*p, strings.Join(q.Suggested.Evidence, ", ")))
		}
	}
	add(q.Detail)
	if q.Stale != nil {
		add("stale: " + q.Stale.String())
	}
	return strings.Join(parts, d.dot())
}

// body is the telling clause changes, and how many more there are.
func (d drawing) body(room int) []string {
	c := d.shown
	switch {
	case room < 1:
		return nil
	case c == nil && d.err != nil:
		return []string{d.Theme.Bad.Styled(d.cut("Can't be read: " + d.safe(kit.Sentence(d.err))))}
	case c == nil:
		return nil
	}
	rest := d.others(c)
	lines := d.clauses(c, room-len(rest))
	if len(rest) > 0 && !d.low && len(lines)+len(rest) < room {
		lines = append(lines, "")
	}
	return append(lines, rest...)
}

// most is how many rows of a clause are drawn where others have to be, too.
const most = 5

// clauses draws the telling clause changes, each under its heading.
func (d drawing) clauses(c *content, room int) []string {
	c.layOut(d.w, d.Theme)
	var lines []string
	under := "\x00"
	for i, rows := range c.blocks() {
		clause := &c.detail.Change.Clauses[i]
		heading := ""
		if n := len(clause.Heading); n > 0 {
			heading = clause.Heading[n-1]
		}
		need := 1
		if heading != under && len(lines) > 0 && !d.low {
			need = 2
		}
		if room-len(lines) < need+1 || len(rows) == 0 {
			continue
		}
		if heading != under {
			if need == 2 {
				lines = append(lines, "")
			}
			lines = append(lines, d.heading(heading, clause))
			under = heading
		}
		limit := min(room-len(lines), most)
		if len(c.detail.Change.Clauses) == 1 {
			limit = room - len(lines)
		}
		for k, row := range rows[:min(len(rows), limit)] {
			text := row.Text(c.how, false, nil)
			if k == limit-1 && len(rows) > limit {
				more := d.Theme.Ellipsis
				text = ansi.Truncate(text, d.w-ansi.StringWidth(more), "") + d.Theme.Faint.Styled(more)
			}
			lines = append(lines, d.cut(text))
		}
	}
	return lines
}

// heading is the line above the clauses under a heading, with what is flagged in the
// first of them at its right.
func (d drawing) heading(text string, of *model.ClauseChange) string {
	sign := "§ "
	if d.ASCII {
		sign = "# "
	}
	text = strings.TrimSpace(strings.TrimLeft(sanitize.Line(sanitize.Clip(text, d.w)), "§# "))
	if text == "" {
		sign, text = "", "(before first heading)"
	}
	flags, room := "", d.w
	for _, mark := range of.Marks {
		flag := " " + d.Theme.Flag.Styled(d.safe(mark))
		if n := ansi.StringWidth(flag); of.Kind == model.Modified && room-n >= d.w*3/5 {
			flags, room = flags+flag, room-n
		}
	}
	return d.Theme.Faint.Styled(d.Cut(sign+text, room)) + flags
}

// others are the clause changes that are not shown, by kind.
func (d drawing) others(c *content) []string {
	words := map[model.Kind][2]string{
		model.Added: {"+", "new clause"}, model.Removed: {"-", "removed clause"},
		model.Modified: {"~", "modified clause"}, model.Moved: {">", "moved clause"},
	}
	var lines []string
	for _, r := range c.rest {
		w := words[r.kind]
		line := d.Theme.Label.Styled(w[0] + " " + humanize.Count(r.n, w[1]))
		if r.under != "" {
			line += d.Theme.Faint.Styled("  " + d.safe(r.under))
		}
		lines = append(lines, d.cut(line))
	}
	if d.low && len(lines) > 1 {
		return []string{d.cut(strings.Join(lines, "  "))}
	}
	return lines
}

// foot is who works on the change, how its like was judged, and how often its document
// changed.
func (d drawing) foot() []string {
	c := d.shown
	if c == nil {
		return nil
	}
	var lines []string
	if work := d.work(); work != "" {
		lines = append(lines, d.Theme.Label.Styled(d.cut(work)))
	}
	if p := c.precedent; p != nil {
		lines = append(lines, d.cut(d.precedent(*p)))
	}
	if n := len(c.months.Counts); n > 0 {
		words := fmt.Sprintf("  %d in %d months", c.months.Total(), n)
		lines = append(lines, d.cut(d.Theme.Faint.Styled("this document: ")+
			d.Theme.Title.Styled(d.Theme.Sparkline(c.months.Counts))+d.Theme.Faint.Styled(words)))
	}
	if d.low {
		return lines[:min(len(lines), 1)]
	}
	return append([]string{""}, lines...)
}

// work is what was noted on the change, and who it is assigned to.
func (d drawing) work() string {
	var parts []string
	if n := d.item.Notes; n > 0 {
		parts = append(parts, d.Theme.Signs.Note+" "+humanize.Count(n, "note"))
	}
	if who := d.item.Assignee; who != "" {
		parts = append(parts, "assigned to "+d.safe(who))
	}
	for _, tag := range d.item.Tags {
		parts = append(parts, "#"+d.safe(tag))
	}
	if by := d.item.FoldedBy; by != "" {
		parts = append(parts, "folded by "+d.safe(by))
	}
	return strings.Join(parts, d.dot())
}

// precedent is how the change's like was judged, and the key that does the same.
func (d drawing) precedent(p model.Precedent) string {
	r := p.Review
	how := kit.Words(r.State)
	if r.State == model.Approved {
		how += " " + string(r.Severity)
	} else if r.Reason != "" {
		how += ": " + sanitize.Clip(r.Reason, d.w)
	}
	at := r.UpdatedAt.Format("2 Jan")
	if d.Clock().Sub(r.UpdatedAt) > 300*24*time.Hour {
		at = r.UpdatedAt.Format("2 Jan 2006")
	}
	like := "similar: "
	if p.Same {
		like = "same words: "
	}
	return d.Theme.Faint.Styled(like) + d.safe(how+", "+at) + "  " +
		d.Theme.Label.Styled(d.safe(d.Keys.Key(keys.Precedent))) + d.Theme.Faint.Styled(" reuse")
}

// layOut lays the telling clauses out for a width, once.
func (c *content) layOut(width int, t theme.Theme) {
	how := redlineview.Options{Width: width, Inline: true, Immaterial: true, Theme: t}
	if c.rows != nil && c.how.Width == width && c.how.Theme.Palette == t.Palette && c.dark == t.Faint.String() {
		return
	}
	c.how, c.dark = how, t.Faint.String()
	c.rows = c.laid.Build(how)
}

// blocks are the rows with words of each chosen clause, from the one before its first
// edit on.
func (c *content) blocks() [][]redlineview.Row {
	blocks := make([][]redlineview.Row, len(c.detail.Change.Clauses))
	for _, row := range c.rows {
		if row.Clause >= 0 && row.Clause < len(blocks) && !row.Label() && (row.Old >= 0 || row.New >= 0) {
			blocks[row.Clause] = append(blocks[row.Clause], row)
		}
	}
	for i, rows := range blocks {
		blocks[i] = rows[max(0, slices.IndexFunc(rows, func(r redlineview.Row) bool { return r.Edit })-1):]
	}
	return blocks
}
