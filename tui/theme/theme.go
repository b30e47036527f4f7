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
	Shades   [5]string // cells of a calendar, from nothing to most

	Title, Faint, Selected, Bar, Bad, Good ansi.Style
	Deleted, Inserted, Label, Folded       ansi.Style
	// DeletedText and InsertedText are for text that is gone or new as a whole: there no
	// word has to stand out from the next.
	DeletedText, InsertedText ansi.Style
	Modified                  ansi.Style // a count or a gutter of what is modified
	Flag                      ansi.Style // a number, negation, modal or date that changed
	FlagText                  ansi.Style // such a word where all of the text is new or gone
	Border                    ansi.Style // of panes and columns, and rules
	Key                       ansi.Style // of the footer and the help
	Tab                       ansi.Style // the one that is shown
	Heading, Link, Quote      ansi.Style // of rendered text

	severities map[model.Severity]ansi.Style
	chips      map[model.Severity]ansi.Style
	states     map[model.State]ansi.Style
	cursor     ansi.Style // a background, on a terminal with colours
}

// Signs are what lines and rows are marked with, one cell each.
type Signs struct {
	Marked     string // a row marked for a decision on several
	Selected   string // in the gutter, beside what is selected
	Separator  string // between old and new, and between panes
	Rule       string // repeated: between a list and what is shown of its row
	TeeDown    string // in a rule, where a separator begins below it
	TeeUp      string // and where one ends above it
	Dotted     string // repeated: between rows of a list
	Bar        string // in the gutter of text that changed
	Cursor     string // before the row under the cursor
	Suggested  string // before a severity that the detection suggests
	Decided    string // before one that somebody decided
	Alike      string // before the number of changes with the same words
	Zero       string // in a column of numbers
	Heat       string // in the strip beside a text: something changed here
	Track      string // in the strip: nothing did
	Thumb      string // in the strip: this is shown
	Ascending  string // in a column's head
	Descending string
	Full       string // repeated: what of a bar is done
	Empty      string // repeated: what is left
	Note       string // somebody noted something
	Done       string // before a message that something was written
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
		Signs:    signs,
		Shades:   [...]string{"·", "░", "▒", "▓", "█"},
		Title:    in(ansi.Style{}.Bold(), accent),
		Faint:    in(ansi.Style{}, faint),
		Selected: ansi.Style{}.Bold().Reverse(true),
		Bar:      p.bar(dark),
		Bad:      in(ansi.Style{}.Bold(), deleted),
		Good:     in(ansi.Style{}.Bold(), inserted),
		Deleted:  in(ansi.Style{}.Strikethrough(true), deleted),
		Inserted: in(ansi.Style{}.Bold().Underline(true), inserted),
		Label:    ansi.Style{}.Bold(),
		Folded:   in(ansi.Style{}.Italic(true), faint),

		DeletedText:  in(ansi.Style{}, deleted),
		InsertedText: in(ansi.Style{}, inserted),
		Modified:     ansi.Style{}.Bold(),
		Flag:         in(ansi.Style{}.Bold().Reverse(true), flag),
		FlagText:     in(ansi.Style{}.Bold(), flag),
		Border:       in(ansi.Style{}, border),
		Key:          in(ansi.Style{}.Bold(), accent),
		Tab:          in(ansi.Style{}.Bold().Reverse(true), accent),
		Heading:      ansi.Style{}.Bold(),
		Link:         in(ansi.Style{}.Underline(true), accent),
		Quote:        in(ansi.Style{}.Italic(true), faint),
		cursor:       p.background(dark),
	}
	t.severities = map[model.Severity]ansi.Style{
		model.Low:      in(ansi.Style{}, low),
		model.Medium:   in(ansi.Style{}, medium),
		model.High:     in(ansi.Style{}.Bold(), high),
		model.Critical: in(ansi.Style{}.Bold(), critical),
	}
	t.chips = map[model.Severity]ansi.Style{
		model.Low:      in(ansi.Style{}.Bold().Reverse(true), low),
		model.Medium:   in(ansi.Style{}.Bold().Reverse(true), medium),
		model.High:     in(ansi.Style{}.Bold().Reverse(true), high),
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
		t.Signs, t.Shades = asciiSigns, [...]string{".", "-", "+", "*", "#"}
		t.Deleted, t.Inserted = in(ansi.Style{}, deleted), in(ansi.Style{}.Bold(), inserted)
	}
	return t
}

