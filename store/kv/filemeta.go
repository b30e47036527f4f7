package kv

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"

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
	meta, ok := newestMeta(f)
	if !ok || meta.size < 0 || meta.size > 1<<62 {
		return fmt.Errorf("%w: this is not a Fineprint database", model.ErrDamaged)
	}
	if info.Size() < meta.size {
		return fmt.Errorf("%w: the file is truncated: %d bytes of at least %d", model.ErrDamaged, info.Size(),
			meta.size)
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

// fileMeta is what the newest valid meta page of a bbolt file states.
type fileMeta struct {
	txid     uint64
	size     int64  // that the file must have, in bytes
	checksum uint64 // of the page: another one for every transaction
}

// newestMeta reads both meta pages of a bbolt file. Layout: page header of 16
// Bytes, then magic, version, page size, flags (4 each), root (16), freelist,
// high water mark, transaction, FNV-1a checksum of all that (8 each).
func newestMeta(r io.ReaderAt) (newest fileMeta, found bool) {
	const magic, pageHeader, metaSize = 0xED0CDAED, 16, 64
	read := func(at int64) (pageSize uint32) {
		b := make([]byte, pageHeader+metaSize)
		if _, err := r.ReadAt(b, at); err != nil {
			return 0
		}
		m := b[pageHeader:]
		if binary.NativeEndian.Uint32(m) != magic {
			return 0
		}
		h := fnv.New64a()
		_, _ = h.Write(m[:56])
		sum := binary.NativeEndian.Uint64(m[56:])
		if h.Sum64() != sum {
			return 0
		}
		pageSize = binary.NativeEndian.Uint32(m[8:])
		if txid := binary.NativeEndian.Uint64(m[48:]); !found || txid > newest.txid {
			found = true
			newest = fileMeta{txid: txid, size: int64(binary.NativeEndian.Uint64(m[40:]) * uint64(pageSize)),
				checksum: sum}
		}
		return pageSize
	}
	if page := read(0); page != 0 {
		read(int64(page))
	} else {
		for page := int64(1024); page <= 1<<24 &&
			!found; page <<= 1 { // the first meta page is broken: look for the second
			read(page)
		}
	}
	return newest, found
}
