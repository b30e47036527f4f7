package notes_test

import (
	"strings"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui"
	"fineprint/tui/config"
)

func notesOf(t *testing.T, s *store.Store) []model.ChangeNote {
	t.Helper()
	list, err := s.AllNotes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestNoteIsWrittenOnTheClauseThatIsRead: written, drafted, edited, removed and undone, in
// the review and the queue.
func TestNoteIsWrittenOnTheClauseThatIsRead(t *testing.T) {
	s := deskfixture.NewStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("Acme", "Pending")
	d.Press("enter")
	d.Sees("13 years")
	d.Press(";")
	d.Sees("Note on ", "clause 1")
	d.Press("Is a 1 a digit? Ask **legal**. axzu", "alt+enter", "3.", "esc")
	d.Sees("Draft of the note saved")
	if n := notesOf(t, s); len(n) != 0 {
		t.Fatalf("%+v", n)
	}
	d.Press(";")
	d.Sees("Ask **legal**")
	d.Press("enter")
	d.Sees("note written (u to undo)", "ada, 0h: Is a 1 a digit?")
	n := notesOf(t, s)
	if len(n) != 1 || n[0].Text != "Is a 1 a digit? Ask **legal**. axzu\n3." || n[0].Clause != 1 || n[0].Actor != "ada" {
		t.Fatalf("%+v", n)
	}
	d.Press(";")
	d.Sees("Notes on ", "Write another note", "Edit ", "Remove ")
	d.Press("edit", "enter")
	d.Sees("enter save")
	d.Press(" Yes.", "enter")
	d.Sees("note edited", "3. Yes.")
	d.Press("u")
	d.Sees("undone")
	if n := notesOf(t, s); n[0].Text != "Is a 1 a digit? Ask **legal**. axzu\n3." {
		t.Errorf("after the undo: %q", n[0].Text)
	}
	d.Press(";", "remove", "enter")
	d.Sees("note removed")
	if n := notesOf(t, s); len(n) != 0 {
		t.Errorf("%+v", n)
	}
	d.Press("u")
	d.Sees("undone", "ada, 0h: Is a 1 a digit?")
	detail, err := s.Change(t.Context(), n[0].Change)
	if err != nil || detail.Review.Revision != 0 {
		t.Errorf("%+v, %v", detail.Review, err)
	}
	d.Press("ctrl+c")
	d.Left()
}

// TestDraftOfANoteOutlivesTheDesk: another desk goes on with it.
func TestDraftOfANoteOutlivesTheDesk(t *testing.T) {
	s := deskfixture.NewStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("Acme", "Pending")
	d.Press(";")
	d.Sees("Note on ")
	d.Press("half a thou", "esc")
	d.Sees("Draft of the note saved")
	d.Press("ctrl+c")
	d.Left()
	d = deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("Acme", "Pending")
	d.Press(";")
	d.Sees("half a thou")
	d.Press("ght", "enter")
	d.Sees("note written")
	if n := notesOf(t, s); len(n) != 1 || n[0].Text != "half a thought" || n[0].Clause != 0 {
		t.Errorf("%+v", n)
	}
	d.Press("ctrl+c")
	d.Left()
}

// TestChangesAreAssignedAndFound: one by a name that is typed, several after a yes.
func TestChangesAreAssignedAndFound(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("Zeta", "Shop")
	d.Press("@")
	d.Sees("Assign ", "ada (you)", "Nobody", "Another name")
	d.Press("another", "enter")
	d.Sees("Assign to")
	d.Press("Zoë", "enter")
	d.Sees("assigned to Zoë (u to undo)")
	d.Press("/", "plat:shop", "enter")
	d.Sees("Shop")
	d.Press("*", "@")
	d.Sees("changes to", "Zoë")
	d.Press("ada", "enter")
	d.Sees("Assign ", "to ada", "y yes")
	d.Press("y")
	d.Sees("changes: assigned to ada")
	d.Press("/", "ctrl+u", "mine:", "enter")
	d.Sees("Shop")
	d.Waits(func() bool { return !strings.Contains(d.Screen(), "Zeta") })
	d.Press("u")
	d.Sees("undone")
	page, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range page.Changes {
		if q.Assignee == "ada" {
			t.Errorf("%s is still assigned to %s", q.ID, q.Assignee)
		}
	}
	d.Press("ctrl+c")
	d.Left()
}

// TestDayIsToldWhileItGoesOn: own decisions count at once, and it can be off.
func TestDayIsToldWhileItGoesOn(t *testing.T) {
	s := deskfixture.LikeStore(t)
	settings := config.Default()
	settings.DayGoal = 4
	with := func(o *tui.Options) { o.Config = settings }
	d := deskfixture.OpenTerminal(t, s, 120, 40, with)
	d.Sees("Zeta", "Shop")
	d.Press("x", "noise", "enter")
	d.Sees("dismissed", "today ▓▓░░░░░░░░ 1/4")
	d.Press("enter")
	d.Sees("1 of 4 decided today")
	d.Press("ctrl+c")
	d.Left()
	settings.DayBar = false
	d = deskfixture.OpenTerminal(t, s, 120, 40, with)
	d.Sees("14 days") // where it was left
	if strings.Contains(d.Screen(), "decided today") {
		t.Error("the day is told although it is off")
	}
	d.Press("ctrl+c")
	d.Left()
}

// TestNotesAndAssignmentsAreTyped at the command line: a note at once, an assignment of
// several after a yes.
func TestNotesAndAssignmentsAreTyped(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("Zeta", "Shop")
	d.Press(":", "note Ask **legal** first", "enter")
	d.Sees("note written (u to undo)")
	if n := notesOf(t, s); len(n) != 1 || n[0].Text != "Ask **legal** first" || n[0].Actor != "ada" {
		t.Fatalf("%+v", n)
	}
	d.Press("u")
	d.Sees("undone")
	if n := notesOf(t, s); len(n) != 0 {
		t.Errorf("%+v", n)
	}
	d.Press(":", "assign Zoë", "enter")
	d.Sees("assigned to Zoë (u to undo)")
	d.Press(":", "assign Nobody", "enter")
	d.Sees("assigned to nobody (u to undo)")
	d.Press("/", "plat:shop", "enter")
	d.Sees("Shop")
	d.Press("*", ":", "assign ben", "enter")
	d.Sees("Assign ", "changes to ben?", "y yes")
	d.Press("enter", "y")
	d.Sees("changes: assigned to ben")
	d.Press("ctrl+c")
	d.Left()
}