var signs = Signs{
	Marked: "●", Selected: "▸", Separator: "│", Rule: "─", TeeDown: "┬", TeeUp: "┴", Dotted: "┈",
	Bar: "▌", Cursor: "▌", Suggested: "○", Decided: "●", Alike: "≡", Zero: "·",
	Heat: "█", Track: "│", Thumb: "┃", Ascending: "↑", Descending: "↓", Full: "▓", Empty: "░", Note: "✎",
	Done: "✓",
}

var asciiSigns = Signs{
	Marked: "*", Selected: "*", Separator: "|", Rule: "-", TeeDown: "+", TeeUp: "+", Dotted: "-",
	Bar: "|", Cursor: ">", Suggested: "o", Decided: "*", Alike: "=", Zero: ".",
	Heat: "#", Track: "|", Thumb: "!", Ascending: "^", Descending: "v", Full: "#", Empty: ".", Note: "n",
	Done: "*",
}

func inserted(t tones) uint8 { return t.inserted }
func deleted(t tones) uint8  { return t.deleted }
func accent(t tones) uint8   { return t.accent }
func faint(t tones) uint8    { return t.faint }
func low(t tones) uint8      { return t.low }
func medium(t tones) uint8   { return t.medium }
func high(t tones) uint8     { return t.high }
func critical(t tones) uint8 { return t.critical }
func flag(t tones) uint8     { return t.flag }
func border(t tones) uint8   { return t.border }

// Severity is the style of a severity's word; the plain style for none.
func (t Theme) Severity(s model.Severity) ansi.Style { return t.severities[s] }

// Chip is the style of a severity that was chosen: filled, so that it stands out
// from those beside it without a colour; the plain style for none.
func (t Theme) Chip(s model.Severity) ansi.Style { return t.chips[s] }

// Cursor draws the row under the cursor: on a background of its own, under the
// row's own colours; reversed where there are no colours. The row is as wide as the
// list already.
func (t Theme) Cursor(row string) string {
	if len(t.cursor) == 0 {
		return t.Selected.Styled(ansi.Strip(row))
	}
	on := t.cursor.String()
	return on + strings.ReplaceAll(row, ansi.ResetStyle, ansi.ResetStyle+on) + ansi.ResetStyle
}

// Shade draws the cell of a calendar: one of five signs, which differ without colours.
func (t Theme) Shade(level int) string {
	style := t.Title
	if level == 0 {
		style = t.Faint
	}
	return style.Styled(t.Shades[level])
}

// State is the style of a state's word; what is pending is plain.
func (t Theme) State(s model.State) ansi.Style { return t.states[s] }

// Gauge draws how much of something is done in so many cells: as a bar that does not fill
// them, so that those of two rows don't fuse; nothing where there is nothing to do.
// Whoever draws it has the figures in words too.
func (t Theme) Gauge(done, of, cells int) string {
	if of <= 0 {
		return strings.Repeat(" ", cells)
	}
	full, empty := "▄", "▁"
	if t.ASCII {
		full, empty = "#", "_"
	}
	n := cells * min(max(done, 0), of) / of
	return t.Good.Styled(strings.Repeat(full, n)) + t.Faint.Styled(strings.Repeat(empty, cells-n))
}

// Sparkline draws figures as a row of bars, one cell each, on a line that nothing rises
// above. No bar fills its cell, so that those of two rows don't fuse. Whoever draws it
// has the figures in words too.
func (t Theme) Sparkline(values []int) string {
	bars := []rune("▁▂▃▄▅▆")
	if t.ASCII {
		bars = []rune("_.:=*#")
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
