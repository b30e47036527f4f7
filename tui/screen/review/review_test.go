package review_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
	"fineprint/tui"
)

// change is a desk with one change, as it is told to be.
type change struct {
	deskfixture.Static
	review    *model.Review
	precedent *model.Precedent
	err       *error
}

func newChange() change {
	var err error
	r := model.Review{Change: "FP-C-000001", State: model.Pending}
	return change{Static: deskfixture.NewStatic(), review: &r, precedent: &model.Precedent{}, err: &err}
}

func (c change) Change(ctx context.Context, id model.ID) (model.ChangeDetail, error) {
	d, _ := c.Static.Change(ctx, id)
	d.Review = *c.review
	return d, *c.err
}

func (c change) Precedents(context.Context, model.ID, int) ([]model.Precedent, error) {
	if c.precedent.Change == "" {
		return nil, nil
	}
	return []model.Precedent{*c.precedent}, nil
}

func open(t *testing.T, desk tui.Desk) *deskfixture.Driver {
	t.Helper()
	s := &deskfixture.Driver{T: t}
	s.Start(desk, 120, 24, "dark")
	s.Keys("enter")
	return s
}

// head is the lines above the redline.
func head(s *deskfixture.Driver) string { return strings.Join(s.Page()[:7], "\n") }

func TestHeadNamesTheStateAndWhy(t *testing.T) {
	for _, c := range []struct {
		review model.Review
		want   []string
	}{
		{model.Review{State: model.Pending}, []string{"○ high", "Needs severity, summary",
			"Why      children or age · a changed number"}},
		{model.Review{State: model.Pending, Severity: model.Low}, []string{" LOW ",
			"Confidence high · Basis explicit (defaults)", "Needs summary"}},
		{model.Review{State: model.Pending, Basis: model.Absent}, []string{"Confidence high (default)", "Basis absent "}},
		{model.Review{State: model.Pending, Severity: model.Low, Summary: "So."}, []string{"Ready to approve (a)",
			"Summary  So."}},
		{model.Review{State: model.Dismissed, Reason: "noise"}, []string{"Status dismissed", "State    Dismissed: noise"}},
		{model.Review{State: model.Snoozed, Until: "2026-05-01"}, []string{"State    Snoozed until 2026-05-01"}},
		{model.Review{State: model.Snoozed, Until: "next"}, []string{"State    Snoozed until the next change"}},
		{model.Review{State: model.InReview, Author: "grace"}, []string{"Status in review",
			"State    Author grace, rating hidden until you rate"}},
		{model.Review{State: model.Contested, Severity: model.High, Actor: "grace", Reason: "too high",
			Second: &model.SecondReview{Actor: "grace", Severity: model.Low}}, []string{
			"State    Contested by grace: too high · Second reader (grace): low"}},
		{model.Review{State: model.Approved, Severity: model.High, Actor: "grace", Record: "FP-R-000007",
			RecordRevision: 2}, []string{"State    Approved by grace as FP-R-000007 r2"}},
	} {
		desk := newChange()
		c.review.Change = "FP-C-000001"
		*desk.review = c.review
		s := open(t, desk)
		for _, want := range c.want {
			if got := head(s); !strings.Contains(got, want) {
				t.Errorf("%s: %q is missing in\n%s", c.review.State, want, got)
			}
		}
	}
}

// TestHeadIsWholeInEveryWindow: nothing of how a change is judged is cut off, however
// narrow the window is, and the text keeps most of the lines.
func TestHeadIsWholeInEveryWindow(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {70, 20}, {80, 24}, {100, 30}, {120, 40}, {160, 40}, {200, 50}} {
		for _, style := range []string{"dark", "nocolor", "ascii"} {
			for _, review := range []model.Review{
				{State: model.Pending},
				{State: model.ChangesRequested, Severity: model.Critical, Actor: "grace", Reason: "why?"},
			} {
				desk := newChange()
				review.Change = "FP-C-000001"
				*desk.review = review
				s := &deskfixture.Driver{T: t}
				s.Start(desk, size[0], size[1], style)
				s.Keys("enter")
				page := strings.Join(s.Page()[:9], " ")
				for _, want := range []string{"FP-C-000001", "2 Mar 2026", "low", "medium", "high", "explicit", "summary"} {
					if !strings.Contains(page, want) {
						t.Errorf("%v %s: %q is missing in\n%s", size, style, want, page)
					}
				}
				if review.Severity != "" && !strings.Contains(page, "CRITICAL") {
					t.Errorf("%v %s: the chosen severity is missing in\n%s", size, style, page)
				}
				for i, l := range s.Page() {
					if n := ansi.StringWidth(l); n > size[0] {
						t.Errorf("%v %s: line %d is %d wide: %q", size, style, i, n, l)
					}
				}
			}
		}
	}
}

