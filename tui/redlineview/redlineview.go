// Package redlineview lays a change out as rows: old on the left, new on the
// right, or both inline. There is one list of rows and one scroll position, so
// the columns can't drift apart.
//
// It is pure: the same change, width and options give the same rows. Text is
// made safe here, before it is measured.
//
// Invariants:
//   - No row is wider than the width that was asked for.
//   - Nothing disappears: the old side of a clause's rows holds all words of the
//     old text in their order, the new side all of the new one.
//   - Colour is never alone: a row's gutter says - + ~ or, for a move, < >.
//
// Decision: clauses in a row that share heading and kind, and have nothing to be
// said about them, share one heading row. Rewritten documents have hundreds of
// added list items, which took three rows each otherwise.
package redlineview

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/redline"
	"fineprint/store/terms"
	"fineprint/tui/safetext"
	"fineprint/tui/theme"
)

const (
	// MinSplit is the width in cells below which both sides are shown inline.
	MinSplit = 96
	// maxColumn caps the reading width in cells.
	maxColumn = 90
	// maxDrift is how many rows one side may run ahead before both are brought
	// level at the end of a sentence.
	maxDrift = 3
)

// Options say how to lay out.
type Options struct {
	Width      int
	Inline     bool // even where there is room for two columns
	Whole      bool // unchanged text too
	Immaterial bool // unfold what is immaterial
	Theme      theme.Theme
}

// Row is one line of the screen.
type Row struct {
	Text   string // styled, at most the width
	Clause int    // index of the clause change, -1 between them
	Head   bool   // the clause's first row
}

// Build lays out a change.
func Build(d terms.ChangeDetail, o Options) []Row {
	l := &layout{o: o, split: !o.Inline && o.Width >= MinSplit}
	l.column = min(o.Width-2, maxColumn)
	if l.split {
		l.column = min((o.Width-6)/2, maxColumn)
	}
	l.column = max(l.column, 10)
	at := 0
	for i, c := range d.Change.Clauses {
		if o.Whole && c.New != nil && c.New.Start >= at {
			l.unchanged(d.NewText[at:c.New.Start])
		}
		if c.New != nil {
			at = max(at, c.New.End)
		}
		l.clause(i, c, cut(d.OldText, c.Old), cut(d.NewText, c.New))
	}
	if o.Whole && at <= len(d.NewText) {
		l.unchanged(d.NewText[at:])
	}
	if len(d.Change.Clauses) == 0 {
		l.add(-1, o.Theme.Faint.Styled(l.fit("Only white space between the clauses differs.")), false)
	}
	return l.rows
}

func cut(text string, e *terms.Extent) string {
	if e == nil || e.Start < 0 || e.End > len(text) || e.Start > e.End {
		return ""
	}
	return text[e.Start:e.End]
}

type layout struct {
	o      Options
	split  bool
	column int
	rows   []Row
	kind   terms.Kind // of the clause that is being laid out
	under  string     // what the last heading row says, "" when it can't be shared
}

// fit cuts a line of ours at the width, showing that it was cut.
func (l *layout) fit(text string) string {
	return ansi.Truncate(text, l.o.Width, l.o.Theme.Ellipsis)
}

func (l *layout) add(clause int, text string, head bool) {
	l.rows = append(l.rows, Row{ansi.Truncate(text, l.o.Width, ""), clause, head})
}

func sign(k terms.Kind) string {
	switch k {
	case terms.Added:
		return "+"
	case terms.Removed:
		return "-"
	case terms.Moved:
		return ">"
	}
	return "~"
}

// clause lays out one clause change under its heading row, or under that of the
// clause before it when both would say the same.
func (l *layout) clause(i int, c terms.ClauseChange, old, new string) {
	l.kind = c.Kind
	label, style := l.label(c)
	where := l.where(c.Heading, l.o.Width-ansi.StringWidth(label))
	folded := !c.Material && !l.o.Immaterial
	under := label + strings.Join(c.Heading, "\x00")
	if shared := under == l.under && len(c.Marks) == 0 && c.Detail == "" && !folded; shared {
		l.rows = l.rows[:len(l.rows)-1] // the empty row after the clause before
	} else {
		l.add(i, l.fit(style.Styled(label)+l.o.Theme.Faint.Styled(where)), true)
	}
	l.under = ""
	if folded {
		return
	}
	first := len(l.rows)
	spans := redline.Compare(old, new).Spans
	if l.split {
		l.sideBySide(i, spans)
	} else {
		l.inline(i, spans)
	}
	if first < len(l.rows) && (first == 0 || l.rows[first-1].Clause != i) {
		l.rows[first].Head = true
	}
	l.add(i, "", false)
	l.under = under
}

