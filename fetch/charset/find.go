package charset

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

const (
	// maxStray is one in how many characters beyond ASCII may be broken in what is UTF-8
	// nevertheless.
	maxStray = 4
	// byChance is how many of them are UTF-8 by chance in Chinese, Japanese or Korean.
	byChance = 6
	// plainlyBetter is how much less, a byte, an encoding must cost than the one that was
	// said, and costDoubt how much less in all.
	plainlyBetter = 2
	costDoubt     = 40
	// maxStrange is what a byte beyond ASCII may cost, among so many: text stays below 15.
	maxStrange = 18
	minStrange = 20
)

// byForm returns the encoding that bytes are in by their form alone: nothing but UTF-8
// happens to be valid UTF-8, and nothing but ISO-2022-JP switches with escapes.
func byForm(body []byte, labels []string) (name string, sure bool) {
	whole, broken := countUTF8(body)
	switch {
	case whole+broken == 0 && isISO2022(body):
		return "iso-2022-jp", true
	case whole+broken == 0:
		if len(labels) > 0 && !strings.HasPrefix(labels[0], "utf-16") {
			return labels[0], true
		}
		return utf8Name, true
	case broken*maxStray > whole:
		return "", false
	case broken == 0 && whole < byChance && len(labels) > 0 && slices.Contains(manyBytes, labels[0]):
		return labels[0], !bytes.ContainsRune(decodeLabel(labels[0], body), utf8.RuneError)
	}
	return utf8Name, true
}

// manyBytes are the encodings whose characters take several bytes.
var manyBytes = []string{"gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr"}

func isISO2022(body []byte) bool {
	for _, escape := range []string{"\x1b$B", "\x1b$@", "\x1b(J"} {
		if bytes.Contains(body, []byte(escape)) {
			return true
		}
	}
	return false
}

// countUTF8 counts the characters beyond ASCII that are whole as UTF-8, and the bytes
// that are none.
func countUTF8(body []byte) (whole, broken int) {
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && size == 1 {
			broken++
		} else {
			whole++
		}
		i += size
	}
	return whole, broken
}

// findAmong finds the encoding of bytes that their form does not tell.
func findAmong(in Input, labels []string) (Text, error) {
	words, language := wordsOf(in.Body, in.Page)
	best, ok := guessOf(words, language)
	high := countHigh(words)
	for _, said := range labels {
		if !strings.HasPrefix(said, "utf-") && fits(said, words, best, high) {
			return Text{Name: said, Remark: remarkOn(labels, said)}, nil
		}
	}
	if name, cost := wideGuess(in.Body); name != "" && !in.Page && cost < best.cost {
		return Text{Name: name, Remark: remarkOn(labels, name)}, nil
	}
	if !ok || high >= minStrange && best.strange > maxStrange*high {
		return Text{}, ErrUnknown
	}
	return Text{Name: best.encoding, Remark: remarkOn(labels, best.encoding)}, nil
}

// fits reports whether words make about as much sense in the encoding that was said as
// in the best.
func fits(said string, words []byte, best guess, high int) bool {
	t := tallyOf(words, said)
	least, known := 0, false
	for _, l := range languages() {
		if !slices.Contains(l.encodings, said) && !slices.Contains(l.encodings, within[said]) {
			continue
		}
		if g := t.as(l); !known || g.cost < least {
			least, known = g.cost, true
		}
	}
	if !known { // of languages that are not known here
		return t.strange <= maxStrange*high
	}
	return least-best.cost <= max(plainlyBetter*high, costDoubt)
}

// within names the encodings that are parts of others, or the same in other order.
var within = map[string]string{"gbk": "gb18030", "iso-8859-8-i": "iso-8859-8", "koi8-r": "koi8-u", "koi8-u": "koi8-r",
	"iso-8859-14": "iso-8859-15"}

func countHigh(b []byte) (n int) {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// maxWide bounds the bytes of what may be UTF-16 that are looked at.
const maxWide = 8 << 10

// findWide finds the encoding of bytes that hold zeros: UTF-16 in one order of bytes or
// the other, or text with a few strays.
func findWide(in Input) (Text, error) {
	zeros := bytes.Count(in.Body, []byte{0})
	if utf8.Valid(in.Body) && zeros*maxZeros < len(in.Body) {
		return Text{Name: utf8Name, Remark: fmt.Sprintf("it holds %d zeros", zeros)}, nil
	}
	if name, _ := wideGuess(in.Body); name != "" {
		return Text{Name: name, Remark: remarkOn(labelsOf(in), name)}, nil
	}
	return Text{}, ErrBinary
}

// wideGuess returns the order of bytes in which they make the most sense as UTF-16, and
// what that costs; "" where it is rubbish in both, or the last character would be half.
func wideGuess(body []byte) (name string, least int) {
	if len(body)%2 != 0 {
		return "", 0
	}
	part := body[:min(len(body), maxWide)&^1]
	for _, wide := range []string{"utf-16le", "utf-16be"} {
		text := decodeLabel(wide, part)
		if countImpossible(text)*maxZeros > utf8.RuneCount(text) {
			continue
		}
		t := tallyOf(part, wide)
		for _, l := range languages() {
			if g := t.as(l); name == "" || g.cost < least {
				name, least = wide, g.cost
			}
		}
	}
	return name, least
}

func decodeLabel(name string, b []byte) []byte {
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil
	}
	return decodeAll(e, b)
}
