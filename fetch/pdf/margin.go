package pdf

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Numbers of lines are printed in the margin, so that one can speak of a line: in another
// print they are others. They count up beside all that is text, beside nearly each row or
// evenly, and part sentences: beside the rows of a table or the items of a list, which each
// begin something, numbers are text.

// leastNumbered is how many numbers of lines a page must have to be believed; the last
// page of a document may have fewer, if they go on with those before.
const leastNumbered = 10

// withoutLineNumbers leaves out the numbers of lines in the left margin.
func withoutLineNumbers(pages [][]line) [][]line {
	out := slices.Clone(pages)
	last, step := 0, 0
	for i, page := range pages {
		n := numbersOf(page)
		goesOn := step > 0 && len(n.values) > 0 && n.values[0] == last+step &&
			(len(n.values) == 1 || n.step == step)
		if !n.counts && !goesOn {
			last, step = 0, 0
			continue
		}
		out[i] = n.without(page)
		if last = n.values[len(n.values)-1]; n.counts {
			step = n.step
		}
	}
	return out
}

// numbered is the numbers in the left margin of a page.
type numbered struct {
	values []int
	step   int
	edge   float64 // where the last of them ends
	counts bool    // they are those of lines
}

func numbersOf(page []line) numbered {
	rows := rowsOf(page)
	n := numbered{edge: math.Inf(-1)}
	var tops []float64
	text, cased, goesOn := math.Inf(1), 0, 0
	for _, r := range rows {
		words := r[0].words
		if v, ok := lineNumber(words[0]); ok && (len(n.values) == 0 || v > n.values[len(n.values)-1]) {
			n.values, tops = append(n.values, v), append(tops, r[0].top)
			n.edge = max(n.edge, words[0].right)
			words = words[1:]
			if len(words) == 0 && len(r) > 1 {
				words = r[1].words
			}
		}
		if len(words) == 0 {
			continue
		}
		text = min(text, words[0].left)
		if first, _ := utf8.DecodeRuneInString(words[0].text); unicode.IsLetter(first) {
			cased++
			if unicode.IsLower(first) {
				goesOn++
			}
		}
	}
	if len(n.values) == 0 || text <= n.edge {
		return numbered{}
	}
	n.step = 1
	if len(n.values) > 1 {
		n.step = n.values[1] - n.values[0]
	}
	for i := 1; i < len(n.values); i++ {
		if n.values[i] != n.values[i-1]+n.step {
			return numbered{}
		}
	}
	beside := len(n.values)*n.step*10 >= len(rows)*9
	n.counts = len(n.values) >= leastNumbered && goesOn*4 > cased && (beside || isEven(tops))
	return n
}

// lineNumber returns the number that a word is.
func lineNumber(w word) (int, bool) {
	if len(w.text) > 4 || strings.ContainsFunc(w.text, notDigit) {
		return 0, false
	}
	v, err := strconv.Atoi(w.text)
	return v, err == nil && v > 0
}

// isEven reports whether rows stand at the same distance from each other.
func isEven(tops []float64) bool {
	each := (tops[0] - tops[len(tops)-1]) / float64(len(tops)-1)
	for i := 1; i < len(tops); i++ {
		if math.Abs(tops[i-1]-tops[i]-each) > 0.05*each {
			return false
		}
	}
	return true
}

// without returns the lines of a page without these numbers.
func (n numbered) without(page []line) []line {
	var out []line
	for _, l := range page {
		if _, ok := lineNumber(l.words[0]); ok && l.words[0].right <= n.edge {
			if len(l.words) == 1 {
				continue
			}
			l.words = l.words[1:]
			l.left = l.words[0].left
		}
		out = append(out, l)
	}
	return out
}

// withInitials joins each letter that is as high as several lines of text with the word that
// it begins beside it.
func withInitials(page []line, v vocabulary) []line {
	for i := 0; i < len(page); i++ {
		initial := page[i]
		if !isInitial(initial) {
			continue
		}
		var beside []int
		for j, l := range page {
			middle := (l.top + l.bottom) / 2
			near := l.left > initial.right-0.3*l.size && l.left < initial.right+2.2*l.size
			if j != i && near && middle < initial.top && middle > initial.bottom-0.2*l.size && initial.size > 1.8*l.size {
				beside = append(beside, j)
			}
		}
		if len(beside) < 2 {
			continue
		}
		first := slices.MinFunc(beside, func(a, b int) int { return int(page[b].top - page[a].top) })
		rest := page[first].words[0].text
		if r, n := utf8.DecodeRuneInString(rest); !unicode.IsLower(r) && (!unicode.IsUpper(r) || !isUpper(rest[n:])) {
			continue
		}
		page = slices.Clone(page)
		letter := initial.words[0].text
		words := slices.Clone(page[first].words)
		apart := v.words[bare(rest)] && !v.words[bare(letter+rest)]
		if apart && strings.Contains("aiàyoé", bare(letter)) { // a word of its own
			words = slices.Insert(words, 0, word{initial.left, initial.right, letter})
		} else {
			words[0].text, words[0].left = letter+rest, initial.left
		}
		page[first].words = words
		for _, j := range beside {
			page[j].left = initial.left
		}
		page = slices.Delete(page, i, i+1)
		i--
	}
	return page
}

// isInitial reports whether a line is a letter alone, perhaps with a quote before it.
func isInitial(l line) bool {
	if len(l.words) != 1 {
		return false
	}
	text := strings.TrimLeft(l.words[0].text, `"“„«‘'`)
	r, n := utf8.DecodeRuneInString(text)
	return n == len(text) && unicode.IsUpper(r)
}
