// Package redlineview lays a change out as rows: old on the left, new on the
// right, or both inline. There is one list of rows and one scroll position, so
// the columns can't drift apart.
//
// It is pure: the same change, width and options give the same rows. Text is
// made safe here, before it is measured.
package redlineview

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/redline"
	"fineprint/store/terms"
	"fineprint/tui/safetext"
	"fineprint/tui/theme"
)

const (
	// MinSplit is the width in cells below which both sides are shown inline.
	MinSplit = 94
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
		l.column = min((o.Width-5)/2, maxColumn)
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
		l.add(-1, o.Theme.Faint.Styled("Only white space between the clauses differs."), false)
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

// clause lays out one clause change under its heading row.
func (l *layout) clause(i int, c terms.ClauseChange, old, new string) {
	t := l.o.Theme
	where := safetext.Line(strings.Join(c.Heading, " > "))
	if where != "" {
		where = "  " + where
	}
	if !c.Material {
		label := fmt.Sprintf("%s %s, immaterial: %s%s", sign(c.Kind), c.Kind, c.Reason, where)
		l.add(i, t.Folded.Styled(ansi.Truncate(label, l.o.Width, "…")), true)
		if !l.o.Immaterial {
			return
		}
	} else {
		label := fmt.Sprintf("%s %s", sign(c.Kind), c.Kind)
		if c.Detail != "" {
			label += " (" + safetext.Line(c.Detail) + ")"
		}
		if len(c.Marks) > 0 {
			label += "  look at: " + strings.Join(c.Marks, ", ")
		}
		l.add(i, ansi.Truncate(t.Title.Styled(label)+t.Faint.Styled(where), l.o.Width, ""), true)
	}
	spans := redline.Compare(old, new).Spans
	if l.split {
		l.sideBySide(i, spans)
	} else {
		l.inline(i, spans)
	}
	l.add(i, "", false)
}

// piece is a run of safe text with one operation.
type piece struct {
	op   terms.Op
	text string
}

func pieces(spans []terms.Span) []piece {
	out := make([]piece, 0, len(spans))
	for _, s := range spans {
		out = append(out, piece{s.Op, safetext.Line(s.Text)})
	}
	return out
}

func (l *layout) inline(i int, spans []terms.Span) {
	for _, line := range l.wrap(pieces(spans)) {
		l.add(i, "  "+line, false)
	}
}

// sideBySide wraps both sides, and brings them level at the end of the pair
// and, once one runs ahead by maxDrift rows, at the next sentence.
func (l *layout) sideBySide(i int, spans []terms.Span) {
	var left, right []piece
	flush := func() {
		a, b := l.wrap(left), l.wrap(right)
		for k := range max(len(a), len(b)) {
			var x, y string
			if k < len(a) {
				x = a[k]
			}
			if k < len(b) {
				y = b[k]
			}
			bar := "│"
			if l.o.Theme.ASCII {
				bar = "|"
			}
			l.add(i, "  "+x+strings.Repeat(" ", max(0, l.column-ansi.StringWidth(x)))+" "+l.o.Theme.Faint.Styled(bar)+" "+y, false)
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

func (l *layout) unchanged(text string) {
	for para := range strings.SplitSeq(text, "\n\n") {
		if strings.TrimSpace(para) == "" {
			continue
		}
		lines := l.wrap([]piece{{terms.Equal, safetext.Line(strings.TrimSpace(para))}})
		for _, line := range lines {
			if l.split {
				line += strings.Repeat(" ", max(0, l.column-ansi.StringWidth(line))) + " " + l.o.Theme.Faint.Styled(" ") + " " + line
			}
			l.add(-1, "  "+l.o.Theme.Faint.Styled(ansi.Strip(line)), false)
		}
		l.add(-1, "", false)
	}
}

// word is what a line can break before: styled runs without a break inside.
type word struct {
	runs  []piece
	width int
	space bool // a space stands before it
}

// wrap breaks pieces into styled lines of at most the column's width: at
// spaces, inside a word only when it is longer than a line.
func (l *layout) wrap(in []piece) []string {
	var lines []string
	var line []piece
	width := 0
	emit := func() {
		lines = append(lines, l.style(line))
		line, width = nil, 0
	}
	for _, w := range l.words(in) {
		need := w.width
		if w.space && width > 0 {
			need++
		}
		if width > 0 && width+need > l.column {
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
				head := ansi.Truncate(r.text, max(1, l.column-width), "")
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

func (l *layout) words(in []piece) []word {
	var out []word
	space := false
	fresh := true
	for _, p := range in {
		if l.o.Theme.ASCII {
			switch p.op {
			case terms.Delete:
				p.text = "[-" + p.text + "-]"
			case terms.Insert:
				p.text = "{+" + p.text + "+}"
			}
		}
		for len(p.text) > 0 {
			if n := len(p.text) - len(strings.TrimLeft(p.text, " ")); n > 0 {
				space, fresh = true, true
				p.text = p.text[n:]
				continue
			}
			end := strings.IndexByte(p.text, ' ')
			if end < 0 {
				end = len(p.text)
			}
			run := piece{p.op, p.text[:end]}
			p.text = p.text[end:]
			if fresh || len(out) == 0 {
				out = append(out, word{space: space})
				space, fresh = false, false
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
