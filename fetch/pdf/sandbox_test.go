package pdf

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestEmbeddedModuleIsGoPDFiums: the compressed module is the one of the go-pdfium in go.mod,
// whose functions in Go are written for it, and the cut of these functions is of that as well.
// The library itself isn't asked: it is on no disk but where an update is made.
func TestEmbeddedModuleIsGoPDFiums(t *testing.T) {
	listed, err := exec.Command("go", "list", "-m", "-f", "{{.Version}} {{.Replace.GoMod}}",
		"github.com/klippa-app/go-pdfium").Output()
	if err != nil {
		t.Fatalf("asking for go-pdfium's version: %v", err)
	}
	version, goMod, _ := strings.Cut(strings.TrimSpace(string(listed)), " ")
	cut, err := os.ReadFile(goMod)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(cut), "// Cut from "+version+".\n") {
		t.Errorf("the cut of go-pdfium is not of %s: run `task pdfium`", version)
	}
	want, err := os.ReadFile("pdfium.sum")
	if err != nil {
		t.Fatal(err)
	}
	module, err := pdfiumModule()
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%s %x\n", version, sha256.Sum256(module)); got != string(want) {
		t.Errorf("pdfium.wasm.br is not the module of go-pdfium %s, but %s: run `task pdfium`", version, got)
	}
}
