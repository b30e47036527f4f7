package review

import (
	"math"
	"reflect"
	"testing"
	"time"

	"fineprint/store/terms"
)

func by(actor string, a terms.Action) terms.Decision {
	return terms.Decision{Base: terms.AnyRevision, Actor: actor, Action: a}
}

// as gives a decision a severity and a reason.
func as(d terms.Decision, severity terms.Severity) terms.Decision {
	d.Severity, d.Reason = &severity, "because"
	return d
}

// submitted is a history in which ada wrote and submitted a high severity.
func submitted(t *testing.T) *history {
	h := &history{t: t}
	h.take(decision(terms.ActionSubmit))
	return h
}

// TestSecondReaderSteps is what a second reader can do, and where it leads.
func TestSecondReaderSteps(t *testing.T) {
	leads := map[terms.Action]terms.State{terms.ActionSet: terms.InReview, terms.ActionApprove: terms.Approved,
		terms.ActionRequestChanges: terms.ChangesRequested, terms.ActionContest: terms.Contested, terms.ActionUndo: terms.Pending}
	for _, a := range []terms.Action{terms.ActionSet, terms.ActionApprove, terms.ActionRequestChanges, terms.ActionContest, terms.ActionUndo,
		terms.ActionRedo, terms.ActionSubmit, terms.ActionDismiss, terms.ActionSnooze, terms.ActionReopen} {
		h := submitted(t)
		if h.now().Review.State != terms.InReview {
			t.Fatalf("submitted: %+v", h.now().Review)
		}
		want, possible := leads[a]
		d := as(by("ben", a), terms.Low)
		if a == terms.ActionSnooze {
			d.Until = terms.SnoozeNext
		}
		if !possible {
			h.refused(d, terms.ErrNotAllowed, string(change))
			continue
		}
		r := h.take(d).Review
		if r.State != want || r.Severity != terms.High && a != terms.ActionUndo {
			t.Errorf("%s by a second reader: %+v, want %s with the author's severity", a, r, want)
		}
		if a != terms.ActionUndo && (r.Author != "ada" || *r.Second != terms.Reading{Actor: "ben", Severity: terms.Low, At: now.Add(time.Minute)}) {
			t.Errorf("%s: author %s, second reader %+v", a, r.Author, r.Second)
		}
	}
}

func TestSubmittingNeedsWhatApprovingNeeds(t *testing.T) {
	h := &history{t: t}
	h.refused(by("ada", terms.ActionSubmit), terms.ErrIncomplete, "submitting FP-C-000001 needs its severity, confidence, basis, summary")
	h.refused(as(by("ben", terms.ActionContest), terms.Low), terms.ErrNotAllowed, "a contest is for what was submitted")
}

// TestNobodyReadsTheirOwn: whoever wrote a part of it is no second reader of it,
// however their name is written.
func TestNobodyReadsTheirOwn(t *testing.T) {
	h := &history{t: t}
	d := decision(terms.ActionSet)
	d.Actor, d.Note = "cleo", ptr("Perhaps.")
	h.take(d)
	h.take(decision(terms.ActionSubmit))
	for _, actor := range []string{"ada", "Ada ", "cleo"} {
		for _, a := range []terms.Action{terms.ActionApprove, terms.ActionSet, terms.ActionContest, terms.ActionRequestChanges} {
			h.refused(as(by(actor, a), terms.Low), terms.ErrNotAllowed, actor+" wrote it")
		}
	}
	h.take(by("ben", terms.ActionApprove))
}

func TestSecondReaderLacks(t *testing.T) {
	h := submitted(t)
	h.refused(by("ben", terms.ActionRequestChanges), terms.ErrIncomplete, "reason")
	h.refused(as(by("ben", terms.ActionContest), ""), terms.ErrIncomplete, "severity of one's own")
	d := as(by("ben", terms.ActionContest), terms.Low)
	d.Reason = " "
	h.refused(d, terms.ErrIncomplete, "reason")
	d = by("ben", terms.ActionApprove)
	d.Summary = ptr("Better words.")
	h.refused(d, terms.ErrInvalid, "request changes")
	h.refused(by("ben", terms.ActionSet), terms.ErrInvalid, "nothing")

	// A severity read before is enough, and stands.
	h.take(as(by("ben", terms.ActionSet), terms.Low))
	h.refused(as(by("ben", terms.ActionContest), terms.High), terms.ErrNotAllowed, "as low already")
	d = by("ben", terms.ActionContest)
	d.Reason, d.Basis = "the old text said so too", ptr(terms.Inferred)
	if r := h.take(d).Review; r.State != terms.Contested || r.Reason != d.Reason || r.Second.Severity != terms.Low || r.Second.Basis != terms.Inferred || r.Basis != terms.Explicit {
		t.Errorf("contested: %+v, %+v", r, r.Second)
	}
}

