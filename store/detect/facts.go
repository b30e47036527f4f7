package detect

import (
	"slices"
	"strings"
	"time"

	"fineprint/store/detect/order"
	"fineprint/store/detect/rules"
	"fineprint/store/model"
	"fineprint/store/text/clause"
)

const (
	// recentTime is how far back versions count as recent ones.
	recentTime = 30 * 24 * time.Hour
	// headShare is the part of a document that is its head: 1 of so many.
	headShare = 33
	// sentenceWords is how many words a sentence has at least.
	sentenceWords = 8
)

// describe sets the features of a material change.
func (h *History) describe(at time.Time, r *Result, c *comparison, pairs []rules.Change) {
	if r.Material {
		f := order.Of(h.facts(at, r, c, pairs))
		r.Features = &f
	}
}

// facts counts what package order looks at.
func (h *History) facts(at time.Time, r *Result, c *comparison, pairs []rules.Change) order.Facts {
	f := order.Facts{Clauses: len(r.Clauses), Modified: r.Counts.Modified, Removed: r.Counts.Removed, Words: r.words,
		Telling: r.telling, OldBytes: len(c.Old.Text), NewBytes: len(c.New.Text), Days: -1}
	for i := range r.Clauses {
		ch := &r.Clauses[i]
		if atHead(c, ch) {
			f.AtHead++
		}
		f.DateLine = f.DateLine || isDateLine(ch)
		if !ch.Material {
			continue
		}
		f.Material++
		f.Headings += len(ch.Heading)
		if ch.Kind == model.Modified && !f.Weighty {
			_, new := c.sources(ch)
			f.Weighty = isWeighty(ch.Marks) && isSentence(new)
		}
	}
	f.DateLine = f.DateLine || h.redated()
	h.lookBack(at, &f)
	f.Returns = h.repeats(r, pairs)
	return f
}

// isDateLine reports whether all that a clause change changed is a date.
func isDateLine(ch *model.ClauseChange) bool {
	if !ch.Material {
		return ch.Reason == model.ReasonDate
	}
	return ch.Kind == model.Modified && len(ch.Marks) == 1 && ch.Marks[0] == "date"
}

// isWeighty reports whether a negation or a modal is among the words that changed.
func isWeighty(marks []string) bool {
	return slices.Contains(marks, "negation") || slices.Contains(marks, "modal")
}

// atHead reports whether a clause change is in the first part of its document.
func atHead(c *comparison, ch *model.ClauseChange) bool {
	if ch.New != nil {
		return ch.New.Start <= len(c.New.Text)/headShare
	}
	return ch.Old != nil && ch.Old.Start <= len(c.Old.Text)/headShare
}

// isSentence reports whether the words of a clause are at least one sentence.
func isSentence(words string) bool {
	words = strings.TrimRight(words, " \n*_)\"”»")
	if words == "" || strings.Count(words, " ") < sentenceWords-1 {
		return false
	}
	return strings.HasSuffix(words, "。") || strings.IndexByte(".;:!?", words[len(words)-1]) >= 0
}

// lookBack counts the versions before.
func (h *History) lookBack(at time.Time, f *order.Facts) {
	if at.IsZero() || len(h.past) == 0 || h.past[0].At.IsZero() {
		return
	}
	f.Days = max(at.Sub(h.past[0].At).Hours()/24, 0)
	for k := range h.past[:min(len(h.past), historyWindow)] {
		if !h.past[k].At.IsZero() && at.Sub(h.past[k].At) <= recentTime {
			f.Recent++
		}
	}
}

// repeats reports whether all that changed is as it was in one earlier version.
func (h *History) repeats(r *Result, pairs []rules.Change) bool {
	left := make([]*Past, 0, historyWindow) // the versions of which that holds so far
	for k := 1; k < len(h.past); k++ {
		if h.past[k].clauses != nil {
			left = append(left, &h.past[k])
		}
	}
	if len(left) == 0 {
		return false
	}
	changed := false
	for i := range r.Clauses {
		came, went := h.sumsOf(&pairs[i])
		if !r.Clauses[i].Material || came == went {
			continue
		}
		changed = true
		left = slices.DeleteFunc(left, func(p *Past) bool {
			return came != (Sum{}) && !p.has(came) || went != (Sum{}) && p.has(went)
		})
		if len(left) == 0 {
			return false
		}
	}
	return changed && len(left) > 0
}

// sumsOf returns the sums of both sides of a pair, the zero Sum for one that it
// lacks or that is several clauses.
func (h *History) sumsOf(p *rules.Change) (came, went Sum) {
	if p.New != clause.None && p.NewN == 1 {
		came = h.nextSums[p.New]
	}
	if p.Old != clause.None && p.OldN == 1 {
		went = h.sums[p.Old]
	}
	return came, went
}
