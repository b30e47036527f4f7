package pagefile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"

	"fineprint/store/model"
)

const (
	headerSize  = 16
	elementSize = 16
	metaSize    = 64
	magic       = 0xED0CDAED
	version     = 2
	noFreeList  = 1<<64 - 1

	minPageSize = 1 << 10
	maxPageSize = 1 << 20
)

// MetaBytes is how many bytes at the beginning of a meta page count.
const MetaBytes = headerSize + metaSize

// Meta is what a meta page states.
type Meta struct {
	Page     uint64 // 0 or 1
	Valid    bool   // as bbolt sees it: magic, version and checksum are right
	PageSize int
	Root     uint64 // page of the list of buckets
	FreeList uint64 // page of the list of free pages
	Pages    uint64 // how many pages are in use or free: those behind were never written
	TxID     uint64
	Checksum uint64 // of this page: another one for every transaction
}

// HasFreeList reports whether the list of free pages is stored.
func (m Meta) HasFreeList() bool { return m.FreeList != noFreeList }

// File is a bbolt file that is read page by page. It is safe for several goroutines.
type File struct {
	r        io.ReaderAt
	close    func() error
	size     int64
	pageSize int
	metas    [2]Meta
}

// Open opens the file at path, which must be a regular one. Damage is no error: a file without a
// valid meta page opens too.
func Open(path string) (*File, error) {
	if info, err := os.Stat(path); err != nil { // before opening, which waits for a pipe's other end
		return nil, fmt.Errorf("reading the pages of %s: %w: %w", path, model.ErrUnwritable, err)
	} else if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("reading the pages of %s: %w: it is not a regular file", path, model.ErrInvalid)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the pages of %s: %w: %w", path, model.ErrUnwritable, err)
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("reading the pages of %s: %w: %w", path, model.ErrUnwritable, err)
	}
	opened := New(f, info.Size())
	opened.close = f.Close
	return opened, nil
}

// New reads a file of so many bytes.
func New(r io.ReaderAt, size int64) *File {
	f := &File{r: r, size: size, close: func() error { return nil }}
	f.metas[0], f.metas[1].Page = f.readMeta(0, 0), 1
	if f.metas[0].Valid {
		f.pageSize = f.metas[0].PageSize
		f.metas[1] = f.readMeta(1, int64(f.pageSize))
		return f
	}
	for n := minPageSize; n <= maxPageSize; n <<= 1 { // the first meta page is broken: look for the second
		if m := f.readMeta(1, int64(n)); m.Valid && m.PageSize == n {
			f.pageSize, f.metas[1] = n, m
			return f
		}
	}
	f.pageSize = f.guessPageSize()
	return f
}

// Close closes the file.
func (f *File) Close() error { return f.close() }

// ReadAt reads bytes of the file.
func (f *File) ReadAt(b []byte, at int64) (int, error) { return f.r.ReadAt(b, at) }

// Size returns how many bytes the file has.
func (f *File) Size() int64 { return f.size }

// PageSize returns how large its pages are: as a valid meta page states, or else as most
// pages' numbers suggest.
func (f *File) PageSize() int { return f.pageSize }

// Pages returns how many whole pages the file has.
func (f *File) Pages() uint64 { return uint64(f.size / int64(f.pageSize)) }

// Metas returns both meta pages.
func (f *File) Metas() [2]Meta { return f.metas }

// Newest returns the meta page that counts; found is false when none is valid.
func (f *File) Newest() (m Meta, found bool) {
	for _, other := range f.metas {
		if other.Valid && (!found || other.TxID > m.TxID) {
			m, found = other, true
		}
	}
	return m, found
}

// RawMeta returns the bytes of a meta page that count.
func (f *File) RawMeta(page uint64) (raw [MetaBytes]byte, err error) {
	if _, err = f.r.ReadAt(raw[:], int64(page)*int64(f.pageSize)); err != nil {
		err = broken(page, "can't be read: %v", err)
	}
	return raw, err
}

// readMeta reads the meta page with a number that begins at a byte of the file.
func (f *File) readMeta(page uint64, at int64) Meta {
	b := make([]byte, MetaBytes)
	if n, err := f.r.ReadAt(b, at); n < len(b) || err != nil && !errors.Is(err, io.EOF) {
		return Meta{Page: page}
	}
	return ParseMeta(page, b)
}

// ParseMeta reads the first [MetaBytes] bytes of the meta page with a number. Behind the
// page's header come magic, version, page size, flags (4 bytes each), root, its sequence,
// free list, pages in use, transaction and FNV-1a checksum of all that (8 each).
func ParseMeta(page uint64, b []byte) Meta {
	m := Meta{Page: page}
	if len(b) < MetaBytes {
		return m
	}
	b = b[headerSize:MetaBytes]
	u32, u64 := binary.NativeEndian.Uint32, binary.NativeEndian.Uint64
	h := fnv.New64a()
	_, _ = h.Write(b[:metaSize-8])
	size := u32(b[8:])
	m.PageSize, m.Root, m.FreeList = int(size), u64(b[16:]), u64(b[32:])
	m.Pages, m.TxID, m.Checksum = u64(b[40:]), u64(b[48:]), u64(b[56:])
	m.Valid = u32(b) == magic && u32(b[4:]) == version && h.Sum64() == m.Checksum &&
		size >= minPageSize && size <= maxPageSize && size&(size-1) == 0
	return m
}

// guessPageSize returns the size by which most of the file's first pages carry the number of their
// place.
func (f *File) guessPageSize() int {
	best, most := 4096, 0
	b := make([]byte, 8)
	for size := minPageSize; size <= maxPageSize; size <<= 1 {
		right := 0
		for n := int64(2); n < 256 && n*int64(size) < f.size; n++ {
			if k, _ := f.r.ReadAt(b, n*int64(size)); k == 8 && binary.NativeEndian.Uint64(b) == uint64(n) {
				right++
			}
		}
		if right > most {
			best, most = size, right
		}
	}
	return best
}
