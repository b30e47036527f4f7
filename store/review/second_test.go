package review

import (
	"math"
	"reflect"
	"testing"
	"time"

	"fineprint/store/model"
)

func by(actor string, a model.Action) model.Decision {
	return model.Decision{Base: model.AnyRevision, Actor: actor, Action: a}
}

// as gives a decision a severity and a reason.
func as(d model.Decision, severity model.Severity) model.Decision {
	d.Severity, d.Reason = &severity, "because"
	return d
}

// submitted is a history in which ada wrote and submitted a high severity.
func submitted(t *testing.T) *history {
	h := &history{t: t}
	h.decide(decision(model.ActionSubmit))
	return h
}

// TestSecondReaderMayTakeOnlyTheirSteps is what a second reader can do, and where it leads.
func TestSecondReaderMayTakeOnlyTheirSteps(t *testing.T) {
	leads := map[model.Action]model.State{model.ActionSet: model.InReview, model.ActionApprove: model.Approved,
		model.ActionRequestChanges: model.ChangesRequested, model.ActionContest: model.Contested,
		model.ActionUndo: model.Pending}
	for _, a := range []model.Action{model.ActionSet, model.ActionApprove, model.ActionRequestChanges,
		model.ActionContest, model.ActionUndo,
		model.ActionRedo, model.ActionSubmit, model.ActionDismiss, model.ActionSnooze, model.ActionReopen} {
		h := submitted(t)
		if h.now().Review.State != model.InReview {
			t.Fatalf("submitted: %+v", h.now().Review)
		}
		want, possible := leads[a]
		d := as(by("ben", a), model.Low)
		if a == model.ActionSnooze {
			d.Until = model.SnoozeNext
		}
		if !possible {
			h.refused(d, model.ErrNotAllowed, string(change))
			continue
		}
		r := h.decide(d).Review
		if r.State != want || r.Severity != model.High && a != model.ActionUndo {
			t.Errorf("%s by a second reader: %+v, want %s with the author's severity", a, r, want)
		}
		if a != model.ActionUndo && (r.Author != "ada" ||
			*r.Second != model.SecondReview{Actor: "ben", Severity: model.Low, At: now.Add(time.Minute)}) {
			t.Errorf("%s: author %s, second reader %+v", a, r.Author, r.Second)
		}
	}
}

func TestSubmittingNeedsWhatApprovingNeeds(t *testing.T) {
	h := &history{t: t}
	h.refused(by("ada", model.ActionSubmit), model.ErrIncomplete,
		"submitting FP-C-000001 needs its severity, confidence, basis, summary")
	h.refused(as(by("ben", model.ActionContest), model.Low), model.ErrNotAllowed, "a contest is for what was submitted")
}

// TestAuthorCannotBeTheirOwnSecondReader: whoever wrote a part of it is no second reader of it,
// however their name is written.
func TestAuthorCannotBeTheirOwnSecondReader(t *testing.T) {
	h := &history{t: t}
	d := decision(model.ActionSet)
	d.Actor, d.Note = "cleo", ptr("Perhaps.")
	h.decide(d)
	h.decide(decision(model.ActionSubmit))
	for _, actor := range []string{"ada", "Ada ", "cleo"} {
		for _, a := range []model.Action{model.ActionApprove, model.ActionSet, model.ActionContest,
			model.ActionRequestChanges} {
			h.refused(as(by(actor, a), model.Low), model.ErrNotAllowed, actor+" wrote it")
		}
	}
	h.decide(by("ben", model.ActionApprove))
}

func TestSecondReaderIsRefusedForWhatTheyLack(t *testing.T) {
	h := submitted(t)
	h.refused(by("ben", model.ActionRequestChanges), model.ErrIncomplete, "reason")
	h.refused(as(by("ben", model.ActionContest), ""), model.ErrIncomplete, "severity of one's own")
	d := as(by("ben", model.ActionContest), model.Low)
	d.Reason = " "
	h.refused(d, model.ErrIncomplete, "reason")
	d = by("ben", model.ActionApprove)
	d.Summary = ptr("Better words.")
	h.refused(d, model.ErrInvalid, "request changes")
	h.refused(by("ben", model.ActionSet), model.ErrInvalid, "nothing")

	// A severity read before is enough, and holds.
	h.decide(as(by("ben", model.ActionSet), model.Low))
	h.refused(as(by("ben", model.ActionContest), model.High), model.ErrNotAllowed, "as low already")
	d = by("ben", model.ActionContest)
	d.Reason, d.Basis = "the old text said so too", ptr(model.Inferred)
	if r := h.decide(d).Review; r.State != model.Contested || r.Reason != d.Reason || r.Second.Severity != model.Low ||
		r.Second.Basis != model.Inferred || r.Basis != model.Explicit {
		t.Errorf("contested: %+v, %+v", r, r.Second)
	}
}

