package detecteval

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// renumber inserts a section among numbered ones, so that the rest is counted
// on.
func renumber(d *draft, w want) bool {
	byLevel := map[int][]*block{}
	for _, b := range d.new {
		if b.kind == heading && b.level < 7 && strings.HasPrefix(b.raw, "#") && !b.used && b.from != nil {
			byLevel[b.level] = append(byLevel[b.level], b)
		}
	}
	var heads []*block
	for level := 1; level <= 6; level++ {
		if len(byLevel[level]) > len(heads) {
			heads = byLevel[level]
		}
	}
	if len(heads) < 4 {
		return false
	}
	marks := heads[0].raw[:heads[0].level]
	at := 1 + d.IntN(len(heads)-1)
	numbering := want{reasons: reasonsOf("numbering")}
	for i, h := range heads {
		title := aNumber.ReplaceAllString(strings.TrimLeft(h.raw, "# "), "")
		h.from.raw = fmt.Sprintf("%s %d. %s", marks, i+1, title)
		if i >= at {
			d.change(numbering, h, fmt.Sprintf("%s %d. %s", marks, i+2, title))
		} else {
			h.raw = h.from.raw
		}
	}
	put := paragraphsOf(fmt.Sprintf("%s %d. Voice rooms", marks, at+1),
		"Whoever opens a voice room is its host and answers for what is said in it while it is open.")
	d.new = slices.Insert(d.new, d.at(heads[at]), put...)
	apart(d.new[:d.at(put[0])])
	d.hit(w, nil, put)
	return true
}

var aNumber = regexp.MustCompile(`^\d+(?:\.\d+)*[.)]?\s+`)

// upper writes a block in capitals.
func upper(d *draft, w want) bool {
	b := d.pick(func(b *block) bool {
		return (prose(5)(b) || b.kind == heading) && !strings.Contains(b.raw, "](") && !strings.Contains(b.raw, "//") &&
			strings.ToUpper(b.raw) != b.raw
	})
	return b != nil && d.change(w, b, strings.ToUpper(b.raw))
}

// rewrite makes a mutation that spells what is in a block differently.
func rewrite(pairs ...string) func(*draft, want) bool {
	spell := strings.NewReplacer(pairs...)
	return func(d *draft, w want) bool {
		b := d.pick(func(b *block) bool {
			return (b.kind == paragraph || b.kind == item) && !strings.Contains(b.raw, "://") && spell.Replace(b.raw) != b.raw
		})
		return b != nil && d.change(w, b, spell.Replace(b.raw))
	}
}

// embolden puts some words of a paragraph in bold or italics.
func embolden(d *draft, w want) bool {
	b := d.pick(func(b *block) bool { return prose(8)(b) && !strings.ContainsAny(b.raw, "*_[`<") })
	if b == nil {
		return false
	}
	tokens := strings.Split(b.raw, " ")
	i := d.IntN(len(tokens) - 3)
	j := i + 1 + d.IntN(3)
	mark := oneOf(d.Rand, []string{"**", "_", "*"})
	tokens[i], tokens[j] = mark+tokens[i], tokens[j]+mark
	return d.change(w, b, strings.Join(tokens, " "))
}

func relevel(d *draft, w want) bool {
	b := d.pick(func(b *block) bool { return strings.HasPrefix(b.raw, "#") && b.level < 6 && d.at(b) > 0 })
	return b != nil && d.change(w, b, "#"+b.raw)
}

// restyle turns ATX headings into setext ones, or back.
func restyle(d *draft, w want) bool {
	b := d.pick(func(b *block) bool {
		return b.kind == heading && b.level <= 2 && (strings.Count(b.raw, "\n") == 1 || strings.HasPrefix(b.raw, "#"))
	})
	if b == nil {
		return false
	}
	if title, _, ok := strings.Cut(b.raw, "\n"); ok {
		return d.change(w, b, strings.Repeat("#", b.level)+" "+title)
	}
	title := strings.TrimSpace(strings.Trim(b.raw, "#"))
	return d.change(w, b, title+"\n"+strings.Repeat([]string{"=", "-"}[b.level-1], max(3, min(len(title), 40))))
}

// indent lays a nested list out differently.
func indent(d *draft, w want) bool {
	to := d.roomAfter()
	if to == nil {
		return false
	}
	put := d.putBoth(to, "We share what we know of you:", "* with those who work for us:",
		"  * hosts who keep our machines;", "  * firms that answer your letters;",
		"* with those who ask for you to be found.")
	layouts := []func(string) string{
		func(raw string) string { return strings.ReplaceAll(raw, "  *", "    *") },
		func(raw string) string { return strings.Replace(raw, "*", "-", 1) },
		func(raw string) string { return strings.Replace(raw, "* ", "*   ", 1) },
	}
	layout := oneOf(d.Rand, layouts)
	hits := 0
	for _, b := range put[1:] {
		if d.change(w, b, layout(b.raw)) {
			hits++
		}
	}
	return hits > 0
}

// space puts white space where it means nothing.
func space(d *draft, w want) bool {
	b := d.pick(prose(8))
	if b == nil {
		return false
	}
	switch d.IntN(3) {
	case 0:
		return d.change(w, b, strings.ReplaceAll(b.raw, " ", "  "))
	case 1:
		return d.change(w, b, b.raw+"  ")
	}
	b.gap += "\n\n"
	d.hit(w, []*block{b.from}, []*block{b})
	return true
}

// several makes some edits of different kinds in one document.
func several(d *draft, _ want) bool {
	made := 0
	for _, i := range d.Perm(len(mutations))[:8] {
		m := mutations[i]
		if m.alone {
			continue
		}
		before := len(d.edits)
		if m.apply(d, m.want) {
			made++
		} else if len(d.edits) != before {
			return false // half made: what is true of it is not known
		}
	}
	return made >= 3
}
