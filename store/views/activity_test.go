package views_test

import (
	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
	"fineprint/tui/activitywords"
)

// told writes activities in a line each: kind, actor, what, to what, detail.
func told(list []model.Activity) []string {
	lines := make([]string, len(list))
	for i, a := range list {
		what, detail := activitywords.Describe(a)
		lines[i] = strings.Join([]string{string(a.Kind), what, string(a.ID), a.Name, detail}, " | ")
		if a.Quarantined {
			lines[i] += " | quarantined"
		}
	}
	return lines
}

// allOnce: every journal entry is in one activity, and they go back in time.
func allOnce(t *testing.T, s *store.Store, list []model.Activity) {
	t.Helper()
	lines, err := s.Journal(t.Context(), 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	next := uint64(len(lines))
	for _, a := range list {
		if a.Entry != next || a.Since.After(a.At) || a.Count < 1 || a.Actor == "" || a.Act == "" {
			t.Errorf("%+v, want entry %d", a, next)
		}
		next = a.Entry - uint64(a.Count)
	}
	if next != 0 {
		t.Errorf("the oldest %d of %d entries are in no activity", next, len(lines))
	}
}

func (f *fetches) activity(limit int) []model.Activity {
	f.T.Helper()
	list, err := f.Activity(f.T.Context(), limit)
	if err != nil {
		f.T.Fatal(err)
	}
	return list
}

func (f *fetches) decide(d model.Decision) {
	f.T.Helper()
	f.Now = f.Now.Add(time.Minute)
	d.Base, d.Change = model.AnyRevision, "FP-C-000001"
	if _, err := f.Decide(f.T.Context(), d); err != nil {
		f.T.Fatal(err)
	}
}

func TestFetchesAndDecisionsAreInTheActivity(t *testing.T) {
	f := newFetches(t)
	f.FetchText(time.Hour, storetest.Policy(30))
	f.FetchText(time.Hour, storetest.Policy(365))
	f.FetchText(time.Hour, storetest.WallPage)
	f.FetchText(time.Hour, storetest.Policy(365)) // the bytes are others than the last ones'
	f.decide(model.Decision{Action: model.ActionSet, Severity: storetest.Ptr(model.High),
		Basis: storetest.Ptr(model.Explicit)})
	f.decide(model.Decision{Action: model.ActionSnooze, Until: model.SnoozeNext})
	f.decide(model.Decision{Action: model.ActionReopen})
	f.decide(storetest.Approval(""))
	f.decide(model.Decision{Action: model.ActionUndo})
	f.decide(model.Decision{Action: model.ActionRedo})
	f.decide(model.Decision{Action: model.ActionUndo})
	f.decide(model.Decision{Action: model.ActionDismiss, Reason: "not for us"})
	f.TrackOne(model.TrackRequest{Platform: "Acme", Type: "Privacy Policy", Source: f.Doc.Source, IgnoreRobots: true})
	if err := f.Untrack(t.Context(), []model.ID{f.Doc.Document}); err != nil {
		t.Fatal(err)
	}
	const doc, name = "FP-D-00001", "Acme / Privacy Policy"
	want := []string{
		"tracking | stopped tracking | " + doc + " | " + name + " | ",
		"tracking | ignores its robots.txt | " + doc + " | " + name + " | ",
		"tracking | set up tracking | " + doc + " | " + name + " | ",
		"decision | dismissed | FP-C-000001 | " + name + " | not for us",
		"decision | withdrew a record | FP-R-000001 | " + name + " | revision 2",
		"decision | undid a decision | FP-C-000001 | " + name + " | ",
		"decision | created a record | FP-R-000001 | " + name + " | revision 2",
		"decision | redid a decision | FP-C-000001 | " + name + " | ",
		"decision | withdrew a record | FP-R-000001 | " + name + " | revision 1",
		"decision | undid a decision | FP-C-000001 | " + name + " | ",
		"decision | created a record | FP-R-000001 | " + name + " | revision 1",
		"decision | approved | FP-C-000001 | " + name + " | It changed.",
		"decision | reopened | FP-C-000001 | " + name + " | ",
		"decision | snoozed until its next change | FP-C-000001 | " + name + " | ",
		"decision | set severity high, basis explicit | FP-C-000001 | " + name + " | ",
		"fetch | saw nothing new | " + doc + " | " + name + " | different bytes, same text",
		"fetch | quarantined a capture | " + doc + " | " + name + " | sign-in page | quarantined",
		"fetch | fetched a change | FP-C-000001 | " + name + " | material",
		"fetch | first fetch | " + doc + " | " + name + " | ",
		"tracking | set up tracking | " + doc + " | " + name + " | ",
		"store | created the database |  |  | ",
	}
	got := f.activity(0)
	if lines := told(got); !slices.Equal(lines, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	allOnce(t, f.Store, got)
	if newest := f.activity(3); !slices.Equal(told(newest), want[:3]) {
		t.Errorf("the newest three: %v", told(newest))
	}
}

// TestActivityJoinsARun: what there is much of in a row is one activity, as long as
// it goes on.
func TestActivityJoinsARun(t *testing.T) {
	f := newFetches(t)
	captures := func(from, n int, kinds ...string) (list []model.Capture) {
		for i := from; i < from+n; i++ {
			kind := kinds[i%len(kinds)]
			list = append(list, model.Capture{Platform: "Borealis", Type: kind, Text: storetest.Page(i),
				CapturedAt: storetest.Day0.AddDate(0, 0, i),
				Origin: model.Provenance{Method: model.MethodOTAVersions,
					Archive: &model.ArchiveOrigin{Repo: "pga", Root: strings.Repeat("a", 40),
						Commit: fmt.Sprintf("%040d", i), Path: kind + ".md"}}})
		}
		return list
	}
	record := func(after time.Duration, list []model.Capture) {
		f.Now = f.Now.Add(after)
		if _, err := f.Record(t.Context(), list); err != nil {
			t.Fatal(err)
		}
	}
	record(time.Hour, captures(0, 40, "Terms", "Imprint"))
	moved := captures(40, 1, "Terms of Service")
	moved[0].RenamedFrom = &model.DocumentName{Platform: "Borealis", Type: "Terms"}
	record(time.Minute, append(moved, captures(41, 9, "Imprint")...))
	record(time.Hour, captures(50, 1, "Imprint"))
	f.TrackOne(model.TrackRequest{Platform: "Borealis", Type: "Imprint",
		Source: model.Source{URL: "https://borealis.example/"}})
	f.TrackOne(model.TrackRequest{Platform: "Cirrus", Type: "Imprint",
		Source: model.Source{URL: "https://cirrus.example/"}})
	want := []string{
		"tracking | set up tracking of 2 documents |  |  | ",
		"import | imported a version | FP-D-00003 | Borealis / Imprint | pga",
		"import | imported 50 versions of 2 documents |  |  | pga; one renamed",
		"tracking | set up tracking | FP-D-00001 | Acme / Privacy Policy | ",
		"store | created the database |  |  | ",
	}
	got := f.activity(0)
	if lines := told(got); !slices.Equal(lines, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	allOnce(t, f.Store, got)
	if n := len(f.activity(2)); n != 2 {
		t.Errorf("%d activities, want 2", n)
	}
}

// TestSecondReadersActsAreDescribed: what a second reader does has words of its own.
func TestSecondReadersActsAreDescribed(t *testing.T) {
	f := newFetches(t)
	f.FetchText(time.Hour, storetest.Policy(30))
	f.FetchText(time.Hour, storetest.Policy(365))
	submit := storetest.Approval("")
	submit.Action = model.ActionSubmit
	f.decide(submit)
	f.decide(model.Decision{Actor: "grace", Action: model.ActionRequestChanges, Reason: "too high"})
	submit.Severity = storetest.Ptr(model.Medium)
	f.decide(submit)
	f.decide(model.Decision{Actor: "grace", Action: model.ActionContest, Severity: storetest.Ptr(model.Low),
		Reason: "not so"})
	var got []string
	for _, a := range f.activity(4) {
		what, detail := activitywords.Describe(a)
		got = append(got, a.Actor+" "+what+": "+detail)
	}
	want := []string{"grace contested: not so", "ada submitted to a second reader: It changed.",
		"grace requested changes: too high", "ada submitted to a second reader: It changed."}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}
