package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"reflect"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"fineprint/fetch"
	"fineprint/fetch/extract"
	"fineprint/fetch/ota"
	"fineprint/fetch/watch"
	"fineprint/store"
	"fineprint/store/model"
)

// document is one document on its way through its captures.
type document struct {
	platform, kind string
	path           string // on the site
	captures       int
	bodies         map[[32]byte]bool
	outcomes       map[model.FetchKind]int
	reasons        map[string]int // of what failed or was quarantined
	declared       bool           // read as declared
	retracked      int            // times that the declaration changed
	from, to       time.Time      // of its captures

	source  model.Source // as tracked
	tracked model.Tracked
	fetcher *watch.Fetcher
	now     time.Time
	entries chan ota.Entry

	changes []change // ours
	archive archive
}

func (d *document) name() string { return d.platform + "/" + d.kind }

// replay takes captures through the fetch.
type replay struct {
	store    *store.Store
	site     *site
	client   *fetch.Client
	sourceOf func(service, documentType string, at time.Time) (model.Source, bool)
	match    string
	progress io.Writer

	documents map[string]*document
}

// list is what was replayed, by name.
func (r *replay) list() []*document {
	list := make([]*document, 0, len(r.documents))
	for _, d := range r.documents {
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b *document) int { return cmp.Compare(a.name(), b.name()) })
	return list
}

// waiting is how many captures of a document wait for their turn.
const waiting = 8

// run fetches every capture of a history in its order, documents beside each
// other.
func (r *replay) run(ctx context.Context, dir string) (err error) {
	if r.site, err = newSite(); err != nil {
		return err
	}
	defer r.site.close()
	repo, err := ota.Open(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { _ = repo.Close() }()
	if repo.Info().Kind != ota.Snapshots {
		return fmt.Errorf("%w: %s holds versions, not raw captures", model.ErrInvalid, dir)
	}
	r.client = fetch.New(fetch.Options{AllowHosts: []string{r.site.host()}, PerHost: 16, Retries: -1})
	r.documents = map[string]*document{}
	g, running := errgroup.WithContext(ctx)
	last := time.Now()
	progress := func(done, total int) {
		if time.Since(last) > 5*time.Second || done == total {
			last = time.Now()
			fmt.Fprintf(r.progress, "%d of %d commits\n", done, total)
		}
	}
	err = repo.Each(running, func(string, string) bool { return false }, progress, func(e ota.Entry) error {
		if e.Deleted || !model.MatchName(r.match, e.Platform, e.Type) {
			return nil
		}
		d := r.documents[e.Platform+"/"+e.Type]
		if d == nil {
			d = r.begin(e)
			g.Go(func() error { return r.follow(running, d) })
		}
		select {
		case d.entries <- e:
			return nil
		case <-running.Done():
			return running.Err()
		}
	})
	for _, d := range r.documents {
		close(d.entries)
	}
	if failed := g.Wait(); failed != nil {
		return failed
	}
	return err
}

func (r *replay) begin(e ota.Entry) *document {
	d := &document{platform: e.Platform, kind: e.Type, path: fmt.Sprintf("/%d", len(r.documents)+1), from: e.CapturedAt,
		bodies: map[[32]byte]bool{}, outcomes: map[model.FetchKind]int{}, reasons: map[string]int{},
		entries: make(chan ota.Entry, waiting)}
	d.fetcher = &watch.Fetcher{Get: r.client, To: r.store, Tool: "replay", Workers: 1,
		Clock: func() time.Time { return d.now }, Jitter: func() float64 { return 0 }, Report: d.fetched}
	r.documents[d.name()] = d
	return d
}

func (d *document) fetched(r watch.Result) {
	d.outcomes[r.Outcome]++
	if r.Outcome == model.FetchFailed || r.Outcome == model.FetchQuarantined || r.Outcome == model.FetchSkipped {
		d.reasons[r.Reason]++
	}
}

// follow fetches a document's captures one after the other.
func (r *replay) follow(ctx context.Context, d *document) error {
	for e := range d.entries {
		if err := r.capture(ctx, d, e); err != nil {
			return err
		}
	}
	return nil
}

func (r *replay) capture(ctx context.Context, d *document, e ota.Entry) error {
	d.now, d.to = e.CapturedAt, e.CapturedAt
	d.captures++
	body := []byte(e.Content)
	d.bodies[sha256.Sum256(body)] = true
	media := extract.MediaTypeOf(e.Path, body)
	if media == "text/html" {
		media += "; charset=utf-8" // an archive writes what it fetched as UTF-8
	}
	address := r.site.put(d.path, page{body, media})
	if err := r.track(ctx, d, address); err != nil {
		return err
	}
	return d.fetcher.Run(ctx, []model.Tracked{d.tracked})
}

// track tracks the document as it is to be read at the time of the capture.
func (r *replay) track(ctx context.Context, d *document, address string) error {
	source := model.Source{URL: address}
	if r.sourceOf != nil {
		// Of a document of several pages a capture is one, and which one isn't known.
		if declared, ok := r.sourceOf(d.platform, d.kind, d.now); ok && len(declared.Pages()) == 1 {
			page := declared.Pages()[0]
			source.Select, source.Remove, source.Filters = page.Select, page.Remove, page.Filters
			d.declared = true
		}
	}
	if reflect.DeepEqual(source, d.source) {
		return nil
	}
	results, err := r.store.Track(ctx, []model.TrackRequest{{Platform: d.platform, Type: d.kind, Source: source}})
	if err != nil {
		return err
	}
	if results[0].Changed {
		d.retracked++
	}
	d.source, d.tracked = source, results[0].Tracked
	return nil
}
