package markup

import "strings"

// Readable is [Pieces] that leave something of a text that has something: of links
// without words their targets, and else the text as it is.
func Readable(text string, base int, ascii bool) []Piece {
	list := Pieces(text, base, ascii)
	if len(list) == 0 || strings.TrimSpace(text) == "" || shown(text, base, list) != "" {
		return list
	}
	bare := false
	for i, p := range list {
		if p.Kind == Target && p.Words == p.Start && len(p.Text) > 2 {
			list[i].Kind, list[i].Text, bare = Glyph, strings.TrimSuffix(strings.TrimPrefix(p.Text, "("), ")")+" ", true
		}
	}
	if !bare {
		return nil
	}
	return list
}

// Visible is what is shown of a text, in single spaces.
func Visible(text string) string { return shown(text, 0, Pieces(text, 0, false)) }

func shown(text string, base int, list []Piece) string {
	var b strings.Builder
	Each(text, base, list, func(_ int, s string, _ bool) { b.WriteString(s) })
	return strings.Join(strings.Fields(b.String()), " ")
}

// Each calls for each stretch of a text what is shown of it, and where it is.
func Each(text string, base int, list []Piece, put func(at int, s string, exact bool)) {
	at := 0
	for _, p := range list {
		from, to := max(p.Start-base, at), p.End-base
		if to <= from || to > len(text) {
			continue
		}
		if from > at {
			put(at, text[at:from], true)
		}
		switch p.Kind {
		case Styled:
			put(from, text[from:to], true)
		case Glyph:
			put(from, p.Text, false)
			if p.Style&(Bullet|Quoted) != 0 {
				put(from, " ", false)
			}
		case Breaks, NextRow, Bar:
			put(from, " ", false)
		}
		at = to
	}
	if at < len(text) {
		put(at, text[at:], true)
	}
}
