package playbook

import (
	"hash/maphash"
	"slices"
	"strings"
	"unicode/utf8"

	"fineprint/store/lint"
	"fineprint/store/model"
	"fineprint/store/text/clause"
)

// Recognizer tells of what types a clause is.
type Recognizer interface {
	// Types returns the IDs of the types of a clause, by its visible words, the headings
	// above it, and the type of its document.
	Types(text string, headings []string, document string) []string
	// Cued returns the IDs of the types that a clause has telling words of, or was said to
	// be of, which is found out for a fraction of that.
	Cued(text string) []string
}

// Found is a deviation in a text.
type Found struct {
	Position int // among the playbook's
	// Start and End are where the words are; both 0 where words are missing.
	Start, End int
	Words      string
	What       string // found, in words: "18 months"
	Clause     int    // index; -1 for none
}

// Checker holds a playbook against documents. It remembers what clauses say, since
// documents have many in common; it is for one goroutine.
type Checker struct {
	book  *Playbook
	types Recognizer
	seed  maphash.Seed
	said  map[uint64][]Found // by clause and positions; places are of the clause

	worded []string
}

// Worded returns the visible words of the clauses that [Checker.Clause] was asked about
// since Worded was called last and that would deviate if they were of another type.
func (c *Checker) Worded() []string {
	was := c.worded
	c.worded = nil
	return was
}

// NewChecker returns a Checker.
func NewChecker(p *Playbook, types Recognizer) *Checker {
	return &Checker{book: p, types: types, seed: maphash.MakeSeed(), said: map[uint64][]Found{}}
}

// Clauses lists the positions that hold for a document and are about single clauses.
func (c *Checker) Clauses(platform, slug, document string) (list []int) {
	for _, i := range c.inScope(platform, slug, document) {
		if k := c.book.Positions[i].rule.kind; k != present && k != mustSay {
			list = append(list, i)
		}
	}
	return list
}

// inScope lists the positions that hold for a document.
func (c *Checker) inScope(platform, slug, document string) (list []int) {
	platform, document = strings.ToLower(platform), strings.ToLower(document)
	for i := range c.book.Positions {
		x := &c.book.Positions[i]
		if holdsOne(document, x.Documents) && (holdsOne(platform, x.Platforms) || holdsOne(slug, x.Platforms)) {
			list = append(list, i)
		}
	}
	return list
}

func holdsOne(name string, list []string) bool {
	for _, s := range list {
		if strings.Contains(name, strings.ToLower(s)) {
			return true
		}
	}
	return len(list) == 0
}

// Document returns the deviations of a document's text, in its order; those about what it
// doesn't say come last.
func (c *Checker) Document(platform, slug, document, text string) []Found {
	scope := c.inScope(platform, slug, document)
	if len(scope) == 0 {
		return nil
	}
	doc := clause.Split(text)
	var list []Found
	missing := map[int]bool{} // positions for which nothing was found yet
	for _, i := range scope {
		if k := c.book.Positions[i].rule.kind; k == present || k == mustSay {
			missing[i] = true
		}
	}
	for n := range doc.Clauses {
		switch doc.Clauses[n].Kind {
		case clause.Paragraph, clause.Item, clause.Row:
		default:
			continue
		}
		at := doc.Clauses[n].Start
		for _, f := range c.clause(doc, n, scope, document) {
			if f.What == "" { // it says what it must
				delete(missing, f.Position)
				continue
			}
			f.Start, f.End, f.Clause = f.Start+at, f.End+at, n
			list = append(list, f)
		}
	}
	for _, i := range scope {
		if missing[i] {
			list = append(list, Found{Position: i, What: c.book.Positions[i].missing(), Clause: -1})
		}
	}
	return list
}

// missing says what a document doesn't say.
func (x *Position) missing() string {
	if x.rule.kind == present {
		return "there is no such clause"
	}
	return "no clause says so"
}

