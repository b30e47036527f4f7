// Package registry has the agencies and regulations that records name: who has
// jurisdiction, what a law covers and since when, and where to complain. It comes with
// a list (data/*.toml) that a user's file adds to ([Registry.With]), finds an entry by
// any of its names, proposes entries for a clause, and says which ones a text names.
//
// It is not for saying which law applies: [Registry.Suggest] proposes, with its
// reasons, and never adds. It does no I/O and knows no clock.
//
// Invariants:
//   - A link is only given with the date on which that very address was read in the
//     source that the entry names (Verified). What was not checked has an empty
//     Verified and no link: no address is made up. The sources were stored copies, so
//     that a verified address was right when it was copied, not that it answers today.
//   - A name belongs to one entry. Names that several agencies or laws share, such as
//     Datatilsynet or DPDPA, are in the list only with the country they are of.
//   - An ID stays what it is: records name it. Entries are only added.
//   - A Registry isn't changed once it is made, so it can be used by many at once.
//
// Decisions: the list is TOML, because users extend it in the same form; a test holds
// every row of ours complete. Texts are searched for names by whole words, the longest
// name first, so that UK GDPR is not GDPR too and the FTC Act is not the FTC.
package registry

import (
	"embed"
	"fmt"
	"slices"
	"sync"

	"fineprint/store/model"
)

// Agency is an authority that enforces laws, or oversees those that do.
type Agency struct {
	ID           string   `toml:"id"` // "us-ftc"
	Name         string   `toml:"name"`
	Short        []string `toml:"short,omitempty"` // other names that it goes by
	Jurisdiction string   `toml:"jurisdiction"`    // ISO 3166-1 or -2, or EU
	Covers       string   `toml:"covers"`
	Why          string   `toml:"why"`             // why it has jurisdiction, in a sentence
	Types        []string `toml:"types"`           // clause types that it has to do with; in a file also families
	Words        []string `toml:"words,omitempty"` // that suggest it
	ComplaintURL string   `toml:"complaint_url,omitempty"`
	URL          string   `toml:"url,omitempty"`
	Source       string   `toml:"source"`             // what the row was, or is to be, checked against
	Checked      string   `toml:"checked"`            // date on which the row was written or looked at
	Verified     string   `toml:"verified,omitempty"` // date on which it was read in Source; "" never
}

// Regulation is a law, or rules made under one.
type Regulation struct {
	ID           string   `toml:"id"` // "eu-gdpr"
	Name         string   `toml:"name"`
	Short        []string `toml:"short,omitempty"`
	Jurisdiction string   `toml:"jurisdiction"`
	Covers       string   `toml:"covers"`
	Effective    string   `toml:"effective"` // date since which it, or most of it, applies
	Types        []string `toml:"types"`
	Words        []string `toml:"words,omitempty"`
	URL          string   `toml:"url,omitempty"`
	Source       string   `toml:"source"`
	Checked      string   `toml:"checked"`
	Verified     string   `toml:"verified,omitempty"`
}

// Registry is a list of agencies and regulations. It isn't changed once it is made.
type Registry struct {
	Agencies    []Agency
	Regulations []Regulation

	once  sync.Once
	index *index
}

//go:embed data/*.toml
var data embed.FS

// Bundled returns the registry that the program comes with.
var Bundled = sync.OnceValue(func() *Registry {
	entries, err := data.ReadDir("data")
	if err != nil {
		panic(err) // it is embedded
	}
	r := &Registry{}
	for _, e := range entries {
		text, err := data.ReadFile("data/" + e.Name())
		if err != nil {
			panic(err)
		}
		more, err := parse(text)
		if err != nil {
			panic(fmt.Sprintf("%s: %v", e.Name(), err))
		}
		r.Agencies = append(r.Agencies, more.Agencies...)
		r.Regulations = append(r.Regulations, more.Regulations...)
	}
	return r
})

