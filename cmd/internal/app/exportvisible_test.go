package app

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/tui/sanitize"
)

// TestExportsOfTextHoldNothingHazardous: whatever the words of a record are, every format of
// text names what a terminal would obey, and JSON decodes to the words themselves.
func TestExportsOfTextHoldNothingHazardous(t *testing.T) {
	t.Parallel()
	const evil = "a\x1b]52;c;eA\x07b\u202ec\u0085d\x08e\u200bf\U000e0041g"
	record := model.Record{ID: "FP-R-000001", Summary: evil, Clauses: []model.RecordClause{{
		Kind: model.Modified, Heading: []string{evil},
		Spans: []model.Span{{Op: model.Delete, Text: evil}, {Op: model.Insert, Text: evil + "x"}},
	}}}
	record.Citation, record.Title = evil, evil
	one := func(yield func(model.Record, error) bool) { yield(record, nil) }
	for _, f := range export.Formats {
		if f.Content == export.Binary {
			continue
		}
		records := export.Records{Total: 1, Each: one}
		if f.Content == export.Text {
			records.Each = visible(one)
		}
		var b bytes.Buffer
		if _, err := exportTo(ExportRequest{Format: f, Output: &b}, records, export.Options{Tool: "test"}); err != nil {
			t.Errorf("%s: %v", f.Name, err)
			continue
		}
		if found := sanitize.Hazards(b.Bytes(), false); len(found) > 0 {
			t.Errorf("%s holds %d hazards: %s", f.Name, len(found), found[0])
		}
		if f.Content == export.Text && !strings.Contains(b.String(), "U+202E") {
			t.Errorf("%s doesn't name what it leaves out:\n%s", f.Name, b.String())
		}
	}
	f, _ := export.ParseFormat("jsonl")
	var b bytes.Buffer
	if _, err := exportTo(ExportRequest{Format: f, Output: &b}, export.Records{Total: 1, Each: one}, export.Options{}); err != nil {
		t.Fatal(err)
	}
	var read struct {
		Summary string `json:"summary"`
	}
	if err := json.Unmarshal(b.Bytes(), &read); err != nil || read.Summary != evil {
		t.Errorf("JSON decodes to %q, %v", read.Summary, err)
	}
}
