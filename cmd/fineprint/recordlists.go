package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/store/clausetype"
	"fineprint/store/model"
	"fineprint/store/nearest"
	"fineprint/store/recordfile"
	"fineprint/store/registry"
	"fineprint/tui/humanize"
)

func newRecordTemplateCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "template TYPE",
		Short: "Print a template for a record about a clause type",
		Example: `fineprint record template arbitration > arbitration.md
fineprint record types`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			w, ok := clausetype.Template(args[0])
			if !ok {
				return noClauseType(args[0])
			}
			return a.writeMarkdown(string(recordfile.Write(&w, recordfile.Options{Hints: true, Without: []string{"clauses"}})))
		},
	}
}

// noClauseType is the error of a clause type that there is none of.
func noClauseType(id string) error {
	return fmt.Errorf("%w: unknown clause type %q%s; see `fineprint record types`", model.ErrInvalid, id,
		nearest.Meant(id, clausetype.IDs()))
}

// shownType is the JSON of a clause type.
type shownType struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Family     string `json:"family"`
	Definition string `json:"definition"`
	// What other lists call it, and what gives it away.
	ToSDR     []string `json:"tosdr"`
	UnfairToS []string `json:"unfair_tos"`
	CUAD      []string `json:"cuad"`
	DPV       []string `json:"dpv"`
	Cues      []string `json:"cues"`
	// What it usually touches, by the IDs of the registry.
	Agencies    []string `json:"agencies"`
	Regulations []string `json:"regulations"`
}

// showType is a type as it is listed.
func showType(t clausetype.Type, r *registry.Registry) shownType {
	m := clausetype.MappingOf(t.ID)
	agencies, regulations := r.OfType(t.ID)
	return shownType{t.ID, t.Name, t.Family, t.Definition, orEmpty(m.ToSDR), orEmpty(m.UnfairToS), orEmpty(m.CUAD),
		orEmpty(m.DPV), orEmpty(m.Cues), orEmpty(agencies), orEmpty(regulations)}
}

// orEmpty is an empty list for none, so that JSON has no null.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func newRecordTypesCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use: "types", Short: "List clause types, their definitions and what other lists call them", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.listTypes() },
	}
}

// printMapping writes what other lists call a type and what it usually touches.
func (a *cli) printMapping(t shownType) {
	some := func(list []string) string {
		const most = 4
		if len(list) > most {
			return fmt.Sprintf("%s and %d more", strings.Join(list[:most], "; "), len(list)-most)
		}
		return strings.Join(list, "; ")
	}
	a.printFields("    ", field{"ToS;DR", some(t.ToSDR)}, field{"UNFAIR-ToS", some(t.UnfairToS)},
		field{"CUAD", some(t.CUAD)},
		field{"DPV", some(t.DPV)}, field{"agencies", some(t.Agencies)}, field{"regulations", some(t.Regulations)})
}

// shownAgency is the JSON of an agency of the registry.
type shownAgency struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	Short        []string `json:"short"`
	Jurisdiction string   `json:"jurisdiction"`
	Covers       string   `json:"covers"`
	Why          string   `json:"why"`
	Types        []string `json:"types"`
	Words        []string `json:"words"`
	ComplaintURL string   `json:"complaint_url"`
	URL          string   `json:"url"`
	Source       string   `json:"source"`
	Checked      string   `json:"checked"`
	Verified     string   `json:"verified"` // date; "" never
}

// shownRegulation is the JSON of a regulation of the registry.
type shownRegulation struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	Short        []string `json:"short"`
	Jurisdiction string   `json:"jurisdiction"`
	Covers       string   `json:"covers"`
	Effective    string   `json:"effective"`
	Types        []string `json:"types"`
	Words        []string `json:"words"`
	URL          string   `json:"url"`
	Source       string   `json:"source"`
	Checked      string   `json:"checked"`
	Verified     string   `json:"verified"`
}

func newRecordAgenciesCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use: "agencies", Short: "List the agencies in the registry and where to complain", Args: cobra.NoArgs,
		Long: registryHelp("agencies"),
		RunE: func(*cobra.Command, []string) error {
			list := []shownAgency{}
			for _, g := range a.registry().Agencies {
				list = append(list, shownAgency(g))
			}
			return a.print(struct {
				Total    int           `json:"total"`
				Agencies []shownAgency `json:"agencies"`
			}{len(list), list}, func() {
				for _, g := range list {
					a.printf("%s: %s%s, %s; %s\n", g.ID, g.Name, inBrackets(g.Short), g.Jurisdiction, verified(g.Verified))
					a.printFields("  ", field{"covers", g.Covers}, field{"why", g.Why}, field{"complaints", g.ComplaintURL},
						field{"source", g.Source})
				}
			})
		},
	}
}

func newRecordRegulationsCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use: "regulations", Short: "List the regulations in the registry", Args: cobra.NoArgs,
		Long: registryHelp("regulations"),
		RunE: func(*cobra.Command, []string) error {
			list := []shownRegulation{}
			for _, r := range a.registry().Regulations {
				list = append(list, shownRegulation(r))
			}
			return a.print(struct {
				Total       int               `json:"total"`
				Regulations []shownRegulation `json:"regulations"`
			}{len(list), list}, func() {
				for _, r := range list {
					a.printf("%s: %s%s, %s; %s\n", r.ID, r.Name, inBrackets(r.Short), r.Jurisdiction, verified(r.Verified))
					a.printFields("  ", field{"covers", r.Covers}, field{"in force since", r.Effective}, field{"text", r.URL},
						field{"source", r.Source})
				}
			})
		},
	}
}

func registryHelp(what string) string {
	return `List the ` + what + ` that records name and that are suggested for them. A file
registry.toml beside the settings file (` + "`fineprint config path`" + `) adds to them, or
replaces them by their IDs.`
}

func inBrackets(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return " (" + strings.Join(names, ", ") + ")"
}

func verified(date string) string {
	if date == "" {
		return "unverified"
	}
	return "verified " + date
}

// registry is the one that holds: the bundled one with the user's file.
func (a *cli) registry() *registry.Registry {
	if r := a.ownRegistry(); r != nil {
		return r
	}
	return registry.Bundled()
}

// ownRegistry is the bundled registry with the user's file; nil where there is no file.
func (a *cli) ownRegistry() *registry.Registry {
	if a.settings == nil {
		return nil
	}
	return a.settings.Registry
}

// shownSuggestion is the JSON of an agency or regulation that is suggested.
type shownSuggestion struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Why  string `json:"why"`
}

func newRecordSuggestCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "suggest RECORD-ID",
		Short: "Suggest agencies and regulations for a record",
		Long: `Suggest agencies and regulations from the registry, based on a record's clause
types and the words of its clauses. Nothing is added automatically.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runRecordSuggest(cmd.Context(), a, args[0]) },
	}
}

func runRecordSuggest(ctx context.Context, a *cli, arg string) error {
	id, err := parseRecordID(arg)
	if err != nil {
		return err
	}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	d, err := s.RecordDraft(ctx, id)
	if err != nil {
		return err
	}
	words := []string{d.Writing.Title}
	for _, p := range d.Preview.Provisions {
		words = append(words, p.Quote.Text)
	}
	agencies, regulations := a.registry().Suggest(d.Writing.Types, strings.Join(words, "\n"))
	result := struct {
		Record      model.ID          `json:"record"`
		Agencies    []shownSuggestion `json:"agencies"`
		Regulations []shownSuggestion `json:"regulations"`
	}{id, shownSuggestions(agencies), shownSuggestions(regulations)}
	return a.print(result, func() {
		for _, list := range []struct {
			noun string
			of   []shownSuggestion
		}{{"agency", result.Agencies}, {"regulation", result.Regulations}} {
			for _, g := range list.of {
				a.printf("%s %s: %s. %s\n", list.noun, g.ID, g.Name, g.Why)
			}
		}
		a.printf("%s suggested; add those that apply to the record's `agencies` and `regulations`.\n",
			humanize.Count(len(result.Agencies)+len(result.Regulations), "name"))
	})
}

func shownSuggestions(list []registry.Suggestion) []shownSuggestion {
	shown := []shownSuggestion{}
	for _, s := range list {
		shown = append(shown, shownSuggestion(s))
	}
	return shown
}
