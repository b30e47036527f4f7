package git

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
)

// pack is a pack and its index, which is held: per object a name, a checksum and
// a place.
type pack struct {
	file    *os.File
	size    int64 // of the file, without the hash at its end
	fanout  []byte
	names   string
	offsets []byte
	large   []byte // offsets beyond 2 GB
	nameLen int
	starts  []int64 // where objects begin, in order: one ends where the next begins
	// checked are the objects, by their place in the index, whose contents were
	// held against their names.
	checked []uint64
}

var errIndex = errors.New("its index is damaged, or of a version that can't be read; `git index-pack` on the pack writes it anew")

// openPacks opens the packs in a folder, the newest first as they are looked
// through in that order.
func (r *Repo) openPacks(root *os.Root) error {
	entries, err := fs.ReadDir(root.FS(), "pack")
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		base, isIndex := strings.CutSuffix(e.Name(), ".idx")
		if !isIndex || !strings.HasPrefix(base, "pack-") {
			continue
		}
		p, err := openPack(root, filepath.Join("pack", base), r.hash.size)
		if err != nil {
			return fmt.Errorf("the pack %s can't be read: %w", strings.TrimPrefix(base, "pack-"), err)
		}
		r.packs = append(r.packs, p)
	}
	return nil
}

// maxIndex bounds an index, which is held: of 16 million objects.
const maxIndex = 512 << 20

// openPack opens a pack and its index, by their common path.
func openPack(root *os.Root, path string, nameLen int) (*pack, error) {
	index, err := readFile(root, path+".idx", maxIndex)
	if err != nil {
		return nil, err
	}
	p, err := parseIndex(index, nameLen)
	if err != nil {
		return nil, err
	}
	if p.file, err = openIn(root, path+".pack"); err != nil {
		return nil, err
	}
	head := make([]byte, 12)
	info, err := p.file.Stat()
	if err == nil {
		_, err = p.file.ReadAt(head, 0)
	}
	version := binary.BigEndian.Uint32(head[4:])
	if err == nil && (!bytes.HasPrefix(head, []byte("PACK")) || version != 2 && version != 3) {
		err = errors.New("it is none, or of a version that can't be read")
	}
	if err == nil && int(binary.BigEndian.Uint32(head[8:])) != len(p.starts) {
		err = errIndex
	}
	if err != nil {
		_ = p.file.Close()
		return nil, err
	}
	p.size = info.Size() - int64(nameLen)
	return p, nil
}

// parseIndex reads an index of version 2: 256 counts of the names that begin with
// at most a byte, the names in order, checksums, places, and large places.
func parseIndex(b []byte, nameLen int) (*pack, error) {
	const head, fanout = 8, 256 * 4
	if len(b) < head+fanout+2*nameLen || !bytes.HasPrefix(b, []byte("\xfftOc\x00\x00\x00\x02")) {
		return nil, errIndex
	}
	p := &pack{fanout: b[head:][:fanout], nameLen: nameLen}
	n, before := p.upTo(255), 0
	for i := range 256 {
		if p.upTo(byte(i)) < before {
			return nil, errIndex
		}
		before = p.upTo(byte(i))
	}
	b = b[head+fanout : len(b)-2*nameLen]
	if n > len(b)/(nameLen+8) {
		return nil, errIndex
	}
	p.names, p.offsets, p.large = string(b[:n*nameLen]), b[n*(nameLen+4):][:4*n], b[n*(nameLen+8):]
	p.starts, p.checked = make([]int64, n), make([]uint64, (n+63)/64)
	for i := range n {
		var ok bool
		if p.starts[i], ok = p.offset(i); !ok {
			return nil, errIndex
		}
	}
	slices.Sort(p.starts)
	return p, nil
}

// upTo counts the objects whose names begin with at most a byte.
func (p *pack) upTo(first byte) int { return int(binary.BigEndian.Uint32(p.fanout[4*int(first):])) }

// find returns an object's place in the index.
func (p *pack) find(name Name) (i int, ok bool) {
	from := 0
	if name[0] > 0 {
		from = p.upTo(name[0] - 1)
	}
	n := p.upTo(name[0]) - from
	found, ok := sort.Find(n, func(i int) int {
		return strings.Compare(string(name), p.names[(from+i)*p.nameLen:][:p.nameLen])
	})
	return from + found, ok
}

// offset returns where the object at a place in the index begins.
func (p *pack) offset(i int) (int64, bool) {
	o := binary.BigEndian.Uint32(p.offsets[4*i:])
	if o < 1<<31 {
		return int64(o), true
	}
	if i := int(o - 1<<31); i < len(p.large)/8 {
		at := binary.BigEndian.Uint64(p.large[8*i:])
		return int64(at), at < 1<<62
	}
	return 0, false
}

// stored returns the stored bytes of the object that begins at an offset, and
// uses buf for them.
func (p *pack) stored(offset int64, buf []byte) ([]byte, error) {
	i, found := slices.BinarySearch(p.starts, offset)
	if !found {
		return nil, errors.New("no object begins where one should")
	}
	end := p.size
	if i+1 < len(p.starts) {
		end = min(end, p.starts[i+1])
	}
	n := end - offset
	if n <= 0 {
		return nil, io.ErrUnexpectedEOF
	}
	if n > maxObject {
		return nil, ErrTooLarge
	}
	buf = slices.Grow(buf[:0], int(n))[:n]
	_, err := p.file.ReadAt(buf, offset)
	return buf, err
}

// header reads what stands before an object's deflated bytes: its kind, how long
// it is inflated, and for a difference where its base is.
func (p *pack) header(b []byte, offset int64) (h packed, rest []byte, err error) {
	if len(b) == 0 {
		return h, nil, io.ErrUnexpectedEOF
	}
	h.kind, h.size = Kind(b[0]>>4&7), int64(b[0]&15)
	more := b[0]&0x80 != 0
	b = b[1:]
	if more {
		above, n := binary.Uvarint(b)
		if n <= 0 || above > maxObject {
			return h, nil, ErrTooLarge
		}
		h.size, b = h.size|int64(above)<<4, b[n:]
	}
	switch {
	case h.size > maxObject:
		return h, nil, ErrTooLarge
	case h.kind == offsetDelta:
		back, n := backwards(b)
		if n <= 0 || back <= 0 || back > offset {
			return h, nil, errDelta
		}
		h.base, b = offset-back, b[n:]
	case h.kind == nameDelta:
		if len(b) < p.nameLen {
			return h, nil, io.ErrUnexpectedEOF
		}
		h.baseName, b = Name(b[:p.nameLen]), b[p.nameLen:]
	case h.kind < Commit || h.kind > Tag:
		return h, nil, errors.New("an object's kind is unknown")
	}
	return h, b, nil
}

// packed is what the header of an object in a pack says.
type packed struct {
	kind     Kind
	size     int64
	base     int64 // of a difference by offset
	baseName Name  // of one by name
}

// backwards reads an offset: seven bits a byte, the upper ones first, in which
// each byte but the last counts one more than it says.
func backwards(b []byte) (v int64, n int) {
	for n < len(b) && n < 8 {
		c := b[n]
		v = v<<7 | int64(c&0x7f)
		if n++; c&0x80 == 0 {
			return v, n
		}
		v++
	}
	return 0, 0
}
