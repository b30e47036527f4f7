package record

import (
	"fmt"
	"slices"

	"fineprint/store/model"
	"fineprint/tui/kit"
)

// Pinned returns what the record that is open quotes of others; false when it is another.
func (s *Screen) Pinned(id model.ID) ([]model.Comparison, bool) {
	if id == "" || s.draft.Record != id {
		return nil, false
	}
	return s.current().Comparisons, true
}

// Pin quotes a clause of another platform in the record that is open, or takes the quote
// out again, by the way that typed text takes. How many platforms have such a clause is
// filled in where nothing is written, and brought up to date where it was counted before;
// what a person wrote stays.
func (s *Screen) Pin(id model.ID, c model.Comparison, p model.Prevalence) kit.Action {
	if id == "" || s.draft.Record != id {
		s.SetStatus("Can't pin: %s isn't open any more", id)
		return nil
	}
	was := s.current()
	e := edit{was: was, fields: []string{"comparisons"}, how: model.ByPerson, source: model.FromComparison}
	at := slices.IndexFunc(was.Comparisons, func(l model.Comparison) bool {
		return l.Document == c.Document && l.Excerpt == c.Excerpt
	})
	var said string
	if at >= 0 {
		e.writing.Comparisons = slices.Delete(slices.Clone(was.Comparisons), at, at+1)
		said = fmt.Sprintf("Unpinned from %s: %s", id, s.Safe(c.Platform))
	} else {
		e.writing.Comparisons = append(slices.Clone(was.Comparisons), c)
		said = fmt.Sprintf("Pinned in %s: %s", id, s.Safe(c.Platform))
	}
	switch counted := was.Prevalence; {
	case counted == nil, s.draft.Preview.Authors["prevalence"].Source == model.FromComparison && *counted != p:
		e.writing.Prevalence = &p
		e.fields = append(e.fields, "prevalence")
	case *counted != p:
		said += fmt.Sprintf("; prevalence stays as written, %d of %d (counted now: %d of %d)", counted.Alike,
			counted.Of, p.Alike, p.Of)
	}
	s.SetStatus("%s", said)
	return s.save(e)
}

// compare compares the first clause of the record with those of other platforms.
func (s *Screen) compare() kit.Action {
	return s.Settled(func() kit.Action {
		r := s.draft.Preview
		p := r.Provisions[0]
		return kit.OpenComparison{Of: kit.Comparison{
			Title: r.Platform.Name + " / " + r.Type, Record: s.draft.Record,
			Clause: p.ID, Document: p.Document, Seq: p.Seq,
			At: model.ByteRange{Start: p.Quote.Start, End: p.Quote.End},
		}}
	})
}
