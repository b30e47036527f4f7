// Package excerpt picks from a clause the sentences that tell what it shares with
// another: what a comparison quotes. It is not for finding clauses that are alike, nor
// for redlines.
//
// Invariant: an excerpt is the clause's own visible words in their order. Where the end
// of a long sentence is left out, an ellipsis says so.
//
// Decision: words are compared as they are written, in lower case and without their
// plural s. A stemmer would tell no better here, because both clauses are about the
// same thing already.
package excerpt

import (
	"regexp"
	"strings"
	"unicode"
)

// Most is how many bytes an excerpt should have at most.
const Most = 400

// Words are the words of a text that tell something.
type Words map[string]bool

// WordsOf returns the telling words of a text: of four letters or more, and none that
// every clause has.
func WordsOf(text string) Words {
	words := Words{}
	for _, w := range strings.FieldsFunc(visible(text), notInWord) {
		if w = form(w); w != "" {
			words[w] = true
		}
	}
	return words
}

// Has reports whether a word is among them.
func (w Words) Has(word string) bool {
	f := form(strings.TrimFunc(word, notInWord))
	return f != "" && w[f]
}

func notInWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// form is a word as it is compared, "" for one that tells nothing.
func form(w string) string {
	w = strings.ToLower(w)
	if len(w) < 4 || common[w] {
		return ""
	}
	if strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
		w = w[:len(w)-1]
	}
	return w
}

var common = func() map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields(`about also another because been before being between both could does each
		either every from have having here however including into itself more most must only other otherwise over same
		shall should some such than that their them then there these they this those through under unless until upon
		very were what when where whether which while will with within without would your yours ours terms service
		services`) {
		words[w] = true
	}
	return words
}()

var (
	link  = regexp.MustCompile(`!?\[([^\]]*)\]\([^)\s]*(?:\s+"[^"]*")?\)`)
	marks = strings.NewReplacer("**", "", "__", "", "`", "", `\.`, ".", `\)`, ")")
	lead  = regexp.MustCompile(`(?m)^\s*(?:#{1,6}\s.*$|(?:[-*+•]|\d{1,2}[.)]|>)\s+)`) // and headings
)

// visible is a text without its headings and what Markdown adds to its words.
func visible(text string) string {
	return marks.Replace(lead.ReplaceAllString(link.ReplaceAllString(text, "$1"), ""))
}

// Of returns the sentences of a text that share most with words, at most about [Most]
// bytes of them.
func Of(text string, words Words) string {
	sentences := Sentences(visible(text))
	if len(sentences) == 0 { // it is a heading
		sentences = Sentences(marks.Replace(strings.TrimLeft(strings.TrimSpace(text), "# ")))
	}
	if len(sentences) == 0 {
		return ""
	}
	best, most := 0, -1.0
	weights := make([]float64, len(sentences))
	for i, s := range sentences {
		weights[i] = weight(s, words)
		if weights[i] > most {
			best, most = i, weights[i]
		}
	}
	from, to := best, best+1
	for size := len(sentences[best]); ; {
		before, after := -1.0, -1.0
		if from > 0 && size+len(sentences[from-1]) < Most {
			before = weights[from-1]
		}
		if to < len(sentences) && size+len(sentences[to]) < Most {
			after = weights[to]
		}
		switch {
		case before <= most/10 && after <= most/10:
			return cut(strings.Join(sentences[from:to], " "))
		case after >= before:
			size += len(sentences[to])
			to++
		default:
			from--
			size += len(sentences[from])
		}
	}
}

// weight is how much a sentence tells: its shared words, more where it is short.
func weight(sentence string, words Words) float64 {
	shared, all := 0, 0
	for w := range WordsOf(sentence) {
		all++
		if words[w] {
			shared++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(shared) * float64(shared) / float64(all)
}

// Sentences cuts a text where sentences end, on one line each.
func Sentences(text string) []string {
	var list []string
	add := func(s string) {
		if s = strings.Join(strings.Fields(s), " "); s != "" {
			list = append(list, s)
		}
	}
	for paragraph := range strings.SplitSeq(text, "\n") {
		from := 0
		for i := 0; i+2 < len(paragraph); i++ {
			if c := paragraph[i]; (c == '.' || c == '!' || c == '?' || c == ';') && paragraph[i+1] == ' ' &&
				(paragraph[i+2] >= 'A' && paragraph[i+2] <= 'Z' || c == ';') && i-from > 8 {
				add(paragraph[from : i+1])
				from = i + 2
			}
		}
		add(paragraph[from:])
	}
	return list
}

// cut shortens what is far too long at the end of a word.
func cut(s string) string {
	if len(s) <= Most*5/4 {
		return s
	}
	at := strings.LastIndexByte(s[:Most], ' ')
	if at < Most/2 {
		return s
	}
	return strings.TrimRight(s[:at], " ,;:") + " …"
}
