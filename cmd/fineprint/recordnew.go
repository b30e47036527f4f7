package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/clausetype"
	"fineprint/store/model"
)

type recordNewOptions struct {
	clauses   []int
	from      string
	template  string
	draftedBy string
}

func newRecordNewCommand(a *cli) *cobra.Command {
	o := &recordNewOptions{}
	cmd := &cobra.Command{
		Use:   "new CHANGE-ID|DOCUMENT-ID[@VERSION]",
		Short: "Create a record of clauses of a change or version",
		Long: `Create a record of one or several clauses: of a change, or of a version of a
document (the latest if none is named), whether they changed or not.

--clause counts from 1 in "clauses" of ` + "`show ID --json`" + `, folded ones included. It
goes before "clauses" in FILE. Without FILE, on a terminal, your editor opens.`,
		Example: `fineprint record new FP-C-000543 --clause 2 --clause 3 --from licence.md
fineprint record new FP-D-00012@3 --clause 14 --template arbitration
curl -s https://drafts.example/543 | fineprint record new FP-C-000543 --from - --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runRecordNew(cmd.Context(), a, o, args[0]) },
	}
	f := cmd.Flags()
	f.IntSliceVar(&o.clauses, "clause", nil, "number of a clause, from 1; may be given several times")
	f.StringVar(&o.from, "from", "", "file with the record's content: Markdown or JSON; - for standard input")
	f.StringVar(&o.template, "template", "", "start from the template of a clause type (see `record types`)")
	f.StringVar(&o.draftedBy, "drafted-by", "", "command that drafted FILE, recorded with each field")
	cmd.MarkFlagsMutuallyExclusive("from", "template")
	return cmd
}

// request is what is asked for, but for who asks and when.
func (o *recordNewOptions) request(a *cli, arg string) (q model.NewRecordRequest, err error) {
	q.Clauses = o.clauses
	if version, ok := parseVersionName(arg); ok {
		if q.Document, q.Seq = version.document, version.seq; q.Seq < 1 {
			return q, fmt.Errorf("%w: versions are numbered from 1, not %d", model.ErrInvalid, q.Seq)
		}
	} else {
		id, err := model.ParseID(arg)
		if err != nil {
			return q, err
		}
		switch id.Kind() {
		case model.ChangeID:
			q.Change = id
		case model.DocumentID:
			q.Document = id
		default:
			return q, fmt.Errorf("%w: a record covers clauses of a change or of a document version; %s is neither",
				model.ErrInvalid, id)
		}
	}
	switch {
	case o.template != "":
		var known bool
		if q.Writing, known = clausetype.Template(o.template); !known {
			return q, noClauseType(o.template)
		}
		q.Fields, q.How, q.Source = givenFields(&q.Writing), model.BySnippet, o.template
	case o.from != "":
		if q.Writing, q.Fields, err = a.readRecordFile(o.from); err != nil {
			return q, err
		}
		q.How, q.Source = writtenHow(o.draftedBy)
	}
	if len(q.Clauses) == 0 && len(q.Writing.Clauses) == 0 {
		return q, fmt.Errorf("%w: no clauses named; use --clause N, or `clauses` in FILE; "+
			"`fineprint show %s --json` lists them", model.ErrInvalid, arg)
	}
	return q, nil
}

func runRecordNew(ctx context.Context, a *cli, o *recordNewOptions, arg string) error {
	q, err := o.request(a, arg)
	if err != nil {
		return err
	}
	q.Actor, q.At = a.actorName(), a.clock().UTC()
	s, err := a.openStore()
	if err != nil {
		return err
	}
	d, err := s.NewRecord(ctx, q)
	if err != nil {
		return err
	}
	if len(d.Writing.Types) == 0 {
		if err := a.printNewRecord(ctx, s, d); err != nil {
			return err
		}
	} else if err := a.printDraft(d); err != nil {
		return err
	}
	if o.from != "" || a.json || !a.canEdit() {
		return nil
	}
	return editInEditor(ctx, a, s, d)
}

// newRecordResult is the JSON of a new record without types: those that its clauses were said to
// be of, or seem to be. They are not written.
type newRecordResult struct {
	recordResult
	TypesSuggested []string `json:"types_suggested"`
}

// printNewRecord is printDraft of a record without types, with those of its clauses.
func (a *cli) printNewRecord(ctx context.Context, s *store.Store, d model.RecordDraft) error {
	r := newRecordResult{resultOf(d), []string{}}
	for _, p := range d.Preview.Provisions {
		c, err := s.ClauseTypes(ctx, model.ClauseRef{Provision: p.ID})
		if err != nil {
			return err
		}
		for _, id := range c.Types {
			if !slices.Contains(r.TypesSuggested, id) {
				r.TypesSuggested = append(r.TypesSuggested, id)
			}
		}
	}
	if a.json {
		return a.printJSON(r)
	}
	if err := a.printDraft(d); err != nil {
		return err
	}
	if len(r.TypesSuggested) > 0 {
		a.printf("suggested types: %s\n", strings.Join(r.TypesSuggested, ", "))
	}
	return nil
}

// givenFields are the IDs of the fields that have something in them.
func givenFields(w *model.Writing) []string {
	var list []string
	for _, f := range model.WritingFields {
		if !f.Empty(w) {
			list = append(list, f.ID())
		}
	}
	return list
}

// writtenHow is how a file came to be.
func writtenHow(draftedBy string) (how model.WrittenHow, source string) {
	if draftedBy != "" {
		return model.ByDraft, draftedBy
	}
	return model.ByPerson, ""
}
