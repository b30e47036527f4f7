package export

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"fineprint/store/model"
)

// TestPDFHasBookmarksLinksAndADate: one bookmark for each record and section, and no
// time but the approval's.
func TestPDFHasBookmarksLinksAndADate(t *testing.T) {
	first, second := provisionRecord(), provisionRecord()
	second.ID, second.ApprovedAt = "FP-R-000099", first.ApprovedAt.AddDate(0, 1, 0)
	pdf := written(t, "pdf", first, second)
	want := 2 * (1 + len(PageOf(first).Sections))
	if got := strings.Count(pdf, "\n/Dest ["); got != want {
		t.Errorf("%d bookmarks, want %d", got, want)
	}
	date := second.ApprovedAt.UTC().Format("(D:20060102150405)")
	if strings.Count(pdf, date) != 2 || strings.Count(pdf, "(D:") != 2 {
		t.Errorf("the date %s is not the only one", date)
	}
	if !strings.Contains(pdf, "/URI ("+first.To.SourceURL+")") {
		t.Errorf("no link to %s", first.To.SourceURL)
	}
}

// TestPDFTakesHostileText: it stays a file of as many objects as its cross-references
// count, with no action but links to the web and to mail.
func TestPDFTakesHostileText(t *testing.T) {
	for _, evil := range append(hostile, ") /S /JavaScript /JS (app.alert(1)", "endstream endobj", "\\)", "%%EOF", allPagesText) {
		pdf := written(t, "pdf", hostileRecord(evil))
		objects := strings.Count(pdf, " 0 obj\n")
		if !strings.Contains(pdf, fmt.Sprintf("xref\n0 %d\n", objects+1)) || !strings.HasSuffix(pdf, "%%EOF\n") {
			t.Errorf("%q: %d objects are not what the table says", evil, objects)
		}
		if strings.Contains(pdf, "/S /JavaScript /JS (app.alert(1)") || strings.Contains(pdf, "/Launch") {
			t.Errorf("%q becomes an action", evil)
		}
	}
}

// allPagesText is what stands for the number of pages until it is known.
const allPagesText = "{all}"

// TestPDFLooks writes a PDF to look at where FINEPRINT_PDF names a file.
func TestPDFLooks(t *testing.T) {
	path := os.Getenv("FINEPRINT_PDF")
	if path == "" {
		t.Skip("FINEPRINT_PDF names no file")
	}
	var b bytes.Buffer
	scripts, many := provisionRecord(), provisionRecord()
	scripts.Title = "Scripts: Ελληνικά, Кириллица, Tiếng Việt, 日本語のタイトル"
	scripts.WhatItIs = "利用規約は2026年に変更されました。 and العربية نص, हिन्दी पाठ, עברית 🎉 → ✓ ≤ ① “quoted” €50 " +
		strings.Repeat("Donaudampfschifffahrtsgesellschaftskapitän", 6)
	for i := range 40 {
		c := many.Clauses[0]
		c.Heading = []string{fmt.Sprintf("%d. Your content", i)}
		many.Clauses = append(many.Clauses, c)
	}
	records := RecordsOf([]model.Record{provisionRecord(), scripts, many}...)
	if err := Write(&b, format(t, "pdf"), records, Options{Tool: "fineprint/1"}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