// TestReadingBelongsToItsReader: the author can't take it back or bring it back, nor
// approve around it.
func TestReadingBelongsToItsReader(t *testing.T) {
	for _, a := range []model.Action{model.ActionSet, model.ActionApprove, model.ActionContest,
		model.ActionRequestChanges} {
		h := submitted(t)
		h.decide(as(by("ben", a), model.Low))
		h.refused(by("ada", model.ActionUndo), model.ErrNotAllowed, "second reader ben")
		h.decide(by("ben", model.ActionUndo))
		h.refused(by("ada", model.ActionRedo), model.ErrNotAllowed, "second reader ben")
		h.decide(by("ben", model.ActionRedo))
	}
	h := submitted(t)
	h.decide(as(by("ben", model.ActionContest), model.Low))
	h.refused(decision(model.ActionApprove), model.ErrNotAllowed, "submit it again")
	h.decide(decision(model.ActionDismiss))
	h.decide(decision(model.ActionReopen))
	h.refused(decision(model.ActionApprove), model.ErrNotAllowed, "submit it again")

	h = submitted(t) // nobody has read it yet: the author changes their mind
	h.decide(by("ada", model.ActionUndo))
	h.decide(decision(model.ActionApprove))
}

// TestSecondRoundIsReadAgain: what was sent back is submitted again, and read again; the
// first readings are what agreement is measured by.
func TestSecondRoundIsReadAgain(t *testing.T) {
	h := submitted(t)
	d := as(by("ben", model.ActionRequestChanges), model.Low)
	d.Confidence = ptr(model.MediumConfidence)
	h.decide(d)
	h.decide(as(by("ada", model.ActionSet), model.Low))
	if r := h.now().Review; r.State != model.ChangesRequested || r.Second == nil || r.Severity != model.Low {
		t.Errorf("before it is submitted again: %+v", r)
	}
	h.decide(by("ada", model.ActionSubmit))
	if r := h.now().Review; r.Second != nil || r.State != model.InReview {
		t.Errorf("submitted again: %+v", r)
	}
	h.decide(as(by("ben", model.ActionApprove), model.Medium))
	want := model.TwoReadings{Change: change,
		Author: model.SecondReview{Actor: "ada", Severity: model.High, Confidence: model.HighConfidence,
			Basis: model.Explicit, At: now},
		Second: model.SecondReview{Actor: "ben", Severity: model.Low, Confidence: model.MediumConfidence,
			At: now.Add(time.Minute)}}
	if got, ok := h.now().Readings(); !ok || got != want {
		t.Errorf("readings\n%+v\nwant\n%+v", got, want)
	}
	if r := h.now().Review; r.Second.Severity != model.Medium {
		t.Errorf("the second round's reading: %+v", r.Second)
	}
}

func TestReadingsNeedTwoSeverities(t *testing.T) {
	h := submitted(t)
	if _, ok := h.now().Readings(); ok {
		t.Error("one has read it")
	}
	h.decide(by("ben", model.ActionApprove))
	if _, ok := h.now().Readings(); ok || h.now().Review.Second == nil {
		t.Error("an approval without a severity is no reading, but has a reader")
	}
}

func TestAuthorsValuesAreHiddenFromTheSecondReader(t *testing.T) {
	h := submitted(t)
	r := h.now().Review
	if got := r.Blind("ada "); !reflect.DeepEqual(got, r) {
		t.Errorf("the author sees %+v", got)
	}
	b := r.Blind("ben")
	if b.Severity != "" || b.Confidence != "" || b.Basis != "" || b.Summary != "" || b.Note != "" ||
		b.State != model.InReview || b.Revision != r.Revision {
		t.Errorf("ben sees %+v", b)
	}
	r = h.decide(as(by("ben", model.ActionSet), model.Low)).Review
	if got := r.Blind("ben"); got.Severity != model.High || got.Second.Severity != model.Low {
		t.Errorf("ben, who has read it, sees %+v", got)
	}
	if got := r.Blind("cleo"); got.Severity != "" || got.Second != nil {
		t.Errorf("cleo sees %+v", got)
	}
	r = h.decide(by("ben", model.ActionApprove)).Review
	if got := r.Blind("cleo"); !reflect.DeepEqual(got, r) {
		t.Errorf("approved, cleo sees %+v", got)
	}
	row := model.QueueItem{State: model.InReview, Author: "ada", Severity: model.High, Confidence: model.LowConfidence}
	if got := row.Blind("ben"); got.Severity != "" || got.Confidence != "" || row.Blind("ada").Severity == "" {
		t.Errorf("a row shows %+v", got)
	}
}

