package ota

import (
	"container/list"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/plumbing/format/idxfile"
	"github.com/go-git/go-git/v5/plumbing/format/packfile"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"

	"fineprint/store/model"
)

const (
	// maxBlob bounds one object, in bytes.
	maxBlob = 64 << 20
	// baseCache bounds the contents kept to build the next ones from, in bytes.
	// A history is read oldest first, git packs it newest first: every version
	// is a chain of up to 50 differences, whose intermediate contents are the
	// versions that are asked for next.
	baseCache = 64 << 20
	// maxChain bounds a chain of differences; git itself makes at most 4,095.
	maxChain = 4096
	// maxChainBytes bounds the differences of a chain, which are held at once: each
	// may inflate a thousandfold.
	maxChainBytes = 2 * maxBlob
)

// objects reads a repository's objects: those in its own packs directly, what
// else there is (loose objects, alternates) through go-git.
//
// go-git would read packs too, but computes the SHA-1 of every content it keeps
// as a base, with collision detection: half of the time of an import. Like git
// itself, this relies on zlib's checksum, the lengths and the index.
type objects struct {
	packs    []*pack
	contents contentCache
	rest     *filesystem.Storage
}

type pack struct {
	file    io.ReadSeekCloser
	index   *idxfile.MemoryIndex
	scanner *packfile.Scanner
}

func openObjects(storage *filesystem.Storage) (*objects, error) {
	fs := storage.Filesystem()
	o := &objects{contents: contentCache{limit: baseCache, at: map[location]*list.Element{}},
		rest: filesystem.NewStorageWithOptions(fs, cache.NewObjectLRU(8<<20), filesystem.Options{KeepDescriptors: true,
			LargeObjectThreshold: maxBlob})}
	dir := dotgit.New(fs)
	names, err := dir.ObjectPacks()
	if err != nil {
		return o, nil // no folder of packs
	}
	for _, name := range names {
		p, err := openPack(dir, name)
		if err != nil {
			_ = o.close()
			return nil, fmt.Errorf("%w: the pack %s can't be read: %w", model.ErrInvalid, name, err)
		}
		o.packs = append(o.packs, p)
	}
	return o, nil
}

func openPack(dir *dotgit.DotGit, name plumbing.Hash) (*pack, error) {
	idx, err := dir.ObjectPackIdx(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = idx.Close() }()
	p := &pack{index: idxfile.NewMemoryIndex()}
	if err := idxfile.NewDecoder(idx).Decode(p.index); err != nil {
		return nil, err
	}
	if p.file, err = dir.ObjectPack(name); err != nil {
		return nil, err
	}
	p.scanner = packfile.NewScanner(p.file)
	return p, nil
}

func (o *objects) close() error {
	var all []error
	for _, p := range o.packs {
		all = append(all, p.file.Close())
	}
	return errors.Join(append(all, o.rest.Close())...)
}

// get returns an object's type and content. The error is plumbing.ErrObjectNotFound for one that isn't there.
func (o *objects) get(hash plumbing.Hash) (plumbing.ObjectType, string, error) {
	for _, p := range o.packs {
		offset, err := p.index.FindOffset(hash)
		if errors.Is(err, plumbing.ErrObjectNotFound) {
			continue
		}
		if err != nil {
			return 0, "", err
		}
		return o.unpack(p, offset)
	}
	return o.other(hash)
}

// other reads an object that is in no pack of the repository's own.
func (o *objects) other(hash plumbing.Hash) (plumbing.ObjectType, string, error) {
	found, err := o.rest.EncodedObject(plumbing.AnyObject, hash)
	if err != nil {
		return 0, "", err
	}
	if found.Size() > maxBlob {
		return 0, "", errTooLarge()
	}
	r, err := found.Reader()
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = r.Close() }()
	var content strings.Builder
	content.Grow(int(found.Size()))
	_, err = io.CopyN(&content, r, found.Size())
	return found.Type(), content.String(), err
}

func errTooLarge() error {
	return fmt.Errorf("%w: a file is larger than %d MB", model.ErrInvalid, maxBlob>>20)
}

// step is a difference on the way from a whole object to the one asked for.
type step struct {
	at    location
	delta string
}

