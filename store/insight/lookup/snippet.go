package lookup

import (
	"strings"
	"unicode/utf8"

	"fineprint/store/insight/terms"
	"fineprint/store/model"
)

// phrases are what is marked in a snippet.
type phrases [][]terms.Asked

// snippetLength is how many characters of a clause are shown at most.
const snippetLength = 200

// token is a term of a clause with where it stands.
type token struct {
	from, to   int // its letters, where those of all stand
	start, end int
}

// snippet returns the part of a clause that has most of what was looked for, and the bytes
// of it that were.
func snippet(words string, list phrases) (string, []model.ByteRange) {
	words = oneLine(words)
	marks := marksIn(words, list)
	from, to := window(words, marks)
	cut := words[from:to]
	before, after := "", ""
	if from > 0 {
		before = "…"
	}
	if to < len(words) {
		after = "…"
	}
	inside := []model.ByteRange{}
	for _, m := range marks {
		if m.Start >= from && m.End <= to {
			inside = append(inside, model.ByteRange{Start: m.Start - from + len(before),
				End: m.End - from + len(before)})
		}
	}
	return before + cut + after, inside
}

// marksIn finds what was looked for, in order and without overlaps.
func marksIn(words string, list phrases) (marks []model.ByteRange) {
	tokens, letters := make([]token, 0, len(words)/5), make([]byte, 0, len(words))
	terms.Each(words, func(term []byte, start, end int, _ bool) {
		from := len(letters)
		letters = append(letters, term...)
		tokens = append(tokens, token{from, len(letters), start, end})
	})
	marked := make([]bool, len(tokens))
	for _, asked := range list {
		for i := range tokens {
			if !holds(letters, tokens, i, asked) {
				continue
			}
			for _, a := range asked {
				marked[i+a.Place] = true
			}
		}
	}
	for i, t := range tokens {
		if !marked[i] {
			continue
		}
		if n := len(marks) - 1; n >= 0 && marks[n].End >= t.start { // characters of one run
			marks[n].End = max(marks[n].End, t.end)
			continue
		}
		marks = append(marks, model.ByteRange{Start: t.start, End: t.end})
	}
	return marks
}

func holds(letters []byte, tokens []token, i int, asked []terms.Asked) bool {
	for _, a := range asked {
		if i+a.Place >= len(tokens) {
			return false
		}
		term := letters[tokens[i+a.Place].from:tokens[i+a.Place].to]
		if len(term) < len(a.Term) || string(term[:len(a.Term)]) != a.Term || len(term) > len(a.Term) && !a.Prefix {
			return false
		}
	}
	return true
}

// window returns which part of a text to show: the one with the most marks, begun a little
// before the first of them, at the beginning of a word.
func window(words string, marks []model.ByteRange) (from, to int) {
	if utf8.RuneCountInString(words) <= snippetLength {
		return 0, len(words)
	}
	begin := 0
	if len(marks) > 0 {
		best, most := 0, 0
		for i := range marks {
			n := 0
			for _, m := range marks[i:] {
				if m.End > marks[i].Start+snippetLength*3/4 {
					break
				}
				n++
			}
			if n > most {
				best, most = i, n
			}
		}
		begin = marks[best].Start
	}
	from = back(words, begin, snippetLength/4)
	if from > 0 { // at a word
		if k := strings.IndexByte(words[from:begin], ' '); k >= 0 {
			from += k + 1
		}
	}
	to = from
	for n := 0; to < len(words) && n < snippetLength-2; n++ {
		_, size := utf8.DecodeRuneInString(words[to:])
		to += size
	}
	if to == len(words) {
		return from, to
	}
	if k := strings.LastIndexByte(words[from:to], ' '); k > (to-from)*3/4 {
		to = from + k
	}
	return from, to
}

// back returns where n characters before i are.
func back(s string, i, n int) int {
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return i
}
