package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestEmbeddedModuleIsGoPDFiums: the compressed module is the one of the go-pdfium in go.mod,
// whose functions in Go are written for it.
func TestEmbeddedModuleIsGoPDFiums(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/klippa-app/go-pdfium").Output()
	if err != nil {
		t.Fatalf("asking for go-pdfium's folder: %v", err)
	}
	want, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "internal", "pdfium_wasm", "pdfium.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := pdfiumModule()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("pdfium.wasm.zst is not go-pdfium's module (%d bytes for %d): run `task pdfium`", len(got), len(want))
	}
}
