package theme

import (
	"go/ast"
	"go/parser"
	"go/token"
	"image/color"
	"io/fs"
	"math"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fineprint/store/model"

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

// styles are all styles of a theme by name, those of the severities and states
// too; a style added later can't be forgotten here.
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
	for _, s := range model.Severities {
		all[string(s)] = t.Severity(s)
		all["chip "+string(s)] = t.Chip(s)
	}
	for _, s := range model.States {
		all[string(s)] = t.State(s)
	}
	return all
}

var filled = regexp.MustCompile(`48;5;(\d+)`)

var indexed = regexp.MustCompile(`38;5;(\d+)`)

// TestTextContrastIsReadable: every colour of text reads at 4.5:1 on black and on the usual
// dark grey, or on white and on solarized's paper. A reversed style has the same
// contrast the other way round.
func TestTextContrastIsReadable(t *testing.T) {
	backgrounds := map[bool][]color.Color{
		true:  {color.Black, color.RGBA{0x1e, 0x1e, 0x1e, 0xff}},
		false: {color.White, color.RGBA{0xfd, 0xf6, 0xe3, 0xff}},
	}
	uncoloured := map[string]bool{ // in the terminal's own
		"Selected": true, "Label": true, "Heading": true, "Modified": true, string(model.Pending): true,
	}
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
						t.Errorf("%s, dark %v: %s has no colour of the palette: %q", palette, dark, name,
							style.String())
						continue
					}
					n, _ := strconv.Atoi(m[1])
					if n < 16 {
						t.Errorf("%s, dark %v: %s uses colour %d, which every terminal has otherwise", palette, dark,
							name, n)
					}
					under := slices.Clone(on)
					if m := filled.FindStringSubmatch(style.String()); m != nil { // it has one of its own
						of, _ := strconv.Atoi(m[1])
						under = []color.Color{ansi.IndexedColor(of)}
					} else if !reversed(style) { // it may be in the row under the cursor
						p := named(palette).light
						if dark {
							p = named(palette).dark
						}
						under = append(under, ansi.IndexedColor(p.cursor))
					}
					want := 4.5
					if name == "Border" { // no text: it only has to be seen
						want = 1.5
					}
					for _, background := range under {
						if got := contrast(ansi.IndexedColor(n), background); got < want {
							t.Errorf("%s, dark %v: %s (colour %d) has contrast %.2f on %v", palette, dark, name, n, got,
								background)
						}
					}
				}
			}
		}
	}
}

func reversed(style ansi.Style) bool { return slices.Contains([]string(style), "7") }

// bare is a style on a terminal without colours.
func bare(style ansi.Style) string {
	return regexp.MustCompile(`;?[34]8;5;\d+`).ReplaceAllString(style.String(), "")
}

// TestStylesDifferWithoutColour: with the colours taken away, what means something else
// looks otherwise by its attributes only, for a redline has no signs outside
// ASCII.
func TestStylesDifferWithoutColour(t *testing.T) {
	for _, palette := range Palettes() {
		for _, dark := range []bool{true, false} {
			th := NewPalette(palette, dark, false)
			looks := map[string]string{}
			for name, style := range map[string]ansi.Style{"plain": {}, "deleted": th.Deleted, "inserted": th.Inserted,
				"selected": th.Selected} {
				look := bare(style)
				if other, ok := looks[look]; ok {
					t.Errorf("%s, dark %v: %s and %s differ by colour only", palette, dark, name, other)
				}
				looks[look] = name
			}
		}
	}
}

// TestSignsTakeOneCell: every sign is one cell, and ASCII is ASCII.
func TestSignsTakeOneCell(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		th := New(true, ascii)
		for i, r := 0, reflect.ValueOf(th.Signs); i < r.NumField(); i++ {
			sign := r.Field(i).String()
			if ansi.StringWidth(sign) != 1 {
				t.Errorf("ascii %v: %s, %q, is %d wide", ascii, r.Type().Field(i).Name, sign, ansi.StringWidth(sign))
			}
			if ascii && (len(sign) != 1 || sign[0] > 0x7e) {
				t.Errorf("ASCII's %s is %q", r.Type().Field(i).Name, sign)
			}
		}
	}
	if th := New(true, true); th.Ellipsis != "..." {
		t.Errorf("ASCII's ellipsis is %q", th.Ellipsis)
	}
}

// TestCursorKeepsTheColoursOfItsRow: what is styled in the row under the cursor stays on
// the row's background, to its end.
func TestCursorKeepsTheColoursOfItsRow(t *testing.T) {
	th := New(true, false)
	row := th.Cursor("a " + th.Good.Styled("b") + " c")
	if got, want := ansi.Strip(row), "a b c"; got != want {
		t.Errorf("the row reads %q", got)
	}
	if n := strings.Count(row, "48;5;237"); n != 2 || !strings.HasSuffix(row, ansi.ResetStyle) {
		t.Errorf("the background is set %d times in %q", n, row)
	}
	if row := NewPalette("mono", true, false).Cursor("a " + th.Good.Styled("b")); row != th.Selected.Styled("a b") {
		t.Errorf("without colours it is %q", row)
	}
}

func TestSparklineScalesToItsGreatest(t *testing.T) {
	if got, want := New(true, false).Sparkline([]int{0, 1, 50, 100}), "▁▂▄▆"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := New(true, true).Sparkline([]int{0, 1, 50, 100}), "_.=#"; got != want {
		t.Errorf("ASCII: got %q, want %q", got, want)
	}
	if got := New(true, false).Sparkline([]int{0, 0}); got != "▁▁" {
		t.Errorf("nothing at all is drawn as %q", got)
	}
}

func TestUnknownPaletteIsTheDefault(t *testing.T) {
	if got := NewPalette("beige", true, false).Palette; got != Default || Palettes()[0] != Default {
		t.Errorf("palette %q, default %q of %v", got, Default, Palettes())
	}
}

// TestEveryStyleIsDrawn: a style that no screen uses is a promise nobody keeps.
func TestEveryStyleIsDrawn(t *testing.T) {
	used := map[string]bool{}
	err := filepath.WalkDir("..", func(file string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") ||
			strings.Contains(file, "theme") {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if of, ok := s.X.(*ast.SelectorExpr); ok && (of.Sel.Name == "theme" || of.Sel.Name == "Theme" ||
					of.Sel.Name == "Signs") {
					used[s.Sel.Name] = true
				}
				if of, ok := s.X.(*ast.Ident); ok && of.Name == "t" {
					used[s.Sel.Name] = true // t := d.o.Theme
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"Severity", "State", "Chip", "Cursor"}
	for i := range reflect.TypeFor[Theme]().NumField() {
		if f := reflect.TypeFor[Theme]().Field(i); f.IsExported() && f.Type == reflect.TypeFor[ansi.Style]() {
			names = append(names, f.Name)
		}
	}
	for i := range reflect.TypeFor[Signs]().NumField() {
		names = append(names, reflect.TypeFor[Signs]().Field(i).Name)
	}
	for _, name := range names {
		if !used[name] {
			t.Errorf("no screen draws %s", name)
		}
	}
}
