package textsearch_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/store/text/words"
)

// pending is all that is listed of a store.
func pending(t *testing.T, s *store.Store) []*model.QueueItem {
	t.Helper()
	page, err := s.Queue(t.Context(), model.QueueFilter{AllState: true})
	if err != nil {
		t.Fatal(err)
	}
	var all []*model.QueueItem
	for i := range page.Changes {
		all = append(all, &page.Changes[i])
	}
	return all
}

func TestSearchFindsChangesByTheWordsOfTheirClauses(t *testing.T) {
	s := storetest.New(t, 0)
	const age, data, court = "You must be 13 years old.\n\n", "We keep *your data* for a year.\n\n", "Disputes go to binding Arbitration.\n\n"
	for i, text := range []string{
		"# Terms\n\n" + age + data,
		"# Terms\n\n" + age + data + court, // 1: added
		"# Terms\n\n" + court + age + data, // moved only
		"# Terms\n\n" + strings.ToUpper(court) + age + "We  keep “your data” for a year.", // written otherwise only
		"# Terms\n\n" + court + age + "We keep your data for two years.\n\n",              // modified
		"# Terms\n\n" + age + "We keep your data for two years.\n\n",                      // removed
	} {
		if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Terms", text, i)}); err != nil {
			t.Fatal(err)
		}
	}
	list := pending(t, s)
	found, err := s.SearchTexts(t.Context(), list, []string{"arbitration", "your data", "ARBIT", "bitration", "years"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]int{"arbitration": {2, 6}, "ARBIT": {2, 6}, "your data": {5}, "bitration": nil,
		"years": {5}} {
		var got []int
		for _, c := range list {
			if found[text][c.ID] {
				got = append(got, c.To.Seq)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q is in the changes to versions %v, not %v", text, got, want)
		}
	}
}

// TestSearchFindsWhatTheClausesSay compares with the clauses of every change, read one
// by one.
func TestSearchFindsWhatTheClausesSay(t *testing.T) {
	s, err := store.Open(storetest.Many(t, 120), store.Options{Actor: "ada", NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	list, steps := pending(t, s), 0
	texts := []string{"photos", "messages for 31 days", "days", "write to us", "nothing"}
	found, err := s.SearchTexts(t.Context(), list, texts, func(done, total int) {
		if steps++; done != steps || total != len(list) {
			t.Errorf("%d of %d at step %d", done, total, steps)
		}
	})
	if err != nil || steps != len(list) {
		t.Fatal(err, steps)
	}
	for _, c := range list {
		d, err := s.Change(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			holds := func(of string, at *model.ByteRange) bool {
				return at != nil && words.Hold(words.Normal(of[at.Start:at.End]), words.Normal(text))
			}
			says := slices.ContainsFunc(d.Change.Clauses, func(cl model.ClauseChange) bool {
				return cl.Reason != model.ReasonWhitespace && (holds(d.OldText, cl.Old) || holds(d.NewText, cl.New))
			})
			if found[text][c.ID] != says {
				t.Errorf("%s, %q: %v, but its clauses: %v", c.ID, text, !says, says)
			}
		}
	}
}

func TestSearchEndsWhenItIsCancelled(t *testing.T) {
	s := storetest.New(t, 4)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := s.SearchTexts(ctx, pending(t, s), []string{"years"}, func(int, int) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := s.SearchTexts(t.Context(), nil, make([]string, 65), nil); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("too many: %v", err)
	}
	gone := []*model.QueueItem{{ID: "FP-C-000099", Document: "FP-D-00099", To: model.VersionRef{Seq: 1}}}
	if _, err := s.SearchTexts(t.Context(), gone, []string{"a"}, nil); !errors.Is(err, model.ErrDamaged) {
		t.Errorf("of no document: %v", err)
	}
}
