package clause

import (
	"sort"
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/guard"
)

// MaxClauses bounds the clauses that are told apart in a Text: what comes after so many
// is one, the last ([Document.Rest]). The largest of 42,627 real versions has fewer than 4,000.
const MaxClauses = 50_000

// Split cuts a Text into clauses.
func Split(text string) *Document {
	d := &Document{Text: text, Clauses: make([]Clause, 0, min(len(text)/120, MaxClauses)+8)}
	d.split()
	return d
}

func (d *Document) split() {
	guard.Point(d.Text)
	s := scanner{src: d.Text, clauses: d.Clauses, open: None, lead: None}
	for at := 0; at < len(s.src); {
		at = s.next(at)
	}
	d.Clauses = s.clauses
	d.nest(0, len(d.Clauses))
}

// next reads the line at a position and returns where the one after begins.
func (s *scanner) next(at int) int {
	if len(s.clauses) >= MaxClauses && s.fence == 0 {
		s.rest(at)
		return len(s.src)
	}
	end := len(s.src)
	if n := strings.IndexByte(s.src[at:], '\n'); n >= 0 {
		end = at + n
	}
	s.line(at, end)
	return end + 1
}

// rest makes what is left of a text, from a position on, one clause.
func (s *scanner) rest(at int) {
	const white = " \t\r\f\v\n"
	left := strings.TrimRight(s.src[at:], white)
	end := at + len(left)
	if at = end - len(strings.TrimLeft(left, white)); at == end {
		return
	}
	s.clauses = append(s.clauses, Clause{ByteRange: model.ByteRange{Start: at, End: end}, Kind: Paragraph, flags: flagRest,
		Under: None, Lead: None})
}

// level is one open list item: what belongs to it is indented to its content.
type level struct {
	content int
	item    int32
}

// scanner reads lines and keeps what a next line may belong to.
type scanner struct {
	src     string
	clauses []Clause
	open    int32 // the clause a next line may continue, or None
	quote   int   // depth of the quotes the open clause is in
	lists   []level
	lead    int32 // the last clause outside of lists
	table   bool  // the open clause is a row
	fence   byte  // of the code block that is open, 0 for none
	fences  int   // how long its fence is
	blank   bool  // the line before was blank
}

// line reads one line, src[start:end] without its line break.
func (s *scanner) line(start, end int) {
	for end > start && isBlank(s.src[end-1]) {
		end--
	}
	if s.fence != 0 {
		s.inFence(start, end)
		return
	}
	columns, n := indentOf(s.src[start:end])
	at := start + n
	if at >= end {
		s.open, s.table, s.blank = None, false, true
		return
	}
	depth := 0
	for at < end && s.src[at] == '>' && columns < 4 {
		depth++
		at++
		if at < end && s.src[at] == ' ' {
			at++
		}
		c, k := indentOf(s.src[at:end])
		columns, at = c, at+k
	}
	if at >= end { // nothing but quote marks: a blank line of the quote, yet bytes to keep
		s.open, s.table = None, false
		s.add(start+n, end, Rule, 0)
		s.blank = true
		return
	}
	if depth != s.quote {
		if depth == 0 && s.open != None && !s.table && !s.begins(at, end, columns) {
			s.extend(end) // a lazy continuation
			return
		}
		s.open, s.table, s.lists, s.quote = None, false, s.lists[:0], depth
	}
	from := at
	if depth > 0 {
		from = start + n
	}
	s.content(from, at, end, columns)
	s.blank = false
}

// content reads a line's words, src[at:end], which are indented to columns;
// the clause they begin starts at from.
func (s *scanner) content(from, at, end, columns int) {
	n, clean := len(s.clauses), s.open == None && columns == 0 && s.quote == 0
	s.textLine(from, at, end, columns)
	if clean && len(s.clauses) > n {
		s.clauses[n].flags |= flagClean
	}
}

func (s *scanner) textLine(from, at, end, columns int) {
	c := s.src[at]
	rel := columns - s.inside(columns)
	if s.open != None && s.continues(at, end, columns, rel) {
		return
	}
	if rel >= 4 && s.open == None {
		s.outdent(columns)
		s.begin(s.lineStart(from), end, Code, 0)
		return
	}
	if rel < 4 {
		switch {
		case c == '#':
			if n := headingMarks(s.src[at:end]); n > 0 {
				s.outdent(columns)
				s.add(from, end, Heading, int8(n))
				s.open, s.table = None, false
				return
			}
		case c == '`' || c == '~':
			if n := fenceMarks(s.src[at:end]); n > 0 {
				s.outdent(columns)
				s.begin(from, end, Code, 0)
				s.fence, s.fences = c, n
				return
			}
		}
		if isRule(s.src[at:end]) {
			s.outdent(columns)
			s.add(from, end, Rule, 0)
			s.open, s.table = None, false
			return
		}
		if width := marker(s.src[at:end]); width > 0 && (s.open == None || s.inItem() || interrupts(s.src[at:end], width)) {
			s.item(from, at, end, columns, width)
			return
		}
	}
	if s.open != None { // what is left can only go on
		s.extend(end)
		return
	}
	s.outdent(columns)
	s.begin(from, end, Paragraph, 0)
}

