package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"fineprint/fetch"
	"fineprint/fetch/ota"
	"fineprint/fetch/watch"
	"fineprint/store"
	"fineprint/store/model"
)

// TrackRequest is which documents to track, and how.
type TrackRequest struct {
	// Targets are addresses, declarations, folders of declarations, or lists of
	// addresses; "-" is a list from Stdin.
	Targets []string
	Stdin   io.Reader

	Platform, Type string        // of an address; "": inferred from it or its page
	Every          time.Duration // 0: as it is, or as usual
	Source         SourceOptions
	AllowHosts     []string // private hosts that a page whose title is asked for may be on

	// Confirm is asked for a name, with what was guessed. It may be nil.
	Confirm func(what, guess string) string
	// Refused receives each part of a list or folder that is left out, and why.
	Refused func(where string, err error)
}

// TrackResult is the outcome.
type TrackResult struct {
	Documents []TrackedDocument
	Refused   int
}

// TrackedDocument is one document that is tracked now.
type TrackedDocument struct {
	store.TrackResult
	Inferred string // what of its name was guessed: "platform and type"
	// SamePage is another tracked document that is read from the very same page, as
	// long as no selector narrows this one to a part of it; "" for none.
	SamePage string
}

// Track tracks documents, or tracks them otherwise: those that are tracked
// already keep what the request leaves open. All are tracked in one transaction. The
// database is made when it isn't there and there is something to put into it.
func (a *App) Track(ctx context.Context, r TrackRequest) (TrackResult, error) {
	b := &trackBuilder{app: a, r: r, addressOf: map[string]string{}}
	s, err := a.openForFetching(ctx)
	if err == nil {
		b.tracked, err = tracking(ctx, s)
	} else if errors.Is(err, model.ErrNoStore) {
		err = nil
	}
	if err != nil {
		return TrackResult{}, err
	}
	for _, target := range r.Targets {
		if err := b.target(ctx, target); err != nil {
			return TrackResult{}, err
		}
	}
	result := TrackResult{Refused: b.refused}
	if len(b.requests) == 0 {
		return result, nil
	}
	if s == nil {
		if s, err = a.OpenOrCreate(); err != nil {
			return result, err
		}
	}
	result.Documents, err = b.record(ctx, s)
	return result, err
}

// TrackAddress tracks one address in the open database.
func (a *App) TrackAddress(ctx context.Context, address, platform, kind string) (TrackedDocument, error) {
	b := &trackBuilder{app: a, addressOf: map[string]string{}}
	s, err := a.Open()
	if err != nil {
		return TrackedDocument{}, err
	}
	if b.tracked, err = tracking(ctx, s); err != nil {
		return TrackedDocument{}, err
	}
	if err := b.address(ctx, address, platform, kind); err != nil {
		return TrackedDocument{}, err
	}
	documents, err := b.record(ctx, s)
	if err != nil {
		return TrackedDocument{}, err
	}
	return documents[0], nil
}

// Suggest guesses from an address, and from its page if need be, whose terms it
// has and of what type; "" for what can't be inferred.
func (a *App) Suggest(ctx context.Context, address string, allowHosts []string) (platform, kind string, err error) {
	if address, err = webAddress(address); err != nil {
		return "", "", err
	}
	client := a.WebClient(allowHosts)
	defer client.Close()
	d := watch.WebDocument{Source: model.Source{URL: address}}
	if kind, err = inferType(ctx, client, d); ctx.Err() == nil {
		err = nil // a page that can't be had suggests nothing
	}
	return watch.InferPlatform(address), kind, err
}

// inferType guesses a document's type from its address, else from its page's
// title; "" when it can't be inferred. The error is why the page can't be had.
func inferType(ctx context.Context, client *fetch.Client, d watch.WebDocument) (string, error) {
	if kind := watch.InferType(d.Source.Pages()[0].URL, ""); kind != "" {
		return kind, nil
	}
	d.Language = watch.LanguageOf(d.Source, "")
	title, err := watch.Title(ctx, client, d)
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	return watch.InferType("", title), err
}

