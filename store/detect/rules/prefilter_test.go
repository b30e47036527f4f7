package rules

import (
	"math/rand/v2"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
	"unicode"

	"fineprint/store/text/clause"
)

// TestWhatIsRuledOutMatchesNoExpression: a test that keeps texts from an expression
// refuses none that the expression matches: none made after it, and no example of a rule.
func TestWhatIsRuledOutMatchesNoExpression(t *testing.T) {
	var examples []string
	for _, r := range Default.Rules() {
		for _, e := range slices.Concat(r.Folds, r.Keeps) {
			for _, text := range []string{e.Old, e.New, clause.Visible(e.Old), clause.Visible(e.New)} {
				examples = append(examples, text, strings.ToLower(text))
				examples = append(examples, strings.Split(text, "\n")...)
			}
		}
	}
	for name, c := range map[string]struct {
		expression *expression
		may        func(string) bool
	}{
		"notice": {notice, mayBeNotice}, "time ago": {timeAgo, mayBeTime}, "this week": {thisWeek, mayBeTime},
		"clock":  {clockTime, func(s string) bool { return strings.Contains(s, ":") }},
		"counts": {counted, mayBeCounter}, "reading time": {readingTime, mayBeCounter}, "copyright": {copyright, HasYear},
		"rights": {rightSigns, mayBeSign}, "form": {formNumber, mayBeForm},
	} {
		parsed, err := syntax.Parse(c.expression.source, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(14, 2))
		texts := slices.Clone(examples)
		for range 1500 {
			var b strings.Builder
			write(&b, r, parsed)
			texts = append(texts, b.String())
		}
		matched := 0
		for _, text := range texts {
			if !c.expression.MatchString(text) {
				continue
			}
			if matched++; !c.may(text) {
				t.Errorf("%s: %q is ruled out and matches", name, text)
			}
		}
		if matched < 200 {
			t.Errorf("%s: only %d texts match", name, matched)
		}
	}
}

// write writes a text that an expression matches, but for what \b asks for.
func write(b *strings.Builder, r *rand.Rand, e *syntax.Regexp) {
	repeat := func(least, most int) {
		if most < 0 || most > least+3 {
			most = least + 3
		}
		for range least + r.IntN(most-least+1) {
			write(b, r, e.Sub[0])
		}
	}
	switch e.Op {
	case syntax.OpLiteral:
		for _, c := range e.Rune {
			for n := r.IntN(4); e.Flags&syntax.FoldCase != 0 && n > 0; n-- {
				c = unicode.SimpleFold(c)
			}
			b.WriteRune(c)
		}
	case syntax.OpCharClass:
		at := 2 * r.IntN(len(e.Rune)/2)
		b.WriteRune(e.Rune[at] + r.Int32N(min(e.Rune[at+1]-e.Rune[at], 200)+1))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte(" ax5"[r.IntN(4)])
	case syntax.OpCapture:
		write(b, r, e.Sub[0])
	case syntax.OpStar:
		repeat(0, -1)
	case syntax.OpPlus:
		repeat(1, -1)
	case syntax.OpQuest:
		repeat(0, 1)
	case syntax.OpRepeat:
		repeat(e.Min, e.Max)
	case syntax.OpConcat:
		for _, part := range e.Sub {
			write(b, r, part)
		}
	case syntax.OpAlternate:
		write(b, r, e.Sub[r.IntN(len(e.Sub))])
	}
}
