package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/demosite"
	"fineprint/fetch"
	"fineprint/fetch/watch"
	"fineprint/store"
	"fineprint/store/model"
)

func newDemoCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Look around on an embedded sample; leaves nothing behind",
		Long: `Serve an invented web site on this machine, fetch it over its pretended
history through the real pipeline, and open the desk on what changed. With
--plain, print the queue and one redline instead. Nothing is left behind.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runDemo(cmd.Context(), a) },
	}
}

func runDemo(ctx context.Context, a *app) error {
	plain := a.plain || a.json
	if !plain && (!isTerminal(a.in) || !isTerminal(a.out)) {
		return fmt.Errorf("%w: the desk needs a terminal; `fineprint demo --plain` prints the queue and a redline", model.ErrInvalid)
	}
	bar := newProgress(a, "fetching the sample site")
	d, err := newDemo(ctx, a, bar.at)
	bar.end()
	if err != nil {
		return err
	}
	defer d.close()
	if !plain {
		return a.openDesk(ctx, d.store, demoHost)
	}
	page, err := d.store.Queue(ctx, model.QueueFilter{})
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(page)
	}
	a.printQueue(page)
	if len(page.Changes) == 0 {
		return nil
	}
	a.printf("\n")
	return showChange(ctx, a, &showOptions{}, d.store, page.Changes[0].ID)
}

// demoHost is where the sample site is served: on this machine only.
const demoHost = "127.0.0.1"

// demo is the sample: a database that goes when it is closed, and the site that
// it was fetched from.
type demo struct {
	store  *store.Store
	dir    string
	server *http.Server
}

// newDemo serves the sample site and takes its history in, telling how far it
// is.
func newDemo(ctx context.Context, a *app, progress func(done, total int)) (_ *demo, err error) {
	d := &demo{server: &http.Server{ReadHeaderTimeout: 5 * time.Second}}
	if d.dir, err = os.MkdirTemp("", "fineprint-demo-*"); err != nil {
		return nil, fmt.Errorf("making a folder for the demo: %w: %w", model.ErrUnwritable, err)
	}
	if err := d.build(ctx, a, progress); err != nil {
		d.close()
		return nil, fmt.Errorf("preparing the demo: %w", err)
	}
	return d, nil
}

func (d *demo) close() {
	_ = d.server.Close()
	_ = os.RemoveAll(d.dir)
}

// build takes every round of the sample site through the real fetch, extraction
// and detection, and goes on tracking it.
func (d *demo) build(ctx context.Context, a *app, progress func(done, total int)) (err error) {
	options := a.storeOptions()
	options.NoSync = true
	if d.store, err = store.Create(filepath.Join(d.dir, "demo.db"), options); err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(demoHost, "0"))
	if err != nil {
		return fmt.Errorf("serving the sample site: %w", err)
	}
	site := &demosite.Site{}
	d.server.Handler = site
	go func() { _ = d.server.Serve(listener) }()

	client := fetch.New(fetch.Options{UserAgent: toolName(), AllowHosts: []string{demoHost}})
	var tracked []model.TrackRequest
	total := demosite.Rounds * len(demosite.Documents)
	for round := range demosite.Rounds {
		site.SetRound(round)
		for i, doc := range demosite.Documents {
			source := model.Source{URL: "http://" + listener.Addr().String() + doc.Path}
			t := watch.WebDocument{Platform: doc.Platform, Type: doc.Type, Source: source}
			if _, err := watch.FetchDocument(ctx, client, d.store, t, toolName(), demosite.At(round)); err != nil {
				return err
			}
			progress(round*len(demosite.Documents)+i+1, total)
			if round == 0 {
				tracked = append(tracked, model.TrackRequest{Platform: doc.Platform, Type: doc.Type, Source: source})
			}
		}
	}
	_, err = d.store.Track(ctx, tracked)
	return err
}
