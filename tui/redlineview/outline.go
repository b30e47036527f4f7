package redlineview

import (
	"strings"

	"fineprint/store/model"
	"fineprint/tui/sanitize"
)

// Section is one heading of a change's outline, with what changed right under it:
// what changed under the headings below it is counted there.
type Section struct {
	Title string // safe, "" for what stands before all headings
	Depth int    // 0 for the outermost headings that are listed
	Item  int    // the first item (Row.Item) in it or below it
	// Changes are the clause changes that say something, of which so many were added,
	// removed and modified (or moved); Noise counts the others.
	Changes, Noise           int
	Added, Removed, Modified int
}

// node is a section with those below it.
type node struct {
	Section
	below []*node
}

// Outline lists the sections that have changes, and the headings above them, in the
// order of the document. It is made once.
func (l *Layouter) Outline() []Section {
	if l.outline == nil {
		l.makeOutline()
	}
	return l.outline
}

// SectionOf returns which section of the outline an item is in, -1 when in none: that
// of the clause change at or before it.
func (l *Layouter) SectionOf(item int) int {
	l.Outline()
	for i := min(item, len(l.items)-1); i >= 0; i-- {
		if l.items[i].kind == clauseItem {
			return l.sections[l.items[i].clause]
		}
	}
	return -1
}

func (l *Layouter) makeOutline() {
	root := &node{}
	of := make([]*node, len(l.d.Change.Clauses))
	nodes := map[string]*node{}
	for i, it := range l.items {
		if it.kind != clauseItem {
			continue
		}
		c := l.d.Change.Clauses[it.clause]
		n := root.under(c.Heading[min(l.title, len(c.Heading)):], i, nodes)
		n.count(c)
		of[it.clause] = n
	}
	l.outline, l.sections = []Section{}, make([]int, len(of))
	at := map[*node]int{}
	root.list(-1, func(n *node) {
		at[n] = len(l.outline)
		l.outline = append(l.outline, n.Section)
	})
	for i, n := range of {
		l.sections[i] = at[n]
	}
}

// sharedTitle is 1 where all clause changes are under the heading that the document
// begins with, which is its title then, and some under another below it.
func (l *Layouter) sharedTitle() int {
	deep := false
	clauses := l.d.Change.Clauses
	for _, c := range clauses {
		if len(c.Heading) == 0 || c.Heading[0] != clauses[0].Heading[0] {
			return 0
		}
		deep = deep || len(c.Heading) > 1
	}
	if deep && strings.Contains(l.d.NewText[:min(len(l.d.NewText), len(clauses[0].Heading[0])+8)], clauses[0].Heading[0]) {
		return 1
	}
	return 0
}

// under returns the node of a path of headings, made where there is none yet.
func (n *node) under(path []string, item int, nodes map[string]*node) *node {
	if len(path) == 0 {
		path = []string{""}
	}
	for k := range path {
		key := strings.Join(path[:k+1], "\x00")
		next := nodes[key]
		if next == nil {
			next = &node{Section: Section{Title: sanitize.Line(sanitize.Clip(path[k], maxTitle)), Item: item}}
			nodes[key] = next
			n.below = append(n.below, next)
		}
		n = next
	}
	return n
}

// maxTitle is how many cells of a heading an outline keeps.
const maxTitle = 120

// count adds a clause change.
func (n *node) count(c model.ClauseChange) {
	if !c.Material {
		n.Noise++
		return
	}
	n.Changes++
	switch c.Kind {
	case model.Added:
		n.Added++
	case model.Removed:
		n.Removed++
	default:
		n.Modified++
	}
}

// list calls put for each node below, outermost first.
func (n *node) list(depth int, put func(*node)) {
	if depth >= 0 {
		n.Depth = depth
		put(n)
	}
	for _, b := range n.below {
		b.list(depth+1, put)
	}
}