// where names the headings above a clause, innermost ones first to stay when the
// room is short.
func (l *layout) where(headings []string, room int) string {
	for i := range headings {
		path := safetext.Line(strings.Join(headings[i:], " > "))
		if i > 0 {
			path = l.o.Theme.Ellipsis + " > " + path
		}
		if last := i == len(headings)-1; last || ansi.StringWidth(path)+2 <= room {
			return "  " + path
		}
	}
	return ""
}

// label says what happened to a clause and what a reader must not miss.
func (l *layout) label(c terms.ClauseChange) (string, ansi.Style) {
	label, style := fmt.Sprintf("%s %s", sign(c.Kind), c.Kind), l.o.Theme.Title
	if !c.Material {
		label, style = label+", immaterial: "+string(c.Reason), l.o.Theme.Folded
	}
	if c.Detail != "" {
		label += " (" + safetext.Line(c.Detail) + ")"
	}
	if c.Material && len(c.Marks) > 0 {
		label += "  look at: " + strings.Join(c.Marks, ", ")
	}
	return label, style
}

// piece is a run of safe text with one operation. Its text holds "\n" only where
// the line must break.
type piece struct {
	op   terms.Op
	text string
}

// underline is how Markdown may mark a heading: a row of its own, which joined
// to the heading's words would look like a part of them.
var underline = regexp.MustCompile(`\n(-{3,}|={3,})[ \t]*$`)

func pieces(spans []terms.Span) []piece {
	out := make([]piece, 0, len(spans))
	for _, s := range spans {
		p := piece{s.Op, safetext.Line(s.Text)}
		if at := underline.FindStringIndex(s.Text); at != nil {
			p.text = safetext.Line(s.Text[:at[0]]) + "\n" + safetext.Line(s.Text[at[0]+1:])
		}
		out = append(out, p)
	}
	return out
}

func (l *layout) inline(i int, spans []terms.Span) {
	for _, line := range l.wrap(pieces(spans)) {
		l.add(i, l.gutter(line, terms.Delete, terms.Insert)+l.style(line), false)
	}
}

// gutter is the two cells before a line: what of ops happens in it.
func (l *layout) gutter(line []piece, ops ...terms.Op) string {
	has := map[terms.Op]bool{}
	for _, p := range line {
		has[p.op] = has[p.op] || slices.Contains(ops, p.op)
	}
	deleted, inserted := has[terms.Delete], has[terms.Insert]
	switch {
	case deleted && inserted:
		return l.o.Theme.Label.Styled("~") + " "
	case deleted:
		return l.o.Theme.Bad.Styled("-") + " "
	case inserted:
		return l.o.Theme.Good.Styled("+") + " "
	case l.kind == terms.Moved && len(line) > 0 && slices.Contains(ops, terms.Insert):
		return l.o.Theme.Label.Styled(">") + " "
	case l.kind == terms.Moved && len(line) > 0:
		return l.o.Theme.Label.Styled("<") + " "
	}
	return "  "
}

// sideBySide wraps both sides, and brings them level at the end of the pair
// and, once one runs ahead by maxDrift rows, at the next sentence.
func (l *layout) sideBySide(i int, spans []terms.Span) {
	var left, right []piece
	flush := func() {
		a, b := l.wrap(left), l.wrap(right)
		for k := range max(len(a), len(b)) {
			l.pair(i, at(a, k), at(b, k))
		}
		left, right = nil, nil
	}
	drift := 0
	for _, p := range pieces(spans) {
		switch p.op {
		case terms.Delete:
			left, drift = append(left, p), drift+len(p.text)
		case terms.Insert:
			right, drift = append(right, p), drift-len(p.text)
		default:
			rest := p.text
			for drift > maxDrift*l.column || -drift > maxDrift*l.column {
				end := strings.Index(rest, ". ")
				if end < 0 {
					break
				}
				first := piece{p.op, rest[:end+1]}
				left, right = append(left, first), append(right, first)
				flush()
				rest, drift = strings.TrimLeft(rest[end+1:], " "), 0
			}
			left, right = append(left, piece{p.op, rest}), append(right, piece{p.op, rest})
		}
	}
	flush()
}

func at(lines [][]piece, k int) []piece {
	if k < len(lines) {
		return lines[k]
	}
	return nil
}

