// Package browsertest is for tests that render pages with a real browser.
package browsertest

import (
	"os/exec"
	"testing"
)

// Need skips a test where there is no Chromium to render pages with, and in short
// runs.
func Need(tb testing.TB) {
	tb.Helper()
	if testing.Short() {
		tb.Skip("starts a browser")
	}
	for _, name := range []string{"headless_shell", "headless-shell", "chromium", "chromium-browser", "google-chrome",
		"google-chrome-stable"} {
		if _, err := exec.LookPath(name); err == nil {
			return
		}
	}
	tb.Skip("no Chromium is installed: rendering is not tested (Debian: apt install chromium)")
}
