package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

// tallyOptions are what stats --by takes.
type tallyOptions struct {
	by, since, until, match string
	csv                     bool
}

func (o *tallyOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.by, "by", "", "count changes by month, day, platform, document, type, severity or reason")
	f.StringVar(&o.since, "since", "", "with --by: only changes captured since a date (2025-01-01) or in the last period (90d)")
	f.StringVar(&o.until, "until", "", "with --by: only changes captured up to a date, that day included")
	f.StringVar(&o.match, "match", "",
		"with --by: only documents whose 'Platform/Type' matches this pattern (* and ?, case-insensitive)")
	f.BoolVar(&o.csv, "csv", false, "with --by: write a table for a spreadsheet")
}

// unused is an error about an option that needs --by, nil without one.
func (o *tallyOptions) unused() error {
	if o.since != "" || o.until != "" || o.match != "" || o.csv {
		return fmt.Errorf("%w: --since, --until, --match and --csv go with --by, as in stats --by month",
			model.ErrInvalid)
	}
	return nil
}

func (o *tallyOptions) filter(now time.Time) (f model.TallyFilter, err error) {
	f.Match = o.match
	if f.By, err = model.ParseTallyBy(o.by); err != nil {
		return f, err
	}
	if f.Since, err = parseSince(o.since, now); err != nil {
		return f, err
	}
	if f.Until, err = parseUntil(o.until, now); err == nil && !f.Until.IsZero() && !f.Until.After(f.Since) {
		err = fmt.Errorf("%w: --until is before --since; give the earlier date to --since", model.ErrInvalid)
	}
	return f, err
}

func runTally(ctx context.Context, a *cli, o *tallyOptions) error {
	if o.csv && a.json {
		return fmt.Errorf("%w: use --csv or --json, not both", model.ErrInvalid)
	}
	f, err := o.filter(a.clock())
	if err != nil {
		return err
	}
	t, err := readStore(a, func(s *store.Store) (model.Tallies, error) { return s.Tally(ctx, f) })
	if err != nil {
		return err
	}
	if o.csv {
		safe, err := a.safeExport(export.Format{Name: "csv", Content: export.Text}, isTerminal(a.out))
		if err != nil {
			return err
		}
		if err := export.WriteTable(safe, tallyHeader(f.By), tallyRows(&t), tallyNumbers...); err != nil {
			return err
		}
		return safe.Flush()
	}
	return a.print(t, func() { a.printTally(&t) })
}

// tallyNumbers are the columns that hold numbers and times.
var tallyNumbers = []string{"month", "day", "changes", "material", "pending", "decided", "approved", "dismissed",
	"high_critical", "noise", "first", "last"}

func tallyHeader(by model.TallyBy) []string {
	header := []string{string(by)}
	if by == model.ByPlatform || by == model.ByDocument {
		header = append(header, "name")
	}
	return append(header, tallyNumbers[2:]...)
}

func tallyRows(t *model.Tallies) [][]string {
	rows := make([][]string, 0, len(t.Rows))
	for _, r := range t.Rows {
		row := []string{r.Key}
		if t.By == model.ByPlatform || t.By == model.ByDocument {
			row = append(row, r.Name)
		}
		for _, n := range []int{r.Changes, r.Material, r.Pending, r.Decided, r.Approved, r.Dismissed, r.Severe,
			r.Noise} {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, append(row, tallyTime(r.First), tallyTime(r.Last)))
	}
	return rows
}

func tallyTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// printTally writes the figures in columns, or with --plain as a sentence each.
func (a *cli) printTally(t *model.Tallies) {
	if len(t.Rows) == 0 {
		a.printf("No changes.\n")
		return
	}
	if a.plain {
		for _, r := range t.Rows {
			a.printf("%s: %s.\n", tallyName(&r), figuresInWords(r.Figures))
		}
		a.printf("In all: %s.\n", figuresInWords(t.Total))
		return
	}
	width := len("in all")
	for i := range t.Rows {
		width = max(width, len([]rune(tallyName(&t.Rows[i]))))
	}
	width = min(width, 40)
	line := func(name string, f model.Figures) {
		first, last := "-", "-"
		if !f.First.IsZero() {
			first, last = f.First.Format(time.DateOnly), f.Last.Format(time.DateOnly)
		}
		a.printf("%-*s %8d %8d %8d %8d %8d %8d  %-10s %-10s\n", width, name, f.Changes, f.Material, f.Pending,
			f.Decided, f.Approved, f.Severe, first, last)
	}
	a.printf("%-*s %8s %8s %8s %8s %8s %8s  %-10s %-10s\n", width, t.By, "changes", "material", "pending", "decided",
		"approved", "high+", "first", "last")
	for i := range t.Rows {
		line(tallyName(&t.Rows[i]), t.Rows[i].Figures)
	}
	line("in all", t.Total)
}

func tallyName(r *model.Tally) string {
	if r.Name != "" {
		return r.Name
	}
	return r.Key
}

func figuresInWords(f model.Figures) string {
	s := fmt.Sprintf("%s, %d material, %d pending, %d decided, %d of them approved, %d high or critical",
		humanize.Count(f.Changes, "change"), f.Material, f.Pending, f.Decided, f.Approved, f.Severe)
	if !f.First.IsZero() {
		s += fmt.Sprintf(", captured from %s to %s", f.First.Format(time.DateOnly), f.Last.Format(time.DateOnly))
	}
	return s
}
