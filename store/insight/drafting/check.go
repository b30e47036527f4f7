package drafting

import (
	"slices"
	"strings"
	"unicode"

	"fineprint/store/clausetype"
	"fineprint/store/lint"
	"fineprint/store/model"
	"fineprint/store/text/redline"
)

// fewestWords and fewestLetters are what a quote has at least, the one or the other.
const (
	fewestWords   = 2
	fewestLetters = 8
)

// Check holds an answer against the words that it is about.
func Check(a Answer, s *Subject) []model.DraftedField {
	c := newChecker(s)
	var fields []model.DraftedField
	for _, f := range model.WritingFields {
		d := model.DraftedField{Field: f.ID(), Label: f.Label, Words: a.Words[f.ID()]}
		switch {
		case d.Words != nil:
			d.Problem = wordsProblem(f, d.Words)
		case a.Prose[f.ID()] != nil:
			for i, sentence := range a.Prose[f.ID()] {
				d.Sentences = append(d.Sentences, c.sentence(i+1, sentence))
			}
		default:
			continue
		}
		fields = append(fields, d)
	}
	return fields
}

// wordsProblem says why a field can't have these words, "" when it can.
func wordsProblem(f model.WritingField, words []string) string {
	for _, w := range words {
		if f.Shape == model.Word && !slices.Contains(f.Words, w) {
			return "“" + w + "” is none of " + strings.Join(f.Words, ", ")
		}
		if f.Key == "types" {
			if _, known := clausetype.ByID(w); !known {
				return "“" + w + "” is no clause type"
			}
		}
	}
	return ""
}

// checker knows the words that a draft is about.
type checker struct {
	places   []place // clauses first, the new text before the old
	old, new *lint.Numbers
	both     *lint.Numbers
}

// place is a text that quotes are looked for in.
type place struct {
	side   string
	clause int
	start  int
	text   string
	plain  plainText
}

func newChecker(s *Subject) *checker {
	c := &checker{}
	var olds, news []string
	for _, clause := range s.Clauses {
		if clause.New != nil {
			c.add("new", clause.N, clause.New.Start, clause.New.Text)
			news = append(news, clause.New.Text)
		}
		if clause.Old != nil {
			c.add("old", clause.N, clause.Old.Start, clause.Old.Text)
			olds = append(olds, clause.Old.Text)
		}
		heading := strings.Join(clause.Heading, "\n")
		olds, news = append(olds, heading), append(news, heading)
	}
	c.add("new", 0, 0, s.NewText)
	c.add("old", 0, 0, s.OldText)
	named := []string{s.Platform, s.Type}
	for _, v := range []Version{s.From, s.To} {
		if !v.CapturedAt.IsZero() {
			named = append(named, v.CapturedAt.UTC().Format("2006-01-02"))
		}
	}
	c.old = lint.NumbersOf(append(slices.Clone(named), olds...)...)
	c.new = lint.NumbersOf(append(slices.Clone(named), news...)...)
	c.both = lint.NumbersOf(slices.Concat(named, olds, news)...)
	return c
}

func (c *checker) add(side string, clause, start int, text string) {
	if text != "" {
		c.places = append(c.places, place{side, clause, start, text, plainOf(text)})
	}
}

// sentence holds a sentence against the words.
func (c *checker) sentence(n int, s Sentence) model.DraftedSentence {
	d := model.DraftedSentence{N: n, Text: s.Text, Ties: []model.Tie{}}
	problem := func(text string) {
		if !slices.Contains(d.Problems, text) {
			d.Problems = append(d.Problems, text)
		}
	}
	for _, q := range s.Quotes {
		tie, why := c.find(q)
		if why != "" {
			problem(why)
			continue
		}
		if !slices.Contains(d.Ties, tie) {
			d.Ties = append(d.Ties, tie)
		}
	}
	switch {
	case len(d.Ties) == 0:
		problem("rests on no quoted words")
	case !slices.ContainsFunc(d.Ties, func(t model.Tie) bool { return sharesWord(s.Text, t.Text) }):
		problem("shares no word with what it quotes")
	case !slices.ContainsFunc(d.Ties, func(t model.Tie) bool { return t.Clause > 0 }):
		problem("quotes words that did not change")
	}
	if count := len(redline.Sentences(redline.Tokens(s.Text))); count > 1 {
		problem("is several sentences; each needs a quote of its own")
	}
	for _, number := range c.both.Missing(s.Text) {
		problem("“" + number + "” is in neither text")
	}
	if !saysOld(s.Text) {
		for _, number := range c.new.Missing(s.Text) {
			if !slices.Contains(c.both.Missing(s.Text), number) {
				problem("“" + number + "” is in the old text only")
			}
		}
	}
	return d
}

