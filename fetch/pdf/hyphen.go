package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// vocabulary is the words of a document that no line end divides, and what they tell of
// those that one divides: a hyphen at the end of a line is part of the word, or only
// divides it, and PDFs seldom say which.
type vocabulary struct {
	words   map[string]bool
	before  map[string]bool // what stands before a hyphen within a word
	after   map[string]bool // what stands after one
	divides bool            // the document divides words
	proven  bool            // one that it divides is known
}

// newVocabulary reads the words of a document's pages.
func newVocabulary(pages [][]line) vocabulary {
	v := vocabulary{words: map[string]bool{}, before: map[string]bool{}, after: map[string]bool{}}
	for _, page := range pages {
		for i, l := range page {
			words := l.words
			if l.hyphen {
				words = words[:max(len(words)-1, 0)]
			}
			if i > 0 && page[i-1].hyphen {
				words = words[min(len(words), 1):]
			}
			for _, w := range words {
				v.add(w.text)
			}
		}
	}
	v.divides = !v.breaksLate(pages)
	for _, page := range pages {
		for i := 1; i < len(page); i++ {
			if l := page[i-1]; l.hyphen && len(page[i].words) > 0 {
				a, b := parts(l.words[len(l.words)-1].text, page[i].words[0].text)
				v.proven = v.proven || v.words[a+b] || endings[b] && len(a) > 2
			}
		}
	}
	v.divides = v.divides || v.proven
	return v
}

// breaksLate reports whether long words went to the next line though half of them would
// have fitted: then no word is divided, and a hyphen at a line's end is one of its own.
func (v vocabulary) breaksLate(pages [][]line) bool {
	const long = 9                        // letters
	late, hyphens := 0, map[string]bool{} // a sentence may come again and again
	for _, page := range pages {
		spaces := tightestSpaces(page)
		edges := rightEdges(page)
		for i := 1; i < len(page); i++ {
			l, next := page[i-1], page[i]
			if l.hyphen && len(next.words) > 0 {
				hyphens[l.words[len(l.words)-1].text+next.words[0].text] = true
			}
			if len(next.words) == 0 || math.IsInf(edges[i-1], 1) || next.top > l.top || overlapX(l, next) < 0.2 {
				continue
			}
			word := next.words[0]
			if utf8.RuneCountInString(word.text) < long || strings.ContainsFunc(word.text, notLower) {
				continue
			}
			free := edges[i-1] - l.right
			for n := 1; n < len(l.words); n++ {
				free += max(l.words[n].left-l.words[n-1].right-spaces, 0)
			}
			switch width := word.right - word.left; {
			case edges[i-1]-l.right > 0.6*width && free < 2*width:
				late += 2 // the line is ragged
			case free > 0.6*width && free < width:
				late++
			}
		}
	}
	return late > 1 && late > 2*len(hyphens)
}

func notLower(r rune) bool { return !unicode.IsLower(r) && !unicode.IsPunct(r) }

// tightestSpaces is how wide the narrow spaces of a page are.
func tightestSpaces(page []line) float64 {
	var gaps []float64
	for _, l := range page {
		for i := 1; i < len(l.words); i++ {
			if gap := l.words[i].left - l.words[i-1].right; gap > 0 {
				gaps = append(gaps, gap)
			}
		}
	}
	if len(gaps) == 0 {
		return 0
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/4]
}

func (v vocabulary) add(w string) {
	w = bare(w)
	v.words[w] = true
	if at := strings.LastIndexAny(w, "-‐"); at > 0 {
		v.before[w[:at]] = true
		_, size := utf8.DecodeRuneInString(w[at:])
		v.after[w[at+size:]] = true
	}
}

// bare is a word as it counts: without what stands around it, in lower case.
func bare(w string) string {
	return strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
}

// parts are the two parts of a divided word, bare.
func parts(a, b string) (before, after string) {
	a = strings.TrimRight(a, "-‐\u00ad")
	if at := strings.LastIndexAny(a, "/—–("); at >= 0 {
		_, size := utf8.DecodeRuneInString(a[at:])
		a = a[at+size:]
	}
	if at := strings.IndexAny(b, "-‐/—–"); at > 0 {
		b = b[:at]
	}
	return bare(a), bare(b)
}

