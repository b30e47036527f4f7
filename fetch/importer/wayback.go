package importer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"fineprint/fetch"
	"fineprint/fetch/extract"
	"fineprint/store/model"
)

// Getter fetches a page.
type Getter interface {
	Fetch(ctx context.Context, r fetch.Request) (fetch.Response, error)
}

// WaybackOptions narrow what of the Internet Archive's captures to take in.
type WaybackOptions struct {
	Since time.Time     // captured at or after
	Every time.Duration // at most one capture in this while
	Tool  string
	// Base is where the archive is; "" for https://web.archive.org.
	Base     string
	Progress func(Progress)
}

const (
	waybackBase = "https://web.archive.org"
	// maxIndex bounds the captures of one document.
	maxIndex = 100_000
	// givesUp is after how many failures one after the other the archive is
	// taken to be out of reach.
	givesUp = 5
)

// archived is one line of the archive's index.
type archived struct {
	timestamp, original, media, digest string
	at                                 time.Time
}

// ImportWayback takes in the captures that the Internet Archive has of a
// document's page: its CDX index lists them, and each is got as it was
// (the "id_" form), with its archive address as provenance. Captures with the
// digest of the one before are not got. Again, and after an interruption, only
// what is new is.
func ImportWayback(ctx context.Context, get Getter, to Recorder, name model.DocumentName, source model.Source,
	o WaybackOptions) (LooseSummary, error) {
	pages := source.Pages()
	if len(pages) != 1 {
		return LooseSummary{}, fmt.Errorf("%w: %s / %s has %d pages; the archive's captures of several pages don't "+
			"belong together", model.ErrInvalid, name.Platform, name.Type, len(pages))
	}
	if o.Base == "" {
		o.Base = waybackBase
	}
	l, err := newLooseImport(ctx, to, syntheticID("wayback", pages[0].URL), 16)
	if err != nil {
		return LooseSummary{}, err
	}
	index, err := waybackIndex(ctx, get, pages[0].URL, o)
	if err != nil {
		return LooseSummary{}, err
	}
	index = thin(index, o.Every)
	failures := 0
	for i, a := range index {
		err := l.archived(ctx, get, name, source, a, o)
		var missed *missedError
		var later fetch.RetryLater
		switch {
		case errors.As(err, &later):
			return l.end(ctx, fmt.Errorf("asking the archive for the capture of %s: %w", a.at.Format(time.DateTime), later))
		case errors.As(err, &missed) && ctx.Err() == nil:
			l.sum.Skipped++
			l.sum.remark(fmt.Sprintf("the capture of %s can't be had: %v", a.at.Format(time.DateTime), missed.err))
			if failures++; failures >= givesUp {
				return l.end(ctx, fmt.Errorf("the archive gave none of %d captures one after the other: %w", givesUp,
					missed.err))
			}
		case err != nil:
			return l.end(ctx, err)
		default:
			failures = 0
		}
		if o.Progress != nil {
			o.Progress(Progress{i + 1, len(index)})
		}
	}
	return l.end(ctx, nil)
}

// missedError reports that one capture can't be had; others may.
type missedError struct{ err error }

func (e *missedError) Error() string { return e.err.Error() }
func (e *missedError) Unwrap() error { return e.err }

func waybackIndex(ctx context.Context, get Getter, address string, o WaybackOptions) ([]archived, error) {
	query := url.Values{"url": {address}, "output": {"json"}, "fl": {"timestamp,original,mimetype,statuscode,digest"},
		"filter": {"statuscode:200"}, "collapse": {"digest"}, "limit": {fmt.Sprint(maxIndex)}}
	if !o.Since.IsZero() {
		query.Set("from", o.Since.UTC().Format("20060102150405"))
	}
	// The archive's robots.txt is about crawlers of its pages; the index and the
	// captures of one address are asked for as its interface describes.
	r, err := get.Fetch(ctx, fetch.Request{URL: o.Base + "/cdx/search/cdx?" + query.Encode(), IgnoreRobots: true})
	if err != nil {
		return nil, fmt.Errorf("asking the archive for its captures: %w", err)
	}
	if r.Status != 200 {
		return nil, fmt.Errorf("%w: the archive answers status %d when asked for its captures", model.ErrInvalid,
			r.Status)
	}
	return parseIndex(r.Body, o.Since)
}

