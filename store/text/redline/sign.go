package redline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Says reports whether token i of a text says something: it is a word, a number,
// or a sign that means something where it stands. Punctuation doesn't, nor signs
// of copyright and trade marks, nor what only adorns a text: bullets and
// pictures at its start, arrows that lead nowhere. Where that is not sure, a sign
// says something.
func Says(tokens []string, i int) bool {
	t := tokens[i]
	if IsWord(t) {
		return len(t) > 2 || !isTradeMark(tokens, i)
	}
	if c := t[0]; c < utf8.RuneSelf {
		switch c {
		case '$', '%':
			return true
		case '+', '<', '>', '=', '~':
			return besideNumber(tokens, i) || c == '+' && !first(tokens, i) && !last(tokens, i)
		}
		return false
	}
	switch r, _ := utf8.DecodeRuneInString(t); signOf(r) {
	case always:
		return true
	case between:
		return besideNumber(tokens, i) || !first(tokens, i) && !last(tokens, i)
	case amid:
		return !first(tokens, i)
	}
	return false
}

// place is where a sign has to stand to say something.
type place uint8

const (
	nowhere place = iota
	always
	amid    // after a word
	between // between words, or beside a number
)

// answers are marks that are all that a line or a cell says: ticks, crosses,
// boxes, thumbs, lights.
var answers = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x2610, Hi: 0x2612, Stride: 1}, {Lo: 0x26d4, Hi: 0x26d4, Stride: 1}, {Lo: 0x2705, Hi: 0x2705, Stride: 1},
	{Lo: 0x2713, Hi: 0x2718, Stride: 1}, {Lo: 0x274c, Hi: 0x274e, Stride: 2}, {Lo: 0x2753, Hi: 0x2757, Stride: 1},
	{Lo: 0x2795, Hi: 0x2797, Stride: 1}, {Lo: 0x2b55, Hi: 0x2b55, Stride: 1},
}, R32: []unicode.Range32{
	{Lo: 0x1f197, Hi: 0x1f197, Stride: 1}, {Lo: 0x1f44c, Hi: 0x1f44e, Stride: 1}, {Lo: 0x1f534, Hi: 0x1f535, Stride: 1},
	{Lo: 0x1f5f4, Hi: 0x1f5f9, Stride: 1}, {Lo: 0x1f645, Hi: 0x1f646, Stride: 1}, {Lo: 0x1f6ab, Hi: 0x1f6ab, Stride: 1},
	{Lo: 0x1f7e0, Hi: 0x1f7eb, Stride: 1},
}}

// arrows are those, and what is drawn in place of one.
var arrows = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x00d7, Hi: 0x00d7, Stride: 1}, {Lo: 0x2190, Hi: 0x21ff, Stride: 1}, {Lo: 0x25b2, Hi: 0x25c5, Stride: 1},
	{Lo: 0x2794, Hi: 0x2794, Stride: 1}, {Lo: 0x2798, Hi: 0x27bf, Stride: 1}, {Lo: 0x27f0, Hi: 0x27ff, Stride: 1},
	{Lo: 0x2900, Hi: 0x297f, Stride: 1}, {Lo: 0x2b00, Hi: 0x2b4f, Stride: 1},
}}

// plain are signs that say nothing anywhere: of copyright and trade marks, for
// what can't be shown, and the operators that are drawn as a bullet.
var plain = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x00a6, Hi: 0x00a6, Stride: 1}, {Lo: 0x00a9, Hi: 0x00a9, Stride: 1}, {Lo: 0x00ae, Hi: 0x00ae, Stride: 1},
	{Lo: 0x2044, Hi: 0x2044, Stride: 1}, {Lo: 0x2117, Hi: 0x2117, Stride: 1}, {Lo: 0x2120, Hi: 0x2122, Stride: 2},
	{Lo: 0x2217, Hi: 0x2219, Stride: 1}, {Lo: 0x2223, Hi: 0x2223, Stride: 1}, {Lo: 0x22c4, Hi: 0x22c6, Stride: 1},
	{Lo: 0x2500, Hi: 0x259f, Stride: 1}, {Lo: 0xfffc, Hi: 0xfffd, Stride: 1},
}}

