package registry

import (
	"slices"
	"strings"
	"unicode"
)

// entry is an agency or a regulation in a registry.
type entry struct {
	regulation bool
	row        int // in Agencies or Regulations
}

// named is one of the names of an entry.
type named struct {
	entry
	id, name string
	isID     bool
}

// names lists all IDs and names of all entries.
func (r *Registry) names() []named {
	var list []named
	add := func(e entry, id, name string, short []string) {
		list = append(list, named{e, id, id, true}, named{e, id, name, false})
		for _, s := range short {
			list = append(list, named{e, id, s, false})
		}
	}
	for i, a := range r.Agencies {
		add(entry{row: i}, a.ID, a.Name, a.Short)
	}
	for i, g := range r.Regulations {
		add(entry{regulation: true, row: i}, g.ID, g.Name, g.Short)
	}
	return list
}

// index is what a registry is searched by. Targets of its finders are positions in
// entries.
type index struct {
	entries []entry
	byName  map[string]int
	naming  finder // names
	cues    finder // words that suggest
	places  finder // countries and states; targets are positions in jurisdictions
}

// decoys are what a name is part of without meaning it.
var decoys = []string{"EFTA Surveillance Authority", "EFTA State", "EFTA States", "EEA EFTA", "EFTA Court",
	"SEC filing", "SEC filings"}

func (r *Registry) built() *index {
	r.once.Do(func() {
		x := &index{byName: map[string]int{}, naming: finder{}, cues: finder{}, places: finder{}}
		for i := range r.Agencies {
			x.entries = append(x.entries, entry{row: i})
			for _, w := range r.Agencies[i].Words {
				x.cues.addCue(w, len(x.entries)-1)
			}
		}
		for i := range r.Regulations {
			x.entries = append(x.entries, entry{regulation: true, row: i})
			for _, w := range r.Regulations[i].Words {
				x.cues.addCue(w, len(x.entries)-1)
			}
		}
		for _, n := range r.names() {
			target := n.row
			if n.regulation {
				target += len(r.Agencies)
			}
			x.byName[lookupKey(n.name)] = target
			if !n.isID {
				x.naming.add(n.name, target)
			}
		}
		for _, d := range decoys {
			x.naming.add(d, -1)
		}
		for i, j := range jurisdictions {
			for _, p := range j.words {
				x.places.add(p, i)
			}
		}
		x.naming.sort()
		x.places.sort()
		r.index = x
	})
	return r.index
}

// Mentioned returns the IDs of the agencies and regulations that a text names, each
// once, in the order of the text. Whole words count, of overlapping names the longest,
// and a short name that could be an ordinary word only as it is spelled.
func (r *Registry) Mentioned(text string) (agencies, regulations []string) {
	x := r.built()
	for _, m := range x.naming.in(text, words(text)) {
		if m.target < 0 {
			continue
		}
		list, id := &agencies, ""
		if e := x.entries[m.target]; e.regulation {
			list, id = &regulations, r.Regulations[e.row].ID
		} else {
			id = r.Agencies[e.row].ID
		}
		if !slices.Contains(*list, id) {
			*list = append(*list, id)
		}
	}
	return agencies, regulations
}

// reference are words that stand with a law's name where a provision of it is meant, or
// with any name without changing it.
var reference = []string{"the", "of", "and", "art", "article", "articles", "sec", "section", "sections", "title",
	"part", "chapter", "paragraph", "paragraphs", "recital", "recitals", "annex", "rule", "no", "pt", "ss"}

// find returns the entry of an ID or a name, and whether a provision stands with it.
func (r *Registry) find(nameOrID string) (e entry, provision, ok bool) {
	x := r.built()
	if i, ok := x.byName[lookupKey(nameOrID)]; ok {
		return x.entries[i], false, true
	}
	list := words(nameOrID)
	found := x.naming.in(nameOrID, list)
	if len(found) == 0 || found[0].target < 0 {
		return entry{}, false, false
	}
	covered := make([]bool, len(list))
	for _, m := range found {
		if m.target != found[0].target {
			return entry{}, false, false
		}
	}
	for _, m := range append(found, x.places.in(nameOrID, list)...) {
		for i := m.from; i < m.to; i++ {
			covered[i] = true
		}
	}
	for i, w := range list {
		number := strings.ContainsFunc(w.fold, unicode.IsDigit)
		provision = provision || number && !covered[i]
		if !covered[i] && !number && len(w.fold) > 1 && !slices.Contains(reference, w.fold) {
			return entry{}, false, false
		}
	}
	return x.entries[found[0].target], provision, true
}
