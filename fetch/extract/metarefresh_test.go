package extract

import (
	"errors"
	"strings"
	"testing"

	"fineprint/store/model"
)

// TestMetaRefreshStubIsErrLeadsOn: a few words and a refresh are no document.
func TestMetaRefreshStubIsErrLeadsOn(t *testing.T) {
	const base = "https://acme.example/terms"
	stub := `<p>You should be redirected quickly, if not <a href="/en/terms">click here</a>.</p>`
	refresh := func(content, body string) Input {
		return Input{Body: []byte(`<!doctype html><head><meta http-equiv="Refresh" content="` + content +
			`"></head><body>` + body), MediaType: "text/html", BaseURL: base}
	}
	for _, content := range []string{"0; url=/en/terms", "0;URL='https://acme.example/en/terms'",
		" 5 , url = /en/terms "} {
		for _, picks := range [][]model.Selector{nil, model.CSS(".legal")} {
			in := refresh(content, stub)
			in.Select = picks
			_, err := Text(in)
			if !errors.Is(err, ErrLeadsOn) || !strings.Contains(err.Error(), "https://acme.example/en/terms") {
				t.Errorf("%q, select %v: %v", content, picks, err)
			}
		}
	}
	long := "<p>" + strings.Repeat("We keep your data as long as the law asks for it. ", 20)
	for _, in := range []Input{
		refresh("0; url=/en/terms", long),  // the document is here
		refresh("300; url=/start", stub),   // leaves an idle reader
		refresh("5", stub),                 // loads itself again
		refresh("0; url=/terms#top", stub), // the same
		refresh("0; url=javascript:x", stub),
		{Body: []byte(`<head><noscript><meta http-equiv=refresh content="0; url=/nojs"></noscript></head>` + stub),
			MediaType: "text/html", BaseURL: base},
	} {
		if _, err := Text(in); err != nil {
			t.Errorf("%.80s: %v", in.Body, err)
		}
	}
}
