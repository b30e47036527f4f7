package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/store/model"
)

type decideOptions struct {
	severity, confidence, basis string
	summary, note               string
	approve, undo, redo, reopen bool
	dismiss, snooze             string
	submit                      bool
	requestChanges, contest     string
	base                        int
	from, draftedBy             string
	assignTo                    string
	unassign                    bool
}

func newDecideCommand(a *cli) *cobra.Command {
	o := &decideOptions{}
	cmd := &cobra.Command{
		Use:   "decide CHANGE-ID...",
		Short: "Record a decision: rate, approve, dismiss or snooze a change",
		Long: `Record a decision on a change, under the same rules as the desk. Options given
together form one decision: one event, one journal entry, one undo.

With several IDs the decision applies to all of them or to none, and is undone
as one. High and critical changes can't be approved in bulk. With
--json several reviews are {"total":N,"reviews":[...]}.

--from takes a file as ` + "`fineprint record`" + ` does: the judgement, the title, what it is,
and all else that the change's record says; what is given by an option goes before
it. A change is about all its clauses, so ` + "`clauses`" + ` has no place in it. An approval of
what was written so is held against the linter's rules (` + "`record lint CHANGE-ID`" + `).

--submit asks for a second reader: somebody else, who approves it, requests
changes or contests it. The values they give with that are their own reading,
beside the author's; the record names both.

--assign gives the changes to a reviewer, who finds them with the filter mine:;
--unassign takes them back. An assignment is not a decision and changes no state.`,
		Example: `fineprint decide FP-C-000543 --severity high --confidence high --basis explicit \
  --summary "The age to use the service falls from 16 to 13." --approve
fineprint decide FP-C-000543 --from record.md --approve
fineprint decide FP-C-000544 --dismiss "only links changed"
fineprint decide FP-C-000545 --snooze 7d
fineprint decide FP-C-000546 FP-C-000547 --dismiss "the same new footer"
fineprint decide FP-C-000548 --submit
fineprint decide FP-C-000548 --actor ben --severity medium --contest "the old text already said so"
fineprint decide FP-C-000549 FP-C-000550 --assign anna
fineprint decide FP-C-000543 --undo`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.unassign || cmd.Flags().Changed("assign") {
				if err := o.assignsOnly(cmd); err != nil {
					return err
				}
				return runAssign(cmd.Context(), a, args, o.assignTo)
			}
			ds, err := o.decisions(a, cmd, args)
			if err != nil {
				return err
			}
			return runDecide(cmd.Context(), a, ds)
		},
	}
	o.flags(cmd)
	return cmd
}

// flags adds the options to the command.
func (o *decideOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.severity, "severity", "", "severity: low, medium, high or critical")
	f.StringVar(&o.confidence, "confidence", "", "confidence: low, medium or high")
	f.StringVar(&o.basis, "basis", "", "basis: explicit, inferred or absent")
	f.StringVar(&o.summary, "summary", "", "what changed, in plain language")
	f.StringVar(&o.note, "note", "", "interpretive note")
	f.StringVar(&o.from, "from", "", "file with the record's content: Markdown or JSON; - for standard input")
	f.StringVar(&o.draftedBy, "drafted-by", "", "command that drafted FILE, recorded with each field")
	f.BoolVar(&o.approve, "approve", false, "approve and create a record")
	f.StringVar(&o.dismiss, "dismiss", "", "dismiss with this reason")
	f.StringVar(&o.snooze, "snooze", "",
		"snooze until a date (2026-12-01), for a period (7d, 2w) or until the document's next change (next)")
	f.BoolVar(&o.submit, "submit", false, "submit to a second reader, who approves, requests changes or contests")
	f.StringVar(&o.requestChanges, "request-changes", "", "as second reader: request changes, with this reason")
	f.StringVar(&o.contest, "contest", "",
		"as second reader: contest, with your own --severity and this reason")
	f.BoolVar(&o.undo, "undo", false, "undo the last decision on this change")
	f.BoolVar(&o.redo, "redo", false, "redo the last undone decision")
	f.BoolVar(&o.reopen, "reopen", false, "reopen a dismissed or snoozed change")
	f.IntVar(&o.base, "base", model.AnyRevision, "fail unless the review is at this revision (-1: any)")
	f.StringVar(&o.assignTo, "assign", "", "assign the changes to this name; can't be combined")
	f.BoolVar(&o.unassign, "unassign", false, "unassign the changes; can't be combined")
	cmd.MarkFlagsMutuallyExclusive(
		"approve", "dismiss", "snooze", "undo", "redo", "reopen", "submit", "request-changes", "contest")
}

