//go:build unix && !solaris && !illumos && !aix

package kv

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	berrors "go.etcd.io/bbolt/errors"

	"fineprint/store/model"
)

// lockFile takes the lock that bbolt takes, without looking into the file. A file that is
// missing needs none.
func lockFile(ctx context.Context, path string, wait time.Duration) (unlock func(), err error) {
	for deadline := time.Now().Add(wait); ; {
		f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
		if os.IsNotExist(err) {
			return func() {}, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", model.ErrUnwritable, err)
		}
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		held, heldErr := f.Stat()
		named, namedErr := os.Stat(path)
		if err == nil && heldErr == nil && namedErr == nil && os.SameFile(held, named) {
			return func() { _ = f.Close() }, nil
		}
		_ = f.Close()
		switch {
		case err != nil && !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR):
			return nil, fmt.Errorf("%w: %w", model.ErrUnwritable, err)
		case time.Now().After(deadline):
			return nil, (&DB{path: path}).explainOpen(berrors.ErrTimeout)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(lockPoll):
		}
	}
}
