package redlineview

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/markup"
)

// Text draws a row: at most as wide as it was laid out for. selected: the reader is at
// it, or it is the first of the item that the reader is at; found: what was searched for.
func (r Row) Text(o Options, selected bool, found *Matches) string {
	selected = selected && (r.Head || r.Edit || r.Folded)
	if r.block == nil {
		if !r.label {
			return r.text
		}
		mark := "  "
		if selected {
			mark = o.Theme.Selected.Styled(o.Theme.Signs.Selected) + " "
		}
		return ansi.Truncate(mark+r.text, o.Width, o.Theme.Ellipsis)
	}
	d := drawer{r.block, found, selected}
	text := d.gutter(r.left, true) + d.line(r.left)
	if r.block.right > 0 {
		text += strings.Repeat(" ", max(0, r.block.left+2-ansi.StringWidth(text)))
		text += " " + o.Theme.Border.Styled(o.Theme.Signs.Separator) + d.gutter(r.right, false) + d.line(r.right)
	}
	return ansi.Truncate(text, o.Width, "")
}

type drawer struct {
	*block
	found    *Matches
	selected bool
}

// gutter is the two cells before a line: what happens in it, and the mark of what
// is selected.
func (d drawer) gutter(l line, left bool) string {
	t := d.o.Theme
	mark := " "
	if d.selected && left {
		mark = t.Selected.Styled(t.Signs.Selected)
	}
	sign, style := d.happens(l, left)
	if sign == " " {
		return " " + mark
	}
	if !t.ASCII && t.Palette != "mono" {
		sign = t.Signs.Bar
	}
	return style.Styled(sign) + mark
}

func (d drawer) happens(l line, left bool) (string, ansi.Style) {
	var deleted, inserted bool
	for _, s := range l {
		deleted = deleted || s.run.op == model.Delete
		inserted = inserted || s.run.op == model.Insert
	}
	t := d.o.Theme
	switch {
	case deleted && inserted:
		return "~", t.Modified
	case deleted:
		return "-", t.Bad
	case inserted:
		return "+", t.Good
	case d.kind == model.Moved && len(l) > 0 && left && d.o.Zoom == OldOnly:
		return "<", t.Modified
	case d.kind == model.Moved && len(l) > 0:
		return ">", t.Modified
	}
	return " ", t.Label
}

// look is how a piece of a line is drawn.
type look struct {
	op    model.Op
	found match
	idle  bool // it changed and says nothing
	style markup.Style
	flag  flag
}

// line draws a line's runs, one sequence for each stretch of one style.
func (d drawer) line(l line) string {
	var out, text strings.Builder
	var now look
	flush := func() {
		if text.Len() > 0 {
			out.WriteString(d.style(now).Styled(text.String()))
			text.Reset()
		}
	}
	put := func(next look, s string) {
		if next != now {
			flush()
			now = next
		}
		text.WriteString(s)
	}
	for i, s := range l {
		if s.space && i > 0 {
			between := look{op: model.Equal} // a space is marked only within a run
			if before := l[i-1].run; before.op == s.run.op {
				between.op, between.idle = s.run.op, s.run.idle && before.idle
				between.style = s.run.style & before.style & (markup.Link | markup.Heading)
				_, between.found = d.found.in(s.run, s.from), d.found.across(before, s.run)
			}
			put(between, " ")
		}
		d.pieces(s, put)
	}
	flush()
	return out.String()
}

func lookOf(r *run, found match) look { return look{r.op, found, r.idle, r.style, r.flag} }

// pieces cuts a seg where what was found begins and ends.
func (d drawer) pieces(s seg, put func(look, string)) {
	if d.found == nil || s.run.style&aside != 0 {
		put(lookOf(s.run, none), s.run.text[s.from:s.to])
		return
	}
	if !s.run.exact {
		put(lookOf(s.run, d.found.touches(s.run)), s.run.text[s.from:s.to])
		return
	}
	for from := s.from; from < s.to; {
		is := d.found.in(s.run, from)
		to := from + 1
		for to < s.to && d.found.in(s.run, to) == is {
			to++
		}
		put(lookOf(s.run, is), s.run.text[from:to])
		from = to
	}
}

func (d drawer) style(k look) ansi.Style {
	t := d.o.Theme
	style := ansi.Style{}
	switch {
	case k.idle:
		style = t.Faint
	case k.op == model.Delete && d.kind == model.Removed:
		style = t.DeletedText
	case k.op == model.Insert && d.kind == model.Added:
		style = t.InsertedText
	case k.op == model.Delete:
		style = t.Deleted
	case k.op == model.Insert:
		style = t.Inserted
	case d.kind == "":
		style = t.Faint
	}
	if k.found == none {
		return k.over(t, style, d.kind == model.Added || d.kind == model.Removed)
	}
	switch k.found {
	case other:
		style = append(ansi.Style{}, style...).Reverse(true)
	case current:
		style = append(ansi.Style{}, style...).Reverse(true).Bold().Italic(true) // what is inserted is bold already
	}
	return style
}
