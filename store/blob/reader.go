package blob

import (
	"fineprint/store/kv"
)

// Reader reads the contents of neighbouring blobs: one is nearly always stored
// as the difference to one that was read shortly before.
type Reader struct {
	tx    *kv.Tx
	known map[uint64][]byte // contents by blob
	order []uint64
	kept  int
}

// readerKeeps bounds, in bytes, what a Reader holds on to.
const readerKeeps = 24 << 20

// NewReader returns a Reader for one transaction.
func NewReader(tx *kv.Tx) *Reader { return &Reader{tx: tx, known: map[uint64][]byte{}} }

// Read makes the content of blob n, unchecked.
func (r *Reader) Read(n uint64) ([]byte, error) { return r.content(n, ChainLimit) }

// ReadChecked is Read of a content that is checked against its hash, which it returns.
func (r *Reader) ReadChecked(n uint64) ([]byte, kv.Sum, error) {
	b, err := Get(r.tx, n)
	if err != nil {
		return nil, kv.Sum{}, err
	}
	content, err := r.Read(n)
	if err != nil {
		return nil, kv.Sum{}, err
	}
	s, err := b.check(n, content)
	return content, s, err
}

func (r *Reader) content(n uint64, depth int) ([]byte, error) {
	if content, ok := r.known[n]; ok {
		return content, nil
	}
	b, err := Get(r.tx, n)
	if err != nil {
		return nil, err
	}
	if b.Depth > depth { // each step goes down: a ring has no end
		return nil, unreadable(n, "builds on one of another depth")
	}
	var base []byte
	if b.Depth > 0 {
		if base, err = r.content(b.Base, b.Depth-1); err != nil {
			return nil, err
		}
	}
	content, err := b.Content(n, base)
	if err != nil {
		return nil, err
	}
	r.known[n] = content
	r.order = append(r.order, n)
	for r.kept += len(content); r.kept > readerKeeps && len(r.order) > 1; r.order = r.order[1:] {
		r.kept -= len(r.known[r.order[0]])
		delete(r.known, r.order[0])
	}
	return content, nil
}
