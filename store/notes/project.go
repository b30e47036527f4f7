package notes

import (
	"cmp"
	"slices"

	"fineprint/store/model"
	"fineprint/store/recordrows"
)

// State is what the annotations of a change come to.
type State struct {
	Assignee string
	Notes    []Note // that were not removed, oldest first

	removed []Note
}

// Note is a note as its steps left it.
type Note struct {
	Written recordrows.Annotation
	Text    []byte
	// Edited is the step that gave it its text, nil for the first.
	Edited *recordrows.Annotation
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
		return false
	}
	return true
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
