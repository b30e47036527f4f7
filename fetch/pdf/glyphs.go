package pdf

import (
	"math"
	"regexp"
	"unicode"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// glyph is a character at its place of a page, in points; y grows upwards. Its box is
// the font's, not the ink's, so that all glyphs of a line have about the same height.
type glyph struct {
	left, right, top, bottom float64
	char                     rune
	index                    int // PDFium's, within its page
	angle                    float64
	guessed                  bool // its font doesn't say which letter it draws
}

func (g glyph) height() float64 { return g.top - g.bottom }

// A textPage is a page's text in PDFium.
type textPage struct {
	reader pdfium.Pdfium
	ref    references.FPDF_TEXTPAGE
}

// glyphs returns the characters of a page in the order in which PDFium gives them, with
// the spaces and line ends that it adds, which have no height.
func (p textPage) glyphs(count int) ([]glyph, error) {
	glyphs := make([]glyph, 0, count)
	for i := range count {
		char, err := p.reader.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: p.ref, Index: i})
		if err != nil {
			return nil, err
		}
		r := rune(char.Unicode) // #nosec G115 -- a UTF-16 unit
		if n := len(glyphs); n > 0 && utf16.IsSurrogate(r) && utf16.IsSurrogate(glyphs[n-1].char) {
			if pair := utf16.DecodeRune(glyphs[n-1].char, r); pair != '\ufffd' {
				glyphs[n-1].char = pair
				continue
			}
		}
		g := glyph{char: r, index: i}
		if latin, other := isGuess(r); latin || other {
			if g.guessed = p.unmapped(i); g.guessed && other {
				g.char = unknown
			}
		}
		if r != '\n' {
			last := glyph{}
			if n := len(glyphs); n > 0 {
				last = glyphs[n-1]
			}
			if err := p.place(&g, last); err != nil {
				return nil, err
			}
		}
		glyphs = append(glyphs, g)
	}
	unswap(glyphs)
	p.even(glyphs)
	return glyphs, nil
}

// unswap mends the letters of ligatures whose bytes the PDF names in the wrong order, as a
// version of Ghostscript does: an f (U+0066) is U+6600. Only a ligature is several letters in one
// place.
func unswap(glyphs []glyph) {
	isSwapped := func(g glyph) bool { return g.char&0xff == 0 && g.char >= 'a'<<8 && g.char <= 'z'<<8 }
	inOnePlace := func(a, b glyph) bool { return a.left == b.left && a.right == b.right && a.top == b.top }
	for i := 1; i < len(glyphs); i++ {
		last, g := &glyphs[i-1], &glyphs[i]
		if !isSwapped(*g) || !inOnePlace(*last, *g) {
			continue
		}
		switch {
		case isSwapped(*last):
			last.char >>= 8
			g.char >>= 8
		case last.char >= 'a' && last.char <= 'z': // the third
			g.char >>= 8
		}
	}
}

// isGuess reports whether a character may be but the number that a glyph has in its font: where
// the font doesn't say which letter it draws, PDFium gives that. In ASCII fonts agree on the
// letters, but not on dashes and quotes, and many have the accented letters of Latin where it
// has them.
func isGuess(r rune) (latin, other bool) {
	switch {
	case r == 0xd7 || r == 0xdf || r == 0xf7 || r == 0xff || r == '{' || r == '|' || r == '\\',
		r > '~' && r < 0xc0 && !isSpace(r) && !isHyphen(r):
		return false, true
	}
	return r >= 0xc0 && r < 0xff, false
}

// unmapped reports whether the font of a glyph doesn't say which letter it draws.
func (p textPage) unmapped(i int) bool {
	got, err := p.reader.FPDFText_HasUnicodeMapError(
		&requests.FPDFText_HasUnicodeMapError{TextPage: p.ref, Index: i})
	return err == nil && got.HasUnicodeMapError
}

// even gives the glyphs of fonts that don't say how high they are the same height: their
// boxes are the ink's. Those of Arabic fonts are twice as high as their letters.
func (p textPage) even(glyphs []glyph) {
	var words [][]glyph
	for from := 0; from < len(glyphs); {
		to := from
		for to < len(glyphs) && glyphs[to].char > ' ' && glyphs[to].height() > 0.01 {
			to++
		}
		if to > from {
			words = append(words, glyphs[from:to])
		}
		from = to + 1
	}
	uneven := 0
	for _, w := range words {
		if isUneven(w) {
			uneven++
		}
	}
	for i, w := range words {
		switch {
		case isCapped(w):
			p.evenWord(w)
			for j := i - 1; j >= 0 && isCapsOf(w, words[j]); j-- {
				p.evenWord(words[j])
			}
			for j := i + 1; j < len(words) && isCapsOf(w, words[j]); j++ {
				p.evenWord(words[j])
			}
		case uneven*5 > len(words) || isUneven(w) && len(w) > 2 || unicode.Is(unicode.Arabic, w[0].char):
			p.evenWord(w)
		}
	}
}

// isCapped reports whether a word is a capital and small ones whose boxes are the ink's.
func isCapped(word []glyph) bool {
	if len(word) < 3 || !unicode.IsLetter(word[0].char) {
		return false
	}
	for i := 2; i < len(word); i++ {
		if !unicode.IsLetter(word[i].char) {
			continue
		}
		if math.Abs(word[i].height()-word[1].height()) > 0.2*word[1].height() {
			return false
		}
	}
	return word[0].height() > 1.7*word[1].height() && word[0].bottom < word[1].bottom && word[0].top > word[1].top
}

