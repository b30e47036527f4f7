// Package terms cuts a text into the terms that an index knows it by, and what is typed
// into the terms that are looked for. It is not for comparing texts (store/text) nor for
// knowing where terms are (store/insight/index).
//
// Invariants, fuzzed: a text has the same terms in whatever case, with composed or
// decomposed accents, or without; a term is never empty nor longer than [MaxBytes]; the
// spans of terms are in order, within the text and on the borders of characters.
//
// # Decisions with reasons
//
//   - Diacritics of Latin, Greek and Cyrillic letters, Arabic vowel signs and Hebrew
//     points are left out, for people type without them; those of other scripts, as
//     Devanagari's, are letters of their own.
//   - In scripts that write no spaces between words a term is two characters, each
//     with the one after it, and the last of a run alone: two characters that stand side
//     by side are one term, and a single one is the beginning of a term wherever it is.
//   - An apostrophe before at most two letters is left out ("don't" is dont, "user's"
//     users); one before more parts two words, as in "l'utilisateur", so that both are
//     found by what people type.
//   - Words are not stemmed: a word finds itself, and "arbitra*" finds its family. So what
//     is found is exactly what was asked for, in every language.
package terms

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxBytes bounds a term; what is longer, which no word is, is cut there.
const MaxBytes = 48

// Visit is told of a term and the bytes of the text that it stands for; the term is
// valid during the call only. alone: it is the last character of a run in a script
// without spaces, not the first of two.
type Visit func(term []byte, start, end int, alone bool)

// Each calls visit for each term of a text, in order.
func Each(text string, visit Visit) {
	s := scanner{text: text, visit: visit}
	s.run()
}

type scanner struct {
	text  string
	visit Visit
	term  []byte
	start int // of the word under way
	// Of a run in a script without spaces: the character before, which waits for the next.
	before     []byte
	from, upTo int
}

func (s *scanner) run() {
	for i := 0; i < len(s.text); {
		c := s.text[i]
		if c < utf8.RuneSelf {
			switch {
			case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
				s.letter(i, c)
			case 'A' <= c && c <= 'Z':
				s.letter(i, c+('a'-'A'))
			case c == '\'' && s.joins(i, i+1):
			default:
				s.endWord(i)
				s.endRun()
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s.text[i:])
		s.rune(r, i, n)
		i += n
	}
	s.endWord(len(s.text))
	s.endRun()
}

func (s *scanner) letter(i int, c byte) {
	if len(s.term) == 0 {
		s.endRun()
		s.start = i
	}
	s.term = append(s.term, c)
}

// rune takes a character beyond ASCII that stands at i in n bytes.
func (s *scanner) rune(r rune, i, n int) {
	switch {
	case isApostrophe(r) && s.joins(i, i+n), isLeftOut(r):
		return
	case r == utf8.RuneError || !isWord(r):
		s.endWord(i)
		s.endRun()
		return
	case isSpaceless(r):
		s.endWord(i)
		folded := fold(r)
		if unicode.IsMark(r) { // belongs to the character before
			if s.before != nil {
				s.before, s.upTo = append(s.before, folded...), i+n
			}
			return
		}
		if s.before != nil {
			first := len(s.before)
			pair := append(s.before, folded...)
			s.visit(cut(pair), s.from, i+n, false)
			s.before = append(pair[:0], pair[first:]...)
		} else {
			s.before = append(make([]byte, 0, 16), folded...)
		}
		s.from, s.upTo = i, i+n
		return
	}
	folded := fold(r)
	if folded == "" {
		return
	}
	if len(s.term) == 0 {
		s.endRun()
		s.start = i
	}
	s.term = append(s.term, folded...)
}

// joins reports whether an apostrophe that ends at next stands in a word before one or
// two letters that end it.
func (s *scanner) joins(_, next int) bool {
	if len(s.term) == 0 {
		return false
	}
	letters := 0
	for _, r := range s.text[next:] {
		if !isWord(r) || isSpaceless(r) {
			return letters > 0
		}
		if isLeftOut(r) {
			continue
		}
		if letters++; letters > 2 {
			return false
		}
	}
	return letters > 0
}

func (s *scanner) endWord(i int) {
	if len(s.term) > 0 {
		s.visit(cut(s.term), s.start, i, false)
		s.term = s.term[:0]
	}
}

func (s *scanner) endRun() {
	if s.before != nil {
		s.visit(cut(s.before), s.from, s.upTo, true)
		s.before = nil
	}
}

// cut bounds a term, at the border of a character.
func cut(term []byte) []byte {
	if len(term) <= MaxBytes {
		return term
	}
	n := MaxBytes
	for n > 0 && !utf8.RuneStart(term[n]) {
		n--
	}
	return term[:n]
}

func isApostrophe(r rune) bool { return r == '’' || r == 'ʼ' || r == '＇' }

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// isLeftOut reports whether a character is part of a word and makes no difference.
func isLeftOut(r rune) bool {
	return r >= 0x300 && r < 0x370 || r >= 0x591 && r < 0x5c8 && r != 0x5be || r >= 0x64b && r < 0x660 || r == 0x670 ||
		r == 0xad || r == 0x200b || r == 0x200c || r == 0x200d || r == 0x2060 || r == 0xfeff || r >= 0xfe00 &&
		r < 0xfe10
}

// isSpaceless reports whether a character is of a script that writes no spaces between
// words.
func isSpaceless(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao,
		unicode.Khmer, unicode.Myanmar)
}

// foldTable is how the characters below its length are folded.
var foldTable = sync.OnceValue(func() []string {
	t := make([]string, 0x2000)
	for r := rune(0x80); int(r) < len(t); r++ {
		t[r] = foldRune(r)
	}
	return t
})

// fold returns the letters that a character counts as.
func fold(r rune) string {
	if r < 0x2000 {
		return foldTable()[r]
	}
	return foldRune(r)
}

var foldedLetters = map[rune]string{'ß': "ss", 'ẞ': "ss", 'ø': "o", 'Ø': "o", 'đ': "d", 'Đ': "d", 'ł': "l", 'Ł': "l",
	'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ı': "i", 'þ': "th", 'Þ': "th", 'ð': "d", 'Ð': "d", 'ς': "σ"}

func foldRune(r rune) string {
	if s, ok := foldedLetters[r]; ok {
		return s
	}
	if r >= 0xac00 && r < 0xd7a4 || r >= 0x3400 && r < 0xa000 { // Hangul's syllables and Han mean themselves
		return string(r)
	}
	decomposed := norm.NFKD.String(string(r))
	if r >= 0x900 && r < 0x1100 || r >= 0x3040 && r < 0x3100 { // marks are letters there
		return string(unicode.ToLower(r))
	}
	var b strings.Builder
	for _, d := range decomposed {
		if s, ok := foldedLetters[d]; ok {
			b.WriteString(s)
			continue
		}
		if isWord(d) && !isLeftOut(d) {
			b.WriteRune(unicode.ToLower(d))
		}
	}
	return b.String()
}
