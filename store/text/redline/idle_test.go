package redline

import (
	"strings"
	"testing"

	"fineprint/store/model"
)

// TestPlacesThatSayNothingAreIdle beside one that says something.
func TestPlacesThatSayNothingAreIdle(t *testing.T) {
	const kept = "In this whole paragraph there are many words that stay as they were before, %, until its very end, where members have 30 days."
	for _, c := range []struct {
		old, new string
		idle     bool
	}{
		{`our "Service"`, "our “Service”", true}, {"we don't", "we don’t", true}, {"**all** of it", "all of it", true},
		{"all  of it", "all of it", true}, {"all\u00a0of it", "all of it", true}, {"[a](/x) b", "[a](/y) b", true},
		{"a; b", "a b", true}, {"a - b", "a – b", true}, {"a\n---\nb", "a\n-----\nb", true}, {"`a` b", "a b", true},
		{"~~all~~ of it", "all of it", false}, {"a ≤ b", "a ≥ b", false}, {"| a |  | b |", "| a | b |", false},
		{"a b", "a c", false}, {"a 5 %", "a 5 ‰", false}, {"a -5", "a 5", false}, {"[a](mailto:x@y.example)", "[a](mailto:z@y.example)", false},
		{"ads ✓", "ads ✗", false}, {"a < b", "a > b", false}, {"a ★★", "a ★", false}, {"US", "us", false},
		{"| a |   | b |", "| a | | b |", true},
	} {
		old := strings.Replace(kept, "%", c.old, 1)
		new := strings.Replace(strings.Replace(kept, "%", c.new, 1), "30 days", "10 days", 1)
		spans := Compare(old, new).Spans
		idle := Idle(spans)
		first := -1
		for i, s := range spans {
			if s.Op != model.Equal && first < 0 {
				first = i
			}
			if s.Op == model.Equal && idle[i] || strings.Contains(s.Text, "30") && s.Op == model.Delete && idle[i] {
				t.Errorf("%q to %q: %q is idle", c.old, c.new, s.Text)
			}
		}
		if first < 0 || idle[first] != c.idle {
			t.Errorf("%q to %q: %v of %+v", c.old, c.new, idle, spans)
		}
		alone := Compare(strings.Replace(kept, "%", c.old, 1), strings.Replace(kept, "%", c.new, 1)).Spans
		for i, is := range Idle(alone) {
			if is {
				t.Errorf("%q to %q: %q is idle, and nothing else differs", c.old, c.new, alone[i].Text)
			}
		}
	}
}

// FuzzIdle: a place that is idle has the same words on both sides.
func FuzzIdle(f *testing.F) {
	f.Add("a “b” c 5 d", "a \"b\" c 6 d")
	f.Add("~~a~~ | b", "a || b")
	f.Fuzz(func(t *testing.T, old, new string) {
		spans := Compare(old, new).Spans
		idle := Idle(spans)
		if len(idle) != len(spans) {
			t.Fatalf("%d of %d spans", len(idle), len(spans))
		}
		words := func(op model.Op, i int) string {
			var b strings.Builder
			for ; i < len(spans) && spans[i].Op != model.Equal; i++ {
				if spans[i].Op != op {
					continue
				}
				for _, tok := range Tokens(spans[i].Text) {
					if IsWord(tok) && !IsTarget(tok) {
						b.WriteString(strings.ReplaceAll(tok, "’", "'") + " ")
					}
				}
			}
			return b.String()
		}
		for i, is := range idle {
			if is && (spans[i].Op == model.Equal || (i == 0 || spans[i-1].Op == model.Equal) &&
				words(model.Delete, i) != words(model.Insert, i)) {
				t.Fatalf("%+v of %+v is idle", spans[i], spans)
			}
		}
	})
}
