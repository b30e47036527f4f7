package dom

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestFewerWordsCountsAsFieldsDoes(t *testing.T) {
	root, err := html.Parse(strings.NewReader("<p> one <b>t</b>wo\u00a0three</p> four"))
	if err != nil {
		t.Fatal(err)
	}
	want := len(strings.Fields("one two three four"))
	for n := range 8 {
		if got := FewerWords(root, n); got != (want < n) {
			t.Errorf("fewer than %d of %d words: %t", n, want, got)
		}
	}
}

// TestPatternTakesLettersOfAllScripts: \W is no letter of any.
func TestPatternTakesLettersOfAllScripts(t *testing.T) {
	p := Pattern(`^\W*登録`)
	if !p.MatchString("「登録") || p.MatchString("会員登録") {
		t.Error(`\W is a letter`)
	}
}
