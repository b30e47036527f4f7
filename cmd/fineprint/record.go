package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/store/model"
	"fineprint/store/recordfile"
)

func newRecordCommand(a *cli) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "record",
		Short: "Write and approve provision records",
		Long: `A provision record covers one or several clauses of one version of a document,
with its own title, assessment and analysis. It is a draft from
` + "`record new`" + ` on, and stands once ` + "`record approve`" + ` has frozen it with its evidence.
What is written after that is a draft of its next revision; the approved one
stays as it is, and exported, until that is approved.

FILE is Markdown with TOML front matter between lines of +++, or JSON. The front
matter takes the short fields and the lists, headings of the same names take the
prose; ` + "`record template TYPE`" + ` prints one to start from. - is standard input.`,
		Example: `fineprint show FP-D-00012@3 --json                  # the clauses, with their numbers
fineprint record new FP-D-00012@3 --clause 14 --from licence.md
fineprint record lint FP-R-000077
fineprint record approve FP-R-000077
fineprint export FP-R-000077 --format md`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		newRecordNewCommand(a),
		newRecordEditCommand(a),
		newRecordShowCommand(a),
		newRecordLintCommand(a),
		newRecordApproveCommand(a),
		newRecordWithdrawCommand(a),
		newRecordListCommand(a),
		newRecordSuggestCommand(a),
		newRecordTemplateCommand(a),
		newRecordTypesCommand(a),
		newRecordAgenciesCommand(a),
		newRecordRegulationsCommand(a),
	)
	return cmd
}

// recordResult is the JSON of what `record new` and the steps after it did.
type recordResult struct {
	Record     model.ID          `json:"record"`
	Provision  model.ID          `json:"provision"` // the first of
	Provisions []model.ID        `json:"provisions"`
	State      model.State       `json:"state"`
	Revision   int               `json:"revision"` // number of steps so far, for --base
	Approved   int               `json:"approved"` // revision of the record that stands, 0 for none
	Missing    []string          `json:"missing"`  // IDs of fields, as a file has them
	Overruled  []model.Overruled `json:"overruled,omitempty"`
}

func resultOf(d model.RecordDraft) recordResult {
	r := recordResult{
		Record: d.Record, Provisions: []model.ID{}, State: d.State, Revision: d.Revision, Approved: d.Approved,
		Missing: d.Writing.MissingFields(), Overruled: d.Preview.Overruled,
	}
	for _, p := range d.Preview.Provisions {
		r.Provisions = append(r.Provisions, p.ID)
	}
	if len(r.Provisions) > 0 {
		r.Provision = r.Provisions[0]
	}
	return r
}

// printDraft says where a provision record stands, and what it still needs.
func (a *cli) printDraft(d model.RecordDraft) error {
	if a.json {
		return a.printJSON(resultOf(d))
	}
	a.printf("%s\n", draftSentence(d))
	if len(d.Missing) > 0 {
		a.printf("missing: %s\n", strings.Join(d.Missing, ", "))
	}
	return nil
}

// draftSentence says where a provision record stands: "FP-R-000007 is a draft, of
// FP-P-000012, Acme / Terms of Service."
func draftSentence(d model.RecordDraft) string {
	var provisions []string
	for _, p := range d.Preview.Provisions {
		provisions = append(provisions, string(p.ID))
	}
	state := "withdrawn"
	switch {
	case d.State == model.Approved:
		state = "approved as revision " + strconv.Itoa(d.Approved)
	case d.State == model.DraftState && d.Approved > 0:
		state = "a draft of its next revision; revision " + strconv.Itoa(d.Approved) + " stands"
	case d.State == model.DraftState:
		state = "a draft"
	}
	return fmt.Sprintf("%s is %s: %s, %s / %s.", d.Record, state, or(strings.Join(provisions, ", "), "no clause"),
		d.Preview.Platform.Name, d.Preview.Type)
}

// readRecordFile reads what is written of a record from a file, or from standard
// input for "-".
func (a *cli) readRecordFile(path string) (model.Writing, []string, error) {
	data, err := a.readFile(path, recordfile.MaxBytes)
	if err != nil {
		return model.Writing{}, nil, err
	}
	w, fields, err := recordfile.Parse(data)
	if err == nil && len(fields) == 0 {
		err = fmt.Errorf("%w: no fields in it", model.ErrInvalid)
	}
	if err != nil {
		return w, nil, fmt.Errorf("reading %s: %w", inputName(path), err)
	}
	return w, fields, nil
}

// readFile reads a file, or standard input for "-", up to a byte more than it may have.
func (a *cli) readFile(path string, most int64) ([]byte, error) {
	from := a.in
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", model.ErrInvalid, err)
		}
		defer func() { _ = f.Close() }()
		from = f
	}
	data, err := io.ReadAll(io.LimitReader(from, most+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w: %w", inputName(path), model.ErrInvalid, err)
	}
	return data, nil
}

func inputName(path string) string {
	if path == "-" {
		return "standard input"
	}
	return path
}

// parseRecordID reads the ID of a record.
func parseRecordID(arg string) (model.ID, error) { return parseIDOf(arg, model.RecordID, "record") }

// fieldIDs are those of all that is written in a record, but those left out.
func fieldIDs(without ...string) []string {
	var list []string
	for _, f := range model.WritingFields {
		if !slices.Contains(without, f.ID()) {
			list = append(list, f.ID())
		}
	}
	return list
}

// labels lists fields as they are called: "title, why it matters".
func labels(fields []string) string {
	var list []string
	for _, id := range fields {
		f, _ := model.FieldByID(id)
		list = append(list, strings.ToLower(f.Label))
	}
	return strings.Join(list, ", ")
}
