package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// nasty is what terminals obey, hide or take for another thing.
var nasty = []string{
	"\x1b[31m", "\x1b]0;owned\x07", "\x1b]52;c;b3duZWQ=\x07", "\x1bPq\x1b\\", "\x1b_x\x1b\\", "\x1bc", "\x1b[2J", "\x1b",
	"\u009b31m", "\u009d0;x\u009c", "\u0090", "\u0085", "\x07", "\x08\x08", "\r", "\v\f", "\x7f", "\x0e\x0f", "\xff\xfe", "\xc3",
	"\u202e", "\u202d", "\u2066", "\u2069", "\u200e", "\u061c", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\ufe0f",
	"\u2028", "\u2029", "\U000e0041\U000e007f", "\ue000", "\U0010fffd", "\uffff", "\u3164", "\u115f",
	"<script>", "](javascript:x)", "=cmd|x", "%s%n", "{{.}}", "\\x1b[31m", "&#27;",
}

// source makes strings, each with a number of its own.
type source struct {
	random *rand.Rand
	n      int
}

func newSource(seed uint64) *source { return &source{random: rand.New(rand.NewPCG(seed, 19))} }

// next returns a string of nasty pieces with its number, zq12qz, in their middle.
func (s *source) next() string {
	s.n++
	var b strings.Builder
	for i := range 2 + s.random.IntN(3) {
		if i == 1 {
			fmt.Fprintf(&b, " zq%dqz ", s.n)
		}
		b.WriteString(nasty[s.random.IntN(len(nasty))])
	}
	return b.String()
}

// line returns one that may be an argument or stand in one line.
func (s *source) line() string {
	return strings.NewReplacer("\n", "", "\x00", "").Replace(s.next())
}

// name returns one that may be part of a path.
func (s *source) name() string { return "n" + strings.NewReplacer("/", "", "\n", "").Replace(s.next()) }

// text returns a document of so many paragraphs with a string each.
func (s *source) text(paragraphs int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Terms %s\n\n", s.line())
	for i := range paragraphs {
		if i%20 == 19 {
			fmt.Fprintf(&b, "## Part %d %s\n\n", i, s.line())
			continue
		}
		fmt.Fprintf(&b, "You may not keep %s for more than %d days.\n\n", s.line(), i+2)
	}
	return b.String()
}
