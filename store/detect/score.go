package detect

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fineprint/store/detect/rules"
	"fineprint/store/model"
	"fineprint/store/text/redline"
)

// topic is what gives a clause a higher score than another. Its stems are
// beginnings of words, two of them with a space between for neighbours.
type topic struct {
	name   string
	points int
	stems  []string
}

// topics are what a suggested severity is made of, each counted once.
var topics = []topic{
	{"arbitration or class action", 40, []string{"arbitrat", "class action", "jury"}},
	{"liability or warranty", 25, []string{"liabilit", "liable", "warrant", "indemnif"}},
	{"selling or sharing data", 35, []string{
		"sell", "selling", "third part", "share your", "share with", "share the", "disclos"}},
	{"training of models", 35, []string{
		"machine learning", "artificial intelligence", "train our", "train ai", "train model", "training our",
		"training of", "training ai", "training model", "ai", "generative"}},
	{"children or age", 30, []string{
		"children", "child", "minor", "years old", "years of", "under the age", "parent"}},
	{"biometric, health or location data", 30, []string{
		"biometric", "health", "genetic", "location data", "geolocation", "facial"}},
	{"retention or deletion", 25, []string{"retain", "retention", "delet", "eras"}},
	{"consent or opting out", 25, []string{"consent", "opt out", "opt in", "withdraw"}},
	{"fees or renewal", 25, []string{"fee", "fees", "charge", "renew", "refund", "price", "pay", "payment"}},
	{"ending or suspending an account", 20, []string{"terminat", "suspend", "cancel"}},
	{"governing law", 20, []string{"governing law", "governed by", "jurisdiction", "venue"}},
	{"licence to content", 25, []string{"license", "licence", "sublicens", "perpetual", "irrevocable"}},
	{"notice of changes", 15, []string{"notice", "notify"}},
}

// markPoints are the points of a mark in a modified clause; a date has none.
var markPoints = map[string]int{"number": 15, "money": 15, "negation": 20, "modal": 10}

// severities are the lowest scores of each severity, the highest first.
var severities = []struct {
	score    int
	severity model.Severity
}{{85, model.Critical}, {55, model.High}, {25, model.Medium}, {0, model.Low}}

const (
	// basePoints are those of any material change, maxScore is the highest
	// score.
	basePoints = 5
	maxScore   = 100
	// sizePoints are those of more than largeChange bytes of changed words.
	sizePoints  = 10
	largeChange = 2000
	// maxReasons is how many topics are named.
	maxReasons = 4
	// maxTopicClause and maxAnnouncement bound how long, in bytes, a clause is
	// in which topics of unchanged words and announcements are looked for.
	maxTopicClause  = 2000
	maxAnnouncement = 4000
)

// wholeWords are the stems that must be words of their own, for they begin
// others.
var wholeWords = map[string]bool{
	"ai": true, "fee": true, "fees": true, "pay": true, "sell": true, "jury": true, "child": true, "price": true,
	"in": true,
}

// stem is one beginning of a word of a topic, with the one that must follow it.
type stem struct {
	first, second string
	topic         int
}

