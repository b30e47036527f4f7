// Package query reads what is typed to narrow the queue: words, and fields such
// as
//
//	sev:high,critical plat:zoom kind:added -reason:link from:2026-01-01 cookies
//
// Terms are joined by "and", the values of one field by "or"; a minus before a
// term takes away what it finds. [Parse] reads a query, [Query.Select] applies it.
// It is pure, and not for searching texts: what is listed is the caller's.
//
// Invariants:
//   - Every item is either found by a query or by its negation, never by both.
//   - The empty query finds everything.
//
// Decision: is:stale lists all states unless one is named, for nothing that waits is
// stale.
//
// Decision: a word is looked for as a whole in "platform / type", and only if
// no document's name holds it, letter by letter in order, so that "fb priv"
// finds Facebook but "zoom" does not find what merely has these letters.
package query

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sahilm/fuzzy"

	"fineprint/store/model"
)

// Query selects changes.
type Query struct {
	// State is what the store is asked for: one state, or all of them.
	State    model.State
	AllState bool
	tests    []test
	terms    []term
}

// matcher reports whether an item, which may be marked, has what is asked for.
type matcher func(item *model.QueueItem, marked bool) bool

type test struct {
	not     bool
	matches matcher
}

type term struct {
	not  bool
	text string
}

// Fields describes what may be asked for, for help.
var Fields = []struct{ Name, Help string }{
	{"sev", "severity as judged, else as suggested: low, medium, high, critical"},
	{"conf", "confidence: low, medium, high, none"},
	{"plat", "the platform's name holds it"},
	{"type", "the document's type holds it"},
	{"state", "pending, snoozed, in_review, dismissed, approved, changes_requested, contested, all"},
	{"kind", "has clauses added, removed, modified, moved, immaterial"},
	{"reason", "why it is immaterial: link, date, capture, …"},
	{"is", "material, immaterial, noise (probably), judged, marked, alike, stale (approved or submitted, and overtaken)"},
	{"id", "the change's ID or number"},
	{"from", "captured at this day or later: 2026-01-01"},
	{"to", "captured at this day or before"},
}

// names of a field that may be typed instead.
var names = map[string]string{"severity": "sev", "confidence": "conf", "platform": "plat", "kinds": "kind",
	"since": "from", "until": "to", "why": "reason", "document": "type"}

// Parse reads a query. The error wraps [model.ErrInvalid] and lists what is allowed.
func Parse(s string) (Query, error) {
	q := Query{State: model.Pending}
	stated, stale := false, false
	for _, word := range strings.Fields(s) {
		text, not := strings.CutPrefix(word, "-")
		field, value, isField := strings.Cut(text, ":")
		if !isField {
			if text != "" {
				q.terms = append(q.terms, term{not, strings.ToLower(text)})
			}
			continue
		}
		field = strings.ToLower(field)
		if full := names[field]; full != "" {
			field = full
		}
		values := strings.Split(strings.ToLower(value), ",")
		if value == "" {
			return q, fmt.Errorf("%w: %s: needs a value after the colon", model.ErrInvalid, field)
		}
		if err := q.add(field, values, not); err != nil {
			return q, err
		}
		stated = stated || field == "state"
		stale = stale || field == "is" && !not && slices.Contains(values, "stale")
	}
	if stale && !stated {
		q.State, q.AllState = "", true
	}
	return q, nil
}

// add takes one field in.
func (q *Query) add(field string, values []string, not bool) error {
	if field == "state" {
		return q.addState(values, not)
	}
	matchers := make([]matcher, len(values))
	for i, v := range values {
		m, err := newMatcher(field, v)
		if err != nil {
			return err
		}
		matchers[i] = m
	}
	q.tests = append(q.tests, test{not, func(c *model.QueueItem, marked bool) bool {
		return slices.ContainsFunc(matchers, func(m matcher) bool { return m(c, marked) })
	}})
	return nil
}

// addState asks the store for what it can, and tests the rest.
func (q *Query) addState(values []string, not bool) error {
	if len(values) == 1 && values[0] == "all" && !not {
		q.State, q.AllState = "", true
		return nil
	}
	states := make([]model.State, len(values))
	for i, v := range values {
		s, err := model.ParseState(v)
		if err != nil {
			return err
		}
		states[i] = s
	}
	if len(states) == 1 && !not {
		q.State, q.AllState = states[0], false
		return nil
	}
	q.State, q.AllState = "", true
	q.tests = append(q.tests, test{not, func(c *model.QueueItem, _ bool) bool {
		return slices.Contains(states, c.State)
	}})
	return nil
}

