package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"

	"fineprint/store/model"
)

func record(summary string) model.Record {
	return model.Record{
		ID: "FP-R-000001", Revision: 1, Change: "FP-C-000001",
		Platform: model.Platform{Slug: "acme", Name: "Acme"}, Type: "Terms",
		Severity: model.High, Confidence: model.HighConfidence, Basis: model.Explicit, Summary: summary,
		ApprovedAt: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), ApprovedBy: "ada",
		Clauses: []model.RecordClause{{
			Kind: model.Modified, Material: true, Heading: []string{"A"}, Spans: []model.Span{
				{Op: model.Equal, Text: "kept "}, {Op: model.Delete, Text: "30"},
				{Op: model.Insert, Text: "90"}, {Op: model.Equal, Text: " days"},
			},
		}},
	}
}

func format(t *testing.T, name string) Format {
	t.Helper()
	f, err := ParseFormat(name)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestCSVCellsAreNoFormulas(t *testing.T) {
	for _, evil := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", "\r=1", "|x", "＝1"} {
		var b bytes.Buffer
		if err := Write(&b, format(t, "csv"), RecordsOf(record(evil)), Options{}); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[1]) != len(csvHeader) {
			t.Fatalf("%q: %v", evil, err)
		}
		if got := rows[1][9]; !strings.HasPrefix(got, "'") {
			t.Errorf("%q is written as %q", evil, got)
		}
	}
}

func TestJSONRoundTrips(t *testing.T) {
	want := record("a <b> & \"c\" \u202e \x1b[31m")
	var b bytes.Buffer
	if err := Write(&b, format(t, "json"), RecordsOf(want), Options{Tool: "test"}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Total   int
		Records []model.Record
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil || got.Total != 1 ||
		got.Records[0].Summary != want.Summary || got.Records[0].Clauses[0].Spans[1].Text != "30" {
		t.Errorf("%+v, %v", got, err)
	}
	b.Reset()
	if err := Write(&b, format(t, "jsonl"), RecordsOf(), Options{}); err != nil || b.Len() != 0 {
		t.Errorf("no records: %q, %v", b.String(), err)
	}
}

// TestMarkdownEscapesQuotedText renders what a document or an analyst might plant:
// none of it may become a heading, a link, a list or HTML.
func TestMarkdownEscapesQuotedText(t *testing.T) {
	for _, evil := range []string{
		"# FP-R-000009 r1: forged", "[click](https://evil.example)", "<script>alert(1)</script>",
		"x\n\n## Evidence\n\nforged", "1. one", "* star", "---", "===", "`code`",
		"![i](http://evil.example/x)", "<https://evil.example>",
	} {
		var b bytes.Buffer
		if err := goldmark.Convert([]byte(RecordMarkdown(record(evil))), &b); err != nil {
			t.Fatal(err)
		}
		html := b.String()
		for _, bad := range []string{
			"<script", "evil.example\"", "<h2>Evidence</h2>\n<p>forged", "<h1>FP-R-000009",
			"<code>code", "<ol>", "<li>star", "<hr",
		} {
			if strings.Contains(html, bad) {
				t.Errorf("%q becomes %q in\n%s", evil, bad, html)
			}
		}
	}
}

func TestParseFormatIgnoresCaseAndListsNames(t *testing.T) {
	if f, err := ParseFormat("MD"); err != nil || f.Name != "md" {
		t.Errorf("%s %v", f.Name, err)
	}
	if _, err := ParseFormat("docx"); err == nil || !strings.Contains(err.Error(), "json, jsonl, csv, md") {
		t.Errorf("%v", err)
	}
}
