package archive_test

import (
	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fmt"
	"strings"
	"testing"

	"fineprint/store/detect"
	"fineprint/store/model"
	"fineprint/store/text/guard"
)

// faultAt makes the comparer fail at texts with a mark until the test ends.
func faultAt(t *testing.T, mark string) {
	t.Helper()
	t.Cleanup(guard.Inject(func(text string) bool { return strings.Contains(text, mark) }))
}

const fatal = "\nA word that kills the comparer.\n"

// TestTextThatCannotBeComparedCostsOneVerdict records a batch of which one text
// makes the comparer fail, and goes through all that is done with it then.
func TestTextThatCannotBeComparedCostsOneVerdict(t *testing.T) {
	faultAt(t, strings.TrimSpace(fatal))
	s := storetest.New(t, 0)
	var batch []model.Capture
	for i := range 6 {
		text := storetest.Page(i)
		if i == 3 {
			text += fatal
		}
		batch = append(batch, storetest.Capture("Terms", text, i), storetest.Capture("Privacy", storetest.Page(i), i))
	}
	outcomes, err := s.Record(t.Context(), batch)
	if err != nil {
		t.Fatal(err)
	}
	uncompared := 0
	for i, o := range outcomes {
		if i > 1 && o.Kind != model.OutcomeChanged {
			t.Errorf("capture %d: %+v", i, o)
		}
		if !o.Uncompared {
			continue
		}
		uncompared++
		d, err := s.Change(t.Context(), o.Change)
		if err != nil {
			t.Fatal(err)
		}
		if !d.Row.Material || d.Row.Reason != model.ReasonNone || d.Row.Detail != detect.UncomparedDetail ||
			d.Row.State != model.Pending {
			t.Errorf("it is queued as %+v", d.Row)
		}
		checkWhole(t, d)
	}
	if uncompared != 2 { // to the text, and from it
		t.Errorf("%d changes could not be compared, want 2", uncompared)
	}
	// The store is opened again, so that the document's state is loaded.
	again, err := store.Open(s.Path(), store.Options{Actor: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	if o, err := again.Record(t.Context(), []model.Capture{storetest.Capture("Terms", storetest.Page(6),
		6)}); err != nil || o[0].Uncompared || !o[0].Material {
		t.Errorf("the next capture: %+v, %v", o, err)
	}
}

// checkWhole fails unless a change's clauses hold both of its texts exactly.
func checkWhole(t *testing.T, d model.ChangeDetail) {
	t.Helper()
	var old, new string
	for _, c := range d.Change.Clauses {
		if c.Old != nil {
			old += d.OldText[c.Old.Start:c.Old.End]
		}
		if c.New != nil {
			new += d.NewText[c.New.Start:c.New.End]
		}
	}
	if len(d.Change.Clauses) != 2 || old != d.OldText || new != d.NewText {
		t.Errorf("the clauses are %+v", d.Change.Clauses)
	}
}

// TestFaultIsSurvivedByAllThatCompares records texts that compare, and has the
// comparer fail at one of them later.
func TestFaultIsSurvivedByAllThatCompares(t *testing.T) {
	s := storetest.New(t, 0)
	for i := range 4 {
		if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Terms",
			strings.Repeat(storetest.Page(i)+fatal, 1+i%2), i)}); err != nil {
			t.Fatal(err)
		}
	}
	faultAt(t, strings.TrimSpace(fatal))
	r, err := s.DetectAgain(t.Context(), store.DetectAgainOptions{})
	if err != nil || r.Uncompared != 3 || r.Changes != 3 {
		t.Errorf("detected again: %+v, %v", r, err)
	}
	d, err := s.CompareVersions(t.Context(), "FP-D-00001", 1, 4)
	if err != nil || d.Change.Detail != detect.UncomparedDetail {
		t.Errorf("two versions: %+v, %v", d.Change, err)
	}
	checkWhole(t, d)
	for i := range 2 {
		if h, err := s.ClauseHistory(t.Context(), "FP-C-000002", i); err != nil || len(h.Steps) == 0 {
			t.Errorf("the history of clause %d: %+v, %v", i, h, err)
		}
	}
	if _, err := s.Decide(t.Context(), storetest.Approval("FP-C-000002")); err != nil {
		t.Fatal(err)
	}
	rec, err := s.RecordByID(t.Context(), "FP-R-000001")
	if err != nil {
		t.Fatal(err)
	}
	d, err = s.Change(t.Context(), "FP-C-000002")
	if err != nil {
		t.Fatal(err)
	}
	var spans string
	for _, c := range rec.Clauses {
		for _, span := range c.Spans {
			spans += fmt.Sprintf("%s %s", span.Op, span.Text)
		}
	}
	if want := "delete " + d.OldText + "insert " + d.NewText; spans != want {
		t.Errorf("the record's redline is %q, want %q", spans, want)
	}
	if r, err := s.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil || r.Uncompared != 3 {
		t.Errorf("detected again after an approval: %+v, %v", r, err)
	}
}
