package export

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
)

var update = flag.Bool("update", false, "write testdata anew")

// TestEveryFormatIsComplete fails when a row of the table lacks something that
// one of its readers needs.
func TestEveryFormatIsComplete(t *testing.T) {
	if len(Formats) < 4 {
		t.Fatalf("the table has %d formats", len(Formats))
	}
	names, positions := map[string]bool{}, map[int]bool{}
	for _, f := range Formats {
		if problem := incomplete(f); problem != "" {
			t.Errorf("format %q: %s", f.Name, problem)
		}
		if names[f.Name] || positions[f.Position] {
			t.Errorf("format %q has the name or the position of another one", f.Name)
		}
		names[f.Name], positions[f.Position] = true, true
	}
	if !names[DefaultFormat] {
		t.Errorf("the default format %q is not in the table", DefaultFormat)
	}
}

// incomplete returns what a row lacks, "" for nothing.
func incomplete(f Format) string {
	switch {
	case !regexp.MustCompile(`^[a-z][a-z0-9]*$`).MatchString(f.Name):
		return "its name is not one lower-case word"
	case !regexp.MustCompile(`^\.[a-z][a-z0-9]*$`).MatchString(f.Ext):
		return "its extension is not a dot and a lower-case word"
	case strings.TrimSpace(f.Description) == "":
		return "it has no description"
	case f.Content < Text || f.Content > Binary:
		return "it does not say what its content is"
	case f.Position < 1:
		return "it has no position"
	case f.write == nil && !f.Folder, f.Folder != (f.writeFolder != nil):
		return "it has no writer"
	}
	return ""
}

// joined is a folder whose files follow each other in one writer.
type joined struct{ w io.Writer }

func (j joined) Create(name string) (io.Writer, error) {
	_, err := io.WriteString(j.w, "-- "+name+" --\n")
	return j.w, err
}

// writeAll writes a format, the files of a folder one after the other.
func writeAll(w io.Writer, f Format, records Records, o Options) error {
	if f.Folder {
		return WriteFolder(joined{w}, f, records, o)
	}
	return Write(w, f, records, o)
}

// goldenFile is where the bytes of a format are kept: those that share an ending have
// their name before it.
func goldenFile(name string, f Format) string {
	switch first, _ := FormatOf("x" + f.Ext); {
	case f.Folder:
		return filepath.Join("testdata", name+f.Ext+".txt")
	case first.Name != f.Name:
		name += "." + f.Name
	}
	return filepath.Join("testdata", name+f.Ext)
}

func TestIncompleteFormatsAreFound(t *testing.T) {
	whole := format(t, "csv")
	for what, spoil := range map[string]func(*Format){
		"name":        func(f *Format) { f.Name = "" },
		"extension":   func(f *Format) { f.Ext = "csv" },
		"description": func(f *Format) { f.Description = " " },
		"content":     func(f *Format) { f.Content = 0 },
		"position":    func(f *Format) { f.Position = 0 },
		"writer":      func(f *Format) { f.write = nil },
	} {
		f := whole
		if spoil(&f); !strings.Contains(incomplete(f), what) {
			t.Errorf("without its %s: %q", what, incomplete(f))
		}
	}
}

func TestFormatOfReadsTheExtension(t *testing.T) {
	for file, want := range map[string]string{
		"records.json": "json", "a/b.CSV": "csv", "x.md": "md", "x.tar.jsonl": "jsonl",
		"x.warc": "warc", "x.warc.gz": "warc", "x.md.gz": "", "x.gz": "", "records": "", "csv": "", "x.docx": "",
	} {
		if f, ok := FormatOf(file); f.Name != want || ok != (want != "") {
			t.Errorf("%s: %q, %t, want %q", file, f.Name, ok, want)
		}
	}
}

func TestWriteRefusesAFormatOutsideTheTable(t *testing.T) {
	if err := Write(&bytes.Buffer{}, Format{Name: "docx"}, RecordsOf(), Options{}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("%v", err)
	}
}

