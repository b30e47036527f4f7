package detect

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"fineprint/store/detect/rules"
	"fineprint/store/model"
	"fineprint/store/text/redline"
)

// severities are the lowest scores of each severity, the highest first.
var severities = []struct {
	score    int
	severity model.Severity
}{{86, model.Critical}, {74, model.High}, {34, model.Medium}, {0, model.Low}}

// LeastScore returns the lowest score of a severity, 0 of none.
func LeastScore(s model.Severity) int {
	for _, level := range severities {
		if level.severity == s {
			return level.score
		}
	}
	return 0
}

const (
	// basePoints are those of any material change.
	basePoints = 5
	// pointsToScore is how fast points fill a score up: at 80 points three
	// quarters are full, and no points fill all of it.
	pointsToScore = 60
	maxScore      = 99
	// sizePoints are those of more than largeChange bytes of changed words.
	sizePoints  = 10
	largeChange = 2000
	// maxReasons is how many topics are named.
	maxReasons = 4
	// maxTopicClause and maxAnnouncement bound how long, in bytes, a lead-in and an
	// announcement are.
	maxTopicClause  = 2000
	maxAnnouncement = 4000
)

// scorer gathers what a suggestion is made from.
type scorer struct {
	points   map[string]int // by topic or mark
	size     int
	count    int        // of changed words
	side     []sideWord // memory for one side's words after the other
	old, new []string   // and for the tokens of both
}

// sideWord is a word of one side of a clause change.
type sideWord struct {
	word    string
	changed bool // it is not on the other side
}

// telling is what one clause change says: what a suggestion adds up.
type telling struct {
	topics [len(topics)]bool
	marks  []string
	size   int // of the changed words, in bytes
	count  int // of them
}

// read looks at the changed words of a clause change; lead is what leads the clause
// in. Words that stay the same count for nothing.
func (s *scorer) read(kind model.Kind, lead, old, new string) (t telling) {
	s.old, s.new = redline.AppendTokens(s.old[:0], old), redline.AppendTokens(s.new[:0], new)
	runs, _ := redline.Match(s.old, s.new)
	s.words(&t, s.old, runs, 0)
	s.words(&t, s.new, runs, 1)
	if old != "" && new != "" {
		t.marks = marksOf(s.old, s.new, runs)
	}
	if kind == model.Added && forbids(lead) {
		t.topics[ban] = true
	}
	if announces(new, s.new) {
		t.marks = append(t.marks, announced)
	}
	return t
}

// add counts a material clause change, and gives it its marks.
func (s *scorer) add(c *model.ClauseChange, t *telling) {
	if s.points == nil {
		s.points = map[string]int{}
	}
	for i, found := range t.topics {
		if found {
			s.points[topics[i].name] = topics[i].points
		}
	}
	if c.Marks = t.marks; c.Kind == model.Modified {
		for _, m := range t.marks {
			s.points["a changed "+cmp.Or(markWords[m], m)] = markPoints[m]
		}
	}
	s.size += t.size
	s.count += t.count
}

// words takes in one side's words: which of them are in no run, and what topics
// they are of.
func (s *scorer) words(say *telling, tokens []string, runs []redline.Run, side int) {
	s.side = s.side[:0]
	k := 0
	for i, t := range tokens {
		for k < len(runs) && i >= start(runs[k], side)+runs[k].N {
			k++
		}
		if !redline.IsWord(t) || redline.IsTarget(t) {
			continue
		}
		changed := k == len(runs) || i < start(runs[k], side)
		if changed {
			say.size += len(t) + 1
			say.count++
		}
		s.side = append(s.side, sideWord{t, changed})
	}
	say.addTopics(s.side)
}

// start is where a run begins on a side: 0 the old one, 1 the new one.
func start(r redline.Run, side int) int {
	if side == 0 {
		return r.Old
	}
	return r.New
}

// marksOf names what a reader of a modified clause must not miss. In one that was
// added or removed whole every kind of word is new or gone, so no mark says
// anything.
func marksOf(a, b []string, runs []redline.Run) []string {
	var m marked
	i, j := 0, 0
	for _, r := range append(runs, redline.Run{Old: len(a), New: len(b)}) {
		m.note(a, i, r.Old)
		m.note(b, j, r.New)
		i, j = r.Old+r.N, r.New+r.N
	}
	return m.names()
}

// maxForbidding is how many words of a lead-in are looked at, from its end.
const maxForbidding = 16

// forbids reports whether a lead-in says that what follows must not be done: it
// negates, and speaks to the reader or of what is allowed.
func forbids(lead string) bool {
	if len(lead) > maxTopicClause {
		return false
	}
	words := rules.Words(redline.Tokens(lead))
	words = words[max(0, len(words)-maxForbidding):]
	negated, addressed := false, false
	for i, w := range words {
		negated = negated || redline.Negation(w)
		addressed = addressed || redline.Modal(w) || strings.EqualFold(w, "you") || i < 2 && redline.Negation(w)
	}
	return negated && addressed
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

// announces reports whether a clause, which has some tokens, speaks of what takes
// effect at a date: text that may be there before it holds.
func announces(words string, tokens []string) bool {
	return len(words) < maxAnnouncement && rules.HasYear(words) && rules.HasDate(tokens) &&
		(announcement.MatchString(words) || rules.IsNotice(words))
}

// suggestion returns the severity that the points come to, with the topics that
// gave most.
func (s *scorer) suggestion(material bool) model.Suggestion {
	out := model.Suggestion{Severity: model.Low, Why: []string{}}
	if !material {
		return out
	}
	points := basePoints
	for i, name := range s.byPoints() {
		points += s.points[name] / (i + 1) // each further one counts less
		if i < maxReasons {
			out.Why = append(out.Why, name)
		}
	}
	if s.size > largeChange {
		points += sizePoints
		out.Why = append(out.Why, fmt.Sprintf("%d characters changed", s.size))
	}
	out.Score = scoreOf(points)
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

// scoreOf is the score of points: it goes on growing, so that the largest changes
// still have an order, and never comes to 100.
func scoreOf(points int) int {
	return min(int(math.Round(100*(1-math.Exp(-float64(points)/pointsToScore)))), maxScore)
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
