package watch

import (
	"context"
	"errors"
	"time"

	"fineprint/store/model"
)

const (
	// busyTimeout is how long a busy database is waited for: a large import or a
	// compaction is over by then.
	busyTimeout = 2 * time.Minute
	// busyInterval is how long to wait before asking a busy database again.
	busyInterval = 100 * time.Millisecond
)

// RetryBusy repeats what fails with [model.ErrBusy], for at most two minutes: a
// desk or a second fetch at work is nothing to report.
func RetryBusy(ctx context.Context, do func() error) error {
	deadline := time.Now().Add(busyTimeout)
	for {
		err := do()
		if !errors.Is(err, model.ErrBusy) || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(busyInterval):
		}
	}
}
