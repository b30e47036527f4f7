package pagefile

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// Kind is what a page holds.
type Kind uint16

// The kinds of page.
const (
	Branch   Kind = 0x01
	Leaf     Kind = 0x02
	MetaPage Kind = 0x04
	FreeList Kind = 0x10
)

// Problem is what is wrong with a page.
type Problem struct {
	Page   uint64
	Bucket string // whose page it is, as far as that is known
	What   string
}

// Error is a part of a sentence.
func (p Problem) Error() string {
	if p.Bucket != "" {
		return fmt.Sprintf("page %d (bucket %s) %s", p.Page, p.Bucket, p.What)
	}
	return fmt.Sprintf("page %d %s", p.Page, p.What)
}

func broken(page uint64, format string, args ...any) error {
	return Problem{Page: page, What: fmt.Sprintf(format, args...)}
}

// Page is a page with the pages of its run.
type Page struct {
	ID       uint64
	Kind     Kind
	Count    int    // of elements, as the header states
	Overflow uint32 // how many pages of its run follow
	Raw      []byte // the whole run
}

// Element is one element of a leaf or branch page.
type Element struct {
	Key    []byte
	Value  []byte // of a leaf
	Bucket bool   // of a leaf: the value describes a bucket
	Child  uint64 // of a branch: the page with keys from Key on
}

// Page reads a page with its run. What its header states is compared with the file; the error is
// a [Problem] then.
func (f *File) Page(id uint64) (Page, error) { return f.page(id, f.Pages()) }

// page reads a page of a file that counts so many.
func (f *File) page(id, pages uint64) (p Page, err error) {
	pages = min(pages, f.Pages())
	if id < 2 || id >= pages {
		return p, broken(id, "is outside of the %d pages of the file", pages)
	}
	raw := make([]byte, f.pageSize)
	if _, err := f.r.ReadAt(raw, int64(id)*int64(f.pageSize)); err != nil {
		return p, broken(id, "can't be read: %v", err)
	}
	p = Page{ID: id, Kind: Kind(binary.NativeEndian.Uint16(raw[8:])), Count: int(binary.NativeEndian.Uint16(raw[10:])),
		Overflow: binary.NativeEndian.Uint32(raw[12:]), Raw: raw}
	switch found := binary.NativeEndian.Uint64(raw); {
	case found != id && found == 0 && p.Kind == 0:
		return p, broken(id, "is empty")
	case found != id:
		return p, broken(id, "holds another page: it says that it is page %d", found)
	case p.Kind != Leaf && p.Kind != Branch && p.Kind != FreeList:
		return p, broken(id, "is of an unknown kind (%#x)", uint16(p.Kind))
	case uint64(p.Overflow) >= pages-id:
		return p, broken(id, "says that %d pages belong to it, of %d that follow", p.Overflow, pages-id-1)
	}
	if p.Overflow > 0 {
		p.Raw = make([]byte, f.pageSize*(1+int(p.Overflow)))
		copy(p.Raw, raw)
		if _, err := f.r.ReadAt(p.Raw[f.pageSize:], int64(id+1)*int64(f.pageSize)); err != nil {
			return p, broken(id, "can't be read: %v", err)
		}
	}
	return p, nil
}

// Elements returns the elements of a leaf or branch page, in its memory. When some are
// broken it returns the others, and of the first what is wrong with it, as a [Problem].
func (p Page) Elements() ([]Element, error) {
	list, err := elements(p.Raw, p.Kind, p.Count)
	if err != nil {
		return list, broken(p.ID, "%v", err)
	}
	return list, nil
}

// elements reads the elements of a page's bytes. Together they are no larger than these
// twice, whatever they state, so that working on each takes time in proportion.
func elements(raw []byte, kind Kind, count int) (list []Element, err error) {
	wrong := func(format string, args ...any) {
		if err == nil {
			err = fmt.Errorf(format, args...)
		}
	}
	if fit := (len(raw) - headerSize) / elementSize; count > fit {
		wrong("says that it has %d elements, but has room for %d", count, fit)
		count = fit
	}
	list = make([]Element, 0, count)
	next, budget := headerSize+count*elementSize, 2*len(raw)
	for i := range count {
		at := headerSize + i*elementSize
		e, from, to, ok := element(raw, kind, at)
		if !ok || to-from > budget {
			wrong("has an element (number %d) that leads out of it", i+1)
			continue
		}
		if from != next {
			wrong("has an element (number %d) that is not where the one before ends", i+1)
		}
		if len(list) > 0 && bytes.Compare(list[len(list)-1].Key, e.Key) >= 0 {
			wrong("has keys that do not ascend (element number %d)", i+1)
		}
		next = to
		budget -= to - from
		list = append(list, e)
	}
	return list, err
}

// element reads the element that begins at a byte of a page, and where its data is.
func element(raw []byte, kind Kind, at int) (e Element, from, to int, ok bool) {
	u32 := func(n int) uint64 { return uint64(binary.NativeEndian.Uint32(raw[at+n:])) }
	if kind == Branch {
		pos, size := uint64(at)+u32(0), u32(4)
		if pos+size > uint64(len(raw)) {
			return e, 0, 0, false
		}
		e.Key, e.Child = raw[pos:pos+size:pos+size], binary.NativeEndian.Uint64(raw[at+8:])
		return e, int(pos), int(pos + size), true
	}
	pos, keySize, valueSize := uint64(at)+u32(4), u32(8), u32(12)
	if pos+keySize+valueSize > uint64(len(raw)) {
		return e, 0, 0, false
	}
	middle, end := pos+keySize, pos+keySize+valueSize
	e.Key, e.Value, e.Bucket = raw[pos:middle:middle], raw[middle:end:end], u32(0)&1 != 0
	return e, int(pos), int(end), true
}

// ended reports whether elements fill a page's run into its last page, as bbolt's do.
func (p Page) ended(list []Element, pageSize int) bool {
	size := headerSize + len(list)*elementSize
	for _, e := range list {
		size += len(e.Key) + len(e.Value)
	}
	return size > int(p.Overflow)*pageSize
}
