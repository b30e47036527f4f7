//go:build !windows && (!unix || solaris || aix)

package filelock

import (
	"errors"
	"os"
)

const noFollow = 0

func try(*os.File, bool) (bool, error) { return false, errors.ErrUnsupported }

func wait(*os.File) error { return errors.ErrUnsupported }

func alive(int) bool { return true }
