package export

import (
	"bytes"
	"encoding/csv"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"fineprint/store/model"
)

func init() {
	register(Format{
		Name: "csv", Ext: ".csv", Description: "for spreadsheets",
		Position: 3, Content: Text, write: writeCSV, head: csvHead,
	})
}

// csvHeader names the columns. They are only ever added at the end.
var csvHeader = append([]string{
	"record", "revision", "change", "platform", "document", "type",
	"severity", "confidence", "basis", "summary", "note", "approved_at", "approved_by",
	"from_captured_at", "from_text_sha256", "to_captured_at", "to_text_sha256", "to_raw_sha256", "version_only",
	"source_url", "archive", "commit", "clauses", "citation",
	"author", "second_reader", "second_severity", "second_confidence", "second_basis",
	"stale", "stale_version", "stale_captured_at", "stale_change",
}, contentNames()...)

// contentColumns are the columns of what a record says beside the judgement.
var contentColumns = []struct {
	name  string
	value func(r *model.Record) string
}{
	{"kind", func(r *model.Record) string { return string(r.Kind) }},
	{"state", func(r *model.Record) string { return string(r.State) }},
	{"withdrawn", func(r *model.Record) string { return strconv.FormatBool(r.Withdrawn) }},
	{"title", func(r *model.Record) string { return r.Title }},
	{"what_it_is", func(r *model.Record) string { return r.WhatItIs }},
	{"why_it_matters", func(r *model.Record) string { return r.WhyItMatters }},
	{"interpretive_note", func(r *model.Record) string { return r.InterpretiveNote }},
	{"consumer_impact", func(r *model.Record) string { return r.ConsumerImpact }},
	{"actions", func(r *model.Record) string {
		return lines(r.Actions, func(a model.ReaderAction) string {
			return labelled(a.Kind, a.Text, a.Contact, a.Jurisdiction, a.Basis)
		})
	}},
	{"comparisons", func(r *model.Record) string {
		return lines(r.Comparisons, func(c model.Comparison) string {
			return labelled(c.Platform, c.Excerpt, string(c.Severity), c.CapturedAt)
		})
	}},
	{"alike", func(r *model.Record) string { return ofPrevalence(r, func(p *model.Prevalence) int { return p.Alike }) }},
	{"alike_of", func(r *model.Record) string { return ofPrevalence(r, func(p *model.Prevalence) int { return p.Of }) }},
	{"regulatory_landscape", func(r *model.Record) string { return r.Analysis.RegulatoryLandscape }},
	{"governance_exposure", func(r *model.Record) string { return r.Analysis.GovernanceExposure }},
	{"exposure_level", func(r *model.Record) string { return string(r.Analysis.ExposureLevel) }},
	{"jurisdiction_flags", func(r *model.Record) string { return r.Analysis.JurisdictionFlags }},
	{"contract_implications", func(r *model.Record) string { return r.Analysis.ContractImplications }},
	{"compliance_considerations", func(r *model.Record) string { return r.Analysis.ComplianceConsiderations }},
	{"agencies", func(r *model.Record) string {
		return namesOr(r.Agencies, r.AgencyDetails, func(a model.AgencyDetail) string { return a.Name })
	}},
	{"regulations", func(r *model.Record) string {
		return namesOr(r.Regulations, r.RegulationDetails, func(g model.RegulationDetail) string {
			return labelled("", g.Name, g.Jurisdiction)
		})
	}},
	{"types", func(r *model.Record) string { return strings.Join(r.Types, "\n") }},
	{"provisions", func(r *model.Record) string {
		return lines(r.Provisions, func(p model.Provision) string { return string(p.ID) })
	}},
	{"quote", func(r *model.Record) string {
		return lines(r.Provisions, func(p model.Provision) string { return p.Quote.Text })
	}},
	{"stability", func(r *model.Record) string {
		if r.Stability == nil {
			return ""
		}
		return r.Stability.Label
	}},
	{"document_last_updated", func(r *model.Record) string { return r.DocumentLastUpdated }},
	{"first_tracked", func(r *model.Record) string { return csvTime(r.FirstTracked) }},
	{"last_verified", func(r *model.Record) string { return csvTime(r.LastVerified) }},
	{"archive_link", func(r *model.Record) string { return r.ArchiveLink }},
	{"record_sha256", func(r *model.Record) string { return r.SHA256 }},
	{"stated_dates", func(r *model.Record) string { return r.To.StatedWords(false) }},
}

func contentNames() []string {
	var names []string
	for _, c := range contentColumns {
		names = append(names, c.name)
	}
	return names
}

// lines writes each of a list in a line of a cell.
func lines[T any](list []T, line func(T) string) string {
	parts := make([]string, len(list))
	for i, v := range list {
		parts[i] = strings.TrimSpace(line(v))
	}
	return strings.Join(parts, "\n")
}

// namesOr is what the registry calls a list, else what it was called by who wrote it.
func namesOr[T any](written []string, list []T, name func(T) string) string {
	if len(list) == 0 {
		return strings.Join(written, "\n")
	}
	return lines(list, name)
}

