package decide_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui"
	"fineprint/tui/config"
)

// open opens a store's desk for an actor, on its first change.
func open(t *testing.T, s *store.Store, actor string, with ...func(*tui.Options)) *deskfixture.Driver {
	t.Helper()
	d := &deskfixture.Driver{T: t}
	d.StartWith(s, 120, 30, "dark", func(o *tui.Options) {
		o.Actor = actor
		for _, change := range with {
			change(o)
		}
	})
	d.Keys("enter")
	d.Shows("FP-C-000006")
	return d
}

// answer types a text into what is asked, in place of what is there, and enter.
func answer(d *deskfixture.Driver, text string) {
	d.Keys("ctrl+u")
	d.Type(text)
	d.Keys("enter")
}

func review(t *testing.T, s *store.Store, id model.ID) model.Review {
	t.Helper()
	d, err := s.Change(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return d.Review
}

func TestSnoozeNeedsADate(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := open(t, s, "ada")
	d.Keys("z")
	d.Shows("Snooze until a date, 7d, 2w, or next", "> 7d")
	answer(d, "")
	d.Shows("Needs severity", "A snooze needs an end")
	answer(d, "7d3")
	d.Shows("> 7d3", `"7d3" is not`)
	answer(d, "next")
	d.Shows("✓ Zeta · Terms of Service snoozed until the next change", "u undo", "FP-C-000001")
	if r := review(t, s, "FP-C-000006"); r.State != model.Snoozed || r.Until != model.SnoozeNext {
		t.Errorf("%+v", r)
	}
}

func TestDismissalNeedsAReason(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := open(t, s, "ada")
	d.Keys("x")
	answer(d, "")
	d.Shows("A dismissal needs a reason", "Needs severity")
	answer(d, "noise")
	d.Shows("Zeta · Terms of Service dismissed: noise")
	d.Keys("q", "tab", "tab", "tab")
	d.Shows("Dismissed 1", "FP-C-000006")
	d.Palette("reopen")
	d.Shows("Zeta · Terms of Service reopened", "u undo")
	if r := review(t, s, "FP-C-000006"); r.State != model.Pending {
		t.Errorf("reopened it is %s", r.State)
	}
}

func TestApprovalAsksForANoteWhereConfidenceIsNotHigh(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := open(t, s, "ada")
	d.Keys("2", "L", "b", "s")
	answer(d, "The age falls.")
	d.Keys("a")
	d.Shows("Your confidence is low: what is uncertain, and why (may stay empty)")
	answer(d, "Two clauses contradict each other.")
	d.Shows("approved as FP-R-000001 r1")
	if r := review(t, s, "FP-C-000006"); r.State != model.Approved || r.Note != "Two clauses contradict each other." {
		t.Errorf("%+v", r)
	}
	d.Keys("u")
	d.Shows("Undone: approval of Zeta · Terms of Service", "ctrl+r redo")
	d.Keys("I")
	d.Shows("Interpretive note: what is uncertain, and why") // the old one is undone too
	answer(d, "None do.")
	d.Keys("a") // with a note there is only the approval to ask about
	d.Shows("Approve Zeta · Terms of Service as medium?", "The age falls.")
	d.Keys("y")
	d.Shows("approved as FP-R-000001 r2")
}

func TestSummaryAndApprovalInOneKeyKeepTheDraftWhileTheNoteIsAsked(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := open(t, s, "ada")
	d.Keys("2", "M", "b", "s")
	d.Type("The age falls.")
	d.Keys("ctrl+d")
	d.Shows("Your confidence is medium")
	d.Keys("esc")
	drafts, err := s.Drafts(context.Background(), "ada")
	if err != nil || len(drafts) != 1 || drafts[0].Summary != "The age falls." {
		t.Errorf("drafts %+v, %v", drafts, err)
	}
	d.Keys("s", "ctrl+d", "enter")
	d.Shows("approved as FP-R-000001 r1")
}

func TestApprovalNamesWhatIsMissing(t *testing.T) {
	d := open(t, deskfixture.LikeStore(t), "ada")
	d.Keys("a")
	d.Shows("Set a severity and write a summary to approve")
	d.Keys("4")
	d.Shows("Zeta · Terms of Service: severity critical. Still needed: summary", "u undo")
}

func TestSecondReaderContestsWithASeverity(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := open(t, s, "ada")
	d.Keys("2", "H", "b", "s")
	answer(d, "The age falls.")
	d.Shows("Zeta · Terms of Service: summary. Ready to approve (a)")
	d.Keys("+")
	d.Shows("Zeta · Terms of Service submitted to a second reader")
	reader := &deskfixture.Driver{T: t}
	reader.StartWith(s, 120, 30, "dark", func(o *tui.Options) { o.Actor = "grace" })
	reader.Keys("tab", "tab")
	reader.Shows("In review 1", "FP-C-000006")
	reader.Keys("enter")
	reader.Shows("Status in review", "Author ada, rating hidden until you rate")
	reader.Palette("contest")
	reader.Shows("As second reader: your severity, then why")
	answer(reader, "enormous: no")
	reader.Shows("Status in review", "enormous")
	reader.Palette("contest")
	answer(reader, "high: the age limit fell")
	reader.Shows("Zeta · Terms of Service contested")
	if r := review(t, s, "FP-C-000006"); r.State != model.Contested || r.Reason != "the age limit fell" {
		t.Errorf("%+v", r)
	}
	reader.Keys("u")
	reader.Shows("Undone: contest of Zeta · Terms of Service")
	reader.Keys("enter")
	reader.Palette("request changes")
	answer(reader, "name the clause")
	if r := review(t, s, "FP-C-000006"); r.State != model.ChangesRequested || r.Reason != "name the clause" {
		t.Errorf("%+v", r)
	}
}

func TestNothingLeftToUndoOrRedoIsReported(t *testing.T) {
	d := open(t, deskfixture.LikeStore(t), "ada")
	d.Keys("u")
	d.Shows("Nothing to undo")
	d.Keys("ctrl+r")
	d.Shows("Nothing to redo")
}

func TestDraftFollowsWhatIsWritten(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := open(t, s, "ada")
	drafts := func() string {
		t.Helper()
		all, err := s.Drafts(context.Background(), "ada")
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, one := range all {
			texts = append(texts, one.Summary)
		}
		return strings.Join(texts, "|")
	}
	d.Keys("s", "enter")
	d.Shows("Nothing written, nothing saved")
	d.Keys("s")
	d.Type("Half")
	d.Keys("esc")
	d.Shows("Draft kept (s to continue)")
	if got := drafts(); got != "Half" {
		t.Errorf("the draft is %q", got)
	}
	d.Keys("s")
	d.Shows("Half")
	for range 4 {
		d.Keys("backspace")
	}
	d.Keys("esc")
	if got := drafts(); got != "" {
		t.Errorf("emptied, the draft is %q", got)
	}
	d.Keys("s")
	d.Type("Whole.")
	d.Keys("enter", "s", "enter")
	d.Shows("The summary is as it was", "Summary  Whole.")
	d.Size(80, 24) // with the box open
	d.Keys("s")
	d.Size(70, 22)
	d.Shows("Summary in plain language")
}

func TestSummaryQuotesTheClauseAndSnippets(t *testing.T) {
	d := open(t, deskfixture.LikeStore(t), "ada")
	d.Keys("s", "ctrl+t")
	d.Shows("became", "at least 13 years")
	d.Keys("ctrl+o")
	d.Shows("No snippets (add them under [snippets] in the settings file)", "became")
	d = open(t, deskfixture.LikeStore(t), "ada", func(o *tui.Options) {
		o.Config = config.Default()
		o.Config.Snippets = append(o.Config.Snippets, config.Named{Name: "age", Text: "{platform} lowers the age."})
	})
	d.Keys("s")
	d.Type("So: ")
	d.Keys("ctrl+o")
	d.Shows("Snippets", "age: {platform} lowers the age.", "Preview", "  Zeta lowers the age.")
	d.Keys("enter", "enter")
	d.Shows("Summary  So: Zeta lowers the age.")
	// From the queue it is filled with what the row is of, not with what was read last.
	d.Keys("q", "/")
	answer(d, "plat:shop")
	d.Keys("s", "ctrl+o")
	d.Shows("  Shop 0 lowers the age.")
	d.Keys("enter", "ctrl+t", "enter")
	d.Shows("Shop 0 · Terms of Service: summary")
}

func TestPrecedentIsOpenedOrReportedMissing(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := open(t, s, "ada")
	d.Keys("=")
	d.Shows("No identical or similar change was judged yet")
	d.Keys("]", "x")
	answer(d, "known pattern")
	d.Shows("Shop 0 · Terms of Service dismissed")
	d.Keys("=")
	d.Shows("FP-C-000001, Shop 0 · Terms of Service, same words: dismiss, because known pattern",
		"Judge Shop 1 · Terms of Service as FP-C-000001?")
	d.Keys("enter") // is no yes
	d.Shows("Judge Shop 1 · Terms of Service as FP-C-000001?")
	if r := review(t, s, "FP-C-000002"); r.State != model.Pending {
		t.Errorf("unasked it is %s", r.State)
	}
	d.Keys("y")
	d.Shows("Shop 1 · Terms of Service dismissed")
	if r := review(t, s, "FP-C-000002"); r.State != model.Dismissed || r.Reason != "known pattern" {
		t.Errorf("%+v", r)
	}
}

func TestRepeatNamesWhatItDoesToSeveral(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := open(t, s, "ada")
	d.Keys("2", "L", "b", "q", "/")
	answer(d, "plat:shop")
	d.Keys("*", ".")
	if frame := d.Frame(); strings.Contains(frame, "<U+001B>") {
		t.Errorf("a style is drawn as text:\n%s", frame)
	}
	d.Shows("repeat your last decision (severity medium, confidence low, basis explicit)", "all 5?")
	d.Keys("enter") // is no yes
	d.Shows("all 5?")
	d.Keys("y")
	d.Shows("5 changes: severity medium, confidence low, basis explicit", "u undo")
	d.Keys("z")
	d.Shows("snooze, until 7d: all 5?")
	d.Keys("y")
	d.Shows("5 changes snoozed")
}

func TestBasisCyclesFasterThanTheStoreAnswers(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := open(t, s, "ada")
	d.Press("b", "b", "b")
	d.Settle()
	if r := review(t, s, "FP-C-000006"); r.Basis != model.Absent {
		t.Errorf("after three times the basis is %s", r.Basis)
	}
}

// refusing is a desk that refuses every decision.
type refusing struct {
	tui.Desk
	err error
}

func (r refusing) Decide(context.Context, model.Decision) (model.Review, error) {
	return model.Review{}, r.err
}

func (r refusing) Precedents(context.Context, model.ID, int) ([]model.Precedent, error) {
	return nil, r.err
}

func (r refusing) LastDecision(context.Context, string) ([]model.ID, error) { return nil, r.err }

func (r refusing) Drafts(context.Context, string) ([]model.Draft, error) { return nil, r.err }

func TestRefusedDecisionDropsThoseAfterIt(t *testing.T) {
	d := &deskfixture.Driver{T: t}
	d.Start(refusing{deskfixture.LikeStore(t), fmt.Errorf("%w: another holds it", model.ErrBusy)}, 120, 30, "dark")
	d.Shows("another holds it") // the drafts
	d.Keys("enter")
	d.Press("3", "L", "b")
	d.Settle()
	d.Shows("another holds it; 2 decisions pressed after it were not taken either")
	d.Keys("=")
	d.Shows("another holds it")
	d.Keys(".")
	d.Shows("another holds it", "Needs severity")
}

func TestLeavingWaitsForDecisionsOnTheirWay(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := open(t, s, "ada")
	d.Press("3", "ctrl+c")
	if d.Left() {
		t.Fatal("it left before the decision was taken")
	}
	d.Settle()
	if !d.Left() || review(t, s, "FP-C-000006").Severity != model.High {
		t.Errorf("left %v, %+v", d.Left(), review(t, s, "FP-C-000006"))
	}
}

func TestStaleDecisionYieldsToTheirs(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := open(t, s, "ada")
	low, text := model.Low, "Theirs."
	_, err := s.Decide(t.Context(), model.Decision{Change: "FP-C-000006", Base: model.AnyRevision, Actor: "ben",
		Action: model.ActionSet, Severity: &low, Summary: &text})
	if err != nil {
		t.Fatal(err)
	}
	d.Keys("3")
	d.Shows("was decided on elsewhere in the meantime", "theirs: pending, severity low, summary Theirs. (ben")
	d.Type("keep")
	d.Keys("enter")
	d.Shows(" LOW ", "Summary  Theirs.")
	if r := review(t, s, "FP-C-000006"); r.Severity != model.Low {
		t.Errorf("%+v", r)
	}
}

func TestSummaryIsWrittenInTheEditor(t *testing.T) {
	s := deskfixture.LikeStore(t)
	script := filepath.Join(t.TempDir(), "editor")
	if err := os.WriteFile(script, []byte("#!/bin/sh\necho 'From the editor.' > \"$1\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("VISUAL", script)
	d := deskfixture.OpenTerminal(t, s, 120, 30)
	d.Sees("by risk")
	d.Press("enter")
	d.Sees("FP-C-000006")
	d.Press("e")
	d.Sees("Summary  From the editor.")
	d.Press("e") // unchanged: nothing is decided
	d.Sees("Summary  From the editor.", "Cancelled, nothing saved")
	t.Setenv("VISUAL", "/nowhere/editor")
	d.Press("e")
	d.Sees("failed, the summary is unchanged")
}
