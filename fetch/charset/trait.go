package charset

import (
	"strings"
	"sync"
	"unicode"
)

// trait is what a character is, as far as it tells encodings apart: its script and flags.
type trait uint16

const (
	script trait = 0xf // which of scripts, none or eastern
	letter trait = 1 << (iota + 3)
	accent
	upper
	lower
	impossible // in a text
	private
	usual    // a mark of print
	joining  // one that may stand amid a word
	wideMark // of Chinese, Japanese and Korean
)

// scripts are those whose letters don't stand in a word with those of another.
var scripts = []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Hebrew, unicode.Arabic,
	unicode.Thai}

// eastern is the script of Chinese, Japanese and Korean together.
const eastern trait = 15

const (
	usualMarks   = "\u00a0\u00ad“”‘’‚„«»‹›–—…•·§©®™°€£¥¿¡№\u200e\u200f\u200c\u200b"
	joiningMarks = "\u00ad’·–‑\u200c\u200d\u200b"
)

// traits holds those of the basic plane: they are asked for once a character and encoding.
var traits = sync.OnceValue(func() *[1 << 16]trait {
	var all [1 << 16]trait
	for r := range all {
		all[r] = makeTrait(rune(r))
	}
	return &all
})

func traitOf(r rune) trait {
	if r < 1<<16 {
		return traits()[r]
	}
	return makeTrait(r)
}

func makeTrait(r rune) (t trait) {
	flag := func(is bool, f trait) {
		if is {
			t |= f
		}
	}
	flag(unicode.IsLetter(r), letter)
	flag(unicode.IsMark(r), accent)
	flag(unicode.IsUpper(r), upper)
	flag(unicode.IsLower(r), lower)
	flag(isImpossible(r), impossible)
	flag(unicode.Is(unicode.Co, r), private)
	flag(strings.ContainsRune(usualMarks, r), usual)
	flag(strings.ContainsRune(joiningMarks, r), joining)
	flag(r >= 0x3000 && r < 0x3040 || r >= 0xff00 && r < 0xfff0, wideMark)
	flag(unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul), eastern)
	for i, s := range scripts {
		flag(unicode.Is(s, r), trait(i+1))
	}
	return t
}
