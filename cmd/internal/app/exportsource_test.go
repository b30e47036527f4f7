package app

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/fetch/extract"
	"fineprint/store/export"
	"fineprint/store/model"
)

func formatOf(t *testing.T, name string) export.Format {
	t.Helper()
	f, err := export.ParseFormat(name)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestAnExportedDatasetIsImportedWithEqualTexts: into another database, under the same
// names and times; and again is nothing new.
func TestAnExportedDatasetIsImportedWithEqualTexts(t *testing.T) {
	a, path := approved(t), filepath.Join(t.TempDir(), "dataset.zip")
	if _, err := a.Export(t.Context(), ExportRequest{Format: formatOf(t, "dataset"), Path: path}); err != nil {
		t.Fatal(err)
	}
	b := newApp(t)
	result, err := b.ImportDataset(t.Context(), DatasetRequest{Zip: path})
	if err != nil || result.First+result.Changed != 2 {
		t.Fatalf("%+v, %v", result, err)
	}
	before, err := a.Store.Versions(t.Context(), "FP-D-00001")
	if err != nil {
		t.Fatal(err)
	}
	s, err := b.Open()
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.DocumentNamed(t.Context(), "Acme", "Privacy Policy")
	if err != nil {
		t.Fatal(err)
	}
	after, err := s.Versions(t.Context(), d.ID)
	if err != nil || len(after) != len(before) {
		t.Fatalf("%d of %d versions, %v", len(after), len(before), err)
	}
	for i := range before {
		if after[i].TextSHA256 != before[i].TextSHA256 || !after[i].CapturedAt.Equal(before[i].CapturedAt) {
			t.Errorf("version %d: %+v, was %+v", i+1, after[i], before[i])
		}
	}
	if again, err := b.ImportDataset(t.Context(), DatasetRequest{Zip: path}); err != nil || again.First+again.Changed != 0 {
		t.Errorf("again: %+v, %v", again, err)
	}
}

// TestExportsOfTheSameStoreAreEqual, byte for byte, in every format; those with gzip, too.
func TestExportsOfTheSameStoreAreEqual(t *testing.T) {
	a, dir := approved(t), t.TempDir()
	for _, f := range export.Formats {
		for _, end := range []string{f.Ext, f.Ext + export.GzipExt} {
			if end != f.Ext && !f.Gzip {
				continue
			}
			var sums [2]string
			for i := range sums {
				result, err := a.Export(t.Context(), ExportRequest{Format: f, Path: filepath.Join(dir, f.Name+end)})
				if err != nil {
					t.Fatalf("%s: %v", f.Name, err)
				}
				sums[i] = result.SHA256
			}
			if sums[0] != sums[1] {
				t.Errorf("%s: %s and %s", f.Name, sums[0], sums[1])
			}
		}
	}
}

// TestExportReportsATextThatCantBeRead: a database without the text is no archive
// without it.
func TestExportReportsATextThatCantBeRead(t *testing.T) {
	a := approved(t)
	source := exportSource{t.Context(), a.Store}
	if _, err := source.Text("FP-D-00001", 99); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("%v", err)
	}
	if _, err := source.RawOf("FP-S-000099"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("%v", err)
	}
	if _, err := source.Snapshot("FP-S-000099"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("%v", err)
	}
	var b bytes.Buffer
	_, err := a.Export(t.Context(), ExportRequest{Format: formatOf(t, "warc"), Output: &b})
	if err != nil || !bytes.Contains(b.Bytes(), []byte("We keep your data for 31 days")) ||
		!bytes.Contains(b.Bytes(), []byte("note: text only")) {
		t.Errorf("%v\n%s", err, b.String())
	}
}

// TestExportedPDFReadsInOrder: a reader of PDFs finds the record's words, in the order in
// which a person reads them.
func TestExportedPDFReadsInOrder(t *testing.T) {
	a := approved(t)
	var b bytes.Buffer
	if _, err := a.Export(t.Context(), ExportRequest{Format: formatOf(t, "pdf"), Output: &b}); err != nil {
		t.Fatal(err)
	}
	reading, err := extract.Read(extract.Input{Body: b.Bytes(), MediaType: "application/pdf"})
	if err != nil {
		t.Fatal(err)
	}
	rest := strings.Join(strings.Fields(reading.Text), " ")
	for _, words := range []string{"Change of Privacy Policy", "In short", "They keep it a day longer.", "What changed",
		"We keep your data for", "30", "31", "days after you close your account.", "Evidence", "Methodology"} {
		_, after, found := strings.Cut(rest, words)
		if !found {
			t.Fatalf("%q does not follow in\n%s", words, reading.Text)
		}
		rest = after
	}
}
