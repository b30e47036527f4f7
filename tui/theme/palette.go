package theme

import "github.com/charmbracelet/x/ansi"

// tones are the colours of one palette on one background, as numbers of the
// xterm-256 palette. Numbers below 16 are not used: what they look like is the
// terminal's affair, so their contrast can't be known.
type tones struct {
	inserted, deleted, accent, faint uint8
	low, medium, high, critical      uint8
	flag                             uint8 // words that a reader must not miss
	cursor                           uint8 // the background of the row under the cursor
	border                           uint8 // of lines, which nobody reads: 1.5:1 at least
}

// palette is a set of colours by meaning; a nil pair has none.
type palette struct {
	name, about string
	dark, light *tones
}

// palettes lists the palettes, the default first. Blue and orange stay apart for
// those who confuse red and green, teal and magenta for those who confuse blue
// and yellow; mono leaves the terminal's own colours.
var palettes = []palette{
	{
		name: "blue-orange", about: "told apart by those who confuse red and green",
		dark: &tones{inserted: 80, deleted: 215, accent: 75, faint: 248, low: 248, medium: 221, high: 215,
			critical: 210, flag: 221, cursor: 237, border: 241},
		light: &tones{inserted: 23, deleted: 94, accent: 25, faint: 241, low: 241, medium: 58, high: 94, critical: 124,
			flag: 58, cursor: 254, border: 247},
	},
	{
		name: "teal-magenta", about: "told apart by those who confuse blue and yellow",
		dark: &tones{inserted: 43, deleted: 213, accent: 80, faint: 248, low: 248, medium: 80, high: 218,
			critical: 213, flag: 218, cursor: 237, border: 241},
		light: &tones{inserted: 23, deleted: 126, accent: 23, faint: 241, low: 241, medium: 23, high: 125,
			critical: 89, flag: 125, cursor: 254, border: 247},
	},
	{name: "mono", about: "no colours, only bold, underline, strike and reverse"},
}

// Default is the palette that is used unless another is named.
const Default = "blue-orange"

// Palettes lists the names of the palettes, the default first.
func Palettes() []string {
	names := make([]string, len(palettes))
	for i, p := range palettes {
		names[i] = p.name
	}
	return names
}

// About describes in a few words what a palette is for.
func About(name string) string { return named(name).about }

func named(name string) palette {
	for _, p := range palettes {
		if p.name == name {
			return p
		}
	}
	return palettes[0]
}

// colour paints in a tone of the palette, or leaves a style as it is when the
// palette has none.
type colour func(s ansi.Style, tone func(tones) uint8) ansi.Style

func (p palette) colour(dark bool) colour {
	t := p.light
	if dark {
		t = p.dark
	}
	return func(s ansi.Style, tone func(tones) uint8) ansi.Style {
		if t == nil {
			return s
		}
		return s.ForegroundColor(ansi.IndexedColor(tone(*t)))
	}
}

// background is the style of the row under the cursor, nil without colours.
func (p palette) background(dark bool) ansi.Style {
	t := p.light
	if dark {
		t = p.dark
	}
	if t == nil {
		return nil
	}
	return ansi.Style{}.BackgroundColor(ansi.IndexedColor(t.cursor))
}

// bar is the style of a line that is filled to its end. With colours it is no reversed
// one: the end of a line is erased rather than written, and a terminal erases in the
// background's colour, but never reversed.
func (p palette) bar(dark bool) ansi.Style {
	switch {
	case p.dark == nil:
		return ansi.Style{}.Reverse(true)
	case dark:
		return ansi.Style{}.ForegroundColor(ansi.IndexedColor(black)).BackgroundColor(ansi.IndexedColor(p.dark.accent))
	}
	return ansi.Style{}.ForegroundColor(ansi.IndexedColor(white)).BackgroundColor(ansi.IndexedColor(p.light.accent))
}

// black and white are those of the xterm-256 palette's own cube.
const black, white = 16, 231
