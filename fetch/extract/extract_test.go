package extract

import (
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/store/model"
)

func page(body string) []byte { return []byte("<!doctype html><html><body>" + body + "</body></html>") }

func text(t *testing.T, in Input) string {
	t.Helper()
	if in.MediaType == "" {
		in.MediaType = "text/html; charset=utf-8"
	}
	got, err := Text(in)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestHTMLBecomesMarkdown(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"headings and emphasis", `<h2>Age</h2><p>You must be <b>16</b> or <em>older</em>.</p>`,
			"## Age\n\nYou must be **16** or *older*.\n"},
		{"nested lists",
			`<ul><li>One<ul><li>Inner a</li><li>Inner b<ol><li>Deep</li></ol></li></ul></li><li>Two</li></ul><ol start=3>` +
				`<li>third</li><li>fourth</li></ol>`,
			"- One\n  \n  - Inner a\n  - Inner b\n    \n    1. Deep\n- Two\n\n3. third\n4. fourth\n"},
		{"table",
			`<table><thead><tr><th>Data</th><th>Kept</th></tr></thead><tbody><tr><td><p>Logs</p></td><td>30<br>days</td>` +
				`</tr></tbody></table>`,
			"| Data | Kept |\n|---|---|\n| Logs | 30 days |\n"},
		{"table with lists",
			`<table><tr><th>Data</th><th>Kept</th></tr><tr><td>Logs</td><td><ul><li>30 days</li><li>90 days</li></ul>` +
				`</td></tr></table>`,
			"| Data | Kept |\n|---|---|\n| Logs | • 30 days • 90 days |\n"},
		{"table with paragraphs", `<table><tr><td>Logs</td><td><p>30 days</p><p>or more</p></td></tr></table>`,
			"Logs\n\n30 days\n\nor more\n"},
		{"table in bold", `<b><table><tr><td>Logs</td><td>Mail</td></tr></table></b>`, "**Logs**\n\n**Mail**\n"},
		{"layout table", `<table role=presentation><tr><td>Left</td><td>Right</td></tr></table>`, "Left\n\nRight\n"},
		{"table in a table",
			`<table><tr><td>Out</td><td><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table></td>` +
				`</tr></table>`,
			"Out\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"},
		{"what nobody reads",
			`<p>Seen.</p><script>evil()</script><style>p{}</style><p hidden>gone</p><p aria-hidden=true>icon</p>` +
				`<noscript>js</noscript><template><p>t</p></template><svg><text>x</text></svg><iframe>f</iframe><!-- ` +
				`c -->`, "Seen.\n"},
		{"what opens on a click stays",
			`<details><summary>More</summary><p>Inside</p></details><p style="display:none">collapsed</p>`,
			"More\n\nInside\n\ncollapsed\n"},
		{"what looks like Markdown", `<p>*not* a &lt;tag&gt;</p>`, "\\*not* a &lt;tag&gt;\n"},
		{"links", `<p><a href="/x?y=1">rel</a> <a href="https://other.example/">abs</a></p>`,
			"[rel](https://acme.example/x?y=1) [abs](https://other.example/)\n"},
		{"surroundings", `<nav>Home</nav><header>Logo</header><div><h1>Terms</h1><p>` + strings.Repeat("A long text. ",
			30) + `</p></div><aside>Ad</aside><footer>Imprint</footer>`,
			"# Terms\n\n" + strings.TrimSpace(strings.Repeat("A long text. ", 30)) + "\n"},
		{"main part", `<p>Outside.</p><main><p>` + strings.Repeat("Inside. ", 40) + `</p></main>`,
			strings.TrimSpace(strings.Repeat("Inside. ", 40)) + "\n"},
		{"a page that is one form", `<form><p>` + strings.Repeat("The terms. ", 10) + `</p></form>`,
			strings.TrimSpace(strings.Repeat("The terms. ", 10)) + "\n"},
		{"nothing", `<script>x</script>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := text(t, Input{Body: page(c.html), BaseURL: "https://acme.example/legal/"}); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestSelectorsPickAndRemove(t *testing.T) {
	body := page(`<nav>Home</nav><div class=a>A <span class=x>ad</span><div class=b>B</div></div><div class=c>C</div>`)
	for _, c := range []struct {
		pick, drop []string
		want       string
	}{
		{[]string{".c", ".a"}, []string{".x"}, "C\n\nA\n\nB\n"}, // in the order of the list; .b inside .a once
		{[]string{".a", ".b"}, []string{".x"}, "A\n\nB\n"},
		{[]string{"nav"}, nil, "Home\n"}, // asked for, so not a surrounding
		{[]string{".b", ".a"}, []string{".x"}, "A\n\nB\n"},
		{[]string{".none", ".c"}, nil, "C\n"},
		{nil, []string{".a", "nav"}, "C\n"},
	} {
		if got := text(t, Input{Body: body, Select: model.CSS(c.pick...),
			Remove: model.CSS(c.drop...)}); got != c.want {
			t.Errorf("select %v, remove %v: %q, want %q", c.pick, c.drop, got, c.want)
		}
	}
	for _, in := range []Input{{Body: body, MediaType: "text/html", Select: model.CSS("p[")},
		{Body: body, MediaType: "text/html", Remove: model.CSS(":::")}} {
		if _, err := Text(in); !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), "CSS selector") {
			t.Errorf("%v", err)
		}
	}
}

func TestCharacterSetsAreDecoded(t *testing.T) {
	for _, c := range []struct{ name, body, media, want string }{
		{"by header", "<p>caf\xe9</p>", "text/html; charset=iso-8859-1", "café\n"},
		{"by meta",
			"<html><head><meta charset=windows-1251></head><body><p>\xd3\xf1\xeb\xee\xe2\xe8\xff</p></body></html>",
			"text/html", "Условия\n"},
		{"by mark", "\xff\xfe<\x00p\x00>\x00\xe9\x00", "text/html", "é\n"},
		{"header before meta", "<html><head><meta charset=windows-1251></head><body><p>caf\xc3\xa9</p></body></html>",
			"text/html; charset=utf-8", "café\n"},
		{"Shift JIS", "<p>\x97\x98\x97p\x8bK\x96\xf1</p>", "text/html; charset=shift_jis", "利用規約\n"},
		{"text by header", "caf\xe9", "text/plain; charset=iso-8859-1", "café"},
		{"text with a mark", "\xef\xbb\xbf# Terms\n", "text/markdown", "# Terms\n"},
		{"text, UTF-16", "\xff\xfea\x00\xe9\x00", "text/plain", "aé"},
		{"page without a label", "<title>x</title><p>\xd3\xf1\xeb\xee\xe2\xe8\xff \xf5\xf0\xe0\xed\xe5\xed\xe8\xff</p>",
			"text/html", "Условия хранения\n"},
		{"text without a label", "Zwrot \x9crodk\xf3w w ci\xb9gu 14 dni od dnia otrzymania o\x9cwiadczenia", "text/plain",
			"Zwrot środków w ciągu 14 dni od dnia otrzymania oświadczenia"},
		{"text, UTF-16 without a mark", "a\x00b\x00c\x00\xe9\x00", "text/plain", "abcé"},
		{"text as it is", "# Caf\u00e9 \u202e\r\n", "text/markdown", "# Caf\u00e9 \u202e\r\n"},
	} {
		if got := text(t, Input{Body: []byte(c.body), MediaType: c.media}); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestCompressedIsUnpacked: a file that was saved as it was sent.
func TestCompressedIsUnpacked(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte("<p>We keep data for 30 days.</p>"))
	_ = z.Close()
	for _, media := range []string{"text/html", "", "application/octet-stream", "application/gzip"} {
		if got := text(t, Input{Body: b.Bytes(), MediaType: media}); got != "We keep data for 30 days.\n" {
			t.Errorf("%q: %q", media, got)
		}
	}
	_, err := Text(Input{Body: b.Bytes()[:b.Len()/2], MediaType: "text/html"})
	if !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), "compressed") {
		t.Errorf("half of it: %v", err)
	}
}

// TestRubbishIsNoText: what is no text is refused whatever it is said to be.
func TestRubbishIsNoText(t *testing.T) {
	for name, body := range map[string]string{
		"controls":    "<p>" + strings.Repeat("\x01\x02\x03a", 50) + "</p>",
		"replacement": "<p>" + strings.Repeat("\ufffd\ufffdb ", 50) + "</p>",
		"private":     "<p>" + strings.Repeat("\ue001\ue002 ", 50) + "</p>",
	} {
		for _, media := range []string{"text/html; charset=utf-8", "text/plain"} {
			if got, err := Text(Input{Body: []byte(body), MediaType: media}); !errors.Is(err, model.ErrInvalid) ||
				!strings.Contains(err.Error(), "not text") {
				t.Errorf("%s as %s: %.40q, %v", name, media, got, err)
			}
		}
	}
}

func TestUnreadableInputIsInvalid(t *testing.T) {
	for _, in := range []Input{{Body: []byte("%PDF-1.7"), MediaType: "application/pdf"},
		{Body: []byte("<p>x"), MediaType: "application/pdf"}, {Body: []byte("\x89PNG\r\n\x1a\n")},
		{Body: []byte("a\x00b"), MediaType: "text/plain"}} {
		if got, err := Text(in); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%q: %q, %v", in.Body, got, err)
		}
	}
}

func TestMediaTypeIsGuessedByName(t *testing.T) {
	for name, want := range map[string]string{"a.HTML": "text/html", "a.md": "text/markdown", "a.txt": "text/plain",
		"a.pdf": "application/pdf", "a": "text/html"} {
		if got := MediaTypeOf(name, []byte("<!doctype html><p>x")); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestFileIsReadAndNamed(t *testing.T) {
	dir := t.TempDir()
	for name, body := range map[string]string{"a.md": "# Terms\n", "a.html": "<p>Terms"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	md, err := File(t.Context(), filepath.Join(dir, "a.md"))
	if err != nil || md.Text != "# Terms\n" || md.SHA256 != md.TextSHA256 || md.Extractor != "" {
		t.Errorf("%+v, %v", md, err)
	}
	html, err := File(t.Context(), filepath.Join(dir, "a.html"))
	if err != nil || html.Text != "Terms\n" || html.SHA256 == html.TextSHA256 || html.Extractor != Version {
		t.Errorf("%+v, %v", html, err)
	}
	for path, says := range map[string]string{dir: "folder", filepath.Join(dir, "b.md"): "no such file"} {
		if _, err := File(t.Context(), path); !errors.Is(err, model.ErrInvalid) ||
			!strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// FuzzText: whatever a page holds, it gives the same text twice, or an error of
// ours, and never a panic.
func FuzzText(f *testing.F) {
	f.Add([]byte("<table><tr><td>a<table>b<br></table>"), "text/html", "td")
	f.Add([]byte("\xff\xfea\x00"), "text/plain", "")
	f.Add([]byte("<ul><li><ol><a><table><tr><td>"), "text/html; charset=utf-16", "a, b")
	f.Fuzz(func(t *testing.T, body []byte, media, css string) {
		if len(body) > 4000 || len(css) > 100 {
			return
		}
		in := Input{Body: body, MediaType: media}
		if css != "" {
			in.Select = model.CSS(css)
		}
		a, err := Text(in)
		b, again := Text(in)
		if a != b || (err == nil) != (again == nil) {
			t.Fatalf("two texts of one page: %q, %q", a, b)
		}
		if err != nil && a != "" {
			t.Fatalf("a text and an error: %q, %v", a, err)
		}
	})
}