// stems finds the stems of topics by their first three letters, or two of one
// that has no more.
var stems = func() map[string][]stem {
	m := map[string][]stem{}
	for i, t := range topics {
		for _, w := range t.stems {
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
	return strings.HasPrefix(word, stem) && (len(word) == len(stem) || !wholeWords[stem])
}

// scorer gathers what a suggestion is made from.
type scorer struct {
	points map[string]int // by topic or mark
	size   int
	words  []string // memory for one clause's words after the other
}

// add looks at a material clause change's changed words and notes its marks.
func (s *scorer) add(c *model.ClauseChange, old, new string) {
	if s.points == nil {
		s.points = map[string]int{}
	}
	about := s.changed(old, new)
	c.Marks = marks(about)
	if announces(new) {
		c.Marks = append(c.Marks, "announced")
	}
	for _, t := range about {
		s.size += len(t) + 1
	}
	if c.Kind == model.Modified && len(c.Marks) > 0 && len(new) < maxTopicClause {
		about = rules.Words(redline.Tokens(new)) // a changed number counts for what its clause is about
	}
	for i := range about {
		s.addTopics(about, i)
	}
	if c.Kind == model.Modified {
		for _, m := range c.Marks {
			s.points["a changed "+m] = markPoints[m]
		}
	}
}

// announcement matches a statement that something is to take effect.
var announcement = func() *regexp.Regexp {
	const (
		will = `(?:will|shall) `
		from = `\b(?:starting|beginning|effective|as of|from|until|after|on) [^.;]{0,16}\d{4}`
	)
	return regexp.MustCompile(`(?i)` + strings.Join([]string{
		`\b` + will + `(?:go|come|enter) into (?:effect|force)`,
		`\b` + will + `(?:take|have) effect`,
		`\btakes? effect (?:on|from)`,
		`\b` + will + `(?:be|become) effective`,
		from + `,? [^.;]{0,160}\b(?:will|shall|must|may|is|are)\b`,
		`\b` + will + `[^.;]{1,160}` + from,
	}, "|"))
}()

// announces reports whether a clause speaks of what takes effect at a date:
// text that may be there before it holds.
func announces(words string) bool {
	return len(words) < maxAnnouncement && rules.HasYear(words) &&
		(announcement.MatchString(words) || rules.IsNotice(words)) && rules.HasDate(redline.Tokens(words))
}

// addTopics notes the topics that the word at i is of.
func (s *scorer) addTopics(words []string, i int) {
	word := words[i]
	c := word[0] | 0x20
	if c < 'a' || c > 'z' || len(word) > 1 && !hasStem[c-'a'][(word[1]|0x20)&31] { // work limit
		return
	}
	word = strings.ToLower(word)
	for _, m := range stems[word[:min(3, len(word))]] {
		t := &topics[m.topic]
		if s.points[t.name] != 0 || !begins(word, m.first) {
			continue
		}
		if m.second == "" || i+1 < len(words) && begins(strings.ToLower(words[i+1]), m.second) {
			s.points[t.name] = t.points
		}
	}
}

// changed lists the words that are on one side only; they are valid until the
// next call.
func (s *scorer) changed(old, new string) []string {
	s.words = s.words[:0]
	keep := func(tokens []string) {
		for _, t := range tokens {
			if redline.IsWord(t) {
				s.words = append(s.words, t)
			}
		}
	}
	if old == "" || new == "" { // work limit
		s.words = redline.AppendTokens(s.words, old+new)
		all := s.words
		s.words = s.words[:0]
		keep(all)
		return s.words
	}
	a, b := redline.Tokens(old), redline.Tokens(new)
	runs, _ := redline.Match(a, b)
	i, j := 0, 0
	for _, r := range append(runs, redline.Run{Old: len(a), New: len(b)}) {
		keep(a[i:r.Old])
		keep(b[j:r.New])
		i, j = r.Old+r.N, r.New+r.N
	}
	return s.words
}

// markNames are the names of marks, in the order in which they are listed.
var markNames = [...]string{"number", "money", "date", "negation", "modal"}

// marks names what a reader of a clause change must not miss: kinds of changed
// words.
func marks(changed []string) []string {
	var seen [len(markNames)]bool
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
	for i, name := range markNames {
		if seen[i] {
			list = append(list, name)
		}
	}
	return list
}

// suggestion returns the severity that the points come to, with the topics that
// gave most.
func (s *scorer) suggestion(material bool) model.Suggestion {
	out := model.Suggestion{Severity: model.Low, Why: []string{}}
	if !material {
		return out
	}
	for i, name := range s.byPoints() {
		out.Score += s.points[name] / (i + 1) // each further one counts less
		if i < maxReasons {
			out.Why = append(out.Why, name)
		}
	}
	if s.size > largeChange {
		out.Score += sizePoints
		out.Why = append(out.Why, fmt.Sprintf("%d characters changed", s.size))
	}
	out.Score = min(out.Score+basePoints, maxScore)
	for _, level := range severities {
		if out.Score >= level.score {
			out.Severity = level.severity
			break
		}
	}
	if len(out.Why) == 0 {
		out.Why = append(out.Why, "words changed, none of them telling")
	}
	return out
}

// byPoints lists the topics and marks that have points, the most first.
func (s *scorer) byPoints() []string {
	var names []string
	for name, points := range s.points {
		if points > 0 {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(s.points[b], s.points[a]), strings.Compare(a, b))
	})
	return names
}
