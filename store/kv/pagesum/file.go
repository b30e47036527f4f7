package pagesum

import (
	"fmt"
	"io"
	"os"
)

// Read reads the sums of the database at path; nil when there are none, or none that are whole.
func Read(path string) *Sums {
	f, err := openRegular(path+Suffix, os.O_RDONLY)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil || info.Size() > headerSize+4*most {
		return nil
	}
	b := make([]byte, info.Size())
	if _, err := io.ReadFull(f, b); err != nil {
		return nil
	}
	return decode(b)
}

// Write writes the sums of the database at path, whose lock the caller holds. It is done in place: what is
// torn by a crash is no sums.
func (s *Sums) Write(path string) error {
	f, err := openRegular(path+Suffix, os.O_WRONLY|os.O_CREATE)
	if err != nil {
		return err
	}
	b := s.encode()
	_, err = f.WriteAt(b, 0)
	if err == nil {
		err = f.Truncate(int64(len(b)))
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}

// Remove takes the sums of the database at path away.
func Remove(path string) { _ = os.Remove(path + Suffix) }

// openRegular opens a regular file, never through a symbolic link and without waiting for the other end of
// a pipe.
func openRegular(name string, flag int) (*os.File, error) {
	f, err := os.OpenFile(name, flag|noFollow, 0o600)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		_ = f.Close()
		return nil, fmt.Errorf("%s is not a regular file", name)
	}
	return f, nil
}
