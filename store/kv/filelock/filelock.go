// Package filelock locks files between processes, waits for a lock in the system's own
// queue, and names who holds one.
//
// It is not for the locks of one process among its goroutines, and knows nothing of
// databases: store/kv says what is locked when.
//
// # Invariants
//
// A lock belongs to the open file and goes with it: a process that is killed holds
// none. [Wait] can be interrupted; the system's call can't, so that a goroutine is left with
// it, which gives the lock back at once if it still comes.
//
// [Open] follows no symbolic link and never waits, whatever is there: what is not a
// regular file is refused.
package filelock

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Open opens a regular file for locking. It is made when it is missing and create is given.
func Open(path string, create bool, perm fs.FileMode) (*os.File, error) {
	flag := os.O_RDWR | noFollow
	if create {
		flag |= os.O_CREATE
	}
	f, err := os.OpenFile(path, flag, perm)
	if errors.Is(err, fs.ErrPermission) { // the lock of somebody else's file can be taken too
		f, err = os.OpenFile(path, os.O_RDONLY|noFollow, 0)
	}
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("locking %s: it is not a regular file", path)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// Try takes a file's lock if it is free, and reports whether it did.
func Try(f *os.File, exclusive bool) (bool, error) { return try(f, exclusive) }

// Wait takes a file's exclusive lock and returns what gives it back and closes the file.
// The file is Wait's from here on, also when the context is over first.
func Wait(ctx context.Context, f *os.File) (release func(), err error) {
	if taken, err := try(f, true); taken || err != nil || ctx.Err() != nil {
		if err == nil && !taken {
			err = ctx.Err()
		}
		if err != nil {
			_ = f.Close()
			return nil, err
		}
		return func() { _ = f.Close() }, nil
	}
	taken := make(chan error)
	go func() {
		err := wait(f)
		select {
		case taken <- err:
		case <-ctx.Done():
			_ = f.Close()
		}
	}()
	select {
	case err := <-taken:
		if err != nil {
			_ = f.Close()
			return nil, err
		}
		return func() { _ = f.Close() }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Process is a process that holds a lock.
type Process struct {
	PID     int
	Command string // as it was called; "" if that can't be told
	Reading bool   // it shares its lock
}

// Holders lists the processes that hold a file's lock, where the system tells: on Linux,
// of those that this process may see.
func Holders(path string) []Process { return holders(path) }

// Alive reports whether there may be a process of a number: false only where it is known.
func Alive(pid int) bool { return alive(pid) }

// withValue are the program's options that are followed by a value, before its command.
var withValue = []string{"--db", "--actor"}

// Command is how a process is named by its arguments: its program and its command.
func Command(args []string) string {
	if len(args) == 0 {
		return ""
	}
	name := filepath.Base(args[0])
	for i := 1; i < len(args); i++ {
		switch {
		case slices.Contains(withValue, args[i]):
			i++
		case !strings.HasPrefix(args[i], "-"):
			return name + " " + args[i]
		}
	}
	return name
}
