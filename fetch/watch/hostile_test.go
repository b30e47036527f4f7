package watch_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/hostilesite"
	"fineprint/fetch"
	"fineprint/fetch/watch"
	"fineprint/store"
	"fineprint/store/model"
)

// decent are the scenarios of the hostile site that bring the document as it
// is, if by a detour, or a cut one that is no part of the one this test has
// stored (package store tests that); all others must leave what is stored as it
// was.
var decent = strings.Fields("ok cut-document gzip brotli zstd deflate deflate-raw packed-wrong " +
	"packed-unsaid packed-unsaid-twice packed-unsaid-brotli charset-wrong charset-meta no-type moved redirect-ten " +
	"500-once 503-once 429-seconds 429-date 429-past 429-negative 429-garbage " +
	"length-short tokens flip tls robots-yes robots-none robots-garbage robots-loop")

// trackScenarios tracks every scenario of the site, each with a good text, and
// returns the documents and what they are called.
func trackScenarios(t *testing.T, s *store.Store, site *hostilesite.Site, good string) (all []model.Tracked,
	name map[model.ID]string) {
	t.Helper()
	rows, err := s.Tracking(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	name = map[model.ID]string{}
	for _, row := range rows {
		all = append(all, row.Tracked)
		for _, m := range site.Scenarios() {
			if m.URL == row.Source.URL {
				name[row.Document] = m.Name
			}
		}
		c := model.Capture{Platform: row.Platform.Name, Type: row.Type, Text: good,
			CapturedAt: time.Now().Add(-time.Hour), Origin: model.Provenance{Method: model.MethodWeb}}
		if _, err := s.Record(t.Context(), []model.Capture{c}); err != nil {
			t.Fatal(err)
		}
	}
	return all, name
}

// requireUnharmed checks the outcome of one scenario: one clear line, and the good text
// still there.
func requireUnharmed(t *testing.T, s *store.Store, who string, r watch.Result, good string) {
	t.Helper()
	if r.Outcome != model.FetchFailed && r.Outcome != model.FetchQuarantined {
		t.Errorf("%s: %s", who, r.Outcome)
	}
	if r.Reason == "" || len(r.Reason) > 200 || strings.ContainsAny(r.Reason, "\n\r\x1b") {
		t.Errorf("%s: the reason is %q", who, r.Reason)
	}
	if r.Change != "" || !r.Tracked.Health.LastSuccess.IsZero() || !r.Tracked.Health.NextDue.After(time.Now()) {
		t.Errorf("%s: change %q, health %+v", who, r.Change, r.Tracked.Health)
	}
	if text, err := s.Text(t.Context(), r.Tracked.Document, 1); err != nil || text != good {
		t.Errorf("%s: the good text is %q, %v", who, text, err)
	}
}

// TestHostileSitesChangeNothing takes tracked documents to every scenario of a
// site with hostile scenarios: each ends as failed, quarantined or put off, with one
// clear line, and no change is queued and no good text replaced.
func TestHostileSitesChangeNothing(t *testing.T) {
	site, err := hostilesite.Start(hostilesite.Options{Drip: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(site.Close)
	var addresses, hosts []string
	for _, m := range site.Scenarios() {
		addresses = append(addresses, m.URL)
		if u, err := url.Parse(m.URL); err == nil {
			hosts = append(hosts, u.Host)
		}
	}
	s, f, got := tracked(t, &fakeWeb{}, addresses...)
	options := fetch.Options{AllowHosts: hosts, RootCAs: site.CA, Retries: -1, ConnectTimeout: time.Second,
		TLSTimeout: 2 * time.Second, HeaderTimeout: 2 * time.Second,
		IdleTimeout: 2 * time.Second, Timeout: 4 * time.Second, Total: 8 * time.Second, MaxRetryAfter: time.Second,
		Pace: -1, MaxBytes: 4 << 20}
	good := strings.Repeat("We keep your personal data as long as the law requires us to, and you agree to these "+
		"terms of the service.\n\n", 20)
	all, name := trackScenarios(t, s, site, good)
	f.Workers = 32
	f.Get = aloneWith(options)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	if err := f.Run(ctx, all); err != nil {
		t.Fatal(err)
	}
	results := got.drain()
	if len(results) != len(site.Scenarios()) || len(results) < 100 {
		t.Fatalf("%d results of %d scenarios", len(results), len(site.Scenarios()))
	}
	bad := 0
	for _, r := range results {
		who := name[r.Tracked.Document]
		t.Logf("%-18s %-12s %s", who, r.Outcome, r.Reason)
		if slices.Contains(decent, who) || r.Outcome == model.FetchSkipped && r.Reason != "" {
			continue
		}
		bad++
		requireUnharmed(t, s, who, r, good)
	}
	if bad < 60 {
		t.Errorf("only %d scenarios were bad", bad)
	}
	page, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range page.Changes {
		if !slices.Contains(decent, name[c.Document]) {
			t.Errorf("%s queued %s", name[c.Document], c.ID)
		}
	}
}

// aloneWith gets each page with a client of its own, so that one that asks to be
// left alone for a day does not keep the others of its host from being tried.
type aloneWith fetch.Options

func (o aloneWith) Fetch(ctx context.Context, r fetch.Request) (fetch.Response, error) {
	return fetch.New(fetch.Options(o)).Fetch(ctx, r)
}
