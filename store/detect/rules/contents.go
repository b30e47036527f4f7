package rules

import (
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

const (
	// minContents is how many entries in a row are a table of contents.
	minContents = 4
	// maxEntry is how many words a heading or an entry has, maxContentsLabel
	// what is above the entries.
	maxEntry         = 16
	maxContentsLabel = 4
)

// isContents reports whether a clause is of a table of contents: entries that
// repeat the headings of their document, or the few words above them. What comes
// and goes with a section is told by the section.
func isContents(s *side, i int) bool {
	if s.contentsEntries(i) > 0 {
		return s.isContentsRun(i)
	}
	c := &s.doc.Clauses[i]
	return i+1 < len(s.doc.Clauses) && c.Kind != clause.Row && !hasWords(s.doc.Words(i), maxContentsLabel+2) &&
		isShort(s.doc.Visible(i), maxContentsLabel) && s.contentsEntries(i+1) > 0 && s.isContentsRun(i+1)
}

// isLoneEntry reports whether an entry came or went by itself, or with a few, while
// its section is in both documents: no table of contents did, and no section tells
// of it.
func (x *Context) isLoneEntry(i int) bool {
	p := x.Changes[i].Pair
	s, other, at := &x.new, &x.old, p.New
	switch {
	case p.Old != clause.None && p.New != clause.None:
		return false
	case p.New == clause.None:
		s, other, at = &x.old, &x.new, p.Old
	}
	if s.contentsEntries(at) == 0 {
		return false
	}
	_, inside, _ := splitLinks(s.doc.Words(at))
	if len(inside) == 0 {
		inside = []string{s.doc.Words(at)}
	}
	for _, text := range inside {
		if other.headingsOf(headingKey(text)) == 0 {
			return false
		}
	}
	return x.entriesAlone(s) < minContents
}

// entriesAlone counts the entries of one document that the other has not, up to what
// makes a table of contents.
func (x *Context) entriesAlone(s *side) int {
	if s.alone == nil {
		n := 0
		for k := 0; k < len(x.Changes) && n < minContents; k++ {
			switch p := x.Changes[k].Pair; {
			case s == &x.old && p.New == clause.None:
				n += s.contentsEntries(p.Old)
			case s == &x.new && p.Old == clause.None:
				n += s.contentsEntries(p.New)
			}
		}
		s.alone = &n
	}
	return *s.alone
}

// renamesEntry reports whether an entry of a table of contents was reworded to what
// its heading is now: what that was is told by the heading.
func (x *Context) renamesEntry(i int) bool {
	p := x.Changes[i].Pair
	if x.Changes[i].Kind != model.Modified || !isPlainPair(p) || x.new.contentsEntries(p.New) == 0 {
		return false
	}
	outside, inside, anchors := splitLinks(x.Old.Words(p.Old))
	return len(inside) > 0 && anchors == len(inside) && !hasWord(clause.Unnumbered(clause.Visible(outside))) &&
		x.new.isContentsRun(p.New)
}

// isContentsRun reports whether an entry is one of enough in a row.
func (s *side) isContentsRun(i int) bool {
	entries := s.contentsEntries(i)
	for _, by := range []int{1, -1} {
		for j := i + by; j >= 0 && j < len(s.doc.Clauses) && entries < minContents; j += by {
			n := s.contentsEntries(j)
			if n == 0 {
				break
			}
			entries += n
		}
	}
	return entries >= minContents
}

// contentsEntries counts the entries of a table of contents that a clause is:
// links to places on its own page, or a line without a link, whose words are
// those of headings. It is 0 for a clause that has anything else.
func (s *side) contentsEntries(i int) int {
	if s.entries == nil {
		s.entries = make([]int32, len(s.doc.Clauses))
	}
	if s.entries[i] == 0 {
		s.entries[i] = int32(s.countEntries(i)) + 1
	}
	return int(s.entries[i]) - 1
}

func (s *side) countEntries(i int) int {
	source := s.doc.Words(i)
	if len(source) > maxLinks || strings.IndexByte(source, '[') < 0 && hasWords(source, maxEntry) {
		return 0
	}
	own := 0
	if isHeading(s.doc, i) {
		own = 1
	}
	outside, inside, anchors := splitLinks(source)
	if len(inside) == 0 {
		if own > 0 || strings.Contains(source, "](") || s.headingsOf(headingKey(source)) == 0 {
			return 0
		}
		return 1
	}
	if anchors < len(inside) && strings.Count(source, "#") < len(inside) ||
		hasWord(clause.Unnumbered(clause.Visible(outside))) {
		return 0
	}
	for _, text := range inside {
		if s.headingsOf(headingKey(text)) <= own {
			return 0
		}
	}
	return len(inside)
}

// headingsOf returns how many headings of a document have these words, given as
// headingKey returns them.
func (s *side) headingsOf(key string) int {
	if s.headings == nil {
		s.headings = map[string]int{}
		for i := range s.doc.Clauses {
			if isHeading(s.doc, i) {
				s.headings[headingKey(s.doc.Words(i))]++
			}
		}
		delete(s.headings, "")
	}
	return s.headings[key]
}

// isHeading reports whether a clause is a heading, or an item that is the heading
// of the paragraph in it.
func isHeading(d *clause.Document, i int) bool {
	c := &d.Clauses[i]
	return c.Kind == clause.Heading || c.Kind == clause.Item && i+1 < len(d.Clauses) &&
		d.Clauses[i+1].Kind == clause.Paragraph && d.Clauses[i+1].Lead == int32(i) && !hasWords(d.Words(i), maxEntry) &&
		!strings.Contains(d.Words(i), "](")
}

// headingKey returns the words of a heading without number and case.
func headingKey(words string) string {
	v := strings.TrimLeft(clause.Unnumbered(clause.Visible(words)), "0123456789. ")
	return strings.ToLower(strings.TrimRight(v, " .:;?!"))
}
