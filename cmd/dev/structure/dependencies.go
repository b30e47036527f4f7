package main

import (
	"fmt"
	"strings"
)

// dependencies lists for each module that go.mod requires directly where it comes
// from and why it is there. A test holds it against go.mod.
var dependencies = []struct{ module, repository, why string }{
	{"charm.land/bubbletea/v2", "github.com/charmbracelet/bubbletea", "the desk's event loop and renderer"},
	{"charm.land/bubbles/v2", "github.com/charmbracelet/bubbles", "text input and progress bar"},
	{"github.com/atotto/clipboard", "github.com/atotto/clipboard",
		"copies by the system's own clipboard, as Bubbles' inputs do"},
	{"github.com/sahilm/fuzzy", "github.com/sahilm/fuzzy",
		"finds a command by a few of its letters, as Bubbles' own list does"},
	{"charm.land/lipgloss/v2", "github.com/charmbracelet/lipgloss", "asks the terminal whether its background is dark"},
	{"charm.land/glamour/v2", "github.com/charmbracelet/glamour",
		"renders the record preview; `.replaced/glamour` is it without text/template, `.replaced/chroma` and " +
			"`.replaced/bluemonday` stand in for what colours its code blocks and what strips HTML"},
	{"charm.land/fang/v2", "github.com/charmbracelet/fang", "help pages, manual and completion around Cobra"},
	{"github.com/spf13/cobra", "github.com/spf13/cobra", "the command line"},
	{"github.com/spf13/pflag", "github.com/spf13/pflag", "the flags of cobra, as manual pages list them"},
	{"github.com/charmbracelet/x/ansi", "github.com/charmbracelet/x",
		"measures, cuts and styles text in terminal cells"},
	{"github.com/charmbracelet/x/term", "github.com/charmbracelet/x", "is this a terminal"},
	{"github.com/charmbracelet/x/vt", "github.com/charmbracelet/x", "the emulated terminal of the tests"},
	{"github.com/charmbracelet/x/exp/golden", "github.com/charmbracelet/x",
		"holds the screens against what they looked like"},
	{"github.com/charmbracelet/colorprofile", "github.com/charmbracelet/colorprofile",
		"the tests' terminal shows colours"},
	{"github.com/charmbracelet/ultraviolet", "github.com/charmbracelet/ultraviolet",
		"keys and cells of the tests' terminal"},
	{"github.com/pelletier/go-toml/v2", "github.com/pelletier/go-toml", "reads the settings file and knows its lines"},
	{"github.com/santhosh-tekuri/jsonschema/v6", "github.com/santhosh-tekuri/jsonschema",
		"the tests hold the JSON exports against their schema"},
	{"github.com/creack/pty", "github.com/creack/pty", "the real terminal that `cmd/dev/latency` measures on"},
	{"go.etcd.io/bbolt", "github.com/etcd-io/bbolt", "the one file everything lives in"},
	{"github.com/fxamacker/cbor/v2", "github.com/fxamacker/cbor", "compact, deterministic values in it"},
	{"github.com/klauspost/compress", "github.com/klauspost/compress", "zstd for texts and pages"},
	{"github.com/go-git/go-git/v5", "github.com/go-git/go-git", "the tests hold our reading of git against it"},
	{"github.com/hashicorp/go-retryablehttp", "github.com/hashicorp/go-retryablehttp", "retries over HTTP"},
	{"code.dny.dev/ssrf", "github.com/daenney/ssrf", "which addresses are private or reserved, kept by the registries"},
	{"github.com/chromedp/chromedp", "github.com/chromedp/chromedp",
		"drives an installed Chromium for pages built by scripts"},
	{"github.com/chromedp/cdproto", "github.com/chromedp/cdproto", "its protocol's messages"},
	{"github.com/andybalholm/brotli", "github.com/andybalholm/brotli", "unpacks pages sent in Brotli, and PDFium"},
	{"github.com/JohannesKaufmann/html-to-markdown/v2", "github.com/JohannesKaufmann/html-to-markdown",
		"the readable text of a page"},
	{"codeberg.org/readeck/go-readability/v2", "codeberg.org/readeck/go-readability",
		"only for cmd/dev/reading, which compares with it"},
	{"github.com/klippa-app/go-pdfium", "github.com/klippa-app/go-pdfium",
		"PDFium as WebAssembly: the text of a PDF; `fetch/pdf/pdfium.wasm.br` is its module, " +
			"`.replaced/pdfium` what is called of it"},
	{"github.com/tetratelabs/wazero", "github.com/tetratelabs/wazero", "the sandbox it runs in"},
	{"github.com/PuerkitoBio/goquery", "github.com/PuerkitoBio/goquery", "picks the document out of a page"},
	{"github.com/andybalholm/cascadia", "github.com/andybalholm/cascadia",
		"CSS selectors, with errors for malformed ones"},
	{"github.com/clipperhouse/uax29/v2", "github.com/clipperhouse/uax29",
		"grapheme clusters, so that a redline cuts none"},
	{"github.com/cespare/xxhash/v2", "github.com/cespare/xxhash", "proposes equal clauses in the time of reading them"},
	{"codeberg.org/go-pdf/fpdf", "codeberg.org/go-pdf/fpdf", "writes the PDF of records"},
	{"github.com/nlnwa/gowarc/v3", "github.com/nlnwa/gowarc", "its strict reader checks in tests what is written as WARC"},
	{"github.com/google/uuid", "github.com/google/uuid", "identifiers in feeds and WARC files that need nobody's domain"},
	{"golang.org/x/sys", "go.googlesource.com/sys", "the CPU time of a thread and of the process, by which developers' tools measure"},
	{"golang.org/x/text", "go.googlesource.com/text", "composes characters before words are compared"},
	{"golang.org/x/net", "go.googlesource.com/net", "HTML parser and character sets"},
	{"github.com/yuin/goldmark", "github.com/yuin/goldmark", "finds the marks of Markdown, and in tests its blocks"},
	{"golang.org/x/sync", "go.googlesource.com/sync", "bounded parallel work"},
	{"github.com/sergi/go-diff", "github.com/sergi/go-diff", "a words diff to time detection beside"},
	{"github.com/rogpeppe/go-internal", "github.com/rogpeppe/go-internal", "runs the command line from test scripts"},
}

func dependenciesPage() string {
	var b strings.Builder
	b.WriteString("# Dependencies\n\n| Module | Repository | Why |\n|---|---|---|\n")
	for _, d := range dependencies {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", d.module, d.repository, d.why)
	}
	return b.String() + madeBy
}
