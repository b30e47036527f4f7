package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/sanitize"
)

type showOptions struct {
	format  string
	history int
	record  bool
}

func newShowCommand(a *cli) *cobra.Command {
	o := &showOptions{}
	cmd := &cobra.Command{
		Use:   "show ID|DOCUMENT-ID@VERSION",
		Short: "Show a document, version, change, snapshot, provision or record by ID",
		Example: `fineprint show FP-C-000543
fineprint show FP-D-00012@3 --json
fineprint show FP-R-000077 --format md
fineprint show FP-C-000543 --history 2`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runShow(cmd.Context(), a, o, args[0]) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.record, "record", false, "for a change: preview the record that approving it now would create")
	f.StringVar(&o.format, "format", "", "output format: md (Markdown, for a record, change or clause) or json (same as --json)")
	f.IntVar(&o.history, "history", 0,
		"for a change: history of its clause number N, counted from 1")
	cmd.MarkFlagsMutuallyExclusive("record", "history")
	return cmd
}

func runShow(ctx context.Context, a *cli, o *showOptions, arg string) error {
	if err := a.takeShowFormat(o.format); err != nil {
		return err
	}
	version, isVersion := parseVersionName(arg)
	id := version.document
	if !isVersion {
		var err error
		if id, err = model.ParseID(arg); err != nil {
			return err
		}
	}
	if o.record && id.Kind() != model.ChangeID {
		return fmt.Errorf("%w: --record needs a change; %s is not one", model.ErrInvalid, id)
	}
	if o.history != 0 && (id.Kind() != model.ChangeID || o.format == "md" || o.history < 0) {
		return fmt.Errorf("%w: --history needs a clause of a change: "+
			"give a change ID and a number from 1, without --format md", model.ErrInvalid)
	}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	switch id.Kind() {
	case model.ChangeID:
		if o.history > 0 {
			return showHistory(ctx, a, s, id, o.history)
		}
		return showChange(ctx, a, o, s, id)
	case model.RecordID:
		return showRecord(ctx, a, o, s, id)
	}
	if id.Kind() == model.ClauseID {
		return showClause(ctx, a, o, s, id)
	}
	if o.format == "md" {
		return fmt.Errorf("%w: only a record, a change or a clause can be shown as Markdown", model.ErrInvalid)
	}
	switch id.Kind() {
	case model.DocumentID:
		if isVersion {
			return showVersion(ctx, a, s, version)
		}
		return showDocument(ctx, a, s, id)
	case model.SnapshotID:
		return showSnapshot(ctx, a, s, id)
	}
	return fmt.Errorf("%w: no %s in this database", model.ErrNotFound, id)
}

// takeShowFormat takes the --format of a command that shows something.
func (a *cli) takeShowFormat(format string) error {
	switch format {
	case "", "md":
	case "json":
		a.json = true
	default:
		return fmt.Errorf("%w: unknown format %q; use md or json", model.ErrInvalid, format)
	}
	return nil
}

// shownChange is the JSON of one change: everything that judging it needs.
type shownChange struct {
	model.QueueItem
	Algorithm   int           `json:"algorithm"`
	Review      model.Review  `json:"review"`
	History     []model.Event `json:"history"`
	FromVersion model.Version `json:"from_version"`
	ToVersion   model.Version `json:"to_version"`
	Clauses     []diffClause  `json:"clauses"`
	// Playbook is what the change did to deviations from the playbook.
	Playbook []model.ChangeDeviation `json:"playbook,omitempty"`
	// Notes takes the place of their number in a list.
	Notes []model.ChangeNote `json:"notes,omitempty"`
}

