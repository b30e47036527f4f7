package tui_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fineprint/store"
	"fineprint/store/terms"
	"fineprint/tui"
)

// likeStore has the same material change at five platforms, and one of its own.
func likeStore(t *testing.T) (*store.Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "desk.db")
	s, err := store.Create(path, store.Options{Actor: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	var captures []terms.Capture
	add := func(platform, text string, day int) {
		captures = append(captures, terms.Capture{Platform: platform, Type: "Terms of Service", Text: text, CapturedAt: time.Date(2026, 3, day, 5, 6, 7, 0, time.UTC), Raw: []byte(text), MediaType: "text/markdown", Origin: terms.Provenance{Method: terms.MethodWeb, URL: "https://acme.example/terms"}})
	}
	for i := range 5 {
		text := fmt.Sprintf("# Terms of shop %d\n\nShop %d sells things of kind %d to people of its own town.\n\nYou have 30 days to return what you bought from us.\n", i, i, i)
		add(fmt.Sprintf("Shop %d", i), text, 1)
		add(fmt.Sprintf("Shop %d", i), strings.Replace(text, "30 days", "14 days", 1), 2)
	}
	add("Zeta", oldTerms, 1)
	add("Zeta", strings.Replace(oldTerms, "16 years", "13 years", 1), 3)
	if _, err := s.Record(t.Context(), captures); err != nil {
		t.Fatal(err)
	}
	return s, path
}

func states(t *testing.T, s *store.Store) map[terms.State]int {
	t.Helper()
	page, err := s.Queue(context.Background(), terms.QueueFilter{AllState: true})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[terms.State]int{}
	for _, c := range page.Changes {
		counts[c.State]++
	}
	return counts
}

// TestClusterIsOneDecision: three keys for five alike changes, one undo.
func TestClusterIsOneDecision(t *testing.T) {
	s, path := likeStore(t)
	d := openDesk(t, s, path, 120, 40)
	d.sees("Queue: pending", "Zeta", "Shop 4")
	d.press("/", "plat:shop", "enter")
	d.sees("5 of 6", "5 alike")
	d.press("*")
	d.sees("5 marked")
	d.press("x")
	d.sees("5 changes of 5 platforms, 5 material. Three of them at random:", "Dismiss because")
	d.press("known pattern", "enter")
	d.sees("5 changes dismissed; u takes it back")
	if n := states(t, s)[terms.Dismissed]; n != 5 {
		t.Fatalf("%d are dismissed", n)
	}
	d.press("u")
	d.sees("undone: 5 changes", "5 of 6")
	if n := states(t, s)[terms.Pending]; n != 6 {
		t.Errorf("%d are pending after the undo", n)
	}
}

// TestBulkNeverApprovesHigh holds even when all is filled in.
func TestBulkNeverApprovesHigh(t *testing.T) {
	s, path := likeStore(t)
	sure, basis, summary := terms.HighConfidence, terms.Explicit, "Returns within 14 days."
	for n := range 5 {
		if _, err := s.Decide(t.Context(), terms.Decision{Change: terms.NewID("FP", terms.ChangeID, uint64(n+1)), Base: terms.AnyRevision, Actor: "ada", Action: terms.ActionSet, Confidence: &sure, Basis: &basis, Summary: &summary}); err != nil {
			t.Fatal(err)
		}
	}
	d := openDesk(t, s, path, 120, 40)
	d.sees("Queue: pending", "Zeta")
	d.press("/", "plat:shop", "enter")
	d.sees("5 of 6")
	d.press("*", "h")
	d.sees("severity high: all 5?")
	d.press("enter")
	d.sees("5 changes: saved")
	d.press("a")
	d.sees("approve: all 5?")
	d.press("enter")
	d.sees("approve it by itself")
	if n := states(t, s)[terms.Pending]; n != 6 {
		t.Errorf("%d are pending", n)
	}
}

// TestPatternTakesTwoKeys: repeat, precedent, and what they leave to approve.
func TestPatternTakesTwoKeys(t *testing.T) {
	s, path := likeStore(t)
	d := openDesk(t, s, path, 120, 40)
	d.sees("Queue: pending", "Zeta")
	d.press("/", "plat:shop", "enter")
	d.sees("5 of 6")
	d.press("enter")
	d.sees("30", "14", "1 of 5")
	d.press("m", "s")
	d.sees("Summary in plain language")
	d.press("Returns within 14 days, not 30.")
	d.term.SendText("\x04") // ctrl+d
	d.sees("approved as FP-R-000001 r1", "1 of 4", "precedent: FP-C-000001 (the same words) was approved, medium by ada")
	d.press("=")
	d.sees("severity medium", "summary: Returns within 14 days")
	d.press("a")
	d.sees("FP-R-000002", "1 of 3")
	d.press(".")
	d.sees("severity medium")
	d.press("a")
	d.sees("FP-R-000003", "1 of 2")
	// Faster than the store answers: each key hits the change it was meant for.
	d.press("x", "noise", "enter", ".")
	d.sees("dismissed")
	d.sees("No change is")
	d.press("ctrl+c")
	d.left()
	// Another run repeats what this one did last.
	d = openDesk(t, s, path, 120, 40)
	d.sees("No change is")
	d.press("/", "ctrl+u", "enter")
	d.sees("Queue: pending ", "Zeta")
	d.press(".")
	d.sees("FP-C-000006 dismissed")
	want := map[terms.State]int{terms.Approved: 3, terms.Dismissed: 3, terms.Pending: 0}
	got := states(t, s)
	for state, n := range want {
		if got[state] != n {
			t.Errorf("%d are %s, not %d", got[state], state, n)
		}
	}
}

// TestDraftIsKept: what is typed and left, or lost with the desk, is there again.
func TestDraftIsKept(t *testing.T) {
	s, path := likeStore(t)
	d := openDesk(t, s, path, 120, 40)
	d.sees("Queue: pending", "Zeta")
	d.press("enter")
	d.sees("1 of 6")
	d.press("s")
	d.sees("Summary in plain language")
	d.press("Half a sentence")
	d.waits(func() bool {
		drafts, err := s.Drafts(context.Background(), "ada")
		return err == nil && len(drafts) == 1 && drafts[0].Summary == "Half a sentence"
	})
	d.press("ctrl+c", "ctrl+c")
	d.left()
	again := openDesk(t, s, path, 120, 40)
	again.sees("1 of 6", "summary: (none yet") // where it was left, drafts announced
	again.press("s")
	again.sees("Half a sentence")
	again.press(" and the rest", "enter")
	again.sees("summary: Half a sentence and the rest")
	if drafts, err := s.Drafts(context.Background(), "ada"); err != nil || len(drafts) != 0 {
		t.Errorf("drafts %v, %v", drafts, err)
	}
}

// TestStaleShowsBothSides: a decision made elsewhere is neither overwritten nor
// hidden, and one of the two is chosen knowingly.
func TestStaleShowsBothSides(t *testing.T) {
	s, path := likeStore(t)
	d := openDesk(t, s, path, 120, 40)
	d.sees("Queue: pending", "Zeta")
	d.press("enter")
	d.sees("1 of 6")
	page, err := s.Queue(t.Context(), terms.QueueFilter{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	low := terms.Low
	if _, err := s.Decide(t.Context(), terms.Decision{Change: page.Changes[0].ID, Base: terms.AnyRevision, Actor: "ben", Action: terms.ActionSet, Severity: &low}); err != nil {
		t.Fatal(err)
	}
	d.press("h")
	d.sees("decided on elsewhere", "theirs: pending, severity low (ben", "yours:  severity high, not taken")
	d.press("on top", "enter")
	d.waits(func() bool {
		change, err := s.Change(context.Background(), page.Changes[0].ID)
		return err == nil && change.Review.Severity == terms.High && len(change.History) == 2
	})
}

// TestPlaceIsRestored: filter, order, grouping and saved filters outlive the desk.
func TestPlaceIsRestored(t *testing.T) {
	s, path := likeStore(t)
	d := openDesk(t, s, path, 120, 40)
	d.sees("Queue: pending", "Zeta")
	d.press("/", "plat:shop", "enter", "t", "t", "S")
	d.sees("Queue: pending, plat:shop, newest first, by alike", "5 alike")
	d.press(":")
	d.sees("Commands")
	d.press("save this", "enter")
	d.sees("Save the filter plat:shop as")
	d.press("shops", "enter")
	d.sees("the list of filters has shops")
	d.press("ctrl+c")
	d.left()
	again := openDesk(t, s, path, 120, 40)
	again.sees("Queue: pending, plat:shop, newest first, by alike")
	again.press("f")
	again.sees("shops: plat:shop")
}

// TestDecidedElsewhereShows: a desk that is open sees what others decide, on the
// change it shows and in the queue.
func TestDecidedElsewhereShows(t *testing.T) {
	s, path := likeStore(t)
	wrote := make(chan struct{}, 8)
	d := openDesk(t, s, path, 120, 40, func(o *tui.Options) {
		o.Changed = func(ctx context.Context) error {
			select {
			case <-wrote:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	})
	d.sees("Queue: pending", "Zeta")
	d.press("enter")
	d.sees("1 of 6", "FP-C-000006")
	low := terms.Low
	ben := func(d terms.Decision) {
		t.Helper()
		d.Actor, d.Base = "ben", terms.AnyRevision
		if _, err := s.Decide(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		wrote <- struct{}{}
	}
	ben(terms.Decision{Change: "FP-C-000006", Action: terms.ActionSet, Severity: &low})
	d.sees("severity low", "ben decided on this change: it is pending now")
	d.press("h") // on top of what is shown, and so not stale
	d.sees("severity high")
	d.press("q")
	d.sees("Queue: pending", "Shop 0")
	ben(terms.Decision{Change: "FP-C-000001", Action: terms.ActionDismiss, Reason: "noise"})
	d.waits(func() bool { return !strings.Contains(d.screen(), "Shop 0") })
}

// TestRepeatTakesNobodyElsesValues: what a second reader repeats after a restart
// are never the author's values.
func TestRepeatTakesNobodyElsesValues(t *testing.T) {
	s, path := likeStore(t)
	high, sure, basis, summary := terms.High, terms.HighConfidence, terms.Explicit, "Returns within 14 days."
	for _, d := range []terms.Decision{
		{Actor: "ben", Action: terms.ActionSubmit, Severity: &high, Confidence: &sure, Basis: &basis, Summary: &summary},
		{Actor: "ada", Action: terms.ActionSet, Severity: &high},
	} {
		d.Change, d.Base = "FP-C-000001", terms.AnyRevision
		if _, err := s.Decide(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	d := openDesk(t, s, path, 120, 40)
	d.sees("Queue: pending", "Zeta")
	d.press(".")
	d.sees("you decided nothing yet that could be repeated")
}