// clause returns the deviations of a clause, and, without What, what it says that it must.
func (c *Checker) clause(doc *clause.Document, n int, scope []int, document string) []Found {
	words := doc.Words(n)
	headings := doc.HeadingPath(n)
	var h maphash.Hash
	h.SetSeed(c.seed)
	h.WriteString(words)
	for _, s := range append(headings, document) {
		h.WriteByte(0)
		h.WriteString(s)
	}
	for _, i := range scope {
		h.WriteByte(byte(i))
	}
	if leadNegates(doc, n, headings) {
		h.WriteByte(255)
	}
	key := h.Sum64()
	if list, ok := c.said[key]; ok {
		return list
	}
	if leadNegates(doc, n, headings) {
		scope = slices.DeleteFunc(slices.Clone(scope), func(i int) bool { return c.book.Positions[i].rule.kind == never })
	}
	list := c.Clause(words, headings, document, scope)
	c.said[key] = list
	return list
}

// leadNegates reports whether what leads a clause in negates it: "We do not:".
func leadNegates(doc *clause.Document, n int, headings []string) bool {
	lead := ""
	if k := doc.Clauses[n].Lead; k != clause.None {
		lead = doc.Words(int(k))
	} else if len(headings) > 0 {
		lead = headings[len(headings)-1]
	}
	lead = strings.TrimRight(lead, "* _\n")
	if !strings.HasSuffix(lead, ":") {
		return false
	}
	list := sentencesOf(lead)
	last := list[len(list)-1]
	for i := max(0, len(last.negates)-reach); i < len(last.negates); i++ {
		if last.negates[i] {
			return true
		}
	}
	return false
}

// Clause returns the deviations of one clause from some positions. Places are in the
// clause; one without What is of what the clause says as it must.
func (c *Checker) Clause(words string, headings []string, document string, scope []int) []Found {
	s := subject{words: words, types: c.types}
	var types []string
	asked, worded := false, false
	var list []Found
	for _, i := range scope {
		x := &c.book.Positions[i]
		found := s.check(i, x)
		worded = worded || len(found) > 0 || x.rule.kind == absent
		if len(found) == 0 {
			continue
		}
		if !asked {
			types, asked = c.types.Types(clause.Visible(words), headings, document), true
		}
		for _, t := range types {
			if t == x.Type {
				list = append(list, found...)
				break
			}
		}
	}
	if worded {
		c.worded = append(c.worded, clause.Visible(words))
	}
	return list
}

// subject is a clause that is being checked, with what was found out about it.
type subject struct {
	words     string
	sentences []sentence
	amounts   []lint.Amount
	counted   bool
	types     Recognizer
	cued      []string
	asked     bool
}

func (s *subject) cut() []sentence {
	if s.sentences == nil {
		s.sentences = sentencesOf(s.words)
	}
	return s.sentences
}

// check finds what a clause has against a position, whatever its type.
func (s *subject) check(i int, x *Position) []Found {
	switch x.rule.kind {
	case absent, present:
		if !s.hasCue(x.Type) {
			return nil
		}
		if x.rule.kind == present {
			return []Found{{Position: i}}
		}
		return []Found{s.found(i, 0, len(s.words), "there is such a clause")}
	case limit:
		return s.limits(i, x)
	case mustSay:
		for k := range s.cut() {
			for _, p := range x.rule.say {
				if _, _, ok := s.sentences[k].says(p); ok {
					return []Found{{Position: i}}
				}
			}
		}
		return nil
	}
	return s.forbidden(i, x)
}

// hasCue reports whether a clause has telling words of a type: a heading alone, under
// which much else may stand, makes no clause of it that a document should not have.
func (s *subject) hasCue(id string) bool {
	if !s.asked {
		s.cued, s.asked = s.types.Cued(clause.Visible(s.words)), true
	}
	return slices.Contains(s.cued, id)
}

func (s *subject) found(i, from, to int, what string) Found {
	return Found{Position: i, Start: from, End: to, Words: s.words[from:to], What: what}
}

