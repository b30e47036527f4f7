package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fineprint/store/export"
	"fineprint/store/model"
)

// approved returns use cases on a database with one record.
func approved(t *testing.T) *App {
	t.Helper()
	a := newApp(t)
	if _, err := a.ImportOTA(t.Context(), OTARequest{Repo: history(t, 2)}); err != nil {
		t.Fatal(err)
	}
	a.Store = create(t, a)
	high, sure, basis, summary := model.High, model.HighConfidence, model.Explicit, "They keep it a day longer."
	d := model.Decision{
		Change: "FP-C-000001", Actor: "ada", At: time.Now(), Base: model.AnyRevision, Action: model.ActionApprove,
		Severity: &high, Confidence: &sure, Basis: &basis, Summary: &summary,
	}
	if _, err := a.Store.Decide(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestExportWritesTheFileWholeOrNotAtAll(t *testing.T) {
	a, dir := approved(t), t.TempDir()
	for _, f := range export.Formats {
		path, of := filepath.Join(dir, "records"+f.Ext), 0
		r := ExportRequest{Format: f, Path: path, Progress: func(_, total int) { of = total }}
		result, err := a.Export(t.Context(), r)
		if err != nil || result.Records != 1 || of != 1 {
			t.Fatalf("%s: %+v, %v", f.Name, result, err)
		}
		written, err := os.ReadFile(path)
		if err != nil || string(written) != string(result.Body) || len(written) == 0 {
			t.Errorf("%s: what is written is not the body: %v", f.Name, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		r.Path, r.Progress = filepath.Join(dir, "stopped"+f.Ext), func(int, int) { cancel() }
		if _, err := a.Export(ctx, r); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: cancelled: %v", f.Name, err)
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != len(export.Formats) {
		t.Errorf("%v, %v", files, err)
	}
}

func TestExportToWhatIsNoFileIsRefused(t *testing.T) {
	a, dir, first := approved(t), t.TempDir(), export.Formats[0]
	for path, kind := range map[string]error{
		dir: model.ErrInvalid, filepath.Join(dir, "missing", "x.json"): model.ErrUnwritable,
	} {
		if _, err := a.Export(t.Context(), ExportRequest{Format: first, Path: path}); !errors.Is(err, kind) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := a.Export(t.Context(), ExportRequest{Format: first, Path: os.DevNull}); err != nil {
		t.Errorf("a device: %v", err)
	}
	if _, err := newApp(t).Export(t.Context(), ExportRequest{Format: first}); !errors.Is(err, model.ErrNoStore) {
		t.Errorf("without a database: %v", err)
	}
}
