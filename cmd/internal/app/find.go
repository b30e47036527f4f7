package app

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"fineprint/fetch"
	"fineprint/fetch/find"
	"fineprint/fetch/watch"
	"fineprint/store/model"
)

// FindRequest is where to look for legal documents.
type FindRequest struct {
	Address      string
	AllowHosts   []string
	Browser      bool
	IgnoreRobots bool
	Progress     func(done, total int) // may be nil
}

// FindResult is what a site links.
type FindResult struct {
	Pages     []string // that were searched for links
	Documents []model.FoundDocument
	LeftOut   []find.LeftOut
}

// Find lists the legal documents that a site's front or legal page links, and which of
// them are tracked. It tracks none.
func (a *App) Find(ctx context.Context, r FindRequest) (FindResult, error) {
	if err := a.online(); err != nil {
		return FindResult{}, err
	}
	address, err := webAddress(r.Address)
	if err != nil {
		return FindResult{}, err
	}
	rows, err := a.Tracking(ctx)
	if err != nil && !errors.Is(err, model.ErrNoStore) {
		return FindResult{}, err
	}
	client := a.WebClient(r.AllowHosts)
	defer client.Close()
	site, err := find.Documents(ctx, client, find.Options{
		Address: address, Browser: r.Browser, IgnoreRobots: r.IgnoreRobots, Progress: r.Progress,
	})
	if errors.Is(err, fetch.ErrRobots) {
		err = fmt.Errorf("%w; use --ignore-robots to fetch it anyway", err)
	}
	if err != nil {
		return FindResult{}, err
	}
	return FindResult{
		Pages: site.Pages, Documents: nameFound(site.Documents, rows, address), LeftOut: site.LeftOut,
	}, nil
}

// nameFound says of documents which are tracked, and what to track the others as.
func nameFound(found []find.Document, rows []model.TrackedRow, address string) []model.FoundDocument {
	platform := platformOf(address, rows)
	at, taken := map[string]model.Tracked{}, map[string]bool{}
	for _, row := range rows {
		for _, page := range row.Source.Pages() {
			at[sameAddress(page.URL)] = row.Tracked
		}
		if strings.EqualFold(row.Platform.Name, platform) {
			taken[row.Type] = true
		}
	}
	list := make([]model.FoundDocument, 0, len(found))
	for _, d := range found {
		one := model.FoundDocument{
			URL: d.URL, Title: d.Title, Type: d.Type, Language: d.Language, Problem: d.Problem,
			Platform: platform, Name: d.Type,
		}
		for _, link := range append(d.Links, d.URL) {
			if t, known := at[sameAddress(link)]; known {
				one.Tracked, one.Document, one.Platform, one.Name = true, t.Document, t.Platform.Name, t.Type
			}
		}
		if !one.Tracked {
			one.Name = freeName(d, taken)
			taken[one.Name] = true
		}
		list = append(list, one)
	}
	return list
}

// platformOf returns the platform that documents of a site are tracked under already, or
// the one that its address suggests.
func platformOf(address string, rows []model.TrackedRow) string {
	guess := watch.InferPlatform(address)
	for _, row := range rows {
		for _, page := range row.Source.Pages() {
			if watch.InferPlatform(page.URL) == guess {
				return row.Platform.Name
			}
		}
	}
	return guess
}

// maxNote is how much of a title tells two documents of one type apart, in bytes.
const maxNote = 60

// freeName returns a document's type, with its title where the type alone is taken.
func freeName(d find.Document, taken map[string]bool) string {
	name := d.Type
	title := d.Title
	for _, mark := range []string{" | ", " – ", " — ", " - ", " · "} {
		title, _, _ = strings.Cut(title, mark)
	}
	title = strings.Join(strings.Fields(strings.NewReplacer("/", " ", "*", " ", "?", " ", "[", " ").Replace(title)), " ")
	for len(title) > maxNote {
		_, n := utf8.DecodeLastRuneInString(title)
		title = title[:len(title)-n]
	}
	if taken[name] && title != "" {
		name = d.Type + " (" + title + ")"
	}
	for n := 2; taken[name]; n++ {
		name = fmt.Sprintf("%s (%d)", d.Type, n)
	}
	return name
}

// sameAddress is an address without what makes no other page of it.
func sameAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.Fragment, u.Scheme, u.Host = "", "https", strings.ToLower(u.Host)
	u.Path = strings.TrimSuffix(u.Path, "/")
	return u.String()
}
