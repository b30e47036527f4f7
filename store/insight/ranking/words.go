package ranking

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fineprint/store/model"
	"fineprint/store/smallsort"
	"fineprint/store/text/clause"
	"fineprint/store/text/guard"
	"fineprint/store/text/redline"
)

// algorithm is the number of how words are read; it is raised with every change of what a
// term means, and what was read by another one is read again.
const algorithm = 2

const (
	// maxTerms is how many words and pairs of words of a change are kept; of more, those
	// with the lowest hashes, which are as good a sample as any.
	maxTerms = 48
	// maxParts is how many telling parts are kept of a change.
	maxParts = 5
	// maxRead is how many bytes of a change's clauses are read, and maxCompared of how many
	// the words are compared; of the rest only named phrases are counted.
	maxRead     = 1 << 20  // work limit
	maxCompared = 24 << 10 // work limit
)

// Term is a thing that the model looks at, such as a word that was added: the hash of
// its name.
type Term uint32

// termOf is the term of a name.
func termOf(name string) Term {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return Term(h.Sum32())
}

// Part is something that a change says, in words.
type Part struct {
	Text   string
	Term   Term
	Points uint8 // how telling it is by itself
}

// Words are what the model looks at in the words of a change.
type Words struct {
	Terms []Term // in their order, each once
	Parts []Part // the most telling first
}

// Read reads the words of a change from one text to another. Names, unless nil, is told
// what the terms are called.
func Read(old, new string, clauses []model.ClauseChange, names map[Term]string) Words {
	w, _ := guard.Value(func() Words {
		r := reader{net: map[string]int{}, phrases: map[int][2]int{}, kinds: map[string]bool{}}
		for i := range clauses {
			if c := &clauses[i]; c.Material && c.Kind != model.Moved {
				if r.cut = r.cut || r.read > maxRead; r.cut {
					break
				}
				r.clause(sideOf(old, c.Old), sideOf(new, c.New), c)
			}
		}
		return r.words(names)
	})
	return w
}

func sideOf(text string, r *model.ByteRange) string {
	if r == nil || r.End > len(text) {
		return ""
	}
	return text[r.Start:r.End]
}

// reader gathers what the clauses of one change say.
type reader struct {
	read    int
	net     map[string]int  // how much more often a word, or pair of words, is there than before
	phrases map[int][2]int  // how often a named phrase is in the old clauses, and in the new ones
	kinds   map[string]bool // other things, by their names
	parts   []Part
	cut     bool // there is more than was read
}

// clause reads a clause change.
func (r *reader) clause(old, new string, c *model.ClauseChange) {
	r.read += len(old) + len(new)
	a, b := redline.Tokens(clause.Visible(old)), redline.Tokens(clause.Visible(new))
	r.count(a, 0)
	r.count(b, 1)
	if r.read > maxCompared && r.read > len(old)+len(new) {
		return
	}
	runs, _ := redline.Match(a, b)
	for _, h := range c.Heading[max(0, len(c.Heading)-1):] {
		for _, t := range redline.Tokens(clause.Visible(h)) {
			if w := strings.ToLower(t); isTelling(w) {
				r.kinds["^"+w] = true
			}
		}
	}
	i, j := 0, 0
	for _, run := range append(runs, redline.Run{Old: len(a), New: len(b)}) {
		r.changed(a[i:run.Old], -1)
		r.changed(b[j:run.New], 1)
		if len(a) > 0 && len(b) > 0 {
			r.replaced(segment{a, i, run.Old}, segment{b, j, run.New})
		}
		i, j = run.Old+run.N, run.New+run.N
	}
	if len(a) > 0 && len(b) > 0 {
		r.negations(a, b, runs)
	}
}

