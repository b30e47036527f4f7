package detect

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fineprint/store/terms"
)

func isMoney(t string) bool {
	return strings.ContainsAny(t, "$€£¥") || t == "USD" || t == "EUR" || t == "GBP"
}

// topics are what makes a clause weigh more than another, with the points each
// adds to a suggestion.
var topics = []struct {
	name   string
	points int
	words  *regexp.Regexp
}{
	{"arbitration or class action", 40, regexp.MustCompile(`(?i)arbitrat|class[ -]action|jury`)},
	{"liability or warranty", 25, regexp.MustCompile(`(?i)liabilit|liable|warrant|indemnif`)},
	{"selling or sharing data", 35, regexp.MustCompile(`(?i)\bsell|third part|share (?:your|with|the)|disclos`)},
	{"training of models", 35, regexp.MustCompile(`(?i)machine learning|artificial intelligence|train(?:ing)? (?:our|of|ai|models?)|\bAI\b`)},
	{"children or age", 30, regexp.MustCompile(`(?i)children|minors?\b|years old|years of age|under the age|parent`)},
	{"biometric, health or location data", 30, regexp.MustCompile(`(?i)biometric|health|genetic|location data|geolocation|face`)},
	{"retention or deletion", 25, regexp.MustCompile(`(?i)retain|retention|delet|eras`)},
	{"consent or opting out", 25, regexp.MustCompile(`(?i)consent|opt[ -]out|opt[ -]in|withdraw`)},
	{"fees or renewal", 25, regexp.MustCompile(`(?i)\bfees?\b|charge|renew|refund|price|pay`)},
	{"ending or suspending an account", 20, regexp.MustCompile(`(?i)terminat|suspend|cancel`)},
	{"governing law", 20, regexp.MustCompile(`(?i)governing law|governed by|jurisdiction|venue`)},
	{"licence to content", 25, regexp.MustCompile(`(?i)licen[cs]e|sublicens|perpetual|irrevocable`)},
	{"notice of changes", 15, regexp.MustCompile(`(?i)notice|notify`)},
}

// weight gathers what a suggestion is made from.
type weight struct {
	points map[string]int
	size   int
}

// add looks at a material clause change's changed words and notes its marks.
func (w *weight) add(old, new string, c *terms.ClauseChange) {
	var a, b string
	if c.Old != nil {
		a = old[c.Old.Start:c.Old.End]
	}
	if c.New != nil {
		b = new[c.New.Start:c.New.End]
	}
	var changed string
	c.Marks, changed = marks(a, b)
	if w.points == nil {
		w.points = map[string]int{}
	}
	w.size += len(changed)
	about := changed
	if c.Kind == terms.Modified && len(c.Marks) > 0 && len(b) < 2000 {
		about = b // a changed number counts for what its clause is about
	}
	for _, t := range topics {
		if w.points[t.name] == 0 && t.words.MatchString(about) {
			w.points[t.name] = t.points
		}
	}
	if c.Kind == terms.Modified {
		for _, m := range c.Marks {
			w.points["a changed "+m] = map[string]int{"number": 15, "money": 15, "negation": 20, "modal": 10}[m]
		}
	}
}

func (w *weight) suggestion(material bool) terms.Suggestion {
	s := terms.Suggestion{Severity: terms.Low, Why: []string{}}
	if !material {
		return s
	}
	type reason struct {
		name   string
		points int
	}
	var all []reason
	for name, points := range w.points {
		all = append(all, reason{name, points})
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
		s.Severity = terms.Critical
	case s.Score >= 55:
		s.Severity = terms.High
	case s.Score >= 25:
		s.Severity = terms.Medium
	}
	if len(s.Why) == 0 {
		s.Why = append(s.Why, "words changed, none of them telling")
	}
	return s
}
