package trial

import (
	"strings"
	"testing"
)

// TestResultKeepsNothingOfTheMachine: of a crash its first line, and neither folders nor
// addresses of anything.
func TestResultKeepsNothingOfTheMachine(t *testing.T) {
	trace := "\n\ngoroutine 25 gp=0x1a457c8810e0 m=7 [running]:\nruntime.throw({0x15668a2?, 0x30?})\n" +
		"\t/opt/go/src/runtime/panic.go:1229 +0x48\n"
	rated := "page 183; decide FP-C-000033 --summary one and/or two, 3/4 of http://127.0.0.1:80/a/b"
	for _, c := range []struct{ detail, want string }{
		{"page 96, bit 3; check: unexpected fault address 0x7f9cb879d000\nfatal error: fault\n" +
			"[signal SIGSEGV: segmentation violation code=0x2 addr=0x7f9cb879d000 pc=0x5ac650]" + trace,
			"page 96, bit 3; check: unexpected fault address 0x…"},
		{"[/tmp/w/fineprint check --db /dev/shm/w/kill-1/t.db]: some of it\npanic: index 3 out of range" + trace,
			"[fineprint check --db t.db]: some of it\npanic: index 3 out of range"},
		{"half" + trace, "half\n\ngoroutine 25 gp=0x… m=7 [running]:"},
		{rated, rated},
		{`open "/home/ada/f.db": permission denied`, `open "f.db": permission denied`},
		{strings.Repeat("ä", 400), strings.Repeat("ä", 300) + "…"},
		{"x" + strings.Repeat("ä", 400), "x" + strings.Repeat("ä", 299) + "…"},
	} {
		tr := &Trial{}
		tr.Fail("crashed", "%s", c.detail)
		if got := tr.Failures[0].Detail; got != c.want {
			t.Errorf("%q is kept as\n%q, not\n%q", c.detail, got, c.want)
		}
	}
}
