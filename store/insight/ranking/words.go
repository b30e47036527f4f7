package ranking

import (
	"cmp"
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
const algorithm = 5

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
		r := reader{net: map[string]int{}, phrases: map[int]*tally{}, kinds: map[string]bool{}, texts: [2]string{old, new}}
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
	net     map[string]int // how much more often a word, or pair of words, is there than before
	phrases map[int]*tally // of named phrases
	texts   [2]string      // the whole ones, in lower case once that is asked for
	lowered bool
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
	same := 0
	for _, run := range runs {
		same += run.N
	}
	edited := len(a) > 0 && len(b) > 0 && 2*same >= max(len(a), len(b)) // and not written anew
	i, j := 0, 0
	for _, run := range append(runs, redline.Run{Old: len(a), New: len(b)}) {
		r.changed(a[i:run.Old], -1)
		r.changed(b[j:run.New], 1)
		if edited {
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

// tally is how often a named phrase is in the old clauses, and in the new ones.
type tally struct {
	n      [2]int
	denied [2]int    // of these, where a sentence says that it is not so
	quotes [2]string // how the first of these puts it; "" where that is long
}

// word is a word of a side, with its place among the tokens; apart tells that a sign stands
// between it and the word before.
type word struct {
	text  string
	at    int
	apart bool
}

func wordsOf(tokens []string) []word {
	words := make([]word, 0, len(tokens)/2+1)
	apart := false
	for i, t := range tokens {
		switch {
		case !redline.IsWord(t):
			apart = apart || strings.ContainsAny(t, ",.;:!?()\n")
		case !redline.IsTarget(t):
			words = append(words, word{strings.ToLower(t), i, apart})
			apart = false
		}
	}
	return words
}

// count counts the named phrases of one side.
func (r *reader) count(tokens []string, side int) {
	words := wordsOf(tokens)
	end := 0 // of the phrases before
	for i := range words {
		var longest *wayOf
		for k := range byFirstWord[words[i].text] {
			w := &byFirstWord[words[i].text][k]
			if n := len(w.words); n <= len(words)-i && (longest == nil || n > len(longest.words)) && w.isAt(words[i:i+n]) {
				longest = w
			}
		}
		if longest == nil || i+len(longest.words) <= end { // or a part of the one before
			continue
		}
		end = i + len(longest.words)
		t := r.phrases[longest.named]
		if t == nil {
			t = &tally{}
			r.phrases[longest.named] = t
		}
		t.n[side]++
		if deniable[phrases[longest.named].name] {
			if from, to := denial(tokens, words[i].at, words[end-1].at+1); to > 0 {
				if t.denied[side]++; t.denied[side] == 1 {
					t.quotes[side] = quoted(tokens, from, to)
				}
			}
		}
	}
}

// isAt reports whether words are those of the way, with no sign between them.
func (w *wayOf) isAt(words []word) bool {
	for i := range w.words {
		if words[i].text != w.words[i] || i > 0 && words[i].apart {
			return false
		}
	}
	return true
}

// deniedWithin is how many tokens before a phrase a negation may stand.
const deniedWithin = 16

// denial is the part of a sentence from a negation to the phrase that it is about, or from
// the phrase to the negation; to is 0 for none.
func denial(tokens []string, from, to int) (begin, end int) {
	subject := false // of a part of the sentence of its own
	for i := from - 1; i >= max(0, from-deniedWithin) && !endsSentence(tokens[i]); i-- {
		if subject && endsPart(tokens[i]) {
			break
		}
		subject = subject || subjects[strings.ToLower(tokens[i])]
		switch {
		case outOf[strings.ToLower(tokens[i])]:
			return i, to
		case redline.Negation(tokens[i]) && !(i+2 < len(tokens) && strings.EqualFold(tokens[i+2], "limited")):
			return begins(tokens, i), to
		}
	}
	for i := to; i < len(tokens) && !endsPart(tokens[i]); i++ {
		switch {
		case redline.Negation(tokens[i]):
			return from, min(len(tokens), i+3)
		case redline.IsWord(tokens[i]) && !auxiliary[strings.ToLower(tokens[i])]:
			return 0, 0
		}
	}
	return 0, 0
}

var subjects = setOf("we, you, they, it, he, she, i")

// outOf are words for what somebody may do about a thing, which is then not so.
var outOf = setOf("opt, opting, opt-out, object, objecting, unsubscribe")

// auxiliary are verbs that may stand between a phrase and the negation of it: "biometric data
// will not be kept".
var auxiliary = setOf("is, are, was, were, be, been, has, have, do, does, will, shall, may, can, must, should, would")

// begins is where a phrase begins that is quoted from a negation on: up to two words before
// it, in the same part of the sentence.
func begins(tokens []string, at int) int {
	from := at
	for i, words := at-1, 0; i >= 0 && (words < 2 || i == from-1 && redline.IsWord(tokens[i])) &&
		!endsPart(tokens[i]); i-- {
		if redline.IsWord(tokens[i]) {
			words++
			from = i
		}
	}
	return from
}

// quoted is a part of a sentence between quotation marks, with signs where it is cut; "" where
// it is long.
func quoted(tokens []string, from, to int) string {
	for to > from && !redline.IsWord(tokens[to-1]) {
		to--
	}
	text := strings.Join(strings.Fields(strings.Join(tokens[from:to], "")), " ")
	if before := wordBeside(tokens, from-1, -1); before >= 0 {
		text = "…" + text
	}
	if after := wordBeside(tokens, to, 1); after >= 0 {
		text += "…"
	}
	if utf8.RuneCountInString(text) > maxPart-len("removes “”") {
		return ""
	}
	return "“" + text + "”"
}

// wordBeside is the next word of the same sentence from a place on, one way or the other; -1
// for none.
func wordBeside(tokens []string, at, step int) int {
	for ; at >= 0 && at < len(tokens) && !endsSentence(tokens[at]); at += step {
		if redline.IsWord(tokens[at]) {
			return at
		}
	}
	return -1
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

// maxReplaced is how many tokens have a place that one number, or modal, took from another.
const maxReplaced = 24

// replaced reads a number, or a modal, that took another's place.
func (r *reader) replaced(old, new segment) {
	if old.ends() || new.ends() || max(old.to-old.from, new.to-new.from) > maxReplaced {
		return // they are of several sentences, or of one that was written anew
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
			if said, words := around(b, at); said != "" && !holds(r.whole(0), words) {
				r.say("not added", "adds "+said, 30)
				return
			}
		}
	}
	for _, at := range had {
		if !kept(at, 0) {
			if said, words := around(a, at); said != "" && !holds(r.whole(1), words) {
				r.say("not removed", "removes "+said, 30)
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
// after it up to the second that says something by itself, as it is quoted and its words in
// lower case; "" where none does.
func around(tokens []string, at int) (said string, words []string) {
	from, to := begins(tokens, at), at+1
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
		return "", nil
	}
	for _, w := range wordsOf(tokens[from:to]) {
		words = append(words, w.text)
	}
	return quoted(tokens, from, to), words
}

func endsSentence(token string) bool { return strings.ContainsAny(token, ".;:!?()\n") }

// endsPart reports whether a part of a sentence ends in a token that is no word.
func endsPart(token string) bool { return endsSentence(token) || strings.Contains(token, ",") }

// say notes something that the change says.
func (r *reader) say(kind, text string, points uint8) {
	first := !r.kinds["#"+kind]
	r.kinds["#"+kind] = true
	if first && utf8.RuneCountInString(text) <= maxPart {
		r.parts = append(r.parts, Part{Text: text, Term: termOf("#" + kind), Points: points})
	}
}

// maxPart is how long, in characters, a part may be.
const maxPart = 72

// named notes the phrases that clauses have and had not, or had and have not. It is said of
// those that the whole text had not, or has not any more.
func (r *reader) named() {
	at := make([]int, 0, len(r.phrases))
	for i := range r.phrases {
		at = append(at, i)
	}
	smallsort.By(at, func(a, b int) int {
		return cmp.Or(int(phrases[b].points)-int(phrases[a].points), cmp.Compare(a, b))
	})
	found := 0
	for _, i := range at {
		t, p := r.phrases[i], &phrases[i]
		verb, side := "adds ", 1
		switch {
		case t.n[0] == 0:
		case t.n[1] == 0:
			verb, side = "removes ", 0
		default:
			continue
		}
		other := 1 - side
		held := func(way []string) bool { return holds(r.whole(other), way) }
		if found == maxParts || slices.ContainsFunc(waysOf[i], held) {
			r.kinds["#"+verb+p.name] = true
			continue
		}
		found++
		shown := p.shown()
		if 2*t.denied[side] >= t.n[side] {
			if shown = t.quotes[side]; shown == "" {
				shown = "words on " + p.name
			} else if r.quotes(shown) {
				continue
			}
		}
		r.say(verb+p.name, verb+shown, p.points)
	}
}

// quotes reports whether a quotation is in one that is said already.
func (r *reader) quotes(said string) bool {
	said = strings.Trim(said, "“…”")
	return slices.ContainsFunc(r.parts, func(p Part) bool { return strings.Contains(p.Text, said) })
}

// whole is the whole text of a side in lower case.
func (r *reader) whole(side int) string {
	if !r.lowered {
		r.texts, r.lowered = [2]string{strings.ToLower(r.texts[0]), strings.ToLower(r.texts[1])}, true
	}
	return r.texts[side]
}

// words are what was gathered.
func (r *reader) words(names map[Term]string) Words {
	if !r.cut { // else it may be in what was not read
		r.named()
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
