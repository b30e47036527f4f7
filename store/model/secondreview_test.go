package model

import "testing"

// inReview is a change that ada has submitted and carol has begun to read.
func inReview() ChangeDetail {
	severity, summary := High, "The age falls."
	return ChangeDetail{
		Row: QueueItem{State: InReview, Author: "ada", Severity: High, Confidence: LowConfidence},
		Review: Review{State: InReview, Author: "ada", Severity: High, Confidence: LowConfidence, Basis: Explicit,
			Summary: "The age falls.", Note: "Unsure.", Second: &SecondReview{Actor: "carol", Severity: Low}},
		History: []Event{
			{Actor: "ada", Action: ActionSubmit, Severity: &severity, Summary: &summary, Reason: "please read"},
			{Actor: "ben", Action: ActionSet},
		},
	}
}

func TestSecondReaderIsNotLedByOthers(t *testing.T) {
	d := inReview()
	blind := d.Blind("ben")
	if r := blind.Review; r.Severity != "" || r.Confidence != "" || r.Basis != "" || r.Summary != "" || r.Note != "" || r.Second != nil {
		t.Errorf("ben sees the review %+v", r)
	}
	if blind.Row.Severity != "" || blind.Row.Confidence != "" {
		t.Errorf("ben sees the row %+v", blind.Row)
	}
	if e := blind.History[0]; e.Severity != nil || e.Summary != nil || e.Reason != "" {
		t.Errorf("ben sees ada's event %+v", e)
	}
	if blind.Review.State != InReview || blind.Review.Author != "ada" || len(blind.History) != 2 {
		t.Errorf("ben doesn't see that there is something to read: %+v", blind)
	}
	if e := d.History[0]; e.Severity == nil || e.Reason == "" || d.Review.Summary == "" {
		t.Error("hiding it changed the change itself")
	}
}

func TestAuthorAndReadersSeeTheReview(t *testing.T) {
	d := inReview()
	for _, actor := range []string{"ada", " Ada ", "carol", "CAROL"} {
		if r := d.Blind(actor).Review; r.Severity != High || r.Summary == "" || r.Second == nil {
			t.Errorf("%q sees %+v", actor, r)
		}
	}
	if e := d.Blind("carol").History[0]; e.Severity == nil {
		t.Error("carol, who has read it, doesn't see ada's event")
	}
	d.Review.Second.Severity = "" // begun, but not given a severity yet
	if r := d.Blind("carol").Review; r.Severity != "" || r.Second == nil {
		t.Errorf("carol, who has begun to read, sees %+v", r)
	}
	d.Review.State, d.Row.State = Approved, Approved
	if got := d.Blind("ben"); got.Review.Severity != High || got.Row.Severity != High || got.History[0].Severity == nil {
		t.Errorf("of what is approved ben sees %+v", got)
	}
}

func TestRowIsOpenToItsReader(t *testing.T) {
	row := inReview().Row
	row.SecondReader = "carol"
	if row.Blind("Carol").Severity != High || row.Blind("ben").Severity != "" {
		t.Error("the row of a change in review is not open to its second reader alone")
	}
}
