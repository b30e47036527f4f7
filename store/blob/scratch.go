package blob

import (
	"fineprint/store/kv"
)

// Scratch is memory in which blobs are read that have nothing to do with each other: what
// lies between one and the blob it builds on is not kept, and no garbage is made. It is for
// one goroutine.
type Scratch struct {
	content, base, raw []byte
	chain              []Value
	numbers            []uint64
}

// scratchKeeps bounds, in bytes, each of the parts of a Scratch that is kept.
const scratchKeeps = 2 << 20

// Read makes the content of blob n and checks it against its hash, which it returns. The
// content is good until the next Read.
func (s *Scratch) Read(tx *kv.Tx, n uint64) ([]byte, kv.Sum, error) {
	defer func() {
		for _, b := range []*[]byte{&s.content, &s.base, &s.raw} {
			if cap(*b) > scratchKeeps {
				*b = nil
			}
		}
		clear(s.chain) // they point into the file
	}()
	b, err := Get(tx, n)
	if err != nil {
		return nil, kv.Sum{}, err
	}
	s.chain, s.numbers = append(s.chain[:0], b), append(s.numbers[:0], n)
	for top := b; b.Depth > 0; {
		m := b.Base
		if b, err = Get(tx, m); err != nil {
			return nil, kv.Sum{}, err
		}
		if b.Depth != top.Depth-len(s.chain) { // each step goes down: a ring has no end
			return nil, kv.Sum{}, unreadable(n, "builds on one of another depth")
		}
		s.chain, s.numbers = append(s.chain, b), append(s.numbers, m)
	}
	content := s.content[:0]
	for i := len(s.chain) - 1; i >= 0; i-- {
		s.content, s.base = s.base, content
		if content, err = s.chain[i].appendContent(s.content[:0], &s.raw, s.numbers[i], s.base); err != nil {
			return nil, kv.Sum{}, err
		}
		s.content = content
	}
	sum, err := s.chain[0].check(n, content)
	return content, sum, err
}