// find finds where a quote stands, and else says why it is none.
func (c *checker) find(quote string) (model.Tie, string) {
	q := plainOf(quote).text
	letters := strings.Count(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return 'x'
		}
		return -1
	}, q), "x")
	if letters < fewestLetters && (len(strings.Fields(q)) < fewestWords || letters < 4) {
		return model.Tie{}, "quotes too few words"
	}
	for i := range c.places {
		p := &c.places[i]
		for from := 0; ; {
			at := strings.Index(p.plain.text[from:], q)
			if at < 0 {
				break
			}
			at += from
			if isWhole(p.plain.text, at, at+len(q)) {
				start, end := p.plain.at[at], p.plain.end(at+len(q)-1)
				return model.Tie{Side: p.side, Clause: p.clause, Start: p.start + start, End: p.start + end,
					Text: p.text[start:end]}, ""
			}
			from = at + 1
		}
	}
	return model.Tie{}, "quotes words that are in neither text"
}

// isWhole reports whether no word goes on before or after a stretch.
func isWhole(text string, from, to int) bool {
	inWord := func(at int) bool {
		if at <= 0 || at >= len(text) {
			return false
		}
		before, after := lastRune(text[:at]), firstRune(text[at:])
		return isWordRune(before) && isWordRune(after)
	}
	return !inWord(from) && !inWord(to)
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func lastRune(s string) rune {
	r := []rune(s[max(0, len(s)-4):])
	return r[len(r)-1]
}

// isWordRune: scripts that are written without spaces have no words to cut.
func isWordRune(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) &&
		!unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

// ofOld are words by which a sentence speaks of what stood before.
var ofOld = strings.Fields("from was were had no longer previously previous before formerly former earlier until " +
	"removed removes remove dropped drops deleted deletes replaced replaces replacing instead rather than used old " +
	"ended ends lapsed gone reduced reduces shortened lengthened raised lowered falls fell rises rose increased " +
	"increases decreased decreases extended extends cut up down shorter longer")

// saysOld reports whether a sentence speaks of what stood before.
func saysOld(sentence string) bool {
	for _, t := range redline.Tokens(strings.ToLower(sentence)) {
		if slices.Contains(ofOld, t) {
			return true
		}
	}
	return false
}

// common are words that two sentences share without saying the same.
var common = strings.Fields("a an the and or but if of to in on at by for with from as is are be been was were will " +
	"would shall may can could must not no any all this that these those it its you your we our us they their them " +
	"he she his her has have had do does did such other which who whom when where than then so also only more most " +
	"into out over under about after before between upon new old now user users platform company service services " +
	"terms policy document change changes clause")

// sharesWord reports whether a sentence and a quote have a word in common that says
// something, by its beginning.
func sharesWord(sentence, quote string) bool {
	of := func(text string) map[string]bool {
		stems := map[string]bool{}
		for _, t := range redline.Tokens(strings.ToLower(text)) {
			runes := []rune(t)
			switch {
			case !isWordRuneOf(runes) || slices.Contains(common, t):
			case len(runes) > 5:
				stems[string(runes[:5])] = true
			default:
				stems[strings.TrimSuffix(t, "s")] = true
			}
		}
		return stems
	}
	quoted := of(quote)
	for stem := range of(sentence) {
		if quoted[stem] {
			return true
		}
	}
	return false
}

func isWordRuneOf(runes []rune) bool {
	return len(runes) > 0 && (unicode.IsLetter(runes[0]) || unicode.IsDigit(runes[0]))
}
