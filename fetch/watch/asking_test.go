package watch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fineprint/fetch"
	"fineprint/fetch/watch"
	"fineprint/store/model"
)

// prose is of a language: enough for it to be told.
var prose = map[string]string{
	"de": strings.Repeat("<p>Wir speichern Ihre Daten, solange Ihr Konto besteht. Sie können jederzeit verlangen, dass "+
		"wir sie löschen, und wir tun das innerhalb von dreißig Tagen, wenn das Gesetz es nicht verbietet.</p>", 6),
	"en": strings.Repeat("<p>We keep your data for as long as your account is open. You may ask us to delete it at any "+
		"time, and we will do so within thirty days unless the law forbids that.</p>", 6),
}

func TestLanguageIsThatOfTheAddressOrText(t *testing.T) {
	for _, c := range []struct{ address, text, want string }{
		{"https://acme.example/terms", "", "en"}, {"https://acme.example/terms", prose["de"], "de"},
		{"https://acme.example/fr/terms", "", "fr"}, {"https://acme.example/legal/pt-BR/terms", "", "pt-BR"},
		{"https://acme.example/zh_hant/terms", "", "zh-Hant"}, {"https://de.acme.example/agb", "", "de"},
		{"https://acme.example/terms?hl=uk", "", "uk"}, {"https://acme.example/uk/terms", "", "en"},
		{"https://acme.example/ca/terms", "", "en"}, {"https://acme.example/a/b/de", "", "en"},
		{"https://acme.example/fr/terms", prose["en"], "en"}, {"https://acme.example/terms?lang=", "", "en"},
	} {
		if got := watch.LanguageOf(model.Source{URL: c.address}, c.text); got != c.want {
			t.Errorf("%s: %s, want %s", c.address, got, c.want)
		}
	}
}

