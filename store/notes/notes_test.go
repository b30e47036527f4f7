package notes_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
)

// first is a store with changes, and the first of them.
func first(t *testing.T) (*store.Store, model.ID) {
	t.Helper()
	s := storetest.New(t, 4)
	page, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil || len(page.Changes) == 0 {
		t.Fatal(len(page.Changes), err)
	}
	return s, page.Changes[0].ID
}

func write(t *testing.T, s *store.Store, q model.NoteRequest) model.ChangeNote {
	t.Helper()
	note, err := s.WriteNote(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return note
}

func notesOn(t *testing.T, s *store.Store, change model.ID) []model.ChangeNote {
	t.Helper()
	list, err := s.Notes(t.Context(), change)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func row(t *testing.T, s *store.Store, id model.ID) model.QueueItem {
	t.Helper()
	page, err := s.Queue(t.Context(), model.QueueFilter{AllState: true})
	at := slices.IndexFunc(page.Changes, func(q model.QueueItem) bool { return q.ID == id })
	if err != nil || at < 0 {
		t.Fatal(at, err)
	}
	return page.Changes[at]
}

func TestNoteIsWrittenEditedRemovedAndRestored(t *testing.T) {
	s, id := first(t)
	on := write(t, s, model.NoteRequest{Change: id, Clause: 1, Text: "see **§ 3**\n\nask legal", Actor: "anna"})
	whole := write(t, s, model.NoteRequest{Change: id, Text: "later"})
	if on.Clause != 1 || on.Provision == "" || on.Quote == "" || on.Actor != "anna" || whole.Clause != 0 ||
		whole.Actor != "ada" || on.ID == whole.ID {
		t.Fatalf("%+v\n%+v", on, whole)
	}
	edited := write(t, s, model.NoteRequest{ID: on.ID, Text: "settled", Actor: "ben"})
	if edited.Text != "settled" || edited.Actor != "anna" || edited.EditedBy != "ben" || edited.Clause != 1 {
		t.Errorf("edited: %+v", edited)
	}
	if list := notesOn(t, s, id); len(list) != 2 || list[0] != edited || list[1] != whole {
		t.Errorf("%+v", list)
	}
	if q := row(t, s, id); q.Notes != 2 {
		t.Errorf("the row counts %d", q.Notes)
	}
	if gone, err := s.RemoveNote(t.Context(), on.ID, "ben"); err != nil || gone != edited {
		t.Errorf("removed: %+v, %v", gone, err)
	}
	if _, err := s.RemoveNote(t.Context(), on.ID, "ben"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("removed again: %v", err)
	}
	if q := row(t, s, id); q.Notes != 1 {
		t.Errorf("the row counts %d", q.Notes)
	}
	if back, err := s.RestoreNote(t.Context(), on.ID, "ben"); err != nil || back != edited {
		t.Errorf("restored: %+v, %v", back, err)
	}
	if _, err := s.RestoreNote(t.Context(), on.ID, "ben"); !errors.Is(err, model.ErrNotAllowed) {
		t.Errorf("restored again: %v", err)
	}
	if list := notesOn(t, s, id); len(list) != 2 || list[0] != edited {
		t.Errorf("in another order: %+v", list)
	}
}

// TestNotesChangeNoJudgement: a decision that was based on the review before a note is not
// stale, and the review, the verdict and the rank are what they were.
func TestNotesChangeNoJudgement(t *testing.T) {
	s, id := first(t)
	before, err := s.Change(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	write(t, s, model.NoteRequest{Change: id, Clause: 1, Text: "hm"})
	if _, err := s.Assign(t.Context(), []model.ID{id}, "anna", "ada"); err != nil {
		t.Fatal(err)
	}
	after, err := s.Change(t.Context(), id)
	if err != nil || len(after.Notes) != 1 || after.Row.Assignee != "anna" || after.Row.Notes != 1 {
		t.Fatalf("%+v, %v", after.Row, err)
	}
	after.Notes, before.Notes, after.Row.Notes, after.Row.Assignee = nil, nil, 0, ""
	if !reflect.DeepEqual(before, after) {
		t.Errorf("was\n%+v\nis\n%+v", before, after)
	}
	d := storetest.Approval(id)
	d.Base = before.Review.Revision
	if _, err := s.Decide(t.Context(), d); err != nil {
		t.Error(err)
	}
}

func TestNoteStaysOnItsClauseWhenChangesAreDetectedAgain(t *testing.T) {
	s, id := first(t)
	note := write(t, s, model.NoteRequest{Change: id, Clause: 2, Text: "here"})
	db := storetest.DB(t, s)
	// The clauses are numbered otherwise than before, as another algorithm might do.
	err := db.Update(t.Context(), func(tx *kv.Tx) error { return reversed(tx, id.Number()) })
	if err != nil {
		t.Fatal(err)
	}
	list := notesOn(t, s, id)
	if len(list) != 1 || list[0].Clause == 2 || list[0].Clause == 0 || list[0].Quote != note.Quote {
		t.Errorf("%+v", list)
	}
	if _, err := s.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil {
		t.Fatal(err)
	}
	if list := notesOn(t, s, id); len(list) != 1 || list[0] != note {
		t.Errorf("detected again: %+v", list)
	}
}

func TestAssignmentIsThatOfTheLastStep(t *testing.T) {
	s, id := first(t)
	for _, name := range []string{"anna", "ben", "ben", ""} {
		was := row(t, s, id).Assignee
		before, err := s.Assign(t.Context(), []model.ID{id}, " "+name+" ", "ada")
		if err != nil {
			t.Fatal(err)
		}
		if got, changed := before[id]; changed != (was != name) || changed && got != was {
			t.Errorf("%q: was %q, is told %v", name, was, before)
		}
		if got := row(t, s, id).Assignee; got != name {
			t.Errorf("assigned to %q, want %q", got, name)
		}
	}
	people, err := s.People(t.Context())
	if err != nil || !slices.Equal(people, []string{"ada", "anna", "ben"}) {
		t.Error(people, err)
	}
}

func TestRefusedStepsChangeNothing(t *testing.T) {
	s, id := first(t)
	for what, c := range map[string]struct {
		q    model.NoteRequest
		want error
	}{
		"no words":          {model.NoteRequest{Change: id, Text: " \n"}, model.ErrInvalid},
		"too many":          {model.NoteRequest{Change: id, Text: strings.Repeat("x", 64<<10+1)}, model.ErrInvalid},
		"no such clause":    {model.NoteRequest{Change: id, Clause: 99, Text: "x"}, model.ErrInvalid},
		"a negative clause": {model.NoteRequest{Change: id, Clause: -1, Text: "x"}, model.ErrInvalid},
		"no such change":    {model.NoteRequest{Change: "FP-C-000999", Text: "x"}, model.ErrNotFound},
		"no such note":      {model.NoteRequest{ID: "FP-N-000999", Text: "x"}, model.ErrNotFound},
		"no note's entry":   {model.NoteRequest{ID: "FP-N-000001", Text: "x"}, model.ErrNotFound},
	} {
		if _, err := s.WriteNote(t.Context(), c.q); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, name := range []string{"a\nb", "\x1b[2J", "\xff", strings.Repeat("x", 101)} {
		if _, err := s.Assign(t.Context(), []model.ID{id}, name, "ada"); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := s.Assign(t.Context(), []model.ID{id, "FP-C-000999"}, "anna", "ada"); !errors.Is(err, model.ErrNotFound) {
		t.Error(err)
	}
	if q := row(t, s, id); q.Assignee != "" || q.Notes != 0 || schema(t, s) != kv.FirstSchema {
		t.Errorf("%+v, schema %d", q, schema(t, s))
	}
	write(t, s, model.NoteRequest{Change: id, Text: "x"})
	if schema(t, s) != recordrows.Annotations {
		t.Errorf("schema %d after the first note", schema(t, s))
	}
}

// TestTwoWritersAtOnceLoseNoNote: two processes are two databases opened apart.
func TestTwoWritersAtOnceLoseNoNote(t *testing.T) {
	s, id := first(t)
	const each = 20
	var wg sync.WaitGroup
	for _, actor := range []string{"anna", "ben"} {
		other := storetest.Reopen(t, s)
		wg.Go(func() {
			for i := range each {
				q := model.NoteRequest{Change: id, Clause: i % 2, Text: fmt.Sprint(actor, i), Actor: actor}
				if _, err := other.WriteNote(t.Context(), q); err != nil {
					t.Error(err)
				}
				if _, err := other.Assign(t.Context(), []model.ID{id}, actor, actor); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	seen := map[string]bool{}
	for _, n := range notesOn(t, s, id) {
		seen[n.Text] = true
	}
	if len(seen) != 2*each {
		t.Errorf("%d notes, want %d", len(seen), 2*each)
	}
	journalNames(t, s, journal.KindAnnotation, 2*each)
}

func TestHostileTextIsKeptAsGiven(t *testing.T) {
	s, id := first(t)
	for _, text := range []string{"\x1b]52;c;aGk=\a", "\xff\xfe", "a\x00b", "\u202egpj.exe", "<script>x</script>"} {
		note := write(t, s, model.NoteRequest{Change: id, Text: text})
		if note.Text != text {
			t.Errorf("%q is kept as %q", text, note.Text)
		}
	}
}
