package redline

import (
	"reflect"
	"strings"
	"testing"

	"fineprint/store/model"
)

func rebuild(spans []model.Span, without model.Op) string {
	var b strings.Builder
	for _, s := range spans {
		if s.Op != without {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func marked(spans []model.Span) string {
	var b strings.Builder
	for _, s := range spans {
		switch s.Op {
		case model.Delete:
			b.WriteString("[-" + s.Text + "-]")
		case model.Insert:
			b.WriteString("{+" + s.Text + "+}")
		default:
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func TestCompare(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"number", "kept for 30 days after", "kept for 90 days after", "kept for [-30-]{+90+} days after"},
		{"weighty word stays visible", "You agree to share and not sell everything", "We promise to keep and not lease anything", ""},
		{"spaces folded", "one two three four five six", "one 2wo thr3e four five six", "one [-two three-]{+2wo thr3e+} four five six"},
		{"date and time whole", "at 2022-12-19T19:21:31Z it was", "at 2023-03-10T22:08:32Z it was", "at [-2022-12-19T19:21:31Z-]{+2023-03-10T22:08:32Z+} it was"},
		{"date whole", "on January 5, 2026 it", "on January 16, 2026 it", "on [-January 5, 2026-]{+January 16, 2026+} it"},
		{"reference whole", "see 4.2(a) there", "see 4.2(b) there", "see [-4.2(a)-]{+4.2(b)+} there"},
		{"address whole", "write to a.b@c.example now", "write to d@c.example now", "write to [-a.b@c.example-]{+d@c.example+} now"},
		{"CJK by character", "保存三十天", "保存九十天", "保存[-三-]{+九+}十天"},
		{"negation in", "We will sell your data", "We will not sell your data", "We will {+not +}sell your data"},
		{"same", "same", "same", "same"},
		{"added", "", "new words", "{+new words+}"},
		{"a share is one word", "a fee of 3.5% applies", "a fee of 4.5% applies", "a fee of [-3.5%-]{+4.5%+} applies"},
	} {
		got := Compare(c.old, c.new)
		if c.want != "" && marked(got.Spans) != c.want {
			t.Errorf("%s: %s, want %s", c.name, marked(got.Spans), c.want)
		}
		if rebuild(got.Spans, model.Insert) != c.old || rebuild(got.Spans, model.Delete) != c.new {
			t.Errorf("%s: spans do not rebuild the texts: %v", c.name, got.Spans)
		}
	}
}

func TestRewriteIsNotConfetti(t *testing.T) {
	got := Compare("The quick brown fox jumps over the lazy dog near the river bank today, we hear.",
		"A slow green turtle crawls under one busy cat at our harbour wall tomorrow, they say.")
	if !got.Rewritten || len(got.Spans) != 2 {
		t.Errorf("not shown as a rewrite: %s", marked(got.Spans))
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("kept for 30 days", "kept for 90 days")
	f.Add("a b c a b b a", "c b a b a c")
	f.Add("\xff\xfe x", "x \xff")
	f.Add(strings.Repeat("a b ", 900), strings.Repeat("c a ", 900))
	f.Fuzz(func(t *testing.T, old, new string) {
		got := Compare(old, new)
		if rebuild(got.Spans, model.Insert) != old || rebuild(got.Spans, model.Delete) != new {
			t.Fatalf("spans do not rebuild: %q", got.Spans)
		}
		if !reflect.DeepEqual(got, Compare(old, new)) {
			t.Fatal("compared again it is another redline")
		}
		for _, s := range got.Spans {
			if s.Text == "" {
				t.Fatal("an empty span")
			}
		}
	})
}
