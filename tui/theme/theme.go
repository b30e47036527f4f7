// Package theme holds the desk's styles by meaning. Colour is never alone: what
// is deleted is struck through, what is inserted bold and underlined, what was
// found reversed and underlined, a severity is a word; in ASCII all of them are
// bracketed or signed, for a terminal that shows no attributes either.
//
// Invariants, which the tests hold:
//   - Every colour of text reads at 4.5:1 on its background, in every palette.
//   - With the colours taken away, what means something else looks otherwise.
//   - With the attributes taken away too, the signs of ASCII still tell.
package theme

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/terms"
)

// Theme is a set of styles.
type Theme struct {
	Palette  string
	ASCII    bool
	Ellipsis string // what a cut line ends in
	Signs    Signs
	Frame    Frame

	Title, Faint, Selected, Bar, Bad, Good  ansi.Style
	Deleted, Inserted, Moved, Label, Folded ansi.Style

	Marked         ansi.Style // a row marked for a decision on several
	Match, Current ansi.Style // what a search found, and the find one stands on
	Border         ansi.Style // the frame of a dialog or the palette
	Badge          ansi.Style // a short word set apart, as a state
	Spark          ansi.Style // a sparkline

	severities map[terms.Severity]ansi.Style
}

// Signs are what stands beside or around a text, so that it means the same
// without its style. The brackets are empty where the style is enough.
type Signs struct {
	Cursor, Marked                string // at the head of a row, one cell each
	DeleteOpen, DeleteClose       string
	InsertOpen, InsertClose       string
	MoveOpen, MoveClose           string
	MatchOpen, MatchClose         string
	CurrentOpen, CurrentClose     string
	Pending, Snoozed, Dismissed   string // one cell each
	InReview, Returned, Contested string
	Approved, Separator           string
}

// Frame is what frames and rules are drawn with, one cell each.
type Frame struct {
	TopLeft, Top, TopRight, Side, BottomLeft, BottomRight string
}

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
		Signs:    signs(ascii),
		Frame:    Frame{"╭", "─", "╮", "│", "╰", "╯"},
		Title:    in(ansi.Style{}.Bold(), accent),
		Faint:    in(ansi.Style{}, faint),
		Selected: ansi.Style{}.Bold().Reverse(true),
		Bar:      in(ansi.Style{}.Reverse(true), accent),
		Bad:      in(ansi.Style{}.Bold(), deleted),
		Good:     in(ansi.Style{}.Bold(), inserted),
		Deleted:  in(ansi.Style{}.Strikethrough(true), deleted),
		Inserted: in(ansi.Style{}.Bold().Underline(true), inserted),
		Moved:    in(ansi.Style{}.Bold().Italic(true), moved),
		Label:    ansi.Style{}.Bold(),
		Folded:   in(ansi.Style{}.Italic(true), faint),
		Marked:   in(ansi.Style{}.Bold(), accent),
		Match:    in(ansi.Style{}.Reverse(true).Underline(true), match),
		Current:  in(ansi.Style{}.Bold().Reverse(true).Underline(true).Italic(true), match),
		Border:   in(ansi.Style{}, frame),
		Badge:    in(ansi.Style{}.Italic(true), accent),
		Spark:    in(ansi.Style{}, accent),
	}
	t.severities = map[terms.Severity]ansi.Style{
		terms.Low:      in(ansi.Style{}, low),
		terms.Medium:   in(ansi.Style{}, medium),
		terms.High:     in(ansi.Style{}.Bold(), high),
		terms.Critical: in(ansi.Style{}.Bold().Reverse(true), critical),
	}
	if ascii { // a line through or under [-words-] would hide the brackets' signs
		t.Ellipsis = "..."
		t.Frame = Frame{"+", "-", "+", "|", "+", "+"}
		t.Deleted, t.Inserted = in(ansi.Style{}, deleted), in(ansi.Style{}.Bold(), inserted)
		t.Match, t.Current = in(ansi.Style{}.Reverse(true), match), in(ansi.Style{}.Bold().Reverse(true), match)
	}
	return t
}

func inserted(t tones) uint8 { return t.inserted }
func deleted(t tones) uint8  { return t.deleted }
func moved(t tones) uint8    { return t.moved }
func accent(t tones) uint8   { return t.accent }
func faint(t tones) uint8    { return t.faint }
func match(t tones) uint8    { return t.match }
func frame(t tones) uint8    { return t.frame }
func low(t tones) uint8      { return t.low }
func medium(t tones) uint8   { return t.medium }
func high(t tones) uint8     { return t.high }
func critical(t tones) uint8 { return t.critical }

func signs(ascii bool) Signs {
	s := Signs{
		Cursor: ">", Marked: "●",
		Pending: "·", Snoozed: "z", Dismissed: "×", InReview: "?", Returned: "<", Contested: "!", Approved: "✓",
		Separator: "│",
	}
	if ascii {
		s.Marked, s.Pending, s.Dismissed, s.Approved, s.Separator = "*", ".", "x", "+", "|"
		s.DeleteOpen, s.DeleteClose, s.InsertOpen, s.InsertClose = "[-", "-]", "{+", "+}"
		s.MoveOpen, s.MoveClose = "<~", "~>"
		s.MatchOpen, s.MatchClose, s.CurrentOpen, s.CurrentClose = "<<", ">>", "<[", "]>"
	}
	return s
}

// Severity is the style of a severity's word; the plain style for none.
func (t Theme) Severity(s terms.Severity) ansi.Style { return t.severities[s] }

// State is the sign, one cell wide, and the style of a state's word.
func (t Theme) State(s terms.State) (sign string, style ansi.Style) {
	switch s {
	case terms.Snoozed:
		return t.Signs.Snoozed, t.Faint
	case terms.Dismissed:
		return t.Signs.Dismissed, t.Folded
	case terms.Approved:
		return t.Signs.Approved, t.Good
	case terms.InReview:
		return t.Signs.InReview, t.Badge
	case terms.ChangesRequested:
		return t.Signs.Returned, t.Bad
	case terms.Contested:
		return t.Signs.Contested, t.Bad
	default:
		return t.Signs.Pending, ansi.Style{}
	}
}

// Sparkline draws figures as a row of bars, one cell each: the greatest one is
// full, none is empty, and any other shows. Whoever draws it says the figures in
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
