package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/store/recordfile"
	"fineprint/tui/humanize"
)

func newRecordShowCommand(a *cli) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "show RECORD-ID",
		Short: "Show a record's current text, approved or draft",
		Long: `Show the record that approving a provision record now would create, with missing
fields and the linter's findings. ` + "`fineprint show RECORD-ID`" + ` shows the revision
that stands. --format file prints what is written as ` + "`record edit --from`" + ` reads it.`,
		Example: `fineprint record show FP-R-000077
fineprint record show FP-R-000077 --format file | draft-record |
  fineprint record edit FP-R-000077 --from - --drafted-by draft-record`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := parseRecordID(args[0])
			if err == nil && format != fileFormat {
				err = a.takeShowFormat(format)
			}
			if err != nil {
				return err
			}
			s, err := a.openStore()
			if err != nil {
				return err
			}
			return showRecordDraft(cmd.Context(), a, s, id, format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "",
		"output format: md (Markdown), file (a file to edit) or json (same as --json)")
	return cmd
}

// fileFormat shows a record as its file.
const fileFormat = "file"

// shownDraft is the JSON of a provision record as it is written: the keys of the record
// that approving it now would make, and where that stands.
type shownDraft struct {
	model.Record
	RecordID model.ID        `json:"record"`
	Steps    int             `json:"steps"`    // for --base
	Approved int             `json:"approved"` // revision that stands, 0 for none
	Missing  []string        `json:"missing"`
	Problems []model.Problem `json:"problems"`
	Writing  model.Writing   `json:"writing"` // as a file has it
}

func showRecordDraft(ctx context.Context, a *cli, s *store.Store, id model.ID, format string) error {
	d, err := s.RecordDraft(ctx, id)
	if err != nil {
		return err
	}
	switch {
	case format == fileFormat:
		return a.writeMarkdown(string(recordfile.Write(&d.Writing, recordfile.Options{})))
	case a.json:
		return a.printJSON(shownDraft{
			Record: d.Preview, RecordID: d.Record, Steps: d.Revision, Approved: d.Approved,
			Missing: d.Writing.MissingFields(), Problems: append([]model.Problem{}, d.Problems...), Writing: d.Writing,
		})
	case format == "md":
		return a.printMarkdown(d.Preview)
	}
	if err := a.printRecord(d.Preview); err != nil {
		return err
	}
	a.printf("\n%s\n", draftSentence(d))
	a.printFields("", field{"missing", strings.Join(d.Missing, ", ")})
	a.printProblems(d.Problems)
	return nil
}

type recordListOptions struct{ state, change, document string }

func newRecordListCommand(a *cli) *cobra.Command {
	o := &recordListOptions{}
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List provision records, including drafts",
		Example: "fineprint record list --state draft\nfineprint record list --change FP-C-000543 --json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runRecordList(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.state, "state", "", "only records in this state: draft, approved or withdrawn")
	f.StringVar(&o.change, "change", "", "only records created from this change")
	f.StringVar(&o.document, "document", "", "only records of this document")
	return cmd
}

func (o *recordListOptions) filter() (f model.RecordDraftFilter, err error) {
	switch state := model.State(strings.ToLower(o.state)); state {
	case "", model.DraftState, model.Approved, model.WithdrawnState:
		f.State = state
	default:
		return f, fmt.Errorf("%w: unknown record state %q; use draft, approved or withdrawn", model.ErrInvalid, o.state)
	}
	if o.change != "" {
		if f.Change, err = parseIDOf(o.change, model.ChangeID, "change"); err != nil {
			return f, err
		}
	}
	if o.document != "" {
		f.Document, err = parseIDOf(o.document, model.DocumentID, "document")
	}
	return f, err
}

// listedRecord is the JSON of one record of `record list`.
type listedRecord struct {
	recordResult
	Title    string         `json:"title"`
	Severity model.Severity `json:"severity"`
	Platform string         `json:"platform"`
	Document model.ID       `json:"document"`
	Type     string         `json:"type"`
	Seq      int            `json:"seq"` // of the version
	Change   model.ID       `json:"change"`
}

func runRecordList(ctx context.Context, a *cli, o *recordListOptions) error {
	f, err := o.filter()
	if err != nil {
		return err
	}
	drafts, err := readStore(a, func(s *store.Store) ([]model.RecordDraft, error) { return s.RecordDrafts(ctx, f) })
	if err != nil {
		return err
	}
	list := []listedRecord{}
	for _, d := range drafts {
		p := d.Preview
		list = append(list, listedRecord{recordResult: resultOf(d), Title: d.Writing.Title, Severity: d.Writing.Severity,
			Platform: p.Platform.Name, Document: p.Document, Type: p.Type, Seq: p.To.Seq, Change: p.Change})
	}
	return a.print(struct {
		Total   int            `json:"total"`
		Records []listedRecord `json:"records"`
	}{len(list), list}, func() {
		for i, r := range list {
			missing := ""
			if r.State == model.DraftState && len(r.Missing) > 0 {
				missing = "; missing: " + strings.Join(r.Missing, ", ")
			}
			a.printf("%s %s, %s%s\n", draftSentence(drafts[i]), or(r.Title, "no title"),
				or(string(r.Severity), "not rated"), missing)
		}
		a.printf("%s.\n", humanize.Count(len(list), "record"))
	})
}
