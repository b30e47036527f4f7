package main

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"
)

// TestMain is what is killed, where this is the process that is.
func TestMain(m *testing.M) {
	if is, err := child(context.Background()); is {
		if err != nil {
			_, _ = fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func TestNoNotificationIsLostByKillsAndFailures(t *testing.T) {
	r, err := run(t.Context(), options{Events: 60, Kills: 3, Seed: 1, Folder: t.TempDir(), Timeout: 2 * time.Minute,
		Slow: 50 * time.Millisecond, Lease: 300 * time.Millisecond}, t.Logf)
	if err != nil {
		t.Fatal(err)
	}
	if r.Events != 60 || r.Lost != 0 || r.Pending != 0 || r.BadSignature != 0 || r.Unknown != 0 || r.Delivered != 60 {
		t.Errorf("%+v", r)
	}
	if r.Refused+r.Cut+r.Unseen == 0 || r.Kills != 3 || r.During != 3 {
		t.Errorf("nothing was tried: %+v", r)
	}
}