// Untrack stops tracking the documents that match patterns, each of which must
// match one. It returns them.
func (a *App) Untrack(ctx context.Context, patterns []string) ([]model.Tracked, error) {
	s, err := a.openForFetching(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := tracking(ctx, s)
	if err != nil {
		return nil, err
	}
	removed, err := matching(rows, patterns)
	if err != nil {
		return nil, err
	}
	ids := make([]model.ID, len(removed))
	for i, t := range removed {
		ids[i] = t.Document
	}
	return removed, watch.RetryBusy(ctx, func() error { return s.Untrack(ctx, ids) })
}

// trackBuilder turns what was named into requests to the store.
type trackBuilder struct {
	app     *App
	r       TrackRequest
	tracked []model.TrackedRow // already

	requests  []model.TrackRequest
	inferred  []string          // of each request, what of its name was guessed
	addressOf map[string]string // by the names requested so far
	refused   int
	secrets   []model.RequestSecret // of all of them
}

// target reads one target.
func (b *trackBuilder) target(ctx context.Context, target string) error {
	if strings.Contains(target, "://") {
		return b.address(ctx, target, b.r.Platform, b.r.Type)
	}
	if target == "-" {
		return b.list(ctx, "standard input", b.r.Stdin)
	}
	info, err := os.Stat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %s is neither a URL (https://…) nor a file",
			model.ErrInvalid, target)
	case err != nil:
		return fmt.Errorf("%w: %s can't be read", model.ErrInvalid, target)
	case info.IsDir() || strings.HasSuffix(strings.ToLower(target), ".json"):
		return b.declarations(target)
	}
	f, err := os.Open(target)
	if err != nil {
		return fmt.Errorf("%w: %s can't be read", model.ErrInvalid, target)
	}
	defer func() { _ = f.Close() }()
	return b.list(ctx, target, f)
}

// maxListLine bounds a line of a list, in bytes.
const maxListLine = 1 << 16

// list reads addresses, one a line, with platform and type after tabs. A line
// that is not valid is refused and left out.
func (b *trackBuilder) list(ctx context.Context, name string, r io.Reader) error {
	if b.r.Type != "" {
		return fmt.Errorf("%w: --type applies to one document, and %s is a list", model.ErrInvalid, name)
	}
	b.r.Confirm = nil
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxListLine)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := append(strings.Split(line, "\t"), "", "")
		platform := strings.TrimSpace(f[1])
		if platform == "" {
			platform = b.r.Platform
		}
		if err := b.address(ctx, f[0], platform, strings.TrimSpace(f[2])); errors.Is(err, model.ErrInvalid) {
			b.refuse(fmt.Sprintf("%s, line %d", name, n), err)
		} else if err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%w: %s is not a list of URLs", model.ErrInvalid, name)
	}
	return nil
}

func (b *trackBuilder) refuse(where string, err error) {
	b.refused++
	if b.r.Refused != nil {
		b.r.Refused(where, err)
	}
}

// declarations requests to track what an Open Terms Archive declaration, or a
// folder of them, declares. What can't be read of it is refused and left out.
func (b *trackBuilder) declarations(path string) error {
	if b.r.Platform != "" || b.r.Type != "" || b.r.Source.Select != nil || b.r.Source.Remove != nil ||
		b.r.Source.Actions != nil || b.r.Source.Request.given() {
		return fmt.Errorf("%w: a declaration defines its own platform, type and selectors; "+
			"remove --platform, --type, --select, --remove, --action and the request options", model.ErrInvalid)
	}
	declared, err := ota.ReadDeclarations(path)
	if err != nil {
		if len(declared) == 0 {
			return err
		}
		for _, one := range joined(err) {
			b.refuse(path, one)
		}
	}
	for _, d := range declared {
		r := model.TrackRequest{
			Platform: d.Platform, Type: d.Type, Source: d.Source, Secrets: d.Secrets, Every: b.r.Every,
			IgnoreRobots: isSet(b.r.Source.IgnoreRobots),
		}
		r.Source.Browser = r.Source.Browser || isSet(b.r.Source.Browser)
		if known := b.known("", d.Platform, d.Type); known != nil && b.r.Source.IgnoreRobots == nil {
			r.IgnoreRobots = known.IgnoreRobots
		}
		if err := b.request(r, ""); err != nil {
			b.refuse(path, err)
		}
	}
	return nil
}

// joined lists the errors that one was joined from.
func joined(err error) []error {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		return several.Unwrap()
	}
	return []error{err}
}