func showChange(ctx context.Context, a *cli, o *showOptions, s *store.Store, id model.ID) error {
	if o.format == "md" || o.record {
		record, err := s.PreviewRecord(ctx, id)
		if err != nil {
			return err
		}
		if o.format == "md" {
			return a.printMarkdown(record)
		}
		return a.printRecord(record)
	}
	a.catchUp(ctx, s)
	d, err := s.Change(ctx, id)
	if err != nil {
		return err
	}
	clauses := quoteClauses(d.Change.Clauses, d.OldText, d.NewText)
	deviations, err := s.ChangeDeviations(ctx, id)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(shownChange{
			QueueItem: d.Row, Algorithm: d.Change.Algorithm, Review: d.Review, History: d.History,
			FromVersion: d.FromMeta, ToVersion: d.ToMeta, Clauses: clauses, Playbook: deviations, Notes: d.Notes,
		})
	}
	a.printf("%s  %s\n", id, documentName(d.Row))
	a.printf("%s; %s\n", a.verdict(d.Row), countsInWords(d.Change.Counts))
	if d.Row.Stale != nil {
		a.printf("stale: %s\n", d.Row.Stale.String())
	}
	if d.Row.Superseded {
		a.printf("%s\n", d.Row.SupersededText())
	}
	if d.Change.Detail != "" {
		a.printf("%s\n", d.Change.Detail)
	}
	if d.Change.Material {
		suggested := d.Change.Suggested
		a.printf("suggested: %s (%d of 100): %s\n",
			string(suggested.Severity), suggested.Score, strings.Join(suggested.Reasons(), "; "))
	}
	if line := likelihood(d.Row); line != "" {
		a.printf("%s\n", line)
	}
	if line := d.Row.Stated.Text(d.Row.Material, a.clock()); line != "" {
		a.printf("stated: %s\n", line)
	}
	for i := range deviations {
		a.printf("playbook: %s\n", sanitize.Line(deviations[i].Text()))
	}
	a.printVersion("from", d.FromMeta)
	a.printVersion("to  ", d.ToMeta)
	a.printReview(d.Review)
	a.printAnnotations(d)
	for _, c := range clauses {
		a.printClause(c)
	}
	return nil
}

// likelihood says how likely a reader calls a change material, and what makes it so;
// "" where nobody knows.
func likelihood(q model.QueueItem) string {
	if !q.Material || q.Suggested.Probability == 0 {
		return ""
	}
	text := fmt.Sprintf("likely material: %.0f %%", 100*q.Suggested.Probability)
	if q.ProbablyNoise {
		text = fmt.Sprintf("probably noise: %.0f %% likely material", 100*q.Suggested.Probability)
	}
	if len(q.Suggested.Evidence) > 0 {
		text += ": " + strings.Join(q.Suggested.Evidence, "; ")
	}
	return text
}

func (a *cli) printVersion(label string, v model.Version) {
	where := ""
	if o := v.Origin.Archive; o != nil {
		where = fmt.Sprintf(", %s@%.12s", o.Repo, o.Commit)
	} else if v.Origin.URL != "" {
		where = ", " + v.Origin.URL
	}
	only := ""
	if v.Snapshot == "" {
		only = " (version only)"
	}
	a.printf("%s: version %d, captured %s, text SHA-256 %s%s%s\n",
		label, v.Seq, v.CapturedAt.UTC().Format(time.RFC3339), v.TextSHA256, only, where)
	a.printLeftOut("  ", v.LeftOut)
}

// printLeftOut warns of prose that is on a page and not in the text that was read of it,
// where that is more than a little, and of letters that can't be read.
func (a *cli) printLeftOut(indent string, left *model.LeftOut) {
	if left == nil || !left.Telling() {
		return
	}
	a.printf("%swarning: %s; the first ones:\n", indent, leftOutSentence(left))
	for _, p := range left.Passages {
		a.printf("%s  %s\n", indent, p)
	}
}

// leftOutSentence says what of a page is not in its text.
func leftOutSentence(left *model.LeftOut) string {
	var said []string
	if left.Unread > 0 {
		said = append(said, fmt.Sprintf(
			"the PDF's fonts don't say which letters they draw in %d places, which are \ufffd in the text", left.Unread))
	}
	if left.MissesProse() {
		said = append(said, fmt.Sprintf("%.0f %% of the sentences on the page are not in the text", 100*left.Share))
	}
	return strings.Join(said, ", and ")
}

func showRecord(ctx context.Context, a *cli, o *showOptions, s *store.Store, id model.ID) error {
	record, err := s.RecordByID(ctx, id)
	if errors.Is(err, model.ErrNotFound) { // no revision of it stands: a draft
		var d model.RecordDraft
		d, err = s.RecordDraft(ctx, id)
		record = d.Preview
	}
	if err != nil {
		return err
	}
	if o.format == "md" && !a.json {
		return a.printMarkdown(record)
	}
	return a.printRecord(record)
}