var timestamp = regexp.MustCompile(`^[0-9]{14}$`)

// parseIndex reads a CDX answer in JSON: a list of rows, the first one naming
// the columns. Rows that make no sense are passed over.
func parseIndex(b []byte, since time.Time) ([]archived, error) {
	if strings.TrimSpace(string(b)) == "" {
		return nil, nil
	}
	var rows [][]string
	if err := json.Unmarshal(b, &rows); err != nil {
		return nil, fmt.Errorf("%w: the archive's index can't be read", model.ErrInvalid)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, name := range []string{"timestamp", "original", "digest"} {
		if _, ok := column[name]; !ok {
			return nil, fmt.Errorf("%w: the archive's index has no column %q", model.ErrInvalid, name)
		}
	}
	var list []archived
	for _, row := range rows[1:] {
		cell := func(name string) string {
			if i, ok := column[name]; ok && i < len(row) {
				return row[i]
			}
			return ""
		}
		a := archived{timestamp: cell("timestamp"), original: cell("original"), media: cell("mimetype"),
			digest: cell("digest")}
		at, err := time.Parse("20060102150405", a.timestamp)
		u, bad := url.Parse(a.original)
		status := cell("statuscode")
		if err != nil || bad != nil || !timestamp.MatchString(a.timestamp) ||
			(u.Scheme != "http" && u.Scheme != "https") || (status != "" && status != "200") {
			continue
		}
		if a.at = at; !at.Before(since) {
			list = append(list, a)
		}
	}
	return list, nil
}

// thin leaves out captures with the digest of the one before, and those that
// come sooner after one than every.
func thin(index []archived, every time.Duration) []archived {
	var kept []archived
	for _, a := range index {
		if n := len(kept); n > 0 && (a.digest != "" && a.digest == kept[n-1].digest || a.at.Sub(kept[n-1].at) < every) {
			continue
		}
		kept = append(kept, a)
	}
	return kept
}

// archived takes one capture in.
func (l *looseImport) archived(ctx context.Context, get Getter, name model.DocumentName, source model.Source,
	a archived, o WaybackOptions) error {
	commit := syntheticID("wayback", a.timestamp, a.original)
	if l.isKnown(commit, a.original) {
		return nil
	}
	address := o.Base + "/web/" + a.timestamp + "id_/" + a.original
	r, err := get.Fetch(ctx, fetch.Request{URL: address, IgnoreRobots: true})
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return &missedError{err}
	}
	if r.Status != 200 {
		return &missedError{fmt.Errorf("status %d", r.Status)}
	}
	page := source.Pages()[0]
	c := model.Capture{Platform: name.Platform, Type: name.Type, Source: source, CapturedAt: a.at, Raw: r.Body,
		MediaType: r.MediaType, Extractor: extract.Version,
		Origin: model.Provenance{Method: model.MethodWayback, Tool: o.Tool, URL: page.URL, FinalURL: r.FinalURL,
			Redirects: r.Redirects, Status: r.Status, Header: r.Header, Remote: r.Remote,
			Archive: &model.ArchiveOrigin{Repo: "web.archive.org", Root: l.root, Commit: commit, Path: a.original,
				Locations: []string{address}, Snapshots: []string{a.digest}}}}
	if c.Raw == nil {
		c.Raw = []byte{}
	}
	in := extract.Input{Body: r.Body, MediaType: r.MediaType, Charset: page.Request.Encoding(),
		BaseURL: a.original, Select: page.Select, Remove: page.Remove, Filters: page.Filters}
	reading, err := extract.Read(in)
	c.Text, c.LeftOut = reading.Text, reading.LeftOut
	if err != nil {
		c.Failure = "unreadable: " + err.Error()
	}
	return l.add(ctx, c)
}
