package app

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"fineprint/cmd/internal/demosite"
	"fineprint/fetch"
	"fineprint/fetch/watch"
	"fineprint/store"
	"fineprint/store/model"
)

// DemoHost is where the sample site is served: on this machine only.
const DemoHost = "127.0.0.1"

// Demo is the sample: a database that is removed when it is closed, and the site
// that it was fetched from.
type Demo struct {
	Store  *store.Store
	dir    string
	server *http.Server
}

// NewDemo serves the sample site and takes its history in. It reports to progress how
// many pages are fetched.
func (a *App) NewDemo(ctx context.Context, progress func(done, total int)) (_ *Demo, err error) {
	d := &Demo{server: &http.Server{ReadHeaderTimeout: 5 * time.Second}}
	if d.dir, err = os.MkdirTemp("", "fineprint-demo-*"); err != nil {
		return nil, fmt.Errorf("creating a folder for the demo: %w: %w", model.ErrUnwritable, err)
	}
	if err := d.build(ctx, a, progress); err != nil {
		d.Close()
		return nil, fmt.Errorf("preparing the demo: %w", err)
	}
	return d, nil
}

// Close stops the site and removes the database.
func (d *Demo) Close() {
	_ = d.server.Close()
	_ = os.RemoveAll(d.dir)
}

// build takes every round of the sample site through the real fetch, extraction
// and detection, and goes on tracking it.
func (d *Demo) build(ctx context.Context, a *App, progress func(done, total int)) (err error) {
	options := a.storeOptions()
	options.BeforeWrite, options.BeforeMigration = nil, nil // it leaves nothing behind
	options.NoSync = true
	if d.Store, err = a.opened(store.Create(filepath.Join(d.dir, "demo.db"), options)); err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(DemoHost, "0"))
	if err != nil {
		return fmt.Errorf("serving the sample site: %w", err)
	}
	site := &demosite.Site{}
	d.server.Handler = site
	go func() { _ = d.server.Serve(listener) }()

	client := fetch.New(fetch.Options{UserAgent: a.Tool, AllowHosts: []string{DemoHost}})
	var tracked []model.TrackRequest
	total := demosite.Rounds * len(demosite.Documents)
	for round := range demosite.Rounds {
		site.SetRound(round)
		for i, doc := range demosite.Documents {
			source := model.Source{URL: "http://" + listener.Addr().String() + doc.Path}
			t := watch.WebDocument{Platform: doc.Platform, Type: doc.Type, Source: source}
			if _, err := watch.FetchDocument(ctx, client, d.Store, t, a.Tool, demosite.At(round)); err != nil {
				return err
			}
			progress(round*len(demosite.Documents)+i+1, total)
			if round == 0 {
				tracked = append(tracked, model.TrackRequest{Platform: doc.Platform, Type: doc.Type, Source: source})
			}
		}
	}
	_, err = d.Store.Track(ctx, tracked)
	return err
}
