package pagesum

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"fineprint/store/kv/pagefile"
)

// Suffix is what the file's name ends in, behind the database's.
const Suffix = ".pages"

const (
	format     = "fineprint pages 1\n"
	headerSize = 256
	storeSize  = 32
	// most is how many pages can have sums: 16 TB of pages of 4 KB.
	most = 1 << 32
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Sums are the checksums of the pages that one transaction leads to.
type Sums struct {
	Store string        // identity of the database
	Meta  pagefile.Meta // of the transaction
	raw   [pagefile.MetaBytes]byte
	pages []uint32
}

// Of reports whether sums are those of a transaction, by its meta page.
func (s *Sums) Of(m pagefile.Meta) bool { return s != nil && s.Meta == m }

// Equal reports whether two are the same sums of the same transaction.
func (s *Sums) Equal(other *Sums) bool {
	return s.Store == other.Store && s.Meta == other.Meta && s.raw == other.raw && slices.Equal(s.pages, other.pages)
}

func sumOf(page []byte) uint32 {
	if n := crc32.Checksum(page, castagnoli); n != 0 {
		return n
	}
	return 1 // 0 says that there is none
}

// set notes the sums of a page and its run.
func (s *Sums) set(p pagefile.Page) {
	size := len(p.Raw) / (1 + int(p.Overflow))
	for i := range 1 + int(p.Overflow) {
		if n := p.ID + uint64(i); n < uint64(len(s.pages)) {
			s.pages[n] = sumOf(p.Raw[i*size : (i+1)*size])
		}
	}
}

// begin sets what the sums are of.
func (s *Sums) begin(f *pagefile.File, m pagefile.Meta) error {
	raw, err := f.RawMeta(m.Page)
	if err != nil {
		return err
	}
	if n := min(m.Pages, f.Pages()); n != uint64(len(s.pages)) {
		if n > most {
			return fmt.Errorf("the file has %d pages", n)
		}
		pages := make([]uint32, n)
		copy(pages, s.pages)
		s.pages = pages
	}
	s.Meta, s.raw = m, raw
	return nil
}

// Build walks over a file, says what is wrong with it as [pagefile.File.Check] does, and makes
// its sums when nothing is. isID tells by its bucket and key which value names the store.
func Build(ctx context.Context, f *pagefile.File, m pagefile.Meta, mostProblems int, isID func(bucket, key []byte) bool) (
	s *Sums, problems []pagefile.Problem, lost []uint64, err error) {
	s = &Sums{}
	if err := s.begin(f, m); err != nil {
		return nil, nil, nil, err
	}
	reached, err := f.Walk(ctx, m, pagefile.Visitor{
		Page: func(_ *pagefile.Bucket, p pagefile.Page, _ []pagefile.Element) error {
			s.set(p)
			return nil
		},
		Value: func(b *pagefile.Bucket, _ uint64, key, value []byte) error {
			if isID(b.Name, key) {
				s.Store = string(value)
			}
			return nil
		},
		Problem: func(p pagefile.Problem) {
			if len(problems) < mostProblems {
				problems = append(problems, p)
			}
		}})
	if err != nil || len(problems) > 0 {
		return nil, problems, nil, err
	}
	if problems, lost = f.Unused(m, reached); len(problems) > 0 {
		return nil, problems[:min(len(problems), mostProblems)], nil, nil
	}
	if _, list, err := f.Free(m); err == nil && m.HasFreeList() {
		s.set(list)
	}
	return s, nil, lost, nil
}

// Advance makes sums those of the transaction that came next; m is its meta page. When it fails
// the sums are of nothing.
func (s *Sums) Advance(ctx context.Context, f *pagefile.File, m pagefile.Meta) (err error) {
	defer func() {
		if err != nil {
			s.Store = ""
		}
	}()
	if err := s.begin(f, m); err != nil {
		return err
	}
	free, list, err := f.Free(m)
	if err != nil {
		return err
	}
	for _, n := range free {
		if n < uint64(len(s.pages)) {
			s.pages[n] = 0
		}
	}
	if m.HasFreeList() {
		s.set(list)
	}
	var wrong error
	_, err = f.Walk(ctx, m, pagefile.Visitor{
		Skip: func(page uint64) bool { return page < uint64(len(s.pages)) && s.pages[page] != 0 },
		Page: func(_ *pagefile.Bucket, p pagefile.Page, _ []pagefile.Element) error {
			s.set(p)
			return nil
		},
		Problem: func(p pagefile.Problem) { wrong = p }})
	return errors.Join(err, wrong)
}

// block is how many bytes of the file are read at once.
const block = 1 << 20

// Compare reads all pages that have sums, on all processors, and returns those that differ.
func (s *Sums) Compare(ctx context.Context, r io.ReaderAt) (wrong []uint64, err error) {
	per := uint64(max(block, s.Meta.PageSize) / s.Meta.PageSize)
	blocks := (uint64(len(s.pages)) + per - 1) / per
	var g errgroup.Group
	var mu sync.Mutex
	var next atomic.Uint64
	for range min(uint64(runtime.GOMAXPROCS(0)), blocks) {
		g.Go(func() error {
			buf := make([]byte, per*uint64(s.Meta.PageSize))
			for n := next.Add(1) - 1; n < blocks; n = next.Add(1) - 1 {
				if err := ctx.Err(); err != nil {
					return err
				}
				if found := s.compare(r, buf, n*per); len(found) > 0 {
					mu.Lock()
					wrong = append(wrong, found...)
					mu.Unlock()
				}
			}
			return nil
		})
	}
	err = g.Wait()
	slices.Sort(wrong)
	return wrong, err
}

// compare compares the pages from one on that fit in memory, and returns those that differ.
func (s *Sums) compare(r io.ReaderAt, buf []byte, first uint64) (wrong []uint64) {
	size := s.Meta.PageSize
	part := s.pages[first:min(first+uint64(len(buf)/size), uint64(len(s.pages)))]
	n, err := r.ReadAt(buf[:len(part)*size], int64(first)*int64(size))
	if err != nil && !errors.Is(err, io.EOF) {
		n = s.readSingly(r, buf, first, len(part))
	}
	for i, sum := range part {
		if sum != 0 && ((i+1)*size > n || sumOf(buf[i*size:(i+1)*size]) != sum) {
			wrong = append(wrong, first+uint64(i))
		}
	}
	return wrong
}

// readSingly reads pages one by one, where a block of them can't be read; those that can't are
// zeros then.
func (s *Sums) readSingly(r io.ReaderAt, buf []byte, first uint64, count int) int {
	size := s.Meta.PageSize
	for i := range count {
		page := buf[i*size : (i+1)*size]
		if n, _ := r.ReadAt(page, int64(first+uint64(i))*int64(size)); n < size {
			clear(page)
		}
	}
	return count * size
}

// LostMeta reports whether a file holds the transaction that the sums are of, although its
// newest meta page is one of before: the meta page was damaged, or its writing lost.
func (s *Sums) LostMeta(f *pagefile.File) bool {
	for _, n := range []uint64{s.Meta.Root, s.Meta.FreeList} {
		if n == s.Meta.FreeList && !s.Meta.HasFreeList() {
			continue
		}
		p, err := f.Page(n)
		if err != nil || n >= uint64(len(s.pages)) || s.pages[n] != sumOf(p.Raw[:f.PageSize()]) {
			return false
		}
	}
	return true
}

// RawMeta returns the meta page of the transaction as it was written.
func (s *Sums) RawMeta() []byte { return s.raw[:] }

// encode is what is written: the header, and the sums in little endian.
func (s *Sums) encode() []byte {
	b := make([]byte, headerSize, headerSize+4*len(s.pages))
	n := copy(b, format)
	n += copy(b[n:n+storeSize], s.Store)
	n = len(format) + storeSize
	binary.LittleEndian.PutUint64(b[n:], s.Meta.Page)
	binary.LittleEndian.PutUint64(b[n+8:], uint64(len(s.pages)))
	copy(b[n+16:], s.raw[:])
	for _, sum := range s.pages {
		b = binary.LittleEndian.AppendUint32(b, sum)
	}
	binary.LittleEndian.PutUint32(b[headerSize-4:], ownSum(b))
	return b
}

// ownSum is the checksum of everything but itself.
func ownSum(b []byte) uint32 {
	return crc32.Update(crc32.Checksum(b[:headerSize-4], castagnoli), castagnoli, b[headerSize:])
}

// decode returns nil for what is no sums, or torn.
func decode(b []byte) *Sums {
	if len(b) < headerSize || string(b[:len(format)]) != format ||
		binary.LittleEndian.Uint32(b[headerSize-4:]) != ownSum(b) {
		return nil
	}
	n := len(format)
	s := &Sums{Store: string(b[n : n+storeSize])}
	n += storeSize
	page, count := binary.LittleEndian.Uint64(b[n:]), binary.LittleEndian.Uint64(b[n+8:])
	copy(s.raw[:], b[n+16:])
	if s.Meta = pagefile.ParseMeta(page, s.raw[:]); !s.Meta.Valid || count != uint64(len(b)-headerSize)/4 {
		return nil
	}
	s.pages = make([]uint32, count)
	for i := range s.pages {
		s.pages[i] = binary.LittleEndian.Uint32(b[headerSize+4*i:])
	}
	return s
}
