package redlineview

import (
	"regexp"
	"slices"
	"strings"

	"fineprint/store/model"
	"fineprint/store/smallsort"
	"fineprint/tui/markup"
)

// match is whether a piece is of what was searched for.
type match uint8

const (
	none match = iota
	other
	current
)

// Match is one occurrence of what is searched for.
type Match struct {
	Item       int
	Old        bool // in the old text, else in the new one
	Start, End int
}

// Matches are the places of a search, in the order of the items.
type Matches struct {
	List     []Match
	At       int // index of the one the reader is at, -1 for none
	old, new []span
}

type span struct{ start, end, i int }

// Find searches the two texts, not the rows: across line ends and what changed,
// whatever the letter case. What is in both is found once. unchanged: unchanged
// text is searched too.
func (l *Layouter) Find(query string, unchanged bool) *Matches {
	m := &Matches{At: -1}
	words := strings.Fields(query)
	if len(words) == 0 {
		return m
	}
	for i := range words {
		words[i] = regexp.QuoteMeta(words[i])
	}
	pattern := regexp.MustCompile(`(?i)` + strings.Join(words, `\s+`))
	for i, it := range l.items {
		switch {
		case it.kind == unchangedItem && unchanged:
			for _, p := range it.paras {
				for _, at := range l.search(pattern, false, p.from, p.to) {
					m.List = append(m.List, Match{i, false, at[0], at[1]})
				}
			}
		case it.kind == clauseItem:
			m.List = append(m.List, l.findIn(i, pattern)...)
		}
	}
	m.index()
	return m
}

// findIn searches both sides of a clause change: what of the old side is in
// the new one as it was counts there only.
func (l *Layouter) findIn(i int, pattern *regexp.Regexp) []Match {
	c := l.d.Change.Clauses[l.items[i].clause]
	var out []Match
	type found struct {
		Match
		order int
	}
	var all []found
	if c.New != nil {
		for _, at := range l.search(pattern, false, c.New.Start, c.New.End) {
			all = append(all, found{Match{i, false, at[0], at[1]}, at[0] - c.New.Start})
		}
	}
	if c.Old != nil {
		spans := l.spans[l.items[i].clause]
		for _, at := range l.search(pattern, true, c.Old.Start, c.Old.End) {
			if order, gone := deleted(spans, at[0]-c.Old.Start, at[1]-c.Old.Start); gone {
				all = append(all, found{Match{i, true, at[0], at[1]}, order})
			}
		}
	}
	smallsort.By(all, func(a, b found) int { return a.order - b.order })
	for _, f := range all {
		out = append(out, f.Match)
	}
	return out
}

// search finds a pattern in what is shown of a part of a text, and in what is
// hidden of it: links' targets, and the marks in the source view. It returns where
// in the text the places are.
func (l *Layouter) search(pattern *regexp.Regexp, old bool, from, to int) [][2]int {
	text := l.d.NewText
	if old {
		text = l.d.OldText
	}
	text = cut(text, &model.ByteRange{Start: from, End: to})
	var out [][2]int
	for _, at := range pattern.FindAllStringIndex(text, -1) {
		out = append(out, [2]int{from + at[0], from + at[1]})
	}
	shown := l.asShown(old, from, to, text)
	if shown == nil {
		return out
	}
	for _, at := range pattern.FindAllStringIndex(shown.text, -1) {
		place := [2]int{from + shown.source(at[0]), from + shown.source(at[1]-1) + 1}
		if !slices.ContainsFunc(out, func(x [2]int) bool { return x[0] < place[1] && place[0] < x[1] }) {
			out = append(out, place)
		}
	}
	smallsort.By(out, func(a, b [2]int) int { return a[0] - b[0] })
	return out
}

// shown is what is shown of a text.
type shown struct {
	text  string
	parts []shownPart
}

// shownPart is where a stretch of what is shown begins, there and in the text;
// inside is where a longer stretch goes on in both.
type shownPart struct {
	at, source int
	exact      bool
}

type shownKey struct {
	old      bool
	from, to int
}

