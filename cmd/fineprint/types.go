package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/clausetype"
	"fineprint/store/model"
	"fineprint/store/registry"
)

func newTypesCommand(a *cli) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "types",
		Short: "Show and correct what types clauses are of",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newTypesListCommand(a), newTypesShowCommand(a), newTypesSetCommand(a), newTypesUndoCommand(a))
	return cmd
}

// clauseRef reads which clause is meant.
func clauseRef(arg string, clause int) (ref model.ClauseRef, err error) {
	ref.Clause = clause
	if version, ok := parseVersionName(arg); ok {
		if ref.Document, ref.Seq = version.document, version.seq; ref.Seq < 1 {
			return ref, fmt.Errorf("%w: versions are numbered from 1, not %d", model.ErrInvalid, ref.Seq)
		}
	} else {
		id, err := model.ParseID(arg)
		if err != nil {
			return ref, err
		}
		switch id.Kind() {
		case model.ClauseID:
			ref.Provision = id
			return ref, nil
		case model.ChangeID:
			ref.Change = id
		case model.DocumentID:
			ref.Document = id
		default:
			return ref, fmt.Errorf("%w: name a clause, a change or a document; %s is none of these", model.ErrInvalid,
				id)
		}
	}
	if clause < 1 {
		return ref, fmt.Errorf("%w: --clause says which clause of %s is meant, from 1", model.ErrInvalid, arg)
	}
	return ref, nil
}

const whichClause = "number of the clause of a change or a version, from 1 as `show` lists them"