// isCapsOf reports whether a word is small capitals on the row of one that has a large one.
func isCapsOf(capped, word []glyph) bool {
	first := capped[0]
	return word[0].height() < 0.6*first.height() && word[0].bottom > first.bottom && word[0].top < first.top
}

// isUneven reports whether most glyphs of a word are not as high as the one before.
func isUneven(word []glyph) bool {
	differ := 0
	for i := 1; i < len(word); i++ {
		if math.Abs(word[i].height()-word[i-1].height()) > 0.04*word[i].height() {
			differ++
		}
	}
	return differ*2 > len(word)-1
}

// evenWord gives a word's glyphs the height of its first one's font; a raised number keeps
// its own.
func (p textPage) evenWord(word []glyph) {
	if word[0].angle != 0 {
		return
	}
	var size, base float64
	for i, g := range word {
		if raised := unicode.IsDigit(g.char) && g.bottom > base+0.2*size; i == 0 || raised {
			var err error
			if size, base, err = p.fontAt(g); err != nil || size <= 0 {
				return
			}
		}
		word[i].top, word[i].bottom = base+ascent*size, base-descent*size
	}
}

// ascent and descent are how far a usual font goes above and below the base line, in parts
// of its size.
const (
	ascent  = 0.9
	descent = 0.22
)

// fontAt returns the size of a glyph's font and the base line it stands on.
func (p textPage) fontAt(g glyph) (size, base float64, err error) {
	font, err := p.reader.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: p.ref, Index: g.index})
	if err != nil {
		return 0, 0, err
	}
	matrix, err := p.reader.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: p.ref, Index: g.index})
	if err != nil {
		return 0, 0, err
	}
	origin, err := p.reader.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: p.ref, Index: g.index})
	if err != nil {
		return 0, 0, err
	}
	scale := math.Hypot(float64(matrix.Matrix.C), float64(matrix.Matrix.D))
	return font.FontSize * scale, origin.Y, nil
}

// place gives a glyph its box and its angle, which is that of its word.
func (p textPage) place(g *glyph, last glyph) error {
	box, err := p.reader.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: p.ref, Index: g.index})
	if err != nil {
		return err
	}
	r := box.Rect
	g.left, g.right = float64(min(r.Left, r.Right)), float64(max(r.Left, r.Right))
	g.bottom, g.top = float64(min(r.Top, r.Bottom)), float64(max(r.Top, r.Bottom))
	if last.char > ' ' || g.char <= ' ' {
		g.angle = last.angle
		return nil
	}
	angle, err := p.reader.FPDFText_GetCharAngle(&requests.FPDFText_GetCharAngle{TextPage: p.ref, Index: g.index})
	if err == nil { // one that PDFium added has none
		g.angle = float64(angle.CharAngle)
	}
	return nil
}

// diagonal is what [glyph.turns] returns for an angle that is no quarter turn.
const diagonal = -1

// turns returns how many quarter turns, clockwise, a glyph is turned by.
func (g glyph) turns() int {
	quarters := g.angle / (math.Pi / 2)
	if n := math.Round(quarters); math.Abs(quarters-n) < 0.05 {
		return int(n+4) % 4
	}
	return diagonal
}

// upright returns a glyph where it would be if its page were turned back.
func (g glyph) upright(turns int) glyph {
	l, r, t, b := g.left, g.right, g.top, g.bottom
	switch turns {
	case 1: // it runs down
		g.left, g.right, g.top, g.bottom = -t, -b, r, l
	case 2:
		g.left, g.right, g.top, g.bottom = -r, -l, -b, -t
	case 3: // it runs up
		g.left, g.right, g.top, g.bottom = b, t, -l, -r
	}
	return g
}

// sheets parts a page's glyphs by the way they are turned, the way of most of them
// first. What stands across the page is a watermark and no text of the document, if it
// is short.
func sheets(glyphs []glyph) [][]glyph {
	var ways [5][]glyph
	most := 0
	for _, g := range glyphs {
		n := g.turns()
		if n == diagonal {
			ways[4] = append(ways[4], g)
			continue
		}
		ways[n] = append(ways[n], g.upright(n))
		if len(ways[n]) > len(ways[most]) {
			most = n
		}
	}
	all := [][]glyph{ways[most]}
	for n, way := range ways {
		if n != most && len(way) > 0 && (n < 4 || len(way) > maxWatermark) {
			all = append(all, way)
		}
	}
	return all
}

// maxWatermark is how many characters a watermark has at most.
const maxWatermark = 80

// heavy are the names of fonts that are bold.
var heavy = regexp.MustCompile(`(?i)bold|black|heavy|demi|[-,]bd\b|^(?:[A-Z]{6}\+)?(?:CM|SF|EC|LM)[A-Z]*BX`)

// isBold reports whether the first and the last letter of a line are bold.
func (p textPage) isBold(l line) (bool, error) {
	for _, i := range []int{l.first, l.last} {
		font, err := p.reader.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: p.ref, Index: i})
		if err != nil {
			return false, nil //nolint:nilerr // a letter without a font is not bold
		}
		const forceBold = 1 << 18
		if !heavy.MatchString(font.FontName) && font.Flags&forceBold == 0 {
			return false, nil
		}
	}
	return true, nil
}