// TestAReadingIsItsReaders: the author can't take it back or bring it back, nor
// approve around it.
func TestAReadingIsItsReaders(t *testing.T) {
	for _, a := range []terms.Action{terms.ActionSet, terms.ActionApprove, terms.ActionContest, terms.ActionRequestChanges} {
		h := submitted(t)
		h.take(as(by("ben", a), terms.Low))
		h.refused(by("ada", terms.ActionUndo), terms.ErrNotAllowed, "second reader ben")
		h.take(by("ben", terms.ActionUndo))
		h.refused(by("ada", terms.ActionRedo), terms.ErrNotAllowed, "second reader ben")
		h.take(by("ben", terms.ActionRedo))
	}
	h := submitted(t)
	h.take(as(by("ben", terms.ActionContest), terms.Low))
	h.refused(decision(terms.ActionApprove), terms.ErrNotAllowed, "submit it again")
	h.take(decision(terms.ActionDismiss))
	h.take(decision(terms.ActionReopen))
	h.refused(decision(terms.ActionApprove), terms.ErrNotAllowed, "submit it again")

	h = submitted(t) // nobody has read it yet: the author changes their mind
	h.take(by("ada", terms.ActionUndo))
	h.take(decision(terms.ActionApprove))
}

// TestSecondRound: what was sent back is submitted again, and read anew; the
// first readings are what agreement is measured by.
func TestSecondRound(t *testing.T) {
	h := submitted(t)
	d := as(by("ben", terms.ActionRequestChanges), terms.Low)
	d.Confidence = ptr(terms.MediumConfidence)
	h.take(d)
	h.take(as(by("ada", terms.ActionSet), terms.Low))
	if r := h.now().Review; r.State != terms.ChangesRequested || r.Second == nil || r.Severity != terms.Low {
		t.Errorf("before it is submitted again: %+v", r)
	}
	h.take(by("ada", terms.ActionSubmit))
	if r := h.now().Review; r.Second != nil || r.State != terms.InReview {
		t.Errorf("submitted again: %+v", r)
	}
	h.take(as(by("ben", terms.ActionApprove), terms.Medium))
	want := terms.TwoReadings{Change: change,
		Author: terms.Reading{Actor: "ada", Severity: terms.High, Confidence: terms.HighConfidence, Basis: terms.Explicit, At: now},
		Second: terms.Reading{Actor: "ben", Severity: terms.Low, Confidence: terms.MediumConfidence, At: now.Add(time.Minute)}}
	if got, ok := h.now().Readings(); !ok || got != want {
		t.Errorf("readings\n%+v\nwant\n%+v", got, want)
	}
	if r := h.now().Review; r.Second.Severity != terms.Medium {
		t.Errorf("the second round's reading: %+v", r.Second)
	}
}

func TestReadingsNeedTwoSeverities(t *testing.T) {
	h := submitted(t)
	if _, ok := h.now().Readings(); ok {
		t.Error("one has read it")
	}
	h.take(by("ben", terms.ActionApprove))
	if _, ok := h.now().Readings(); ok || h.now().Review.Second == nil {
		t.Error("an approval without a severity is no reading, but has a reader")
	}
}

func TestBlind(t *testing.T) {
	h := submitted(t)
	r := h.now().Review
	if got := r.Blind("ada "); !reflect.DeepEqual(got, r) {
		t.Errorf("the author sees %+v", got)
	}
	b := r.Blind("ben")
	if b.Severity != "" || b.Confidence != "" || b.Basis != "" || b.Summary != "" || b.Note != "" || b.State != terms.InReview || b.Revision != r.Revision {
		t.Errorf("ben sees %+v", b)
	}
	r = h.take(as(by("ben", terms.ActionSet), terms.Low)).Review
	if got := r.Blind("ben"); got.Severity != terms.High || got.Second.Severity != terms.Low {
		t.Errorf("ben, who has read it, sees %+v", got)
	}
	if got := r.Blind("cleo"); got.Severity != "" || got.Second != nil {
		t.Errorf("cleo sees %+v", got)
	}
	r = h.take(by("ben", terms.ActionApprove)).Review
	if got := r.Blind("cleo"); !reflect.DeepEqual(got, r) {
		t.Errorf("approved, cleo sees %+v", got)
	}
	row := terms.QueueItem{State: terms.InReview, Author: "ada", Severity: terms.High, Confidence: terms.LowConfidence}
	if got := row.Blind("ben"); got.Severity != "" || got.Confidence != "" || row.Blind("ada").Severity == "" {
		t.Errorf("a row shows %+v", got)
	}
}

// TestBlindHistory: what was decided is in the history too.
func TestBlindHistory(t *testing.T) {
	h := &history{t: t}
	d := decision(terms.ActionSet)
	d.Actor = "cleo"
	h.take(d)
	h.take(decision(terms.ActionSubmit))
	detail := terms.ChangeDetail{Review: h.now().Review, History: h.events, Row: terms.QueueItem{State: terms.InReview, Author: "ada", Severity: terms.High}}
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
func table(counts [4][4]int) []terms.TwoReadings {
	var pairs []terms.TwoReadings
	for i, row := range counts {
		for j, n := range row {
			for range n {
				pairs = append(pairs, terms.TwoReadings{Author: terms.Reading{Severity: terms.Severities[i]}, Second: terms.Reading{Severity: terms.Severities[j]}})
			}
		}
	}
	return pairs
}

// TestAgreementOfTheTextbooks: tables whose kappas are published.
func TestAgreementOfTheTextbooks(t *testing.T) {
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

func TestAgreementThatCantBeSaid(t *testing.T) {
	for _, pairs := range [][]terms.TwoReadings{nil, {{Author: terms.Reading{Severity: terms.Low}}}} {
		if a := Agree(pairs); a.N != 0 || a.Percent != nil || a.Kappa != nil || a.WeightedKappa != nil || a.Disagreements == nil {
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
