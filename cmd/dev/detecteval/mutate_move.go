package detecteval

import (
	"slices"
	"strings"
)

// moveSection moves a section past its neighbour of the same level.
func moveSection(d *draft, w want) bool {
	h := d.pick(func(b *block) bool {
		if b.kind != heading || d.at(b) == 0 {
			return false
		}
		s := d.section(b)
		after := d.at(b) + len(s)
		return len(s) > 1 && len(s) < 40 && sized(s, 20) && !taken(s) && after < len(d.new) && d.new[after].kind == heading &&
			d.new[after].level == b.level && sized(d.section(d.new[after]), 20)
	})
	if h == nil {
		return false
	}
	one := slices.Clone(d.section(h))
	i := d.at(h)
	two := slices.Clone(d.section(d.new[i+len(one)]))
	apart(one)
	apart(two)
	d.new = slices.Concat(d.new[:i:i], two, one, d.new[i+len(one)+len(two):])
	d.hit(w, origins(one), one)
	return true
}

// apart makes sure that blocks end in a blank line, so that they can be
// before others.
func apart(blocks []*block) {
	if last := blocks[len(blocks)-1]; strings.Count(last.gap, "\n") < 2 {
		last.gap = "\n\n"
	}
}

// taken reports whether an edit touches one of blocks already.
func taken(blocks []*block) bool {
	return slices.ContainsFunc(blocks, func(b *block) bool { return b.used })
}

func sized(blocks []*block, atLeast int) bool {
	n := 0
	for _, b := range blocks {
		n += len(strings.Fields(b.raw))
	}
	return n >= atLeast
}

func origins(blocks []*block) []*block {
	var out []*block
	for _, b := range blocks {
		if b.from != nil {
			out = append(out, b.from)
		}
	}
	return out
}

// moveParagraph moves a paragraph to where there is room elsewhere.
func (d *draft) moveParagraph(words int) *block {
	b := d.pick(d.unique(func(b *block) bool {
		return prose(words)(b) && d.at(b) > 0 && strings.Count(d.new[d.at(b)-1].gap, "\n") > 1 && d.leavesBody(b)
	}))
	if b == nil {
		return nil
	}
	i := d.at(b)
	b.used = true
	to := d.roomAfter()
	if to == nil || d.at(to) == i-1 || d.at(to)-i <= 1 && d.at(to) > i {
		return nil
	}
	d.drop(b)
	b.gap = "\n\n"
	d.putAfter(to, b)
	to.used = true
	return b
}

// leavesBody reports whether the section of a block holds other prose besides it: the
// one paragraph of a section that goes elsewhere is a change.
func (d *draft) leavesBody(b *block) bool {
	i := d.at(b)
	return d.new[i-1].kind != heading && prose(4)(d.new[i-1]) || i+1 < len(d.new) && prose(4)(d.new[i+1])
}

func moveParagraph(d *draft, w want) bool {
	b := d.moveParagraph(12)
	if b == nil {
		return false
	}
	d.hit(w, []*block{b.from}, []*block{b})
	return true
}

func moveAndEdit(d *draft, w want) bool {
	b := d.moveParagraph(20)
	if b == nil {
		return false
	}
	raw, ok := d.otherWord(b.raw)
	return ok && d.change(w, b, raw)
}

// reorderList shuffles one list's items.
func reorderList(d *draft, w want) bool {
	var fit [][]*block
	for _, l := range d.lists(3) {
		seen := map[string]bool{}
		good := len(l) <= 25
		for _, b := range l {
			text := strings.TrimSpace(b.raw)
			good = good && !seen[text] && strings.ContainsAny(text[:1], "*+-") && len(strings.Fields(text)) >= 4
			seen[text] = true
		}
		if good {
			fit = append(fit, l)
		}
	}
	if len(fit) == 0 {
		return false
	}
	l := oneOf(d.Rand, fit)
	i := d.at(l[0])
	last := l[len(l)-1].gap
	shuffled := slices.Clone(l)
	for slices.Equal(shuffled, l) {
		d.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	}
	for _, b := range shuffled {
		b.gap = l[0].gap
	}
	if strings.Count(l[0].gap, "\n") == 0 {
		return false
	}
	shuffled[len(l)-1].gap = last
	for _, b := range shuffled[:len(l)-1] {
		b.gap = "\n"
	}
	copy(d.new[i:], shuffled)
	d.hit(w, origins(shuffled), shuffled)
	return true
}

// crossLists moves an item into the list of another heading.
func crossLists(d *draft, w want) bool {
	under := map[*block]*block{}
	var h *block
	for _, b := range d.new {
		if b.kind == heading {
			h = b
		}
		under[b] = h
	}
	lists := d.lists(2)
	if len(lists) < 2 {
		return false
	}
	anywhere := d.unique(func(b *block) bool { return len(strings.Fields(b.raw)) >= 6 && !strings.Contains(b.raw, "\n") })
	for range 20 {
		from, to := oneOf(d.Rand, lists), oneOf(d.Rand, lists)
		b, dest := oneOf(d.Rand, from), to[0]
		next := d.next(b)
		children := next != nil && next.kind == item && next.indent > b.indent
		if under[b] != under[dest] && b.indent == dest.indent && anywhere(b) && !children && bullet(b) == bullet(dest) {
			d.transfer(w, from, b, dest)
			return true
		}
	}
	return false
}

func bullet(b *block) bool { return strings.ContainsAny(strings.TrimSpace(b.raw)[:1], "*+-") }

// transfer moves an item from its list in front of one of another.
func (d *draft) transfer(w want, from []*block, b, dest *block) {
	if b == from[len(from)-1] && len(from) > 1 {
		from[len(from)-2].gap = b.gap
	}
	d.drop(b)
	d.new = slices.Insert(d.new, d.at(dest), b)
	b.gap = "\n"
	d.hit(w, []*block{b.from}, []*block{b})
}

// insertNear puts a near-duplicate of a paragraph or an item after it.
func insertNear(d *draft, w want) bool {
	b := d.pick(d.unique(func(b *block) bool {
		next := d.next(b)
		return (prose(10)(b) && strings.Count(b.gap, "\n") > 1 || b.kind == item && len(strings.Fields(b.raw)) > 6 &&
			!strings.Contains(b.raw, "\n")) &&
			(next == nil || next.kind != item || next.indent <= b.indent)
	}))
	if b == nil {
		return false
	}
	raw, ok := d.otherWord(b.raw)
	if !ok || strings.Count(b.gap, "\n") == 0 {
		return false
	}
	n := &block{kind: b.kind, indent: b.indent, raw: raw, gap: b.gap}
	if b.kind == item {
		b.gap = "\n"
	}
	at := d.at(b)
	if d.IntN(2) == 0 {
		at++ // after it, else before it
	} else {
		n.gap, b.gap = b.gap, n.gap
	}
	d.new = slices.Insert(d.new, at, n)
	b.used = true
	d.hit(w, nil, []*block{n})
	return true
}

// dropNear removes one of a run of items that are nearly the same.
func dropNear(d *draft, w want) bool {
	to := d.roomAfter()
	if to == nil {
		return false
	}
	raws := []string{"We may pass on what we know of you where the law asks us to:"}
	places := slices.Clone(placeNames)
	d.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
	n := 4 + d.IntN(5)
	for _, p := range places[:n] {
		raws = append(raws, "* to the authorities of "+p+", when a court of "+p+" orders it in writing;")
	}
	put := d.putBoth(to, raws...)
	b := put[1+d.IntN(n-1)]
	d.drop(b)
	d.hit(w, []*block{b.from}, nil)
	return true
}