// limits finds amounts beyond a limit.
func (s *subject) limits(i int, x *Position) []Found {
	if !s.counted {
		s.counted = true
		if strings.ContainsAny(s.words, "0123456789") || mayCount(s.words) {
			s.amounts = lint.Amounts(s.words)
		}
	}
	var list []Found
	last := 0.
	for _, a := range s.amounts {
		value, ok := x.rule.valueOf(s.words, a)
		if !ok || !x.rule.broken(value) {
			continue
		}
		at := s.sentenceAt(a.Start)
		if at == nil || len(x.about) > 0 && !at.saysAny(x.about) || x.excuses(at) || !x.rule.most && at.elsewhere(x.Type) {
			continue
		}
		if n := len(list); n > 0 && a.Start-list[n-1].End < nearBytes && a.Value == last {
			continue // "one hundred dollars ($100)"
		}
		last = a.Value
		end := a.End
		if a.Scale == "" {
			_, end = currencyOf(s.words, a)
		}
		list = append(list, s.found(i, a.Start, end, tidy(s.words[a.Start:end])))
	}
	return list
}

// nearBytes is how near to each other one amount is written twice.
const nearBytes = 30

// mayCount reports whether a clause may have a number in words with a unit.
func mayCount(words string) bool {
	low := strings.ToLower(words)
	for _, u := range []string{"day", "week", "month", "year", "hour", "percent", "dollar", "euro", "pound"} {
		if strings.Contains(low, u) {
			return true
		}
	}
	return false
}

func (s *subject) sentenceAt(pos int) *sentence {
	for k := range s.cut() {
		if x := &s.sentences[k]; pos >= x.from && pos < x.to {
			return x
		}
	}
	return nil
}

// forbidden finds where a clause first says what it should not.
func (s *subject) forbidden(i int, x *Position) []Found {
	for _, p := range x.rule.say {
		if !mayHold(s.words, p) {
			return nil
		}
	}
	for k := range s.cut() {
		at := &s.sentences[k]
		for _, p := range x.rule.say {
			from, to, ok := at.claims(p)
			if !ok || x.excuses(at) || s.title(k) && x.excuses(&s.sentences[k+1]) {
				continue
			}
			begin, end := at.at[from][0], at.at[to-1][1]
			return []Found{s.found(i, begin, end, "says “"+tidy(s.words[begin:end])+"”")}
		}
	}
	return nil
}

// excuses reports whether a sentence says what makes a deviation none: of "no … without …"
// it must be so ("without notice" is no notice), of unless the words will do.
func (x *Position) excuses(s *sentence) bool {
	if x.rule.kind != never {
		return s.saysAny(x.rule.unless) || s.saysAny(x.unless)
	}
	for _, p := range x.rule.unless {
		if _, _, ok := s.where(p, func(from, to int) bool { return s.lacking(p, from, to) }); ok {
			return true
		}
	}
	return s.saysAny(x.unless)
}

// mayHold rules out most clauses that don't hold the words of a phrase.
func mayHold(words string, p phrase) bool {
	for _, any := range p {
		ok := false
		for _, w := range any {
			ok = ok || containsFold(words, w[:min(len(w), 4)])
		}
		if !ok {
			return false
		}
	}
	return true
}

// containsFold reports whether a text holds a word of lower case, in whatever case.
func containsFold(s, w string) bool {
	if w == "" || w[0] >= utf8.RuneSelf {
		return true
	}
	up := w[0]
	if up >= 'a' && up <= 'z' {
		up -= 'a' - 'A'
	}
	for i := 0; i+len(w) <= len(s); i++ {
		if c := s[i]; (c == w[0] || c == up) && strings.EqualFold(s[i:i+len(w)], w) {
			return true
		}
	}
	return false
}

// tidy makes one line of words.
func tidy(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("*", "", "_", " ").Replace(s)), " ")
}

// Deviation is a deviation of a document, as it is shown.
func (p *Playbook) Deviation(f Found) model.Deviation {
	x := &p.Positions[f.Position]
	return model.Deviation{Position: x.Name, Type: x.Type, Severity: x.Severity, Expected: x.Expect, Found: f.What,
		Words: f.Words, Start: f.Start, End: f.End, Note: x.Note}
}
