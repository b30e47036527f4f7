package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestHeadersThatBreakTheExchangeAreRefused(t *testing.T) {
	for _, name := range strings.Fields("Host host CONTENT-LENGTH Transfer-Encoding Connection Keep-Alive TE Trailer " +
		"Upgrade Expect Accept-Encoding Proxy-Connection HTTP2-Settings If-None-Match If-Modified-Since Range " +
		":authority X:Y Füße") {
		if err := CheckHeader(name, "x"); !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, value := range []string{"a\r\nX-B: c", "a\nb", "a\x00b", " a", "a\x1b[2J", "ü", "a\x7f"} {
		if err := CheckHeader("X-A", value); !errors.Is(err, ErrInvalid) || strings.Contains(err.Error(), value) {
			t.Errorf("%q: %v", value, err)
		}
	}
	for _, value := range []string{"a;b", "a\nb", "ü"} {
		if err := CheckCookie("sid", value); !errors.Is(err, ErrInvalid) {
			t.Errorf("cookie %q: %v", value, err)
		}
	}
	for _, name := range strings.Fields("Accept Referer DNT X-Region Authorization Proxy-Authorization Sec-Fetch-Mode") {
		if err := CheckHeader(name, "a b\tc"); err != nil {
			t.Error(err)
		}
	}
}

func TestSecretHeadersAreKnownByNameOrValue(t *testing.T) {
	for header, want := range map[string]bool{
		"Authorization: x": true, "Proxy-Authorization: x": true, "X-Api-Key: x": true, "ApiKey: x": true,
		"X-Auth-Token: x": true, "X-Access-Key: x": true, "X-CSRF-Token: x": true, "X-Session-Id: x": true,
		"X-Custom: Bearer abc": true, "X-Custom: Basic dTpw": true, "X-Custom: eyJhbGciOi": true, "X-Secret: x": true,
		"X-Region: eu": false, "Accept: text/html": false, "Referer: https://a.example/": false, "X-Monkey: x": false,
		"DNT: 1": false, "X-Forwarded-For: 1.2.3.4": false, "X-Spinner: x": false, "X-Keyboard: qwertz": false,
	} {
		name, value, _ := strings.Cut(header, ": ")
		if got := IsSecretHeader(name, value); got != want {
			t.Errorf("%s: %t", header, got)
		}
	}
}

// TestSecretShowsNowhere: whatever it is printed or encoded by.
func TestSecretShowsNowhere(t *testing.T) {
	s := RequestSecret{URL: "https://a.example/", Name: "Authorization", Value: "open sesame"}
	b, err := json.Marshal(struct{ S []RequestSecret }{[]RequestSecret{s}})
	if err != nil {
		t.Fatal(err)
	}
	all := string(b) + fmt.Sprint(s, s.Value, &s)
	for _, verb := range strings.Fields("%v %+v %#v %q %s %x %d %T") {
		all += fmt.Sprintf(verb, s) + fmt.Sprintf(verb, s.Value)
	}
	if strings.Contains(all, "sesame") || strings.Contains(all, "736573616d65") || string(s.Value) != "open sesame" {
		t.Error(all)
	}
}

func TestSettingsAreSetByNameAndTakenAway(t *testing.T) {
	var r *RequestSettings
	set := r.Clone()
	secrets := append(set.SetHeader("X-Region", "eu", false), set.SetHeader("authorization", "Basic x", false)...)
	secrets = append(secrets, set.SetHeader("Cookie", "a=1; b=2=3; junk", false)...)
	secrets = append(secrets, set.SetHeader("X-Plain", "from a file", true)...)
	set.SetHeader("user-agent", "Probe", false)
	set.SetHeader("x-region", "us", false)
	set.AcceptStatus = []int{404}
	want := "header authorization: ***|header X-Plain: ***|header x-region: us|cookie a=***|cookie b=***|" +
		"user agent Probe|status 404 accepted"
	if got := strings.Join(set.Words(), "|"); got != want || len(secrets) != 4 || string(secrets[2].Value) != "2=3" {
		t.Errorf("%s, %d secrets", got, len(secrets))
	}
	for _, name := range []string{"X-REGION", "Authorization", "x-plain", "User-Agent", "Cookie"} {
		set.SetHeader(name, "", false)
	}
	if set.AcceptStatus = nil; !set.IsZero() || !r.IsZero() || !r.Accepts(203) || r.Accepts(404) {
		t.Errorf("left: %+v", set)
	}
	for _, bad := range []RequestSettings{{AcceptStatus: []int{304}}, {AcceptStatus: []int{429}}, {UserAgent: "a\nb"},
		{Charset: strings.Repeat("x", 2000)}, {Headers: make([]RequestField, 60)}} {
		if err := bad.Check(); !errors.Is(err, ErrInvalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// TestSecretIsFoundByItsPageOrOrigin, and never for another one.
func TestSecretIsFoundByItsPageOrOrigin(t *testing.T) {
	list := []RequestSecret{{URL: "https://a.example/1", Name: "X-Key", Value: "one"},
		{URL: "https://a.example/2", Name: "x-key", Value: "two"}, {URL: "https://a.example/1", Cookie: true, Name: "sid",
			Value: "three"}}
	for _, c := range []struct {
		wanted RequestSecret
		want   string
	}{
		{RequestSecret{URL: "https://a.example/1", Name: "X-KEY"}, "one"},
		{RequestSecret{URL: "https://a.example/2", Name: "X-Key"}, "two"},
		{RequestSecret{URL: "https://a.example/9", Cookie: true, Name: "sid"}, "three"},
		{RequestSecret{URL: "https://a.example/1", Cookie: true, Name: "SID"}, ""},
		{RequestSecret{URL: "https://b.example/1", Name: "X-Key"}, ""},
		{RequestSecret{URL: "http://a.example/1", Name: "X-Key"}, ""},
	} {
		if got, found := FindSecret(list, c.wanted); string(got.Value) != c.want || found != (c.want != "") {
			t.Errorf("%s of %s: found %t, another one than %q", c.wanted.What(), c.wanted.URL, found, c.want)
		}
	}
}
