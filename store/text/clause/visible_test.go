package clause

import (
	"strings"
	"testing"

	"fineprint/store/text/redline"
)

// TestLookAhead: an image's words are only looked through so deep, or a text of
// "![" that nothing closes takes time with its square.
func TestLookAhead(t *testing.T) {
	image := func(n int) string { return "!" + strings.Repeat("[", n) + "x" + strings.Repeat("]", n) + "(y)" }
	for _, c := range []struct{ name, text, want string }{
		{"image", image(1), "x"},
		{"brackets as deep as may be", image(redline.MaxBrackets), strings.Repeat("[", redline.MaxBrackets-1) + "x" +
			strings.Repeat("]", redline.MaxBrackets-1)},
		{"too deep for an image", image(redline.MaxBrackets + 1), "!" + strings.Repeat("[", redline.MaxBrackets) + "x" +
			strings.Repeat("]", redline.MaxBrackets)},
		{"address in angle brackets", "<https://a.example/b> c", "https://a.example/b c"},
		{"too long for an address", "<a:" + strings.Repeat("b", maxAutolink) + "> c", "<a:" +
			strings.Repeat("b", maxAutolink) + "> c"},
	} {
		if got := Visible(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
