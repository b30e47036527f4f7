package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/store"
	"fineprint/store/jsonlist"
	"fineprint/store/model"
	"fineprint/store/query"
	"fineprint/tui/humanize"
	"fineprint/tui/sanitize"
)

type queueOptions struct {
	state    string
	match    string
	severity string
	filter   string
	sort     string
	limit    int
	why      bool
}

// The orders of the queue.
const (
	sortRanked   = "ranked"
	sortDetected = "detected"
)

func newQueueCommand(a *cli) *cobra.Command {
	o := &queueOptions{}
	cmd := &cobra.Command{
		Use:   "queue",
		Short: "List changes awaiting a decision",
		Example: `fineprint queue --limit 20
fineprint queue --match 'twitch/*' --severity high --json
fineprint queue --filter 'sev>=high from:90d -reason:link'
fineprint queue --filter 'text:arbitration state:all'
fineprint queue --limit 10 --why`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runQueue(cmd.Context(), a, o, cmd.Flags().Changed("state"))
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.state, "state", string(model.Pending), "state to list: "+
		"pending, snoozed, dismissed, approved, in_review, changes_requested, contested, superseded or all")
	f.StringVar(&o.match, "match", "",
		"only documents whose 'Platform/Type' matches this pattern (* and ?, case-insensitive)")
	f.StringVar(&o.severity, "severity", "",
		"only this severity, decided or else suggested: low, medium, high or critical")
	f.StringVar(&o.filter, "filter", "",
		"only what this filter finds, in the desk's language: words, fields, or, text: for changed words")
	f.StringVar(&o.sort, "sort", sortRanked,
		"order: ranked, or detected, which is without what your decisions taught")
	f.IntVar(&o.limit, "limit", 0, "maximum number to list (0: all)")
	f.BoolVar(&o.why, "why", false,
		"say what the words of each change say, such as what it adds; with --json as says, for up to 50 always")
	return cmd
}

// storeFilter is what the store is asked for.
func (o *queueOptions) storeFilter() (model.QueueFilter, error) {
	f := model.QueueFilter{Match: o.match, Limit: o.limit}
	if o.limit < 0 {
		return f, fmt.Errorf("%w: --limit must be 0 or more", model.ErrInvalid)
	}
	switch o.sort {
	case sortRanked:
	case sortDetected:
		f.Detected = true
	default:
		return f, fmt.Errorf("%w: --sort takes ranked or detected, not %q", model.ErrInvalid, o.sort)
	}
	if strings.EqualFold(o.state, "all") {
		f.AllState = true
	} else {
		state, err := model.ParseState(o.state)
		if err != nil {
			return f, err
		}
		f.State = state
	}
	if o.severity != "" {
		severity, err := model.ParseSeverity(o.severity)
		if err != nil {
			return f, err
		}
		f.Severity = severity
	}
	return f, nil
}

// runQueue lists the queue; stated: a state was asked for by its own option, so that it
// is not the filter's.
func runQueue(ctx context.Context, a *cli, o *queueOptions, stated bool) error {
	filter, err := o.storeFilter()
	if err != nil {
		return err
	}
	q, err := query.Parse(o.filter)
	if err != nil {
		return err
	}
	if q.Narrows() {
		filter.Limit = 0
		if !stated {
			filter.State, filter.AllState = q.State, q.AllState
		}
	}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	undo := collectAt(readingGCPercent)
	a.catchUp(ctx, s)
	page, changes, err := s.StreamQueue(ctx, filter)
	if err == nil && q.Narrows() {
		page, changes, err = a.filtered(ctx, s, q, page, changes, o.limit)
	}
	undo() // what is written now may be long
	if err != nil {
		return err
	}
	written := changes
	if o.why || a.json && o.limit > 0 && o.limit <= app.FewChanges {
		written = saying(ctx, s, changes)
	}
	return a.writeQueue(page, changes, written)
}

// saidAtOnce is of how many changes what their words say is read at a time.
const saidAtOnce = 64

