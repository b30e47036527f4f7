//go:build !linux

package atomicfile

import "errors"

func renameNew(string, string) error { return errors.ErrUnsupported }
