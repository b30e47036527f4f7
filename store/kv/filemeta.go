package kv

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"fineprint/store/kv/pagefile"
	"fineprint/store/model"
)

// checkFile refuses, before anything is mapped, a file that is not a bbolt
// database or is shorter than its newest valid meta page states.
func checkFile(path string) error {
	f, err := openRegular(path, os.O_RDONLY, 0)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: the file is gone", model.ErrDamaged)
	case errors.Is(err, model.ErrInvalid):
		return err
	case err != nil:
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	switch {
	case info.Size() == 0:
		return fmt.Errorf("%w: the file is empty", model.ErrDamaged)
	}
	pages := pagefile.New(f, info.Size())
	meta, ok := pages.Newest()
	if !ok || meta.Pages > 1<<42 {
		return fmt.Errorf("%w: this is not a Fineprint database", model.ErrDamaged)
	}
	if meta.Pages > pages.Pages() {
		return fmt.Errorf("%w: the file is truncated: %d bytes of at least %d", model.ErrDamaged, info.Size(),
			int64(meta.Pages)*int64(meta.PageSize))
	}
	return nil
}

// openRegular opens a regular file. It looks before it opens, for a pipe waits for its other end
// where nothing can interrupt it and a device may do anything; and again after it.
func openRegular(path string, flag int, mode os.FileMode) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if err := mustBeRegular(info); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, flag|noWait, mode)
	if err != nil {
		return nil, err
	}
	if info, err = f.Stat(); err == nil {
		err = mustBeRegular(info)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

func mustBeRegular(info fs.FileInfo) error {
	what := "a special file"
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		what = "a folder"
	case mode&fs.ModeNamedPipe != 0:
		what = "a named pipe"
	case mode&fs.ModeSocket != 0:
		what = "a socket"
	case mode&fs.ModeDevice != 0:
		what = "a device"
	}
	return fmt.Errorf("%w: it is %s, not a database file", model.ErrInvalid, what)
}
