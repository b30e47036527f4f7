package views_test

import (
	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// twins makes a store in which three documents get one sentence changed the
// same way, one nearly so, and one otherwise.
func twins(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), "t.db"), store.Options{Actor: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	const was = "Any dispute is heard by the courts of Dublin, and each of us pays our own costs of it."
	const is = "Any dispute is settled by an arbitrator of our choice in Cork, and you waive your right to a jury " +
		"and to take part in a class action against us or our partners."
	var list []model.Capture
	for i, text := range []string{is, is, is, strings.Replace(is, "Cork", "Galway", 1),
		"Any dispute is heard by the courts of Dublin, and we pay all costs of it."} {
		kind := []string{"Terms", "Privacy", "Rules", "Cookies", "Ads"}[i]
		list = append(list, storetest.Capture(kind, "# "+kind+"\n\n"+was+"\n", 0),
			storetest.Capture(kind, "# "+kind+"\n\n"+text+"\n", 1+i))
	}
	if _, err := s.Record(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { storetest.RequireConsistent(t, s) })
	return s
}

func TestQueueCountsDuplicates(t *testing.T) {
	s := twins(t)
	counts := func(f model.QueueFilter) map[model.ID]int {
		page, err := s.Queue(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		list := map[model.ID]int{}
		for _, q := range page.Changes {
			if q.DuplicateGroup == "" {
				t.Errorf("%s has no mark", q.ID)
			}
			list[q.ID] = q.DuplicateCount
		}
		return list
	}
	got := counts(model.QueueFilter{})
	for i, want := range []int{3, 3, 3, 1, 1} {
		if id := model.NewID("FP", model.ChangeID, uint64(i+1)); got[id] != want {
			t.Errorf("%s: %d alike, want %d", id, got[id], want)
		}
	}
	if _, err := s.Decide(t.Context(), storetest.Approval("FP-C-000001")); err != nil {
		t.Fatal(err)
	}
	if got := counts(model.QueueFilter{Match: "*/Privacy"}); len(got) != 1 || got["FP-C-000002"] != 2 {
		t.Errorf("pending after one was approved: %v", got)
	}
	if got := counts(model.QueueFilter{AllState: true}); got["FP-C-000001"] != 3 {
		t.Errorf("in every state: %v", got)
	}
}

func TestQueuePagesListEveryChangeOnce(t *testing.T) {
	s := storetest.New(t, 30)
	all, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var ids, paged []model.ID
	for _, q := range all.Changes {
		ids = append(ids, q.ID)
	}
	for at := 0; at < 40; at += 7 {
		page, err := s.Queue(t.Context(), model.QueueFilter{Offset: at, Limit: 7})
		if err != nil || page.Total != 29 {
			t.Fatalf("%d in all, %v", page.Total, err)
		}
		for _, q := range page.Changes {
			paged = append(paged, q.ID)
		}
	}
	if asJSON(t, paged) != asJSON(t, ids) {
		t.Errorf("paged %v, want %v", paged, ids)
	}
}

func TestPrecedentsAreDecidedChangesMostSimilarFirst(t *testing.T) {
	s := twins(t)
	precedents := func(limit int) []model.Precedent {
		list, err := s.Precedents(t.Context(), "FP-C-000002", limit)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if got := precedents(0); len(got) != 0 {
		t.Errorf("%d precedents before anything is decided", len(got))
	}
	for _, d := range []model.Decision{storetest.Approval("FP-C-000001"),
		{Change: "FP-C-000003", Base: 0, Actor: "bob", Action: model.ActionSnooze, Until: "next"},
		{Change: "FP-C-000004", Base: 0, Actor: "bob", Action: model.ActionDismiss,
			Reason: "known"}, {Change: "FP-C-000005", Base: 0, Actor: "bob", Action: model.ActionDismiss, Reason: "trivial"}} {
		if _, err := s.Decide(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	got := precedents(0)
	if len(got) != 2 || got[0].Change != "FP-C-000001" || !got[0].Same || got[0].Similarity != 1 ||
		got[0].Review.Severity != model.High || got[0].Review.Summary != "It changed." ||
		got[0].Review.State != model.Approved || got[0].Review.Actor != "ada" || got[0].Type != "Terms" ||
		got[1].Change != "FP-C-000004" || got[1].Same || got[1].Similarity >= 1 ||
		got[1].Review.Reason != "known" || got[1].Review.Actor != "bob" {
		t.Errorf("got %+v", got)
	}
	if got := precedents(1); len(got) != 1 || !got[0].Same {
		t.Errorf("the best one is %+v", got)
	}
	if _, err := s.Decide(t.Context(), model.Decision{Change: "FP-C-000001", Base: model.AnyRevision,
		Action: model.ActionUndo}); err != nil {
		t.Fatal(err)
	}
	if got := precedents(0); len(got) != 1 {
		t.Errorf("after an undo: %+v", got)
	}
	if _, err := s.Precedents(t.Context(), "FP-C-000099", 0); err == nil {
		t.Error("a change that is not there has precedents")
	}
}

// TestDetectAgainSetsFingerprints takes the marks away, as in a database from before there
// were any: detecting again makes the same ones, also where it was decided.
func TestDetectAgainSetsFingerprints(t *testing.T) {
	s := twins(t)
	if _, err := s.Decide(t.Context(), storetest.Approval("FP-C-000001")); err != nil {
		t.Fatal(err)
	}
	list := func() string {
		page, err := s.Queue(t.Context(), model.QueueFilter{AllState: true})
		if err != nil {
			t.Fatal(err)
		}
		return asJSON(t, page)
	}
	want := list()
	unmark(t, s)
	if got := list(); got == want || strings.Contains(got, `"alike"`) {
		t.Fatalf("the marks are still there: %s", got)
	}
	if got, err := s.Precedents(t.Context(), "FP-C-000002", 0); err != nil || len(got) != 0 {
		t.Errorf("without marks: %+v, %v", got, err)
	}
	if _, err := s.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil {
		t.Fatal(err)
	}
	if got := list(); got != want {
		t.Errorf("detected again:\n%s\nwant\n%s", got, want)
	}
}

func unmark(t *testing.T, s *store.Store) {
	t.Helper()
	err := storetest.DB(t, s).Update(t.Context(), func(tx *kv.Tx) error {
		heads, err := rows.Heads(tx)
		if err != nil {
			return err
		}
		var rows []rows.Change
		for i := range heads {
			row, err := heads[i].Row()
			if err != nil {
				return err
			}
			row.DuplicateGroup, row.Sketch = nil, nil
			rows = append(rows, row)
		}
		for i, row := range rows {
			if err := kv.PutRow(tx, kv.BucketRow, kv.Key(uint64(i+1)), row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