// newMatcher makes the matcher of one value of a field.
func newMatcher(field, v string) (matcher, error) {
	switch field {
	case "sev":
		s, err := model.ParseSeverity(v)
		return func(c *model.QueueItem, _ bool) bool {
			return c.Severity == s || c.Severity == "" && c.Material && c.Suggested.Severity == s
		}, err
	case "conf":
		if v == "none" {
			return func(c *model.QueueItem, _ bool) bool { return c.Confidence == "" }, nil
		}
		s, err := model.ParseConfidence(v)
		return func(c *model.QueueItem, _ bool) bool { return c.Confidence == s }, err
	case "plat":
		return func(c *model.QueueItem, _ bool) bool {
			return strings.Contains(strings.ToLower(c.PlatformName), v) || strings.Contains(c.Platform, v)
		}, nil
	case "type":
		return func(c *model.QueueItem, _ bool) bool { return strings.Contains(strings.ToLower(c.Type), v) }, nil
	case "reason":
		return func(c *model.QueueItem, _ bool) bool { return strings.HasPrefix(string(c.Reason), v) }, nil
	case "id":
		return func(c *model.QueueItem, _ bool) bool {
			return strings.HasSuffix(strings.ToLower(string(c.ID)), v)
		}, nil
	case "kind":
		return kindMatcher(v)
	case "is":
		return isMatcher(v)
	case "from", "to":
		return dayMatcher(field, v)
	}
	all := make([]string, len(Fields))
	for i, f := range Fields {
		all[i] = f.Name
	}
	return nil, fmt.Errorf("%w: %q is not a field; use one of %s", model.ErrInvalid, field, strings.Join(all, ", "))
}

func dayMatcher(field, v string) (matcher, error) {
	day, err := time.Parse(time.DateOnly, v)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: takes a day such as 2026-01-31, not %q", model.ErrInvalid, field, v)
	}
	if field == "from" {
		return func(c *model.QueueItem, _ bool) bool { return !c.To.CapturedAt.Before(day) }, nil
	}
	return func(c *model.QueueItem, _ bool) bool { return c.To.CapturedAt.Before(day.AddDate(0, 0, 1)) }, nil
}

func kindMatcher(v string) (matcher, error) {
	counts := map[string]func(model.Counts) int{
		"added": func(c model.Counts) int { return c.Added }, "removed": func(c model.Counts) int { return c.Removed },
		"modified":   func(c model.Counts) int { return c.Modified },
		"moved":      func(c model.Counts) int { return c.Moved },
		"immaterial": func(c model.Counts) int { return c.Immaterial },
	}
	count := counts[v]
	if count == nil {
		return nil, fmt.Errorf("%w: %q is not a kind; use one of added, removed, modified, moved, immaterial",
			model.ErrInvalid, v)
	}
	return func(c *model.QueueItem, _ bool) bool { return count(c.Counts) > 0 }, nil
}

func isMatcher(v string) (matcher, error) {
	switch v {
	case "material":
		return func(c *model.QueueItem, _ bool) bool { return c.Material }, nil
	case "immaterial":
		return func(c *model.QueueItem, _ bool) bool { return !c.Material }, nil
	case "noise":
		return func(c *model.QueueItem, _ bool) bool { return c.ProbablyNoise }, nil
	case "judged":
		return func(c *model.QueueItem, _ bool) bool { return c.Severity != "" }, nil
	case "marked":
		return func(_ *model.QueueItem, marked bool) bool { return marked }, nil
	case "alike":
		return func(c *model.QueueItem, _ bool) bool { return c.DuplicateCount > 1 }, nil
	case "stale":
		return func(c *model.QueueItem, _ bool) bool { return c.Stale != nil }, nil
	}
	return nil, fmt.Errorf("%w: is: takes material, immaterial, noise, judged, marked, alike or stale, not %q",
		model.ErrInvalid, v)
}

// Select returns the indices of the items that the query finds, in their order.
// marked reports which items are marked.
func (q Query) Select(items []*model.QueueItem, marked func(model.ID) bool) []int {
	hits := q.documents(items)
	found := make([]int, 0, len(items))
	for i, c := range items {
		if hits != nil && !hits[c.Document] {
			continue
		}
		if !slices.ContainsFunc(q.tests, func(t test) bool { return t.matches(c, marked(c.ID)) == t.not }) {
			found = append(found, i)
		}
	}
	return found
}

// documents returns the documents whose names the query's words find, nil when
// it has no words. Names repeat, so each is looked at once.
func (q Query) documents(items []*model.QueueItem) map[model.ID]bool {
	if len(q.terms) == 0 {
		return nil
	}
	hits := map[model.ID]bool{}
	var ids []model.ID
	var text []string
	for _, c := range items {
		if _, seen := hits[c.Document]; !seen {
			hits[c.Document] = true
			ids, text = append(ids, c.Document), append(text, strings.ToLower(c.PlatformName+" / "+c.Type))
		}
	}
	for _, w := range q.terms {
		finds := make([]bool, len(text))
		some := false
		for i, name := range text {
			finds[i] = strings.Contains(name, w.text)
			some = some || finds[i]
		}
		if !some {
			for _, m := range fuzzy.Find(w.text, text) {
				finds[m.Index] = true
			}
		}
		for i, id := range ids {
			if finds[i] == w.not {
				hits[id] = false
			}
		}
	}
	return hits
}
