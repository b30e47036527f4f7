package reading

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestOutlineCoversHalfAWideCharacter: what the outline lies over is as wide as before,
// wherever a character of two cells is cut.
func TestOutlineCoversHalfAWideCharacter(t *testing.T) {
	const line = "ab您同意 c\x1b[1md🙂\x1b[m"
	for n := range ansi.StringWidth(line) + 2 {
		want := max(0, ansi.StringWidth(line)-n)
		if got := after(line, n); ansi.StringWidth(got) != want {
			t.Errorf("after %d cells %q is %d wide, not %d", n, got, ansi.StringWidth(got), want)
		}
	}
}
