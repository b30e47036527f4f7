package archive

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// TestStalePlanIsNotFollowed: what was worked out before somebody recorded more is done again in
// the transaction, and finds the changes that are there, not new ones.
func TestStalePlanIsNotFollowed(t *testing.T) {
	db, err := kv.Create(t.TempDir()+"/t.db", kv.Options{NoSync: true}, journal.Begin)
	if err != nil {
		t.Fatal(err)
	}
	r := New(db)
	record := func(from, to int) {
		t.Helper()
		for i := from; i < to; i++ {
			text := "# Terms\n\n" + strings.Repeat("You may use what we offer as these terms say, and not otherwise. ", 20) +
				fmt.Sprintf("\n\nWe keep what you send us for %d days, and may pass it on to %d partners.\n", 30+i, i)
			if _, err := r.Record(t.Context(), []model.Capture{{Platform: "Quill", Type: "Terms", Text: text,
				CapturedAt: time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC), Extractor: "test",
				Origin: model.Provenance{Method: model.MethodOTAVersions}}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	record(0, 4)
	docs, changes, from, err := r.changesByDocument(t.Context(), "")
	if err != nil || len(docs) != 1 {
		t.Fatal(docs, err)
	}
	snapshot, remove, err := db.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer remove()
	of := redetection{n: docs[0], numbers: changes[docs[0]], listed: from.lastChange}
	for _, want := range []int{3, 5} {
		one, err := r.judgePlanned(t.Context(), snapshot, of)
		if err != nil || one.count.Changes != want || one.count.New != 0 || (one.planned != nil) != (want == 3) {
			t.Errorf("%d changes: %+v, planned %t, %v", want, one.count, one.planned != nil, err)
		}
		record(4, 6)
	}
}