// address requests to track one address. One that is tracked already keeps what
// the request leaves open.
func (b *trackBuilder) address(ctx context.Context, typed, platform, kind string) error {
	address, err := webAddress(typed)
	if err != nil {
		return err
	}
	r := model.TrackRequest{Platform: platform, Type: kind, Every: b.r.Every, Source: model.Source{URL: address}}
	if known := b.known(address, platform, kind); known != nil {
		r.Platform, r.Type, r.Source, r.IgnoreRobots = known.Platform.Name, known.Type, known.Source, known.IgnoreRobots
		r.Source.URL = address
	}
	if b.r.Source.IgnoreRobots != nil {
		r.IgnoreRobots = *b.r.Source.IgnoreRobots
	}
	if r.Secrets, err = b.r.Source.apply(&r.Source); err != nil {
		return err
	}
	b.secrets = append(b.secrets, r.Secrets...)
	if err := model.CheckOneHost(b.secrets, setByItself); err != nil {
		return err
	}
	inferred, err := b.name(ctx, &r, address)
	if err != nil {
		return err
	}
	if inferred != "" {
		for _, row := range b.tracked {
			if row.Platform.Name == r.Platform && row.Type == r.Type && row.Source.URL != address {
				return fmt.Errorf("%w: %s looks like %s, which is tracked at %s; "+
					"use --platform and --type: the same to replace its URL, different ones to track both",
					model.ErrInvalid, address, row.Name(), row.Source.Pages()[0].URL)
			}
		}
	}
	return b.request(r, inferred)
}

// known finds what is tracked under an address, or under the names given.
func (b *trackBuilder) known(address, platform, kind string) *model.TrackedRow {
	for i, row := range b.tracked {
		named := platform == row.Platform.Name && kind == row.Type
		sameAddress := address != "" && row.Source.URL == address &&
			(platform == "" || platform == row.Platform.Name) && (kind == "" || kind == row.Type)
		if named || sameAddress {
			return &b.tracked[i]
		}
	}
	return nil
}

// name completes the names of a request; it returns what it had to guess.
func (b *trackBuilder) name(ctx context.Context, r *model.TrackRequest, address string) (inferred string, err error) {
	var guessed []string
	if r.Platform == "" {
		r.Platform = b.confirm("Platform", watch.InferPlatform(address))
		guessed = append(guessed, "platform")
	}
	var unread error
	if r.Type == "" {
		d := watch.WebDocument{Source: r.Source, Secrets: r.Secrets, IgnoreRobots: r.IgnoreRobots}
		if r.Type, unread = inferType(ctx, b.app.WebClient(b.r.AllowHosts), d); ctx.Err() != nil {
			return "", ctx.Err()
		}
		r.Type = b.confirm("Type", r.Type)
		guessed = append(guessed, "type")
	}
	if r.Type == "" && unread != nil {
		return "", fmt.Errorf("%w: the type can't be derived from the URL, and its page can't be fetched "+
			"(%w); use --type (in a list: after a second tab)", model.ErrInvalid, unread)
	}
	if r.Platform == "" || r.Type == "" {
		return "", fmt.Errorf("%w: the type can't be derived from %s or its page; "+
			"use --type (in a list: after a second tab)", model.ErrInvalid, address)
	}
	return strings.Join(guessed, " and "), nil
}

func (b *trackBuilder) confirm(what, guess string) string {
	if b.r.Confirm == nil {
		return guess
	}
	return b.r.Confirm(what, guess)
}

// request takes a request in, unless another one has its name already.
func (b *trackBuilder) request(r model.TrackRequest, inferred string) error {
	name, address := r.Platform+"/"+r.Type, r.Source.Pages()[0].URL
	if other, taken := b.addressOf[name]; taken && other != address {
		return fmt.Errorf("%w: %s and %s would both be %s; name them differently", model.ErrInvalid, other, address, name)
	} else if taken {
		return nil
	}
	b.addressOf[name] = address
	b.requests, b.inferred = append(b.requests, r), append(b.inferred, inferred)
	return nil
}

// record tracks what was requested.
func (b *trackBuilder) record(ctx context.Context, s *store.Store) ([]TrackedDocument, error) {
	var results []store.TrackResult
	err := watch.RetryBusy(ctx, func() (err error) {
		results, err = s.Track(ctx, b.requests)
		return err
	})
	if err != nil {
		return nil, err
	}
	documents := make([]TrackedDocument, len(results))
	for i, r := range results {
		documents[i] = TrackedDocument{TrackResult: r, Inferred: b.inferred[i], SamePage: b.samePage(r, results)}
	}
	return documents, nil
}

// samePage names another tracked document that is read from the same page.
func (b *trackBuilder) samePage(r store.TrackResult, results []store.TrackResult) string {
	page := func(t model.Tracked) string {
		address, _, _ := strings.Cut(t.Source.URL, "#")
		return address
	}
	if page(r.Tracked) == "" || len(r.Source.Select) > 0 {
		return ""
	}
	others := make([]model.Tracked, 0, len(b.tracked)+len(results))
	for _, row := range b.tracked {
		others = append(others, row.Tracked)
	}
	for _, other := range results {
		others = append(others, other.Tracked)
	}
	for _, other := range others {
		if other.Document != r.Document && page(other) == page(r.Tracked) {
			return other.Name()
		}
	}
	return ""
}