// endings are what no word is but the end of one.
var endings = wordSet(`able ably ance ances ated ates ating ation ations cial cation cations ed ence ences ency eral ers
	ery est ful fully fied ial ible ibly ical ies ified ing ings ished ity ive ively izing ising ized ised less lished
	ling ly ment ments mation ness ously ous sion sions sive ship ssion ted ter ters tial ties ting tion tional tions
	tive tively tory ture tures tus ual ually uable ure vided viding ged ger ding ded der ders ners ning ned ner ring
	ung ungen lich liche lichen licher keit keiten heit heiten schaft schaften tung tungen dung dungen gung gungen rung
	rungen nung lung lungen bung sung ten gen den nen ren ter gem mente tés tion tions ment ments teur teurs sable`)

// compounds are what stands before a hyphen that is part of a word.
var compounds = wordSet(`non self third co ex quasi e well opt sub-licence cross pre-existing day up all peut c'est
	c’est au vice demi mi semi celui lui elle eux nous vous là half`)

// seconds are what stands after a hyphen whose word begins with two letters, which are a word
// but more often begin another: au-delà, but au-tomatisch.
var seconds = wordSet(`delà dessus dessous dehors devant haut bas dedans temps parcours to front ante post officio
	parte works gratia wife husband`)

// isSyllable reports whether what stands before a hyphen may be but the first syllable of a
// word: two letters, and none of a name such as EU.
func isSyllable(before, written string) bool {
	return utf8.RuneCountInString(before) == 2 && !isUpper(strings.TrimRight(written, "-‐\u00ad"))
}

// joining are the words before which a hyphen leaves a word open that ends further on:
// Handels- und Steuerrecht.
var joining = wordSet("and or und oder bzw sowie beziehungsweise et ou en of i lub y o e")

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// keeps reports whether the hyphen between the parts of a divided word is one of its own.
func (v vocabulary) keeps(a, b string) bool {
	before, after := parts(a, b)
	last := before
	if at := strings.LastIndexAny(before, "-‐"); at >= 0 {
		last = strings.TrimLeft(before[at:], "-‐")
	}
	first, _ := utf8.DecodeRuneInString(b)
	end, _ := utf8.DecodeLastRuneInString(before)
	switch {
	case v.words[before+"-"+after]:
		return true
	case v.words[before+after]:
		return false
	case unicode.IsUpper(first) && !isUpper(before) || unicode.IsDigit(first) || unicode.IsDigit(end):
		return true
	case endings[after]:
		return false
	case (v.before[before] || compounds[before]) && (!isSyllable(before, a) || v.words[after] || seconds[after]):
		return true
	case v.words[last+after] && last != before:
		return false
	case v.after[after] && v.words[before], !v.proven && v.words[before] && v.words[after]:
		return true
	}
	return !v.divides
}

func isUpper(s string) bool { return s != "" && strings.ToUpper(s) == s }

// join writes lines one after the other.
func (v vocabulary) join(lines []line) string {
	var text string
	for i, l := range lines {
		if i == 0 {
			text = l.text()
			continue
		}
		text = v.joinText(text, l.text())
	}
	return finish(text)
}

// finish writes text as Markdown: what would be a tag so that its words are seen, and a
// hyphen that was the last of it.
func finish(text string) string {
	if cut, found := strings.CutSuffix(text, "\u00ad"); found {
		text = cut + "-"
	}
	return notTags.Replace(text)
}

// isAddress reports whether two lines part an address, which stands whole elsewhere or has but its
// scheme before the end of the line.
func (v vocabulary) isAddress(a, b string) bool {
	at := strings.LastIndexByte(a, ' ') + 1
	if !strings.Contains(a[at:], "://") {
		return false
	}
	rest, _, _ := strings.Cut(b, " ")
	return strings.HasSuffix(a, "://") || v.words[bare(a[at:]+rest)]
}

// joinText joins two lines of a paragraph.
func (v vocabulary) joinText(a, b string) string {
	r, size := utf8.DecodeLastRuneInString(a)
	before, _ := utf8.DecodeLastRuneInString(a[:len(a)-size])
	if v.isAddress(a, b) {
		return a + b
	}
	if !isHyphen(r) || !unicode.IsLetter(before) && !unicode.IsDigit(before) {
		if tight(a, b) {
			return a + b
		}
		return a + " " + b
	}
	left := a
	if at := strings.LastIndexByte(a, ' '); at >= 0 {
		left = a[at+1:]
	}
	right, _, _ := strings.Cut(b, " ")
	if joining[bare(right)] && bare(right) == right {
		return a[:len(a)-size] + "- " + b
	}
	if v.keeps(left, right) {
		return a[:len(a)-size] + "-" + b
	}
	return a[:len(a)-size] + b
}
