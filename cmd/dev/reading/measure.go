package main

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	gmtext "github.com/yuin/goldmark/text"
)

// wordsOf splits a text into words: letters and digits that stand together, whole
// ideographs and kana one by one, and the symbols that carry meaning. Case, kinds of
// apostrophe and superscript don't count.
func wordsOf(s string) []string {
	var words []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words = append(words, strings.ToLower(string(word)))
			word = word[:0]
		}
	}
	runes := []rune(s)
	for i, r := range runes {
		inner := i > 0 && i+1 < len(runes) && unicode.IsLetter(runes[i-1]) && unicode.IsLetter(runes[i+1])
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana), strings.ContainsRune("%§€$£¥&☑☐✓", r):
			flush()
			words = append(words, string(r))
		case superscript(r) != "":
			flush()
			words = append(words, superscript(r))
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), (r == '\u200c' || r == '\u200d') && inner:
			word = append(word, r)
		case (r == '\'' || r == '’') && inner:
			word = append(word, '\'')
		case r == '\u00ad':
		default:
			flush()
		}
	}
	flush()
	return words
}

// superscript returns the digit that is set above the line, or "".
func superscript(r rune) string {
	switch {
	case r == '¹':
		return "1"
	case r == '²', r == '³':
		return string('2' + r - '²')
	case r == '⁰', r >= '⁴' && r <= '⁹':
		return string('0' + r - '⁰')
	}
	return ""
}

// found is what a reader made of a page.
type found struct {
	words    []string
	headings []string
}

var markdown = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough))

// foundIn reads a Markdown text: its words with the marks of numbered lists, and its
// headings.
func foundIn(s string) found {
	src := []byte(s)
	var f found
	var line strings.Builder
	flush := func() []string {
		words := wordsOf(line.String())
		line.Reset()
		f.words = append(f.words, words...)
		return words
	}
	_ = ast.Walk(markdown.Parser().Parse(gmtext.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeBlock || n.Kind() == extast.KindTableCell {
			words := flush()
			if h, ok := n.(*ast.Heading); ok && !entering && h.Level > 0 && len(words) > 0 {
				f.headings = append(f.headings, strings.Join(words, " "))
			}
		}
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.ListItem:
			line.WriteString(numberOf(n))
		case *ast.HTMLBlock, *ast.FencedCodeBlock, *ast.CodeBlock:
			for i := range n.Lines().Len() {
				at := n.Lines().At(i)
				line.Write(at.Value(src))
			}
		case *ast.Text:
			line.WriteString(unescape(string(n.Segment.Value(src))))
			if n.SoftLineBreak() || n.HardLineBreak() {
				line.WriteByte('\n')
			}
		case *ast.String:
			line.Write(n.Value)
		case *ast.AutoLink:
			line.Write(n.Label(src))
		}
		return ast.WalkContinue, nil
	})
	flush()
	return f
}

// unescape drops the backslashes of Markdown: none is part of a word, but one would
// part two halves of it.
func unescape(s string) string { return strings.ReplaceAll(s, `\`, "") }

// numberOf returns what stands before an item of a numbered list.
func numberOf(item *ast.ListItem) string {
	list, ok := item.Parent().(*ast.List)
	if !ok || !list.IsOrdered() {
		return ""
	}
	n := list.Start
	for p := item.PreviousSibling(); p != nil; p = p.PreviousSibling() {
		n++
	}
	return strconv.Itoa(n) + " "
}

// score is how well a page was read.
type score struct {
	words, kept       int
	chrome            int
	headings, right   int
	lost, taken, miss []string // to be printed
}

func (s *score) add(o score) {
	s.words, s.kept, s.chrome = s.words+o.words, s.kept+o.kept, s.chrome+o.chrome
	s.headings, s.right = s.headings+o.headings, s.right+o.right
	s.lost, s.taken, s.miss = append(s.lost, o.lost...), append(s.taken, o.taken...), append(s.miss, o.miss...)
}

// measure holds what a reader found against what there is to be found.
func measure(w truth, f found) score {
	s := score{words: len(w.words), headings: len(w.headings)}
	keptWanted, keptFound := common(w.words, f.words)
	s.lost, s.taken = runs(w.words, keptWanted), runs(f.words, keptFound)
	s.kept = count(keptWanted)
	spare := map[string]int{}
	for _, word := range f.words {
		spare[word]++
	}
	for _, word := range w.words {
		spare[word]--
	}
	s.chrome = len(f.words) - s.kept
	for word, n := range w.neutral {
		s.chrome -= max(0, min(n, spare[word]))
	}
	s.chrome = max(0, s.chrome)
	right, _ := common(w.headings, f.headings)
	s.right = count(right)
	for i, h := range w.headings {
		if !right[i] {
			s.miss = append(s.miss, h)
		}
	}
	return s
}

func count(marked []bool) int {
	n := 0
	for _, m := range marked {
		if m {
			n++
		}
	}
	return n
}

// runs joins the words that are not marked, each run to one string.
func runs(words []string, marked []bool) []string {
	var all []string
	for i := 0; i < len(words); i++ {
		if marked[i] {
			continue
		}
		from := i
		for i < len(words) && !marked[i] {
			i++
		}
		all = append(all, strings.Join(words[from:i], " "))
	}
	return all
}

// common marks a longest common subsequence of two lists in both.
func common(a, b []string) (inA, inB []bool) {
	inA, inB = make([]bool, len(a)), make([]bool, len(b))
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		inA[head], inB[head] = true, true
		head++
	}
	endA, endB := len(a), len(b)
	for endA > head && endB > head && a[endA-1] == b[endB-1] {
		endA, endB = endA-1, endB-1
		inA[endA], inB[endB] = true, true
	}
	x, y := a[head:endA], b[head:endB]
	width := len(y) + 1
	best := make([]int32, (len(x)+1)*width) // of x[i:] and y[j:]
	for i := range slices.Backward(x) {
		for j := range slices.Backward(y) {
			if x[i] == y[j] {
				best[i*width+j] = best[(i+1)*width+j+1] + 1
			} else {
				best[i*width+j] = max(best[(i+1)*width+j], best[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			inA[head+i], inB[head+j] = true, true
			i, j = i+1, j+1
		case best[(i+1)*width+j] >= best[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return inA, inB
}