// TestLongFactsAreReadInFull: what has no room in the head is a key away.
func TestLongFactsAreReadInFull(t *testing.T) {
	desk := newChange()
	long := strings.Repeat("The minimum age falls. ", 30) + "The end."
	desk.review.Summary, desk.review.Note = long, "Not sure of the age."
	s := open(t, desk)
	s.Shows("Summary  The minimum age falls.", "W all")
	if strings.Contains(s.Frame(), "The end.") {
		t.Fatal("all of it has room")
	}
	s.Keys("W")
	s.Shows("Judgement of FP-C-000001", "Why")
	for range 20 {
		s.Keys("j")
	}
	s.Shows("end.", "Interpretive note", "Not sure of the age.")
	s.Keys("W")
	s.Shows("W all")
}

func TestImmaterialChangeNamesItsReason(t *testing.T) {
	desk := newChange()
	desk.Detail.Change.Material, desk.Detail.Change.Reason = false, model.ReasonLink
	desk.Detail.Change.Detail = "only where links lead"
	open(t, desk).Shows("Why      Noise: link (only where links lead)")
}

func TestPrecedentIsShownWhereThereIsNoSummary(t *testing.T) {
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		precedent model.Precedent
		want      string
	}{
		{model.Precedent{Change: "FP-C-000009", Same: true,
			Review: model.Review{State: model.Approved, Severity: model.Low, Actor: "ben", UpdatedAt: at}},
			"press s to write one   same words: approved low on 1 Mar  = reuse"},
		{model.Precedent{Change: "FP-C-000009", Similarity: 0.9,
			Review: model.Review{State: model.Dismissed, Reason: "noise", Actor: "ben", UpdatedAt: at.AddDate(-1, 0, 0)}},
			"90 % similar: dismissed (noise) on 1 Mar 2025"},
	} {
		desk := newChange()
		*desk.precedent = c.precedent
		s := open(t, desk)
		s.Shows(c.want)
		desk.review.Summary = "The age falls."
		s.Keys("q", "enter")
		s.Shows("Summary  The age falls.")
	}
}

func TestChangeThatCantBeReadIsNotShown(t *testing.T) {
	desk := newChange()
	*desk.err = fmt.Errorf("%w: try again", model.ErrBusy)
	s := open(t, desk)
	s.Shows("by risk", "try again")
	*desk.err = nil
	s.Keys("enter")
	s.Shows("Needs severity")
}

func TestSeverityGivenElsewhereIsShown(t *testing.T) {
	desk, changed := newChange(), 0
	s := &deskfixture.Driver{T: t}
	s.StartWith(desk, 120, 24, "dark", func(o *tui.Options) {
		o.Changed = func(context.Context) error { // a write at the first and the second look
			if changed++; changed > 2 {
				return errors.New("over")
			}
			desk.review.Revision++
			desk.review.Actor, desk.review.Severity = "ben", model.Low
			return nil
		}
	})
	s.Keys("enter")
	s.Shows(" LOW ")
}

func TestCommandsOfASeenStateAreRefusedWithTheDomainsReason(t *testing.T) {
	desk := newChange()
	desk.review.State, desk.review.Record = model.Approved, "FP-R-000001"
	s := open(t, desk)
	for _, key := range []string{"3", "L", "b", "s", "x", "z", "."} {
		s.Keys(key)
		s.Shows("Can't do that: FP-C-000001 is approved; undo the approval first")
	}
	desk.review.State = model.Pending
	s.Keys("q", "enter")
	s.Palette("reopen")
	s.Shows("FP-C-000001 is pending, there is nothing to reopen")
}

func TestClauseUnderTheCursorIsFollowed(t *testing.T) {
	s := open(t, newChange())
	s.Keys("t")
	s.Shows("Clause history: Acme")
}

// TestSummaryQuotesWords without marks and links' targets.
func TestSummaryQuotesWords(t *testing.T) {
	s := deskfixture.Read(t, deskfixture.Paragraphs([3]string{"", "",
		"1\\.2 We **never** sell [it](https://acme.example/sell)."}), 80, 24)
	s.Keys("s", "ctrl+t")
	s.Shows(`added: "1.2 We never sell it."`)
}

func TestSummaryMayQuoteWhatWasAddedRemovedAndChanged(t *testing.T) {
	s := open(t, newChange())
	s.Keys("s", "ctrl+t")
	s.Shows("became")
	s.Keys("esc", "n", "s")
	s.Keys("ctrl+u", "ctrl+t")
	s.Shows("added:")
	s.Keys("esc", "n", "s")
	s.Keys("ctrl+u", "ctrl+t")
	s.Shows("removed:")
}

func TestReviewFitsNarrowAndASCIIWindows(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(newChange(), 60, 20, "ascii")
	s.Keys("enter")
	s.Shows("FP-C-000001", "2 Mar 2026", "Needs severity")
	s.Size(120, 24)
	s.Shows("1 Mar 2026 -> 2 Mar 2026 (1 day)")
}

func TestHeadSaysThatAPageIsNoLegalText(t *testing.T) {
	desk := newChange()
	if s := open(t, desk); strings.Contains(head(s), model.NotTermsNote) {
		t.Errorf("said of terms:\n%s", head(s))
	}
	desk.Detail.Document.NotTerms = true
	if s := open(t, desk); !strings.Contains(head(s), model.NotTermsNote) {
		t.Errorf("not said in\n%s", head(s))
	}
}
