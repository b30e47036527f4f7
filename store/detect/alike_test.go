package detect

import (
	"strings"
	"testing"
)

func TestAlikeTextsShareNineWordsInTen(t *testing.T) {
	ten := strings.Repeat("one two three four five six seven eight nine ten ", 3)
	for name, c := range map[string]struct {
		a, b string
		want bool
	}{
		"the same":            {ten, ten, true},
		"none":                {"", "", true},
		"three of thirty":     {ten, strings.ReplaceAll(ten, "ten", "TEN"), true},
		"four of thirty":      {ten, strings.Replace(strings.ReplaceAll(ten, "ten", "TEN"), "two", "TWO", 1), false},
		"in another order":    {ten, strings.ReplaceAll(ten, "one two", "two one"), true},
		"three more":          {ten, ten + "a b c", true},
		"four more":           {ten, ten + "a b c d", false},
		"twice over":          {ten, ten + ten, false},
		"other markup, links": {"[one](/a) two", "**one** [two](/b)", true},
		"nothing and a word":  {"", "one", false},
	} {
		if Alike(c.a, c.b) != c.want || Alike(c.b, c.a) != c.want {
			t.Errorf("%s: %v", name, !c.want)
		}
	}
}

func TestOnlyAPageThatSaysSoIsNeverReal(t *testing.T) {
	for what, want := range map[string]bool{
		"error page": true, "sign-in page": true, "challenge page": true, "maintenance page": true, "empty": true,
		"cookie wall": false, "truncated": false, "another page": false, "error in place of a part": false,
		"another language: French after English": false, "the page twice over": false, "flips back and forth": false,
		"": false,
	} {
		if NeverReal(what) != want {
			t.Errorf("%q: %v", what, !want)
		}
	}
}
