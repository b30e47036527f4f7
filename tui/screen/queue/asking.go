package queue

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fineprint/store/model"
	"fineprint/store/query"
	"fineprint/tui/humanize"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// filterHint shows the language by examples, the most useful first.
const filterHint = `words, or fields: sev>=high  plat:"google cloud"  -reason:link  from:90d  is:alike  zoom or kick  ~fb`

// filterQuestion adds to a question what every prompt for a filter does: it stays open
// while the filter can't be read, and completes fields and values.
func (s *Screen) filterQuestion(q kit.Question) kit.Question {
	known := map[string][]string{}
	q.Enter, q.Hint = cmp.Or(q.Enter, "apply"), filterHint
	q.Check = func(text string) error {
		_, err := query.Parse(text)
		return err
	}
	q.Complete = func(typed string) (string, []string) {
		return query.Complete(typed, func(field string) []string {
			if known[field] == nil {
				known[field] = s.valuesOf(field)
			}
			return known[field]
		})
	}
	return q
}

// lettersHint says how words that begin nothing are looked for letter by letter, as all
// words were before.
func (s *Screen) lettersHint() string {
	words := s.query.Words()
	if len(words) == 0 {
		return ""
	}
	return s.dot() + sanitize.Line("~"+words[len(words)-1]) + " matches its letters in order"
}

// countOf is how many of the listed changes a saved filter finds, "" where it would list
// others or search their texts.
func (s *Screen) countOf(typed string) string {
	q, err := query.Parse(typed)
	if err != nil || q.State != s.query.State || q.AllState != s.query.AllState || len(q.Texts()) > 0 {
		return ""
	}
	return humanize.Number(len(q.Select(s.items, s.env())))
}

// valuesOf lists what the listed changes have of a field that takes anything.
func (s *Screen) valuesOf(field string) []string {
	var of func(*model.QueueItem) string
	switch field {
	case "plat":
		of = func(c *model.QueueItem) string { return c.PlatformName }
	case "type":
		of = func(c *model.QueueItem) string { return c.Type }
	case "reason":
		of = func(c *model.QueueItem) string { return string(c.Reason) }
	case "assignee":
		of = func(c *model.QueueItem) string { return c.Assignee }
	default:
		return []string{}
	}
	seen := map[string]bool{"": true}
	all := []string{}
	for _, c := range s.items {
		if v := of(c); !seen[v] {
			seen[v] = true
			all = append(all, strings.ToLower(v))
		}
	}
	slices.Sort(all)
	return all
}

// CompleteFilter proposes how a filter could go on.
func (s *Screen) CompleteFilter(typed string) (kept string, options []string) {
	return query.Complete(typed, s.valuesOf)
}

// GoToListed puts the cursor on a change, and reports whether it has a row.
func (s *Screen) GoToListed(id model.ID) bool {
	if s.rowOf(id.Number()) < 0 {
		return false
	}
	s.GoTo(id)
	return true
}

// GoToRow puts the cursor on the n-th change of the list, from 1.
func (s *Screen) GoToRow(n int) error {
	rows := 0
	for i, r := range s.rows {
		if r.item < 0 {
			continue
		}
		if rows++; rows == n {
			s.at.Cursor = i
			s.Fit()
			return nil
		}
	}
	return fmt.Errorf("%w: there is no row %d; the list has %s", model.ErrInvalid, n, humanize.Count(rows, "row"))
}

// ChangeOfRecord is the listed change that a record is of, "" when none is.
func (s *Screen) ChangeOfRecord(record model.ID) model.ID {
	for _, c := range s.items {
		if c.Record == record {
			return c.ID
		}
	}
	return ""
}