// With returns the registry with what a user's file adds or, by ID, replaces as a
// whole. The file is TOML with [[agencies]] and [[regulations]], keys as in [Agency]
// and [Regulation]; id, name and jurisdiction are required. It wraps
// [model.ErrInvalid] and names the line or the entry at fault.
func (r *Registry) With(text []byte) (*Registry, error) {
	more, err := parse(text)
	if err != nil {
		return nil, err
	}
	merged := &Registry{
		Agencies:    merge(r.Agencies, more.Agencies, func(a Agency) string { return a.ID }),
		Regulations: merge(r.Regulations, more.Regulations, func(g Regulation) string { return g.ID }),
	}
	if err := merged.distinct(); err != nil {
		return nil, err
	}
	return merged, nil
}

func merge[T any](list, more []T, id func(T) string) []T {
	list = slices.Clone(list)
	for _, e := range more {
		i := slices.IndexFunc(list, func(old T) bool { return id(old) == id(e) })
		if i < 0 {
			list = append(list, e)
		} else {
			list[i] = e
		}
	}
	return list
}

// distinct checks that no two entries have an ID or a name in common.
func (r *Registry) distinct() error {
	owner := map[string]string{}
	for _, n := range r.names() {
		key := lookupKey(n.name)
		if other, taken := owner[key]; taken && other != n.id {
			return fmt.Errorf("%w: %s and %s are both called %q; give one of them a name of its own",
				model.ErrInvalid, other, n.id, n.name)
		}
		owner[key] = n.id
	}
	return nil
}

// Agency returns the agency of an ID or of one of its names; case, accents and
// punctuation don't matter.
func (r *Registry) Agency(nameOrID string) (Agency, bool) {
	e, _, ok := r.find(nameOrID)
	if !ok || e.regulation {
		return Agency{}, false
	}
	return r.Agencies[e.row], true
}

// Regulation returns the regulation of an ID or of one of its names. A provision may
// stand with the name: "GDPR Article 6".
func (r *Registry) Regulation(nameOrID string) (Regulation, bool) {
	e, _, ok := r.find(nameOrID)
	if !ok || !e.regulation {
		return Regulation{}, false
	}
	return r.Regulations[e.row], true
}

// AgencyDetails returns what the registry says of the agencies that a record names,
// each once. Of one that it doesn't have it has the name only.
func (r *Registry) AgencyDetails(w *model.Writing) []model.AgencyDetail {
	var list []model.AgencyDetail
	for _, name := range w.Agencies {
		d := model.AgencyDetail{Name: name}
		if a, ok := r.Agency(name); ok {
			d = model.AgencyDetail{ID: a.ID, Name: a.Name, Jurisdiction: a.Jurisdiction, Why: a.Why,
				Source: a.Source, Verified: a.Verified}
			if a.Verified != "" {
				d.ComplaintURL = a.ComplaintURL
			}
		}
		if why := w.AgencyReasons[name]; why != "" {
			d.Why = why
		}
		if !slices.ContainsFunc(list, func(o model.AgencyDetail) bool { return o.ID == d.ID && o.Name == d.Name }) {
			list = append(list, d)
		}
	}
	return list
}

// RegulationDetails returns what the registry says of the regulations that a record
// names, each once. One that is named with a provision keeps it: "GDPR Article 6".
func (r *Registry) RegulationDetails(w *model.Writing) []model.RegulationDetail {
	var list []model.RegulationDetail
	for _, name := range w.Regulations {
		d := model.RegulationDetail{Name: name}
		if e, provision, ok := r.find(name); ok && e.regulation {
			g := r.Regulations[e.row]
			d = model.RegulationDetail{ID: g.ID, Name: g.Name, Jurisdiction: g.Jurisdiction, Effective: g.Effective,
				Covers: g.Covers, Source: g.Source, Verified: g.Verified}
			if provision {
				d.Name = name
			}
			if g.Verified != "" {
				d.URL = g.URL
			}
		}
		if !slices.ContainsFunc(list, func(o model.RegulationDetail) bool { return o.ID == d.ID && o.Name == d.Name }) {
			list = append(list, d)
		}
	}
	return list
}