// unpack makes the object at an offset: down its chain of differences to a
// whole or kept content, and up again.
func (o *objects) unpack(p *pack, offset int64) (plumbing.ObjectType, string, error) {
	var steps []step
	held := 0
	for {
		at := location{p, offset}
		if kept, ok := o.contents.get(at); ok {
			return o.build(kept, steps)
		}
		h, body, err := p.read(offset)
		if err != nil {
			return 0, "", err
		}
		if h.Type != plumbing.OFSDeltaObject && h.Type != plumbing.REFDeltaObject {
			whole := content{kind: h.Type, text: body}
			o.contents.put(at, whole)
			return o.build(whole, steps)
		}
		if steps = append(steps, step{at, body}); len(steps) > maxChain {
			return 0, "", errors.New("a chain of differences has no end")
		}
		if held += len(body); held > maxChainBytes {
			return 0, "", errTooLarge()
		}
		offset = h.OffsetReference
		if h.Type == plumbing.OFSDeltaObject {
			continue
		}
		if offset, err = p.index.FindOffset(h.Reference); err != nil {
			kind, base, err := o.other(h.Reference)
			if err != nil {
				return 0, "", err
			}
			return o.build(content{kind, base}, steps)
		}
	}
}

func (o *objects) build(c content, steps []step) (plumbing.ObjectType, string, error) {
	for i := len(steps) - 1; i >= 0; i-- {
		made, err := patch(c.text, steps[i].delta)
		if err != nil {
			return 0, "", err
		}
		c.text = made
		o.contents.put(steps[i].at, c)
	}
	return c.kind, c.text, nil
}

// read inflates the object at an offset of the pack.
func (p *pack) read(offset int64) (*packfile.ObjectHeader, string, error) {
	h, err := p.scanner.SeekObjectHeader(offset)
	if err != nil {
		return nil, "", err
	}
	if h.Length > maxBlob {
		return nil, "", errTooLarge()
	}
	// A hostile header may lie about the length: don't take it all at once.
	var body strings.Builder
	body.Grow(int(min(h.Length, 1<<20)))
	n, _, err := p.scanner.NextObject(&body)
	if err == nil && n != h.Length {
		err = io.ErrUnexpectedEOF
	}
	return h, body.String(), err
}

var errDelta = errors.New("a difference in the pack is malformed")

// patch applies a difference in git's pack format.
func patch(base, delta string) (string, error) {
	from, n := uvarint(delta)
	if n <= 0 || from != uint64(len(base)) {
		return "", errDelta
	}
	delta = delta[n:]
	size, n := uvarint(delta)
	if n <= 0 || size > math.MaxInt32 {
		return "", errDelta
	}
	if size > maxBlob {
		return "", errTooLarge()
	}
	delta = delta[n:]
	var out strings.Builder
	out.Grow(int(size))
	for len(delta) > 0 {
		op := delta[0]
		delta = delta[1:]
		piece := delta
		switch {
		case op&0x80 != 0:
			var at, length int
			if at, length, n = copyOf(op, delta); n < 0 || at < 0 || length > len(base)-at {
				return "", errDelta
			}
			piece, delta = base[at:at+length], delta[n:]
		case op == 0 || int(op) > len(delta):
			return "", errDelta
		default:
			piece, delta = delta[:op], delta[op:]
		}
		if len(piece) > int(size)-out.Len() {
			return "", errDelta
		}
		out.WriteString(piece)
	}
	if out.Len() != int(size) {
		return "", errDelta
	}
	return out.String(), nil
}

// uvarint reads a number at the start of s, as [binary.Uvarint] does.
func uvarint(s string) (v uint64, n int) {
	var b [binary.MaxVarintLen64]byte
	n = copy(b[:], s)
	return binary.Uvarint(b[:n])
}

// copyOf decodes a copy's offset and length; its bits are which bytes of both
// follow. n is how many did, -1 when there are too few.
func copyOf(op byte, b string) (at, length, n int) {
	for i := range 7 {
		if op>>i&1 == 0 {
			continue
		}
		if n == len(b) {
			return 0, 0, -1
		}
		if i < 4 {
			at |= int(b[n]) << (8 * i)
		} else {
			length |= int(b[n]) << (8 * (i - 4))
		}
		n++
	}
	if length == 0 {
		length = 0x10000
	}
	return at, length, n
}

type location struct {
	pack   *pack
	offset int64
}

type content struct {
	kind plumbing.ObjectType
	text string
}

// contentCache keeps the contents used last, up to limit bytes.
type contentCache struct {
	limit, size int
	order       list.List // of cached, newest first
	at          map[location]*list.Element
}

type cached struct {
	location
	content
}

func (c *contentCache) get(at location) (content, bool) {
	e, ok := c.at[at]
	if !ok {
		return content{}, false
	}
	c.order.MoveToFront(e)
	return e.Value.(cached).content, true
}

func (c *contentCache) put(at location, what content) {
	if _, ok := c.at[at]; ok || len(what.text) > c.limit/4 {
		return
	}
	c.at[at] = c.order.PushFront(cached{at, what})
	for c.size += len(what.text); c.size > c.limit; {
		oldest := c.order.Back()
		gone := c.order.Remove(oldest).(cached)
		delete(c.at, gone.location)
		c.size -= len(gone.text)
	}
}
