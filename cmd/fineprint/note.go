package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/tui/sanitize"
)

// maxNote is how many bytes of standard input a note is read from, one more than it may have.
const maxNote = 64<<10 + 1

type noteOptions struct {
	clause int
}

func newNoteCommand(a *cli) *cobra.Command {
	o := &noteOptions{}
	cmd := &cobra.Command{
		Use:   "note CHANGE-ID [TEXT|-]",
		Short: "Write a note on a change or one of its clauses",
		Long: `Write a note, in Markdown, on a change or on one of its clauses. A note is no
judgement: it changes no severity and no state, and no record shows it unless the
export is asked for notes. The journal keeps every step with it.

The text is the second argument, or standard input with - or without one.`,
		Example: `fineprint note FP-C-000543 --clause 2 "Ask legal: is 30 days from the notice?"
fineprint note FP-C-000543 - < note.md
fineprint note edit FP-N-000812 "Answered: from the notice."
fineprint note list FP-C-000543`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := parseIDOf(args[0], model.ChangeID, "change")
			if err != nil {
				return err
			}
			return runNote(cmd.Context(), a, model.NoteRequest{Change: id, Clause: o.clause}, args[1:])
		},
	}
	cmd.Flags().IntVar(&o.clause, "clause", 0,
		"which of the change's clauses, counted from 1 as `show` lists them (0: the change as a whole)")
	cmd.AddCommand(newNoteListCommand(a), newNoteEditCommand(a), newNoteStepCommand(a, "remove"),
		newNoteStepCommand(a, "restore"))
	return cmd
}

// runNote writes or edits a note with a text that is an argument or on standard input.
func runNote(ctx context.Context, a *cli, q model.NoteRequest, text []string) error {
	if len(text) == 0 || text[0] == "-" {
		b, err := a.readFile("-", maxNote)
		if err != nil {
			return err
		}
		text = []string{strings.TrimRight(string(b), "\n")}
	}
	q.Text, q.Actor = text[0], a.actorName()
	n, err := readStore(a, func(s *store.Store) (model.ChangeNote, error) { return s.WriteNote(ctx, q) })
	if err != nil {
		return err
	}
	return a.print(n, func() { a.printNote("", n) })
}

func newNoteEditCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:     "edit NOTE-ID [TEXT|-]",
		Short:   "Replace the text of a note",
		Example: `fineprint note edit FP-N-000812 "Answered: from the notice."`,
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := parseIDOf(args[0], model.NoteID, "note")
			if err != nil {
				return err
			}
			return runNote(cmd.Context(), a, model.NoteRequest{ID: id}, args[1:])
		},
	}
}

// newNoteStepCommand makes `note remove` or `note restore`.
func newNoteStepCommand(a *cli, name string) *cobra.Command {
	step, short, done := (*store.Store).RemoveNote, "Remove a note; the journal keeps that it was there", "removed"
	if name == "restore" {
		step, short, done = (*store.Store).RestoreNote, "Bring back a note that was removed", "restored"
	}
	return &cobra.Command{
		Use: name + " NOTE-ID", Short: short, Example: "fineprint note " + name + " FP-N-000812", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := parseIDOf(args[0], model.NoteID, "note")
			if err != nil {
				return err
			}
			n, err := readStore(a, func(s *store.Store) (model.ChangeNote, error) {
				return step(s, cmd.Context(), id, a.actorName())
			})
			if err != nil {
				return err
			}
			return a.print(n, func() { a.printf("Note %s on %s %s.\n", n.ID, n.Change, done) })
		},
	}
}

func newNoteListCommand(a *cli) *cobra.Command {
	format := ""
	cmd := &cobra.Command{
		Use:   "list [CHANGE-ID]",
		Short: "List the notes, or those on one change",
		Example: `fineprint note list
fineprint note list FP-C-000543 --json
fineprint note list --format md > notes.md`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runNoteList(cmd.Context(), a, format, args) },
	}
	cmd.Flags().StringVar(&format, "format", "", "md: as Markdown, to hand on; json: the same as --json")
	return cmd
}

