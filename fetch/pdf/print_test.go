package pdf

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// numberedLines draws lines with their numbers in the margin.
func numberedLines(from, step int, lines []text) []text {
	var out []text
	for i, l := range lines {
		if n := from + i; n%step == 0 {
			out = append(out, text{20, l.y, 6, fmt.Sprint(n)})
		}
		out = append(out, l)
	}
	return out
}

var proseLines = []string{"We keep what you write to us and", "erase it when the account that it",
	"belongs to is closed by you. We do",
	"not sell it to anybody else, and we", "show it to nobody but to those who", "must see it for what you asked us",
	"to do. You may ask us for a copy of", "it, and we must answer you before", "one month ends, and the first copy",
	"of it that you ask for is for free,", "and for each further copy we may", "charge what it costs us to make it."}

func TestLineNumbersAreNoText(t *testing.T) {
	prose := column(50, 700, proseLines...)
	want := strings.Join(proseLines, " ") + "\n"
	last := column(50, 700, "It ends here, as the last of these", "lines does.")
	pleading := append([]text{}, prose...)
	for i := range 20 {
		pleading = append(pleading, text{20, 710 - 7*float64(i), 6, fmt.Sprint(i + 1)})
	}
	rows := make([]text, 0, 24)
	for i := range 12 {
		y := 700 - 14*float64(i)
		rows = append(rows, text{20, y, 10, fmt.Sprint(i + 1)}, text{50, y, 10, "Article of trade"},
			text{300, y, 10, "4.20 each"})
	}
	for name, c := range map[string]struct {
		pages [][]text
		want  string
		has   bool // whether the text is to hold it; else it is all
	}{
		"beside each line": {[][]text{numberedLines(1, 1, prose)}, want, false},
		"on a second, short page": {[][]text{numberedLines(1, 1, prose), numberedLines(13, 1, last)},
			"It ends here, as the last of these lines does.\n", true},
		"evenly, beside no line": {[][]text{pleading}, want, false},
		"the rows of a table":    {[][]text{rows}, "12", true},
		"two amounts": {[][]text{{{50, 700, 10, "You pay for each of these months"},
			{50, 688, 10, "14 or 15 pounds"}}}, "14 or 15", true},
	} {
		got := readDrawn(t, c.pages...)
		if c.has && !strings.Contains(got, c.want) || !c.has && got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}

func TestInitialsBeginTheirWord(t *testing.T) {
	beside := func(letter string, lines ...string) []text {
		out := []text{{50, 676, 34, letter}}
		for i, l := range lines {
			x := 70.0
			if i > 1 {
				x = 50
			}
			out = append(out, text{x, 700 - 12*float64(i), 10, l})
		}
		return out
	}
	for name, c := range map[string]struct {
		page []text
		want string
	}{
		"a word's": {beside("W", "e keep what you write to us and", "erase it when the account that it",
			"belongs to is closed by you, or by us"),
			"We keep what you write to us and erase it when the account that it belongs to is closed by you, or by us\n"},
		"in capitals": {beside("N", "OBODY but you sees what you write", "to us, until the account that it is",
			"written from is closed by you, or by us"),
			"NOBODY but you sees what you write to us, until the account that it is written from is closed by you, or by us\n"},
		"a word of its own": {append(beside("A", "late parcel is not paid for, and no",
			"fee is due for what was sent with it",
			"on the same day from the same house."), text{50, 600, 10, "What comes late is late"}),
			"A late parcel is not paid for, and no fee is due for what was sent with it " +
				"on the same day from the same house.\n\n" +
				"What comes late is late\n"},
		"the mark of an answer": {beside("B", "Only what was sent to the house", "on the same day, or on the next one",
			"that is no holiday of the house"),
			"B Only what was sent to the house\n\non the same day, or on the next one that is no holiday of the house\n"},
	} {
		if got := readDrawn(t, c.page); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}

func TestLeaders(t *testing.T) {
	contents := []text{{50, 700, 10, "Scope ......................... 2"},
		{50, 684, 10, "Fees and payment . . . . . . . . . 3"},
		{50, 668, 10, "Your account................. 7"}}
	chapters := []text{{50, 700, 14, "Scope"}, {50, 640, 14, "Fees and payment"}, {50, 580, 14, "Your account"}}
	if got, want := readDrawn(t, contents, chapters), "Scope\n\nFees and payment\n\nYour account\n\n# Scope\n\n"+
		"# Fees and payment\n\n# Your account\n"; got != want {
		t.Errorf("contents:\ngot  %q\nwant %q", got, want)
	}
	if got, want := readDrawn(t, contents), "Scope … 2\n\nFees and payment … 3\n\nYour account … 7\n"; got != want {
		t.Errorf("prices:\ngot  %q\nwant %q", got, want)
	}
	if got, want := readDrawn(t, []text{{50, 700, 10, "and so on..."}}), "and so on...\n"; got != want {
		t.Errorf("left out words:\ngot  %q\nwant %q", got, want)
	}
}

func TestNotesAtTheFootOfAColumn(t *testing.T) {
	left := join(leftColumn[:3], []text{{50, 600, 7, "1 Counted in days of the calendar"}})
	right := column(300, 700, "not sell it to anybody else, nor do", "we lend it.")
	if got, want := readDrawn(t, join(left, right)), "We keep what you write to us and erase it when the account that it "+
		"belongs to is closed by you. We do not sell it to anybody else, nor do we lend it.\n\n"+
		"1 Counted in days of the calendar\n"; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestSwappedLigatures: a version of Ghostscript names the letters of a ligature in the wrong
// order of their bytes; a real sign stands in a place of its own.
func TestSwappedLigatures(t *testing.T) {
	at := func(x float64, chars ...rune) []glyph {
		var out []glyph
		for _, r := range chars {
			out = append(out, glyph{left: x, right: x + 5, top: 10, char: r})
		}
		return out
	}
	for want, glyphs := range map[string][]glyph{
		"office": join3(at(0, 'o'), at(5, 'f'<<8, 'f'<<8, 'i'<<8), at(10, 'c'), at(15, 'e')),
		"昀椀":     join3(at(0, 'f'<<8), at(5, 'i'<<8)),
	} {
		unswap(glyphs)
		var got strings.Builder
		for _, g := range glyphs {
			got.WriteRune(g.char)
		}
		if got.String() != want {
			t.Errorf("got %q, want %q", got.String(), want)
		}
	}
}

func join3(parts ...[]glyph) (out []glyph) {
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func TestNumbersOfNotes(t *testing.T) {
	raised := func(x, y float64, r rune) glyph { return glyph{left: x, right: x + 3, bottom: y, top: y + 6, char: r} }
	for want, glyphs := range map[string][]glyph{
		"1 Counted": append([]glyph{raised(0, 4, '1')}, drawnAt(3, 0, 10, "Counted")...),
		"1Counted":  drawnAt(0, 0, 10, "1Counted"),
		"27,40":     append([]glyph{raised(0, 4, '2'), raised(3, 4, '7')}, drawnAt(6, 0, 10, ",40")...),
	} {
		if lines := linesOf(glyphs); len(lines) != 1 || lines[0].text() != want {
			t.Errorf("%q: %v", want, lines)
		}
	}
	after := linesOf(append(append(drawnAt(0, 0, 10, "paid."), glyph{char: '\r'}), raised(25, 4, '2')))
	if got := joinNeighbours(after); len(got) != 1 || got[0].text() != "paid.²" {
		t.Errorf("%v", got)
	}
}

func TestFieldsStandBehindTheirLabels(t *testing.T) {
	at := func(index int, x, y float64, s string) line {
		l := linesOf(drawnAt(x, y, 10, s))[0]
		l.first = index
		return l
	}
	prose := "and we show it to nobody but to those who must see it"
	page := []line{at(0, 50, 700, "Name"), at(4, 50, 680, prose), at(90, 120, 700, "Vance"), at(95, 350, 680, "125")}
	var got []string
	for _, l := range putFields(page, 90) {
		got = append(got, l.text())
	}
	if want := []string{"Name Vance", prose, "125"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestLinesThatGoBeyondTheEdge(t *testing.T) {
	for want, rights := range map[float64][]float64{
		300: {300, 300.2, 300, 299.9, 280, 300.2, 120, 345},
		345: {300, 345, 290, 280, 120},
		310: {290, 310, 305, 301, 280, 299, 308, 260},
	} {
		if got := edgeOf(rights); got < want-0.5 || got > want+0.5 {
			t.Errorf("%v: %.1f, want %.1f", rights, got, want)
		}
	}
}

func TestGuessedLetters(t *testing.T) {
	for r, want := range map[rune][2]bool{'a': {}, '¿': {false, true}, '{': {false, true}, 'é': {true, false},
		'ß': {false, true}, '\u00a0': {}, '\u00ad': {}, 'ж': {}} {
		if latin, other := isGuess(r); latin != want[0] || other != want[1] {
			t.Errorf("%q: %v, %v", r, latin, other)
		}
	}
	count := func(share int) error {
		n := legibility{glyphs: 100, guessed: share}
		return n.legible()
	}
	if count(10) != nil || count(60) == nil {
		t.Error("a text of accents only is no text, one with some is")
	}
}

func TestLineEndsInAddressesAndCompounds(t *testing.T) {
	v := vocabulary{words: wordSet("https://example.org/partners notice board"), divides: true}
	for _, c := range [][3]string{
		{"see https://", "example.org/a", "see https://example.org/a"},
		{"see https://example.org/", "partners, who", "see https://example.org/partners, who"},
		{"see https://example.org/", "for more", "see https://example.org/ for more"},
		{"on the notice-", "board in", "on the notice-board in"},
		{"on the con-", "tract in", "on the contract in"},
	} {
		if got := v.joinText(c[0], c[1]); got != c[2] {
			t.Errorf("%q + %q = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func TestRomanPageNumbers(t *testing.T) {
	for n, want := range map[int]string{1: "i", 4: "iv", 9: "ix", 14: "xiv", 29: "xxix", 31: ""} {
		if got := roman(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}
