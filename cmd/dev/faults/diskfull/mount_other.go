//go:build !linux

package diskfull

import "errors"

var errLinux = errors.New("only on Linux")

func mount(string, int64) error { return errLinux }

func unmount(string) error { return errLinux }

func room(string) (int64, error) { return 0, errLinux }
