package theme

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestGaugeShowsWhatIsDone(t *testing.T) {
	for _, test := range []struct {
		done, of int
		want     string
	}{{0, 4, "▁▁▁▁"}, {2, 4, "▄▄▁▁"}, {4, 4, "▄▄▄▄"}, {9, 4, "▄▄▄▄"}, {399, 400, "▄▄▄▁"}, {0, 0, "    "}} {
		if got := ansi.Strip(New(true, false).Gauge(test.done, test.of, 4)); got != test.want {
			t.Errorf("%d of %d: got %q, want %q", test.done, test.of, got, test.want)
		}
	}
	if got := ansi.Strip(New(true, true).Gauge(1, 2, 4)); got != "##__" {
		t.Errorf("ASCII: got %q", got)
	}
}
