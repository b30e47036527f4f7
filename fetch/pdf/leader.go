package pdf

import (
	"slices"
	"strconv"
)

// Dots lead from the title of a chapter to its page, or from an article to its price. How many
// there are is a matter of the print, and so is the page.

// leader is what is read for dots that lead to something.
const leader = "…"

// leastDots is how many dots lead somewhere; fewer are left out words.
const leastDots = 5

// withLeader replaces dots that lead from one part of a line to another by one sign, apart from
// both. It reports whether there were any.
func withLeader(glyphs []glyph, spaced []bool) ([]glyph, []bool, bool) {
	isDot := func(g glyph) bool { return g.char == '.' || g.char == '·' || g.char == '․' || g.char == '…' }
	for from := 1; from < len(glyphs); from++ {
		to := from
		for to < len(glyphs) && isDot(glyphs[to]) {
			to++
		}
		if to-from < leastDots || to == len(glyphs) {
			from = max(from, to-1)
			continue
		}
		dots := glyphs[from]
		dots.char, dots.right = []rune(leader)[0], max(dots.left, glyphs[to].left)
		glyphs = slices.Concat(glyphs[:from], []glyph{dots}, glyphs[to:])
		spaced = slices.Concat(spaced[:from], []bool{true}, spaced[to:])
		spaced[from-1] = true
		return glyphs, spaced, true
	}
	return glyphs, spaced, false
}

// led are the two parts of a line with a leader.
func (l line) led() (title string, page int, ok bool) {
	n := len(l.words)
	if !l.leads || n < 3 || l.words[n-2].text != leader {
		return "", 0, false
	}
	page, err := strconv.Atoi(l.words[n-1].text)
	l.words = l.words[:n-2]
	return bare(l.text()), page, err == nil
}

// withoutPageNumbers leaves out the pages of a table of contents: numbers that go up, behind
// titles that stand in the document, too.
func withoutPageNumbers(pages [][]line) [][]line {
	const least = 3
	texts := map[string]bool{}
	for _, page := range pages {
		for _, l := range page {
			if !l.leads {
				texts[bare(l.text())] = true
			}
		}
	}
	known, last := 0, 0
	for _, page := range pages {
		for _, l := range page {
			if title, n, ok := l.led(); ok && texts[title] {
				if n < last {
					return pages
				}
				known, last = known+1, n
			}
		}
	}
	if known < least {
		return pages
	}
	out := slices.Clone(pages)
	for i, page := range out {
		out[i] = slices.Clone(page)
		for j, l := range page {
			if title, _, ok := l.led(); ok && texts[title] {
				out[i][j].words = l.words[:len(l.words)-2]
			}
		}
	}
	return out
}