// saying reads what the words of changes say, where they are written.
func saying(ctx context.Context, s *store.Store, changes stream) stream {
	return func(yield func(model.QueueItem, error) bool) {
		list := make([]model.QueueItem, 0, saidAtOnce)
		pass := func() bool {
			if err := s.ReadSays(ctx, list); err != nil {
				yield(model.QueueItem{}, err)
				return false
			}
			for _, q := range list {
				if !yield(q, nil) {
					return false
				}
			}
			list = list[:0]
			return true
		}
		for q, err := range changes {
			if err != nil {
				yield(q, err)
				return
			}
			if list = append(list, q); len(list) == cap(list) && !pass() {
				return
			}
		}
		pass()
	}
}

// writeQueue writes the queue, with what is read of its changes for that: as JSON with
// --json, else as lines.
func (a *cli) writeQueue(page model.QueuePage, changes, written stream) error {
	if !a.json {
		return a.printQueue(page, changes, written)
	}
	return a.streamJSON(func(w io.Writer) error { return jsonlist.Write(w, page, "changes", written) })
}

// printQueue writes the queue as lines: one change a line, in columns, or with
// --plain as a sentence each. The folded turns of an alternation are one line, its
// last. The changes are gone through twice, for there may be too many to hold; those
// of the page itself are not looked at.
func (a *cli) printQueue(page model.QueuePage, changes, written stream) error {
	layout, err := layOutQueue(changes)
	if err != nil {
		return err
	}
	shown, left, headed := 0, 0, ""
	for q, err := range written {
		if err != nil {
			return err
		}
		shown++
		if isFoldedTurn(q) && layout.last[q.Alternation.ID] != q.ID {
			left++
			continue
		}
		if heading := queueHeading(q, page); heading != headed {
			headed = heading
			a.printf("%s\n", heading)
		}
		a.printQueued(q, layout.width)
		if q.Suggested.Says != nil {
			a.printf("%s\n", sanitize.Line("  "+strings.Join(q.Suggested.Reasons(), "; ")))
		}
	}
	if left > 0 {
		a.printf("%d earlier alternations not shown; --json lists each.\n", left)
	}
	a.printf("%s\n", queueTotal(page, shown))
	return nil
}

// printQueued writes one change of the queue, with so much room for its document's name.
func (a *cli) printQueued(q model.QueueItem, width int) {
	if isFoldedTurn(q) {
		a.printf("%s: %s, %s, %s; %s.\n", q.ID, documentName(q), a.verdict(q), alternationInWords(*q.Alternation),
			string(q.State))
		return
	}
	noise := ""
	if q.ProbablyNoise {
		noise = strings.Join(q.Suggested.Evidence, ", ")
	}
	if a.plain {
		if noise != "" {
			noise = "; " + noise
		}
		a.printf("%s: %s, %s, %s to %s, %s; %s%s.\n", q.ID, documentName(q), a.verdict(q),
			day(q.From), day(q.To), countsInWords(q.Counts), string(q.State)+staleNote(q)+annotated(q), noise)
		return
	}
	a.printf("%s\n", strings.TrimRight(fmt.Sprintf("%s  %-24s  %-*s  %s %s %s  %s  %s", q.ID, a.verdict(q), width,
		documentName(q), day(q.From), a.arrow(), day(q.To), countsInSigns(q.Counts)+staleNote(q)+annotated(q), noise), " "))
}

// queueHeading is the line above a change's part of the queue; "" above the first
// part, and where the queue has no parts.
func queueHeading(q model.QueueItem, page model.QueuePage) string {
	if page.ProbablyNoise+page.TakenBackAtOnce == 0 {
		return ""
	}
	switch section := q.Section(); section {
	case model.SectionNoise:
		return fmt.Sprintf("%s (%d):", section, page.ProbablyNoise)
	case model.SectionTakenBack:
		return fmt.Sprintf("%s (%d):", section, page.TakenBackAtOnce)
	case model.SectionFolded:
		return section.String() + ":"
	}
	return ""
}

