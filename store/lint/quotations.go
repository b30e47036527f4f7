package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

const (
	// fewestQuoted is from how many words on something in quotation marks is taken for
	// a passage of the document: fewer are a term that the writer speaks of.
	fewestQuoted = 4
	// mostQuoted is how many passages of a record are looked for, so that a long field
	// doesn't cost its length times that of the document.
	mostQuoted = 200
)

// closers are the marks that end what a mark begins.
var closers = map[rune]string{'“': "”", '„': "“”", '‟': "”", '«': "»", '»': "«", '"': "\"", '‘': "’", '‚': "‘’",
	'\'': "'",
	'「':  "」", '『': "』"}

// quotations lists where in a text something stands in quotation marks, the marks left
// out. A mark that nothing ends in its paragraph is none.
func quotations(text string) []model.ByteRange {
	var found []model.ByteRange
	unended := map[rune]bool{}
	for from := 0; from < len(text); {
		paragraph := text[from:]
		if n := strings.Index(paragraph, "\n\n"); n >= 0 {
			paragraph = paragraph[:n+2]
		}
		clear(unended)
		for i := 0; i < len(paragraph); {
			r, n := utf8.DecodeRuneInString(paragraph[i:])
			i += n
			if closers[r] == "" || unended[r] || !opens(paragraph, i-n, n) {
				continue
			}
			end := closing(paragraph, i, closers[r])
			if unended[r] = end < 0; end < 0 {
				continue
			}
			found = append(found, model.ByteRange{Start: from + i, End: from + end})
			_, n = utf8.DecodeRuneInString(paragraph[end:])
			i = end + n
		}
		from += len(paragraph)
	}
	return found
}

// withoutQuotations takes what is quoted away from a text.
func withoutQuotations(text string) string {
	var b strings.Builder
	from := 0
	for _, q := range quotations(text) {
		b.WriteString(text[from:q.Start])
		from = q.End
	}
	b.WriteString(text[from:])
	return b.String()
}

// opens reports whether a quotation mark at i, of n bytes, stands where one begins.
func opens(text string, i, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+n:])
	return !isWordRune(before) && (i+n < len(text) && !unicode.IsSpace(after) || text[i:i+n] == "«")
}

// closing returns where one of marks ends what begins at i, -1 where none does.
func closing(text string, i int, marks string) int {
	for at := i; at < len(text); {
		n := strings.IndexAny(text[at:], marks)
		if n < 0 {
			return -1
		}
		at += n
		r, size := utf8.DecodeRuneInString(text[at:])
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+size:])
		apostrophe := (r == '\'' || r == '’') && isWordRune(after)
		if at > i && !apostrophe && (!unicode.IsSpace(before) || r == '»') {
			return at
		}
		at += size
	}
	return -1
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

var (
	// changedLetter is a letter that was fitted into a sentence: "[Y]ou may".
	changedLetter = pattern(`\[(\pL)\](\pL)`)
	// leftOut is what an elision looks like, and an insertion, once typography is plain.
	leftOut = pattern(`\[[^\[\]]*\]|\.\.\.|\. \. \.`)
)

// quotedParts returns the words of a quotation between what was left out or put in, as
// [wordsOf] does, and how many they are.
func quotedParts(quotation string) (parts []string, count int) {
	plain := changedLetter().ReplaceAllString(clause.Visible(quotation), "$1$2")
	for _, part := range leftOut().Split(plain, -1) {
		words := wordsOf(part)
		if n := countWords(words); n > 0 {
			parts = append(parts, words)
			count += n
		}
	}
	return parts, count
}

// saysInOrder reports whether the parts are in a text's words, one after the other.
func saysInOrder(words string, parts []string) bool {
	for _, part := range parts {
		at := strings.Index(words, part)
		if at < 0 {
			return false
		}
		words = words[at+len(part)-1:]
	}
	return true
}

// quotable are the texts whose words may be quoted: the version's, the one before it,
// and what is compared.
func (s *subject) quotable() []string {
	if s.sources == nil {
		for _, text := range []string{s.facts.Text, s.facts.OldText} {
			if text != "" {
				s.sources = append(s.sources, wordsOf(text))
			}
		}
		var excerpts strings.Builder
		for _, c := range s.writing.Comparisons {
			excerpts.WriteString(c.Excerpt + "\n\n")
		}
		s.sources = append(s.sources, wordsOf(excerpts.String()))
	}
	return s.sources
}

// checkQuotes holds what is quoted against the texts that it is from.
func checkQuotes(s *subject) {
	s.checkPositions()
	if s.facts.Text == "" {
		return
	}
	looked := 0
	for _, p := range s.prose() {
		for _, q := range quotations(p.text) {
			quotation := p.text[q.Start:q.End]
			parts, count := quotedParts(quotation)
			if count < fewestQuoted {
				continue
			}
			if looked++; looked > mostQuoted {
				s.report(p.field, "there are more than %d quotations, the others were not looked for", mostQuoted)
				return
			}
			if !s.isQuotable(parts) {
				s.report(p.field, "“%s” is not in the version's text", shortened(quotation))
			}
		}
	}
}

func (s *subject) isQuotable(parts []string) bool {
	for _, words := range s.quotable() {
		if saysInOrder(words, parts) {
			return true
		}
	}
	return false
}

// checkPositions holds quoted clauses against the bytes at their positions.
func (s *subject) checkPositions() {
	r := s.record
	for _, p := range r.Provisions {
		text, seq := s.facts.Text, r.To.Seq
		if p.Seq == r.From.Seq && p.Seq != r.To.Seq {
			text, seq = s.facts.OldText, r.From.Seq
		}
		if p.Seq == seq {
			s.checkPosition("provisions", &p.Quote, text)
		}
	}
	for _, c := range r.Clauses {
		s.checkPosition("clauses", c.Old, s.facts.OldText)
		s.checkPosition("clauses", c.New, s.facts.Text)
	}
}

func (s *subject) checkPosition(field string, q *model.Quote, text string) {
	if q == nil || text == "" {
		return
	}
	if q.Start < 0 || q.End > len(text) || q.Start > q.End || text[q.Start:q.End] != q.Text {
		s.report(field, "“%s” is not at its place in the version's text, bytes %d to %d", shortened(q.Text), q.Start, q.End)
	}
}

// checkComparedText holds the excerpts of others against the documents that they name.
func checkComparedText(s *subject) {
	if s.facts.Compared == nil {
		return
	}
	for _, c := range s.writing.Comparisons {
		if c.Document == "" || strings.TrimSpace(c.Excerpt) == "" {
			continue
		}
		text, ok := s.facts.Compared(c)
		if !ok {
			s.report("comparisons", "no such version of %s is stored, so that “%s” can't be looked for in it", c.Document,
				shortened(c.Excerpt))
			continue
		}
		if parts, _ := quotedParts(c.Excerpt); !saysInOrder(wordsOf(text), parts) {
			s.report("comparisons", "“%s” is not in the text of %s", shortened(c.Excerpt), c.Document)
		}
	}
}
