package app

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fineprint/store/export"
	"fineprint/store/model"
)

func folderFormat(t *testing.T) export.Format {
	t.Helper()
	f, err := export.ParseFormat("html")
	if err != nil || !f.Folder {
		t.Fatalf("%+v, %v", f, err)
	}
	return f
}

// files are the names in a folder, what is below it included.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestExportOfAFolderIsReplacedByTheNextAndTwiceTheSame(t *testing.T) {
	a, dir, f := approved(t), t.TempDir(), folderFormat(t)
	r := ExportRequest{Format: f, Path: filepath.Join(dir, "site")}
	first, err := a.Export(t.Context(), r)
	if err != nil || first.Records != 1 || first.Bytes == 0 {
		t.Fatalf("%+v, %v", first, err)
	}
	want := []string{manifestName, "FP-R-000001.html", "index.html"}
	if got := files(t, r.Path); !slices.Equal(got, want) {
		t.Errorf("it has %v", got)
	}
	again, err := a.Export(t.Context(), r)
	if err != nil || !reflect.DeepEqual(again, first) || !slices.Equal(files(t, r.Path), want) {
		t.Errorf("again it is %+v, not %+v: %v", again, first, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	r.Progress = func(int, int) { cancel() }
	if _, err := a.Export(ctx, r); !errors.Is(err, context.Canceled) || !slices.Equal(files(t, r.Path), want) {
		t.Errorf("stopped half way: %v, and there is %v", err, files(t, r.Path))
	}
	if left := files(t, dir); len(left) != len(want) {
		t.Errorf("beside it there is %v", left)
	}
}

func TestExportLeavesWhatItDidNotWriteAlone(t *testing.T) {
	a, dir, f := approved(t), t.TempDir(), folderFormat(t)
	r := ExportRequest{Format: f, Path: filepath.Join(dir, "mine")}
	if err := os.Mkdir(r.Path, 0o750); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Export(t.Context(), r); err != nil {
		t.Errorf("into an empty folder: %v", err)
	}
	for _, name := range []string{"notes.txt", "sub/notes.txt"} {
		mine := filepath.Join(r.Path, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(mine), 0o750), os.WriteFile(mine, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Export(t.Context(), r); !errors.Is(err, model.ErrInvalid) ||
			!strings.Contains(err.Error(), "notes.txt") {
			t.Errorf("over a folder with %s: %v", name, err)
		}
		if _, err := os.Stat(mine); err != nil {
			t.Errorf("%s is gone: %v", name, err)
		}
		if err := os.Remove(mine); err != nil {
			t.Fatal(err)
		}
	}
	r.Path = filepath.Join(dir, "file")
	if err := os.WriteFile(r.Path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Export(t.Context(), r); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("over a file: %v", err)
	}
	r.Path = filepath.Join(dir, "no", "site")
	if _, err := a.Export(t.Context(), r); !errors.Is(err, model.ErrUnwritable) {
		t.Errorf("in no folder: %v", err)
	}
}

func TestExportOfAFolderAsAZip(t *testing.T) {
	a, dir, f := approved(t), t.TempDir(), folderFormat(t)
	r := ExportRequest{Format: f, Path: filepath.Join(dir, "site.zip")}
	first, err := a.Export(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(r.Path)
	if err != nil || int64(len(body)) != first.Bytes {
		t.Fatalf("%d bytes, %+v, %v", len(body), first, err)
	}
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil || len(z.File) != 2 || z.File[1].Name != "index.html" || !z.File[0].Modified.Equal(zipTime) {
		t.Fatalf("%+v, %v", z, err)
	}
	if again, err := a.Export(t.Context(), r); err != nil || !reflect.DeepEqual(again, first) {
		t.Errorf("again it is %+v, not %+v: %v", again, first, err)
	}
}

// TestExportOfOneRecordMayBeOneFile; of any other number it is a folder, whatever its name.
func TestExportOfOneRecordMayBeOneFile(t *testing.T) {
	a, dir, f := approved(t), t.TempDir(), folderFormat(t)
	path := filepath.Join(dir, "one.html")
	if _, err := a.Export(t.Context(), ExportRequest{Format: f, Path: path}); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := a.Export(t.Context(), ExportRequest{Format: f, Output: &b}); err != nil {
		t.Fatal(err)
	}
	if body, err := os.ReadFile(path); err != nil || !bytes.Equal(body, b.Bytes()) ||
		bytes.Contains(body, []byte("index.html")) {
		t.Errorf("%v: the file and standard output differ, or lead to an index", err)
	}
	none := ExportRequest{Format: f, Output: io.Discard, Filter: model.RecordFilter{Match: "nobody/*"}}
	if _, err := a.Export(t.Context(), none); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("no record to standard output: %v", err)
	}
	none.Path = filepath.Join(dir, "none.html")
	if _, err := a.Export(t.Context(), none); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(none.Path, "index.html")); err != nil {
		t.Errorf("no record to a name that ends like a page: %v", err)
	}
}

// TestExportSaysWhenItWasMadeOnlyIfAsked: equal records give equal bytes otherwise.
func TestExportSaysWhenItWasMadeOnlyIfAsked(t *testing.T) {
	a := approved(t)
	for _, dated := range []bool{false, true} {
		var b bytes.Buffer
		if _, err := a.Export(t.Context(), ExportRequest{Format: export.Formats[0], Output: &b, Dated: dated}); err != nil ||
			strings.Contains(b.String(), "generated_at") != dated {
			t.Errorf("dated: %t, %v: %s", dated, err, b.String())
		}
	}
}
