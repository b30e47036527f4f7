package notes

import (
	"cmp"
	"slices"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
)

// State is what the annotations of a change come to.
type State struct {
	Assignee string
	Notes    []Note // that were not removed, oldest first
	Tags     []string
	Raised   []RuleStep // that were not taken back, oldest first
	Folded   []RuleStep

	removed []Note
}

// Note is a note as its steps left it.
type Note struct {
	Written recordrows.Annotation
	Text    []byte
	// Edited is the step that gave it its text, nil for the first.
	Edited *recordrows.Annotation
}

// RuleStep is what a rule did: Label is the severity that it raised to.
type RuleStep struct {
	Rule  uint64
	Actor string
	Label string
}

// Project folds annotations, oldest first, into what they come to. A step that fits
// nothing is left out: check reports it.
func Project(list []recordrows.Annotation) State {
	var s State
	for i := range list {
		s.apply(&list[i])
	}
	return s
}

// Find returns the place of a note among those that were not removed, -1 without it.
func (s *State) Find(note uint64) int { return index(s.Notes, note) }

func index(list []Note, note uint64) int {
	return slices.IndexFunc(list, func(n Note) bool { return n.Written.Entry == note })
}

func (s *State) apply(a *recordrows.Annotation) (fits bool) {
	switch at := s.Find(a.Note); model.AnnotationAction(a.Action) {
	case model.Assigned:
		s.Assignee = a.Assignee
	case model.NoteWritten:
		if a.Note != a.Entry {
			return false
		}
		s.Notes = append(s.Notes, Note{Written: *a, Text: a.Text})
	case model.NoteEdited:
		if at < 0 {
			return false
		}
		s.Notes[at].Text, s.Notes[at].Edited = a.Text, a
	case model.NoteRemoved:
		if at < 0 {
			return false
		}
		s.removed = append(s.removed, s.Notes[at])
		s.Notes = slices.Delete(s.Notes, at, at+1)
	case model.NoteRestored:
		was := index(s.removed, a.Note)
		if was < 0 {
			return false
		}
		place, _ := slices.BinarySearchFunc(s.Notes, a.Note, func(n Note, note uint64) int {
			return cmp.Compare(n.Written.Entry, note)
		})
		s.Notes = slices.Insert(s.Notes, place, s.removed[was])
		s.removed = slices.Delete(s.removed, was, was+1)
	default:
		return s.applyLabelled(a)
	}
	return true
}

// applyLabelled takes a step with a tag or of a rule.
func (s *State) applyLabelled(a *recordrows.Annotation) (fits bool) {
	switch model.AnnotationAction(a.Action) {
	case model.Tagged:
		at, there := slices.BinarySearch(s.Tags, a.Label)
		if there || a.Label == "" {
			return false
		}
		s.Tags = slices.Insert(s.Tags, at, a.Label)
	case model.Untagged:
		at, there := slices.BinarySearch(s.Tags, a.Label)
		if !there {
			return false
		}
		s.Tags = slices.Delete(s.Tags, at, at+1)
	case model.Raised:
		return addStep(&s.Raised, a)
	case model.Unraised:
		return dropStep(&s.Raised, a.Rule)
	case model.Folded:
		return addStep(&s.Folded, a)
	case model.Unfolded:
		return dropStep(&s.Folded, a.Rule)
	case model.Notified:
		return a.Label != ""
	default:
		return false
	}
	return true
}

func stepOf(list []RuleStep, rule uint64) int {
	return slices.IndexFunc(list, func(r RuleStep) bool { return r.Rule == rule })
}

func addStep(list *[]RuleStep, a *recordrows.Annotation) (fits bool) {
	if a.Rule == 0 || stepOf(*list, a.Rule) >= 0 {
		return false
	}
	*list = append(*list, RuleStep{a.Rule, a.Actor, a.Label})
	return true
}

func dropStep(list *[]RuleStep, rule uint64) (fits bool) {
	at := stepOf(*list, rule)
	if at >= 0 {
		*list = slices.Delete(*list, at, at+1)
	}
	return at >= 0
}

// Marks is what tags and rules make of the change.
func (s *State) Marks(tx *kv.Tx) model.MarkedByRules {
	m := model.MarkedByRules{Tags: s.Tags}
	for _, r := range s.Raised {
		m.Raised = append(m.Raised, model.RaisedBy{Rule: tx.ID(model.AlertRuleID, r.Rule), By: r.Actor,
			Severity: model.Severity(r.Label)})
	}
	if len(s.Folded) > 0 {
		m.FoldedBy = s.Folded[0].Actor
	}
	return m
}

// Fits reports whether each step is possible after those before it.
func Fits(list []recordrows.Annotation) bool {
	var s State
	for i := range list {
		if !s.apply(&list[i]) {
			return false
		}
	}
	return true
}

// Apply shows on a change what rules made of it. One that undoes what is approved or
// submitted is never folded.
func (s *State) Apply(tx *kv.Tx, change uint64, q *model.QueueItem) error {
	marks := s.Marks(tx)
	if marks.FoldedBy != "" {
		standings, err := rows.StandingsOf(tx, q.Document.Number())
		if err != nil {
			return err
		}
		if standings.Raises(change) {
			marks.FoldedBy = ""
		}
	}
	marks.Apply(q)
	return nil
}
