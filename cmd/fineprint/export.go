package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

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
				o.format = a.exportFormat(o.output)
			}
			return runExport(cmd.Context(), a, o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.format, "format", "", formatNames()+
		" (default: what the file's name ends in, the settings file, "+export.DefaultFormat+")")
	f.StringVar(&o.state, "state", string(model.Approved), "state of the reviews to export; only approved ones have records")
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
	filter := model.RecordFilter{Match: o.match, Since: since, Latest: true}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	exporter := &recordExporter{records: s, clock: a.clock}
	if o.output != "-" && o.output != "" {
		body, n, err := exporter.toFile(ctx, format, filter, o.output)
		if err != nil {
			return err
		}
		a.notef("%s written to %s (%s, SHA-256 %x)\n", humanize.Count(n, "record"), o.output, humanize.Bytes(int64(len(body))), sha256.Sum256(body))
		return nil
	}
	body, _, err := exporter.bytes(ctx, format, filter)
	if err != nil {
		return err
	}
	if body, err = safeExport(format, body, isTerminal(a.out)); err != nil {
		return err
	}
	_, err = a.out.Write(body)
	return err
}

// formatNames lists the formats for the help: "json, jsonl, csv or md".
func formatNames() string {
	names := export.Names()
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// safeExport returns an export as it may be written to standard output: nothing
// quoted in it reaches a terminal unsanitised, and nothing binary does at all.
func safeExport(f export.Format, body []byte, terminal bool) ([]byte, error) {
	switch {
	case f.Content == export.JSON:
		return sanitize.JSON(body), nil
	case !terminal:
		return body, nil
	case f.Content == export.Binary:
		return nil, fmt.Errorf("%w: %s is not text to print; name a file with -o", model.ErrInvalid, f.Name)
	}
	return []byte(sanitize.Text(string(body))), nil
}

// recordLister is the part of the store an export reads.
type recordLister interface {
	Records(ctx context.Context, f model.RecordFilter) ([]model.Record, error)
}

// recordExporter writes records; the command and the desk share it.
type recordExporter struct {
	records recordLister
	clock   func() time.Time
	// progress is told how many records there are once they are read; it may be nil.
	progress func(done, total int)
}

func (e *recordExporter) bytes(ctx context.Context, format export.Format, filter model.RecordFilter) ([]byte, int, error) {
	records, err := e.records.Records(ctx, filter)
	if err != nil {
		return nil, 0, err
	}
	if e.progress != nil {
		e.progress(0, len(records))
	}
	var b bytes.Buffer
	err = export.Write(&untilOver{ctx, &b}, format, records, export.Options{GeneratedAt: e.clock().UTC(), Tool: toolName()})
	return b.Bytes(), len(records), err
}

// untilOver writes until a context is over.
type untilOver struct {
	ctx context.Context
	w   io.Writer
}

func (u *untilOver) Write(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.w.Write(p)
}

// toFile writes the records to path, whole or not at all, never half; it returns
// what it wrote.
func (e *recordExporter) toFile(ctx context.Context, format export.Format, filter model.RecordFilter, path string) ([]byte, int, error) {
	body, n, err := e.bytes(ctx, format, filter)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, 0, err
	}
	if err := writeWhole(path, body); err != nil {
		return nil, 0, fmt.Errorf("exporting to %s: %w", path, err)
	}
	return body, n, nil
}

// writeWhole replaces path by body through a temporary file beside it, so that
// a full disk or a crash leaves the file as it was.
func writeWhole(path string, body []byte) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		if info.IsDir() {
			return fmt.Errorf("%w: it is a folder; name a file", model.ErrInvalid)
		}
		return os.WriteFile(path, body, 0o644) // a pipe or a device has no beside
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	_, err = tmp.Write(body)
	if err == nil {
		err = tmp.Chmod(0o644)
	}
	if err == nil {
		err = tmp.Sync()
	}
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	return nil
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
