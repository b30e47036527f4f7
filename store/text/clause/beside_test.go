package clause

import (
	"reflect"
	"strings"
	"testing"
)

func same(t *testing.T, old, text string) {
	t.Helper()
	before := Split(old)
	for i := range before.Clauses {
		before.Visible(i)
	}
	want, got := Split(text), SplitBeside(before, text)
	if !reflect.DeepEqual(append([]Clause{}, got.Clauses...), append([]Clause{}, want.Clauses...)) {
		t.Fatalf("%q beside %q:\n got %+v\nwant %+v", text, old, got.Clauses, want.Clauses)
	}
	for range 2 { // as taken over or made, and as kept
		for i := range got.Clauses {
			if v := got.Visible(i); v != Visible(got.Words(i)) {
				t.Fatalf("%q beside %q: clause %d is %q, want %q", text, old, i, v, Visible(got.Words(i)))
			}
		}
	}
}

const besideText = "# T\n\nLead in:\n\n* a\n* b\n    * c\n\n  more of b\n\n1. Heading like\n\nProse here.\n\n> " +
	"quoted\nlazily\n\n| a | b |\n|---|---|\n| c | d |\n\n**Bold**\n\n```\n# code\n\n```\n\nLast: \n\n* x\n"

// Every text that is made of another by cutting out or putting in something
// anywhere is split as if the other had not been there.
func TestSplitBesideIsSplit(t *testing.T) {
	for i := 0; i <= len(besideText); i++ {
		for _, put := range []string{"x", "\n", "\n\n", "\n\n* y\n\n", "\n```\n", "> ", "    ", "\n\n## H\n\n", "1. "} {
			same(t, besideText, besideText[:i]+put+besideText[i:])
			same(t, besideText[:i]+put+besideText[i:], besideText)
		}
		for j := i; j <= len(besideText) && j < i+24; j++ {
			same(t, besideText, besideText[:i]+besideText[j:])
		}
	}
}

// FuzzSplitBeside: a text is split beside another one as it is by itself.
func FuzzSplitBeside(f *testing.F) {
	f.Add(besideText, "# T\n\nLead in:\n\n* a\n")
	f.Add("a\n\n1. b\n\nc\n", "1. b\n\nc\n")
	f.Add(tableText, "a\n| b | c |\n|---|---|\n")
	f.Fuzz(func(t *testing.T, old, text string) {
		same(t, old, text)
		same(t, old+text, text+old)
		same(t, old+"\n\n"+text, old+text)
	})
}

func TestSplitBesideIsSplitWhateverNumberAHeadingHas(t *testing.T) {
	for _, number := range []string{"0. ", "9. ", "10. "} {
		text := strings.Replace(besideText, "1. ", number, 1)
		for i := 0; i <= len(text); i++ {
			for _, put := range []string{"x", "\n", "\n\n", "\n\n* y\n\n", "1. ", "\n\n1. y\n"} {
				same(t, text, text[:i]+put+text[i:])
				same(t, text[:i]+put+text[i:], text)
			}
		}
	}
}
