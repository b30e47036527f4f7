package detect

import (
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

// headings knows the headings of two documents, by their words without number
// and case. They are looked for when they are first asked for.
type headings struct {
	c        *comparison
	old, new map[string]bool
}

func (h *headings) in(d *clause.Document) map[string]bool {
	found := map[string]bool{}
	for i := range d.Clauses {
		if d.Clauses[i].Kind == clause.Heading {
			found[headingKey(d.Words(i))] = true
		}
	}
	delete(found, "")
	return found
}

func headingKey(words string) string {
	return strings.ToLower(strings.TrimRight(clause.Unnumbered(clause.Visible(words)), " .:;?!"))
}

// minContents is how many entries in a row are a table of contents. An entry or
// two alone may have gone because their section did.
const minContents = 4

// tablesOfContents folds the tables of contents that appeared or went.
func (c *comparison) tablesOfContents(pairs []clause.Pair, changes []model.ClauseChange) {
	h := headings{c: c}
	for i := 0; i < len(changes); {
		kind, j, entries := changes[i].Kind, i, 0
		for ; j < len(changes) && changes[j].Kind == kind && (kind == model.Added || kind == model.Removed) && (j == i || adjacent(pairs[j-1], pairs[j])); j++ {
			n := h.entries(pairs[j])
			if n == 0 && changes[j].Material {
				break
			}
			entries += n
		}
		for k := i; k < j && entries >= minContents; k++ {
			if changes[k].Material {
				changes[k].Material, changes[k].Reason, changes[k].Detail = false, model.ReasonBoilerplate, patternContents
			}
		}
		i = max(j, i+1)
	}
}

// entries counts the entries of a table of contents that a clause is: links to
// places on its own page whose headings stood there before and stand there now.
// What they say, the headings say. It is 0 for a clause that has anything else.
func (h *headings) entries(p clause.Pair) int {
	words := ""
	if p.New != clause.None {
		words = h.c.new.Words(p.New)
	} else {
		words = h.c.old.Words(p.Old)
	}
	if len(words) > 3000 {
		return 0
	}
	outside, inside, anchors := splitLinks(words)
	if len(inside) == 0 || anchors < len(inside) || strings.IndexFunc(clause.Unnumbered(clause.Visible(outside)), isWordRune) >= 0 {
		return 0
	}
	if h.old == nil {
		h.old, h.new = h.in(h.c.old), h.in(h.c.new)
	}
	for _, text := range inside {
		if key := headingKey(text); !h.old[key] || !h.new[key] {
			return 0
		}
	}
	return len(inside)
}