// labelled is a text after what it is of, with what else is known of it in brackets.
func labelled(label, text string, more ...string) string {
	s := text
	if label != "" {
		s = label + ": " + text
	}
	more = slices.DeleteFunc(more, func(m string) bool { return m == "" })
	if len(more) == 0 {
		return s
	}
	return s + " (" + strings.Join(more, "; ") + ")"
}

// csvTime is a time, "" for one that isn't known.
func csvTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// ofPrevalence is a number of the prevalence, "" where it wasn't counted.
func ofPrevalence(r *model.Record, n func(*model.Prevalence) int) string {
	if r.Prevalence == nil {
		return ""
	}
	return strconv.Itoa(n(r.Prevalence))
}

// headColumn is the last one, in exports that carry the journal's head.
const headColumn = "journal_head"

// csvHead is the last column of the first row.
func csvHead(src headSource) string {
	c := csv.NewReader(bytes.NewReader(src.beginning))
	header, err := c.Read()
	if err != nil || header[0] != csvHeader[0] || header[len(header)-1] != headColumn {
		return ""
	}
	row, err := c.Read()
	if err != nil {
		return ""
	}
	return row[len(row)-1]
}

func writeCSV(w io.Writer, records Records, o Options) error {
	c := csv.NewWriter(w)
	c.UseCRLF = true // RFC 4180
	header, last := csvHeader, shortHead(o)
	if last != "" {
		header = append(slices.Clone(csvHeader), headColumn)
	}
	if err := c.Write(header); err != nil {
		return err
	}
	for r, err := range records.Each {
		if err != nil {
			return err
		}
		row := csvRow(r)
		for i := range row {
			row[i] = cellOf(csvHeader[i], row[i])
		}
		if last != "" {
			row = append(row, last)
		}
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// WriteTable writes a table for a spreadsheet as [Format] csv writes records: no cell is
// taken for a formula, and text that looks like a number stays text but in the columns
// that hold numbers and times.
func WriteTable(w io.Writer, header []string, rows [][]string, numbers ...string) error {
	c := csv.NewWriter(w)
	c.UseCRLF = true // RFC 4180
	if err := c.Write(header); err != nil {
		return err
	}
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, value := range row {
			if slices.Contains(numbers, header[i]) {
				cells[i] = cell(value)
			} else {
				cells[i] = cellOf(header[i], value)
			}
		}
		if err := c.Write(cells); err != nil {
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
	row := []string{
		string(r.ID), strconv.Itoa(r.Revision), string(r.Change), r.Platform.Name, string(r.Document), r.Type,
		string(r.Severity), string(r.Confidence), string(r.Basis), r.Summary, r.Note,
		r.ApprovedAt.UTC().Format(time.RFC3339), r.ApprovedBy,
		csvTime(r.From.CapturedAt), r.From.TextSHA256,
		csvTime(r.To.CapturedAt), r.To.TextSHA256, r.To.RawSHA256,
		strconv.FormatBool(r.To.VersionOnly),
		r.To.SourceURL, archive.Repo, archive.Commit, redlines(r.Clauses), r.Citation,
		r.Author, second.Actor, string(second.Severity), string(second.Confidence), string(second.Basis),
		stale[0], stale[1], stale[2], stale[3],
	}
	for _, c := range contentColumns {
		row = append(row, c.value(&r))
	}
	return row
}

// formulaSigns are the characters that a spreadsheet takes for the beginning of
// a formula.
const formulaSigns = "=+-@|＝＋－＠"

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// onlyNumber is text without a word in it, which a spreadsheet may take for a number or a
// time and write in another way: "007", "1.", "12:30".
var onlyNumber = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?i:[\s\x{a0}\x{202f}.,$€£¥]*[0-9][-0-9.,:/%$€£¥ \x{a0}\x{202f}]*(?:e[-+]?[0-9]+)?|` +
		`true|false)$`)
})

// computed are the columns that hold numbers, times and yes or no.
var computed = []string{"revision", "approved_at", "from_captured_at", "to_captured_at", "version_only", "stale_version",
	"stale_captured_at", "withdrawn", "alike", "alike_of", "first_tracked", "last_verified"}

// cellOf is the cell of a column. A number in what a person wrote is text as well, but a
// date may be a date.
func cellOf(column, s string) string {
	if _, err := time.Parse(time.DateOnly, s); err != nil && onlyNumber().MatchString(s) &&
		!slices.Contains(computed, column) {
		return "'" + s
	}
	return cell(s)
}

// cell keeps a spreadsheet from taking text for a formula, the way OWASP's "CSV
// Injection" advises: an apostrophe before what begins like one. What begins with an
// apostrophe gets one more, so that taking one away is always right.
func cell(s string) string {
	s = strings.ReplaceAll(s, "\x00", "")
	trimmed := strings.TrimLeft(s, " \t\r\n\u00a0\ufeff")
	formula := trimmed != "" && strings.ContainsRune(formulaSigns, []rune(trimmed)[0]) ||
		strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") || strings.HasPrefix(s, "'")
	s = lineEnds.Replace(s) // the writer would leave out a carriage return alone
	if formula {
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
