package main

import (
	"context"
	"fmt"
	"os/exec"
	"runtime"
	"time"

	"github.com/atotto/clipboard"

	"fineprint/store"
	"fineprint/store/model"
)

// lookEvery is how often an open desk looks whether the store was written to.
// Looking reads one page of the file, which is in the system's cache.
const lookEvery = 500 * time.Millisecond

// storeChanged returns what waits until the store was written to since it last
// returned. A file that can't be looked at for a moment is looked at again.
func storeChanged(s *store.Store) func(ctx context.Context) error {
	seen, err := s.ChangeCounter(context.Background())
	known := err == nil
	return func(ctx context.Context) error {
		tick := time.NewTicker(lookEvery)
		defer tick.Stop()
		for {
			now, err := s.ChangeCounter(ctx)
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err != nil:
			case !known:
				seen, known = now, true
			case now != seen:
				seen = now
				return nil
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-tick.C:
			}
		}
	}
}

// opener returns what shows a web address; offline that is refused, for a browser would ask.
func (a *cli) opener() func(ctx context.Context, address string) error {
	if a.settings != nil && a.settings.Values.Offline {
		return func(context.Context, string) error {
			return fmt.Errorf("%w: a browser would ask the network, which --offline, FINEPRINT_OFFLINE or the setting "+
				"offline forbids", model.ErrOffline)
		}
	}
	return openURL
}

// openURL shows a web address in the browser that the system would take. The
// address is handed over as one argument, with no shell between.
func openURL(ctx context.Context, address string) error {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	cmd := exec.CommandContext(context.WithoutCancel(ctx), name, args...)
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }()
	return nil
}

// clipboardOf copies by the system's own tools; nil where it has none.
func clipboardOf() func(string) error {
	if clipboard.Unsupported {
		return nil
	}
	return clipboard.WriteAll
}
