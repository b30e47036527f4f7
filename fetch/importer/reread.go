package importer

import (
	"context"
	"errors"
	"mime"
	"strings"

	"fineprint/fetch/extract"
	"fineprint/fetch/office"
	"fineprint/fetch/ota"
	"fineprint/store/model"
)

// withRereads puts before captures what the documents that they are of said last, read
// by the present extractor, where another one read it and its bytes are here: what
// differs then is the platform's doing. It is looked for once a document.
func (im *importer) withRereads(ctx context.Context, captures []model.Capture) ([]model.Capture, error) {
	var again []model.Capture
	for i := range captures {
		c := &captures[i]
		name := nameOf(c)
		if c.Extractor != extract.Version || im.reread[name] {
			continue
		}
		if im.reread == nil {
			im.reread = map[model.DocumentName]bool{}
		}
		im.reread[name] = true
		b, err := im.to.LastReading(ctx, name, extract.Version)
		if errors.Is(err, model.ErrNotFound) {
			continue
		}
		if errors.Is(err, model.ErrUnreadable) {
			im.refuse(name, err)
			continue
		}
		if err != nil {
			return nil, err
		}
		in, ok := im.inputAgain(c, b)
		if !ok {
			continue
		}
		reading, err := extract.Read(in)
		if err != nil || strings.TrimSpace(reading.Text) == "" {
			continue
		}
		again = append(again, model.Capture{Platform: c.Platform, Type: c.Type, Source: c.Source,
			CapturedAt: b.Snapshot.CapturedAt, Text: reading.Text, LeftOut: reading.LeftOut, Extractor: extract.Version,
			Origin: b.Snapshot.Origin, Reread: &b.Reread})
	}
	return append(again, captures...), nil
}

// inputAgain is how bytes that are here are read, as others of their way in are. ok is
// false for what can't be read so: several pages in one, or one that scripts made.
func (im *importer) inputAgain(c *model.Capture, b model.Baseline) (in extract.Input, ok bool) {
	o := b.Snapshot.Origin
	in = extract.Input{Body: b.Raw, MediaType: b.Snapshot.MediaType, BaseURL: o.URL}
	pages := c.Source.Pages()
	if media, _, _ := mime.ParseMediaType(in.MediaType); media == "multipart/mixed" || len(pages) > 1 {
		return in, false
	}
	switch o.Method {
	case model.MethodFile:
		selectFile(&in, c.Source)
	case model.MethodOTASnapshots:
		declareInput(&in, im.options.SourceOf, ota.Entry{Platform: c.Platform, Type: c.Type,
			CapturedAt: b.Snapshot.CapturedAt})
	case model.MethodWayback:
		in.BaseURL = o.Archive.Path
		selectPage(&in, pages)
	default:
		if x := o.Exchange; x != nil {
			ok = x.Rendered // its charset is what was made out then: that may be a guess
		}
		if o.FinalURL != "" {
			in.BaseURL = o.FinalURL
		}
		selectPage(&in, pages)
		return in, !ok
	}
	return in, true
}

// selectFile has a file read by the selectors of its document, where they are for such.
func selectFile(in *extract.Input, source model.Source) {
	if source.Request != nil {
		in.Charset = source.Request.Charset
	}
	if in.MediaType == "text/html" || in.MediaType == string(office.Mail) {
		in.Select, in.Remove, in.Filters = source.Select, source.Remove, source.Filters
	}
}

// selectPage has a page read by its selectors.
func selectPage(in *extract.Input, pages []model.Page) {
	if len(pages) == 1 {
		if pages[0].Request != nil {
			in.Charset = pages[0].Request.Charset
		}
		in.Select, in.Remove, in.Filters = pages[0].Select, pages[0].Remove, pages[0].Filters
	}
}
