// Package export writes approved records in the formats others read: JSON, JSON
// lines, CSV, Markdown. It is pure: the same records and options give the same
// bytes.
//
// Invariants: JSON and JSON lines hold the records unaltered; a CSV cell never
// begins with what a spreadsheet takes for a formula; nothing quoted from a
// document or typed by an analyst can pass for Markdown of the export's own.
package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"fineprint/store/model"
)

// Format names a format.
type Format string

// The formats.
const (
	JSON     Format = "json"
	JSONL    Format = "jsonl"
	CSV      Format = "csv"
	Markdown Format = "md"
)

// Formats lists the formats.
var Formats = []Format{JSON, JSONL, CSV, Markdown}

// ParseFormat reads a format's name; the error wraps model.ErrInvalid.
func ParseFormat(s string) (Format, error) {
	names := make([]string, len(Formats))
	for i, f := range Formats {
		if strings.EqualFold(s, string(f)) {
			return f, nil
		}
		names[i] = string(f)
	}
	return "", fmt.Errorf("%w: %q is not an export format; use one of %s", model.ErrInvalid, s, strings.Join(names, ", "))
}

// Options say what an export notes of itself.
type Options struct {
	GeneratedAt time.Time
	Tool        string
}

// Write writes records in a format.
func Write(w io.Writer, format Format, records []model.Record, o Options) error {
	switch format {
	case JSON:
		return writeJSON(w, records, o)
	case JSONL:
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		for _, r := range records {
			if err := e.Encode(r); err != nil {
				return fmt.Errorf("writing a record: %w", err)
			}
		}
		return nil
	case CSV:
		return writeCSV(w, records)
	case Markdown:
		return writeMarkdown(w, records, o)
	}
	return fmt.Errorf("%w: %q is not an export format", model.ErrInvalid, format)
}

func writeJSON(w io.Writer, records []model.Record, o Options) error {
	if records == nil {
		records = []model.Record{}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(struct {
		GeneratedAt time.Time      `json:"generated_at"`
		Tool        string         `json:"tool"`
		Total       int            `json:"total"`
		Records     []model.Record `json:"records"`
	}{o.GeneratedAt, o.Tool, len(records), records}); err != nil {
		return fmt.Errorf("writing records: %w", err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

var csvHeader = []string{"record", "revision", "change", "platform", "document", "type", "severity", "confidence", "basis", "summary", "note",
	"approved_at", "approved_by", "from_captured_at", "from_text_sha256", "to_captured_at", "to_text_sha256", "to_raw_sha256", "version_only",
	"source_url", "archive", "commit", "clauses", "citation",
	"author", "second_reader", "second_severity", "second_confidence", "second_basis"}

func writeCSV(w io.Writer, records []model.Record) error {
	c := csv.NewWriter(w)
	c.UseCRLF = true // RFC 4180
	if err := c.Write(csvHeader); err != nil {
		return err
	}
	for _, r := range records {
		var repo, commit string
		if a := r.To.Origin.Archive; a != nil {
			repo, commit = a.Repo, a.Commit
		}
		var own model.SecondReview
		if r.SecondReader != nil {
			own = *r.SecondReader
		}
		row := []string{string(r.ID), strconv.Itoa(r.Revision), string(r.Change), r.Platform.Name, string(r.Document), r.Type,
			string(r.Severity), string(r.Confidence), string(r.Basis), r.Summary, r.Note,
			r.ApprovedAt.UTC().Format(time.RFC3339), r.ApprovedBy, r.From.CapturedAt.UTC().Format(time.RFC3339), r.From.TextSHA256,
			r.To.CapturedAt.UTC().Format(time.RFC3339), r.To.TextSHA256, r.To.RawSHA256, strconv.FormatBool(r.To.VersionOnly),
			r.To.SourceURL, repo, commit, redlines(r.Clauses), r.Citation,
			r.Author, own.Actor, string(own.Severity), string(own.Confidence), string(own.Basis)}
		for i := range row {
			row[i] = cell(row[i])
		}
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// cell keeps a spreadsheet from taking text for a formula, the way OWASP's "CSV
// Injection" advises: an apostrophe before what begins like one.
func cell(s string) string {
	s = strings.ReplaceAll(s, "\x00", "")
	if trimmed := strings.TrimLeft(s, " \t\r\n\u00a0\ufeff"); trimmed != "" && strings.ContainsRune("=+-@|＝＋－＠", []rune(trimmed)[0]) || strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") {
		return "'" + s
	}
	return s
}

// redlines writes the material clauses' redlines, one a line, for a cell.
func redlines(clauses []model.RecordClause) string {
	var parts []string
	for _, c := range clauses {
		if c.Material {
			parts = append(parts, string(c.Kind)+": "+strings.Join(strings.Fields(marked(c.Spans)), " "))
		}
	}
	return strings.Join(parts, "\n")
}

func marked(spans []model.Span) string {
	var b strings.Builder
	for _, s := range spans {
		switch s.Op {
		case model.Delete:
			b.WriteString("[-" + s.Text + "-]")
		case model.Insert:
			b.WriteString("{+" + s.Text + "+}")
		default:
			b.WriteString(s.Text)
		}
	}
	return b.String()
}
