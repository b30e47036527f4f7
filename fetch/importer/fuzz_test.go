package importer

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/fetch/bounds"
)

// FuzzDataset: whatever an archive holds, it is refused or its versions have safe names,
// and each unpacks to a text that is bounded, or not at all.
func FuzzDataset(f *testing.F) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.Create("a/Acme/Terms/2024-05-01T12-00-00Z.md")
	_, _ = w.Write([]byte("# Terms"))
	_ = z.Close()
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, body []byte) {
		path := filepath.Join(t.TempDir(), "d.zip")
		if err := os.WriteFile(path, body, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = file.Close() }()
		r, err := openZip(file)
		if err != nil {
			return
		}
		for _, e := range (&looseImport{}).entries(r, ImportOptions{}) {
			if strings.Contains(e.path, "..") && strings.Contains("/"+e.path+"/", "/../") || e.name.Platform == "" || e.name.Type == "" {
				t.Fatalf("%+v", e)
			}
			if text, err := unpack(e.file); err == nil && len(text) > bounds.MaxText {
				t.Fatalf("%d bytes", len(text))
			}
		}
	})
}
