package rules

import (
	"strings"

	"fineprint/store/text/clause"
)

// minContents is how many entries in a row are a table of contents. An entry or
// two alone may have been removed because their section was.
const minContents = 4

// tablesOfContents folds the tables of contents that were added or removed.
func (x *Context) tablesOfContents(r *Rule) {
	for i := 0; i < len(x.Changes); {
		j, entries := i, 0
		for ; j < len(x.Changes) && x.continues(i, j); j++ {
			n := x.contentsEntries(x.Changes[j].Pair)
			if n == 0 && !x.Changes[j].Folded() {
				break
			}
			entries += n
		}
		if entries >= minContents {
			x.fold(i, j, r.verdict())
		}
		i = max(j, i+1)
	}
}

// contentsEntries counts the entries of a table of contents that a clause is:
// links to places on its own page whose headings were there before and are
// there now. Their words are those of the headings. It is 0 for a clause that has
// anything else.
func (x *Context) contentsEntries(p clause.Pair) int {
	source := ""
	if p.New != clause.None {
		source = x.New.Words(p.New)
	} else {
		source = x.Old.Words(p.Old)
	}
	if len(source) > maxLinks {
		return 0
	}
	outside, inside, anchors := splitLinks(source)
	if len(inside) == 0 || anchors < len(inside) || hasWord(clause.Unnumbered(clause.Visible(outside))) {
		return 0
	}
	for _, text := range inside {
		if key := headingKey(text); !x.old.hasHeading(key) || !x.new.hasHeading(key) {
			return 0
		}
	}
	return len(inside)
}

// hasHeading reports whether a document has a heading, given as headingKey
// returns it.
func (s *side) hasHeading(key string) bool {
	if s.headings == nil {
		s.headings = wordSet{}
		for i := range s.doc.Clauses {
			if s.doc.Clauses[i].Kind == clause.Heading {
				s.headings[headingKey(s.doc.Words(i))] = true
			}
		}
	}
	return key != "" && s.headings[key]
}

// headingKey returns the words of a heading without number and case.
func headingKey(words string) string {
	return strings.ToLower(strings.TrimRight(clause.Unnumbered(clause.Visible(words)), " .:;?!"))
}
