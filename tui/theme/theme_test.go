package theme

import (
	"image/color"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/terms"
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

// styles are all styles of a theme by name, those of the severities too; a style
// added later can't be forgotten here.
func styles(t Theme) map[string]ansi.Style {
	all := map[string]ansi.Style{}
	v := reflect.ValueOf(t)
	for i := range v.NumField() {
		if !v.Type().Field(i).IsExported() {
			continue
		}
		if s, ok := v.Field(i).Interface().(ansi.Style); ok {
			all[v.Type().Field(i).Name] = s
		}
	}
	for _, s := range terms.Severities {
		all[string(s)] = t.Severity(s)
	}
	return all
}

var indexed = regexp.MustCompile(`38;5;(\d+)`)

// TestContrast: every colour of text reads at 4.5:1 on black and on the usual
// dark grey, or on white and on solarized's paper. A reversed style has the same
// contrast the other way round.
func TestContrast(t *testing.T) {
	backgrounds := map[bool][]color.Color{
		true:  {color.Black, color.RGBA{0x1e, 0x1e, 0x1e, 0xff}},
		false: {color.White, color.RGBA{0xfd, 0xf6, 0xe3, 0xff}},
	}
	uncoloured := map[string]bool{"Selected": true, "Label": true} // in the terminal's own
	for _, palette := range Palettes() {
		for dark, on := range backgrounds {
			for _, ascii := range []bool{false, true} {
				for name, style := range styles(NewPalette(palette, dark, ascii)) {
					m := indexed.FindStringSubmatch(style.String())
					if palette == "mono" || uncoloured[name] {
						if m != nil {
							t.Errorf("%s, dark %v: %s has a colour", palette, dark, name)
						}
						continue
					}
					if m == nil {
						t.Errorf("%s, dark %v: %s has no colour of the palette: %q", palette, dark, name, style.String())
						continue
					}
					n, _ := strconv.Atoi(m[1])
					if n < 16 {
						t.Errorf("%s, dark %v: %s uses colour %d, which every terminal has otherwise", palette, dark, name, n)
					}
					for _, background := range on {
						if got := contrast(ansi.IndexedColor(n), background); got < 4.5 {
							t.Errorf("%s, dark %v: %s (colour %d) has contrast %.2f on %v", palette, dark, name, n, got, background)
						}
					}
				}
			}
		}
	}
}

// seen is what is left of a style on a terminal without colours, or without
// attributes too, with the signs around it.
func seen(style ansi.Style, attributes bool, signs string) string {
	if !attributes {
		return signs
	}
	bare := regexp.MustCompile(`;?38;5;\d+`).ReplaceAllString(style.String(), "")
	return bare + " " + signs
}

// TestNeverColourAlone: with the colours taken away, what means something else
// looks otherwise; in ASCII it does so without attributes.
func TestNeverColourAlone(t *testing.T) {
	for _, palette := range Palettes() {
		for _, dark := range []bool{true, false} {
			for _, ascii := range []bool{false, true} {
				th := NewPalette(palette, dark, ascii)
				s := th.Signs
				looks := map[string]string{}
				for name, x := range map[string]struct {
					style ansi.Style
					signs string
				}{
					"plain":    {ansi.Style{}, ""},
					"deleted":  {th.Deleted, s.DeleteOpen + s.DeleteClose},
					"inserted": {th.Inserted, s.InsertOpen + s.InsertClose},
					"moved":    {th.Moved, s.MoveOpen + s.MoveClose},
					"match":    {th.Match, s.MatchOpen + s.MatchClose},
					"current":  {th.Current, s.CurrentOpen + s.CurrentClose},
					"selected": {th.Selected, s.Cursor},
					"marked":   {th.Marked, s.Marked},
				} {
					look := seen(x.style, !ascii, x.signs)
					if other, ok := looks[look]; ok {
						t.Errorf("%s, dark %v, ascii %v: %s and %s both look like %q", palette, dark, ascii, name, other, look)
					}
					looks[look] = name
				}
			}
		}
	}
}

// TestAttributesAlone: deleted, inserted, moved and found stay apart by their
// attributes only, for a redline has no signs outside ASCII.
func TestAttributesAlone(t *testing.T) {
	th := New(true, false)
	looks := map[string]string{}
	for name, style := range map[string]ansi.Style{"plain": {}, "deleted": th.Deleted, "inserted": th.Inserted, "moved": th.Moved, "match": th.Match, "current": th.Current, "selected": th.Selected} {
		look := seen(style, true, "")
		if other, ok := looks[look]; ok {
			t.Errorf("%s and %s differ by colour only", name, other)
		}
		looks[look] = name
	}
}

// TestStatesHaveSigns: no two states share a sign, every sign is one cell, and
// ASCII is ASCII.
func TestStatesHaveSigns(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		th := New(true, ascii)
		signs := map[string]terms.State{}
		for _, s := range terms.States {
			sign, _ := th.State(s)
			if other, ok := signs[sign]; ok {
				t.Errorf("ascii %v: %s and %s have the sign %q", ascii, s, other, sign)
			}
			signs[sign] = s
			if ansi.StringWidth(sign) != 1 {
				t.Errorf("ascii %v: the sign %q of %s is %d wide", ascii, sign, s, ansi.StringWidth(sign))
			}
		}
	}
	th := New(true, true)
	for _, v := range []any{th.Signs, th.Frame} {
		for i, r := 0, reflect.ValueOf(v); i < r.NumField(); i++ {
			for _, c := range r.Field(i).String() {
				if c > 0x7e {
					t.Errorf("ASCII's %s is %q", r.Type().Field(i).Name, c)
				}
			}
		}
	}
	if th.Ellipsis != "..." {
		t.Errorf("ASCII's ellipsis is %q", th.Ellipsis)
	}
}

func TestSparkline(t *testing.T) {
	if got, want := New(true, false).Sparkline([]int{0, 1, 50, 100}), " ▁▄█"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := New(true, true).Sparkline([]int{0, 1, 50, 100}), " .=@"; got != want {
		t.Errorf("ASCII: got %q, want %q", got, want)
	}
	if got := New(true, false).Sparkline([]int{0, 0}); got != "  " {
		t.Errorf("nothing at all is drawn as %q", got)
	}
}

func TestUnknownPaletteIsTheDefault(t *testing.T) {
	if got := NewPalette("beige", true, false).Palette; got != Default || Palettes()[0] != Default {
		t.Errorf("palette %q, default %q of %v", got, Default, Palettes())
	}
}
