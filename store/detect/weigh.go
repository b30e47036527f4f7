package detect

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/redline"
)

// topic is what makes a clause weigh more than another. Its words are
// beginnings of words, two of them with a space between for neighbours.
type topic struct {
	name   string
	points int
	words  string
}

var topics = []topic{
	{"arbitration or class action", 40, "arbitrat,class action,jury"},
	{"liability or warranty", 25, "liabilit,liable,warrant,indemnif"},
	{"selling or sharing data", 35, "sell,selling,third part,share your,share with,share the,disclos"},
	{"training of models", 35, "machine learning,artificial intelligence,train our,train ai,train model,training our,training of,training ai,training model,ai,generative"},
	{"children or age", 30, "children,child,minor,years old,years of,under the age,parent"},
	{"biometric, health or location data", 30, "biometric,health,genetic,location data,geolocation,facial"},
	{"retention or deletion", 25, "retain,retention,delet,eras"},
	{"consent or opting out", 25, "consent,opt out,opt in,withdraw"},
	{"fees or renewal", 25, "fee,fees,charge,renew,refund,price,pay,payment"},
	{"ending or suspending an account", 20, "terminat,suspend,cancel"},
	{"governing law", 20, "governing law,governed by,jurisdiction,venue"},
	{"licence to content", 25, "license,licence,sublicens,perpetual,irrevocable"},
	{"notice of changes", 15, "notice,notify"},
}

// whole are the words of topics that must stand as they are, for they begin
// others.
var whole = set("ai fee fees pay sell jury child price in")

// stem is one word of a topic, with the one that must follow it.
type stem struct {
	first, second string
	topic         int
}

// stems finds a topic's words by their first three letters, or two of a word
// that has no more.
var stems = func() map[string][]stem {
	m := map[string][]stem{}
	for i, t := range topics {
		for _, w := range strings.Split(t.words, ",") {
			first, second, _ := strings.Cut(w, " ")
			k := first[:min(3, len(first))]
			m[k] = append(m[k], stem{first, second, i})
		}
	}
	return m
}()

// hasStem rules out most words by their first two letters.
var hasStem = func() (t [26][32]bool) {
	for stem := range stems {
		t[stem[0]-'a'][stem[1]&31] = true
	}
	return t
}()

func begins(word, stem string) bool {
	return strings.HasPrefix(word, stem) && (len(word) == len(stem) || !whole[stem])
}

// weight gathers what a suggestion is made from.
type weight struct {
	points map[string]int
	size   int
	words  []string // memory for one clause's words after the other
}

// add looks at a material clause change's changed words and notes its marks.
func (w *weight) add(c *model.ClauseChange, old, new string) {
	if w.points == nil {
		w.points = map[string]int{}
	}
	about := w.changed(old, new)
	c.Marks = marks(about)
	if announces(new) {
		c.Marks = append(c.Marks, "announced")
	}
	for _, t := range about {
		w.size += len(t) + 1
	}
	if c.Kind == model.Modified && len(c.Marks) > 0 && len(new) < 2000 {
		about = wordsOnly(redline.Tokens(new)) // a changed number counts for what its clause is about
	}
	for i := range about {
		w.topics(about, i)
	}
	if c.Kind == model.Modified {
		for _, m := range c.Marks {
			w.points["a changed "+m] = map[string]int{"number": 15, "money": 15, "negation": 20, "modal": 10}[m]
		}
	}
}

// announcement matches what says that something is to take effect.
var announcement = regexp.MustCompile(`(?i)\b(?:(?:will|shall) (?:go|come|enter) into (?:effect|force)|(?:will|shall) (?:take|have) effect|takes? effect (?:on|from)|(?:will|shall) (?:be|become) effective|` +
	`(?:starting|beginning|effective|as of|from|until|after|on) [^.;]{0,16}\d{4},? [^.;]{0,160}\b(?:will|shall|must|may|is|are)\b|(?:will|shall) [^.;]{1,160}\b(?:starting|beginning|effective|as of|from|until|after|on) [^.;]{0,16}\d{4})`)