// fullWriter has no room left.
type fullWriter struct{}

func (fullWriter) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestEveryFormatReportsAWriteError(t *testing.T) {
	for _, f := range Formats {
		records, o := inputs(f, Options{}, goldenRecords()...)
		if err := writeAll(fullWriter{}, f, records, o); err == nil {
			t.Errorf("%s: an error of the writer is lost", f.Name)
		}
	}
}

// TestExportBytesAreUnchanged holds every format against testdata. Its files were
// first written by the build before formats were a table.
func TestExportBytesAreUnchanged(t *testing.T) {
	all := Options{GeneratedAt: time.Date(2026, 5, 6, 7, 8, 9, 0, time.UTC), Tool: "fineprint/1.2.3_x"}
	for _, f := range Formats {
		for name, records := range map[string][]model.Record{
			"records": goldenRecords(), "provision": {provisionRecord()}, "none": nil,
		} {
			var b bytes.Buffer
			list, o := inputs(f, all, records...)
			if err := writeAll(&b, f, list, o); err != nil {
				t.Fatal(err)
			}
			file := goldenFile(name, f)
			got := withoutAssets(b.Bytes())
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatalf("%v; go test ./store/export -update writes it", err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s of %s is\n%s\nwant\n%s", f.Name, name, got, want)
			}
		}
	}
}

// withoutAssets leaves out of web pages what is a file of its own in this folder.
func withoutAssets(b []byte) []byte {
	for _, asset := range []string{pageStyle, indexScript} {
		b = bytes.ReplaceAll(b, []byte(asset), []byte("…"))
		b = bytes.ReplaceAll(b, []byte(hashOf(asset)), []byte("…"))
	}
	return b
}

// TestEveryFormatReportsARecordThatCantBeRead, and asks for no other then.
func TestEveryFormatReportsARecordThatCantBeRead(t *testing.T) {
	broken := errors.New("broken")
	for _, f := range Formats {
		ended := false
		list, source := withSource(goldenRecords()[0])
		records := Records{Total: 3, Each: func(yield func(model.Record, error) bool) {
			ended = yield(list[0], nil) && !yield(model.Record{}, broken)
		}}
		if err := writeAll(io.Discard, f, records, Options{Source: source}); !errors.Is(err, broken) || !ended {
			t.Errorf("%s: %v, went on: %t", f.Name, err, !ended)
		}
	}
}

// TestExportHoldsOneRecord: however many records there are, a format needs no more
// memory than for one.
func TestExportHoldsOneRecord(t *testing.T) {
	large := goldenRecords()[0]
	large.Clauses = append(large.Clauses, model.RecordClause{Kind: model.Added, Material: true, Spans: []model.Span{
		{Op: model.Insert, Text: strings.Repeat("The same words again and again. ", 8<<10)}}})
	list, source := withSource(large)
	for _, f := range Formats {
		n := 200 // 50 MB of text
		if f.Name == "pdf" {
			n = 20 // its pages are kept, compressed
		}
		var most uint64
		records := Records{Total: n, Each: func(yield func(model.Record, error) bool) {
			for i := range n {
				if i%20 == 19 {
					most = max(most, liveHeap())
				}
				if !yield(list[0], nil) {
					return
				}
			}
		}}
		before := liveHeap()
		if err := writeAll(io.Discard, f, records, Options{Source: source}); err != nil {
			t.Fatal(err)
		}
		if most > before+16<<20 {
			t.Errorf("%s holds %d MB", f.Name, (most-before)>>20)
		}
	}
}

// liveHeap is how many bytes are reachable.
func liveHeap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func BenchmarkWrite(b *testing.B) {
	for _, f := range Formats {
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			list, source := withSource(goldenRecords()...)
			for b.Loop() {
				records := Records{Total: 10_000, Each: func(yield func(model.Record, error) bool) {
					for i := 0; i < 10_000 && yield(list[i%3], nil); i++ {
					}
				}}
				if err := writeAll(io.Discard, f, records, Options{Source: source}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