// printMarkdown writes the page of a record, with everything in it made visible.
func (a *cli) printMarkdown(r model.Record) error {
	return a.writeMarkdown(export.RecordMarkdown(sanitize.Value(r)))
}

func (a *cli) writeMarkdown(md string) error {
	_, err := io.WriteString(a.out, sanitize.Visible(md))
	return err
}

// shownDocument is the JSON of one document with its versions, and its changes in each of
// the months up to one, the oldest first.
type shownDocument struct {
	model.Document
	History         []model.Version `json:"history"`
	Activity        []int           `json:"activity"`
	ActivityThrough string          `json:"activity_through"` // year and month
	// Stated are the dates that the newest text states for itself.
	Stated []model.StatedDate `json:"stated"`
}

func showDocument(ctx context.Context, a *cli, s *store.Store, id model.ID) error {
	doc, err := s.Document(ctx, id)
	if err != nil {
		return err
	}
	versions, err := s.Versions(ctx, id)
	if err != nil {
		return err
	}
	months, err := s.DocumentActivity(ctx, id)
	if err != nil {
		return err
	}
	dates, err := s.VersionDates(ctx, id, 0)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(shownDocument{doc, versions, months.Counts, months.Last.Format("2006-01"),
			append([]model.StatedDate{}, dates...)})
	}
	a.printf("%s  %s / %s\n", doc.ID, doc.Platform.Name, doc.Type)
	a.printDates(dates)
	if doc.Source.URL != "" {
		a.printf("source: %s\n", doc.Source.URL)
	}
	for _, page := range doc.Source.Pages() {
		if page.URL != doc.Source.URL {
			a.printf("source: %s\n", page.URL)
		}
		a.printRequest(page.Request)
		a.printActions(page.Actions)
	}
	if doc.UnreadableSince != nil {
		a.printf("no readable capture since %s\n", doc.UnreadableSince.UTC().Format(time.DateOnly))
	}
	if doc.NotTerms {
		a.printf("%s\n", model.NotTermsNote)
	}
	if doc.Ended != nil {
		a.printf("ended: %s\n", doc.Ended.UTC().Format(time.RFC3339))
	}
	if len(versions) > 0 {
		a.printf("%s\n", monthsInWords(months))
	}
	for _, v := range versions {
		kind := string(v.Kind)
		if v.Failure != "" {
			kind += ": " + v.Failure
		}
		if v.Cut != "" {
			kind += " (the history is cut off before it: since when it stood is not known)"
		}
		line := "%5d  %s  %9s  %.12s  %s\n"
		if a.plain {
			line = "version %d, captured %s, %s, SHA-256 %.12s, %s.\n"
		}
		a.printf(line, v.Seq, v.CapturedAt.UTC().Format(time.RFC3339),
			humanize.Bytes(int64(v.TextBytes)), v.TextSHA256, kind)
		a.printLeftOut("       ", v.LeftOut)
	}
	return nil
}

// monthsInWords tells in how many of the months what is counted in them happened.
func monthsInWords(m model.Months) string {
	const month = "Jan 2006"
	text := fmt.Sprintf("%s in the %d months to %s", humanize.Count(m.Total(), "change"), len(m.Counts), m.Last.Format(month))
	var parts []string
	for i, n := range m.Counts {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d in %s", n, m.Month(i).Format(month)))
		}
	}
	if len(parts) > 1 {
		text += ": " + strings.Join(parts, ", ")
	}
	return text
}

func showSnapshot(ctx context.Context, a *cli, s *store.Store, id model.ID) error {
	snapshot, err := s.Snapshot(ctx, id)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(snapshot)
	}
	a.printf("%s  %s, %s\n", snapshot.ID, snapshot.MediaType, humanize.Bytes(int64(snapshot.Bytes)))
	a.printf("document: %s\ncaptured: %s\nSHA-256: %s\n",
		snapshot.Document, snapshot.CapturedAt.UTC().Format(time.RFC3339), snapshot.SHA256)
	if snapshot.Origin.URL != "" {
		a.printf("source: %s\n", snapshot.Origin.URL)
	}
	return nil
}
