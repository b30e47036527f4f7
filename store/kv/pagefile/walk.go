package pagefile

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// maxDepth is how many pages one above the other a walk follows: a tree whose pages
// have two children each would be larger than any file then.
const maxDepth = 64

// bucketHeader is the size of what describes a bucket: its first page and its sequence;
// behind it, without a first page, its only page itself.
const bucketHeader = 16

// Bucket is a bucket that a walk came to.
type Bucket struct {
	Name     []byte
	Within   *Bucket // nil for one of the file's own buckets
	Root     uint64  // its first page; 0 when it stands within its parent's page
	Sequence uint64
}

// String names a bucket with those it is within.
func (b *Bucket) String() string {
	if b == nil {
		return ""
	}
	name := strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f {
			return '?'
		}
		return r
	}, string(b.Name[:min(len(b.Name), 64)]))
	if b.Within != nil {
		return b.Within.String() + "/" + name
	}
	return name
}

// Visitor is told what a walk comes to. Each part may be nil; an error of theirs ends the walk.
// Memory is theirs to keep.
type Visitor struct {
	// Page is told of every page of the tree whose header is sound, with those of its
	// elements that are; bucket is nil for the list of the file's buckets.
	Page func(bucket *Bucket, p Page, list []Element) error
	// Bucket is told of every bucket before its values.
	Bucket func(b *Bucket) error
	// Value is told of every value, also of a page that is broken elsewhere; page is
	// the one it is on.
	Value func(bucket *Bucket, page uint64, key, value []byte) error
	// Skip reports whether a page, and what is below it, is left out.
	Skip func(page uint64) bool
	// Problem is told what is wrong.
	Problem func(Problem)
}

type walk struct {
	f       *File
	m       Meta
	ctx     context.Context
	v       Visitor
	reached Set
}

// Walk goes over all pages that a meta page leads to and returns which these are, meta pages
// included. A broken page is told of and left out; the error is the context's or the visitor's.
func (f *File) Walk(ctx context.Context, m Meta, v Visitor) (Set, error) {
	w := &walk{f: f, m: m, ctx: ctx, v: v, reached: NewSet(f.Pages())}
	w.reached.Add(0)
	w.reached.Add(1)
	if m.Pages > f.Pages() {
		w.problem(nil, broken(m.Page, "says that the file has %d pages; it has %d", m.Pages, f.Pages()))
	}
	err := w.page(nil, m.Root, 0, nil, nil)
	return w.reached, err
}

func (w *walk) problem(b *Bucket, err error) {
	if w.v.Problem == nil || err == nil {
		return
	}
	var p Problem
	if !errors.As(err, &p) {
		p.What = err.Error()
	}
	if p.Bucket == "" {
		p.Bucket = b.String()
	}
	w.v.Problem(p)
}

// page goes over a page and what is below; its keys must be from low on, and below high
// unless that is nil.
func (w *walk) page(b *Bucket, id uint64, depth int, low, high []byte) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if w.v.Skip != nil && w.v.Skip(id) {
		return nil
	}
	if depth > maxDepth {
		w.problem(b, broken(id, "is deeper than a tree of this file can be"))
		return nil
	}
	p, err := w.f.page(id, w.m.Pages)
	if err == nil && p.Kind == FreeList {
		err = broken(id, "is a list of free pages where values are expected")
	}
	if err != nil {
		w.problem(b, err)
		return nil
	}
	for n := range uint64(p.Overflow) + 1 {
		if w.reached.Has(id + n) {
			w.problem(b, broken(id+n, "is used twice"))
			return nil
		}
	}
	for n := range uint64(p.Overflow) + 1 {
		w.reached.Add(id + n)
	}
	list, err := p.Elements()
	if err == nil {
		err = w.fits(p, list, depth, low, high)
	}
	w.problem(b, err)
	if w.v.Page != nil {
		if err := w.v.Page(b, p, list); err != nil {
			return err
		}
	}
	if p.Kind == Leaf {
		return w.leaf(b, p.ID, list, depth)
	}
	for i, e := range list {
		next := high
		if i+1 < len(list) {
			next = list[i+1].Key
		}
		if err := w.page(b, e.Child, depth+1, e.Key, next); err != nil {
			return err
		}
	}
	return nil
}

// fits says what is wrong with a page whose elements are sound by themselves.
func (w *walk) fits(p Page, list []Element, depth int, low, high []byte) error {
	switch {
	case !p.ended(list, w.f.pageSize):
		return broken(p.ID, "says that %d pages belong to it, and needs fewer", p.Overflow)
	case len(list) == 0 && (p.Kind == Branch || low != nil):
		return broken(p.ID, "has no elements")
	case len(list) == 0:
		return nil
	case low != nil && bytes.Compare(list[0].Key, low) < 0,
		high != nil && bytes.Compare(list[len(list)-1].Key, high) >= 0:
		return broken(p.ID, "has keys that belong elsewhere")
	}
	return nil
}

// leaf goes over the elements of a leaf page.
func (w *walk) leaf(b *Bucket, page uint64, list []Element, depth int) error {
	for _, e := range list {
		switch {
		case e.Bucket:
			if err := w.bucket(b, page, e, depth); err != nil {
				return err
			}
		case b == nil:
			w.problem(b, broken(page, "has a value where only buckets are expected"))
		case w.v.Value != nil:
			if err := w.v.Value(b, page, e.Key, e.Value); err != nil {
				return err
			}
		}
	}
	return nil
}

// bucket goes over a bucket that an element describes.
func (w *walk) bucket(within *Bucket, page uint64, e Element, depth int) error {
	b := &Bucket{Name: e.Key, Within: within}
	if len(e.Value) < bucketHeader {
		w.problem(b, broken(page, "describes a bucket in %d bytes", len(e.Value)))
		return nil
	}
	b.Root, b.Sequence = binary.NativeEndian.Uint64(e.Value), binary.NativeEndian.Uint64(e.Value[8:])
	if w.v.Bucket != nil {
		if err := w.v.Bucket(b); err != nil {
			return err
		}
	}
	if b.Root != 0 {
		return w.page(b, b.Root, depth+1, nil, nil)
	}
	list, err := inline(e.Value[bucketHeader:])
	if err != nil {
		w.problem(b, broken(page, "%v", err))
	}
	if depth >= maxDepth {
		w.problem(b, broken(page, "has buckets within each other, deeper than is expected"))
		return nil
	}
	return w.leaf(b, page, list, depth+1)
}

// inline returns the elements of a bucket that stands within its parent's page.
func inline(raw []byte) ([]Element, error) {
	if len(raw) < headerSize {
		return nil, errors.New("has a bucket without a page")
	}
	kind, count := Kind(binary.NativeEndian.Uint16(raw[8:])), int(binary.NativeEndian.Uint16(raw[10:]))
	if kind != Leaf {
		return nil, fmt.Errorf("has a bucket of an unknown kind (%#x)", uint16(kind))
	}
	list, err := elements(raw, kind, count)
	if err != nil {
		err = fmt.Errorf("has a bucket that %w", err)
	}
	return list, err
}
