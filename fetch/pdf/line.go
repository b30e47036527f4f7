package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A word is glyphs without a space between them.
type word struct {
	left, right float64
	text        string
}

// A line is words that stand beside each other on a page: a line of a column, a cell's,
// or a part of one where wide spaces divide it.
type line struct {
	left, right, top, bottom float64
	size                     float64 // the height of most of its glyphs
	words                    []word
	bold                     bool
	begins                   bool // PDFium ended a line before it
	leads                    bool // dots lead from its first part to its last
	hyphen                   bool // it ends in a hyphen that may only divide a word
	first, last              int  // indexes of glyphs in PDFium
	serial                   int  // its place in PDFium's order
}

func (l line) height() float64 { return l.top - l.bottom }

func (l line) text() string {
	var b strings.Builder
	for i, w := range l.words {
		if i > 0 && !tight(l.words[i-1].text, w.text) {
			b.WriteByte(' ')
		}
		b.WriteString(w.text)
	}
	return b.String()
}

// tight reports whether two pieces of text stand together without a space: scripts that have
// no spaces between words.
func tight(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	return spaceless(last) && spaceless(first)
}

func spaceless(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303f ||
		r >= 0xff00 && r <= 0xffef
}

// linesOf makes lines of glyphs in PDFium's order. A line ends where PDFium ends it, where
// the next glyph is on another row, and where the space before it is wide.
func linesOf(glyphs []glyph) []line {
	var lines []line
	var run []glyph
	begins := true
	end := func() {
		for _, part := range splitWide(asDrawn(run)) {
			if l := lineOf(part); len(l.words) > 0 {
				l.serial, l.begins = len(lines), begins
				lines = append(lines, l)
				begins = false
			}
		}
		run = nil
	}
	for _, g := range glyphs {
		switch {
		case g.char == '\r' && g.height() <= 0 || g.char == '\n':
			end()
			begins = true
			continue
		case len(run) > 0 && isSpace(g.char):
		case len(run) > 0 && !besides(run, g):
			end()
		}
		if len(run) > 0 || !isSpace(g.char) {
			run = append(run, g)
		}
	}
	end()
	return lines
}

// asDrawn puts the glyphs of a row in the order in which they stand: from the right where
// that is how they are written, else from the left.
func asDrawn(run []glyph) []glyph {
	middle := func(g glyph) float64 { return (g.left + g.right) / 2 }
	if isRightToLeft(run) {
		slices.SortStableFunc(run, func(a, b glyph) int { return cmp.Compare(middle(b), middle(a)) })
		return run
	}
	edge := math.Inf(-1)
	for _, g := range run {
		if g.right < edge-2*g.height() && !isSpace(g.char) {
			slices.SortStableFunc(run, func(a, b glyph) int { return cmp.Compare(a.left, b.left) })
			break
		}
		edge = max(edge, g.right)
	}
	return run
}

func isSpace(r rune) bool { return unicode.IsSpace(r) && r > '\r' || r == '\t' || r == 0x200b }

// besides reports whether a glyph is on the row of those before it. A hyphen that PDFium
// puts in the place of another has no box of its own.
func besides(run []glyph, g glyph) bool {
	if g.char == '\u0002' || g.char == '\ufffe' || g.height() <= 0 {
		return true
	}
	last := run[len(run)-1]
	for i := len(run) - 1; i >= 0 && (isSpace(last.char) || last.height() <= 0); i-- {
		last = run[i]
	}
	return onRow(last, g) && onRow(run[0], g)
}

// onRow reports whether two glyphs stand on one row: larger and smaller ones about on one
// base line.
func onRow(a, b glyph) bool {
	overlap := min(a.top, b.top) - max(a.bottom, b.bottom)
	least, most := min(a.height(), b.height()), max(a.height(), b.height())
	if least > 0.9*most {
		return overlap > 0.6*least
	}
	return overlap > 0.4*least && math.Abs(a.bottom-b.bottom) < 0.42*most
}

