package track_test

import (
	"errors"
	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/kv"
	"fineprint/store/model"
)

func TestBadLiveCapturesAreQuarantined(t *testing.T) {
	french := strings.Repeat("Nous conservons les données que vous nous donnez pour une durée de trente jours et "+
		"avec votre accord, dans le respect de la loi. Les cookies sont des fichiers.\n\n", 12)
	english := storetest.Policy(30) +
		strings.Repeat("We may change these terms for the reasons that are given in this policy and you agree to that.\n\n",
			10)
	for _, c := range []struct{ name, good, bad, detail string }{
		{"sign-in page", storetest.Policy(30), storetest.WallPage, "sign-in page"},
		{"error page with 200", storetest.Policy(30), "# Oops\n\nSomething went wrong. Please try again later.\n",
			"error page"},
		{"cookie wall", storetest.Policy(30), "We use cookies, which help us to run this site for you.\n\n[Accept all cookies](#) [Cookie settings](#)\n",
			"cookie wall"},
		{"other language", english, french, "another language: French after English"},
		{"empty", storetest.Policy(30), " \n", "empty"},
		{"cut", english, english[:len(english)/2], "truncated"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFetches(t)
			if o := f.FetchText(0, c.good); o.Kind != model.OutcomeFirst {
				t.Fatalf("the first capture: %+v", o)
			}
			o := f.FetchText(time.Hour, c.bad)
			if o.Kind != model.OutcomeQuarantined || o.Detail != c.detail || o.Snapshot == "" || o.Seq != 2 ||
				o.Change != "" {
				t.Fatalf("the bad capture: %+v", o)
			}
			if raw, err := f.RawOf(t.Context(), o.Snapshot); err != nil || string(raw) != "<p>"+c.bad {
				t.Errorf("its bytes: %q, %v", raw, err)
			}
			if again := f.FetchText(time.Hour, c.bad); again.Kind != model.OutcomeQuarantined || again.Seq != 0 ||
				again.Snapshot != "" {
				t.Errorf("the same again: %+v", again)
			}
			if back := f.FetchText(time.Hour, c.good); back.Kind != model.OutcomeUnchanged {
				t.Errorf("the good text again: %+v", back)
			}
			if n := f.Queued(); n != 0 {
				t.Errorf("%d changes are queued", n)
			}
			next := f.FetchText(time.Hour, strings.Replace(c.good, "30 days", "365 days", 1))
			if next.Kind != model.OutcomeChanged || f.Queued() != 1 {
				t.Fatalf("a real change after it: %+v", next)
			}
			d, err := f.Change(t.Context(), next.Change)
			if err != nil || d.Change.From.Seq != 1 {
				t.Errorf("it is compared with version %d, not the last good one; %v", d.Change.From.Seq, err)
			}
		})
	}
}

func TestFirstCaptureThatIsNoDocumentIsQuarantined(t *testing.T) {
	f := newFetches(t)
	if o := f.FetchText(0, storetest.WallPage); o.Kind != model.OutcomeQuarantined {
		t.Errorf("a sign-in page as the first capture: %+v", o)
	}
	if o := f.FetchText(time.Hour, storetest.Policy(30)); o.Kind != model.OutcomeFirst {
		t.Errorf("the document after it: %+v", o)
	}
	if short := newFetches(t).FetchText(0,
		"# Refunds\n\nYou may return what you bought within 14 days.\n"); short.Kind != model.OutcomeFirst {
		t.Errorf("a short document: %+v", short)
	}
}

