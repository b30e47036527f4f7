package activitywords_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui/activitywords"
)

// TestGoldenDatabaseIsDescribedTheSame compares the words for all that happened in
// the golden database with those of the build that made it.
func TestGoldenDatabaseIsDescribedTheSame(t *testing.T) {
	f, err := os.Open("../../store/testdata/schema-2.db.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "golden.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.Activity(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, a := range list {
		what, detail := activitywords.Describe(a)
		fmt.Fprintln(&got, strings.Join([]string{string(a.Kind), a.Actor, what, string(a.ID), a.Name, detail,
			fmt.Sprint(a.Count)}, " | "))
	}
	want, err := os.ReadFile("testdata/activity-schema-2.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

func TestEveryActHasWords(t *testing.T) {
	for _, act := range []model.Act{model.ActFetchedFirst, model.ActFetchedChange, model.ActFetchedSame,
		model.ActFetchedNothing,
		model.ActFetchedTechnical, model.ActQuarantined, model.ActFailed, model.ActTracked, model.ActUntracked,
		model.ActRobotsIgnored,
		model.ActRobotsObeyed, model.ActRecordMade, model.ActRecordWithdrawn, model.ActRecordBegun,
		model.ActRecordWritten, model.ActProvisionNamed, model.ActNoted, model.ActAssigned, model.ActCreated, model.ActDetected, model.ActTrained, model.ActPlaybook} {
		if what, _ := activitywords.Describe(model.Activity{Act: act}); strings.Contains(what, "newer") {
			t.Errorf("%s has no words", act)
		}
	}
	if what, _ := activitywords.Describe(model.Activity{Act: model.ActUnknown}); what != "unknown action (newer Fineprint)" {
		t.Errorf("unknown: %q", what)
	}
}

func ExampleDescribe() {
	what, detail := activitywords.Describe(model.Activity{Act: model.ActImported, Documents: 24,
		Imported: model.ImportCounts{Repo: "pga-versions", Versions: 1841, Renamed: 1}})
	fmt.Println(what, "/", detail)
	// Output: imported 1841 versions of 24 documents / pga-versions; one renamed
}

func TestEveryActIsDescribed(t *testing.T) {
	high, low, basis, summary := model.High, model.LowConfidence, model.Explicit, "Longer."
	for _, c := range []struct {
		a    model.Activity
		want string
	}{
		{model.Activity{Act: model.ActImported, Imported: model.ImportCounts{Method: model.MethodFile, Same: 3}},
			"imported 3 captures with nothing new / files"},
		{model.Activity{Act: model.ActImported, Imported: model.ImportCounts{Method: model.MethodDataset,
			Renamed: 2}}, "followed 2 documents to their new names / a dataset"},
		{model.Activity{Act: model.ActImported, Imported: model.ImportCounts{Method: model.MethodWayback, Ended: 1}},
			"ended a document deleted by its archive / the Wayback Machine"},
		{model.Activity{Act: model.ActTracked, Documents: 2}, "set up tracking of 2 documents / "},
		{model.Activity{Act: model.ActFetchedChange, Reason: model.ReasonLink}, "fetched a change / immaterial: link"},
		{model.Activity{Act: model.ActFailed, Failure: "empty"}, "fetch failed / empty"},
		{model.Activity{Act: model.ActFetchedTechnical},
			"re-read it / same page, text extracted differently"},
		{model.Activity{Act: model.ActDetected, Documents: 3, Number: 7},
			"re-ran detection on 3 documents / detection 7"},
		{model.Activity{Act: model.ActDecided, Event: &model.Event{Action: model.ActionSnooze,
			Until: model.SnoozeNext}}, "snoozed until its next change / "},
		{model.Activity{Act: model.ActDecided, Event: &model.Event{Action: model.ActionSnooze,
			Until: "2030-01-01"}}, "snoozed until 2030-01-01 / "},
		{model.Activity{Act: model.ActDecided, Event: &model.Event{Action: model.ActionContest, Reason: "not so"}},
			"contested / not so"},
		{model.Activity{Act: model.ActDecided, Event: &model.Event{Action: model.ActionRequestChanges,
			Reason: "too high"}}, "requested changes / too high"},
		{model.Activity{Act: model.ActDecided, Event: &model.Event{Action: model.ActionSubmit, Summary: &summary}},
			"submitted to a second reader / Longer."},
		{model.Activity{Act: model.ActDecided, Event: &model.Event{Action: model.ActionReopen}}, "reopened / "},
		{model.Activity{Act: model.ActDecided, Event: &model.Event{Action: model.ActionSet}}, "set / "},
		{model.Activity{Act: model.ActDecided, Event: &model.Event{Action: model.ActionSet, Severity: &high,
			Confidence: &low, Basis: &basis, Summary: &summary, Note: &summary}},
			"set severity high, confidence low, basis explicit, the summary, the note / Longer."},
	} {
		if what, detail := activitywords.Describe(c.a); what+" / "+detail != c.want {
			t.Errorf("got %q, want %q", what+" / "+detail, c.want)
		}
	}
}
