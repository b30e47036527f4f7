package archive_test

import (
	"context"
	"encoding/json"
	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fineprint/store/detect"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// aHistory is versions of one document with a bad capture, a return, a technical
// change and real ones.
func aHistory() []model.Capture {
	text := func(age, days int) string {
		b := fmt.Sprintf("# Terms\n\nYou must be at least %d years old.\n\n", age)
		for _, about := range strings.Fields("accounts photos videos messages payments contacts devices locations " +
			"searches advertisements cookies partners") {
			b += fmt.Sprintf("We keep what we know of your %s for %d days, and no longer than that.\n\n", about, days)
		}
		return b
	}
	var list []model.Capture
	for i, s := range []string{text(16, 30), text(13, 30), "404 page not found", text(13, 90), text(13, 30),
		text(13, 90), "x" + text(13, 90), text(18, 90)} {
		list = append(list, model.Capture{Platform: "Acme", Type: "Terms of Service", Text: s,
			CapturedAt: time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC), Technical: i == 6,
			Origin: model.Provenance{Method: model.MethodOTAVersions,
				Archive: &model.ArchiveOrigin{Repo: "r", Root: strings.Repeat("a", 40),
					Commit: fmt.Sprintf("%040d", i), Path: "Acme/Terms of Service.md"}}})
	}
	return list
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// age makes every change look as if an algorithm of long ago had judged it
// wrongly.
func age(t *testing.T, s *store.Store) {
	t.Helper()
	err := storetest.DB(t, s).Update(context.Background(), func(tx *kv.Tx) error {
		heads, err := rows.Heads(tx)
		if err != nil {
			return err
		}
		for _, h := range heads {
			var row rows.Change
			if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(h.N), &row); err != nil {
				return err
			}
			row.Algorithm, row.Material, row.Reason = 1, !row.Material, string(model.ReasonCase)
			if err := rows.PutChange(tx, h.N, row, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDetectAgainReplacesOldVerdicts(t *testing.T) {
	ctx := context.Background()
	s, err := store.Create(filepath.Join(t.TempDir(), "a.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Record(ctx, aHistory()); err != nil {
		t.Fatal(err)
	}
	queue := func() []model.QueueItem {
		page, err := s.Queue(ctx, model.QueueFilter{AllState: true})
		if err != nil {
			t.Fatal(err)
		}
		return page.Changes
	}
	again := func(dry bool) model.Redetection {
		r, err := s.DetectAgain(ctx, store.DetectAgainOptions{DryRun: dry})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	want := queue()
	before, _ := s.Stats(ctx)
	if r := again(false); r.Differing() != 0 || r.Changes != len(want) || r.Algorithm != detect.Version {
		t.Errorf("the same algorithm: %+v", r)
	}
	if after, _ := s.Stats(ctx); after.JournalEntries != before.JournalEntries || asJSON(t, queue()) != asJSON(t,
		want) {
		t.Error("the same algorithm wrote something")
	}

	age(t, s)
	severity, confidence, basis, summary := model.High, model.HighConfidence, model.Explicit, "Judged."
	decided := want[0].ID
	if _, err := s.Decide(ctx, model.Decision{Change: decided, Action: model.ActionApprove, Base: model.AnyRevision,
		Actor: "a", Severity: &severity, Confidence: &confidence, Basis: &basis, Summary: &summary}); err != nil {
		t.Fatal(err)
	}
	aged := queue()
	if st, _ := s.Stats(ctx); st.OlderAlgorithm != len(want)-1 {
		t.Errorf("%d of an older algorithm", st.OlderAlgorithm)
	}
	if r := again(true); r.Differing() != len(want) || r.Decided != 1 || asJSON(t, queue()) != asJSON(t, aged) {
		t.Errorf("tried only: %+v", r)
	}
	if r := again(false); r.Differing() != len(want) || r.Decided != 1 || r.New != 0 || r.Folded == 0 || r.Raised == 0 {
		t.Errorf("detected again: %+v", r)
	}
	byID := map[model.ID]model.QueueItem{}
	for _, q := range queue() {
		byID[q.ID] = q
	}
	for _, w := range want {
		got := byID[w.ID]
		if w.ID == decided {
			if got.State != model.Approved || got.Material == w.Material {
				t.Errorf("what was decided was touched: %+v", got)
			}
			continue
		}
		if got.Material != w.Material || got.Reason != w.Reason || got.From.Seq != w.From.Seq ||
			got.To.Seq != w.To.Seq || !got.DetectedAt.Equal(w.DetectedAt) || got.Counts != w.Counts {
			t.Errorf("%s: %+v, want %+v", w.ID, got, w)
		}
	}
	if r := again(false); r.Differing() != 1 || r.Decided != 1 {
		t.Errorf("once more: %+v", r)
	}
	if report, err := s.Check(ctx, nil); err != nil || len(report.Problems) > 0 {
		t.Errorf("%v %v", report.Problems, err)
	}
}

// A version that an older algorithm took for a bad capture, and the return after
// it for no change, are changes when the present one finds them.
func TestDetectAgainOverturnsDecidedChanges(t *testing.T) {
	ctx := context.Background()
	s, err := store.Create(filepath.Join(t.TempDir(), "a.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	list := aHistory()[:3]
	list = append(list, list[1])
	list[3].CapturedAt = list[2].CapturedAt.Add(24 * time.Hour)
	origin := *list[3].Origin.Archive
	origin.Commit = strings.Repeat("f", 40)
	list[3].Origin.Archive = &origin
	if _, err := s.Record(ctx, list); err != nil {
		t.Fatal(err)
	}
	// As if the first real change had been suspected: version 2 bad, 1 good.
	err = storetest.DB(t, s).Update(ctx, func(tx *kv.Tx) error {
		d, err := rows.GetDocument(tx, 1)
		if err != nil {
			return err
		}
		d.Overturned, d.Good = []int{2, 4}, 1
		return kv.PutRow(tx, kv.BucketDocument, kv.Key(1), d)
	})
	if err != nil {
		t.Fatal(err)
	}
	s = storetest.Reopen(t, s)
	if _, err := s.DetectAgain(ctx, store.DetectAgainOptions{}); err != nil {
		t.Fatal(err)
	}
	err = storetest.DB(t, s).View(ctx, func(tx *kv.Tx) error {
		d, err := rows.GetDocument(tx, 1)
		if err == nil && (len(d.Overturned) != 0 || d.Good != 4 || d.Suspect != nil) {
			t.Errorf("%+v", d)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if report, err := s.Check(ctx, nil); err != nil || len(report.Problems) > 0 {
		t.Errorf("%v %v", report.Problems, err)
	}
}
