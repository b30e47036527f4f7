package office

import (
	"strings"
	"unicode"
)

// style is what a style of Word says, as far as it means something.
type style struct {
	heading              int
	number               string // the list that its paragraphs are numbered in
	level                int
	bold, struck, hidden bool
}

// maxBased bounds how many styles another is based on, one on the next.
const maxBased = 20

// stylesOf reads the styles of a document, each with what it takes from the one it is
// based on.
func stylesOf(part *element) map[string]style {
	elements := map[string]*element{}
	for _, e := range part.children {
		if e.name == "style" {
			elements[e.attr("styleId")] = e
		}
	}
	styles := map[string]style{}
	for id := range elements {
		var chain []*element
		for e := elements[id]; e != nil && len(chain) < maxBased; e = elements[e.child("basedOn").attr("val")] {
			chain = append(chain, e)
		}
		var s style
		for i := len(chain) - 1; i >= 0; i-- {
			s.apply(chain[i])
		}
		styles[id] = s
	}
	return styles
}

func (s *style) apply(e *element) {
	if n := headingName(e.child("name").attr("val")); n > 0 {
		s.heading = n
	}
	if outline := e.child("pPr", "outlineLvl"); outline != nil {
		s.heading = headingOf(outline.number("val", 9))
	}
	if numbers := e.child("pPr", "numPr"); numbers != nil {
		if id := numbers.child("numId"); id != nil {
			s.number = id.attr("val")
		}
		s.level = numbers.child("ilvl").number("val", s.level)
	}
	for _, p := range []struct {
		name string
		to   *bool
	}{{"b", &s.bold}, {"strike", &s.struck}, {"dstrike", &s.struck}, {"vanish", &s.hidden}} {
		if property := e.child("rPr", p.name); property != nil {
			*p.to = isOn(property)
		}
	}
}

// headingName returns how deep a heading a style is by its name, 0 for none. Word writes
// the names of its own styles in English in every language.
func headingName(name string) int {
	name = strings.ToLower(strings.TrimSpace(name))
	if name == "title" {
		return 1
	}
	rest, ok := strings.CutPrefix(name, "heading ")
	if ok && len(rest) == 1 && unicode.IsDigit(rune(rest[0])) {
		return headingOf(int(rest[0]-'0') - 1)
	}
	return 0
}

// headingOf returns how deep a heading an outline's level is; nine and more is none.
func headingOf(outline int) int {
	if outline < 0 || outline > 8 {
		return 0
	}
	return min(outline+1, 6)
}