// changed counts the words that were deleted, by -1, or inserted, by 1.
func (r *reader) changed(tokens []string, by int) {
	before := ""
	for _, t := range tokens {
		if !redline.IsWord(t) || redline.IsTarget(t) {
			if strings.ContainsAny(t, ".;:!?") {
				before = ""
			}
			continue
		}
		w := strings.ToLower(t)
		telling := isTelling(w)
		if telling {
			r.net[w] += by
		}
		if before != "" && (telling || isTelling(before)) {
			r.net[before+" "+w] += by
		}
		before = w
	}
}

// count counts the named phrases of one side.
func (r *reader) count(tokens []string, side int) {
	words := make([]string, 0, len(tokens)/2+1)
	for _, t := range tokens {
		if redline.IsWord(t) && !redline.IsTarget(t) {
			words = append(words, strings.ToLower(t))
		}
	}
	end := 0 // of the phrases before
	for i := range words {
		var longest *wayOf
		for k := range byFirstWord[words[i]] {
			w := &byFirstWord[words[i]][k]
			if n := len(w.words); n <= len(words)-i && (longest == nil || n > len(longest.words)) &&
				slices.Equal(w.words, words[i:i+n]) {
				longest = w
			}
		}
		if longest != nil && i+len(longest.words) > end { // and no part of the one before
			end = i + len(longest.words)
			n := r.phrases[longest.named]
			n[side]++
			r.phrases[longest.named] = n
		}
	}
}

// segment is a part of a side's tokens.
type segment struct {
	tokens   []string
	from, to int
}

// only is the place of the one token of a kind in the segment; -1 for none and for several.
func (s segment) only(is func(tokens []string, i int) bool) int {
	at := -1
	for i := s.from; i < s.to; i++ {
		if !is(s.tokens, i) {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = i
	}
	return at
}

// ends reports whether a sentence ends in the segment, before its last token.
func (s segment) ends() bool {
	for i := s.from; i < s.to-1; i++ {
		if t := s.tokens[i]; !startsAmount(t) && !redline.IsWord(t) && strings.ContainsAny(t, ".;:!?\n") {
			return true
		}
	}
	return false
}

// replaced reads a number, or a modal, that took another's place.
func (r *reader) replaced(old, new segment) {
	if old.ends() || new.ends() {
		return // they are of several sentences
	}
	if i, j := old.only(isModal), new.only(isModal); i >= 0 && j >= 0 {
		was, is := strings.ToLower(old.tokens[i]), strings.ToLower(new.tokens[j])
		if was != is {
			r.say("modal "+was+" "+is, "“"+was+"” → “"+is+"”", 30)
		}
	}
	i, j := old.only(isAmount), new.only(isAmount)
	if i < 0 || j < 0 {
		return
	}
	was, is := amountAt(old.tokens, i), amountAt(new.tokens, j)
	if was.unit == "" || !sameUnit(was.unit, is.unit) || was.value == is.value {
		return
	}
	way := "up"
	if is.value < was.value {
		way = "down"
	}
	text := was.text + " → " + is.text
	if unicode.IsLetter(firstRune(is.unit)) {
		text += " " + is.unit
	}
	r.say("number "+strings.TrimSuffix(is.unit, "s")+" "+way, text, 40)
	r.kinds["number "+way] = true
}

// negations reads a negation that a clause has and had not, or had and has not.
func (r *reader) negations(a, b []string, runs []redline.Run) {
	had, has := negated(a), negated(b)
	if (len(had) == 0) == (len(has) == 0) {
		return
	}
	kept := func(at, side int) bool {
		return slices.ContainsFunc(runs, func(run redline.Run) bool {
			from := run.Old
			if side == 1 {
				from = run.New
			}
			return at >= from && at < from+run.N
		})
	}
	for _, at := range has {
		if !kept(at, 1) {
			if said := around(b, at); said != "" {
				r.say("not added", "adds “"+said+"”", 30)
				return
			}
		}
	}
	for _, at := range had {
		if !kept(at, 0) {
			if said := around(a, at); said != "" {
				r.say("not removed", "removes “"+said+"”", 30)
				return
			}
		}
	}
}

// negated lists the places of negations.
func negated(tokens []string) (at []int) {
	for i, t := range tokens {
		if redline.Negation(t) && deniesVerb(tokens, i) {
			at = append(at, i)
		}
	}
	return at
}

// deniesVerb reports whether a negation is of what somebody does or may do, rather than of a
// thing or in the name of one. In other languages than English every "not" is.
func deniesVerb(tokens []string, at int) bool {
	switch w := strings.ToLower(tokens[at]); {
	case w == "cannot" || w == "never" || strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "n’t"):
		return true
	case w != "not":
		return otherNots[w]
	}
	for i := at - 1; i >= 0 && i >= at-2; i-- {
		if redline.IsWord(tokens[i]) {
			w := strings.ToLower(tokens[i])
			return redline.Modal(tokens[i]) || w == "do" || w == "does" || w == "did" || w == "is" || w == "are"
		}
	}
	return false
}

