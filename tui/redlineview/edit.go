package redlineview

import (
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/redline"
)

// edit is a place that changed: a run of changed words, or a whole clause.
type edit struct {
	at            point
	deleted       bool // it takes words away
	inserted      bool // it puts words in
	whole         bool // it is a whole clause
	key           string
	copies, first int  // how often the same edit is made, and the clause that has it first
	again         bool // it was made before
}

// closeBy is how many bytes may be between two changed places of one edit: a word.
const closeBy = 12

// edits lists what changed in a clause, without what says nothing.
func edits(c model.ClauseChange, old, new string, spans []model.Span) []edit {
	if c.Old == nil || c.New == nil || old == new {
		return []edit{{whole: true, at: begin(c), key: string(c.Kind) + "\x00" + old + "\x00" + new}}
	}
	var out []edit
	idle := redline.Idle(spans)
	at, gap := begin(c), closeBy+1
	var words [2]string
	put := func() {
		if len(out) > 0 {
			out[len(out)-1].key = editKey(words, old, new)
		}
		words = [2]string{}
	}
	for i, s := range spans {
		if s.Op == model.Equal || idle[i] {
			gap += len(s.Text)
			if s.Op == model.Equal && strings.ContainsAny(s.Text, ".\n") {
				gap += closeBy
			}
		} else {
			if gap > closeBy {
				put()
				out = append(out, edit{at: at})
			}
			e := &out[len(out)-1]
			gap = 0
			if s.Op == model.Delete {
				e.deleted, words[0] = true, words[0]+s.Text
			} else {
				e.inserted, words[1] = true, words[1]+s.Text
			}
		}
		at = at.past(s)
	}
	put()
	return out
}

// begin is where a clause begins; on the side that it isn't on, nowhere.
func begin(c model.ClauseChange) point {
	at := point{-1, -1}
	if c.Old != nil {
		at.old = c.Old.Start
	}
	if c.New != nil {
		at.new = c.New.Start
	}
	return at
}

// past is the place behind a span.
func (p point) past(s model.Span) point {
	if s.Op != model.Insert {
		p.old += len(s.Text)
	}
	if s.Op != model.Delete {
		p.new += len(s.Text)
	}
	return p
}

// editKey is the same for edits that are the same: one word for another wherever that
// is, but what may turn a sentence around, or is only put in or taken away, in the same
// clause only.
func editKey(words [2]string, old, new string) string {
	key := words[0] + "\x00" + words[1]
	if words[0] == "" || words[1] == "" {
		return key + "\x00" + old + "\x00" + new
	}
	for _, side := range words {
		for _, t := range redline.Tokens(side) {
			if redline.Significant(t) {
				return key + "\x00" + old + "\x00" + new
			}
		}
	}
	return key
}

// countCopies tells of every edit of a clause that says something how often it is
// made, and where first.
func (l *Layouter) countCopies() {
	type seen struct{ first, copies, at int }
	all := map[string]*seen{}
	each := func(do func(e *edit, clause int)) {
		for i, list := range l.edits {
			for k := range list {
				if l.d.Change.Clauses[i].Material {
					do(&list[k], i)
				}
			}
		}
	}
	each(func(e *edit, clause int) {
		if all[e.key] == nil {
			all[e.key] = &seen{first: clause}
		}
		all[e.key].copies++
	})
	each(func(e *edit, clause int) {
		s := all[e.key]
		e.first, e.copies, e.again, e.key = s.first, s.copies, s.at > 0, ""
		s.at++
	})
}

// begunIn reports whether an edit begins in lines, or before them.
func (e edit) begunIn(lines ...line) bool {
	for _, l := range lines {
		for _, s := range l {
			old, new := s.run.at(s.to)
			switch {
			case e.whole,
				e.deleted && s.run.op == model.Delete && old > e.at.old,
				e.inserted && s.run.op == model.Insert && new > e.at.new:
				return true
			}
		}
	}
	return false
}
