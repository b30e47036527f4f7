package redline

import (
	"strings"
	"testing"
)

// TestTargetIsLookedThroughToABoundedLength: what begins like a link's target or an e-mail address is only
// looked through so far, or a text of such beginnings takes time with its square.
func TestTargetIsLookedThroughToABoundedLength(t *testing.T) {
	nested := func(n int) string { return strings.Repeat("(", n) + "x" + strings.Repeat(")", n) }
	for _, c := range []struct {
		name, text string
		want       int
	}{
		{"nested as deep as may be", nested(maxNesting), 2*maxNesting + 1},
		{"nested too deep", nested(maxNesting + 1), 0},
		{"an escaped parenthesis is none", `(a\)b) c)`, 6},
		{"closed on the next line", "(a\nb)", 0},
		{"closed in another target", "(a(b) c", 0},
		{"escape at the end", `(a\`, 0},
	} {
		if got := LinkTarget(c.text); got != c.want {
			t.Errorf("%s: %d bytes, want %d", c.name, got, c.want)
		}
	}
	for _, c := range []struct {
		name, text string
		want       int
	}{
		{"long name", strings.Repeat("a.", maxLocal/2) + "@b.example", maxLocal + 10},
		{"too long a name", strings.Repeat("a.", maxLocal/2) + "a@b.example", 0},
		{"long host", "a@" + strings.Repeat("b.", maxDomain/2) + "c", 2 + maxDomain},
		{"too long a host", "a@" + strings.Repeat("b.", maxDomain/2) + "cc", 0},
	} {
		if got := email(c.text); got != c.want {
			t.Errorf("%s: %d bytes, want %d", c.name, got, c.want)
		}
	}
}
