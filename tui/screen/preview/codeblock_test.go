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