// assignsOnly refuses an assignment that is to decide something, too.
func (o *decideOptions) assignsOnly(cmd *cobra.Command) error {
	others := cmd.Flags().NFlag()
	for _, everywhere := range []string{"db", "actor", "json", "plain", "ascii"} {
		if cmd.Flags().Changed(everywhere) {
			others--
		}
	}
	switch {
	case others > 1:
		return fmt.Errorf("%w: --assign and --unassign can't be combined with a decision", model.ErrInvalid)
	case !o.unassign && strings.TrimSpace(o.assignTo) == "":
		return fmt.Errorf("%w: --assign needs a name; --unassign assigns to nobody", model.ErrInvalid)
	}
	return nil
}

// decisions turns the flags that were given into the same decision on every
// change named.
func (o *decideOptions) decisions(a *cli, cmd *cobra.Command, args []string) ([]model.Decision, error) {
	if len(args) > 1 && o.base != model.AnyRevision {
		return nil, fmt.Errorf("%w: --base applies to one review; omit it to decide on several changes",
			model.ErrInvalid)
	}
	if len(args) > 1 && o.from != "" {
		return nil, fmt.Errorf("%w: --from applies to one change", model.ErrInvalid)
	}
	ds := make([]model.Decision, len(args))
	for i, arg := range args {
		id, err := parseIDOf(arg, model.ChangeID, "change")
		if err != nil {
			return nil, err
		}
		if ds[i], err = o.decision(a, cmd); err != nil {
			return nil, err
		}
		ds[i].Change = id
	}
	return ds, nil
}

// decision turns the flags that were given into one decision.
func (o *decideOptions) decision(a *cli, cmd *cobra.Command) (model.Decision, error) {
	d := model.Decision{Base: o.base, Action: model.ActionSet}
	if o.from != "" {
		if err := o.takeFile(a, &d); err != nil {
			return d, err
		}
	}
	given := func(name string) bool { return cmd.Flags().Changed(name) }
	if given("severity") {
		v, err := model.ParseSeverity(o.severity)
		if err != nil {
			return d, err
		}
		d.Severity = &v
	}
	if given("confidence") {
		v, err := model.ParseConfidence(o.confidence)
		if err != nil {
			return d, err
		}
		d.Confidence = &v
	}
	if given("basis") {
		v, err := model.ParseBasis(o.basis)
		if err != nil {
			return d, err
		}
		d.Basis = &v
	}
	if given("summary") {
		d.Summary = &o.summary
	}
	if given("note") {
		d.Note = &o.note
	}
	return d, o.action(&d, given)
}

// takeFile takes what a file says into a decision.
func (o *decideOptions) takeFile(a *cli, d *model.Decision) error {
	w, fields, err := a.readRecordFile(o.from)
	if err != nil {
		return err
	}
	for _, id := range fields {
		if id == "clauses" {
			return fmt.Errorf("%w: reading %s: a change covers all its clauses; `clauses` belongs to "+
				"`fineprint record new`", model.ErrInvalid, inputName(o.from))
		}
		d.Write(&w, id)
	}
	if d.Content != nil {
		d.How, d.Source = writtenHow(o.draftedBy)
	}
	return nil
}

// action sets the decision's step; it refuses a decision that decides nothing
// and an undo that also sets something.
func (o *decideOptions) action(d *model.Decision, given func(string) bool) error {
	sets := d.Severity != nil || d.Confidence != nil || d.Basis != nil || d.Summary != nil || d.Note != nil ||
		d.Content != nil
	switch {
	case o.approve:
		d.Action = model.ActionApprove
	case o.submit:
		d.Action = model.ActionSubmit
	case given("dismiss"):
		return withReason(d, model.ActionDismiss, o.dismiss, "--dismiss")
	case given("request-changes"):
		return withReason(d, model.ActionRequestChanges, o.requestChanges, "--request-changes")
	case given("contest"):
		return withReason(d, model.ActionContest, o.contest, "--contest")
	case given("snooze"):
		d.Action, d.Until = model.ActionSnooze, o.snooze
	case o.reopen:
		d.Action = model.ActionReopen
	case o.undo, o.redo:
		d.Action = model.ActionUndo
		if o.redo {
			d.Action = model.ActionRedo
		}
		if sets {
			return fmt.Errorf("%w: --undo and --redo can't be combined with other options", model.ErrInvalid)
		}
	case !sets:
		return fmt.Errorf("%w: nothing to decide; use at least one of --severity, --confidence, --basis, --summary, "+
			"--note, --from, --approve, --dismiss, --snooze, --submit, --request-changes, --contest, --reopen, --undo, --redo",
			model.ErrInvalid)
	}
	return nil
}

