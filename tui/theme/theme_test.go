package theme

import (
	"fmt"
	"image/color"
	"math"
	"regexp"
	"strconv"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// luminance is WCAG's relative luminance.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

var indexed = regexp.MustCompile(`38;5;(\d+)`)

// TestContrast: every colour of text reads at 4.5:1 on its background.
func TestContrast(t *testing.T) {
	for _, dark := range []bool{true, false} {
		background := color.Color(color.White)
		if dark {
			background = color.Black
		}
		th := New(dark, false)
		for name, style := range map[string]ansi.Style{"title": th.Title, "faint": th.Faint, "bad": th.Bad, "good": th.Good, "deleted": th.Deleted, "inserted": th.Inserted, "folded": th.Folded, "bar": th.Bar} {
			m := indexed.FindStringSubmatch(style.String())
			if m == nil {
				t.Errorf("dark %v: %s has no colour of the palette: %q", dark, name, style.String())
				continue
			}
			n, _ := strconv.Atoi(m[1])
			if got := contrast(ansi.IndexedColor(n), background); got < 4.5 {
				t.Errorf("dark %v: %s (colour %d) has contrast %.2f", dark, name, n, got)
			}
		}
	}
}

// TestNeverColourAlone: with its colours taken away, what means something else
// still looks otherwise; in ASCII the brackets of the redline do that.
func TestNeverColourAlone(t *testing.T) {
	colour := regexp.MustCompile(`;?38;5;\d+`)
	for _, dark := range []bool{true, false} {
		th := New(dark, false)
		seen := map[string]string{}
		for name, style := range map[string]ansi.Style{"plain": {}, "deleted": th.Deleted, "inserted": th.Inserted, "selected": th.Selected} {
			bare := colour.ReplaceAllString(fmt.Sprintf("%q", style.String()), "")
			if other, ok := seen[bare]; ok {
				t.Errorf("dark %v: %s and %s differ by colour only", dark, name, other)
			}
			seen[bare] = name
		}
	}
	if th := New(true, true); !th.ASCII || th.Ellipsis != "..." {
		t.Errorf("ASCII theme %+v", th)
	}
}
