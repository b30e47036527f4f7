package salvage

import (
	"encoding/binary"
	"hash/fnv"
	"io"
	"os"
)

const (
	pageHeader   = 16 // id(8) flags(2) count(2) overflow(4)
	element      = 16 // of a branch: pos(4) ksize(4) page(8); of a leaf: flags(4) pos(4) ksize(4) vsize(4)
	bucketHeader = 16 // root(8) sequence(8)

	flagBranch   = 0x01
	flagLeaf     = 0x02
	flagFreelist = 0x10
	flagBucket   = 0x01 // of a leaf's element

	magic    = 0xED0CDAED
	metaSize = 64
	maxDepth = 32
	maxKey   = 32 << 10
)

// pages reads a bbolt file with bounds.
type pages struct {
	f    io.ReaderAt
	size int64 // of the file
	page int64 // of a page
	n    uint64
}

// meta is what a valid meta page says.
type meta struct {
	root, freelist, high, txid, sum uint64
}

// openPages finds out how large the pages are, and reads the valid meta pages, the newest
// first.
func openPages(f *os.File) (p *pages, metas []meta, err error) {
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	p = &pages{f: f, size: info.Size()}
	read := func(at int64) (m meta, page int64, ok bool) {
		b := make([]byte, pageHeader+metaSize)
		if _, err := f.ReadAt(b, at); err != nil {
			return m, 0, false
		}
		b = b[pageHeader:]
		h := fnv.New64a()
		_, _ = h.Write(b[:56])
		page = int64(binary.NativeEndian.Uint32(b[8:]))
		if binary.NativeEndian.Uint32(b) != magic || h.Sum64() != binary.NativeEndian.Uint64(b[56:]) || page < 1024 || page > 1<<24 {
			return m, 0, false
		}
		return meta{root: binary.NativeEndian.Uint64(b[16:]), freelist: binary.NativeEndian.Uint64(b[32:]),
			high: binary.NativeEndian.Uint64(b[40:]), txid: binary.NativeEndian.Uint64(b[48:]),
			sum: binary.NativeEndian.Uint64(b[56:])}, page, true
	}
	if m, page, ok := read(0); ok {
		p.page, metas = page, append(metas, m)
	}
	for at := int64(1024); at <= 1<<16; at <<= 1 {
		if p.page != 0 && at != p.page {
			continue
		}
		if m, page, ok := read(at); ok && page == at {
			p.page, metas = page, append(metas, m)
		}
	}
	if p.page == 0 {
		p.page = int64(os.Getpagesize())
	}
	p.n = uint64((p.size + p.page - 1) / p.page)
	if len(metas) == 2 && metas[1].txid > metas[0].txid {
		metas[0], metas[1] = metas[1], metas[0]
	}
	return p, metas, nil
}

// read reads n bytes of a page's run from its beginning, as many as there are.
func (p *pages) read(id uint64, n int64) []byte {
	at := int64(id) * p.page
	if id >= p.n || at >= p.size {
		return nil
	}
	b := make([]byte, min(n, p.size-at))
	got, _ := p.f.ReadAt(b, at)
	return b[:got]
}

// header is a page's.
type header struct {
	id       uint64
	flags    uint16
	count    int
	overflow uint64
}

func parseHeader(b []byte) header {
	return header{binary.NativeEndian.Uint64(b), binary.NativeEndian.Uint16(b[8:]),
		int(binary.NativeEndian.Uint16(b[10:])), uint64(binary.NativeEndian.Uint32(b[12:]))}
}

// run reads a page with what it runs over into; nil when it says what can't be.
func (p *pages) run(id uint64) (h header, b []byte) {
	b = p.read(id, p.page)
	if len(b) < pageHeader {
		return h, nil
	}
	h = parseHeader(b)
	if h.id != id || h.overflow >= p.n-id {
		return h, nil
	}
	if h.overflow > 0 {
		b = p.read(id, int64(h.overflow+1)*p.page)
	}
	return h, b
}

// child is an element of a branch.
type child struct {
	key  []byte
	page uint64
}

// branch reads the elements of a branch; ok is false when one lies outside of it.
func branch(h header, b []byte) (list []child, ok bool) {
	ok = h.count > 0
	for i := range h.count {
		at := pageHeader + i*element
		if at+element > len(b) {
			return list, false
		}
		pos, size := int64(binary.NativeEndian.Uint32(b[at:])), int64(binary.NativeEndian.Uint32(b[at+4:]))
		from := int64(at) + pos
		if from+size > int64(len(b)) || size > maxKey {
			ok = false
			continue
		}
		list = append(list, child{b[from : from+size], binary.NativeEndian.Uint64(b[at+8:])})
	}
	return list, ok
}

// leafElement is where an element of a leaf lies, from the page's beginning.
type leafElement struct {
	flags               uint32
	head                int64 // its header
	key, value, valueTo int64
}

// leaf reads the elements of a leaf at b, of which the file has so many bytes from there
// on; the count is taken from where the first one's key begins if the header's is not that.
// Elements that lie outside are left out, and those between two that don't overlap get their
// place from their neighbours, with no key size: valueTo < value.
func leaf(b []byte, limit int64) (list []leafElement) {
	if len(b) < pageHeader+element {
		return nil
	}
	count := int64(binary.NativeEndian.Uint16(b[10:]))
	read := func(i int64) (e leafElement, ok bool) {
		at := pageHeader + i*element
		if at+element > int64(len(b)) {
			return e, false
		}
		e.head, e.flags = at, binary.NativeEndian.Uint32(b[at:])
		pos, k, v := int64(binary.NativeEndian.Uint32(b[at+4:])), int64(binary.NativeEndian.Uint32(b[at+8:])),
			int64(binary.NativeEndian.Uint32(b[at+12:]))
		e.key = at + pos
		e.value = e.key + k
		e.valueTo = e.value + v
		return e, k > 0 && k <= maxKey && e.key >= pageHeader+element && e.valueTo <= limit
	}
	if first := int64(binary.NativeEndian.Uint32(b[pageHeader+4:])); first%element == 0 && first > 0 && first/element <= 0xffff {
		if e, ok := read(0); ok && first/element != count && e.key > 0 {
			count = first / element
		}
	}
	var all []leafElement
	var sound []bool
	for i := range count {
		if pageHeader+(i+1)*element > int64(len(b)) {
			break
		}
		e, ok := read(i)
		all, sound = append(all, e), append(sound, ok)
	}
	for i := range all {
		if sound[i] {
			list = append(list, all[i])
		}
		// One whose own header is hit lies between its neighbours.
		from, to := int64(pageHeader+int(count)*element), int64(-1)
		if i > 0 && sound[i-1] {
			from = all[i-1].valueTo
		} else if i > 0 {
			continue
		}
		if i+1 < len(all) && sound[i+1] {
			to = all[i+1].key
		}
		if to > from && (!sound[i] || all[i].key != from || all[i].valueTo != to) {
			list = append(list, leafElement{key: from, value: to, valueTo: -1})
		}
	}
	return list
}