func runNoteList(ctx context.Context, a *cli, format string, args []string) error {
	if err := a.takeShowFormat(format); err != nil {
		return err
	}
	list, err := readStore(a, func(s *store.Store) ([]model.ChangeNote, error) {
		if len(args) == 0 {
			return s.AllNotes(ctx)
		}
		id, err := parseIDOf(args[0], model.ChangeID, "change")
		if err != nil {
			return nil, err
		}
		return s.Notes(ctx, id)
	})
	if err != nil {
		return err
	}
	if format == "md" {
		return a.writeMarkdown(export.NotesMarkdown(sanitize.Value(list)))
	}
	return a.print(struct {
		Total int                `json:"total"`
		Notes []model.ChangeNote `json:"notes"`
	}{len(list), list}, func() {
		for _, n := range list {
			a.printNote("", n)
		}
		if len(list) == 0 {
			a.printf("No notes; `fineprint note CHANGE-ID TEXT` writes one.\n")
		}
	})
}

// printNote writes a note: what it is on, by whom, and its lines.
func (a *cli) printNote(indent string, n model.ChangeNote) {
	on := string(n.Change)
	switch {
	case n.Clause > 0:
		on += fmt.Sprintf(" clause %d", n.Clause)
	case n.Provision != "":
		on += fmt.Sprintf(", a clause that is no part of it any more (%s)", n.Provision)
	}
	edited := ""
	if n.EditedBy != "" {
		edited = ", edited " + n.Edited.Format("2006-01-02") + " by " + n.EditedBy
	}
	a.printf("%s%s  %s  %s, %s%s\n", indent, n.ID, on, n.Actor, n.At.Format("2006-01-02"), edited)
	for line := range strings.Lines(n.Text) {
		a.printf("%s    %s\n", indent, strings.TrimRight(line, "\r\n"))
	}
}

// printAnnotations writes who a change is assigned to and the notes on it.
func (a *cli) printAnnotations(d model.ChangeDetail) {
	a.printFields("", field{"assigned to", d.Row.Assignee})
	for _, n := range d.Notes {
		a.printNote("note ", n)
	}
}

// assign is what `decide --assign` and `decide --unassign` print.
type assign struct {
	Assignee string           `json:"assignee"`
	Total    int              `json:"total"`
	Changes  []assignedChange `json:"changes"`
}

type assignedChange struct {
	Change   model.ID `json:"change"`
	Assignee string   `json:"assignee"`
	Before   string   `json:"before"`
}

// runAssign assigns changes to somebody, or to nobody.
func runAssign(ctx context.Context, a *cli, args []string, name string) error {
	var ids []model.ID
	for _, arg := range args {
		id, err := parseIDOf(arg, model.ChangeID, "change")
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	before, err := readStore(a, func(s *store.Store) (map[model.ID]string, error) {
		return s.Assign(ctx, ids, name, a.actorName())
	})
	if err != nil {
		return err
	}
	name = strings.TrimSpace(name)
	result := assign{Assignee: name, Total: len(ids), Changes: []assignedChange{}}
	for _, id := range ids {
		was, changed := before[id]
		if !changed {
			was = name
		}
		result.Changes = append(result.Changes, assignedChange{id, name, was})
	}
	return a.print(result, func() {
		for _, c := range result.Changes {
			switch {
			case c.Assignee == c.Before && name == "":
				a.printf("%s was assigned to nobody.\n", c.Change)
			case c.Assignee == c.Before:
				a.printf("%s was assigned to %s already.\n", c.Change, name)
			case name == "":
				a.printf("%s unassigned; it was %s's.\n", c.Change, c.Before)
			default:
				a.printf("%s assigned to %s.\n", c.Change, name)
			}
		}
	})
}
