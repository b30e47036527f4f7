package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"fineprint/store/model"
)

func init() {
	register(Format{
		Name: "csv", Ext: ".csv", Description: "for spreadsheets",
		Position: 3, Content: Text, write: writeCSV,
	})
}

var csvHeader = []string{
	"record", "revision", "change", "platform", "document", "type",
	"severity", "confidence", "basis", "summary", "note", "approved_at", "approved_by",
	"from_captured_at", "from_text_sha256", "to_captured_at", "to_text_sha256", "to_raw_sha256", "version_only",
	"source_url", "archive", "commit", "clauses", "citation",
	"author", "second_reader", "second_severity", "second_confidence", "second_basis",
	"stale", "stale_version", "stale_captured_at", "stale_change",
}

func writeCSV(w io.Writer, records Records, _ Options) error {
	c := csv.NewWriter(w)
	c.UseCRLF = true // RFC 4180
	if err := c.Write(csvHeader); err != nil {
		return err
	}
	for r, err := range records.Each {
		if err != nil {
			return err
		}
		row := csvRow(r)
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

// csvRow returns a record's values in the order of csvHeader.
func csvRow(r model.Record) []string {
	var archive model.ArchiveOrigin
	if a := r.To.Origin.Archive; a != nil {
		archive = *a
	}
	var second model.SecondReview
	if r.SecondReader != nil {
		second = *r.SecondReader
	}
	var stale [4]string
	if s := r.Stale; s != nil {
		stale = [4]string{
			string(s.How), strconv.Itoa(s.Seq), s.CapturedAt.UTC().Format(time.RFC3339), string(s.Change),
		}
	}
	return []string{
		string(r.ID), strconv.Itoa(r.Revision), string(r.Change), r.Platform.Name, string(r.Document), r.Type,
		string(r.Severity), string(r.Confidence), string(r.Basis), r.Summary, r.Note,
		r.ApprovedAt.UTC().Format(time.RFC3339), r.ApprovedBy,
		r.From.CapturedAt.UTC().Format(time.RFC3339), r.From.TextSHA256,
		r.To.CapturedAt.UTC().Format(time.RFC3339), r.To.TextSHA256, r.To.RawSHA256,
		strconv.FormatBool(r.To.VersionOnly),
		r.To.SourceURL, archive.Repo, archive.Commit, redlines(r.Clauses), r.Citation,
		r.Author, second.Actor, string(second.Severity), string(second.Confidence), string(second.Basis),
		stale[0], stale[1], stale[2], stale[3],
	}
}

// formulaSigns are the characters that a spreadsheet takes for the beginning of
// a formula.
const formulaSigns = "=+-@|＝＋－＠"

// cell keeps a spreadsheet from taking text for a formula, the way OWASP's "CSV
// Injection" advises: an apostrophe before what begins like one.
func cell(s string) string {
	s = strings.ReplaceAll(s, "\x00", "")
	trimmed := strings.TrimLeft(s, " \t\r\n\u00a0\ufeff")
	formula := trimmed != "" && strings.ContainsRune(formulaSigns, []rune(trimmed)[0])
	if formula || strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") {
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

// marked writes a redline with its changes in brackets, [-deleted-] and {+inserted+}.
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
