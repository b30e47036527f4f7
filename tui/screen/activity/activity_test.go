package activity_test

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
	"fineprint/tui"
)

func open(t *testing.T, desk tui.Desk, with func(*tui.Options)) *deskfixture.Driver {
	t.Helper()
	s := &deskfixture.Driver{T: t}
	s.StartWith(desk, 120, 24, "dark", with)
	s.Keys("A")
	return s
}

func as(*tui.Options) {}

// happened is a desk on which a record was made.
type happened struct{ deskfixture.Static }

func (happened) Tracking(context.Context) ([]model.TrackedRow, error) { return nil, nil }

func (happened) Activity(context.Context, int) ([]model.Activity, error) {
	at := time.Date(2026, 3, 31, 21, 6, 7, 0, time.UTC)
	return []model.Activity{{At: at, Actor: "ada", Act: model.ActRecordMade, ID: "FP-R-000001"},
		{At: at, Act: model.ActCreated}}, nil
}

func TestEmptyActivityShowsHowToTrack(t *testing.T) {
	s := open(t, happened{deskfixture.NewStatic()}, as)
	s.Shows("Nothing tracked", "T tracks a document by its address", "History", "ada         created a record")
	s.Keys("j", "enter")
	s.Shows("No screen for FP-R-000001; use `fineprint show FP-R-000001`")
	s.Keys("j", "enter")
	s.Shows("Can't do that: nothing to open here")
	s.Keys("o")
	s.Shows("Can't do that: there is no browser to open it in")
}

func TestRowsAreSteppedOverTheHeadings(t *testing.T) {
	s := open(t, deskfixture.NewStatic(), as)
	s.Shows("4 documents tracked, 2 failing", "failing", "quarantined", "due now", "due in")
	rows := map[string]bool{}
	for range 12 {
		for _, l := range s.Page() {
			if strings.HasPrefix(l, "▌") {
				rows[l] = true
				if strings.Contains(l, "History") || strings.Contains(l, "Tracked documents") {
					t.Errorf("the cursor is on %q", l)
				}
			}
		}
		s.Keys("j")
	}
	if len(rows) != 7 {
		t.Errorf("the cursor was on %d rows", len(rows))
	}
	s.Keys("g", "k")
	s.Shows("Tracked documents")
	s.Size(60, 20)
	s.Shows("03-31 21:06")
}

func TestDocumentOpensItsVersionsAndItsAddress(t *testing.T) {
	var opened []string
	s := open(t, deskfixture.NewStatic(), func(o *tui.Options) {
		o.OpenURL = func(_ context.Context, address string) error {
			opened = append(opened, address)
			return nil
		}
	})
	s.Keys("o")
	s.Shows("opened https://acme.example/terms")
	s.Keys("enter")
	s.Shows("Versions:")
	s.Keys("q", "G", "k", "k", "enter")
	s.Shows("Needs severity")
	s.Keys("q", "A", "G", "k", "k", "o") // of a change that happened: its own source
	s.Shows("no web address is known for FP-C-000001")
	if len(opened) != 1 {
		t.Errorf("opened %q", opened)
	}
}

func TestClickOpensTheRowUnderTheCursor(t *testing.T) {
	s := open(t, deskfixture.NewStatic(), as)
	click := func(y int) { s.Deliver(tea.MouseClickMsg{X: 5, Y: y, Button: tea.MouseLeft}) }
	click(1) // a heading
	s.Shows("Activity")
	click(3)
	s.Shows("Activity")
	click(3)
	s.Shows("Versions:")
}

func TestReloadReadsAgain(t *testing.T) {
	now := deskfixture.Lists{Err: model.ErrBusy}
	s := open(t, deskfixture.ListDesk{Desk: deskfixture.NewStatic(), Lists: &now}, as)
	s.Shows("can't be read", "? documents tracked")
	now = deskfixture.Lists{}
	s.Keys("R")
	s.Shows("4 documents tracked")
}

func TestFetchThatRunsIsShownByDocument(t *testing.T) {
	s := open(t, deskfixture.NewStatic(), as)
	s.Press("F")
	s.Until(func() bool { return strings.Contains(s.Frame(), "2 of 4") })
	s.Shows("Fetching 2 of 4: 1 changed, 1 failed", "now: ", "changed", "waiting")
	s.Press("X")
	s.Settle()
	s.Shows("Cancelled: 2 of 4 documents fetched")
}

// failing is a desk on which one document fails for a reason that no line has room for.
type failing struct{ deskfixture.Static }

func (failing) Tracking(context.Context) ([]model.TrackedRow, error) {
	row := model.TrackedRow{}
	row.Platform.Name, row.Type = "Acme", "Terms of Service"
	row.Health.Failures = 2
	row.Health.Reason = "connection failed: " + strings.Repeat("the host took back its word, ", 8) + "and that is all"
	return []model.TrackedRow{row}, nil
}

func TestReasonOfAFailureIsReadableInFull(t *testing.T) {
	s := open(t, failing{deskfixture.NewStatic()}, as)
	s.Shows("1 failing", "connection failed: the host", "and that is all")
}
