package humanize

import "testing"

func TestAlikeBySaysWhatIsNotByWords(t *testing.T) {
	for _, c := range []struct {
		platforms, byType int
		want              string
	}{{9, 0, ""}, {9, 9, ", all by type"}, {9, 2, ", 7 by words and 2 by type"}, {0, 0, ""}} {
		if got := AlikeBy(c.platforms, c.byType); got != c.want {
			t.Errorf("%d, %d: %q", c.platforms, c.byType, got)
		}
	}
}
