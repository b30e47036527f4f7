package watch

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"strings"

	"fineprint/fetch"
	"fineprint/fetch/extract"
	"fineprint/store/model"
)

// reread makes the last good text of a document again, from the bytes that are
// here, when it was made by another extractor or with other selectors than the
// next one will be: what differs then is the platform's doing. other reports
// that it can't be made so, and that both differ.
func (f *Fetcher) reread(ctx context.Context, t model.Tracked) (again *model.Capture, other bool, err error) {
	if t.Health.Extractor == extract.Version {
		return nil, false, nil
	}
	var b model.Baseline
	err = RetryBusy(ctx, func() (err error) {
		b, err = f.To.Baseline(ctx, t)
		return err
	})
	switch {
	case errors.Is(err, model.ErrNotFound):
		return nil, true, nil
	case err != nil:
		return nil, false, err
	}
	reading, err := readAgain(t.Source.Pages(), b)
	if err != nil || strings.TrimSpace(reading.Text) == "" {
		return nil, true, nil // the selectors may be for the page as it is now
	}
	return &model.Capture{Platform: t.Platform.Name, Type: t.Type, Source: t.Source, CapturedAt: b.Snapshot.CapturedAt,
		Text: reading.Text, LeftOut: reading.LeftOut,
		Extractor: extract.Version, Origin: b.Snapshot.Origin, Reread: &b.Reread}, false, nil
}

// readAgain reads the bytes of a snapshot as pages are to be read.
func readAgain(pages []model.Page, b model.Baseline) (again extract.Reading, err error) {
	answers := []fetch.Response{{Body: b.Raw, MediaType: b.Snapshot.MediaType,
		FinalURL: cmp.Or(b.Snapshot.Origin.FinalURL, b.Snapshot.Origin.URL)}}
	if x := b.Snapshot.Origin.Exchange; x != nil {
		answers[0].Charset, answers[0].Rendered = x.Charset, x.Rendered
		if len(pages) == 1 && x.Rendered != pages[0].Browser {
			return again, errUnlike
		}
	}
	if media, params, _ := mime.ParseMediaType(b.Snapshot.MediaType); media == "multipart/mixed" {
		if answers, err = unbundle(b.Raw, params["boundary"]); err != nil {
			return again, err
		}
	}
	if len(answers) != len(pages) {
		return again, errUnlike
	}
	texts := make([]string, len(pages))
	for i, page := range pages {
		answers[i].FinalURL = cmp.Or(answers[i].FinalURL, page.URL)
		reading, err := readPage(page, answers[i])
		if err != nil {
			return again, err
		}
		texts[i] = reading.Text
		again.LeftOut = again.LeftOut.With(reading.LeftOut)
	}
	again.Text = extract.Join(texts)
	return again, nil
}

// errUnlike: the bytes that are here are not those of the pages asked for.
var errUnlike = fmt.Errorf("%w: the bytes are of other pages, or were not rendered alike", model.ErrInvalid)

// unbundle takes apart what bundle put together.
func unbundle(raw []byte, boundary string) ([]fetch.Response, error) {
	r := multipart.NewReader(bytes.NewReader(raw), boundary)
	var answers []fetch.Response
	for {
		part, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return answers, nil
		}
		if err != nil {
			return nil, fmt.Errorf("taking a bundle of pages apart: %w", err)
		}
		body, err := io.ReadAll(part)
		if err != nil {
			return nil, fmt.Errorf("taking a bundle of pages apart: %w", err)
		}
		answers = append(answers, fetch.Response{Body: body, MediaType: part.Header.Get("Content-Type"),
			FinalURL: part.Header.Get("Content-Location")})
	}
}
