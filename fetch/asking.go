package fetch

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Field is a header or a cookie that is sent beside ours.
type Field struct {
	Name, Value string
	// Secret: the value is sent to the page's own origin alone, and not as soon as a
	// redirect led away from it. A cookie's always is.
	Secret bool
}

// Asking is how a page is asked for, beyond its address.
type Asking struct {
	Header  []Field
	Cookies []Field
	// UserAgent names the program in place of [Options.UserAgent], to the site's
	// robots.txt too.
	UserAgent      string
	AcceptLanguage string // "" for none
}

// setOn sets the fields of a request; those of the page come after ours, and before
// what the exchange itself needs.
func (a Asking) setOn(h http.Header) {
	for _, f := range a.Header {
		h.Set(f.Name, f.Value)
	}
	var cookies []string
	for _, c := range a.Cookies {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	if len(cookies) > 0 {
		h.Set("Cookie", strings.Join(cookies, "; "))
	}
}

// secretNames are the headers that no other origin is sent.
func (a Asking) secretNames() []string {
	var names []string
	if len(a.Cookies) > 0 {
		names = append(names, "Cookie")
	}
	for _, f := range a.Header {
		if f.Secret {
			names = append(names, f.Name)
		}
	}
	return names
}

// SameOrigin reports whether what is for the origin of one address may be sent to
// another: the same scheme, host and port, or the step from http to https on their
// usual ports.
func SameOrigin(from, to *url.URL) bool {
	host := func(u *url.URL) string { return strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")) }
	if host(from) != host(to) {
		return false
	}
	if from.Scheme == to.Scheme {
		return portOf(from) == portOf(to)
	}
	return from.Scheme == "http" && to.Scheme == "https" && portOf(from) == "80" && portOf(to) == "443"
}

func portOf(u *url.URL) string {
	if port := u.Port(); port != "" {
		return port
	}
	return map[string]string{"http": "80", "https": "443"}[u.Scheme]
}

// keepSecrets takes the secrets out of a request that a redirect led to another
// origin, or that comes back from one: who was between has a say in its address.
func keepSecrets(req *http.Request, via []*http.Request, names []string) {
	for _, u := range via[1:] {
		if !SameOrigin(via[0].URL, u.URL) {
			dropHeaders(req.Header, names)
			return
		}
	}
	if !SameOrigin(via[0].URL, req.URL) || via[len(via)-1].URL.Scheme == "https" && req.URL.Scheme == "http" {
		dropHeaders(req.Header, names)
	}
}

func dropHeaders(h http.Header, names []string) {
	for _, name := range names {
		h.Del(name)
	}
}

// leastHidden is how long a secret is that is looked for in what a server says of
// the exchange; a shorter one may be a word of it.
const leastHidden = 8

// hide puts asterisks in place of secrets that a server repeats in its headers and
// addresses, which are kept and shown.
func (a Asking) hide(r *Response) {
	var pairs []string
	for _, f := range append(slices.Clone(a.Cookies), a.Header...) {
		// A value may be two words: its scheme and the secret itself.
		for _, value := range append(strings.Fields(f.Value), f.Value) {
			if f.Secret && len(value) >= leastHidden {
				pairs = append(pairs, value, "***", url.QueryEscape(value), "***", url.PathEscape(value), "***")
			}
		}
	}
	if len(pairs) == 0 {
		return
	}
	hidden := strings.NewReplacer(pairs...)
	for name, v := range r.Header {
		r.Header[name] = hidden.Replace(v)
	}
	r.FinalURL = hidden.Replace(r.FinalURL)
	for i, u := range r.Redirects {
		r.Redirects[i] = hidden.Replace(u)
	}
	r.ETag, r.LastModified = hidden.Replace(r.ETag), hidden.Replace(r.LastModified)
}
