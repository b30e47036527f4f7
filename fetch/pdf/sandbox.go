package pdf

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// PDFium is what Chromium reads PDFs with. It runs here as WebAssembly, without
// files, network or clock, in at most sandboxPages of memory, and ends with its
// context. It is interpreted, not compiled: half a second for the first page and
// a tenth for each other one, but 180 MB in all, where compiling it takes three
// seconds and 330 MB before the first page. The pure Go readers were left aside:
// none can be stopped or bounded, and they fall on malformed files.
const sandboxPages = 1024 // of 64 KB

// compressedPDFium is go-pdfium's own module, which the library would put into the binary
// as it is: a seventh of what the binary may weigh, 2.0 MB compressed. Brotli, which pages
// on the web need anyway, makes it 173 KB smaller than Zstandard and takes less than 0.2 s
// instead of 0.05. pdfium.sum says which it is; `task pdfium` makes both again when
// go-pdfium is updated.
//
//go:embed pdfium.wasm.br
var compressedPDFium []byte

// pdfiumModule decompresses PDFium. It is not kept: a PDF is rare.
func pdfiumModule() ([]byte, error) {
	return io.ReadAll(brotli.NewReader(bytes.NewReader(compressedPDFium)))
}

// compiledOnce keeps what PDFium is interpreted from for the next PDF, if it is set: in
// tests, which read many. Else that is made anew for each, since a PDF is rare.
var compiledOnce wazero.CompilationCache

// openSandbox makes a sandbox that holds one PDF reader and ends with its context.
func openSandbox(ctx context.Context) (pdfium.Pool, error) {
	module, err := pdfiumModule()
	if err != nil {
		return nil, fmt.Errorf("starting the PDF reader: %w", err)
	}
	config := wazero.NewRuntimeConfigInterpreter().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(sandboxPages).WithCloseOnContextDone(true)
	if compiledOnce != nil {
		config = config.WithCompilationCache(compiledOnce)
	}
	sandbox, err := webassembly.InitWithWASM(webassembly.Config{Context: ctx, WASM: module, MaxIdle: 1, MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard, RuntimeConfig: config})
	if err != nil {
		return nil, fmt.Errorf("starting the PDF reader: %w", err)
	}
	return sandbox, nil
}