// letters are a run's glyphs without spaces; after tells which of them a space follows.
func letters(run []glyph) (glyphs []glyph, after []bool) {
	for _, g := range run {
		if isSpace(g.char) {
			if n := len(after); n > 0 {
				// One that PDFium added counts as the gap it stands for.
				after[n-1] = after[n-1] || g.height() > 0.1
			}
			continue
		}
		glyphs, after = append(glyphs, g), append(after, false)
	}
	return glyphs, after
}

// splitWide parts a run of a row where the space between two words is far wider than the
// others: there it goes on in another column or cell.
func splitWide(run []glyph) [][]glyph {
	if len(run) < 2 {
		return [][]glyph{run}
	}
	var gaps []float64
	type place struct {
		at  int
		gap float64
	}
	var places []place
	before := -1
	for i, g := range run {
		if isSpace(g.char) {
			continue
		}
		if before >= 0 {
			last := run[before]
			gap := max(g.left-last.right, last.left-g.right)
			if i > before+1 || gap > wordGap*g.height() {
				gaps = append(gaps, gap)
				places = append(places, place{i, gap})
			}
		}
		before = i
	}
	if len(gaps) == 0 {
		return [][]glyph{run}
	}
	sorted := slices.Sorted(slices.Values(gaps))
	usual := max(sorted[(len(sorted)-1)/2], 0)
	var parts [][]glyph
	from := 0
	for _, p := range places {
		h := run[p.at].height()
		few := len(gaps) == 1 && p.gap > 1.5*h || len(gaps) < 4 && p.gap > 3*h
		if p.gap > h && (p.gap > 2.5*usual || few) {
			parts = append(parts, run[from:p.at])
			from = p.at
		}
	}
	return append(parts, run[from:])
}

// wordGap is the gap between two glyphs that is a space, in parts of their height.
const wordGap = 0.1

// lineOf makes a line of the glyphs of one row.
func lineOf(run []glyph) line {
	glyphs, spaced := letters(run)
	if len(glyphs) == 0 {
		return line{}
	}
	l := line{left: glyphs[0].left, right: glyphs[0].right, first: glyphs[0].index, last: glyphs[len(glyphs)-1].index}
	heights := make([]float64, 0, len(glyphs))
	for _, g := range glyphs {
		l.left, l.right = min(l.left, g.left), max(l.right, g.right)
		heights = append(heights, g.height())
	}
	slices.Sort(heights)
	l.size = heights[len(heights)/2]
	for _, g := range glyphs {
		if g.height() > 0.95*l.size && g.height() < 1.05*l.size {
			l.top, l.bottom = g.top, g.bottom
			break
		}
	}
	if !isRightToLeft(glyphs) {
		glyphs, spaced, l.leads = withLeader(glyphs, spaced)
	}
	gaps := gapsOf(glyphs)
	if isRightToLeft(glyphs) {
		glyphs, gaps = logical(glyphs, gaps)
		spaced = nil
	}
	last := glyphs[len(glyphs)-1]
	l.hyphen = isHyphen(last.char)
	l.words = withHyphen(wordsOf(glyphs, gaps, spaced, l))
	if len(l.words) > 1 && l.words[0].text == string(unknown) { // what else begins a line alone
		l.words[0].text = "•"
	}
	return l
}

// withHyphen puts a hyphen at a line's end that is drawn apart to the word that it divides,
// where it can be no dash.
func withHyphen(words []word) []word {
	n := len(words) - 1
	if n < 1 || words[n].text != "\u00ad" {
		return words
	}
	if last, _ := utf8.DecodeLastRuneInString(words[n-1].text); !unicode.IsLetter(last) {
		return words
	}
	words[n-1].text += words[n].text
	words[n-1].right = words[n].right
	return words[:n]
}

