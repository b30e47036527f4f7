package record

import (
	"fmt"
	"slices"
	"strings"

	"fineprint/store/clausetype"
	"fineprint/store/model"
	"fineprint/store/registry"
	"fineprint/store/smallsort"
	"fineprint/tui/kit"
)

// pickList lists what a list may have, with what is suggested first.
func (s *Screen) pickList(f model.WritingField) kit.Action {
	w := s.current()
	options := s.options(f.ID(), *f.List(&w))
	p, cmd := s.NewMultiPicker(f.Label, options, func(values []string) kit.Action {
		return s.set(f, w, withList(f, values), model.ByPerson, "")
	})
	return kit.OpenDialog{Dialog: p, Cmd: cmd}
}

func withList(f model.WritingField, values []string) (w model.Writing) {
	*f.List(&w) = values
	return w
}

// options are what a list may have: what is in it, what is suggested and why, and then
// the rest.
func (s *Screen) options(field string, has []string) []kit.Option {
	all := s.known(field)
	why := map[string]string{}
	for _, g := range s.suggestions(field) {
		why[g.ID] = g.Why
	}
	var ticked, suggested, rest []kit.Option
	in := map[string]bool{}
	for _, name := range has {
		o := kit.Option{Value: name, Name: name, Note: "not in the list"}
		if i := slices.IndexFunc(all, func(o kit.Option) bool { return o.Value == s.idOf(field, name) }); i >= 0 {
			o = all[i]
			in[o.Value] = true
			o.Value = name // as it was written
		}
		o.Ticked = true
		ticked = append(ticked, o)
	}
	for _, o := range all {
		reason, is := why[o.Value]
		switch {
		case in[o.Value]:
		case is:
			o.Note = strings.TrimSpace(o.Note + "  suggested: " + reason)
			suggested = append(suggested, o)
		default:
			rest = append(rest, o)
		}
	}
	return slices.Concat(ticked, suggested, rest)
}

// idOf is the ID of a name in the list that a field is chosen from, the name itself
// where it is not in it.
func (s *Screen) idOf(field, name string) string {
	switch field {
	case "agencies":
		if a, ok := s.registry.Agency(name); ok {
			return a.ID
		}
	case "regulations":
		if r, ok := s.registry.Regulation(name); ok {
			return r.ID
		}
	}
	return name
}

// known are all that a field can be chosen from.
func (s *Screen) known(field string) []kit.Option {
	var all []kit.Option
	switch field {
	case "types":
		for _, t := range clausetype.Types {
			all = append(all, kit.Option{Value: t.ID, Name: t.Name, Note: t.Family, About: t.Definition})
		}
	case "agencies":
		for _, a := range s.registry.Agencies {
			o := kit.Option{Value: a.ID, Name: withShort(a.Name, a.Short), Note: a.Jurisdiction, About: a.Covers}
			all = append(all, unverified(o, a.Verified))
		}
	case "regulations":
		for _, r := range s.registry.Regulations {
			o := kit.Option{Value: r.ID, Name: withShort(r.Name, r.Short), Note: r.Jurisdiction, About: r.Covers}
			if r.Effective != "" {
				o.About = fmt.Sprintf("in effect since %s: %s", r.Effective, r.Covers)
			}
			all = append(all, unverified(o, r.Verified))
		}
	}
	return all
}

// withShort is a name with the first of its short ones.
func withShort(name string, short []string) string {
	if len(short) > 0 {
		return name + ", " + short[0]
	}
	return name
}

// unverified marks what was never checked against its source.
func unverified(o kit.Option, verified string) kit.Option {
	if verified == "" {
		o.Note += ", unverified"
	}
	return o
}

// suggestions are what the registries propose for the types of a record and the words of
// its clauses.
type suggestions struct {
	of                           string // these types and words
	types, agencies, regulations []registry.Suggestion
}

// suggestions returns what is proposed for a field. It is worked out again only when the
// types or the words have changed: the form is laid out with every key.
func (s *Screen) suggestions(field string) []registry.Suggestion {
	var text strings.Builder
	for _, p := range s.draft.Preview.Provisions {
		text.WriteString(p.Quote.Text + "\n")
	}
	types := s.current().Types
	if of := strings.Join(types, "\n") + "\x00" + text.String(); of != s.proposed.of {
		s.proposed.of = of
		s.proposed.agencies, s.proposed.regulations = s.registry.Suggest(types, text.String())
		s.proposed.types = s.recognised()
	}
	switch field {
	case "types":
		return s.proposed.types
	case "agencies":
		return s.proposed.agencies
	case "regulations":
		return s.proposed.regulations
	}
	return nil
}

// recognised are the types that the clauses were said to be of, or seem to be, with who said so or
// the words that do.
func (s *Screen) recognised() []registry.Suggestion {
	var list []registry.Suggestion
	for _, c := range s.types {
		for _, id := range c.Types {
			why := c.Actor + " said so"
			if c.By == model.TypesSuggested {
				at := slices.IndexFunc(c.Suggested, func(t model.TypeSuggestion) bool { return t.Type == id })
				if why = ""; at >= 0 {
					why = strings.Join(c.Suggested[at].Words, ", ")
				}
			}
			known, _ := clausetype.ByID(id)
			if !slices.ContainsFunc(list, func(g registry.Suggestion) bool { return g.ID == id }) {
				list = append(list, registry.Suggestion{ID: id, Name: known.Name, Why: why})
			}
		}
	}
	return list
}

// suggested are the names of the first of what is suggested for a field.
func (s *Screen) suggested(field string) []string {
	var names []string
	for _, g := range s.suggestions(field) {
		names = append(names, g.Name)
	}
	return names[:min(4, len(names))]
}

// pickTemplate lists the clause types, those of the record first, whose template is to
// be put into the fields that are empty.
func (s *Screen) pickTemplate() kit.Action {
	w := s.current()
	types := slices.Clone(clausetype.Types)
	smallsort.By(types, func(a, b clausetype.Type) int {
		return boolOrder(slices.Contains(w.Types, a.ID), slices.Contains(w.Types, b.ID))
	})
	choices := make([]kit.Choice, len(types))
	for i, t := range types {
		choices[i] = kit.Choice{
			Name: t.Name + ": " + t.Definition,
			Do:   kit.Send{Msg: askMsg{func() kit.Action { return s.useTemplate(t) }}},
		}
	}
	p, cmd := s.NewPicker("Template for", choices, "  fills empty fields; complete the blanks")
	return kit.OpenDialog{Dialog: p, Cmd: cmd}
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// useTemplate puts what a template has into the fields that are empty, and adds its type.
func (s *Screen) useTemplate(t clausetype.Type) kit.Action {
	template, ok := clausetype.Template(t.ID)
	if !ok {
		s.SetStatus("No template for %s", t.Name)
		return nil
	}
	was := s.current()
	e := edit{writing: template, was: was, how: model.BySnippet, source: "template " + t.ID}
	for _, f := range fields {
		if f.Empty(&was) && !f.Empty(&template) {
			e.fields = append(e.fields, f.ID())
		}
	}
	if len(e.fields) == 0 {
		s.SetStatus("The fields of this template are already filled")
		return nil
	}
	return s.save(e)
}
