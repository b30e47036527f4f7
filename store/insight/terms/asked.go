package terms

import (
	"strings"
	"unicode"
)

// Asked is a term that is looked for, with its place among those beside it.
type Asked struct {
	Term   string
	Place  int  // of the first 0, of the next 1
	Prefix bool // what begins with it will do
}

// Ask cuts what is typed into the terms that a text must have, each at its place
// behind the first. prefix: the last word is only begun. It returns none for what has no
// letter or digit.
func Ask(typed string, prefix bool) []Asked {
	type found struct {
		Asked
		start, end int
		alone      bool
	}
	var list []found
	Each(typed, func(term []byte, start, end int, alone bool) {
		list = append(list, found{Asked{string(term), len(list), false}, start, end, alone})
	})
	var asked []Asked
	for i, f := range list {
		if f.alone {
			if i > 0 && list[i-1].end == f.end && list[i-1].start < f.start {
				continue // the pair before has it
			}
			f.Prefix = true
		}
		asked = append(asked, f.Asked)
	}
	if n := len(asked); prefix && n > 0 && endsInWord(typed) {
		asked[n-1].Prefix = true
	}
	return asked
}

// endsInWord reports whether the last character belongs to a word.
func endsInWord(s string) bool {
	s = strings.TrimRightFunc(s, func(r rune) bool { return isLeftOut(r) })
	for _, r := range []rune(s)[max(0, len([]rune(s))-1):] {
		return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
	}
	return false
}
