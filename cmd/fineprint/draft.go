package main

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui"
)

// draftExample asks any server with OpenAI's interface on this machine.
//
//go:embed draftexample.py
var draftExample string

type draftOptions struct {
	accept                  []string
	again, drop, printsOnly bool
}

func newDraftCommand(a *cli) *cobra.Command {
	o := &draftOptions{}
	cmd := &cobra.Command{
		Use:   "draft CHANGE-ID|RECORD-ID",
		Short: "Draft a change or record by your own command",
		Long: `Draft title, summary, severity, types and sections of a change or record by the
command that the settings name under [draft]. It gets one JSON document on standard
input and answers with one on standard output; without a command there are no drafts,
and nothing leaves this machine by itself.

A draft is nobody's judgement until you accept it: each sentence is shown with the words
that it rests on, found in the old and new text, and with what is wrong with it. It is
kept until all of it is accepted, or --drop. --accept takes over fields, or sentences
of them, as yours, and names the command in the event. A field of which a sentence has a
problem is accepted by its sentences only.`,
		Example: `fineprint draft --example > draft.py
fineprint draft FP-C-000543
fineprint draft FP-C-000543 --accept severity,summary
fineprint draft FP-R-000077 --accept title,what_it_is:1,what_it_is:3`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.printsOnly {
				_, err := fmt.Fprint(a.out, draftExample)
				return err
			}
			if len(args) == 0 {
				return fmt.Errorf("%w: name a change or a record, such as FP-C-000543", model.ErrInvalid)
			}
			return runDraft(cmd.Context(), a, o, args[0])
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&o.accept, "accept", nil, "fields or sentences to take over from the draft: summary, what_it_is:2")
	f.BoolVar(&o.again, "again", false, "run the command although a draft is kept")
	f.BoolVar(&o.drop, "drop", false, "drop the draft that is kept")
	f.BoolVar(&o.printsOnly, "example", false, "print a Python script that asks a model on this machine")
	cmd.MarkFlagsMutuallyExclusive("accept", "again", "drop", "example")
	return cmd
}

// drafter drafts by the command of the settings.
func (a *cli) drafter(s *store.Store) *app.Drafter {
	d := &app.Drafter{Store: s, Actor: a.actorName(), Clock: a.clock}
	if a.settings != nil {
		v := &a.settings.Values
		d.Command = app.DraftCommand{Args: v.DraftCommand, Timeout: v.DraftLimit(), Env: v.DraftEnv}
	}
	return d
}

// drafting is what the desk drafts with: nothing without a command in the settings.
func (a *cli) drafting(s *store.Store) tui.Drafting {
	d := a.drafter(s)
	if len(d.Command.Args) == 0 {
		return tui.Drafting{}
	}
	return tui.Drafting{Draft: d.Draft, Accept: d.Accept, Edit: d.Edit, Drop: d.Drop}
}

func runDraft(ctx context.Context, a *cli, o *draftOptions, arg string) error {
	id, err := model.ParseID(arg)
	if err == nil && id.Kind() != model.ChangeID && id.Kind() != model.RecordID {
		err = fmt.Errorf("%w: a draft is for a change or a record; %s is neither", model.ErrInvalid, id)
	}
	if err != nil {
		return err
	}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	drafter := a.drafter(s)
	var d model.Drafted
	switch {
	case o.drop:
		return drafter.Drop(ctx, id)
	case len(o.accept) > 0:
		d, err = drafter.Accept(ctx, id, o.accept)
	default:
		d, err = drafter.Draft(ctx, id, o.again)
	}
	if err != nil {
		return err
	}
	return a.print(d, func() { a.printDrafted(&d) })
}

// printDrafted writes a draft, a sentence a line, with the words that each rests on and
// what is wrong with it.
func (a *cli) printDrafted(d *model.Drafted) {
	a.printf("Draft for %s by %s, %s. Nothing of it is written before it is accepted.\n", d.Subject, d.Source,
		d.At.Format("2006-01-02 15:04"))
	for i := range d.Fields {
		f := &d.Fields[i]
		state := ""
		if f.Accepted {
			state = " (accepted)"
		}
		a.printf("\n%s%s  [%s]\n", f.Label, state, f.Field)
		if len(f.Words) > 0 {
			a.printf("  %s\n", strings.Join(f.Words, ", "))
		}
		if f.Problem != "" {
			a.printf("  ! %s\n", f.Problem)
		}
		for j := range f.Sentences {
			a.printDraftedSentence(&f.Sentences[j])
		}
	}
}

func (a *cli) printDraftedSentence(s *model.DraftedSentence) {
	sign := "✓"
	if !s.Sound() {
		sign = "!"
	}
	if a.ascii && s.Sound() {
		sign = "+"
	}
	a.printf("  %s %d. %s\n", sign, s.N, s.Text)
	for _, t := range s.Ties {
		a.printf("       %s text, bytes %d to %d: “%s”\n", t.Side, t.Start, t.End, t.Text)
	}
	for _, p := range s.Problems {
		a.printf("     ! %s\n", p)
	}
}