// asShown returns what is shown of a part of a text, nil where it is the text itself.
func (l *Layouter) asShown(old bool, from, to int, text string) *shown {
	key := shownKey{old, from, to}
	if s, ok := l.shown[key]; ok {
		return s
	}
	var s *shown
	if list := markup.Readable(text, from, false); len(list) > 0 {
		s = &shown{}
		var b strings.Builder
		markup.Each(text, from, list, func(at int, piece string, exact bool) {
			s.parts = append(s.parts, shownPart{b.Len(), at, exact})
			b.WriteString(piece)
		})
		s.text = b.String()
	}
	l.shown[key] = s
	return s
}

// source returns where in the text a byte of what is shown is.
func (s *shown) source(at int) int {
	k, found := slices.BinarySearchFunc(s.parts, at, func(p shownPart, at int) int { return p.at - at })
	if !found {
		k--
	}
	p := s.parts[max(k, 0)]
	if !p.exact {
		return p.source
	}
	return p.source + at - p.at
}

// deleted reports whether a stretch of the old side touches what was deleted or
// is torn by what was inserted, and where on the new side that is.
func deleted(spans []model.Span, start, end int) (order int, is bool) {
	old, new := 0, 0
	for _, s := range spans {
		if s.Op == model.Insert {
			is = is || old > start && old < end
			new += len(s.Text)
			continue
		}
		if old < end && old+len(s.Text) > start {
			is = is || s.Op == model.Delete
			if old <= start {
				order = new
				if s.Op == model.Equal {
					order += start - old
				}
			}
		}
		old += len(s.Text)
		if s.Op == model.Equal {
			new += len(s.Text)
		}
	}
	return order, is
}

func (m *Matches) index() {
	for i, x := range m.List {
		if x.Old {
			m.old = append(m.old, span{x.Start, x.End, i})
		} else {
			m.new = append(m.new, span{x.Start, x.End, i})
		}
	}
	for _, list := range [][]span{m.old, m.new} {
		smallsort.By(list, func(a, b span) int { return a.start - b.start })
	}
}

// covers returns what of a sorted list overlaps [start, end).
func (m *Matches) covers(list []span, start, end int) match {
	k, _ := slices.BinarySearchFunc(list, start, func(s span, start int) int {
		if s.end <= start {
			return -1
		}
		return 1
	})
	if k == len(list) || list[k].start >= end {
		return none
	}
	if list[k].i == m.At {
		return current
	}
	return other
}

// in reports whether byte k of a run is of a match.
func (m *Matches) in(r *run, k int) match {
	if m == nil {
		return none
	}
	old, new := r.at(k)
	return m.both(r.op, old, old+1, new, new+1)
}

// touches reports whether any of a run is of a match.
func (m *Matches) touches(r *run) match {
	return m.both(r.op, r.old, r.old+r.n, r.new, r.new+r.n)
}

// across reports whether a match goes from one run on to the next.
func (m *Matches) across(a, b *run) match {
	if m == nil {
		return none
	}
	oldEnd, newEnd := a.old, a.new
	if a.op != model.Insert {
		oldEnd += a.n
	}
	if a.op != model.Delete {
		newEnd += a.n
	}
	return m.both(b.op, oldEnd, max(b.old, oldEnd), newEnd, max(b.new, newEnd))
}

func (m *Matches) both(op model.Op, old, oldEnd, new, newEnd int) match {
	is := none
	if op != model.Delete {
		is = m.covers(m.new, new, newEnd)
	}
	if op != model.Insert {
		is = max(is, m.covers(m.old, old, oldEnd))
	}
	return is
}

// Visible reports whether a match is in a row; one in a link's target that is
// shortened doesn't.
func (x Match) Visible(rows []Row) bool {
	for _, r := range rows {
		if r.Item != x.Item {
			continue
		}
		for _, l := range []line{r.left, r.right} {
			for _, s := range l {
				if x.shownBy(s.run) {
					return true
				}
			}
		}
	}
	return false
}

func (x Match) shownBy(r *run) bool {
	start, hidden := r.new, model.Delete
	if x.Old {
		start, hidden = r.old, model.Insert
	}
	return r.op != hidden && start < x.End && start+r.n > x.Start
}
