package standing

import (
	"slices"
	"strings"
	"unicode"

	"fineprint/store/detect"
	"fineprint/store/model"
	"fineprint/store/smallsort"
	"fineprint/store/text/clause"
)

// fate is what became of a stretch of one text in another.
type fate int

const (
	same    fate = iota // its words are there, up to what is immaterial
	changed             // others are in their place
	gone                // nothing is
)

// comparison is a change from one text to another, beside a third, later text.
type comparison struct {
	from, to, text string
	after, before  *detect.Result // from each of the two to the third, once they are needed
}

func (c *comparison) withTo() *detect.Result {
	if c.after == nil {
		r := detect.CompareClauses(c.to, c.text)
		c.after = &r
	}
	return c.after
}

func (c *comparison) withFrom() *detect.Result {
	if c.before == nil {
		r := detect.CompareClauses(c.from, c.text)
		c.before = &r
	}
	return c.before
}

// judge returns how clauses of the change stand in the third text.
func (c *comparison) judge(clauses []model.ClauseChange) finding {
	found := finding{added: true}
	for i := range clauses {
		how := c.howStands(&clauses[i])
		if how == "" {
			continue
		}
		found.added = found.added && clauses[i].Old == nil && how == model.StaleRemoved
		found.how = graver(found.how, how)
	}
	found.added = found.added && found.how != ""
	found.unknown = c.after != nil && c.after.Uncompared || c.before != nil && c.before.Uncompared
	return found
}

// howStands returns how one clause stands, "" when it does.
func (c *comparison) howStands(clause *model.ClauseChange) model.StaleHow {
	if clause.New == nil {
		if fateOf(c.from, *clause.Old, c.withFrom().Clauses) == same {
			return model.StaleTakenBack
		}
		return ""
	}
	f := fateOf(c.to, *clause.New, c.withTo().Clauses)
	switch {
	case f == same:
		return ""
	case clause.Old != nil && fateOf(c.from, *clause.Old, c.withFrom().Clauses) == same,
		clause.Old == nil && f == gone && !c.withFrom().Material:
		return model.StaleTakenBack
	case f == gone:
		return model.StaleRemoved
	}
	return model.StaleChanged
}

// graver returns the one of two hows that a reader must rather know.
func graver(a, b model.StaleHow) model.StaleHow {
	for _, how := range []model.StaleHow{model.StaleTakenBack, model.StaleRemoved, model.StaleChanged} {
		if a == how || b == how {
			return how
		}
	}
	return ""
}

// fateOf returns what became of a stretch of a text, by the clauses that changed
// from it to another.
func fateOf(text string, e model.ByteRange, clauses []model.ClauseChange) fate {
	material := false
	var removed []model.ByteRange
	for i := range clauses {
		c := &clauses[i]
		if c.Old == nil || c.Old.Start >= e.End || c.Old.End <= e.Start {
			continue
		}
		material = material || c.Material
		if c.New == nil {
			removed = append(removed, *c.Old)
		}
	}
	switch {
	case len(removed) > 0 && !wordsOutside(text, e, removed):
		return gone
	case material:
		return changed
	}
	return same
}

// wordsOutside reports whether a stretch has anything besides other ones.
func wordsOutside(text string, e model.ByteRange, others []model.ByteRange) bool {
	smallsort.By(others, func(a, b model.ByteRange) int { return a.Start - b.Start })
	at := e.Start
	for _, o := range others {
		if o.Start > at && strings.TrimSpace(text[at:o.Start]) != "" {
			return true
		}
		at = max(at, min(o.End, e.End))
	}
	return strings.TrimSpace(text[at:e.End]) != ""
}

// isHeading reports whether a stretch is a heading of Markdown and nothing else.
func isHeading(text string, e model.ByteRange) bool {
	s := strings.TrimSpace(text[e.Start:e.End])
	return strings.HasPrefix(s, "#") && !strings.Contains(s, "\n")
}

// vocabulary is the words of a clause, sorted, each once: neither figures nor signs
// nor markup, so that a clause is found again under another number.
type vocabulary []string

// vocabularies are those of several clauses.
type vocabularies []vocabulary

// sides are the words of clauses that a change takes away, and of those it brings.
type sides struct{ removed, added vocabularies }

func sidesOf(from, to string, clauses []model.ClauseChange) sides {
	var s sides
	for _, c := range clauses {
		if c.Old != nil {
			s.removed = append(s.removed, newVocabulary(from[c.Old.Start:c.Old.End]))
		}
		if c.New != nil {
			s.added = append(s.added, newVocabulary(to[c.New.Start:c.New.End]))
		}
	}
	return s
}

func newVocabulary(text string) vocabulary {
	words := strings.FieldsFunc(strings.ToLower(clause.Visible(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r)
	})
	slices.Sort(words)
	return slices.Compact(words)
}

// mostly reports whether one of two has most words of the other, for one may be a
// part of the other.
func mostly(v, w vocabulary) bool { return 5*v.shared(w) >= 3*min(len(v), len(w)) }

// nearly reports whether two are nearly the same.
func nearly(v, w vocabulary) bool { return 5*v.shared(w) >= 4*max(len(v), len(w)) }

// like reports whether any of several is like any of others.
func (v vocabularies) like(others vocabularies, alike func(v, w vocabulary) bool) bool {
	return slices.ContainsFunc(v, func(a vocabulary) bool {
		return slices.ContainsFunc(others, func(b vocabulary) bool { return alike(a, b) })
	})
}

// shared counts the words that both have.
func (v vocabulary) shared(w vocabulary) int {
	both := 0
	for i, j := 0, 0; i < len(v) && j < len(w); {
		switch order := strings.Compare(v[i], w[j]); {
		case order == 0:
			both++
			i++
			j++
		case order < 0:
			i++
		default:
			j++
		}
	}
	return both
}

// wordsOf returns the words of a stretch, to find the same ones elsewhere.
func wordsOf(text string, e *model.ByteRange) string {
	if e == nil || e.Start < 0 || e.End < e.Start || e.End > len(text) {
		return ""
	}
	return strings.Join(strings.Fields(strings.ToLower(text[e.Start:e.End])), " ")
}