// announces reports whether a clause speaks of what takes effect at a date:
// text that may stand there before it holds.
func announces(words string) bool {
	return len(words) < 4000 && hasYear(words) && (announcement.MatchString(words) || notice.MatchString(words)) && hasDate(redline.Tokens(words))
}

// topics notes the topics that the word at i is of.
func (w *weight) topics(words []string, i int) {
	word := words[i]
	if c := word[0] | 0x20; c < 'a' || c > 'z' || len(word) > 1 && !hasStem[c-'a'][(word[1]|0x20)&31] {
		return
	}
	word = strings.ToLower(word)
	for _, s := range stems[word[:min(3, len(word))]] {
		t := &topics[s.topic]
		if w.points[t.name] != 0 || !begins(word, s.first) {
			continue
		}
		if s.second == "" || i+1 < len(words) && begins(strings.ToLower(words[i+1]), s.second) {
			w.points[t.name] = t.points
		}
	}
}

// changed lists the words that stand on one side only; they are valid until the
// next call.
func (w *weight) changed(old, new string) []string {
	w.words = w.words[:0]
	keep := func(tokens []string) {
		for _, t := range tokens {
			if redline.IsWord(t) {
				w.words = append(w.words, t)
			}
		}
	}
	if old == "" || new == "" {
		w.words = redline.AppendTokens(w.words, old+new)
		all := w.words
		w.words = w.words[:0]
		keep(all)
		return w.words
	}
	a, b := redline.Tokens(old), redline.Tokens(new)
	runs, _ := redline.Match(a, b)
	i, j := 0, 0
	for _, r := range append(runs, redline.Run{Old: len(a), New: len(b)}) {
		keep(a[i:r.Old])
		keep(b[j:r.New])
		i, j = r.Old+r.N, r.New+r.N
	}
	return w.words
}

// marks names what a reader of a clause change must not miss: kinds of changed
// words.
func marks(changed []string) []string {
	var seen [5]bool
	for _, t := range changed {
		class := redline.ClassOf(t)
		switch {
		case redline.IsTarget(t):
		case class&redline.ClassNegation != 0:
			seen[3] = true
		case class&redline.ClassModal != 0:
			seen[4] = true
		case class&redline.ClassNumber != 0 && redline.IsDate(t):
			seen[2] = true
		case redline.IsMoney(t):
			seen[1] = true
		case class&redline.ClassNumber != 0:
			seen[0] = true
		}
	}
	var list []string
	for i, name := range []string{"number", "money", "date", "negation", "modal"} {
		if seen[i] {
			list = append(list, name)
		}
	}
	return list
}

func (w *weight) suggestion(material bool) model.Suggestion {
	s := model.Suggestion{Severity: model.Low, Why: []string{}}
	if !material {
		return s
	}
	type reason struct {
		name   string
		points int
	}
	var all []reason
	for name, points := range w.points {
		if points > 0 {
			all = append(all, reason{name, points})
		}
	}
	slices.SortFunc(all, func(a, b reason) int {
		if a.points != b.points {
			return b.points - a.points
		}
		return strings.Compare(a.name, b.name)
	})
	for i, r := range all {
		s.Score += r.points / (i + 1) // each further one weighs less
		if i < 4 {
			s.Why = append(s.Why, r.name)
		}
	}
	if w.size > 2000 {
		s.Score += 10
		s.Why = append(s.Why, fmt.Sprintf("%d characters changed", w.size))
	}
	s.Score = min(s.Score+5, 100)
	switch {
	case s.Score >= 85:
		s.Severity = model.Critical
	case s.Score >= 55:
		s.Severity = model.High
	case s.Score >= 25:
		s.Severity = model.Medium
	}
	if len(s.Why) == 0 {
		s.Why = append(s.Why, "words changed, none of them telling")
	}
	return s
}
