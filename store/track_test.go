package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/model"
)

func policy(days int) string {
	return fmt.Sprintf("# Privacy Policy\n\nThese terms apply to the personal data that you provide when you use the service.\n\n"+
		"## What we collect\n\nWe collect your name, your e-mail address and the content of what you write, as far as the law allows.\n\n"+
		"## How long we keep it\n\nWe keep your data for %d days after you close your account, unless the law requires us to keep it longer.\n\n"+
		"## Your rights\n\nYou may ask us for a copy of your data, have it corrected or have it deleted. We answer within one month.\n\n"+
		"## Who else sees it\n\nWe share personal data with third parties that host our servers, and with nobody else without your consent.\n", days)
}

const wallPage = "# Sign in\n\nEnter your e-mail address and password to go on.\n\nForgot your password?\n"

// fetches is a store with one tracked document and a clock that is set.
type fetches struct {
	*Store
	t   *testing.T
	now time.Time
	doc model.Tracked
}

func newFetches(t *testing.T) *fetches {
	t.Helper()
	f := &fetches{t: t, now: day0}
	var err error
	f.Store, err = Create(t.TempDir()+"/t.db", Options{Actor: "ada", Clock: func() time.Time { return f.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { whole(t, f.Store) })
	f.doc = f.track(model.TrackRequest{Platform: "Acme", Type: "Privacy Policy", Source: model.Source{URL: "https://acme.example/privacy"}}).Tracked
	return f
}

func (f *fetches) track(r model.TrackRequest) TrackResult {
	f.t.Helper()
	results, err := f.Track(f.t.Context(), []model.TrackRequest{r})
	if err != nil {
		f.t.Fatal(err)
	}
	return results[0]
}

// fetch records a text as fetched after a while and returns what came of it.
func (f *fetches) fetch(after time.Duration, text string) model.Outcome {
	f.t.Helper()
	return f.capture(after, model.Capture{Text: text})
}

func (f *fetches) capture(after time.Duration, c model.Capture) model.Outcome {
	f.t.Helper()
	f.now = f.now.Add(after)
	if c.Raw == nil {
		c.Raw = []byte("<p>" + c.Text)
	}
	c.MediaType, c.CapturedAt = "text/html", f.now
	c.Origin = model.Provenance{Method: model.MethodWeb, URL: f.doc.Source.URL, Status: 200}
	doc, err := f.TrackedDocument(f.t.Context(), f.doc.Document)
	if err != nil {
		f.t.Fatal(err)
	}
	o, err := f.RecordFetch(f.t.Context(), doc, []model.Capture{c}, func(h model.Health, _ model.Outcome) model.Health {
		h.LastAttempt = f.now
		return h
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return o
}

func (f *fetches) queued() int {
	f.t.Helper()
	q, err := f.Queue(f.t.Context(), model.QueueFilter{})
	if err != nil {
		f.t.Fatal(err)
	}
	return q.Total
}

func TestBadLiveCapturesAreQuarantined(t *testing.T) {
	french := strings.Repeat("Nous conservons les données que vous nous donnez pour une durée de trente jours et avec votre accord, dans le respect de la loi. Les cookies sont des fichiers.\n\n", 12)
	english := policy(30) + strings.Repeat("We may change these terms for the reasons that are given in this policy and you agree to that.\n\n", 10)
	for _, c := range []struct{ name, good, bad, detail string }{
		{"sign-in page", policy(30), wallPage, "sign-in page"},
		{"error page with 200", policy(30), "# Oops\n\nSomething went wrong. Please try again later.\n", "error page"},
		{"cookie wall", policy(30), "We use cookies.\n\nAccept all cookies or go to cookie settings.\n", "cookie wall"},
		{"other language", english, french, "another language: French after English"},
		{"empty", policy(30), " \n", "empty"},
		{"cut", english, english[:len(english)/2], "truncated"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFetches(t)
			if o := f.fetch(0, c.good); o.Kind != model.OutcomeFirst {
				t.Fatalf("the first capture: %+v", o)
			}
			o := f.fetch(time.Hour, c.bad)
			if o.Kind != model.OutcomeQuarantined || o.Detail != c.detail || o.Snapshot == "" || o.Seq != 2 || o.Change != "" {
				t.Fatalf("the bad capture: %+v", o)
			}
			if raw, err := f.RawOf(t.Context(), o.Snapshot); err != nil || string(raw) != "<p>"+c.bad {
				t.Errorf("its bytes: %q, %v", raw, err)
			}
			if again := f.fetch(time.Hour, c.bad); again.Kind != model.OutcomeQuarantined || again.Seq != 0 || again.Snapshot != "" {
				t.Errorf("the same again: %+v", again)
			}
			if back := f.fetch(time.Hour, c.good); back.Kind != model.OutcomeUnchanged {
				t.Errorf("the good text again: %+v", back)
			}
			if n := f.queued(); n != 0 {
				t.Errorf("%d changes are queued", n)
			}
			next := f.fetch(time.Hour, strings.Replace(c.good, "30 days", "365 days", 1))
			if next.Kind != model.OutcomeChanged || f.queued() != 1 {
				t.Fatalf("a real change after it: %+v", next)
			}
			d, err := f.Change(t.Context(), next.Change)
			if err != nil || d.Change.From.Seq != 1 {
				t.Errorf("it is compared with version %d, not the last good one; %v", d.Change.From.Seq, err)
			}
		})
	}
}

func TestFirstCaptureThatIsNoDocument(t *testing.T) {
	f := newFetches(t)
	if o := f.fetch(0, wallPage); o.Kind != model.OutcomeQuarantined {
		t.Errorf("a sign-in page as the first capture: %+v", o)
	}
	if o := f.fetch(time.Hour, policy(30)); o.Kind != model.OutcomeFirst {
		t.Errorf("the document after it: %+v", o)
	}
	if short := newFetches(t).fetch(0, "# Refunds\n\nYou may return what you bought within 14 days.\n"); short.Kind != model.OutcomeFirst {
		t.Errorf("a short document: %+v", short)
	}
}

func TestTextThatFlips(t *testing.T) {
	f := newFetches(t)
	a, b := policy(30), policy(365)
	f.fetch(0, a)
	if o := f.fetch(time.Hour, b); o.Kind != model.OutcomeChanged {
		t.Fatalf("the change: %+v", o)
	}
	for i := range 6 { // the site serves both in turns
		o, back := f.fetch(time.Hour, a), f.fetch(time.Hour, b)
		if o.Kind != model.OutcomeQuarantined || o.Detail != "flips back and forth" || back.Kind != model.OutcomeUnchanged {
			t.Fatalf("turn %d: %+v, %+v", i, o, back)
		}
	}
	if n := f.queued(); n != 1 {
		t.Errorf("%d changes are queued, want the one", n)
	}
	f.fetch(time.Hour, a)
	f.fetch(12*time.Hour, a)
	if o := f.fetch(13*time.Hour, a); o.Kind != model.OutcomeChanged || o.Reason != model.ReasonFlap {
		t.Errorf("it went back and stayed: %+v", o)
	}
	// It was published all the same: what it said stays to be judged, and says
	// that it is no more.
	for range 2 {
		d, err := f.Change(t.Context(), "FP-C-000001")
		if err != nil || !d.Change.Material || d.Change.Detail != "taken back with version 4" {
			t.Errorf("the change that was taken back: %+v, %v", d.Change, err)
		}
		if _, err := f.DetectAgain(t.Context(), DetectAgainOptions{}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTakenBackAfterADecision: what was decided on stays as it was.
func TestTakenBackAfterADecision(t *testing.T) {
	f := newFetches(t)
	f.fetch(0, policy(30))
	o := f.fetch(time.Hour, policy(365))
	if _, err := f.Decide(t.Context(), approval(o.Change)); err != nil {
		t.Fatal(err)
	}
	if o := f.fetch(30*24*time.Hour, policy(30)); o.Reason != model.ReasonFlap {
		t.Fatalf("%+v", o)
	}
	if d, err := f.Change(t.Context(), o.Change); err != nil || d.Change.Detail != "" {
		t.Errorf("%+v, %v", d.Change, err)
	}
}

// TestTakenBackAfterWeeks: a platform that takes a change back is no flip.
func TestTakenBackAfterWeeks(t *testing.T) {
	f := newFetches(t)
	f.fetch(0, policy(30))
	f.fetch(time.Hour, policy(365))
	if o := f.fetch(30*24*time.Hour, policy(30)); o.Kind != model.OutcomeChanged || o.Reason != model.ReasonFlap {
		t.Errorf("taken back: %+v", o)
	}
}

// TestImportsStillQueueBadCaptures: an archive's bad capture can't be fetched
// again; it stays a change, folded.
func TestImportsStillQueueBadCaptures(t *testing.T) {
	s := newStore(t, 0)
	c := capture("Terms", policy(30), 0)
	c.Origin.Method = model.MethodOTAVersions
	bad := c
	bad.Text, bad.CapturedAt = wallPage, day0.AddDate(0, 0, 1)
	outcomes, err := s.Record(t.Context(), []model.Capture{c, bad})
	if err != nil || outcomes[1].Kind != model.OutcomeChanged || outcomes[1].Reason != model.ReasonCapture {
		t.Errorf("%+v, %v", outcomes, err)
	}
}

func TestFailedFetchIsKeptOnce(t *testing.T) {
	f := newFetches(t)
	f.fetch(0, policy(30))
	gone := model.Capture{Text: "Gone.", Failure: "the server answered 404 Not Found"}
	first, second := f.capture(time.Hour, gone), f.capture(time.Hour, gone)
	if first.Kind != model.OutcomeFailed || first.Seq != 2 || first.Detail != gone.Failure {
		t.Errorf("the first: %+v", first)
	}
	if second.Kind != model.OutcomeFailed || second.Seq != 0 {
		t.Errorf("the same again makes a version: %+v", second)
	}
	if o := f.fetch(time.Hour, policy(365)); o.Kind != model.OutcomeChanged {
		t.Errorf("after it: %+v", o)
	}
}

func (f *fetches) kinds() []string {
	f.t.Helper()
	lines, err := f.Journal(f.t.Context(), 1, 100)
	if err != nil {
		f.t.Fatal(err)
	}
	var kinds []string
	for _, l := range lines {
		kinds = append(kinds, l.Kind)
	}
	return kinds
}

func TestTrackingIsJournalled(t *testing.T) {
	f := newFetches(t)
	r := model.TrackRequest{Platform: "Acme", Type: "Privacy Policy", Source: f.doc.Source, IgnoreRobots: true, Every: time.Hour}
	if got := f.track(r); got.New || !got.Changed || got.Document != f.doc.Document || got.Every != time.Hour || !got.IgnoreRobots {
		t.Errorf("tracked otherwise: %+v", got)
	}
	if got := f.track(r); got.New || got.Changed {
		t.Errorf("tracked the same way again: %+v", got)
	}
	r.IgnoreRobots = false
	f.track(r)
	if err := f.Untrack(t.Context(), []model.ID{f.doc.Document}); err != nil {
		t.Fatal(err)
	}
	if err := f.Untrack(t.Context(), []model.ID{f.doc.Document}); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
	want := []string{"created", "tracked", "tracked", "robots_ignored", "tracked", "robots_obeyed", "untracked"}
	if got := f.kinds(); !slices.Equal(got, want) {
		t.Errorf("the journal says %v, want %v", got, want)
	}
	if rows, err := f.Tracking(t.Context()); err != nil || len(rows) != 0 {
		t.Errorf("still listed: %v, %v", rows, err)
	}
	if got := f.track(r); !got.New || got.Document != f.doc.Document {
		t.Errorf("tracked again: %+v", got)
	}
}

func TestChangedSourceIsFetchedAnewAndInFull(t *testing.T) {
	f := newFetches(t)
	later := f.now.Add(24 * time.Hour)
	if _, err := f.RecordFetch(t.Context(), f.doc, nil, func(h model.Health, _ model.Outcome) model.Health {
		h.ETag, h.Extractor, h.NextDue, h.LastAttempt = `"a"`, "reader/2", later, f.now
		return h
	}); err != nil {
		t.Fatal(err)
	}
	got, err := f.TrackedDocument(t.Context(), f.doc.Document)
	if err != nil || got.Health.ETag != `"a"` || got.Due(f.now) || !got.Due(later) {
		t.Fatalf("recorded: %+v, %v", got.Health, err)
	}
	source := f.doc.Source
	source.Remove = model.CSS(".token")
	got = f.track(model.TrackRequest{Platform: "Acme", Type: "Privacy Policy", Source: source}).Tracked
	if got.Health.ETag != "" || got.Health.Extractor != "" || !got.Due(f.now) {
		t.Errorf("after a change of its source: %+v", got.Health)
	}
}

func TestLateFetchIsRefused(t *testing.T) {
	f := newFetches(t)
	keep := func(h model.Health, _ model.Outcome) model.Health { return h }
	f.fetch(time.Hour, policy(30))
	versions := func() int {
		d, err := f.Document(t.Context(), f.doc.Document)
		if err != nil {
			t.Fatal(err)
		}
		return d.Versions
	}
	late := model.Capture{Text: policy(7), CapturedAt: f.now.Add(-time.Minute), Origin: model.Provenance{Method: model.MethodWeb}}
	if _, err := f.RecordFetch(t.Context(), f.doc, []model.Capture{late}, keep); !errors.Is(err, model.ErrStale) {
		t.Errorf("a capture begun before another was recorded: %v", err)
	}
	doc, err := f.TrackedDocument(t.Context(), f.doc.Document)
	if err != nil {
		t.Fatal(err)
	}
	f.track(model.TrackRequest{Platform: "Acme", Type: "Privacy Policy", Source: model.Source{URL: "https://acme.example/other"}})
	if _, err := f.RecordFetch(t.Context(), doc, []model.Capture{late}, keep); !errors.Is(err, model.ErrStale) {
		t.Errorf("a capture of what is tracked no longer: %v", err)
	}
	if n := versions(); n != 1 {
		t.Errorf("%d versions, want the one", n)
	}
}

// TestDatabaseFromBeforeTracking: one made before there was a bucket for it
// opens, reads as empty, and gets it with the next write.
func TestDatabaseFromBeforeTracking(t *testing.T) {
	s := newStore(t, 3)
	db, err := bolt.Open(s.Path(), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(func(tx *bolt.Tx) error { return tx.DeleteBucket(bktTracked) }); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	old, err := Open(s.Path(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := old.Tracking(t.Context()); err != nil || len(rows) != 0 {
		t.Errorf("%v, %v", rows, err)
	}
	whole(t, old)
	if _, _, err := old.Compact(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := old.Track(t.Context(), []model.TrackRequest{{Platform: "Acme", Type: "Terms", Source: model.Source{URL: "https://acme.example/"}}}); err != nil {
		t.Error(err)
	}
	if rows, err := old.Tracking(t.Context()); err != nil || len(rows) != 1 || rows[0].Versions != 3 {
		t.Errorf("%+v, %v", rows, err)
	}
}

// TestTheSameBytesAgain: a page that comes again byte by byte, read the same, is
// no version; read otherwise, it is a technical one.
func TestTheSameBytesAgain(t *testing.T) {
	f := newFetches(t)
	raw := []byte("<html>" + policy(30) + "</html>")
	f.capture(time.Hour, model.Capture{Text: policy(30), Raw: raw})
	for range 2 {
		if o := f.capture(time.Hour, model.Capture{Text: policy(30), Raw: raw}); o.Kind != model.OutcomeUnchanged {
			t.Errorf("outcome %s", o.Kind)
		}
	}
	if o := f.capture(time.Hour, model.Capture{Text: policy(30) + "\nMore.\n", Raw: raw}); o.Kind != model.OutcomeTechnical {
		t.Errorf("outcome %s", o.Kind)
	}
	if v, err := f.Versions(t.Context(), f.doc.Document); err != nil || len(v) != 2 {
		t.Errorf("%d versions, %v", len(v), err)
	}
}