// signOf returns where a character that is no letter and no digit has to stand
// to say something.
func signOf(r rune) place {
	switch {
	case r == '‰' || r == '‱' || r == '٪' || r == '％':
		return always
	case !unicode.IsSymbol(r) || unicode.Is(unicode.Sk, r) || unicode.Is(plain, r):
		return nowhere
	case unicode.Is(unicode.Sc, r) || unicode.Is(answers, r) || r >= 0x1f1e6 && r <= 0x1f1ff: // flags
		return always
	case unicode.Is(arrows, r):
		return between
	case unicode.Is(unicode.Sm, r) && !(r >= 0x25a0 && r <= 0x25ff):
		return always
	}
	return amid
}

// maxBeside is how many tokens away from a sign its neighbours are looked for.
const maxBeside = 64 // work limit

// isSign reports whether a token is a sign that turns a sentence around wherever
// it stands.
func isSign(token string) bool {
	if c := token[0]; c < utf8.RuneSelf {
		return strings.IndexByte("$%<>=+", c) >= 0
	}
	r, _ := utf8.DecodeRuneInString(token)
	return signOf(r) == always
}

// beside returns the token next to token i in a direction, without the space
// between; "" when there is none.
func beside(tokens []string, i, by int) string {
	for end := i + by*maxBeside; i != end; { // work limit
		if i += by; i < 0 || i >= len(tokens) {
			break
		}
		if !IsSpace(tokens[i]) {
			return tokens[i]
		}
	}
	return ""
}

func besideNumber(tokens []string, i int) bool {
	before, after := beside(tokens, i, -1), beside(tokens, i, 1)
	return after != "" && (hasDigit(after) || IsMoney(after)) || before != "" && hasDigit(before)
}

// first and last report whether no word stands before or after token i.
func first(tokens []string, i int) bool {
	from := max(0, i-maxBeside)
	return from == 0 && !slices.ContainsFunc(tokens[from:i], IsWord)
}

func last(tokens []string, i int) bool {
	to := min(len(tokens), i+1+maxBeside)
	return to == len(tokens) && !slices.ContainsFunc(tokens[i+1:to], IsWord)
}

// isTradeMark reports whether token i is the letters of "(TM)", "(SM)" or "(R)"
// right after a word, or of "(c)" before a year.
func isTradeMark(tokens []string, i int) bool {
	if i == 0 || i+1 == len(tokens) || tokens[i-1] != "(" || tokens[i+1] != ")" {
		return false
	}
	switch t := tokens[i]; {
	case strings.EqualFold(t, "TM"), strings.EqualFold(t, "SM"), t == "R":
		return i > 1 && IsWord(tokens[i-2]) && !hasDigit(tokens[i-2])
	case strings.EqualFold(t, "c"):
		year := beside(tokens, i+1, 1)
		return len(year) == 4 && (strings.HasPrefix(year, "19") || strings.HasPrefix(year, "20")) && hasDigit(year[2:])
	}
	return false
}

// signed returns the length of a number with its sign at byte i of a text; 0 when
// none is there, or what is there may be a range, a date or a word with a hyphen.
// before are the tokens before it.
func signed(text string, i int, before []string) int {
	n := signLength(text[i:])
	if n == 0 || i+n >= len(text) || !IsDigit(text[i+n]) || dateLength(text[i+n:]) > 0 {
		return 0
	}
	if len(before) > 0 {
		t := before[len(before)-1]
		switch {
		case IsSpace(t):
			if k := len(before) - 2; k >= 0 && strings.IndexByte(t, '\n') < 0 && hasDigit(before[k]) {
				return 0
			}
		case strings.IndexByte("([{|:=<>~\"'", t[0]) < 0 && !strings.HasPrefix(t, "“"):
			return 0
		}
	}
	return n + number(text[i+n:])
}

// signLength is the length of a plus or minus at the start of s, 0 when there is
// none.
func signLength(s string) int {
	switch {
	case s[0] == '-' || s[0] == '+':
		return 1
	case strings.HasPrefix(s, "−"), strings.HasPrefix(s, "±"), strings.HasPrefix(s, "∓"):
		_, n := utf8.DecodeRuneInString(s)
		return n
	}
	return 0
}
