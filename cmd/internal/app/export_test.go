package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fineprint/store/atomicfile"
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
	a, dir, at := approved(t), t.TempDir(), time.Now()
	a.Clock = func() time.Time { return at }
	for _, f := range export.Formats {
		path, of := filepath.Join(dir, f.Name+f.Ext), 0
		r := ExportRequest{Format: f, Path: path, Progress: func(_, total int) { of = total }}
		result, err := a.Export(t.Context(), r)
		if err != nil || result.Records != 1 || of != 1 {
			t.Fatalf("%s: %+v, %v", f.Name, result, err)
		}
		written, err := os.ReadFile(path)
		if err != nil || int64(len(written)) != result.Bytes ||
			result.SHA256 != fmt.Sprintf("%x", sha256.Sum256(written)) {
			t.Errorf("%s: %d bytes are written, but %+v: %v", f.Name, len(written), result, err)
		}
		var b bytes.Buffer
		_, err = a.Export(t.Context(), ExportRequest{Format: f, Output: &b})
		if f.Folder && !f.Single() {
			if !errors.Is(err, model.ErrInvalid) {
				t.Errorf("%s: without a path: %v", f.Name, err)
			}
		} else if err != nil || b.String() != string(written) {
			t.Errorf("%s: without a path it writes\n%s\n%v", f.Name, b.String(), err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		r.Path, r.Progress = filepath.Join(dir, "stopped"+f.Name+f.Ext), func(int, int) { cancel() }
		if _, err := a.Export(ctx, r); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: cancelled: %v", f.Name, err)
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != len(export.Formats) {
		t.Errorf("%v, %v", files, err)
	}
}

// noise is text that does not get smaller in a zip.
func noise(n int) string {
	b := make([]byte, n)
	random := rand.NewChaCha8([32]byte{})
	for i := range b {
		b[i] = 'a' + byte(random.Uint64()%26)
	}
	return string(b)
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

// fullAfter takes so many bytes and has no room for more.
type fullAfter struct{ left int }

var errFull = errors.New("no room")

func (f *fullAfter) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// oneText is the text of every version.
type oneText string

func (oneText) Snapshot(model.ID) (model.Snapshot, error) { return model.Snapshot{}, model.ErrNotFound }
func (oneText) RawOf(model.ID) ([]byte, error)            { return nil, model.ErrNotFound }
func (s oneText) Text(model.ID, int) (string, error)      { return string(s), nil }

// TestExportThatFailsHalfWayLeavesNoFile: neither a record that can't be read nor a full
// disk, however much was written before.
func TestExportThatFailsHalfWayLeavesNoFile(t *testing.T) {
	dir, broken := t.TempDir(), errors.New("broken")
	path := filepath.Join(dir, "records.json")
	if err := os.WriteFile(path, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	text := noise(240 << 10)
	record := model.Record{ID: "FP-R-000001", Revision: 1, Summary: text,
		To: model.Evidence{VersionOnly: true, TextSHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(text)))}}
	for name, end := range map[string]struct {
		room int
		err  error
	}{"a broken record": {1 << 30, broken}, "a full disk": {300 << 10, errFull}} {
		for _, f := range export.Formats {
			records := export.Records{Total: 9, Each: func(yield func(model.Record, error) bool) {
				for i := range 8 {
					record.To.Seq = i + 1
					if !yield(record, nil) {
						return
					}
				}
				if end.err == broken {
					yield(model.Record{}, broken)
				}
			}}
			write := export.Write
			if f.Folder {
				write = writeZip
			}
			err := atomicfile.Write(path, atomicfile.Options{}, func(w io.Writer) error {
				out := &exportWriter{w: io.MultiWriter(w, &fullAfter{end.room}), sum: sha256.New()}
				return out.write(write, f, records, export.Options{Source: oneText(text)})
			})
			if !errors.Is(err, end.err) {
				t.Errorf("%s, %s: %v", name, f.Name, err)
			}
		}
	}
	if body, err := os.ReadFile(path); err != nil || string(body) != "before" {
		t.Errorf("the file that was there holds %q, %v", body, err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("%v, %v", files, err)
	}
}