var otherNots = map[string]bool{"nicht": true, "pas": true, "niet": true}

// around is the phrase around a negation, in one sentence: the two words before it, and those
// after it up to the second that says something by itself; "" where none does.
func around(tokens []string, at int) string {
	from, to := at, at+1
	for i, words := at-1, 0; i >= 0 && (words < 2 || i == from-1 && redline.IsWord(tokens[i])) &&
		!endsSentence(tokens[i]); i-- {
		if redline.IsWord(tokens[i]) {
			words++
			from = i
		}
	}
	for i, words, telling := at+1, 0, 0; i < len(tokens) && words < 6 && telling < 2 && !endsSentence(tokens[i]); i++ {
		if !redline.IsWord(tokens[i]) {
			continue
		}
		words++
		if isTelling(strings.ToLower(tokens[i])) && !redline.Modal(tokens[i]) && !redline.Negation(tokens[i]) {
			telling++
			to = i + 1
		}
	}
	if to == at+1 {
		return ""
	}
	return strings.Join(strings.Fields(strings.Join(tokens[from:to], "")), " ")
}

func endsSentence(token string) bool { return strings.ContainsAny(token, ".;:!?()\n") }

// say notes something that the change says.
func (r *reader) say(kind, text string, points uint8) {
	first := !r.kinds["#"+kind]
	r.kinds["#"+kind] = true
	if first && utf8.RuneCountInString(text) <= maxPart {
		r.parts = append(r.parts, Part{Text: text, Term: termOf("#" + kind), Points: points})
	}
}

// maxPart is how long, in characters, a part may be.
const maxPart = 60

// words are what was gathered.
func (r *reader) words(names map[Term]string) Words {
	for at, n := range r.phrases {
		p := &phrases[at]
		switch {
		case r.cut: // it may be in what was not read
		case n[0] == 0:
			r.say("adds "+p.name, "adds "+p.shown(), p.points)
		case n[1] == 0:
			r.say("removes "+p.name, "removes "+p.shown(), p.points)
		}
	}
	var w Words
	add := func(name string) {
		t := termOf(name)
		w.Terms = append(w.Terms, t)
		if names != nil {
			names[t] = name
		}
	}
	for word, n := range r.net {
		switch {
		case n > 0:
			add("+" + word)
		case n < 0:
			add("-" + word)
		}
	}
	slices.Sort(w.Terms)
	w.Terms = w.Terms[:min(len(w.Terms), maxTerms)]
	for kind := range r.kinds {
		add(kind)
	}
	slices.Sort(w.Terms)
	w.Terms = slices.Compact(w.Terms)
	smallsort.By(r.parts, func(a, b Part) int {
		if a.Points != b.Points {
			return int(b.Points) - int(a.Points)
		}
		return strings.Compare(a.Text, b.Text)
	})
	w.Parts = r.parts[:min(len(r.parts), maxParts)]
	return w
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