func TestTextThatFlipsIsQuarantined(t *testing.T) {
	f := newFetches(t)
	a, b := storetest.Policy(30), storetest.Policy(365)
	f.FetchText(0, a)
	if o := f.FetchText(time.Hour, b); o.Kind != model.OutcomeChanged {
		t.Fatalf("the change: %+v", o)
	}
	for i := range 6 { // the site serves both in turns
		o, back := f.FetchText(time.Hour, a), f.FetchText(time.Hour, b)
		if o.Kind != model.OutcomeQuarantined || o.Detail != "flips back and forth" ||
			back.Kind != model.OutcomeUnchanged {
			t.Fatalf("turn %d: %+v, %+v", i, o, back)
		}
	}
	if n := f.Queued(); n != 1 {
		t.Errorf("%d changes are queued, want the one", n)
	}
	f.FetchText(time.Hour, a)
	f.FetchText(12*time.Hour, a)
	if o := f.FetchText(13*time.Hour, a); o.Kind != model.OutcomeChanged || o.Reason != model.ReasonFlap {
		t.Errorf("it went back and stayed: %+v", o)
	}
	// It was published all the same: what it said stays to be judged, and says
	// that it is no more.
	for range 2 {
		d, err := f.Change(t.Context(), "FP-C-000001")
		if err != nil || !d.Change.Material || d.Change.Detail != "taken back with version 4" {
			t.Errorf("the change that was taken back: %+v, %v", d.Change, err)
		}
		if _, err := f.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestChangeTakenBackAfterADecisionKeepsTheDecision: what was decided on stays as it was
// decided, and the return that undoes it is to be seen.
func TestChangeTakenBackAfterADecisionKeepsTheDecision(t *testing.T) {
	f := newFetches(t)
	f.FetchText(0, storetest.Policy(30))
	o := f.FetchText(time.Hour, storetest.Policy(365))
	if _, err := f.Decide(t.Context(), storetest.Approval(o.Change)); err != nil {
		t.Fatal(err)
	}
	if o := f.FetchText(10*24*time.Hour, storetest.Policy(30)); !o.Material || o.Reason != model.ReasonNone {
		t.Fatalf("the return from what was approved: %+v", o)
	}
	if d, err := f.Change(t.Context(), o.Change); err != nil || d.Review.State != model.Approved ||
		!strings.HasPrefix(d.Change.Detail, "taken back with version") {
		t.Errorf("%+v, %v", d.Change, err)
	}
}

// TestChangeTakenBackAfterDaysIsAFlap: a platform that takes a change back is no flip,
// and what it takes back after weeks is a change of its own.
func TestChangeTakenBackAfterDaysIsAFlap(t *testing.T) {
	for days, want := range map[time.Duration]model.Reason{10: model.ReasonFlap, 30: model.ReasonNone} {
		f := newFetches(t)
		f.FetchText(0, storetest.Policy(30))
		f.FetchText(time.Hour, storetest.Policy(365))
		if o := f.FetchText(days*24*time.Hour, storetest.Policy(30)); o.Kind != model.OutcomeChanged || o.Reason != want ||
			o.Material != (want == model.ReasonNone) {
			t.Errorf("taken back after %d days: %+v", days, o)
		}
	}
}

// TestImportsStillQueueBadCaptures: an archive's bad capture can't be fetched
// again; it stays a change, folded.
func TestImportsStillQueueBadCaptures(t *testing.T) {
	s := storetest.New(t, 0)
	c := storetest.Capture("Terms", storetest.Policy(30), 0)
	c.Origin.Method = model.MethodOTAVersions
	bad := c
	bad.Text, bad.CapturedAt = storetest.WallPage, storetest.Day0.AddDate(0, 0, 1)
	outcomes, err := s.Record(t.Context(), []model.Capture{c, bad})
	if err != nil || outcomes[1].Kind != model.OutcomeChanged || outcomes[1].Reason != model.ReasonCapture {
		t.Errorf("%+v, %v", outcomes, err)
	}
}

func TestFailedFetchIsKeptOnce(t *testing.T) {
	f := newFetches(t)
	f.FetchText(0, storetest.Policy(30))
	gone := model.Capture{Text: "Gone.", Failure: "the server answered 404 Not Found"}
	first, second := f.CaptureAfter(time.Hour, gone), f.CaptureAfter(time.Hour, gone)
	if first.Kind != model.OutcomeFailed || first.Seq != 2 || first.Detail != gone.Failure {
		t.Errorf("the first: %+v", first)
	}
	if second.Kind != model.OutcomeFailed || second.Seq != 0 {
		t.Errorf("the same again makes a version: %+v", second)
	}
	if o := f.FetchText(time.Hour, storetest.Policy(365)); o.Kind != model.OutcomeChanged {
		t.Errorf("after it: %+v", o)
	}
}

func (f *fetches) kinds() []string {
	f.T.Helper()
	lines, err := f.Journal(f.T.Context(), 1, 100)
	if err != nil {
		f.T.Fatal(err)
	}
	var kinds []string
	for _, l := range lines {
		kinds = append(kinds, l.Kind)
	}
	return kinds
}

func TestTrackingIsJournalled(t *testing.T) {
	f := newFetches(t)
	r := model.TrackRequest{Platform: "Acme", Type: "Privacy Policy", Source: f.Doc.Source, IgnoreRobots: true,
		Every: time.Hour}
	if got := f.TrackOne(r); got.New || !got.Changed || got.Document != f.Doc.Document || got.Every != time.Hour ||
		!got.IgnoreRobots {
		t.Errorf("tracked otherwise: %+v", got)
	}
	if got := f.TrackOne(r); got.New || got.Changed {
		t.Errorf("tracked the same way again: %+v", got)
	}
	r.IgnoreRobots = false
	f.TrackOne(r)
	if err := f.Untrack(t.Context(), []model.ID{f.Doc.Document}); err != nil {
		t.Fatal(err)
	}
	if err := f.Untrack(t.Context(), []model.ID{f.Doc.Document}); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
	want := []string{"created", "tracked", "tracked", "robots_ignored", "tracked", "robots_obeyed", "untracked"}
	if got := f.kinds(); !slices.Equal(got, want) {
		t.Errorf("the journal says %v, want %v", got, want)
	}
	if rows, err := f.Tracking(t.Context()); err != nil || len(rows) != 0 {
		t.Errorf("still listed: %v, %v", rows, err)
	}
	if got := f.TrackOne(r); !got.New || got.Document != f.Doc.Document {
		t.Errorf("tracked again: %+v", got)
	}
}

func TestChangedSourceIsFetchedAgainInFull(t *testing.T) {
	f := newFetches(t)
	later := f.Now.Add(24 * time.Hour)
	if _, err := f.RecordFetch(t.Context(), f.Doc, nil, func(h model.Health, _ model.Outcome) model.Health {
		h.ETag, h.Extractor, h.NextDue, h.LastAttempt = `"a"`, "reader/2", later, f.Now
		return h
	}); err != nil {
		t.Fatal(err)
	}
	got, err := f.TrackedDocument(t.Context(), f.Doc.Document)
	if err != nil || got.Health.ETag != `"a"` || got.Due(f.Now) || !got.Due(later) {
		t.Fatalf("recorded: %+v, %v", got.Health, err)
	}
	source := f.Doc.Source
	source.Remove = model.CSS(".token")
	got = f.TrackOne(model.TrackRequest{Platform: "Acme", Type: "Privacy Policy", Source: source}).Tracked
	if got.Health.ETag != "" || got.Health.Extractor != "" || !got.Due(f.Now) {
		t.Errorf("after a change of its source: %+v", got.Health)
	}
}

func TestLateFetchIsRefused(t *testing.T) {
	f := newFetches(t)
	keep := func(h model.Health, _ model.Outcome) model.Health { return h }
	f.FetchText(time.Hour, storetest.Policy(30))
	versions := func() int {
		d, err := f.Document(t.Context(), f.Doc.Document)
		if err != nil {
			t.Fatal(err)
		}
		return d.Versions
	}
	late := model.Capture{Text: storetest.Policy(7), CapturedAt: f.Now.Add(-time.Minute),
		Origin: model.Provenance{Method: model.MethodWeb}}
	if _, err := f.RecordFetch(t.Context(), f.Doc, []model.Capture{late}, keep); !errors.Is(err, model.ErrStale) {
		t.Errorf("a capture begun before another was recorded: %v", err)
	}
	doc, err := f.TrackedDocument(t.Context(), f.Doc.Document)
	if err != nil {
		t.Fatal(err)
	}
	f.TrackOne(model.TrackRequest{Platform: "Acme", Type: "Privacy Policy",
		Source: model.Source{URL: "https://acme.example/other"}})
	if _, err := f.RecordFetch(t.Context(), doc, []model.Capture{late}, keep); !errors.Is(err, model.ErrStale) {
		t.Errorf("a capture of what is tracked no longer: %v", err)
	}
	if n := versions(); n != 1 {
		t.Errorf("%d versions, want the one", n)
	}
}

// TestDatabaseFromBeforeTrackingOpens: one made before there was a bucket for it
// opens, reads as empty, and gets it with the next write.
func TestDatabaseFromBeforeTrackingOpens(t *testing.T) {
	s := storetest.New(t, 3)
	db, err := bolt.Open(s.Path(), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(func(tx *bolt.Tx) error { return tx.DeleteBucket(kv.BucketTracked) }); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	old, err := store.Open(s.Path(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := old.Tracking(t.Context()); err != nil || len(rows) != 0 {
		t.Errorf("%v, %v", rows, err)
	}
	storetest.RequireConsistent(t, old)
	if _, _, err := old.Compact(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := old.Track(t.Context(), []model.TrackRequest{{Platform: "Acme", Type: "Terms",
		Source: model.Source{URL: "https://acme.example/"}}}); err != nil {
		t.Error(err)
	}
	if rows, err := old.Tracking(t.Context()); err != nil || len(rows) != 1 || rows[0].Versions != 3 {
		t.Errorf("%+v, %v", rows, err)
	}
}

// TestSameBytesAgainAreNoVersion: a page that comes again byte by byte, read the same, is
// no version; read otherwise, it is a technical one.
func TestSameBytesAgainAreNoVersion(t *testing.T) {
	f := newFetches(t)
	raw := []byte("<html>" + storetest.Policy(30) + "</html>")
	f.CaptureAfter(time.Hour, model.Capture{Text: storetest.Policy(30), Raw: raw})
	for range 2 {
		if o := f.CaptureAfter(time.Hour, model.Capture{Text: storetest.Policy(30),
			Raw: raw}); o.Kind != model.OutcomeUnchanged {
			t.Errorf("outcome %s", o.Kind)
		}
	}
	if o := f.CaptureAfter(time.Hour, model.Capture{Text: storetest.Policy(30) + "\nMore.\n",
		Raw: raw}); o.Kind != model.OutcomeTechnical {
		t.Errorf("outcome %s", o.Kind)
	}
	if v, err := f.Versions(t.Context(), f.Doc.Document); err != nil || len(v) != 2 {
		t.Errorf("%d versions, %v", len(v), err)
	}
}
