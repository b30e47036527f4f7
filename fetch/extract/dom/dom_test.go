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
