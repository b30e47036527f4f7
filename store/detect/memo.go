package detect

import (
	"slices"
	"time"

	"fineprint/store/detect/rules"
	"fineprint/store/text/clause"
)

// maxAssessed bounds how many pairs of texts a History remembers, maxMemo how many
// bytes that may come to.
const (
	maxAssessed = 8
	maxMemo     = 8 << 20
)

// assessed is what two texts say whatever the history around them. Nobody alters it.
type assessed struct {
	c         *comparison
	result    Result // all clause changes as the two texts have them
	sums      []Sum  // of the new text's clauses
	past      Past   // of the new text, without its number and time
	suspicion Suspicion
}

// memo are pairs of texts of a document that goes back and forth, newest first: three
// in ten of an archive's changes are between two texts that came one after the other
// before.
type memo []*assessed

// find returns what is known of two texts, the new one captured at a time; nil for
// nothing.
func (m memo) find(old, new string, at time.Time) *assessed {
	for _, a := range m {
		if len(a.c.Old.Text) == len(old) && len(a.c.New.Text) == len(new) && // work limit
			a.c.Old.Text == old && a.c.New.Text == new && a.c.Holds(at) {
			return a
		}
	}
	return nil
}

// document returns a text that is known split, nil for another one.
func (m memo) document(text string) *clause.Document {
	for _, a := range m {
		for _, d := range [2]*clause.Document{a.c.New, a.c.Old} {
			if len(d.Text) == len(text) && d.Text == text { // work limit
				return d
			}
		}
	}
	return nil
}

// with returns the memo with a pair that was just used, the newest first.
func (m memo) with(a *assessed) memo {
	list := append(make(memo, 0, maxAssessed), a)
	bytes := a.size()
	for _, b := range m {
		if bytes += b.size(); b == a || len(list) == maxAssessed || bytes > maxMemo {
			continue
		}
		list = append(list, b)
	}
	return list
}

// size is about how many bytes it holds on to; what several pairs share counts with
// each.
func (a *assessed) size() int {
	clauses := len(a.c.Old.Clauses) + len(a.c.New.Clauses)
	return a.c.Old.Size() + a.c.New.Size() + 32*clauses + 300*len(a.result.Clauses) + 20*len(a.sums)
}

func (m memo) size() (n int) {
	for _, a := range m {
		n += a.size()
	}
	return n
}

// assess compares a text with the good version, whatever was before, or finds what
// that came to when both were compared before.
func (h *History) assess(at time.Time, text string) *assessed {
	if known := h.memo.find(h.text, text, at); known != nil {
		h.memo = h.memo.with(known)
		return known
	}
	next := h.memo.document(text)
	if next == nil {
		next = clause.SplitBeside(h.good, text)
	}
	c := newComparison(h.good, next)
	c.At = at
	a := &assessed{c: c}
	a.sums, a.past = h.summed(next, c.Alignment)
	a.result, _ = c.result()
	a.suspicion = c.capture(&a.result)
	if slices.ContainsFunc(h.past, func(p Past) bool { return p.Text == a.past.Text }) {
		h.memo = h.memo.with(a) // it has been here before, and may come again
	}
	return a
}

// at returns the comparison of the two texts, the new one captured at a time, with
// their clause changes, for a caller that adds to them what their history says.
func (a *assessed) at(at time.Time) (*comparison, Result, []rules.Change) {
	c, r := *a.c, a.result
	c.At, c.tellings = at, slices.Clone(c.tellings)
	r.Clauses = slices.Clone(r.Clauses)
	return &c, r, c.Changes
}
