package query

import (
	"slices"
	"strings"
	"time"

	"fineprint/store/model"
)

// isUndated: it is material, its document states a date, and that stayed.
func isUndated(_ *Env, c *model.QueueItem) bool { return c.Material && c.Stated.Undated() }

// effectiveTest asks from when a change takes effect by the document's own words. A month,
// and a day that may be another one, is in a period when one of its days is.
func effectiveTest(op, v string) (test, error) {
	p, err := parsePeriod("effective", v)
	if err == nil && p.ago > 0 {
		return nil, invalid("effective: takes a day, a month or a year, such as 2026-12")
	}
	return func(_ *Env, c *model.QueueItem) bool {
		if c.Stated == nil || c.Stated.Effective == nil {
			return false
		}
		first, last := c.Stated.Effective.Day(), c.Stated.Effective.Last()
		if op == ":" {
			return first.Before(p.end) && !last.Before(p.begin)
		}
		return p.holds(op, first) || p.holds(op, last)
	}, err
}

// holds reports whether a time is in, before or after the period.
func (p period) holds(op string, at time.Time) bool {
	switch op {
	case "<":
		return at.Before(p.begin)
	case "<=":
		return at.Before(p.end)
	case ">":
		return !at.Before(p.end)
	case ">=":
		return !at.Before(p.begin)
	}
	return !at.Before(p.begin) && at.Before(p.end)
}

// playbookTest asks for deviations from positions by their names.
func playbookTest(_, v string) (test, error) {
	return func(_ *Env, c *model.QueueItem) bool {
		return slices.ContainsFunc(c.Deviations, func(name string) bool { return strings.Contains(strings.ToLower(name), v) })
	}, nil
}
