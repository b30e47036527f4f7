package desktest

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Flaw describes what is wrong with a frame for a window of w by h cells, "" when
// nothing is: a line wider than the window, or another number of lines.
func Flaw(frame string, w, h int) string {
	if frame == "" && (w == 0 || h == 0) {
		return ""
	}
	lines := strings.Split(frame, "\n")
	if len(lines) > max(h, 1) {
		return fmt.Sprintf("%d lines in a window of %d", len(lines), h)
	}
	for i, l := range lines {
		if n := ansi.StringWidth(l); n > w {
			return fmt.Sprintf("line %d is %d cells wide in a window of %d: %q", i, n, w, l)
		}
	}
	return ""
}
