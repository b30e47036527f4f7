package find_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"fineprint/fetch"
	"fineprint/fetch/find"
)

// server answers with a page each; what is not there is 404.
func server(t *testing.T, handle func(w http.ResponseWriter, r *http.Request)) (string, *fetch.Client) {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		handle(w, r)
	}))
	t.Cleanup(s.Close)
	c := fetch.New(fetch.Options{AllowHosts: []string{strings.TrimPrefix(s.URL, "http://")}, Retries: -1})
	t.Cleanup(c.Close)
	return s.URL, c
}

// TestAHundredThousandLinks: what is looked at and what is got is bounded, and it is said
// that there was more.
func TestAHundredThousandLinks(t *testing.T) {
	var got atomic.Int64
	var page strings.Builder
	page.WriteString(`<html lang="en"><body><footer>`)
	for i := range 100_000 {
		fmt.Fprintf(&page, `<a href="/privacy-policy?n=%d">Privacy Policy</a>x`, i)
	}
	url, client := server(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			_, _ = fmt.Fprint(w, page.String())
			return
		}
		got.Add(1)
		_, _ = fmt.Fprintf(w, "<title>%s</title>", r.URL.RawQuery)
	})
	site, err := find.Documents(t.Context(), client, find.Options{Address: url + "/"})
	if err != nil {
		t.Fatal(err)
	}
	if n := got.Load(); n != 60 || len(site.Documents) != 60 {
		t.Errorf("%d documents were got, %d listed; should be 60", n, len(site.Documents))
	}
	said := fmt.Sprint(site.LeftOut)
	for _, want := range []string{"more links than the 5000", "more documents are linked than the 60"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said", want)
		}
	}
}

// TestHubsWithoutEnd: each hub names another one; one is followed.
func TestHubsWithoutEnd(t *testing.T) {
	var pages atomic.Int64
	url, client := server(t, func(w http.ResponseWriter, r *http.Request) {
		n := pages.Add(1)
		_, _ = fmt.Fprintf(w, `<main><a href="/legal/%d">Legal</a> <a href="/legal/x/%d">Policies</a></main>`, n, n)
	})
	site, err := find.Documents(t.Context(), client, find.Options{Address: url + "/"})
	if err != nil || len(site.Pages) != 2 || pages.Load() != 2 {
		t.Errorf("%d pages were got, %v searched (%v); should be 2", pages.Load(), site.Pages, err)
	}
}

// TestPrivateAddressesAreLeftOut: links and redirects into a private network are not
// followed, whatever a page calls them.
func TestPrivateAddressesAreLeftOut(t *testing.T) {
	canary := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("the canary was reached")
	}))
	defer canary.Close()
	url, client := server(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/terms":
			http.Redirect(w, r, canary.URL+"/terms", http.StatusFound)
		default:
			_, _ = fmt.Fprintf(w, `<footer><a href="%s/privacy">Privacy Policy</a> <a href="/terms">Terms of Service</a>
<a href="http://169.254.169.254/imprint">Imprint</a> <a href="http://[::1]/cookies">Cookie Policy</a>
<a href="file:///etc/passwd">Accessibility Statement</a> <a href="%s/legal">Legal</a></footer>`, canary.URL, canary.URL)
		}
	})
	site, err := find.Documents(t.Context(), client, find.Options{Address: url + "/"})
	if err != nil || len(site.Documents) != 0 || len(site.LeftOut) < 4 {
		t.Errorf("found %v, left out %v (%v)", site.Documents, site.LeftOut, err)
	}
}

// TestPagesMadeToBeSlowToSearch: deep and broad pages and endless texts.
func TestPagesMadeToBeSlowToSearch(t *testing.T) {
	for name, body := range map[string]string{
		"broad":   "<p>" + strings.Repeat("<b></b>", 300_000) + strings.Repeat(`<a href="/terms">Terms</a>`, 3000),
		"deep":    strings.Repeat("<div>", 200) + strings.Repeat(`<span><a href="/privacy">Privacy</a></span>`, 4000),
		"long":    `<a href="/t">` + strings.Repeat("terms and conditions privacy ", 200_000) + `</a>`,
		"marks":   `<a href="/t">` + strings.Repeat("a\u0300\u0301", 200_000) + `</a>`,
		"address": `<a href="/` + strings.Repeat("terms/", 20_000) + `">Terms</a>`,
	} {
		t.Run(name, func(t *testing.T) {
			url, client := server(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/" {
					_, _ = fmt.Fprint(w, body)
				}
			})
			if _, err := find.Documents(t.Context(), client, find.Options{Address: url + "/"}); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestWhatLinksLeadTo: the front page in place of a document, a site that refuses, and
// addresses of one document.
func TestWhatLinksLeadTo(t *testing.T) {
	url, client := server(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			_, _ = fmt.Fprint(w, `<html lang="nl"><footer><a href="/terms">Terms of Service</a> <a href="/tos">ToS</a>
<a href="/same">User agreement</a> <a href="/privacy">Privacy Policy</a> <a href="/cookies">Cookie Policy</a>
<a href="/imprint" hreflang="de_CH">Impressum</a></footer>`)
		case "/tos":
			http.Redirect(w, r, "/terms#top", http.StatusMovedPermanently)
		case "/terms", "/same":
			_, _ = fmt.Fprint(w, `<html lang="pt-br"><title>Acme</title><h1>Terms</h1>`)
		case "/privacy":
			http.Redirect(w, r, "/?gone=privacy", http.StatusFound)
		case "/cookies":
			http.Error(w, "no", http.StatusForbidden)
		case "/imprint":
			_, _ = fmt.Fprint(w, `<title>Impressum</title>`)
		}
	})
	site, err := find.Documents(t.Context(), client, find.Options{Address: url})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, d := range site.Documents {
		lines = append(lines, fmt.Sprintf("%s %q %s %s %d %s", strings.TrimPrefix(d.URL, url), d.Title, d.Type, d.Language,
			len(d.Links), d.Problem))
	}
	want := []string{
		`/terms "Terms of Service" Terms of Service pt-br 3 `,
		`/cookies "Cookie Policy" Trackers Policy nl 1 the server answered 403 Forbidden`,
		`/imprint "Impressum" Imprint de-CH 1 `,
	}
	if got := strings.Join(lines, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("found\n%s\nshould be\n%s", got, strings.Join(want, "\n"))
	}
}

// TestStoppingASearch: who stops it gets the reason, and no half of a list.
func TestStoppingASearch(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	url, client := server(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			stop()
		}
		_, _ = fmt.Fprint(w, `<footer><a href="/terms">Terms of Service</a> <a href="/privacy">Privacy Policy</a></footer>`)
	})
	if site, err := find.Documents(ctx, client, find.Options{Address: url}); err == nil || len(site.Documents) > 0 {
		t.Errorf("found %v (%v), should be stopped", site.Documents, err)
	}
}
