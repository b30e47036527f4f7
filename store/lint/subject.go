package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

// subject is a record while it is checked.
type subject struct {
	record   *model.Record
	writing  *model.Writing
	facts    Facts
	rule     *Rule
	problems []model.Problem

	passages []passage // prose
	sources  []string  // that quotations are looked for in
}

// passage is what a person wrote in one field.
type passage struct{ field, text string }

// report notes a problem of the rule that is being checked.
func (s *subject) report(field, format string, args ...any) {
	s.problems = append(s.problems, model.Problem{
		Rule: s.rule.Name, Field: field, Message: fmt.Sprintf(format, args...), Blocks: s.rule.Blocks,
	})
}

// prose lists what is written in sentences: the title, the fields under headings of
// their own, what readers can do and why agencies have jurisdiction.
func (s *subject) prose() []passage {
	if s.passages != nil {
		return s.passages
	}
	for _, f := range model.WritingFields {
		text := f.Text(s.writing)
		if text != nil && (f.Shape == model.Prose || f.Key == "title") && strings.TrimSpace(*text) != "" {
			s.passages = append(s.passages, passage{f.ID(), *text})
		}
	}
	for _, a := range s.writing.Actions {
		s.passages = append(s.passages, passage{"actions", a.Text + "\n\n" + a.Basis})
	}
	for _, name := range sortedKeys(s.writing.AgencyReasons) {
		s.passages = append(s.passages, passage{"agency_reasons", name + "\n\n" + s.writing.AgencyReasons[name]})
	}
	return s.passages
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// wordsOf returns the words that a reader sees in a text, in lower case, each with one
// space before it and one at the end. A character of a script written without spaces
// is a word.
func wordsOf(text string) string {
	var b strings.Builder
	gap := true
	visible := clause.Visible(text)
	b.Grow(len(visible) + 2)
	for _, r := range visible {
		switch {
		case r < utf8.RuneSelf:
			gap = putASCII(&b, byte(r), gap)
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			b.WriteByte(' ')
			b.WriteRune(r)
			gap = true
		case unicode.In(r, unicode.L, unicode.N, unicode.M):
			if gap {
				b.WriteByte(' ')
			}
			b.WriteRune(unicode.ToLower(r))
			gap = false
		default:
			gap = true
		}
	}
	b.WriteByte(' ')
	return b.String()
}

// putASCII is a step of wordsOf for most characters, and reports whether no word goes on.
func putASCII(b *strings.Builder, c byte, gap bool) bool { // work limit
	switch {
	case c >= 'A' && c <= 'Z':
		c += 'a' - 'A'
	case c < '0' || c > '9' && c < 'a' || c > 'z':
		return true
	}
	if gap {
		b.WriteByte(' ')
	}
	b.WriteByte(c)
	return false
}

// pattern is a regular expression that is compiled when it is first asked for: a
// program that checks nothing doesn't pay for it.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// countWords counts the words of what wordsOf returns.
func countWords(words string) int { return max(0, strings.Count(words, " ")-1) }

// shortened is a text in one line, cut where a message would be too long.
func shortened(text string) string {
	const most = 60
	line := strings.Join(strings.Fields(text), " ")
	if runes := []rune(line); len(runes) > most {
		line = strings.TrimRight(string(runes[:most-1]), " ") + "…"
	}
	return line
}
