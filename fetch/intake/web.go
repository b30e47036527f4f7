package intake

import (
	"context"
	"fmt"
	"time"

	"fineprint/fetch"
	"fineprint/fetch/extract"
	"fineprint/store/terms"
)

// Getter fetches a page.
type Getter interface {
	Get(ctx context.Context, address string) (fetch.Response, error)
}

// Tracked is one document that is fetched from the web.
type Tracked struct {
	Platform string
	Type     string
	Source   terms.Source
}

// FetchDocument gets a document, makes its text and records both, in one
// transaction. A page that can't be read, or comes with an error status, is
// kept as a failed capture. at is the capture time; zero means the time of the
// answer.
func FetchDocument(ctx context.Context, get Getter, to Recorder, t Tracked, tool string, at time.Time) (terms.Outcome, error) {
	r, err := get.Get(ctx, t.Source.URL)
	if err != nil {
		return terms.Outcome{}, err
	}
	if at.IsZero() {
		at = r.At
	}
	c := terms.Capture{Platform: t.Platform, Type: t.Type, Source: t.Source, CapturedAt: at, Raw: r.Body, MediaType: r.MediaType, Extractor: extract.Version,
		Origin: terms.Provenance{Method: terms.MethodWeb, Tool: tool, URL: t.Source.URL, FinalURL: r.FinalURL, Redirects: r.Redirects, Status: r.Status, Header: r.Header, Remote: r.Remote}}
	if c.Raw == nil {
		c.Raw = []byte{}
	}
	if r.Status >= 400 {
		c.Failure = fmt.Sprintf("status %d", r.Status)
	}
	text, err := extract.Text(extract.Input{Body: r.Body, MediaType: r.MediaType, BaseURL: r.FinalURL, Select: t.Source.Select, Remove: t.Source.Remove})
	if err != nil && c.Failure == "" {
		c.Failure = "unreadable: " + err.Error()
	}
	c.Text = text
	outcomes, err := to.Record(ctx, []terms.Capture{c})
	if err != nil {
		return terms.Outcome{}, err
	}
	return outcomes[0], nil
}
