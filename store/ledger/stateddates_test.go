package ledger_test

import (
	"fmt"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store/model"
)

// TestRecordsCarryTheDatesThatTheTextsState, of both kinds, with the words and where they
// stand: what takes effect after the capture is told as still to come.
func TestRecordsCarryTheDatesThatTheTextsState(t *testing.T) {
	s := storetest.New(t, 0)
	page := func(head string, n int) string {
		return fmt.Sprintf("# Terms\n\n%s\n\n## 1. Notice\n\nWe tell you %d days before we change a price.\n", head, n)
	}
	texts := []string{page("Last updated: 3 February 2019.", 30), page("Last updated: 5 May 2031. Effective 1 June 2031.", 10)}
	for i, text := range texts {
		if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Dated", text, i+1)}); err != nil {
			t.Fatal(err)
		}
	}
	review, err := s.Decide(t.Context(), storetest.Approval(changeID(1)))
	if err != nil {
		t.Fatal(err)
	}
	rec, err := s.RecordByID(t.Context(), review.Record)
	if err != nil {
		t.Fatal(err)
	}
	from, to := rec.From.StatedWords(true), rec.To.StatedWords(false)
	if from != "updated 2019-02-03 (“Last updated: 3 February 2019”)" ||
		to != "updated 2031-05-05; effective 2031-06-01, still to come when captured" {
		t.Errorf("%q, %q", from, to)
	}
	for i, e := range []model.Evidence{rec.From, rec.To} {
		for _, d := range e.Stated {
			if texts[i][d.Start:d.End] != d.Words {
				t.Errorf("%q does not stand at bytes %d to %d", d.Words, d.Start, d.End)
			}
		}
	}
	draft, err := s.NewRecord(t.Context(), model.NewRecordRequest{Change: rec.Change, Clauses: []int{len(rec.Clauses)}})
	if err != nil {
		t.Fatal(err)
	}
	if was := draft.Preview.To.StatedWords(false); was != to {
		t.Errorf("%q in the provision record", was)
	}
}