// queueTotal says how many there are, and how many of them stand apart.
func queueTotal(page model.QueuePage, shown int) string {
	text := fmt.Sprintf("%d in all", page.Total)
	if shown < page.Total {
		text = fmt.Sprintf("%d of %d shown", shown, page.Total)
	}
	if page.ProbablyNoise > 0 {
		text += fmt.Sprintf("; %d probably noise", page.ProbablyNoise)
	}
	if page.TakenBackAtOnce > 0 {
		text += fmt.Sprintf("; %d taken back at once", page.TakenBackAtOnce)
	}
	return text + "."
}

func isFoldedTurn(q model.QueueItem) bool { return !q.Material && q.Alternation != nil }

// queueLayout is what must be known of all changes before the first is printed.
type queueLayout struct {
	width int                   // of the documents' names
	last  map[model.ID]model.ID // the change that stands for all folded turns of an alternation, by its ID
}

func layOutQueue(changes stream) (queueLayout, error) {
	l, turns := queueLayout{last: map[model.ID]model.ID{}}, map[model.ID]int{}
	for q, err := range changes {
		if err != nil {
			return l, err
		}
		l.width = min(max(l.width, len([]rune(documentName(q)))), 48)
		if isFoldedTurn(q) && q.Alternation.Turns > turns[q.Alternation.ID] {
			turns[q.Alternation.ID], l.last[q.Alternation.ID] = q.Alternation.Turns, q.ID
		}
	}
	return l, nil
}

// alternationInWords says how often a document went back and forth, and where it is.
func alternationInWords(alt model.Alternation) string {
	variants := make([]string, len(alt.Variants))
	for i, seq := range alt.Variants {
		variants[i] = strconv.Itoa(seq)
	}
	turns := "1 turn"
	if alt.Turns > 1 {
		turns = fmt.Sprintf("%d turns", alt.Turns)
	}
	return fmt.Sprintf("%s between versions %s since %s, at version %d since %s", turns,
		strings.Join(variants, ", "), alt.Since.UTC().Format(time.DateOnly), alt.StandsAt,
		alt.StandsSince.UTC().Format(time.DateOnly))
}

// staleNote tells that what was approved, or submitted, does not stand any more.
func staleNote(q model.QueueItem) string {
	if q.Stale == nil {
		return ""
	}
	return ", stale: " + q.Stale.String()
}

func (a *cli) arrow() string {
	if a.ascii {
		return "->"
	}
	return "→"
}

// annotated says who a change is assigned to and how many notes are on it.
func annotated(q model.QueueItem) string {
	s := ""
	if q.Assignee != "" {
		s = ", assigned to " + q.Assignee
	}
	if q.Notes > 0 {
		s += ", " + humanize.Count(q.Notes, "note")
	}
	for _, tag := range q.Tags {
		s += ", #" + tag
	}
	return s
}

func documentName(q model.QueueItem) string { return q.PlatformName + " / " + q.Type }

func day(v model.VersionRef) string { return v.CapturedAt.UTC().Format("2006-01-02") }

// verdict returns in a few words what a change is worth: its severity when it is
// material, its reason when it is not. A severity that is only suggested has a
// question mark, which can't be heard: with --plain it has the word.
func (a *cli) verdict(q model.QueueItem) string {
	switch {
	case !q.Material && q.Reason == "":
		return "immaterial"
	case !q.Material:
		return "immaterial (" + string(q.Reason) + ")"
	case q.Severity != "":
		return "material, " + string(q.Severity)
	case a.plain:
		return "material, suggested " + string(q.Suggested.Severity)
	default:
		return "material, " + string(q.Suggested.Severity) + "?"
	}
}

func countsInSigns(c model.Counts) string {
	var parts []string
	for _, p := range []struct {
		n    int
		sign string
	}{{c.Added, "+"}, {c.Removed, "-"}, {c.Modified, "~"}, {c.Moved, ">"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%s%d", p.sign, p.n))
		}
	}
	if c.Immaterial > 0 {
		parts = append(parts, fmt.Sprintf("(%d folded)", c.Immaterial))
	}
	return strings.Join(parts, " ")
}

func countsInWords(c model.Counts) string {
	words := counted(number{c.Added, "added"}, number{c.Removed, "removed"}, number{c.Modified, "modified"},
		number{c.Moved, "moved"}, number{c.Immaterial, "immaterial"})
	return cmp.Or(words, "no clause differs")
}
