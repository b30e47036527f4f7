package redline

import (
	"reflect"
	"strings"
	"testing"

	"fineprint/store/model"
	"fineprint/store/text/guard"
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

func TestCompareMarksWholeTokens(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"number", "kept for 30 days after", "kept for 90 days after", "kept for [-30-]{+90+} days after"},
		{"weighty word stays visible", "You agree to share and not sell everything",
			"We promise to keep and not lease anything", ""},
		{"spaces folded", "one two three four five six", "one 2wo thr3e four five six",
			"one [-two three-]{+2wo thr3e+} four five six"},
		{"date and time whole", "at 2022-12-19T19:21:31Z it was", "at 2023-03-10T22:08:32Z it was",
			"at [-2022-12-19T19:21:31Z-]{+2023-03-10T22:08:32Z+} it was"},
		{"date whole", "on January 5, 2026 it", "on January 16, 2026 it", "on [-January 5, 2026-]{+January 16, 2026+} it"},
		{"reference whole", "see 4.2(a) there", "see 4.2(b) there", "see [-4.2(a)-]{+4.2(b)+} there"},
		{"address whole", "write to a.b@c.example now", "write to d@c.example now",
			"write to [-a.b@c.example-]{+d@c.example+} now"},
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

func TestRewriteIsShownAsOneReplacement(t *testing.T) {
	got := Compare("The quick brown fox jumps over the lazy dog near the river bank today, we hear.",
		"A slow green turtle crawls under one busy cat at our harbour wall tomorrow, they say.")
	if !got.Rewritten || len(got.Spans) != 2 {
		t.Errorf("not shown as a rewrite: %s", marked(got.Spans))
	}
}

// FuzzCompare: the spans rebuild both texts, and the same texts give the same spans.
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

func TestShortUnchangedTextBetweenChangesIsFolded(t *testing.T) {
	for _, c := range [][3]string{
		{"one - - two", "one + + two", "one [-- --]{++ ++} two"},
		{"one -\n- two", "one +\n+ two", "one [---]{+++}\n[---]{+++} two"},
		{"one alpha beta two", "one gamma delta two", "one [-alpha beta-]{+gamma delta+} two"},
		{"one alpha, beta two", "one gamma, delta two", "one [-alpha, beta-]{+gamma, delta+} two"},
		{"one alphas of the betas two", "one gammas of the deltas two",
			"one [-alphas of the betas-]{+gammas of the deltas+} two"},
		{"one alphas not betas two", "one gammas not deltas two", "one [-alphas-]{+gammas+} not [-betas-]{+deltas+} two"},
		{"one alphas of the b two", "one gammas of the d two", "one [-alphas-]{+gammas+} of the [-b-]{+d+} two"},
		{"one a of the b two", "one c of the d two", "one [-a-]{+c+} of the [-b-]{+d+} two"},
	} {
		if got := marked(Compare(c[0], c[1]).Spans); got != c[2] {
			t.Errorf("%s, want %s", got, c[2])
		}
	}
}

func TestNothingHasNoSpans(t *testing.T) {
	if got := Compare("", ""); got.Spans == nil || len(got.Spans) != 0 {
		t.Errorf("%+v", got)
	}
	if got := Compare("gone", ""); marked(got.Spans) != "[-gone-]" {
		t.Errorf("%+v", got)
	}
}

func TestLongTextIsComparedSentenceBySentence(t *testing.T) {
	kept := strings.Repeat("We keep what we know of your account for as long as the law asks us to. ", 12)
	old := "You may write to us by post or by telephone. " + kept + "We answer."
	new := kept + "You may write to us by post or by telephone. " + kept + "We answer soon."
	got := marked(Compare(old, new).Spans)
	want := "{+" + kept + "+}You may write to us by post or by telephone. " + kept + "We answer{+ soon+}."
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestRewriteIsWhereThreeFifthsChanged(t *testing.T) {
	words := func(prefix string, n int) string { return strings.Join(numbered(prefix, n), " ") }
	for kept, want := range map[int]bool{7: true, 9: false} { // of 20 words
		old, new := words("k", kept)+" "+words("a", 20-kept), words("k", kept)+" "+words("b", 20-kept)
		if got := Compare(old, new); got.Rewritten != want {
			t.Errorf("%d of 20 words kept: rewritten %t", kept, got.Rewritten)
		}
	}
}

func TestLongInsertionIsNoRewrite(t *testing.T) {
	old := "We may end your account at any time and for any reason we like."
	got := Compare(old, old+strings.Repeat(" There is more to be said of it.", 40))
	if got.Rewritten || got.Spans[0].Op != model.Equal {
		t.Errorf("%s", marked(got.Spans))
	}
}

func TestTextsThatMakeComparingFailAreShownWhole(t *testing.T) {
	defer guard.Inject(func(text string) bool { return strings.Contains(text, "fatal") })()
	got := Compare("a fatal word", "a word")
	if marked(got.Spans) != "[-a fatal word-]{+a word+}" || !got.Coarse || got.Rewritten {
		t.Errorf("%+v", got)
	}
}

// TestTokensAreBounded: what comes after so many tokens is one, and its redline is coarse.
func TestTokensAreBounded(t *testing.T) {
	text := strings.Repeat("a ", MaxTokens)
	tokens := Tokens(text)
	if len(tokens) != MaxTokens || strings.Join(tokens, "") != text {
		t.Errorf("%d tokens", len(tokens))
	}
	r := Compare(text+"b", text+"c")
	old, new := "", ""
	for _, s := range r.Spans {
		if s.Op != model.Insert {
			old += s.Text
		}
		if s.Op != model.Delete {
			new += s.Text
		}
	}
	if !r.Coarse || old != text+"b" || new != text+"c" {
		t.Errorf("coarse %t, %d spans", r.Coarse, len(r.Spans))
	}
}
