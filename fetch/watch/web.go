package watch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"time"

	"fineprint/fetch"
	"fineprint/fetch/extract"
	"fineprint/store/model"
)

// Recorder is the part of a store that takes captures in.
type Recorder interface {
	Record(ctx context.Context, captures []model.Capture) ([]model.Outcome, error)
}

// Getter fetches a page.
type Getter interface {
	Fetch(ctx context.Context, r fetch.Request) (fetch.Response, error)
}

// WebDocument is one document that is fetched from the web.
type WebDocument struct {
	Platform     string
	Type         string
	Source       model.Source
	IgnoreRobots bool
	// Secrets are the values that Source has [model.Masked].
	Secrets []model.RequestSecret
	// Language is asked for where the source sets none; "" for English.
	Language string
}

// FetchDocument gets a document, makes its text and records both, in one
// transaction. A page that can't be read, or comes with an error status, is
// kept as a failed capture. at is the capture time; zero means the time of the
// answer.
func FetchDocument(ctx context.Context, get Getter, to Recorder, d WebDocument, tool string,
	at time.Time) (model.Outcome, error) {
	got, err := fetchPages(ctx, get, d, fetch.Request{}, tool)
	if err != nil {
		return model.Outcome{}, err
	}
	if !at.IsZero() {
		got.capture.CapturedAt = at
	}
	outcomes, err := to.Record(ctx, []model.Capture{got.capture})
	if err != nil {
		return model.Outcome{}, err
	}
	return outcomes[0], nil
}

// fetched is what fetching a document's pages brought.
type fetched struct {
	notModified bool // then there is no capture
	capture     model.Capture
	answer      fetch.Response // of the page, or the part that went wrong or came last
	answers     []fetch.Response
	bytes       int
}

// fetchPages fetches a document's pages, all of them or none, and makes their
// text. Only a document of one page is asked for on condition: with if's
// validators.
func fetchPages(ctx context.Context, get Getter, d WebDocument, conditions fetch.Request, tool string) (fetched,
	error) {
	pages := d.Source.Pages()
	if len(pages) == 0 {
		return fetched{}, fmt.Errorf("%w: %s / %s has no address to fetch from", model.ErrInvalid, d.Platform, d.Type)
	}
	var f fetched
	for _, page := range pages {
		asking, err := d.asking(page)
		if err != nil {
			return fetched{}, err
		}
		request := fetch.Request{URL: page.URL, IgnoreRobots: d.IgnoreRobots, Browser: page.Browser,
			Actions: page.Actions, Asking: asking, Accept: page.Request.AlsoAccepted()}
		if len(pages) == 1 && !page.Browser {
			request.ETag, request.LastModified = conditions.ETag, conditions.LastModified
		}
		r, err := get.Fetch(ctx, request)
		if err != nil {
			return fetched{}, err
		}
		f.answer = r
		f.bytes += len(r.Body)
		if r.NotModified && (request.ETag != "" || request.LastModified != "") {
			f.notModified = true
			return f, nil
		}
		f.answers = append(f.answers, r)
		if !page.Request.Accepts(r.Status) {
			break // its bytes are evidence, the rest would be no document
		}
	}
	f.capture = captureOf(d, pages, f.answers, tool)
	return f, nil
}

// captureOf makes a capture of the answers to a document's pages. Where one is
// not usable, the capture is failed.
func captureOf(d WebDocument, pages []model.Page, answers []fetch.Response, tool string) model.Capture {
	last := answers[len(answers)-1]
	c := model.Capture{Platform: d.Platform, Type: d.Type, Source: d.Source, CapturedAt: last.At,
		Extractor: extract.Version, Origin: provenance(last, pages[len(answers)-1].URL, d.IgnoreRobots, tool)}
	c.Raw, c.MediaType = last.Body, last.MediaType
	if c.Raw == nil {
		c.Raw = []byte{}
	}
	if !pages[len(answers)-1].Request.Accepts(last.Status) {
		c.Failure = statusWords(last.Status)
		return c
	}
	var texts []string
	for i, r := range answers {
		reading, err := readPage(pages[i], r)
		if err != nil {
			c.Failure = "can't be read: " + plainReason(err, pages[i].URL)
			break
		}
		texts = append(texts, reading.Text)
		c.LeftOut = c.LeftOut.With(reading.LeftOut)
	}
	if len(answers) > 1 {
		c.Raw, c.MediaType = bundle(answers)
		c.Origin = provenance(answers[0], pages[0].URL, d.IgnoreRobots, tool)
	}
	c.Text = extract.Join(texts)
	return c
}

// readPage reads the answer to a request for a page.
func readPage(page model.Page, r fetch.Response) (extract.Reading, error) {
	media := r.MediaType
	if page.PDF {
		media = "application/pdf"
	}
	return extract.Read(extract.Input{Body: r.Body, MediaType: media, Charset: page.Request.Encoding(), BaseURL: r.FinalURL,
		Select: page.Select, Remove: page.Remove, Filters: page.Filters})
}

func provenance(r fetch.Response, address string, robotsIgnored bool, tool string) model.Provenance {
	return model.Provenance{Method: model.MethodWeb, Tool: tool, URL: address, FinalURL: r.FinalURL,
		Redirects: r.Redirects, Status: r.Status, Header: r.Header, Remote: r.Remote,
		Exchange: &model.Exchange{Started: r.Started, Ended: r.At, Proto: r.Proto, TLSFingerprint: r.TLSFingerprint,
			EncodedSHA256: r.EncodedSHA256,
			EncodedBytes:  r.EncodedBytes, Charset: r.Charset, Rendered: r.Rendered, RobotsIgnored: robotsIgnored,
			Remark: r.Remark}}
}

// statusWords describes a status that is no success.
func statusWords(status int) string {
	if words := http.StatusText(status); words != "" {
		return fmt.Sprintf("the server answered %d %s", status, words)
	}
	return fmt.Sprintf("the server answered %d", status)
}

// bundle puts the pages of a document that has several into one body, exactly as
// they came: a multipart/mixed message whose boundary follows from what is in it.
func bundle(answers []fetch.Response) ([]byte, string) {
	h := sha256.New()
	for _, r := range answers {
		h.Write(r.Body)
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_ = w.SetBoundary(fmt.Sprintf("fineprint-%x", h.Sum(nil)[:24])) // hexadecimal: always valid
	for _, r := range answers {
		part, _ := w.CreatePart(textproto.MIMEHeader{"Content-Location": {r.FinalURL},
			"Content-Type": {r.MediaType}}) // a bytes.Buffer does not fail
		_, _ = part.Write(r.Body)
	}
	_ = w.Close()
	return b.Bytes(), "multipart/mixed; boundary=" + w.Boundary()
}

// plainReason describes in a few words why a fetch failed, without the address, which
// is shown beside it.
func plainReason(err error, address string) string {
	s := strings.TrimPrefix(err.Error(), "fetching "+address+": ")
	if errors.Is(err, model.ErrInvalid) {
		s = strings.Replace(s, model.ErrInvalid.Error()+": ", "", 1)
	}
	return s
}
