package tui_test

import (
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

// TestStaleRecordIsFoundOnTheDesk filters for what the page overtook, whatever its
// state, and reads of it in the queue, in the review and on the record.
func TestStaleRecordIsFoundOnTheDesk(t *testing.T) {
	s, err := store.Create(filepath.Join(t.TempDir(), "desk.db"), store.Options{Actor: "ada", Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	for i, claims := range []string{"to a court of your country", "to an arbitrator", "to a court of your country"} {
		if _, err := s.Record(t.Context(), []model.Capture{{
			Platform: "Acme", Type: "Terms", Text: "# Terms\n\nYou bring any claim " + claims + ".\n",
			CapturedAt: time.Date(2026, time.Month(i+1), 1, 0, 0, 0, 0, time.UTC),
			Origin:     model.Provenance{Method: model.MethodFile},
		}}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Decide(t.Context(), storetest.Approval("FP-C-000001")); err != nil {
		t.Fatal(err)
	}
	d := onTerminal(t, options(s, rand.New(rand.NewPCG(1, 1))), 140, 40)
	d.Sees("FP-C-000002", "takes back FP-C-000001")
	d.Press("/")
	d.Press(strings.Split("is:stale", "")...)
	d.Press("enter")
	d.Sees("[stale] Acme · Terms", "FP-C-000001", "stale: taken back with version 3, captured 2026-03-01")
	d.Press("enter")
	d.Sees("Status approved", "Stale: taken back with version 3, captured 2026-03-01, FP-C-000002")
	d.Press("r")
	d.Sees("FP-R-000001", "Stale: taken back with version 3")
}