func withReason(d *model.Decision, action model.Action, reason, flag string) error {
	d.Action, d.Reason = action, strings.TrimSpace(reason)
	if d.Reason == "" {
		return fmt.Errorf("%w: %s needs a reason", model.ErrIncomplete, flag)
	}
	return nil
}

// parseIDOf reads an ID and insists on its kind.
func parseIDOf(arg string, kind model.IDKind, what string) (model.ID, error) {
	id, err := model.ParseID(arg)
	if err != nil {
		return "", err
	}
	if id.Kind() != kind {
		return "", fmt.Errorf("%w: %s is not a %s ID; use one like %s",
			model.ErrInvalid, id, what, model.NewID(model.DefaultPrefix, kind, 543))
	}
	return id, nil
}

func runDecide(ctx context.Context, a *cli, ds []model.Decision) error {
	s, err := a.openStore()
	if err != nil {
		return err
	}
	for i := range ds {
		ds[i].Actor, ds[i].At = a.actorName(), a.clock().UTC()
	}
	reviews, err := s.DecideAll(ctx, ds)
	switch {
	case err != nil:
		return err
	case a.json && len(reviews) == 1:
		return a.printJSON(reviews[0])
	case a.json:
		return a.printJSON(struct {
			Total   int            `json:"total"`
			Reviews []model.Review `json:"reviews"`
		}{len(reviews), reviews})
	}
	for _, review := range reviews {
		a.printReview(review)
	}
	a.warnOfClock(reviews[0].Clock)
	return nil
}

// warnOfClock says that a decision is dated before what it is about.
func (a *cli) warnOfClock(c *model.Clock) {
	if c != nil && !a.json {
		a.notef("warning: %s.\n", c)
	}
}

func (a *cli) printReview(r model.Review) {
	because := map[model.State]string{
		model.Dismissed: "dismissed because", model.ChangesRequested: "changes requested because",
		model.Contested: "contested because",
	}
	a.printf("%s is %s.\n", r.Change, string(r.State))
	a.printFields("  ",
		field{"severity", string(r.Severity)},
		field{"confidence", string(r.Confidence)},
		field{"basis", string(r.Basis)},
		field{"summary", r.Summary},
		field{"note", r.Note},
		field{"author", r.Author},
		field{"second reader", secondReader(r.Second)},
		field{because[r.State], r.Reason},
		field{"snoozed until", r.Until},
	)
	a.printContent("  ", &r.Content)
	if r.State == model.Approved {
		a.printf("  record: %s r%d\n", r.Record, r.RecordRevision)
	}
}

// printContent writes what a review says beside the judgement: its texts, and of what is
// none only that it is there.
func (a *cli) printContent(indent string, c *model.Content) {
	w := model.Writing{Content: *c}
	for _, id := range model.ContentFields {
		f, _ := model.FieldByID(id)
		label := strings.ToLower(f.Label)
		switch text, list := f.Text(&w), f.List(&w); {
		case f.Empty(&w):
		case text != nil:
			a.printFields(indent, field{label, *text})
		case list != nil:
			a.printFields(indent, field{label, strings.Join(*list, ", ")})
		default:
			a.printFields(indent, field{label, "written"})
		}
	}
}

// secondReader returns who read a change a second time, and how they judged it.
func secondReader(r *model.SecondReview) string {
	switch {
	case r == nil:
		return ""
	case r.Severity == "":
		return r.Actor
	}
	s := r.Actor + ", who reads it as severity " + string(r.Severity)
	if r.Confidence != "" {
		s += ", confidence " + string(r.Confidence)
	}
	if r.Basis != "" {
		s += ", basis " + string(r.Basis)
	}
	return s
}