func newTypesShowCommand(a *cli) *cobra.Command {
	clause := 0
	cmd := &cobra.Command{
		Use:   "show PROVISION-ID|CHANGE-ID|DOCUMENT-ID[@VERSION]",
		Short: "Show the types of a clause, and what gave them away",
		Example: `fineprint types show FP-C-000543 --clause 2
fineprint types show FP-D-00012@3 --clause 14 --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ref, err := clauseRef(args[0], clause)
			if err != nil {
				return err
			}
			c, err := readStore(a, func(s *store.Store) (model.ClauseTypes, error) { return s.ClauseTypes(cmd.Context(), ref) })
			if err != nil {
				return err
			}
			return a.print(c, func() { a.printClauseTypes(c) })
		},
	}
	cmd.Flags().IntVar(&clause, "clause", 0, whichClause)
	return cmd
}

func newTypesSetCommand(a *cli) *cobra.Command {
	clause := 0
	cmd := &cobra.Command{
		Use:   "set PROVISION-ID|CHANGE-ID|DOCUMENT-ID[@VERSION] TYPE[,TYPE…]|none",
		Short: "Say what types a clause is of",
		Long: `Say what types a clause is of; "none" says that it is of no type. It holds for all
clauses with the same words and for those alike, in every document, and teaches what
is suggested for others. "types undo" undoes it; the journal keeps both.`,
		Example: `fineprint types set FP-C-000543 --clause 2 arbitration,class_action_waiver
fineprint types set FP-P-000812 none`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			ref, err := clauseRef(args[0], clause)
			if err != nil {
				return err
			}
			types := strings.FieldsFunc(args[1], func(r rune) bool { return r == ',' || r == ' ' })
			if len(types) == 1 && types[0] == "none" {
				types = nil
			} else if len(types) == 0 {
				return fmt.Errorf("%w: name a type, or none", model.ErrInvalid)
			}
			c, err := readStore(a, func(s *store.Store) (model.ClauseTypes, error) {
				return s.SetTypes(cmd.Context(), ref, types, a.actorName())
			})
			if err != nil {
				return err
			}
			return a.print(c, func() { a.printClauseTypes(c) })
		},
	}
	cmd.Flags().IntVar(&clause, "clause", 0, whichClause)
	return cmd
}

func newTypesUndoCommand(a *cli) *cobra.Command {
	clause := 0
	cmd := &cobra.Command{
		Use:     "undo PROVISION-ID|CHANGE-ID|DOCUMENT-ID[@VERSION]",
		Short:   "Take back what was said last of a clause's types",
		Example: "fineprint types undo FP-C-000543 --clause 2",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ref, err := clauseRef(args[0], clause)
			if err != nil {
				return err
			}
			c, err := readStore(a, func(s *store.Store) (model.ClauseTypes, error) {
				return s.UndoTypes(cmd.Context(), ref, a.actorName())
			})
			if err != nil {
				return err
			}
			return a.print(c, func() { a.printClauseTypes(c) })
		},
	}
	cmd.Flags().IntVar(&clause, "clause", 0, whichClause)
	return cmd
}

// printClauseTypes writes the types of a clause, who said so or what gave them away.
func (a *cli) printClauseTypes(c model.ClauseTypes) {
	types := strings.Join(c.Types, ", ")
	if types == "" {
		types = "none"
	}
	a.printf("%s\n", strings.TrimSpace(c.Text))
	a.printf("types: %s\n", types)
	switch c.By {
	case model.TypesCorrected:
		a.printf("said by %s, %s\n", c.Actor, c.At.Format("2006-01-02"))
	case model.TypesAlike:
		a.printf("as %s said of a clause alike, %s\n", c.Actor, c.At.Format("2006-01-02"))
	}
	for _, s := range c.Suggested {
		why := ""
		if len(s.Words) > 0 {
			why = ": “" + strings.Join(s.Words, "”, “") + "”"
		}
		if s.Heading != "" {
			why += "; under “" + s.Heading + "”"
		}
		a.printf("suggested: %s, %.0f %%%s\n", s.Type, 100*s.Probability, why)
	}
}

// typesByPlatform is the JSON of `types list --by platform`.
type typesByPlatform struct {
	Platforms []model.PlatformTypes `json:"platforms"`
}

func newTypesListCommand(a *cli) *cobra.Command {
	by := ""
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the clause types, or count the clauses of each by platform",
		Long: `List the clause types. With --by platform, count the clauses of each type that the
platforms' documents have now; the first time, each document is looked at, which can
take seconds.`,
		Example: `fineprint types list
fineprint types list --by platform --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch by {
			case "":
				return a.listTypes()
			case "platform":
				return runTypesByPlatform(cmd.Context(), a)
			}
			return fmt.Errorf("%w: --by is platform, not %q", model.ErrInvalid, by)
		},
	}
	cmd.Flags().StringVar(&by, "by", "", "platform: count clauses of each type by platform")
	return cmd
}

func runTypesByPlatform(ctx context.Context, a *cli) error {
	bar := newProgress(a, "finding types")
	list, err := readStore(a, func(s *store.Store) ([]model.PlatformTypes, error) { return s.CountTypes(ctx, bar.at) })
	bar.end()
	if err != nil {
		return err
	}
	if list == nil {
		list = []model.PlatformTypes{}
	}
	return a.print(typesByPlatform{list}, func() {
		for _, p := range list {
			a.printf("%s: %d documents, %d clauses\n", p.Platform.Name, p.Documents, p.Clauses)
			for _, t := range p.Types {
				a.printf("    %s %d\n", t.Type, t.Clauses)
			}
		}
		if len(list) == 0 {
			a.printf("No documents yet; `fineprint track add URL` adds one.\n")
		}
	})
}

// listTypes prints the clause types.
func (a *cli) listTypes() error {
	types := []shownType{}
	for _, t := range clausetype.Types {
		types = append(types, showType(t, registry.Bundled()))
	}
	return a.print(struct {
		Total int         `json:"total"`
		Types []shownType `json:"types"`
	}{len(types), types}, func() {
		family := ""
		for _, t := range types {
			if t.Family != family {
				family = t.Family
				a.printf("\n%s\n", family)
			}
			a.printf("%s: %s. %s\n", t.ID, t.Name, t.Definition)
			a.printMapping(t)
		}
	})
}
