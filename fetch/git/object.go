package git

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/klauspost/compress/flate"

	"fineprint/fetch/bounds"
)

const (
	// maxObject bounds one object, in bytes: no page is read that is larger.
	maxObject = bounds.MaxBytes
	// maxChain bounds a chain of differences; git itself makes at most 4,095.
	maxChain = 4096
	// maxChainBytes bounds the differences of a chain, which are held at once: each
	// may inflate a thousandfold.
	maxChainBytes = 2 * maxObject
	// keptBuffer bounds the buffers that are kept for the next object.
	keptBuffer = 1 << 20
)

// ErrTooLarge is returned for what no file of an archive is.
var ErrTooLarge = fmt.Errorf("it is larger than %d MB", maxObject>>20)

// objectReader holds what reading one object leaves for the next. It inflates by
// klauspost/compress, which takes a tenth less for all of an archive than the
// standard library, and no more of the program.
type objectReader struct {
	whole, made contentCache
	source      *bytes.Reader
	inflate     io.ReadCloser
	raw         []byte // the stored bytes of an object
	piece       []byte // of a content on its way into a string
	deltas      []byte // the differences of a chain, one after the other
	steps       []step
}

func newObjectReader() objectReader {
	source := bytes.NewReader(nil)
	return objectReader{source: source, inflate: flate.NewReader(source), piece: make([]byte, 32<<10),
		whole: newContentCache(wholeBytes), made: newContentCache(madeBytes)}
}

// step is a difference on the way from a whole object to the one asked for.
type step struct {
	at       location
	from, to int // in deltas
}

// Object returns an object's kind and content. The error is [ErrNotFound] for one
// that isn't there and [ErrForged] for one that isn't what its name says.
func (r *Repo) Object(name Name) (Kind, string, error) {
	if len(name) != r.hash.size {
		return 0, "", ErrNotFound
	}
	p, i := r.locate(name)
	if p == nil {
		kind, content, err := r.loose(name)
		if err == nil && string(r.hash.name(kind, content)) != string(name) {
			return 0, "", ErrForged
		}
		return kind, content, err
	}
	offset, _ := p.offset(i)
	kind, content, err := r.unpack(p, offset)
	if err != nil || p.checked[i/64]>>(i%64)&1 == 1 {
		return kind, content, err
	}
	if string(r.hash.name(kind, content)) != string(name) {
		return 0, "", ErrForged
	}
	p.checked[i/64] |= 1 << (i % 64)
	return kind, content, nil
}

// locate finds the pack that holds an object, and its place in the index.
func (r *Repo) locate(name Name) (*pack, int) {
	for _, p := range r.packs {
		if i, ok := p.find(name); ok {
			return p, i
		}
	}
	return nil, 0
}

// unpack makes the object at an offset: down its chain of differences to a whole
// or kept content, and up again.
func (r *Repo) unpack(p *pack, offset int64) (Kind, string, error) {
	r.steps, r.deltas = r.steps[:0], r.deltas[:0]
	if cap(r.deltas) > keptBuffer {
		r.deltas = nil
	}
	for {
		at := location{p, offset}
		if kept, ok := r.made.get(at); ok {
			return r.build(kept)
		}
		if kept, ok := r.whole.get(at); ok {
			return r.build(kept)
		}
		h, body, err := r.read(p, offset)
		if err != nil {
			return 0, "", err
		}
		if h.kind != offsetDelta && h.kind != nameDelta {
			whole := content{kind: h.kind}
			if whole.text, err = r.text(body, h.size); err != nil {
				return 0, "", err
			}
			r.whole.put(at, whole)
			return r.build(whole)
		}
		if err := r.addStep(at, body, h.size); err != nil {
			return 0, "", err
		}
		if offset = h.base; h.kind == offsetDelta {
			continue
		}
		base, i := r.locate(h.baseName)
		if base == nil {
			kind, text, err := r.loose(h.baseName)
			if err != nil {
				return 0, "", err
			}
			return r.build(content{kind, text})
		}
		p = base
		offset, _ = p.offset(i)
	}
}

