package clause

import (
	"strings"
	"testing"
)

// TestManyOpenBracketsAreBounded: a link behind brackets that never close is still one,
// and what is within brackets by the hundred is what it is.
func TestManyOpenBracketsAreBounded(t *testing.T) {
	for _, n := range []int{3, maxOpen, 5 * maxOpen} {
		open := strings.Repeat("[", n)
		if got := Visible(open + "a [b](https://a.example) c"); got != open+"a b c" {
			t.Errorf("%d brackets: %q", n, got)
		}
	}
}
