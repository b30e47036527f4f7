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
	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/sanitize"
)

type exportOptions struct {
	format string
	state  string
	since  string
	match  string
	output string
}

func newExportCommand(a *cli) *cobra.Command {
	o := &exportOptions{}
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write approved records to a file or a pipe",
		Example: `fineprint export --format md -o records.md
fineprint export --format csv --since 30d > records.csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("format") {
				o.format = a.defaultFormat(o.output)
			}
			return runExport(cmd.Context(), a, o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.format, "format", "", formatNames()+
		" (default: what the file's name ends in, the settings file, "+export.DefaultFormat+")")
	f.StringVar(&o.state, "state", string(model.Approved),
		"state of the reviews to export; only approved ones have records")
	f.StringVar(&o.since, "since", "", "only records approved since a date (2026-11-01) or within a while (7d)")
	f.StringVar(&o.match, "match", "", "only documents whose 'Platform/Type' matches this pattern")
	f.StringVarP(&o.output, "output", "o", "-", "file to write; - is standard output")
	return cmd
}

func runExport(ctx context.Context, a *cli, o *exportOptions) error {
	format, err := export.ParseFormat(o.format)
	if err != nil {
		return err
	}
	state, err := model.ParseState(o.state)
	if err != nil {
		return err
	}
	if state != model.Approved {
		return fmt.Errorf("%w: only approved reviews have records; use --state approved", model.ErrInvalid)
	}
	since, err := parseSince(o.since, a.clock())
	if err != nil {
		return err
	}
	request := app.ExportRequest{Format: format, Filter: model.RecordFilter{Match: o.match, Since: since, Latest: true},
		Dated: a.json}
	if o.output == "-" {
		safe, err := safeExport(format, a.out, isTerminal(a.out))
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
	a.notef("%s written to %s (%s, SHA-256 %s)\n", humanize.Count(result.Records, "record"), request.Path,
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
func safeExport(f export.Format, out io.Writer, terminal bool) (flusher, error) {
	switch {
	case f.Content == export.JSON:
		return sanitize.JSONWriter(out), nil
	case !terminal:
		return bufio.NewWriter(out), nil
	case f.Content == export.Binary:
		return nil, fmt.Errorf("%w: %s is not text to print; name a file with -o", model.ErrInvalid, f.Name)
	}
	return sanitize.TextWriter(out), nil
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
	return time.Time{}, fmt.Errorf("%w: %q is neither a date like 2026-11-01 nor a while like 7d", model.ErrInvalid, s)
}
