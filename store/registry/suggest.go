package registry

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fineprint/store/clausetype"
	"fineprint/store/smallsort"
)

// Suggestion is an agency or regulation that may have to do with a clause.
type Suggestion struct{ ID, Name, Why string }

// How much each reason weighs. What the text names comes first; the subject of a law,
// the first of its types if they are few, says more than another of them.
const (
	namedPoints   = 100
	cuePoints     = 10
	placePoints   = 8
	typePoints    = 3
	subjectPoints = 2
	fewTypes      = 10
	shownReasons  = 3 // of a kind
)

// candidate is an entry with what speaks for it.
type candidate struct {
	named        bool
	cues, places []string
	types        []string
}

// Suggest returns what may have to do with clauses of some types, and with a text,
// the likeliest first, and says why. An authority or a law of a part of a union, such
// as a member of the EU or a state of the US, is suggested only when the text speaks
// for it: by its name, a word of its subject, or its place with a fitting type.
func (r *Registry) Suggest(types []string, words string) (agencies, regulations []Suggestion) {
	x := r.built()
	type scored struct {
		Suggestion
		score int
	}
	var a, g []scored
	for i, c := range r.candidates(x, types, words) {
		e := x.entries[i]
		id, name, j := r.describe(e)
		score := c.score(j, r.typesOf(e))
		if score == 0 {
			continue
		}
		s := scored{Suggestion{id, name, c.why()}, score}
		if e.regulation {
			g = append(g, s)
		} else {
			a = append(a, s)
		}
	}
	ranked := func(list []scored) (out []Suggestion) {
		smallsort.By(list, func(p, q scored) int { return cmp.Compare(q.score, p.score) })
		for _, s := range list {
			out = append(out, s.Suggestion)
		}
		return out
	}
	return ranked(a), ranked(g)
}

// OfType lists the agencies and regulations that clauses of a type usually have to do
// with, by their IDs, whatever the clause says: those that [Registry.Suggest] proposes
// for the type alone.
func (r *Registry) OfType(id string) (agencies, regulations []string) {
	a, g := r.Suggest([]string{id}, "")
	for _, s := range a {
		agencies = append(agencies, s.ID)
	}
	for _, s := range g {
		regulations = append(regulations, s.ID)
	}
	return agencies, regulations
}

// describe returns what a suggestion of an entry needs.
func (r *Registry) describe(e entry) (id, name, jurisdiction string) {
	if e.regulation {
		g := &r.Regulations[e.row]
		return g.ID, g.Name, g.Jurisdiction
	}
	a := &r.Agencies[e.row]
	return a.ID, a.Name, a.Jurisdiction
}

// candidates collects for every entry what speaks for it.
func (r *Registry) candidates(x *index, types []string, text string) []candidate {
	list := make([]candidate, len(x.entries))
	tokens := words(text)
	for _, m := range x.naming.in(text, tokens) {
		if m.target >= 0 {
			list[m.target].named = true
		}
	}
	// Cues may overlap, and several entries have the same.
	for i := range tokens {
		for _, p := range x.cues[tokens[i].fold] {
			if p.at(text, tokens[i:]) {
				c := &list[p.target]
				c.cues = addNew(c.cues, strings.ToLower(text[tokens[i].start:tokens[i+len(p.words)-1].end]))
			}
		}
	}
	places := map[string][]string{} // by code
	for _, m := range x.places.in(text, tokens) {
		code := jurisdictions[m.target].code
		places[code] = addNew(places[code], text[tokens[m.from].start:tokens[m.to-1].end])
	}
	for i, e := range x.entries {
		_, _, j := r.describe(e)
		list[i].places = places[j]
		list[i].types = shared(r.typesOf(e), types)
	}
	return list
}

func (r *Registry) typesOf(e entry) []string {
	if e.regulation {
		return r.Regulations[e.row].Types
	}
	return r.Agencies[e.row].Types
}

func addNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

func shared(has, asked []string) (list []string) {
	for _, t := range asked {
		if slices.Contains(has, t) {
			list = addNew(list, t)
		}
	}
	return list
}

// score is 0 for what isn't suggested.
func (c *candidate) score(jurisdiction string, types []string) int {
	fits := len(c.types) > 0 && (len(c.places) > 0 || !partOfUnion(jurisdiction))
	if !c.named && len(c.cues) == 0 && !fits {
		return 0
	}
	score := cuePoints * len(c.cues)
	if c.named {
		score += namedPoints
	}
	if len(c.places) > 0 {
		score += placePoints
	}
	if len(c.types) > 0 {
		score += typePoints
		if len(types) <= fewTypes && slices.Contains(c.types, types[0]) {
			score += subjectPoints
		}
	}
	return score
}

// why puts what speaks for an entry in words.
func (c *candidate) why() string {
	var parts []string
	if c.named {
		parts = append(parts, "the text names it")
	}
	if len(c.cues) > 0 {
		parts = append(parts, "the text says "+quoted(c.cues))
	}
	if len(c.places) > 0 {
		parts = append(parts, "the text speaks of "+strings.Join(c.places[:min(shownReasons, len(c.places))], ", "))
	}
	if len(c.types) > 0 {
		names := make([]string, len(c.types))
		for i, id := range c.types {
			t, _ := clausetype.ByID(id)
			names[i] = strings.ToLower(t.Name[:1]) + t.Name[1:]
		}
		parts = append(parts, "it has to do with "+strings.Join(names[:min(shownReasons, len(names))], ", "))
	}
	return strings.Join(parts, "; ")
}

func quoted(list []string) string {
	var b strings.Builder
	for i, s := range list[:min(shownReasons, len(list))] {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "“%s”", s)
	}
	return b.String()
}