// continues takes a line as part of the open clause where it is plainly so: the
// next row of a table, a heading's underline, a table's line of dashes.
func (s *scanner) continues(at, end, columns, rel int) bool {
	line := s.src[at:end]
	if s.table {
		if rel < 4 && s.begins(at, end, columns) {
			s.open, s.table = None, false
			return false
		}
		s.begin(at, end, Row, 0)
		s.table = true
		return true
	}
	open := &s.clauses[s.open]
	if open.Kind == Code && rel >= 4 {
		open.End = end
		return true
	}
	if open.Kind == Code {
		s.open = None
		return false
	}
	switch line[0] {
	case '=', '-':
		if rel < 4 && open.Kind == Paragraph && isUnderline(line) && len(s.lists) == s.depthOf(open) {
			open.Kind, open.Level, open.End = Heading, 1, end
			if line[0] == '-' {
				open.Level = 2
			}
			s.open = None
			return true
		}
	}
	if (line[0] == '|' || line[0] == '-' || line[0] == ':') && isDashes(line) && open.Kind == Paragraph {
		return s.heads(end, cells(line))
	}
	return false
}

// heads makes the open paragraph's last line a table's first row, with the line
// of dashes that ends at end, where it has as many cells. The lines before it
// stay a paragraph; those of a quote stay one with it.
func (s *scanner) heads(end, n int) bool {
	open := &s.clauses[s.open]
	at := max(open.Start, s.lineStart(open.End))
	if head := s.src[at:open.End]; cells(head) != n || at > open.Start && s.quote > 0 {
		return false
	}
	if at == open.Start {
		open.Kind, open.End = Row, end
	} else {
		_, indent := indentOf(s.src[at:open.End])
		open.End = open.Start + len(strings.TrimRight(s.src[open.Start:at], " \t\r\f\v\n"))
		s.begin(at+indent, end, Row, 0)
	}
	s.table = true
	return true
}

func (s *scanner) depthOf(c *Clause) int {
	if c.Lead != None && len(s.lists) > 0 && s.clauses[c.Lead].Kind == Item {
		return len(s.lists)
	}
	return 0
}

// inside returns the indentation of the innermost list item that a line
// indented to columns belongs to; 0 outside of lists.
func (s *scanner) inside(columns int) int {
	// An item's content is right of that of the one around it.
	i := sort.Search(len(s.lists), func(i int) bool { return s.lists[i].content > columns })
	if i == 0 {
		return 0
	}
	return s.lists[i-1].content
}

// outdent leaves the list items that a line indented to columns is not in.
func (s *scanner) outdent(columns int) {
	for n := len(s.lists); n > 0 && columns < s.lists[n-1].content; n = len(s.lists) {
		s.lists = s.lists[:n-1]
	}
}

func (s *scanner) inItem() bool { return len(s.lists) > 0 }

// item begins a list item whose marker is width bytes long.
func (s *scanner) item(from, at, end, columns, width int) {
	s.outdent(columns)
	lead := s.lead
	if n := len(s.lists); n > 0 {
		lead = s.lists[n-1].item
	}
	i := s.add(from, end, Item, int8(min(len(s.lists)+1, 100)))
	s.clauses[i].Lead = lead
	spaces, n := indentOf(s.src[at+width : end])
	if spaces > 4 || at+width+n >= end {
		spaces = 1
	}
	s.lists = append(s.lists, level{columns + width + spaces, i})
	s.open, s.table = i, false
	if rest := s.src[min(at+width+n, end):end]; rest != "" {
		if m := fenceMarks(rest); m > 0 {
			s.fence, s.fences = rest[0], m
		}
		if headingMarks(rest) > 0 || isRule(rest) {
			s.open = None
		}
	}
}

// begins reports whether a line starts a clause of its own rather than going on
// with a paragraph.
func (s *scanner) begins(at, end, columns int) bool {
	line := s.src[at:end]
	if columns-s.inside(columns) >= 4 {
		return false
	}
	return headingMarks(line) > 0 || fenceMarks(line) > 0 || isRule(line) ||
		marker(line) > 0 && interrupts(line, marker(line))
}

// lineStart returns where the line that holds at starts, so that code keeps its
// indentation.
func (s *scanner) lineStart(at int) int { return strings.LastIndexByte(s.src[:at], '\n') + 1 }

func (s *scanner) add(start, end int, kind Kind, level int8) int32 {
	lead := int32(None)
	if n := len(s.lists); n > 0 {
		lead = s.lists[n-1].item
	}
	i := int32(len(s.clauses))
	s.clauses = append(s.clauses, Clause{ByteRange: model.ByteRange{Start: start, End: end}, Kind: kind, Level: level,
		Under: None, Lead: lead})
	if n := len(s.lists); n == 0 && kind != Rule && kind != Item {
		s.lead = i
		s.clauses[i].flags |= flagLeads
	}
	return i
}

func (s *scanner) begin(start, end int, kind Kind, level int8) {
	s.open = s.add(start, end, kind, level)
	s.table = false
}

func (s *scanner) extend(end int) {
	s.clauses[s.open].End = end
	s.blank = false
}

// inFence takes a line of a fenced code block.
func (s *scanner) inFence(start, end int) {
	columns, n := indentOf(s.src[start:end])
	if start+n < end {
		s.clauses[s.open].End = end
		if line := s.src[start+n : end]; columns < 4+s.inside(columns) && fenceEnds(line, s.fence, s.fences) {
			s.fence, s.open = 0, None
		}
	}
}