// addStep inflates a difference.
func (r *Repo) addStep(at location, body []byte, size int64) error {
	from := len(r.deltas)
	if len(r.steps) == maxChain {
		return errors.New("a chain of differences has no end")
	}
	if int64(from)+size > maxChainBytes {
		return ErrTooLarge
	}
	err := r.inflated(body, size, func(piece []byte) { r.deltas = append(r.deltas, piece...) })
	if err == nil && int64(len(r.deltas)-from) != size {
		err = errDeflated
	}
	r.steps = append(r.steps, step{at, from, len(r.deltas)})
	return err
}

// build applies the differences to a content, the last one first. Of the contents
// on the way it keeps those asked for next, and every fourth one, from which the
// others are at most three steps away.
func (r *Repo) build(c content) (Kind, string, error) {
	for i := len(r.steps) - 1; i >= 0; i-- {
		s := r.steps[i]
		made, err := patch(c.text, r.deltas[s.from:s.to])
		if err != nil {
			return 0, "", err
		}
		c.text = made
		if i < keptEvery || i%keptEvery == 0 {
			r.made.put(s.at, c)
		}
	}
	return c.kind, c.text, nil
}

// read returns the header of the object at an offset, and its deflated bytes,
// which hold until the next one is read.
func (r *Repo) read(p *pack, offset int64) (h packed, body []byte, err error) {
	if cap(r.raw) > keptBuffer {
		r.raw = nil
	}
	if r.raw, err = p.stored(offset, r.raw); err != nil {
		return h, nil, err
	}
	return p.header(r.raw, offset)
}

// text inflates a content of a known size.
func (r *Repo) text(body []byte, size int64) (string, error) {
	var b strings.Builder
	// A hostile header may lie about the length: don't take it all at once.
	b.Grow(int(min(size, 1<<20)))
	err := r.inflated(body, size, func(piece []byte) { b.Write(piece) })
	if err == nil && int64(b.Len()) != size {
		err = errDeflated
	}
	return b.String(), err
}

var (
	errDeflated = errors.New("its bytes can't be inflated")
	errLonger   = errors.New("it is longer than it should be")
)

// inflated hands over what bytes deflated by zlib inflate to, in pieces. Their
// checksum isn't looked at: the content's name is the stronger one.
func (r *Repo) inflated(b []byte, room int64, add func([]byte)) error {
	if len(b) < 2 || b[0]&15 != 8 || (int(b[0])<<8|int(b[1]))%31 != 0 || b[1]&0x20 != 0 {
		return errDeflated
	}
	r.source.Reset(b[2:])
	if err := r.inflate.(flate.Resetter).Reset(r.source, nil); err != nil {
		return err
	}
	for {
		n, err := r.inflate.Read(r.piece)
		if room -= int64(n); room < 0 {
			return errLonger
		}
		add(r.piece[:n])
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errDeflated
		}
	}
}

// loose reads an object that has a file of its own.
func (r *Repo) loose(name Name) (Kind, string, error) {
	digits := name.String()
	for _, root := range r.roots {
		if root == nil {
			continue
		}
		b, err := readFile(root, filepath.Join(digits[:2], digits[2:]), maxObject)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return 0, "", err
		}
		return r.parseLoose(b)
	}
	return 0, "", r.notFound()
}

// parseLoose reads a deflated "kind size", a zero byte and the content.
func (r *Repo) parseLoose(b []byte) (Kind, string, error) {
	var all bytes.Buffer
	err := r.inflated(b, maxObject+64, func(piece []byte) { all.Write(piece) })
	if errors.Is(err, errLonger) {
		err = ErrTooLarge
	}
	if err != nil {
		return 0, "", err
	}
	head, text, _ := strings.Cut(all.String(), "\x00")
	word, size, _ := strings.Cut(head, " ")
	if n, err := strconv.Atoi(size); err != nil || n != len(text) {
		return 0, "", errDeflated
	}
	for k := Commit; k <= Tag; k++ {
		if k.String() == word {
			return k, text, nil
		}
	}
	return 0, "", errDeflated
}
