package pagefile

import (
	"context"
	"encoding/binary"
)

// followMost is how many times the file's pages bbolt may come to, because pages are reached on several
// ways, until reading is said to have no end.
const followMost = 16

// bucketElement is the flag of a leaf's element that describes a bucket.
const bucketElement = 1

// follower goes the ways that bbolt goes.
type follower struct {
	f     *File
	ctx   context.Context
	most  uint64
	work  uint64            // children looked at, each page's once
	below map[uint64]uint64 // how many pages bbolt comes to from a branch
	above map[uint64]bool   // what leads to where it is
	found *Problem
}

// Endless says where reading from a meta page on would not end, or only after coming to the same pages
// over and over; nil where it ends. A walk tells what is wrong with pages; this is what becomes of one who
// does not see that and follows them as bbolt does, to whom any page that is no leaf is one of
// branches, whatever it states, and who goes into the file's own buckets but not into
// others. What is outside of the file, or says that it is another page, stops bbolt, which is an
// end. A walk that finds nothing wrong has shown that reading ends.
func (f *File) Endless(ctx context.Context, m Meta) (*Problem, error) {
	w := &follower{f: f, ctx: ctx, most: followMost * (f.Pages() + 64), below: map[uint64]uint64{}, above: map[uint64]bool{}}
	w.page(m.Root, 0, true)
	return w.found, ctx.Err()
}

func (w *follower) endless(id uint64, format string, args ...any) uint64 {
	if w.found == nil {
		p, _ := broken(id, format, args...).(Problem)
		w.found = &p
	}
	return 1
}

// page returns how many pages bbolt comes to from one; top tells that they are of the list of
// buckets.
func (w *follower) page(id uint64, depth int, top bool) uint64 {
	if w.found != nil || w.ctx.Err() != nil {
		return 1
	}
	at := int64(id) * int64(w.f.pageSize)
	header, ok := w.bytes(id, at, headerSize)
	if !ok || binary.NativeEndian.Uint64(header) != id {
		return 1 // bbolt stops here
	}
	kind, count := Kind(binary.NativeEndian.Uint16(header[8:])), int(binary.NativeEndian.Uint16(header[10:]))
	switch kind {
	case Branch, MetaPage, FreeList:
		return w.branch(id, count, depth, top)
	case Leaf:
		if top {
			return w.buckets(id, count, depth)
		}
	}
	return 1
}

// bytes reads bytes of a page or behind it; a page that the file has not has none.
func (w *follower) bytes(id uint64, at int64, n int) ([]byte, bool) {
	if id >= w.f.Pages() {
		return nil, false
	}
	b := make([]byte, n)
	read, _ := w.f.r.ReadAt(b, at)
	return b[:read], read == n
}

// elements reads the elements of a page, also those that are said to be in the pages behind it.
func (w *follower) elements(id uint64, count int) []byte {
	b, _ := w.bytes(id, int64(id)*int64(w.f.pageSize)+headerSize, count*elementSize)
	return b[:len(b)/elementSize*elementSize]
}

func (w *follower) branch(id uint64, count, depth int, top bool) uint64 {
	key := id << 1
	if top {
		key |= 1
	}
	switch n, known := w.below[key]; {
	case known:
		return n
	case w.above[id]:
		return w.endless(id, "leads to itself: reading it would not end")
	case depth > maxDepth:
		return w.endless(id, "is deeper than a tree of this file can be")
	case count == 0: // bbolt takes what is there for elements
		return w.endless(id, "has no elements, but leads to others")
	}
	w.above[id] = true
	defer delete(w.above, id)
	n := uint64(1)
	for list := w.elements(id, count); len(list) > 0 && w.found == nil; list = list[elementSize:] {
		n += w.page(binary.NativeEndian.Uint64(list[8:]), depth+1, top)
		if w.work++; n > w.most || w.work > w.most {
			return w.endless(id, "leads to the same pages over and over: reading it would not end")
		}
	}
	w.below[key] = n
	return n
}

// buckets goes into the buckets that a page of their list describes.
func (w *follower) buckets(id uint64, count, depth int) uint64 {
	n := uint64(1)
	first := int64(id)*int64(w.f.pageSize) + headerSize
	for i, list := 0, w.elements(id, count); len(list) > 0 && w.found == nil; i, list = i+1, list[elementSize:] {
		u32 := func(n int) int64 { return int64(binary.NativeEndian.Uint32(list[n:])) }
		if w.work++; u32(0)&bucketElement == 0 {
			continue
		}
		value := first + int64(i)*elementSize + u32(4) + u32(8)
		b, ok := w.bytes(id, value, bucketHeader+headerSize)
		if len(b) < bucketHeader {
			continue // outside of the file
		}
		root := binary.NativeEndian.Uint64(b)
		switch size := u32(12); {
		case size < bucketHeader, root == 0 && (size < bucketHeader+headerSize || !ok ||
			Kind(binary.NativeEndian.Uint16(b[bucketHeader+8:])) != Leaf):
			return w.endless(id, "has a bucket of an unknown kind: reading it would not end")
		case root != 0:
			n += w.page(root, depth+1, false)
		}
		if n > w.most || w.work > w.most {
			return w.endless(id, "leads to the same pages over and over: reading it would not end")
		}
	}
	return n
}
