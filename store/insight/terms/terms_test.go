package terms_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"fineprint/store/insight/terms"
)

func of(s string) (list []string) {
	terms.Each(s, func(term []byte, _, _ int, _ bool) { list = append(list, string(term)) })
	return list
}

func TestTextsAreCutIntoTerms(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "Don't Opt-Out!": "dont opt out", "user’s l'utilisateur": "users l utilisateur", "Été STRASSE Straße": "ete strasse strasse",
		"微信支付 ok": "微信 信支 支付 付 ok", "30 days": "30 days", "हिन्दी": "हिन्दी", "e\u0301te\u0301": "ete",
	} {
		if got := strings.Join(of(text), " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestWhatIsTypedIsAskedFor(t *testing.T) {
	for typed, want := range map[string]string{
		"opt-out": "[{opt 0 false} {out 1 false}]", "微信支付": "[{微信 0 false} {信支 1 false} {支付 2 false}]",
		"信": "[{信 0 true}]", "!": "[]",
	} {
		if got := fmt.Sprint(terms.Ask(typed, false)); got != want {
			t.Errorf("%q: %s, want %s", typed, got, want)
		}
	}
}

func FuzzTermsAreBoundedAndInOrder(f *testing.F) {
	f.Add("Don't l'accord 微信支付 ความเป็น")
	f.Fuzz(func(t *testing.T, s string) {
		at := 0
		terms.Each(s, func(term []byte, start, end int, _ bool) {
			if len(term) == 0 || len(term) > terms.MaxBytes || start < at || end <= start || end > len(s) {
				t.Errorf("%q: %q at %d to %d, after %d", s, term, start, end, at)
			}
			if !utf8.RuneStart(s[start]) || end < len(s) && utf8.ValidString(s) && !utf8.RuneStart(s[end]) {
				t.Errorf("%q: %d to %d is within a character", s, start, end)
			}
			at = start
		})
	})
}

func TestComposedAndDecomposedAccentsAreOne(t *testing.T) {
	s := "Données à caractère Überprüfung señor Ελλάδα"
	if a, b := of(norm.NFC.String(s)), of(norm.NFD.String(s)); strings.Join(a, " ") != strings.Join(b, " ") {
		t.Errorf("%q and %q", a, b)
	}
}
