package query_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
	"fineprint/tui/query"
)

func items() []*model.QueueItem {
	day := func(n int) model.VersionRef {
		return model.VersionRef{CapturedAt: time.Date(2026, 3, n, 23, 0, 0, 0, time.UTC)}
	}
	return []*model.QueueItem{
		{ID: "FP-C-000001", Document: "FP-D-00001", Platform: "zoom", PlatformName: "Zoom", Type: "Privacy Policy",
			State: model.Pending, Material: true, Suggested: model.Suggestion{Severity: model.High},
			Counts: model.Counts{Added: 2}, To: day(1)},
		{ID: "FP-C-000002", Document: "FP-D-00002", Platform: "zoom", PlatformName: "Zoom", Type: "Terms of Service",
			State: model.Approved, Material: true, Severity: model.Low, Confidence: model.HighConfidence,
			Suggested: model.Suggestion{Severity: model.High}, Counts: model.Counts{Removed: 1}, To: day(2),
			Stale: &model.Stale{How: model.StaleChanged}},
		{ID: "FP-C-000003", Document: "FP-D-00003", Platform: "facebook", PlatformName: "Facebook",
			Type: "Privacy Policy", State: model.Pending, Reason: model.ReasonLink, Counts: model.Counts{Immaterial: 4},
			DuplicateCount: 3, To: day(3)},
	}
}

func TestSelectFindsByFieldAndWord(t *testing.T) {
	for _, c := range []struct {
		query string
		want  string
	}{
		{"", "1 2 3"},
		{"sev:high", "1"}, {"severity:low,high", "1 2"}, {"-sev:high", "2 3"},
		{"conf:high", "2"}, {"conf:none", "1 3"},
		{"plat:zoom", "1 2"}, {"type:privacy", "1 3"}, {"zoom privacy", "1"}, {"-zoom", "3"},
		{"fb", "3"},      // no name holds it, these letters in order one does
		{"oom", "1 2"},   // as it is
		{"ok priv", "3"}, // faceb-ook
		{"kind:added", "1"}, {"kind:added,removed", "1 2"}, {"kind:immaterial", "3"},
		{"reason:link", "3"}, {"is:material", "1 2"}, {"is:immaterial", "3"}, {"is:judged", "2"}, {"is:marked", "2"},
		{"is:alike", "3"}, {"is:stale", "2"}, {"-is:stale", "1 3"},
		{"id:3", "3"}, {"id:fp-c-000002", "2"},
		{"from:2026-03-02", "2 3"}, {"to:2026-03-02", "1 2"}, {"from:2026-03-02 to:2026-03-02", "2"},
		{"state:pending,approved", "1 2 3"}, {"-state:pending", "2"},
	} {
		q, err := query.Parse(c.query)
		if err != nil {
			t.Errorf("%q: %v", c.query, err)
			continue
		}
		var got []string
		for _, i := range q.Select(items(), func(id model.ID) bool { return id == "FP-C-000002" }) {
			got = append(got, fmt.Sprint(i+1))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q finds %v, not %s", c.query, got, c.want)
		}
	}
}

func TestQueryAsksTheStoreForOneState(t *testing.T) {
	for text, want := range map[string]query.Query{"": {State: model.Pending},
		"state:approved": {State: model.Approved}, "state:all": {AllState: true},
		"is:stale": {AllState: true}, "is:stale state:in_review": {State: model.InReview},
		"state:approved is:stale": {State: model.Approved}, "-is:stale": {State: model.Pending},
		"is:stale state:pending": {State: model.Pending}} {
		q, err := query.Parse(text)
		if err != nil || q.State != want.State || q.AllState != want.AllState {
			t.Errorf("%q asks for %q %v, %v", text, q.State, q.AllState, err)
		}
	}
}

func TestParseRefusesUnknownFieldsAndValues(t *testing.T) {
	for _, text := range []string{"colour:red", "sev:huge", "state:gone", "kind:eaten", "is:nice", "from:yesterday",
		"sev:"} {
		if _, err := query.Parse(text); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestEveryItemMatchesATermOrItsNegation: each item is found by a term or by its negation.
func TestEveryItemMatchesATermOrItsNegation(t *testing.T) {
	all := []string{"sev:high", "conf:none", "plat:z", "type:p", "kind:added", "reason:link", "is:material",
		"is:marked", "id:1", "from:2026-03-02", "to:2026-03-02", "zoom", "fb", "nobody", "state:pending,dismissed"}
	for _, text := range all {
		for seed := range uint64(20) {
			marked := func(id model.ID) bool { return rand.New(rand.NewPCG(seed, id.Number())).IntN(2) == 0 }
			yes, err1 := query.Parse(text)
			no, err2 := query.Parse("-" + text)
			if err1 != nil || err2 != nil {
				t.Fatal(err1, err2)
			}
			got := append(yes.Select(items(), marked), no.Select(items(), marked)...)
			slices.Sort(got)
			if !slices.Equal(got, []int{0, 1, 2}) {
				t.Errorf("%q and its negation find %v", text, got)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("sev:high -plat:zoom x")
	f.Fuzz(func(t *testing.T, s string) {
		q, err := query.Parse(s)
		if err != nil {
			if !errors.Is(err, model.ErrInvalid) {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		q.Select(items(), func(model.ID) bool { return false })
	})
}
