package humanize

import "testing"

func TestAlikeBySaysWhatIsNotByWords(t *testing.T) {
	for _, c := range []struct {
		platforms, byType int
		want              string
	}{{9, 0, ""}, {9, 9, " by its type, in other words"}, {9, 2, ", 7 by its words and 2 by its type"}, {0, 0, ""}} {
		if got := AlikeBy(c.platforms, c.byType); got != c.want {
			t.Errorf("%d, %d: %q", c.platforms, c.byType, got)
		}
	}
}