// pair adds one row of both columns.
func (l *layout) pair(clause int, left, right []piece) {
	bar, x := "│", l.style(left)
	if l.o.Theme.ASCII {
		bar = "|"
	}
	x += strings.Repeat(" ", max(0, l.column-ansi.StringWidth(x)))
	l.add(clause, l.gutter(left, terms.Delete)+x+" "+l.o.Theme.Faint.Styled(bar)+l.gutter(right, terms.Insert)+l.style(right), false)
}

func (l *layout) unchanged(text string) {
	for para := range strings.SplitSeq(text, "\n\n") {
		if strings.TrimSpace(para) == "" {
			continue
		}
		l.under = ""
		for _, line := range l.wrap([]piece{{terms.Equal, safetext.Line(strings.TrimSpace(para))}}) {
			text := l.style(line)
			if l.split {
				text += strings.Repeat(" ", max(0, l.column-ansi.StringWidth(text))) + "    " + text
			}
			l.add(-1, "  "+l.o.Theme.Faint.Styled(text), false)
		}
		l.add(-1, "", false)
	}
}

// word is what a line can break before: styled runs without a break inside.
type word struct {
	runs  []piece
	width int
	space bool // a space stands before it
	brk   bool // it begins a line
}

// wrap breaks pieces into lines of at most the column's width: at
// spaces, inside a word only when it is longer than a line.
func (l *layout) wrap(in []piece) [][]piece {
	var lines [][]piece
	var line []piece
	width := 0
	emit := func() {
		lines = append(lines, line)
		line, width = nil, 0
	}
	for _, w := range l.words(in) {
		need := w.width
		if w.space && width > 0 {
			need++
		}
		if width > 0 && (w.brk || width+need > l.column) {
			emit()
		}
		if w.space && width > 0 {
			op := terms.Equal // a space is marked only within a run
			if line[len(line)-1].op == w.runs[0].op {
				op = w.runs[0].op
			}
			line = append(line, piece{op, " "})
			width++
		}
		for _, r := range w.runs {
			for width+ansi.StringWidth(r.text) > l.column {
				head := ansi.Truncate(r.text, l.column-width, "")
				if head == "" {
					if width == 0 {
						break
					}
					emit()
					continue
				}
				line = append(line, piece{r.op, head})
				r.text = r.text[len(head):]
				emit()
			}
			line = append(line, r)
			width += ansi.StringWidth(r.text)
		}
	}
	if len(line) > 0 {
		emit()
	}
	return lines
}

// bracket marks what is deleted or inserted by [-characters-] {+only+}, inside
// the spaces around it.
func bracket(p piece) string {
	inner := strings.Trim(p.text, " ")
	before, after, _ := strings.Cut(p.text, inner)
	if inner == "" {
		inner, before, after = p.text, "", ""
	}
	switch {
	case p.text == "":
	case p.op == terms.Delete:
		return before + "[-" + inner + "-]" + after
	case p.op == terms.Insert:
		return before + "{+" + inner + "+}" + after
	}
	return p.text
}

func (l *layout) words(in []piece) []word {
	var out []word
	space, brk := false, false
	fresh := true
	for _, p := range in {
		if l.o.Theme.ASCII {
			p.text = bracket(p)
		}
		for len(p.text) > 0 {
			if n := len(p.text) - len(strings.TrimLeft(p.text, " \n")); n > 0 {
				space, fresh = true, true
				brk = brk || strings.Contains(p.text[:n], "\n")
				p.text = p.text[n:]
				continue
			}
			end := strings.IndexAny(p.text, " \n")
			if end < 0 {
				end = len(p.text)
			}
			run := piece{p.op, p.text[:end]}
			p.text = p.text[end:]
			if fresh || len(out) == 0 {
				out = append(out, word{space: space, brk: brk})
				space, fresh, brk = false, false, false
			}
			w := &out[len(out)-1]
			w.runs = append(w.runs, run)
			w.width += ansi.StringWidth(run.text)
		}
	}
	return out
}

// style joins a line's runs, one sequence for each run of one operation.
func (l *layout) style(line []piece) string {
	var b strings.Builder
	for i := 0; i < len(line); {
		j := i
		var text string
		for ; j < len(line) && line[j].op == line[i].op; j++ {
			text += line[j].text
		}
		switch line[i].op {
		case terms.Delete:
			b.WriteString(l.o.Theme.Deleted.Styled(text))
		case terms.Insert:
			b.WriteString(l.o.Theme.Inserted.Styled(text))
		default:
			b.WriteString(text)
		}
		i = j
	}
	return b.String()
}
