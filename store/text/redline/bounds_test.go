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

// TestBoundsAreThoseOfTheStandards: parentheses nest 32 deep in a link's target, as in cmark, brackets in
// its words as deep, and an e-mail address has up to 64 and 255 bytes (RFC 5321).
func TestBoundsAreThoseOfTheStandards(t *testing.T) {
	parentheses := func(n int) int { return LinkTarget(strings.Repeat("(", n) + strings.Repeat(")", n)) }
	if parentheses(32) != 64 || parentheses(33) != 0 {
		t.Errorf("parentheses: %d, %d", parentheses(32), parentheses(33))
	}
	brackets := func(n int) int { return LinkWords(strings.Repeat("[", n) + strings.Repeat("]", n) + "(x)") }
	if brackets(32) != 63 || brackets(33) != 0 {
		t.Errorf("brackets: %d, %d", brackets(32), brackets(33))
	}
	local := func(n int) int { return email(strings.Repeat("a", n) + "@b.example") }
	if local(64) != 74 || local(65) != 0 {
		t.Errorf("names: %d, %d", local(64), local(65))
	}
	domain := func(n int) int { return email("a@b." + strings.Repeat("c", n-2)) }
	if domain(255) != 257 || domain(256) != 0 {
		t.Errorf("hosts: %d, %d", domain(255), domain(256))
	}
}
