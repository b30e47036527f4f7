package preview_test

import (
	"strings"
	"testing"

	"charm.land/glamour/v2"
	"github.com/charmbracelet/x/ansi"
)

// TestCodeBlocksAreDrawnAsTheyAre: what colours them is replaced (.replaced/chroma), and
// must lose nothing.
func TestCodeBlocksAreDrawnAsTheyAre(t *testing.T) {
	const code = "func main() {\n\tprintln(\"30 days\") // <kept>\n}"
	for _, style := range []string{"dark", "light", "notty"} {
		r, err := glamour.NewTermRenderer(glamour.WithStandardStyle(style))
		if err != nil {
			t.Fatal(err)
		}
		out, err := r.Render("Before.\n\n```go\n" + code + "\n```\n\nAfter.\n")
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for line := range strings.Lines(ansi.Strip(out)) {
			lines = append(lines, strings.TrimSpace(line))
		}
		drawn := strings.Join(lines, "\n")
		for line := range strings.Lines(code) {
			if !strings.Contains(drawn, strings.TrimSpace(line)) {
				t.Errorf("%s: %q is not in\n%s", style, line, drawn)
			}
		}
	}
}

// TestTagsOfHTMLAreLeftOut: what takes them out is replaced (.replaced/bluemonday). The
// words stay, what is script or style goes.
func TestTagsOfHTMLAreLeftOut(t *testing.T) {
	r, err := glamour.NewTermRenderer(glamour.WithStandardStyle("notty"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := r.Render("<div class=\"x\">Kept &amp; <b>bold</b> 1 < 2</div>\n\nAn <i>inline</i> word" +
		"<script>alert(1)</script>.\n\n<style>p { color: red }</style>\n")
	if err != nil {
		t.Fatal(err)
	}
	drawn := strings.Join(strings.Fields(ansi.Strip(out)), " ")
	for _, kept := range []string{"Kept & bold 1 < 2", "An inline word"} {
		if !strings.Contains(drawn, kept) {
			t.Errorf("%q is not in %q", kept, drawn)
		}
	}
	for _, gone := range []string{"<div", "class", "</b>", "color: red"} {
		if strings.Contains(drawn, gone) {
			t.Errorf("%q is in %q", gone, drawn)
		}
	}
}