// TestAuthorsValuesAreHiddenInTheHistory: what was decided is in the history too.
func TestAuthorsValuesAreHiddenInTheHistory(t *testing.T) {
	h := &history{t: t}
	d := decision(model.ActionSet)
	d.Actor = "cleo"
	h.decide(d)
	h.decide(decision(model.ActionSubmit))
	detail := model.ChangeDetail{Review: h.now().Review, History: h.events,
		Row: model.QueueItem{State: model.InReview, Author: "ada", Severity: model.High}}
	got := detail.Blind("ben")
	for _, e := range got.History {
		if e.Severity != nil || e.Confidence != nil || e.Basis != nil || e.Summary != nil || e.Actor == "" || e.Action == "" {
			t.Errorf("ben sees %+v", e)
		}
	}
	if got.Review.Severity != "" || got.Row.Severity != "" {
		t.Errorf("ben sees %+v, %+v", got.Review, got.Row)
	}
	if h.events[1].Severity == nil {
		t.Error("blinding altered the history itself")
	}
	if got := detail.Blind("cleo"); got.History[0].Severity == nil || got.History[1].Severity != nil {
		t.Errorf("cleo sees %+v", got.History)
	}
	if !reflect.DeepEqual(detail.Blind("ada"), detail) {
		t.Error("something is hidden from the author")
	}
}

// table makes pairs of readings from counts, author's severity × second's.
func table(counts [4][4]int) []model.TwoReadings {
	var pairs []model.TwoReadings
	for i, row := range counts {
		for j, n := range row {
			for range n {
				pairs = append(pairs, model.TwoReadings{Author: model.SecondReview{Severity: model.Severities[i]},
					Second: model.SecondReview{Severity: model.Severities[j]}})
			}
		}
	}
	return pairs
}

// TestAgreementMatchesPublishedKappas: tables whose kappas are published.
func TestAgreementMatchesPublishedKappas(t *testing.T) {
	for name, c := range map[string]struct {
		counts                   [4][4]int
		n                        int
		percent, kappa, weighted float64
	}{
		// SAS/STAT user's guide, PROC FREQ, "Skin Condition Data": two
		// dermatologists; kappa and Cicchetti-Allison weighted kappa.
		"skin": {[4][4]int{{10, 4, 1, 0}, {5, 10, 12, 2}, {2, 4, 12, 5}, {0, 2, 6, 13}}, 88, 51.1364, 0.3449, 0.5082},
		// A. Agresti, Categorical Data Analysis: pathologists A and B on
		// carcinoma of the cervix (Landis and Koch 1977); kappa 0.493.
		"carcinoma": {[4][4]int{{22, 2, 2, 0}, {5, 7, 14, 0}, {0, 2, 36, 0}, {0, 1, 17, 10}}, 118, 63.5593, 0.4930, 0.6488},
		// Two of the severities alone, by hand: po 0.7, pe 0.5; the distance is
		// 1/3 for both, which cancels out.
		"two": {[4][4]int{{20, 5, 0, 0}, {10, 15, 0, 0}}, 50, 70, 0.4, 0.4},
		"all": {[4][4]int{{3}, {0, 2}}, 5, 100, 1, 1},
	} {
		a := Agree(table(c.counts))
		near := func(got *float64, want float64) bool { return got != nil && math.Abs(*got-want) < 0.00005 }
		if a.N != c.n || !near(a.Percent, c.percent) || !near(a.Kappa, c.kappa) || !near(a.WeightedKappa, c.weighted) {
			t.Errorf("%s: %d, %v %v %v", name, a.N, *a.Percent, *a.Kappa, *a.WeightedKappa)
		}
		same := 0
		for i := range c.counts {
			same += c.counts[i][i]
			if !reflect.DeepEqual(a.Matrix[i], c.counts[i][:]) {
				t.Errorf("%s: row %d is %v", name, i, a.Matrix[i])
			}
		}
		if len(a.Disagreements) != c.n-same {
			t.Errorf("%s: %d disagreements, want %d", name, len(a.Disagreements), c.n-same)
		}
	}
}

func TestAgreementIsNilWithoutEnoughReadings(t *testing.T) {
	for _, pairs := range [][]model.TwoReadings{nil, {{Author: model.SecondReview{Severity: model.Low}}}} {
		if a := Agree(pairs); a.N != 0 || a.Percent != nil || a.Kappa != nil || a.WeightedKappa != nil ||
			a.Disagreements == nil {
			t.Errorf("without readings: %+v", a)
		}
	}
	a := Agree(table([4][4]int{2: {0, 0, 7}}))
	if a.N != 7 || *a.Percent != 100 || a.Kappa != nil || a.WeightedKappa != nil {
		t.Errorf("one severity only: %+v", a)
	}
	a = Agree(table([4][4]int{{0, 4}})) // one always low, the other always medium
	if *a.Percent != 0 || *a.Kappa != 0 || *a.WeightedKappa != 0 {
		t.Errorf("never the same: %v %v", *a.Kappa, *a.WeightedKappa)
	}
}
