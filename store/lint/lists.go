package lint

import (
	"slices"
	"strings"

	"fineprint/store/model"
	"fineprint/store/registry"
)

// directory is the half of the registry that a list of a record names rows of.
type directory struct {
	field     string // of the list
	noun      string
	list      func(*model.Writing) []string
	find      func(r *registry.Registry, nameOrID string) (id, name string, ok bool)
	mentioned func(r *registry.Registry, text string) []string
}

var agencies = directory{
	field: "agencies", noun: "agency",
	list: func(w *model.Writing) []string { return w.Agencies },
	find: func(r *registry.Registry, nameOrID string) (id, name string, ok bool) {
		a, ok := r.Agency(nameOrID)
		return a.ID, a.Name, ok
	},
	mentioned: func(r *registry.Registry, text string) []string { ids, _ := r.Mentioned(text); return ids },
}

var regulations = directory{
	field: "regulations", noun: "regulation",
	list: func(w *model.Writing) []string { return w.Regulations },
	find: func(r *registry.Registry, nameOrID string) (id, name string, ok bool) {
		a, ok := r.Regulation(nameOrID)
		return a.ID, a.Name, ok
	},
	mentioned: func(r *registry.Registry, text string) []string { _, ids := r.Mentioned(text); return ids },
}

// unknown reports the names of the list that the registry doesn't have.
func (d directory) unknown(s *subject) {
	if s.facts.Registry == nil {
		return
	}
	for _, name := range d.list(s.writing) {
		if _, _, ok := d.find(s.facts.Registry, name); !ok && strings.TrimSpace(name) != "" {
			s.report(d.field, "the registry has no %s “%s”", d.noun, shortened(name))
		}
	}
}

// unlisted reports what the prose names and the list doesn't.
func (d directory) unlisted(s *subject) {
	if s.facts.Registry == nil {
		return
	}
	listed := map[string]bool{}
	for _, name := range d.list(s.writing) {
		if id, _, ok := d.find(s.facts.Registry, name); ok {
			listed[id] = true
		}
	}
	for _, p := range s.prose() {
		for _, id := range d.mentioned(s.facts.Registry, withoutQuotations(p.text)) {
			if !listed[id] {
				listed[id] = true // once
				_, name, _ := d.find(s.facts.Registry, id)
				s.report(d.field, "%s names %s, which is not in the list", p.field, name)
			}
		}
	}
}

// unmentioned reports what the list names and the prose doesn't, once there is a
// regulatory landscape to name it.
func (d directory) unmentioned(s *subject) {
	if s.facts.Registry == nil || strings.TrimSpace(s.writing.Analysis.RegulatoryLandscape) == "" {
		return
	}
	var all strings.Builder
	for _, p := range s.prose() {
		all.WriteString(p.text + "\n\n")
	}
	named := d.mentioned(s.facts.Registry, all.String())
	words := wordsOf(all.String())
	for _, listed := range d.list(s.writing) {
		id, name, ok := d.find(s.facts.Registry, listed)
		said := ok && slices.Contains(named, id) || strings.Contains(words, wordsOf(listed)) ||
			ok && strings.Contains(words, wordsOf(name))
		if strings.TrimSpace(listed) == "" || said {
			continue
		}
		if !ok {
			name = shortened(listed)
		}
		s.report(d.field, "%s is in the list, but nothing written names it", name)
	}
}