// gapsOf returns the space before each glyph.
func gapsOf(glyphs []glyph) []float64 {
	gaps := make([]float64, len(glyphs))
	for i := 1; i < len(glyphs); i++ {
		a, b := glyphs[i-1], glyphs[i]
		gaps[i] = max(b.left-a.right, a.left-b.right)
	}
	return gaps
}

// leastSpace is the narrowest gap of a line that parts words. In letters that are spaced
// out every gap is wide: there a space is wider still. Where the spaces are known, what is
// far narrower is none.
func leastSpace(gaps []float64, spaced []bool, least, size float64) float64 {
	var wide, known []float64
	for i := 1; i < len(gaps); i++ {
		if gaps[i] > least {
			wide = append(wide, gaps[i])
		}
		if spaced != nil && spaced[i-1] {
			known = append(known, gaps[i])
		}
	}
	slices.Sort(wide)
	slices.Sort(known)
	switch {
	case len(wide)*10 > (len(gaps)-1)*6 && len(gaps) > 3:
		sorted := slices.Sorted(slices.Values(gaps[1:]))
		third := sorted[len(sorted)/3]
		return max(third*1.7, third+0.12*size)
	case len(known) > 1:
		return max(least, 0.5*known[(len(known)-1)/2])
	case len(wide) > 2:
		return max(least, 0.5*wide[(len(wide)-1)/2])
	}
	return least
}

// wordsOf parts glyphs at spaces and gaps.
func wordsOf(glyphs []glyph, gaps []float64, spaced []bool, l line) []word {
	least := wordGap * l.size
	if unicode.Is(unicode.Arabic, glyphs[0].char) { // its letters stand apart where they don't join
		least = 0.13 * l.size
	}
	least = leastSpace(gaps, spaced, least, l.size)
	var words []word
	var b strings.Builder
	open := word{left: glyphs[0].left, right: glyphs[0].right}
	end := func() {
		open.text = clean(b.String())
		if open.text != "" {
			words = append(words, open)
		}
		b.Reset()
	}
	note := noteDigits(glyphs)
	for i, g := range glyphs {
		need := least
		if i > 0 && spaceless(g.char) && spaceless(glyphs[i-1].char) {
			need = 0.7 * l.size
		}
		known := i > 0 && spaced != nil && spaced[i-1] && gaps[i] > -0.5*l.size
		if known || i > 0 && (gaps[i] > need || i == note) {
			end()
			open = word{left: g.left, right: g.right}
		}
		open.left, open.right = min(open.left, g.left), max(open.right, g.right)
		b.WriteString(letter(g.char, b.Len() > 0 && isRaised(glyphs[i-1], g, b.String())))
	}
	end()
	return words
}

// noteDigits returns how many glyphs are the number that a note begins with: small and raised.
func noteDigits(glyphs []glyph) int {
	n := slices.IndexFunc(glyphs, func(g glyph) bool { return !unicode.IsDigit(g.char) })
	if n < 1 || n > 3 {
		return 0
	}
	first, next := glyphs[0], glyphs[n]
	raised := first.height() < 0.85*next.height() && first.bottom > next.bottom+0.15*next.height()
	if raised && unicode.IsLetter(next.char) {
		return n
	}
	return 0
}

