package lookup

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"fineprint/store/insight/terms"
)

// Words of several scripts, some of which are written without spaces.
var scripts = strings.Fields("we may keep arbitration opt-out user's données Été naïve Straße ОТКАЗ данные 微信支付 隐私政策 " +
	"ความเป็นส่วนตัว حقوق הסכם ３０ e\u0301te\u0301 🙂 — “terms” 30.5 ÅNGSTRÖM ﬁnal")

// TestMarksAreWhereTheWordsAre holds the marks of snippets against the words that were
// looked for: each mark has one, is of whole characters, and every snippet of a clause that
// has one has a mark.
func TestMarksAreWhereTheWordsAre(t *testing.T) {
	rng := rand.New(rand.NewPCG(18, 5))
	for range 3000 {
		var clause []string
		for range 1 + rng.IntN(120) {
			clause = append(clause, scripts[rng.IntN(len(scripts))])
		}
		words := strings.Join(clause, " ")
		typed := clause[rng.IntN(len(clause))]
		prefix := rng.IntN(2) == 0
		if prefix { // the beginning of a word
			_, size := utf8.DecodeRuneInString(typed)
			typed = typed[:size]
		}
		asked := terms.Ask(typed, prefix)
		if len(asked) == 0 {
			continue
		}
		cut, marks := snippet(words, phrases{asked})
		if len(marks) == 0 && !prefix {
			t.Fatalf("nothing is marked of %q in %q", typed, cut)
		}
		if bare := strings.TrimSuffix(strings.TrimPrefix(cut, "…"), "…"); !strings.Contains(words, bare) || !utf8.ValidString(cut) {
			t.Fatalf("%q is not a part of the clause", cut)
		}
		end := 0
		for _, m := range marks {
			if m.Start < end || m.End <= m.Start || m.End > len(cut) || !utf8.ValidString(cut[m.Start:m.End]) {
				t.Fatalf("mark %v of %q", m, cut)
			}
			end = m.End
			if !says(cut[m.Start:m.End], asked) {
				t.Fatalf("%q is marked for %q", cut[m.Start:m.End], typed)
			}
		}
	}
}

// says reports whether a text has one of some terms.
func says(s string, asked []terms.Asked) (ok bool) {
	terms.Each(s, func(term []byte, _, _ int, _ bool) {
		for _, a := range asked {
			ok = ok || string(term) == a.Term || a.Prefix && strings.HasPrefix(string(term), a.Term)
		}
	})
	return ok
}
