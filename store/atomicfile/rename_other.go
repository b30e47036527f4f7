//go:build !linux

package atomicfile

import "errors"

func renameNew(string, string) error { return errors.ErrUnsupported }

// Exchange has two files take each other's names, in one step, where the system can do that.
func Exchange(string, string) error { return errors.ErrUnsupported }
