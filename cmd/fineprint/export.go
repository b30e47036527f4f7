package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/store/clausetype"
	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/sanitize"
)

type exportOptions struct {
	format  string
	state   string
	output  string
	schema  bool
	notes   bool
	records recordOptions
}

// recordOptions narrow which records are exported.
type recordOptions struct {
	since, until string
	match        string
	severity     []string
	kind         string
	types        []string
	stale        bool
}

func newExportCommand(a *cli) *cobra.Command {
	o := &exportOptions{}
	cmd := &cobra.Command{
		Use:   "export [ID...]",
		Short: "Export approved records",
		Long: `Export approved records in one of the formats: all of them, those named by ID or
by the ID of their change, or those that match the filters. Each record is
exported in its latest approved revision; drafts and withdrawn records are
omitted.`,
		Example: `fineprint export --format md -o records.md
fineprint export --format csv --since 30d > records.csv
fineprint export FP-R-000077 FP-C-000543 -o two.json
fineprint export --format md --notes -o with-notes.md
fineprint export --kind provision --severity high,critical --type arbitration -o arbitration.md`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.schema {
				_, err := io.WriteString(a.out, export.Schema)
				return err
			}
			if !cmd.Flags().Changed("format") {
				o.format = a.defaultFormat(o.output)
			}
			return runExport(cmd.Context(), a, o, args)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.format, "format", "", "format: "+formatNames()+
		" (default: by file extension, the settings file, "+export.DefaultFormat+")")
	f.StringVar(&o.state, "state", string(model.Approved),
		"state to export; only approved changes have records")
	o.records.flags(cmd)
	f.BoolVar(&o.schema, "schema", false, "print the JSON Schema of the json and jsonl formats and exit")
	f.BoolVar(&o.notes, "notes", false, "with the notes on each record's change and clauses, which are left out otherwise")
	f.StringVarP(&o.output, "output", "o", "-",
		"output file (overwritten), or folder for folder formats; - for standard output")
	return cmd
}

// flags adds the options to a command.
func (o *recordOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.since, "since", "", "only records approved since a date (2026-11-01) or in the last period (7d)")
	f.StringVar(&o.until, "until", "", "only records approved up to and including a date, or earlier than a period ago (7d)")
	f.StringVar(&o.match, "match", "",
		"only documents whose 'Platform/Type' matches this pattern (* and ?, case-insensitive)")
	f.StringSliceVar(&o.severity, "severity", nil, "only these severities: low, medium, high, critical")
	f.StringVar(&o.kind, "kind", "", "only records of this kind: change or provision")
	f.StringSliceVar(&o.types, "type", nil, "only records of one of these clause types (`record types` lists them)")
	f.BoolVar(&o.stale, "stale", false, "only records that no longer match their document")
}

// filter is which records are exported: those that are named, of those that match.
func (o *recordOptions) filter(args []string, now time.Time) (f model.RecordFilter, err error) {
	f = model.RecordFilter{Match: o.match, Stale: o.stale, Latest: true}
	if f.Since, err = parseSince(o.since, now); err != nil {
		return f, err
	}
	if f.Until, err = parseUntil(o.until, now); err != nil {
		return f, err
	}
	for _, s := range o.severity {
		severity, err := model.ParseSeverity(s)
		if err != nil {
			return f, err
		}
		f.Severities = append(f.Severities, severity)
	}
	switch f.Kind = model.RecordKind(strings.ToLower(o.kind)); f.Kind {
	case "", model.ChangeRecord, model.ProvisionRecord:
	default:
		return f, fmt.Errorf("%w: %q is not a kind of record; use change or provision", model.ErrInvalid, o.kind)
	}
	for _, id := range o.types {
		if _, known := clausetype.ByID(id); !known {
			return f, noClauseType(id)
		}
		f.Types = append(f.Types, id)
	}
	for _, arg := range args {
		id, err := model.ParseID(arg)
		if err == nil && id.Kind() != model.RecordID && id.Kind() != model.ChangeID {
			err = fmt.Errorf("%w: %s is not the ID of a record or a change", model.ErrInvalid, id)
		}
		if err != nil {
			return f, err
		}
		f.IDs = append(f.IDs, id)
	}
	return f, nil
}

func runExport(ctx context.Context, a *cli, o *exportOptions, args []string) error {
	format, err := export.ParseFormat(o.format)
	if err != nil {
		return err
	}
	state, err := model.ParseState(o.state)
	if err != nil {
		return err
	}
	if state != model.Approved {
		return fmt.Errorf("%w: only approved changes have records; use --state approved", model.ErrInvalid)
	}
	filter, err := o.records.filter(args, a.clock())
	if err != nil {
		return err
	}
	request := app.ExportRequest{Format: format, Filter: filter, Dated: a.json, Notes: o.notes}
	if o.output == "-" {
		safe, err := a.safeExport(format, isTerminal(a.out))
		if err != nil {
			return err
		}
		request.Output = safe
		if _, err = a.app().Export(ctx, request); err != nil {
			return err
		}
		return safe.Flush()
	}
	request.Path = o.output
	result, err := a.app().Export(ctx, request)
	if err != nil {
		return err
	}
	a.notef("Wrote %s to %s (%s, SHA-256 %s)\n", humanize.Count(result.Records, "record"), request.Path,
		humanize.Bytes(result.Bytes), result.SHA256)
	return nil
}

// formatNames lists the formats for the help: "json, jsonl, csv or md".
func formatNames() string {
	names := export.Names()
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// flusher is a writer that may hold back the end of what it was given.
type flusher interface {
	io.Writer
	Flush() error
}

// safeExport returns what an export to standard output is written through: nothing
// quoted in it reaches a terminal unsanitised, and nothing binary does at all.
func (a *cli) safeExport(f export.Format, terminal bool) (flusher, error) {
	switch {
	case f.Content == export.Binary && terminal:
		return nil, fmt.Errorf("%w: %s is a binary format; name a file with -o", model.ErrInvalid, f.Name)
	case f.Content == export.Binary:
		return bufio.NewWriter(a.raw), nil
	case f.Content == export.JSON:
		return sanitize.JSONWriter(a.out), nil
	case terminal:
		return sanitize.TextWriter(a.out), nil
	}
	return bufio.NewWriter(a.out), nil
}

// defaultFormat is the name of the format of an export whose --format is not
// given: what the file's name ends in, else that of the settings.
func (a *cli) defaultFormat(file string) string {
	if f, ok := export.FormatOf(file); ok && !a.json {
		return f.Name
	}
	if a.json || a.settings == nil {
		return export.DefaultFormat
	}
	return a.settings.Values.ExportFormat
}

// parseUntil is parseSince for the other end, which the day of a date is within.
func parseUntil(s string, now time.Time) (time.Time, error) {
	t, err := parseSince(s, now)
	if _, isDate := time.Parse(time.DateOnly, s); err == nil && isDate == nil {
		t = t.AddDate(0, 0, 1)
	}
	return t, err
}

// parseSince reads a date, a date-time or a while such as 7d back from now; ""
// is no limit, the zero time.
func parseSince(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	if d, err := model.ParseDuration(strings.TrimSpace(s)); err == nil {
		return now.Add(-d).UTC(), nil
	}
	return time.Time{}, fmt.Errorf("%w: %q is neither a date like 2026-11-01 nor a period like 7d", model.ErrInvalid, s)
}
