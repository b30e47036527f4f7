package main

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"fineprint/store"
	"fineprint/store/model"
)

// TestDeskShowsWhatOthersWrite: what another process writes ends the wait, what
// is only read does not, and a desk that is left stops waiting.
func TestDeskShowsWhatOthersWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s, err := store.Create(path, store.Options{Actor: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	other, err := store.Open(path, store.Options{Actor: "ben"})
	if err != nil {
		t.Fatal(err)
	}
	changed := storeChanged(s)
	woke := make(chan error, 1)
	go func() { woke <- changed(t.Context()) }()
	if _, err := other.Stats(t.Context()); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-woke:
		t.Fatalf("reading woke it: %v", err)
	case <-time.After(2 * lookEvery):
	}
	if _, err := other.Record(t.Context(), []model.Capture{{Platform: "Acme", Type: "Terms",
		Text: "# Terms\n\nBe kind.\n", CapturedAt: time.Now()}}); err != nil {
		t.Fatal(err)
	}
	if err := <-woke; err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() { woke <- changed(ctx) }()
	cancel()
	if err := <-woke; !errors.Is(err, context.Canceled) {
		t.Errorf("left: %v", err)
	}
}
