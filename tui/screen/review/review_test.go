package review_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

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
func head(s *deskfixture.Driver) string { return strings.Join(s.Page()[:4], "\n") }

func TestHeadNamesTheStateAndWhy(t *testing.T) {
	for _, c := range []struct {
		review model.Review
		want   string
	}{
		{model.Review{State: model.Pending}, "PENDING  not judged  suggested high: children or age, a changed number"},
		{model.Review{State: model.Pending, Severity: model.Low}, "PENDING  severity low  confidence high?  basis explicit?"},
		{model.Review{State: model.Pending, Basis: model.Absent}, "PENDING  severity -  confidence high?  basis absent"},
		{model.Review{State: model.Dismissed, Reason: "noise"}, "DISMISSED  not judged  because: noise"},
		{model.Review{State: model.Snoozed, Until: "2026-05-01"}, "SNOOZED  not judged  until: 2026-05-01"},
		{model.Review{State: model.InReview, Author: "grace"}, "IN REVIEW  not judged  by grace; what they make of it shows"},
		{model.Review{State: model.Contested, Severity: model.High, Actor: "grace", Reason: "too high",
			Second: &model.SecondReview{Actor: "grace", Severity: model.Low}}, "grace reads low  by grace: too high"},
	} {
		desk := newChange()
		c.review.Change = "FP-C-000001"
		*desk.review = c.review
		s := open(t, desk)
		if got := head(s); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q is missing in\n%s", c.review.State, c.want, got)
		}
	}
}

func TestImmaterialChangeNamesItsReason(t *testing.T) {
	desk := newChange()
	desk.Detail.Change.Material, desk.Detail.Change.Reason = false, model.ReasonLink
	desk.Detail.Change.Detail = "only where links lead"
	open(t, desk).Shows("immaterial: link (only where links lead)")
}

func TestPrecedentIsShownWhereThereIsNoSummary(t *testing.T) {
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		precedent model.Precedent
		want      string
	}{
		{model.Precedent{Change: "FP-C-000009", Same: true,
			Review: model.Review{State: model.Approved, Severity: model.Low, Actor: "ben", UpdatedAt: at}},
			"precedent: FP-C-000009 (the same words) was approved, low by ben on 2026-03-01; = judges so too"},
		{model.Precedent{Change: "FP-C-000009", Similarity: 0.9,
			Review: model.Review{State: model.Dismissed, Reason: "noise", Actor: "ben", UpdatedAt: at}},
			"precedent: FP-C-000009 (90% like it) was dismissed because noise by ben on 2026-03-01"},
	} {
		desk := newChange()
		*desk.precedent = c.precedent
		s := open(t, desk)
		s.Shows(c.want)
		desk.review.Summary = "The age falls."
		s.Keys("q", "enter")
		s.Shows("summary: The age falls.")
	}
}

func TestChangeThatCantBeReadIsNotShown(t *testing.T) {
	desk := newChange()
	*desk.err = fmt.Errorf("%w: try again", model.ErrBusy)
	s := open(t, desk)
	s.Shows("Queue: pending", "try again")
	*desk.err = nil
	s.Keys("enter")
	s.Shows("PENDING")
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
	s.Shows("severity low")
}

func TestCommandsOfASeenStateAreRefusedWithTheDomainsReason(t *testing.T) {
	desk := newChange()
	desk.review.State, desk.review.Record = model.Approved, "FP-R-000001"
	s := open(t, desk)
	for _, key := range []string{"3", "L", "b", "s", "x", "z", "."} {
		s.Keys(key)
		s.Shows("not now: FP-C-000001 is approved; undo the approval first")
	}
	desk.review.State = model.Pending
	s.Keys("q", "enter")
	s.Palette("reopen")
	s.Shows("not now, for FP-C-000001 is pending, there is nothing to reopen")
}

func TestClauseUnderTheCursorIsFollowed(t *testing.T) {
	s := open(t, newChange())
	s.Keys("t")
	s.Shows("Clause history: Acme")
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
	s.Shows("FP-C-000001", "2026-03-02", "PENDING")
	s.Size(120, 24)
	s.Shows("2026-03-01 -> 2026-03-02")
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
