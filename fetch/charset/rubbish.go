package charset

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"fineprint/store/model"
)

// ErrRubbish is returned for text of characters that nobody writes.
var ErrRubbish = fmt.Errorf("%w: it is not text", model.ErrInvalid)

const (
	// maxImpossible is one in how many characters may be none that text has, and maxPrivate
	// one in how many a private one: the icons of a page are a few.
	maxImpossible, maxPrivate = 20, 5
	// minImpossible is how many there are at least: a few strays make no rubbish.
	minImpossible = 4
)

// isImpossible reports whether a character stands in no text: a control, one that could
// not be decoded, or one that does not exist.
func isImpossible(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r' || r == '\f':
		return false
	case r >= ' ' && r < 0x7f:
		return false
	}
	return r == utf8.RuneError || !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z,
		unicode.Cf, unicode.Co)
}

// Check returns [ErrRubbish] for a text that is mostly what no text is made of: it was
// read in an encoding that it isn't in, or is no text at all.
func Check(text string) error {
	all, impossible, private := 0, 0, 0
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			continue
		case isImpossible(r):
			impossible++
		case unicode.Is(unicode.Co, r):
			private++
		}
		all++
	}
	switch {
	case impossible >= minImpossible && impossible*maxImpossible > all:
		return fmt.Errorf("%w: %d of its %d characters are none, so its encoding is another or it is binary", ErrRubbish,
			impossible, all)
	case private >= minImpossible && private*maxPrivate > all:
		return fmt.Errorf("%w: %d of its %d characters are private to its fonts, so its encoding can't be made out",
			ErrRubbish, private, all)
	}
	return nil
}

func countImpossible(text []byte) (n int) {
	for _, r := range string(text) {
		if isImpossible(r) {
			n++
		}
	}
	return n
}
