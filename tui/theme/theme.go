// Package theme holds the desk's styles by meaning. Colour is never alone: what
// is deleted is struck through, what is inserted bold and underlined, and in
// ASCII both are bracketed.
package theme

import "github.com/charmbracelet/x/ansi"

// Theme is a set of styles.
type Theme struct {
	ASCII    bool
	Ellipsis string // what a cut line ends in

	Title, Faint, Selected, Bar, Bad, Good ansi.Style
	Deleted, Inserted, Label, Folded       ansi.Style
}

// New makes the theme for a dark or light background. The palette is blue and
// orange, at 4.5:1 against black and white.
func New(dark, ascii bool) Theme {
	inserted, deleted, accent, faint := ansi.IndexedColor(25), ansi.IndexedColor(130), ansi.IndexedColor(24), ansi.IndexedColor(241)
	if dark {
		inserted, deleted, accent, faint = 75, 215, 117, 246
	}
	ellipsis := "…"
	if ascii {
		ellipsis = "..."
	}
	t := Theme{
		ASCII:    ascii,
		Ellipsis: ellipsis,
		Title:    ansi.Style{}.Bold().ForegroundColor(accent),
		Faint:    ansi.Style{}.ForegroundColor(faint),
		Selected: ansi.Style{}.Bold().Reverse(true),
		Bar:      ansi.Style{}.Reverse(true).ForegroundColor(accent),
		Bad:      ansi.Style{}.Bold().ForegroundColor(deleted),
		Good:     ansi.Style{}.Bold().ForegroundColor(inserted),
		Deleted:  ansi.Style{}.Strikethrough(true).ForegroundColor(deleted),
		Inserted: ansi.Style{}.Bold().Underline(true).ForegroundColor(inserted),
		Label:    ansi.Style{}.Bold(),
		Folded:   ansi.Style{}.Italic(true).ForegroundColor(faint),
	}
	if ascii { // a line through or under [-words-] would hide the brackets' signs
		t.Deleted, t.Inserted = ansi.Style{}.ForegroundColor(deleted), ansi.Style{}.Bold().ForegroundColor(inserted)
	}
	return t
}
