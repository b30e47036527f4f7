package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/store/recordfile"
)

type recordEditOptions struct {
	from      string
	draftedBy string
	base      int
	compare   bool
	pins      []string
}

func newRecordEditCommand(a *cli) *cobra.Command {
	o := &recordEditOptions{}
	cmd := &cobra.Command{
		Use:   "edit RECORD-ID",
		Short: "Edit a record from a file or in your editor",
		Long: `Edit the fields of a provision record. Fields present in FILE are set, empty ones
are cleared, and absent ones stay unchanged. Without a file your editor opens
with all fields; those removed there are cleared.

With --compare the clause is compared with those of other platforms: how many
have one like it is filled in, and those named by --pin are quoted. What a
person wrote there stays.

An approved record stays unchanged; edits form a draft of its next revision.`,
		Example: `fineprint record edit FP-R-000077
fineprint record edit FP-R-000077 --from note.md
fineprint record edit FP-R-000077 --compare --pin FP-P-012104
echo '{"severity":"high"}' | fineprint record edit FP-R-000077 --from -`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runRecordEdit(cmd.Context(), a, o, args[0]) },
	}
	f := cmd.Flags()
	f.StringVar(&o.from, "from", "", "file with the record's content: Markdown or JSON; - for standard input")
	f.StringVar(&o.draftedBy, "drafted-by", "", "command that drafted FILE, recorded with each field")
	f.BoolVar(&o.compare, "compare", false, "count the platforms with a clause like it")
	f.StringArrayVar(&o.pins, "pin", nil, "quote this clause of another platform (with --compare; repeatable)")
	f.IntVar(&o.base, "base", model.AnyRevision, "fail unless the record is at this revision (-1: any)")
	return cmd
}

func runRecordEdit(ctx context.Context, a *cli, o *recordEditOptions, arg string) error {
	id, err := parseRecordID(arg)
	if err != nil {
		return err
	}
	switch {
	case len(o.pins) > 0 && !o.compare:
		return fmt.Errorf("%w: --pin quotes what a comparison finds; add --compare", model.ErrInvalid)
	case o.compare && o.from != "":
		return fmt.Errorf("%w: --compare and --from are two edits; run one after the other", model.ErrInvalid)
	case o.compare:
		return runRecordCompare(ctx, a, o, id)
	}
	e := model.RecordEdit{Record: id, Base: o.base}
	switch {
	case o.from != "":
		if e.Writing, e.Fields, err = a.readRecordFile(o.from); err != nil {
			return err
		}
		e.How, e.Source = writtenHow(o.draftedBy)
	case !a.canEdit():
		return fmt.Errorf("%w: no terminal for the editor; use --from FILE, or --from - for standard input",
			model.ErrInvalid)
	}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	d, err := s.RecordDraft(ctx, id)
	if err != nil {
		return err
	}
	if o.from == "" {
		return editInEditor(ctx, a, s, d)
	}
	return a.write(ctx, s, d, e)
}

// write writes those of an edit's fields that differ from what is there.
func (a *cli) write(ctx context.Context, s *store.Store, d model.RecordDraft, e model.RecordEdit) error {
	e.Fields = differing(&d.Writing, &e.Writing, e.Fields)
	if len(e.Fields) == 0 {
		if !a.json {
			a.printf("Nothing to write: %s already says so.\n", d.Record)
			return nil
		}
		return a.printDraft(d)
	}
	e.Actor, e.At = a.actorName(), a.clock().UTC()
	d, err := s.EditRecord(ctx, e)
	if err != nil {
		return err
	}
	if !a.json {
		a.printf("written: %s\n", labels(e.Fields))
	}
	return a.printDraft(d)
}

// differing returns those of some fields that are not the same in two writings.
func differing(is, was *model.Writing, fields []string) []string {
	var list []string
	for _, id := range fields {
		if f, ok := model.FieldByID(id); ok && !f.Same(is, was) {
			list = append(list, id)
		}
	}
	return list
}

// editInEditor opens a record in the reader's editor and writes what was changed. What
// can't be written is kept in a file.
func editInEditor(ctx context.Context, a *cli, s *store.Store, d model.RecordDraft) error {
	before := recordfile.Write(&d.Writing, recordfile.Options{Hints: true, Notes: editNotes(d)})
	edited, err := a.editText(ctx, string(d.Record), before)
	if err != nil {
		return err
	}
	defer edited.remove()
	if string(edited.text) == string(before) {
		a.printf("No changes, nothing written.\n")
		return nil
	}
	e := model.RecordEdit{Record: d.Record, Base: d.Revision, How: model.ByPerson}
	var given []string
	if e.Writing, given, err = recordfile.Parse(edited.text); err == nil {
		if e.Fields = fieldIDs(); !slices.Contains(given, "clauses") {
			e.Fields = fieldIDs("clauses") // a record is always about some
		}
		err = a.write(ctx, s, d, e)
	}
	if err != nil {
		return edited.keep(a, d.Record, err)
	}
	return nil
}

// editNotes are what an editor shows above the fields: what the record is about, in the
// document's own words.
func editNotes(d model.RecordDraft) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s. Lines that start with # are ignored.\n", strings.TrimSuffix(draftSentence(d), "."))
	b.WriteString("To start a line of prose with #, a fence or <!--, put a \\ before it.\n")
	for _, p := range d.Preview.Provisions {
		fmt.Fprintf(&b, "\n%s, clause %d of version %d", p.ID, p.Number, p.Seq)
		if len(p.Heading) > 0 {
			b.WriteString(", under " + strings.Join(p.Heading, " > "))
		}
		b.WriteString(":\n" + p.Quote.Text + "\n")
	}
	return b.String()
}
