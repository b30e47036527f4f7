// Package theme holds the desk's styles by meaning. Colour is never alone: what
// is deleted is struck through, what is inserted bold and underlined; a
// severity and a state are words. On a terminal that shows no attributes either
// (ASCII), who draws a redline brackets it. [New] makes the default [Theme],
// [NewPalette] that of another palette. It is not for layout: nothing here knows
// how wide a screen is.
//
// Invariants, which the tests hold:
//   - Every colour of text reads at 4.5:1 on its background, in every palette.
//   - With the colours taken away, what means something else looks otherwise.
//   - There is no style here that no screen draws.
package theme

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
)

// Theme is a set of styles.
type Theme struct {
	Palette  string
	ASCII    bool
	Ellipsis string // what a cut line ends in
	Signs    Signs

	Title, Faint, Selected, Bar, Bad, Good ansi.Style
	Deleted, Inserted, Label, Folded       ansi.Style

	severities map[model.Severity]ansi.Style
	states     map[model.State]ansi.Style
}

// Signs are what lines and rows are marked with, one cell each.
type Signs struct {
	Marked    string // a row marked for a decision on several
	Selected  string // in the gutter, beside what is selected
	Separator string // between old and new
	Rule      string // repeated: between a list and what is shown of its row
}

// Brackets of a redline's words where attributes don't show: [-old-] {+new+}.
const (
	DeleteOpen, DeleteClose = "[-", "-]"
	InsertOpen, InsertClose = "{+", "+}"
)

// New makes the theme of the default palette for a dark or light background.
func New(dark, ascii bool) Theme { return NewPalette(Default, dark, ascii) }

// NewPalette makes the theme of a palette; an unknown name is the default.
func NewPalette(name string, dark, ascii bool) Theme {
	p := named(name)
	in := p.colour(dark)
	t := Theme{
		Palette:  p.name,
		ASCII:    ascii,
		Ellipsis: "…",
		Signs:    Signs{Marked: "●", Selected: "▸", Separator: "│", Rule: "─"},
		Title:    in(ansi.Style{}.Bold(), accent),
		Faint:    in(ansi.Style{}, faint),
		Selected: ansi.Style{}.Bold().Reverse(true),
		Bar:      in(ansi.Style{}.Reverse(true), accent),
		Bad:      in(ansi.Style{}.Bold(), deleted),
		Good:     in(ansi.Style{}.Bold(), inserted),
		Deleted:  in(ansi.Style{}.Strikethrough(true), deleted),
		Inserted: in(ansi.Style{}.Bold().Underline(true), inserted),
		Label:    ansi.Style{}.Bold(),
		Folded:   in(ansi.Style{}.Italic(true), faint),
	}
	t.severities = map[model.Severity]ansi.Style{
		model.Low:      in(ansi.Style{}, low),
		model.Medium:   in(ansi.Style{}, medium),
		model.High:     in(ansi.Style{}.Bold(), high),
		model.Critical: in(ansi.Style{}.Bold().Reverse(true), critical),
	}
	t.states = map[model.State]ansi.Style{
		model.Snoozed:          t.Faint,
		model.Dismissed:        t.Folded,
		model.Approved:         t.Good,
		model.InReview:         in(ansi.Style{}.Italic(true), accent),
		model.ChangesRequested: t.Bad,
		model.Contested:        t.Bad,
	}
	if ascii { // a line through or under [-words-] would hide the brackets' signs
		t.Ellipsis = "..."
		t.Signs = Signs{Marked: "*", Selected: "*", Separator: "|", Rule: "-"}
		t.Deleted, t.Inserted = in(ansi.Style{}, deleted), in(ansi.Style{}.Bold(), inserted)
	}
	return t
}

func inserted(t tones) uint8 { return t.inserted }
func deleted(t tones) uint8  { return t.deleted }
func accent(t tones) uint8   { return t.accent }
func faint(t tones) uint8    { return t.faint }
func low(t tones) uint8      { return t.low }
func medium(t tones) uint8   { return t.medium }
func high(t tones) uint8     { return t.high }
func critical(t tones) uint8 { return t.critical }

// Severity is the style of a severity's word; the plain style for none.
func (t Theme) Severity(s model.Severity) ansi.Style { return t.severities[s] }

// State is the style of a state's word; what is pending is plain.
func (t Theme) State(s model.State) ansi.Style { return t.states[s] }

// Sparkline draws figures as a row of bars, one cell each: the greatest one is
// full, none is empty, and any other shows. Whoever draws it has the figures in
// words too.
func (t Theme) Sparkline(values []int) string {
	bars := []rune(" ▁▂▃▄▅▆▇█")
	if t.ASCII {
		bars = []rune(" .:-=+*#@")
	}
	top := 0
	for _, v := range values {
		top = max(top, v)
	}
	var b strings.Builder
	for _, v := range values {
		at := 0
		if v > 0 {
			at = 1 + (len(bars)-2)*v/top
		}
		b.WriteRune(bars[at])
	}
	return b.String()
}
