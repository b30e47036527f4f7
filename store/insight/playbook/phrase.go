package playbook

import (
	"slices"
	"strings"
	"unicode"

	"fineprint/store/text/redline"
)

// phrase is words that are looked for: of each, the stems that it may have.
type phrase [][]string

const (
	// maxGap is how many words may be between two of a phrase.
	maxGap = 4
	// reach is how far before a phrase, in words, a negation may stand that negates it.
	reach = 12
)

// phrase reads words, with strokes between those of which any will do.
func (p *Playbook) phrase(words string) (phrase, error) {
	var x phrase
	for _, w := range strings.Fields(strings.ToLower(strings.ReplaceAll(words, "-", " "))) {
		var any []string
		for one := range strings.SplitSeq(w, "/") {
			one = strings.TrimFunc(one, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			if one == "" {
				continue
			}
			any = append(any, stem(one))
			for _, other := range p.Synonyms[one] {
				any = append(any, stem(strings.ToLower(other)))
			}
		}
		if len(any) > 0 {
			x = append(x, any)
		}
	}
	if len(x) == 0 {
		return nil, invalid("%q has no words to look for", words)
	}
	return x, nil
}

// holds reports whether a word is one of the phrase's.
func (p phrase) holds(stem string) bool {
	return slices.ContainsFunc(p, func(any []string) bool { return has(any, stem) })
}

// stem cuts what English words are bent by. It need only be the same for words that are
// the same, and may be so for others that nobody writes there.
func stem(w string) string {
	w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
	for _, s := range []string{"isations", "izations", "isation", "ization"} {
		if r, ok := strings.CutSuffix(w, s); ok && len(r) > 2 {
			return r
		}
	}
	for _, s := range []string{"ising", "izing", "ised", "ized", "ises", "izes", "ise", "ize"} {
		if r, ok := strings.CutSuffix(w, s); ok && len(r) > 3 {
			return r
		}
	}
	w = strings.Replace(w, "licence", "license", 1)
	for _, s := range []string{"ations", "ation", "ings", "ing", "ies", "ied", "es", "ed", "s", "e", "y"} {
		r, ok := strings.CutSuffix(w, s)
		if !ok || len(r) < 3 || s == "s" && strings.HasSuffix(r, "s") {
			continue
		}
		if n := len(r); (s == "ing" || s == "ed") && r[n-1] == r[n-2] && r[n-1] != 'l' && r[n-1] != 's' {
			r = r[:n-1] // "opting"
		}
		if strings.HasSuffix(r, "e") && len(r) > 3 {
			r = r[:len(r)-1]
		}
		return r
	}
	return w
}

// sentence is a sentence of a clause, in words.
type sentence struct {
	words, stems []string // words in lower case
	at           [][2]int // where each word is in the clause
	marks        []byte   // the comma, semicolon or colon before each word, 0 for none
	negates      []bool
	from, to     int
}

// sentencesOf cuts a clause into sentences and words.
func sentencesOf(text string) []sentence {
	tokens := redline.Tokens(text)
	var list []sentence
	pos, i := 0, 0
	for _, end := range redline.Sentences(tokens) {
		s, mark := sentence{from: pos}, byte(0)
		for ; i < end; i++ {
			t := tokens[i]
			if redline.IsWord(t) && !redline.IsTarget(t) {
				low := strings.ToLower(t)
				s.words, s.marks, mark = append(s.words, low), append(s.marks, mark), 0
				s.stems = append(s.stems, stem(low))
				s.at = append(s.at, [2]int{pos, pos + len(t)})
				s.negates = append(s.negates, redline.Negation(t) && low != "unless" && low != "except")
			} else if t == "," || t == ";" || t == ":" {
				mark = t[0]
			}
			pos += len(t)
		}
		s.to = pos
		list = append(list, s)
	}
	return list
}

// find returns where a phrase stands in a sentence, as words from and to.
func (s *sentence) find(p phrase, after int) (from, to int, ok bool) {
	for i := after; i < len(s.stems); i++ {
		if !has(p[0], s.stems[i]) {
			continue
		}
		at, k := i, 1
		for ; k < len(p); k++ {
			next := -1
			for j := at + 1; j < len(s.stems) && j <= at+1+maxGap; j++ {
				if has(p[k], s.stems[j]) {
					next = j
					break
				}
			}
			if next < 0 {
				break
			}
			at = next
		}
		if k == len(p) {
			return i, at + 1, true
		}
	}
	return 0, 0, false
}

// saysAny reports whether a sentence has one of some phrases, negated or not.
func (s *sentence) saysAny(list []phrase) bool {
	for _, p := range list {
		if _, _, ok := s.find(p, 0); ok {
			return true
		}
	}
	return false
}

func has(any []string, w string) bool {
	for _, a := range any {
		if a == w {
			return true
		}
	}
	return false
}
