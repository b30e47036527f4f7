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

	"fineprint/cmd/demosite"
	"fineprint/fetch"
	"fineprint/fetch/intake"
	"fineprint/store"
	"fineprint/store/terms"
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

func runDemo(ctx context.Context, a *app) (err error) {
	plain := a.plain || a.json
	if !plain && (!isTerminal(a.in) || !isTerminal(a.out)) {
		return fmt.Errorf("%w: the desk needs a terminal; `fineprint demo --plain` prints the queue and a redline", terms.ErrInvalid)
	}
	dir, err := os.MkdirTemp("", "fineprint-demo-*")
	if err != nil {
		return fmt.Errorf("making a folder for the demo: %w: %w", terms.ErrUnwritable, err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	s, err := buildDemo(ctx, a, filepath.Join(dir, "demo.db"))
	if err != nil {
		return fmt.Errorf("preparing the demo: %w", err)
	}
	if !plain {
		return a.openDesk(ctx, s)
	}
	page, err := s.Queue(ctx, terms.QueueFilter{})
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
	return showChange(ctx, a, &showOptions{}, s, page.Changes[0].ID)
}

// buildDemo serves the sample site on loopback and takes every round of it
// through the real fetch, extraction and detection.
func buildDemo(ctx context.Context, a *app, path string) (*store.Store, error) {
	options := a.storeOptions()
	options.NoSync = true
	s, err := store.Create(path, options)
	if err != nil {
		return nil, err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("serving the sample site: %w", err)
	}
	site := &demosite.Site{}
	server := &http.Server{Handler: site, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = server.Serve(listener) }()
	defer func() { _ = server.Close() }()

	client := fetch.New(fetch.Options{UserAgent: toolName(), AllowHosts: []string{"127.0.0.1"}})
	bar := newProgress(a, "fetching the sample site")
	defer bar.end()
	total := demosite.Rounds * len(demosite.Documents)
	for round := range demosite.Rounds {
		site.SetRound(round)
		for i, d := range demosite.Documents {
			t := intake.WebDocument{Platform: d.Platform, Type: d.Type, Source: terms.Source{URL: "http://" + listener.Addr().String() + d.Path}}
			if _, err := intake.FetchDocument(ctx, client, s, t, toolName(), demosite.At(round)); err != nil {
				return nil, err
			}
			bar.at(round*len(demosite.Documents)+i+1, total)
		}
	}
	return s, nil
}