// isRaised reports whether a digit is the number of a note behind a word, and none of the
// word's own.
func isRaised(last, g glyph, word string) bool {
	r, _ := utf8.DecodeLastRuneInString(word)
	if strings.ContainsRune(superscripts, r) {
		return math.Abs(last.bottom-g.bottom) < 0.05*g.height()
	}
	deep := strings.ContainsRune("gjpqyQ,;()[]{}§/|", last.char)
	rise := (g.bottom - last.bottom) / last.height()
	return !deep && (g.height() < 0.8*last.height() && rise > 0.15 || g.height() < 0.85*last.height() && rise > 0.3)
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"

// letter is what a glyph's character is written as. A raised digit is no digit of the
// number before it.
func letter(r rune, raised bool) string {
	switch {
	case isHyphen(r) && r != '-' && r != '‐':
		return "\u00ad"
	case raised && r >= '0' && r <= '9':
		return string([]rune(superscripts)[r-'0'])
	case texLetters[r] != "":
		return texLetters[r]
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return string(unknown)
	}
	return string(r)
}

// unknown stands for a glyph of which the font does not say what letter it draws.
const unknown = '\ufffd'

// texLetters are what TeX's fonts have at places where other fonts have control
// characters: its PDFs often don't say so.
var texLetters = map[rune]string{0x0b: "ff", 0x0c: "fi", 0x0d: "fl", 0x0e: "ffi", 0x0f: "ffl", 0x10: "“", 0x11: "”",
	0x12: "„", 0x13: "«", 0x14: "»", 0x15: "–", 0x16: "—", 0x1b: "ff", 0x1c: "fi", 0x1d: "fl", 0x1e: "ffi",
	0x1f: "ffl"}

// isHyphen reports whether a character at the end of a line may only divide a word. PDFium
// writes U+0002 or U+FFFE for it.
func isHyphen(r rune) bool {
	return r == '-' || r == '‐' || r == '\u00ad' || r == '\u0002' || r == '\ufffe'
}

// clean writes a word in the characters that other producers write it with: ligatures and
// forms that letters take beside others are letters, and an accent is part of its letter.
func clean(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= 0xfb00 && r <= 0xfdff || r >= 0xfe70 && r < 0xfeff || r >= 0x2f00 && r <= 0x2fd5:
			b.WriteString(norm.NFKC.String(string(r)))
		case r == 0xfeff || r == 0x200b || r == 0x2060 || r == 0xffff:
		default:
			b.WriteRune(r)
		}
	}
	s = norm.NFC.String(b.String())
	// A soft hyphen counts at the end of a line only.
	if inner := strings.TrimSuffix(s, "\u00ad"); strings.Contains(inner, "\u00ad") {
		return strings.ReplaceAll(inner, "\u00ad", "") + s[len(inner):]
	}
	return s
}

// isRightToLeft reports whether most letters of a line are written from the right.
func isRightToLeft(glyphs []glyph) bool {
	right, left := 0, 0
	for _, g := range glyphs {
		switch {
		case unicode.In(g.char, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana):
			right++
		case unicode.IsLetter(g.char):
			left++
		}
	}
	return right > left
}

// logical puts the glyphs of a line that is written from the right in the order in which
// they are read: from the right, but numbers and words of other scripts from the left.
func logical(glyphs []glyph, gaps []float64) ([]glyph, []float64) {
	out, between := slices.Clone(glyphs), slices.Clone(gaps)
	forward := func(i int) bool {
		r := out[i].char
		return unicode.IsDigit(r) || unicode.IsLetter(r) && !isRightToLeft(out[i:i+1])
	}
	for from := 0; from < len(out); from++ {
		if !forward(from) {
			continue
		}
		to := from
		for i := from + 1; i < len(out) && i <= to+2; i++ {
			if forward(i) && (i == to+1 || strings.ContainsRune(".,:/-@'’", out[i-1].char)) {
				to = i
			}
		}
		slices.Reverse(out[from : to+1])
		slices.Reverse(between[from+1 : to+1])
		from = to
	}
	mirror(out)
	return out, between
}

// mirrored are brackets, which a line from the right draws the other way round.
var mirrored = map[rune]rune{'(': ')', ')': '(', '[': ']', ']': '[', '{': '}', '}': '{', '«': '»', '»': '«'}

// mirror turns the brackets of a line round if the first of them closes.
func mirror(glyphs []glyph) {
	first := slices.IndexFunc(glyphs, func(g glyph) bool { return mirrored[g.char] != 0 })
	if first < 0 || !strings.ContainsRune(")]}»", glyphs[first].char) {
		return
	}
	for i, g := range glyphs {
		if m := mirrored[g.char]; m != 0 {
			glyphs[i].char = m
		}
	}
}
