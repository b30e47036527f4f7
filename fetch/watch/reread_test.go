package watch_test

import (
	"strings"
	"testing"
	"time"

	"fineprint/fetch"
	"fineprint/fetch/watch"
	"fineprint/store"
	"fineprint/store/model"
)

const rereadPage = "https://acme.example/terms"

// served answers with the body that it points to, with a validator.
func served(body *string, asked *[]fetch.Request) func(int, fetch.Request) (fetch.Response, error) {
	return func(_ int, r fetch.Request) (fetch.Response, error) {
		*asked = append(*asked, r)
		a := answer(r, 200, *body)
		a.ETag = `"1"`
		return a, nil
	}
}

func versionsOf(t *testing.T, s *store.Store, id model.ID) []model.Version {
	t.Helper()
	list, err := s.Versions(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func queued(t *testing.T, s *store.Store) []model.QueueItem {
	t.Helper()
	q, err := s.Queue(t.Context(), model.QueueFilter{AllState: true})
	if err != nil {
		t.Fatal(err)
	}
	return q.Changes
}

// TestOtherSelectorsCompareLikeWithLike: what is taken out of the page by a new
// selector is no change of the platform's, and what the platform changed at the
// same time is one, alone.
func TestOtherSelectorsCompareLikeWithLike(t *testing.T) {
	body := page(`<p class="news">Read our news of today about the service.</p><p>We keep logs for 30 days.</p>`)
	var asked []fetch.Request
	web := &fakeWeb{pages: map[string]func(int, fetch.Request) (fetch.Response, error){rereadPage: served(&body,
		&asked)}}
	s, f, got := tracked(t, web, rereadPage)
	first := run(t, s, f, got)
	otherwise := func(remove, pick []model.Selector) {
		t.Helper()
		if _, err := s.Track(t.Context(), []model.TrackRequest{{Platform: "Platform 0", Type: "Terms of Service",
			Source: model.Source{URL: rereadPage, Remove: remove, Select: pick}}}); err != nil {
			t.Fatal(err)
		}
	}
	otherwise(model.CSS(".news"), nil)
	if r := run(t, s, f, got); r.Outcome != model.FetchUnchanged || asked[1].ETag != "" {
		t.Fatalf("the same page under another selector: %s (%s), asked with %q", r.Outcome, r.Reason, asked[1].ETag)
	}
	list := versionsOf(t, s, first.Tracked.Document)
	if len(list) != 2 || list[1].Kind != model.VersionTechnical || list[1].Snapshot != first.Snapshot ||
		len(queued(t, s)) != 0 {
		t.Fatalf("%+v", list)
	}
	otherwise(model.CSS("h1"), nil)
	body = strings.Replace(body, "30 days", "90 days", 1)
	r := run(t, s, f, got)
	if r.Outcome != model.FetchChanged || !r.Material {
		t.Fatalf("changed at the same time: %s (%s)", r.Outcome, r.Reason)
	}
	d, err := s.Change(t.Context(), r.Change)
	if err != nil || len(d.Change.Clauses) != 1 || d.Change.Detail != "" || !strings.Contains(d.OldText, "news") {
		t.Errorf("%+v, %v", d.Change, err)
	}
	if run(t, s, f, got); asked[len(asked)-1].ETag != `"1"` {
		t.Errorf("read as before, it is asked for with %q", asked[len(asked)-1].ETag)
	}
}

// TestSelectorsMissingOnTheOldPageAreMarked: the last page can't be read with them, so the
// next is compared with the text that is here, and reported so.
func TestSelectorsMissingOnTheOldPageAreMarked(t *testing.T) {
	body := page("<p>We keep logs for 30 days.</p>")
	var asked []fetch.Request
	web := &fakeWeb{pages: map[string]func(int, fetch.Request) (fetch.Response, error){rereadPage: served(&body,
		&asked)}}
	s, f, got := tracked(t, web, rereadPage)
	first := run(t, s, f, got)
	source := model.Source{URL: rereadPage, Select: model.CSS(".legal")}
	if _, err := s.Track(t.Context(), []model.TrackRequest{{Platform: "Platform 0", Type: "Terms of Service",
		Source: source}}); err != nil {
		t.Fatal(err)
	}
	if r := run(t, s, f, got); r.Outcome != model.FetchFailed {
		t.Fatalf("%s", r.Outcome)
	}
	body = strings.Replace(strings.Replace(body, "30 days", "90 days", 1), "<main>", "<main class=legal>", 1)
	r := run(t, s, f, got)
	if r.Outcome != model.FetchChanged || !r.Material {
		t.Fatalf("%s (%s)", r.Outcome, r.Reason)
	}
	d, err := s.Change(t.Context(), r.Change)
	if err != nil || !strings.Contains(d.Change.Detail, "read in another way") || d.Change.From.Seq != 1 ||
		first.Change != "" {
		t.Errorf("%+v, %v", d.Change, err)
	}
}

// TestArchiveTextCannotBeReread: an archive's text has no bytes to read again.
func TestArchiveTextCannotBeReread(t *testing.T) {
	body := page("<p>We keep <b>logs</b> for 30 days.</p>")
	web := &fakeWeb{pages: map[string]func(int, fetch.Request) (fetch.Response, error){rereadPage: html(body)}}
	s, f, got := tracked(t, web, rereadPage)
	text := "Terms\n=====\n\nYou must be 13 years old to use the service.\n\n" +
		strings.Repeat("We keep your personal data as long as the law requires us to, and you agree to that.\n\n", 8) +
		"We keep logs for 30 days.\n"
	if _, err := s.Record(t.Context(), []model.Capture{{Platform: "Platform 0", Type: "Terms of Service", Text: text,
		CapturedAt: time.Now().Add(-time.Hour),
		Origin:     model.Provenance{Method: model.MethodOTAVersions}}}); err != nil {
		t.Fatal(err)
	}
	r := run(t, s, f, got)
	if list := versionsOf(t, s, r.Tracked.Document); r.Outcome != model.FetchUnchanged || len(queued(t, s)) != 0 ||
		len(list) != 2 || list[1].Kind != model.VersionTechnical {
		t.Errorf("%s (%s), %+v", r.Outcome, r.Reason, list)
	}
}

// TestTextOfAnOlderExtractorIsReread: it is made again before it is compared with.
func TestTextOfAnOlderExtractorIsReread(t *testing.T) {
	body := page("<p>We keep logs for 30 days.</p>")
	web := &fakeWeb{pages: map[string]func(int, fetch.Request) (fetch.Response, error){rereadPage: html(body)}}
	s, f, got := tracked(t, web, rereadPage)
	old := model.Capture{Platform: "Platform 0", Type: "Terms of Service", Raw: []byte(body), MediaType: "text/html",
		Extractor: "fineprint-extract/1", CapturedAt: time.Now().Add(-time.Hour),
		Text:   "Menu\n\nTerms\n\nYou must be 13 years old to use the service. We keep logs for 30 days.\n",
		Origin: model.Provenance{Method: model.MethodWeb, URL: rereadPage, FinalURL: rereadPage}}
	if _, err := s.Record(t.Context(), []model.Capture{old}); err != nil {
		t.Fatal(err)
	}
	web.pages[rereadPage] = html(strings.Replace(body, "30 days", "90 days", 1))
	r := run(t, s, f, got)
	if r.Outcome != model.FetchChanged {
		t.Fatalf("%s (%s)", r.Outcome, r.Reason)
	}
	d, err := s.Change(t.Context(), r.Change)
	if err != nil || len(d.Change.Clauses) != 1 || d.Change.From.Seq != 2 || d.Change.Detail != "" {
		t.Errorf("%+v, %v", d.Change, err)
	}
}

// TestSeveralPagesAreReread: a document's pages lie in one body.
func TestSeveralPagesAreReread(t *testing.T) {
	const second = "https://acme.example/more"
	body, more := page(`<p class="news">Read our news of today.</p>`), page("<p>We keep logs for 30 days.</p>")
	web := &fakeWeb{pages: map[string]func(int, fetch.Request) (fetch.Response, error){rereadPage: html(body),
		second: html(more)}}
	s, f, got := tracked(t, web)
	source := func(remove []model.Selector) {
		t.Helper()
		parts := []model.Page{{URL: rereadPage, Remove: remove}, {URL: second}}
		if _, err := s.Track(t.Context(), []model.TrackRequest{{Platform: "Acme", Type: "Terms of Service",
			Source: model.Source{Parts: parts}}}); err != nil {
			t.Fatal(err)
		}
	}
	source(nil)
	run(t, s, f, got)
	source(model.CSS(".news"))
	web.pages[second] = html(strings.Replace(more, "30 days", "90 days", 1))
	r := run(t, s, f, got)
	d, err := s.Change(t.Context(), r.Change)
	if err != nil || len(d.Change.Clauses) != 1 || d.Change.Detail != "" {
		t.Errorf("%s (%s): %+v, %v", r.Outcome, r.Reason, d.Change, err)
	}
}

var _ watch.Tracker = (*store.Store)(nil)