// TestSameLanguageIsAskedForEachTime: that of the first fetch, although the page turns
// out to be in another one; what is set counts instead, and only as long as it is.
func TestSameLanguageIsAskedForEachTime(t *testing.T) {
	const address = "https://acme.example/fr/terms"
	var asked []string
	web := &fakeWeb{pages: fakePages{address: func(n int, r fetch.Request) (fetch.Response, error) {
		asked = append(asked, r.Asking.AcceptLanguage)
		return answer(r, 200, "<main>"+prose["de"]+"</main>"), nil
	}}}
	s, f, got := tracked(t, web, address)
	set := func(language string) {
		t.Helper()
		source := model.Source{URL: address}
		if language != "" {
			source.Request = &model.RequestSettings{AcceptLanguage: language}
		}
		if _, err := s.Track(t.Context(), []model.TrackRequest{{Platform: "Platform 0", Type: "Terms of Service",
			Source: source}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, language := range []string{"", "", "sv, de;q=0.2", ""} {
		set(language)
		if r := run(t, s, f, got); !r.Outcome.Good() {
			t.Errorf("%+v", r)
		}
	}
	want := []string{"fr, en;q=0.5", "fr, en;q=0.5", "sv, de;q=0.2", "fr, en;q=0.5"}
	if !slices.Equal(asked, want) {
		t.Errorf("asked for %q, want %q", asked, want)
	}
}

// TestServerThatLiesIsNotBelieved: one that says "not modified" of a page that changed
// is found out within two weeks, and asked in full each time from then on; an honest
// one is asked in full rarely.
func TestServerThatLiesIsNotBelieved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const liar, honest = "https://liar.example/terms", "https://honest.example/terms"
		text, full := page(""), map[string]int{}
		serve := func(lies bool) func(int, fetch.Request) (fetch.Response, error) {
			return func(_ int, r fetch.Request) (fetch.Response, error) {
				if r.ETag != "" && (lies || text == page("")) {
					a := answer(r, 304, "")
					a.NotModified = true
					return a, nil
				}
				full[r.URL]++
				a := answer(r, 200, text)
				if a.ETag = `"always"`; !lies {
					a.ETag = fmt.Sprintf("%q", fmt.Sprint(len(text)))
				}
				return a, nil
			}
		}
		web := &fakeWeb{pages: fakePages{liar: serve(true), honest: serve(false)}}
		s, f, got := tracked(t, web, liar, honest)
		day := func(days int) (outcomes map[string][]model.FetchKind) {
			outcomes = map[string][]model.FetchKind{}
			for range days {
				time.Sleep(24 * time.Hour)
				rows, err := s.Tracking(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				all, _, _ := watch.Due(rows, nil, true, time.Now())
				if err := f.Run(t.Context(), all); err != nil {
					t.Fatal(err)
				}
				for _, r := range got.drain() {
					outcomes[r.Tracked.Source.URL] = append(outcomes[r.Tracked.Source.URL], r.Outcome)
				}
			}
			return outcomes
		}
		day(40)
		if full[liar] != full[honest] || full[liar] < 3 || full[liar] > 4 {
			t.Errorf("asked in full %v times in 40 days without a change", full)
		}
		text = page("<p>You waive your right to take part in a class action.</p>")
		seen := day(15)
		if !slices.Contains(seen[liar], model.FetchChanged) || !slices.Contains(seen[honest], model.FetchChanged) {
			t.Errorf("the change was not seen: %v", seen)
		}
		text = page("<p>You waive your right to sue.</p>")
		if seen := day(1); seen[liar][0] != model.FetchChanged {
			t.Errorf("the liar is believed again: %v", seen)
		}
		rows, err := s.Tracking(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if row.Health.Distrusted != (row.Source.URL == liar) {
				t.Errorf("%s: distrusted %t", row.Source.URL, row.Health.Distrusted)
			}
		}
	})
}

// TestAcceptedStatusMakesADocument: of that status only, and its error page is still none.
func TestAcceptedStatusMakesADocument(t *testing.T) {
	const address = "https://acme.example/terms"
	status := 404
	web := &fakeWeb{pages: fakePages{address: func(_ int, r fetch.Request) (fetch.Response, error) {
		return answer(r, status, page("")), nil
	}}}
	s, f, got := tracked(t, web, address)
	if r := run(t, s, f, got); r.Outcome != model.FetchFailed {
		t.Errorf("without: %+v", r)
	}
	source := model.Source{URL: address, Request: &model.RequestSettings{AcceptStatus: []int{404}}}
	if _, err := s.Track(t.Context(), []model.TrackRequest{{Platform: "Platform 0", Type: "Terms of Service",
		Source: source}}); err != nil {
		t.Fatal(err)
	}
	if r := run(t, s, f, got); r.Outcome != model.FetchFirst || r.Status != 404 {
		t.Errorf("with: %+v", r)
	}
	if status = 410; run(t, s, f, got).Outcome != model.FetchFailed {
		t.Error("another status is accepted, too")
	}
}

// TestCharsetThatIsSetCounts: for the bytes that are here already, too.
func TestCharsetThatIsSetCounts(t *testing.T) {
	const address = "https://acme.example/terms"
	russian := strings.Repeat("<p>\xcc\xfb \xf5\xf0\xe0\xed\xe8\xec \xe2\xe0\xf8\xe8 \xe4\xe0\xed\xed\xfb\xe5.</p>", 12)
	web := &fakeWeb{pages: fakePages{address: func(_ int, r fetch.Request) (fetch.Response, error) {
		a := answer(r, 200, "<html><body><main>"+russian+"</main></body></html>")
		a.MediaType = "text/html; charset=iso-8859-1"
		return a, nil
	}}}
	s, f, got := tracked(t, web, address)
	run(t, s, f, got)
	source := model.Source{URL: address, Request: &model.RequestSettings{Charset: "windows-1251"}}
	if _, err := s.Track(t.Context(), []model.TrackRequest{{Platform: "Platform 0", Type: "Terms of Service",
		Source: source}}); err != nil {
		t.Fatal(err)
	}
	r := run(t, s, f, got)
	doc, err := s.Document(t.Context(), r.Tracked.Document)
	if err != nil {
		t.Fatal(err)
	}
	text, err := s.Text(t.Context(), r.Tracked.Document, doc.Versions)
	if err != nil || !strings.Contains(text, "Мы храним ваши данные.") || r.Change != "" {
		t.Errorf("%q, %+v, %v", text, r, err)
	}
}

// TestChangeUnderOtherSettingsSaysSo: what differs may be our doing.
func TestChangeUnderOtherSettingsSaysSo(t *testing.T) {
	const address = "https://acme.example/terms"
	web := &fakeWeb{pages: fakePages{address: func(_ int, r fetch.Request) (fetch.Response, error) {
		more := "<p>Customers elsewhere waive their right to sue.</p>"
		if len(r.Asking.Header) == 1 && r.Asking.Header[0] == (fetch.Field{Name: "X-Region", Value: "eu"}) {
			more = "<p>Customers in the union may sue at home.</p>"
		}
		return answer(r, 200, page(more)), nil
	}}}
	s, f, got := tracked(t, web, address)
	run(t, s, f, got)
	source := model.Source{URL: address, Request: &model.RequestSettings{
		Headers: []model.RequestField{{Name: "X-Region", Value: "eu"}}}}
	if _, err := s.Track(t.Context(), []model.TrackRequest{{Platform: "Platform 0", Type: "Terms of Service",
		Source: source}}); err != nil {
		t.Fatal(err)
	}
	r := run(t, s, f, got)
	if r.Outcome != model.FetchChanged {
		t.Fatalf("%+v", r)
	}
	if d, err := s.Change(t.Context(), r.Change); err != nil || !strings.Contains(d.Change.Detail, "in another way") {
		t.Errorf("%q, %v", d.Change.Detail, err)
	}
	// A secret whose value is nowhere is a failure that says so, and asks for nothing.
	d := watch.WebDocument{Platform: "Acme", Type: "Terms", Source: source}
	d.Source.Request = &model.RequestSettings{Cookies: []model.RequestField{{Name: "sid", Value: model.Masked}}}
	before := web.count(address)
	if _, err := watch.DryRun(t.Context(), web, d, "test", 0); err == nil || !strings.Contains(err.Error(),
		"the value of the cookie sid is not here") || web.count(address) != before {
		t.Errorf("%v", err)
	}
}
