package charset

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/unicode/norm"
)

// letters.txt has a line a language: its name, the encodings that it is written in,
// and its letters behind what one costs, twice the negative logarithm of how often it
// comes among them. They were counted in the translated messages of free programs.
//
//go:embed letters.txt
var letterTable string

// Costs are in the unit of letters.txt: halves of a natural logarithm.
const (
	costForeign    = 7  // a letter of ASCII in a language of another script
	costUnseen     = 26 // a letter that the language does not have
	costUnseenHan  = 20 // of thousands a few hundred are listed
	costUpper      = 2  // a capital beyond its small letter
	costTurn       = 14 // a capital after a small letter, letters of two scripts in a word
	costTypo       = 12 // a mark that is usual in print
	costWide       = 9  // and in Chinese, Japanese and Korean
	costSymbol     = 18 // any other
	costInWord     = 12 // a mark amid a word, beyond the mark
	costImpossible = 50 // what stands in no text: controls, private use, what was no character
	// bonusLanguage is what it counts that a page names its language.
	bonusLanguage = 20
)

// language is one that text may be written in.
type language struct {
	name      string
	encodings []string
	cost      map[rune]int
	latin     bool
}

// languages are those of letters.txt, in its order.
var languages = sync.OnceValue(func() []language {
	var list []language
	for line := range strings.Lines(letterTable) {
		fields := strings.Fields(line)
		l := language{name: fields[0], encodings: strings.Split(fields[1], ","), cost: map[rune]int{}}
		for _, group := range fields[2:] {
			letters := strings.TrimLeft(group, "0123456789")
			cost, _ := strconv.Atoi(strings.TrimSuffix(group, letters))
			for _, r := range letters {
				l.cost[r] = cost
			}
		}
		_, l.latin = l.cost['a']
		list = append(list, l)
	}
	return list
})

// of returns what a letter, small if it has a case, costs in the language.
func (l language) of(r rune) int {
	cost, ok := l.cost[r]
	switch {
	case ok:
		return cost
	case r < utf8.RuneSelf && !l.latin:
		return costForeign
	case unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hangul, r):
		return costUnseenHan
	}
	return costUnseen
}

// guess is what a text seems to be.
type guess struct {
	encoding string
	language string
	cost     int // of the whole text; the least is the best
	strange  int // of what is not ASCII in it
}

// guessOf finds the encoding in which words make the most sense; ok is false when
// there is none. The words are those with bytes that are not ASCII; said is the
// language that the page names.
func guessOf(words []byte, said string) (best guess, ok bool) {
	tried := map[string]*tally{}
	for _, l := range languages() {
		for _, name := range l.encodings {
			t := tried[name]
			if t == nil {
				t = tallyOf(words, name)
				tried[name] = t
			}
			g := t.as(l)
			g.encoding = name
			if l.name == said {
				g.cost -= bonusLanguage
			}
			if !ok || g.cost < best.cost-1 {
				best, ok = g, true
			}
		}
	}
	return best, ok
}

// tally is what stands in a text as one encoding reads it.
type tally struct {
	letters map[rune]int
	marks   int // what all that is no letter costs, and how letters stand together
	strange int // of them, what is not ASCII
}

func tallyOf(words []byte, name string) *tally {
	t := &tally{letters: map[rune]int{}}
	e, err := htmlindex.Get(name)
	if err != nil {
		t.marks = 1 << 30
		return t
	}
	text := decodeAll(e, words)
	if name == "windows-1258" {
		text = norm.NFC.Bytes(text) // its accents are characters of their own
	}
	before := trait(0)
	for i, r := range string(text) {
		is := traitOf(r)
		if r < utf8.RuneSelf {
			switch {
			case is&letter != 0:
				t.letters[unicode.ToLower(r)]++
			case is&impossible != 0:
				t.marks += costImpossible
			}
		} else {
			after, _ := utf8.DecodeRune(text[i+utf8.RuneLen(r):])
			t.add(r, before, is, traitOf(after))
		}
		before = is
	}
	return t
}

// add counts a character that is not ASCII, between its neighbours.
func (t *tally) add(r rune, before, is, after trait) {
	cost := 0
	switch {
	case is&(impossible|private) != 0:
		cost = costImpossible
	case is&(letter|accent) != 0:
		t.letters[unicode.ToLower(r)]++
		if is&upper != 0 {
			cost += costUpper
		}
		if is&upper != 0 && before&lower != 0 {
			cost += costTurn
		}
		if foreign(is, before) || foreign(is, after) {
			cost += costTurn
		}
	default:
		cost = costOfMark(before, is, after)
	}
	t.marks += cost
	t.strange += cost
}

func costOfMark(before, is, after trait) int {
	cost := costSymbol
	switch {
	case is&usual != 0:
		cost = costTypo
	case is&wideMark != 0:
		return costWide
	}
	if before&letter != 0 && after&letter != 0 && is&joining == 0 {
		cost += costInWord
	}
	return cost
}

// foreign reports whether two letters that stand together are of different scripts.
// Words of ASCII stand beside Chinese, Japanese and Korean without a space.
func foreign(a, b trait) bool {
	return a&letter != 0 && b&letter != 0 && a&script != b&script && a&script != eastern && b&script != eastern
}

// as returns what the text is in a language.
func (t *tally) as(l language) guess {
	g := guess{language: l.name, cost: t.marks, strange: t.strange}
	for r, n := range t.letters {
		cost := n * l.of(r)
		g.cost += cost
		if r >= utf8.RuneSelf {
			g.strange += cost
		}
	}
	return g
}

// decodeAll reads bytes in an encoding; what is none of its characters is U+FFFD.
func decodeAll(e encoding.Encoding, b []byte) []byte {
	text, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return []byte(string(utf8.RuneError))
	}
	return text
}
