package registry

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"fineprint/store/smallsort"
)

// word is a word of a text, with its place in it.
type word struct {
	text       string // as written, without 's
	fold       string // without case and accents
	start, end int    // bytes
}

// words cuts a text into words: letters and digits, U.S. as one.
func words(text string) []word {
	list := make([]word, 0, 4+len(text)/5)
	for i := 0; i < len(text); {
		c, n := utf8.DecodeRuneInString(text[i:])
		if !letter(c) {
			i += n
			continue
		}
		start, end := i, wordEnd(text, i)
		w := word{text: text[start:end], start: start, end: end}
		if dotted := dottedEnd(text, start); dotted > end {
			w.text, w.end = strings.ReplaceAll(text[start:dotted], ".", ""), dotted
		}
		i = w.end
		// What belongs to the FTC is named by FTC's.
		if rest := text[i:]; possessive(rest) {
			i += len(rest) - len(strings.TrimLeft(rest, "'’")) + 1
		}
		w.fold = fold(w.text)
		list = append(list, w)
	}
	return list
}

func letter(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) }

func wordEnd(text string, i int) int {
	n := strings.IndexFunc(text[i:], func(c rune) bool { return !letter(c) })
	if n < 0 {
		return len(text)
	}
	return i + n
}

// dottedEnd returns the end of an abbreviation such as U.S. that starts at i, else i.
func dottedEnd(text string, i int) int {
	end := i
	for n := 0; ; n++ {
		c, size := utf8.DecodeRuneInString(text[end:])
		if !unicode.IsUpper(c) || !strings.HasPrefix(text[end+size:], ".") {
			if n < 2 {
				return i
			}
			return end
		}
		end += size + 1
	}
}

func possessive(rest string) bool {
	after := strings.TrimLeft(rest, "'’")
	if len(after) == len(rest) || after == "" || after[0] != 's' && after[0] != 'S' {
		return false
	}
	c, _ := utf8.DecodeRuneInString(after[1:])
	return after[1:] == "" || !letter(c)
}

// maxAddress is how far before a word an address is looked for.
const maxAddress = 200

// inAddress reports whether a word is a part of a web or mail address, which names
// nobody.
func inAddress(text string, start, end int) bool {
	rest := text[end:]
	if len(rest) > 1 && rest[0] == '.' && rest[1] >= 'a' && rest[1] <= 'z' {
		return true
	}
	before := text[max(0, start-maxAddress):start]
	chunk := before[1+strings.LastIndexFunc(before, unicode.IsSpace):]
	return strings.HasPrefix(rest, "@") || strings.ContainsAny(chunk, "@") || strings.Contains(chunk, "://") ||
		strings.Contains(chunk, "www.")
}

func fold(s string) string {
	s = strings.ToLower(s)
	if isASCII(s) {
		return s
	}
	return strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Mn, c) {
			return -1
		}
		return c
	}, norm.NFD.String(s))
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return c >= utf8.RuneSelf }) < 0
}

// nameWords are the words of a name; The doesn't count.
func nameWords(name string) []word {
	list := words(name)
	if len(list) > 1 && list[0].fold == "the" {
		return list[1:]
	}
	return list
}

// lookupKey is what names are compared by.
func lookupKey(name string) string {
	var b strings.Builder
	for _, w := range nameWords(name) {
		b.WriteString(w.fold)
		b.WriteByte(' ')
	}
	return b.String()
}

// phrase is a name, or a cue, as it is looked for in a text.
type phrase struct {
	words   []string // folded
	exact   []string // how the words have to be spelled, nil if in any case
	target  int
	plurals bool // its last word may have an s
}

// finder looks for phrases by their first word.
type finder map[string][]phrase

// add puts in a name. One that an ordinary word could be, a short acronym or two words,
// has to be spelled as it is given, or in capitals.
func (f finder) add(name string, target int) {
	p := phrase{target: target}
	for _, w := range nameWords(name) {
		p.words = append(p.words, w.fold)
		p.exact = append(p.exact, w.text)
	}
	long := len(p.words) > 2 || len(p.words) == 1 && len(p.exact[0]) > 3 && p.exact[0] == strings.ToUpper(p.exact[0])
	if long {
		p.exact = nil
	}
	f.put(p)
}

// addCue puts in a cue, which may be spelled in any case and with a plural's s.
func (f finder) addCue(cue string, target int) {
	p := phrase{target: target, plurals: true}
	for _, w := range words(cue) {
		p.words = append(p.words, w.fold)
	}
	f.put(p)
}

func (f finder) put(p phrase) {
	if len(p.words) == 0 {
		return
	}
	f[p.words[0]] = append(f[p.words[0]], p)
	if p.plurals && len(p.words) == 1 {
		f[p.words[0]+"s"] = append(f[p.words[0]+"s"], p)
	}
}

// sort puts longer phrases first.
func (f finder) sort() {
	for _, list := range f {
		smallsort.By(list, func(a, b phrase) int { return len(b.words) - len(a.words) })
	}
}

// match is a phrase found in a text.
type match struct {
	target   int
	from, to int // of the words
}

// in returns the phrases in a text, each word in one of them at most, the longest
// first.
func (f finder) in(text string, list []word) []match {
	var found []match
	for i := 0; i < len(list); {
		k := slices.IndexFunc(f[list[i].fold], func(p phrase) bool { return p.at(text, list[i:]) })
		if k < 0 {
			i++
			continue
		}
		p := f[list[i].fold][k]
		found = append(found, match{p.target, i, i + len(p.words)})
		i += len(p.words)
	}
	return found
}

// at reports whether a phrase is what the words begin with.
func (p phrase) at(text string, list []word) bool {
	if len(list) < len(p.words) {
		return false
	}
	for k, want := range p.words {
		w := list[k]
		same := w.fold == want || p.plurals && k == len(p.words)-1 && w.fold == want+"s"
		if !same || k > 0 && parted(list[k-1].fold, text[list[k-1].end:w.start], w.fold) {
			return false
		}
		if p.exact != nil && w.text != p.exact[k] && w.text != strings.ToUpper(p.exact[k]) {
			return false
		}
	}
	return !slices.ContainsFunc(list[:len(p.words)], func(w word) bool { return inAddress(text, w.start, w.end) })
}

// parted reports whether what is between two words keeps them from being one name: the
// end of a sentence, a bracket, an empty line; not the point of 13.709.
func parted(before, gap, after string) bool {
	if gap == "." && digits(before) && digits(after) {
		return false
	}
	return strings.ContainsAny(gap, ".;:!?()[]{}|•·\"“”") || strings.Count(gap, "\n") > 1
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
