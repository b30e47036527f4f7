package lint

import (
	"math"
	"strings"
	"sync"

	"fineprint/store/clausetype"
)

// cue is a phrase of a topic.
type cue struct {
	words  []string
	prefix bool // the last word may go on
	topic  int
}

// cues are the cues of all topics, by the first letters of their first word.
var cues = sync.OnceValue(func() map[string][]cue {
	m := map[string][]cue{}
	for topic, row := range topics {
		for _, phrase := range strings.Split(row.cues, ",") {
			phrase = strings.TrimSpace(phrase)
			c := cue{topic: topic, prefix: strings.HasSuffix(phrase, "*")}
			c.words = strings.Fields(wordsOf(strings.ReplaceAll(phrase, "*", "")))
			m[start(c.words[0])] = append(m[start(c.words[0])], c)
		}
	}
	return m
})

// start is what two words begin with if one begins with the other.
func start(word string) string { return word[:min(2, len(word))] }

// weights say how much a text speaks of each topic.
type weights []float64

// speaksOf counts for each topic its different cues in a text.
func speaksOf(words []string) weights {
	w := make(weights, len(topics))
	seen, of := map[string]bool{}, cues()
	for i := range words {
		for _, c := range of[start(words[i])] {
			if key := strings.Join(c.words, " "); c.at(words[i:]) && !seen[key] {
				seen[key] = true
				w[c.topic] += 1
			}
		}
	}
	return w
}

// at reports whether the cue is what a text begins with.
func (c cue) at(words []string) bool {
	if len(words) < len(c.words) {
		return false
	}
	for i, w := range c.words {
		if last := i == len(c.words)-1; words[i] != w && !(last && c.prefix && strings.HasPrefix(words[i], w)) {
			return false
		}
	}
	return true
}

// theme is what a record is about, to hold comparisons against.
type theme struct {
	topics weights
	stems  map[string]bool
	rarity func(stem string) float64
}

// theme makes out what the record is about from its types, its title and its quotes.
func (s *subject) theme() theme {
	t := theme{topics: make(weights, len(topics)), stems: map[string]bool{}, rarity: rarities(s.facts.Text)}
	add := func(text string, weight float64) {
		words := strings.Fields(wordsOf(text))
		for i, n := range speaksOf(words) {
			t.topics[i] += weight * n
		}
		for _, w := range words {
			t.stems[stem(w)] = true
		}
	}
	for _, id := range s.writing.Types {
		if kind, ok := clausetype.ByID(id); ok {
			add(kind.Name+". "+kind.Definition, 0.5)
			for i, row := range topics {
				if strings.Contains(" "+row.types+" ", " "+id+" ") {
					t.topics[i] += 4
				}
			}
		}
	}
	add(s.writing.Title, 2)
	for _, p := range s.record.Provisions {
		add(strings.Join(p.Heading, ". "), 1)
		add(p.Quote.Text, 1)
	}
	for _, c := range s.record.Clauses {
		if c.New != nil {
			add(c.New.Text, 1)
		} else if c.Old != nil {
			add(c.Old.Text, 1)
		}
	}
	return t
}

// rarities weighs words by in how few lines of a document they are.
func rarities(text string) func(stem string) float64 {
	lines, in := 0, map[string]int{}
	for line := range strings.Lines(text) {
		seen := map[string]bool{}
		for _, w := range strings.Fields(wordsOf(line)) {
			if st := stem(w); !seen[st] {
				seen[st] = true
				in[st]++
			}
		}
		if len(seen) > 0 {
			lines++
		}
	}
	return func(stem string) float64 { return math.Log(float64(lines+20) / float64(in[stem]+1)) }
}

// stem takes common endings from a word, so that "retained" is "retention"'s; "" for a
// word that clauses about anything have.
func stem(word string) string {
	if boilerplate[word] || len(word) < 4 || word[0] <= '9' {
		return ""
	}
	for _, ending := range []string{"ations", "ation", "itions", "ition", "ments", "ment", "ings", "ing", "ions", "ion",
		"able", "ible", "ies", "ied", "ers", "er", "ed", "es", "al", "ly", "s", "e", "y"} {
		if base, ok := strings.CutSuffix(word, ending); ok && len(base) >= 4 {
			return base
		}
	}
	return word
}

const (
	// leastShared is from what share of an excerpt's rare words on it is on topic.
	leastShared = 0.22
	// fewestRare is how many rare words there must be to go by them.
	fewestRare = 3
)

// has reports whether an excerpt may be on the theme.
func (t theme) has(excerpt string) bool {
	words := strings.Fields(wordsOf(excerpt))
	mine := speaksOf(words)
	most, highest := 0., 0.
	for i := range topics {
		most, highest = max(most, t.topics[i]), max(highest, mine[i])
	}
	for i := range topics {
		main := t.topics[i] > 0 && t.topics[i] >= most/2
		if main && mine[i] > 0 && (mine[i] >= 2 || mine[i]*2 >= highest) {
			return true
		}
	}
	return t.sharesWords(words, most == 0 || highest == 0)
}

// sharesWords reports whether enough of an excerpt's rare words are the theme's; of
// one about which nothing else is known, a few do.
func (t theme) sharesWords(words []string, unknown bool) bool {
	shared, all, rare := 0., 0., 0
	seen := map[string]bool{"": true}
	for _, w := range words {
		st := stem(w)
		if seen[st] {
			continue
		}
		seen[st] = true
		weight := t.rarity(st)
		all += weight
		rare++
		if t.stems[st] {
			shared += weight
		}
	}
	least := leastShared
	if unknown {
		least /= 2
	}
	return rare < fewestRare && unknown || all > 0 && shared/all >= least
}

// checkTopic reports comparisons that have next to nothing to do with the record.
func checkTopic(s *subject) {
	if len(s.record.Provisions) == 0 && len(s.record.Clauses) == 0 || len(s.writing.Comparisons) == 0 {
		return
	}
	t := s.theme()
	for _, c := range s.writing.Comparisons {
		if strings.TrimSpace(c.Excerpt) != "" && !t.has(c.Excerpt) {
			s.report("comparisons", "“%s” of %s is about something else", shortened(c.Excerpt), shortened(c.Platform))
		}
	}
}
