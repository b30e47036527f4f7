package blob

import (
	"encoding/binary"
	"slices"

	"fineprint/store/kv"
)

// Visit is told of a blob: its value and content, which are valid during the call only,
// or why they can't be made. An error of its own ends the walk.
type Visit func(n uint64, b Value, content []byte, err error) error

// Walk visits every blob, each once. It goes from a content that is stored whole on
// through what builds on it, so that each is made once, and it holds few of them however
// many there are. Contents are not checked against their hashes.
func Walk(tx *kv.Tx, visit Visit) error {
	w := &walker{tx: tx, visit: visit}
	w.plan()
	for at := range w.links {
		if w.links[at].root {
			if err := w.chain(at); err != nil {
				return err
			}
		}
	}
	// What is left builds on nothing, on itself or on what can't be made: it says so.
	for at := range w.links {
		if w.links[at].done {
			continue
		}
		b, content, err := w.alone(w.links[at].n)
		if err := visit(w.links[at].n, b, content, err); err != nil {
			return err
		}
	}
	return nil
}

// link is a blob in the order of numbers, with what builds on it.
type link struct {
	n           uint64
	first, next int32 // of what builds on it, and of what builds on the same; -1: none
	root, done  bool
}

type walker struct {
	tx      *kv.Tx
	visit   Visit
	links   []link
	free    [][]byte // memory of contents that nothing builds on any more
	scratch []byte   // of what is decompressed
}

// plan finds out what builds on what.
func (w *walker) plan() {
	type base struct {
		n     uint64
		depth byte
	}
	var bases []base
	c := w.tx.Bucket(kv.BucketBlob).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		w.tx.Walked(len(v))
		on := base{}
		if len(v) > 37 {
			on.n, _ = binary.Uvarint(v[37:])
			on.depth = v[36]
		}
		w.links, bases = append(w.links, link{n: kv.KeyNumber(k), first: -1, next: -1}), append(bases, on)
	}
	for at := len(bases) - 1; at >= 0; at-- { // so that the first comes first
		on := bases[at]
		if on.depth == 0 {
			w.links[at].root = true
			continue
		}
		below, found := slices.BinarySearchFunc(w.links, on.n, func(l link, n uint64) int {
			switch {
			case l.n < n:
				return -1
			case l.n > n:
				return 1
			}
			return 0
		})
		if found && bases[below].depth == on.depth-1 { // each step goes down: a ring is left over
			w.links[at].next, w.links[below].first = w.links[below].first, int32(at)
		}
	}
}

// made is a content on which others build.
type made struct {
	content []byte
	next    int32 // that builds on it
}

// chain visits a blob that is stored whole and all that builds on it.
func (w *walker) chain(root int) error {
	content, err := w.made(root, nil)
	if err != nil || content == nil {
		return err
	}
	stack := []made{{content, w.links[root].first}}
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if top.next < 0 {
			w.free = append(w.free, top.content)
			stack = stack[:len(stack)-1]
			continue
		}
		at := int(top.next)
		top.next = w.links[at].next
		content, err := w.made(at, top.content)
		if err != nil {
			return err
		}
		if content == nil {
			continue
		}
		if top.next < 0 { // the last one needs its base no longer
			w.free = append(w.free, top.content)
			stack = stack[:len(stack)-1]
		}
		stack = append(stack, made{content, w.links[at].first})
	}
	return nil
}

// made makes a content from that of its base and has it visited; nil is one that can't
// be made: what builds on it is left over.
func (w *walker) made(at int, base []byte) ([]byte, error) {
	l := &w.links[at]
	l.done = true
	value := w.tx.Bucket(kv.BucketBlob).Get(kv.Key(l.n))
	w.tx.Walked(len(value))
	b, err := Parse(l.n, value)
	if err != nil {
		return nil, w.visit(l.n, b, nil, err)
	}
	into := []byte{}
	if last := len(w.free) - 1; last >= 0 {
		into, w.free = w.free[last][:0], w.free[:last]
	}
	content, err := b.appendContent(into, &w.scratch, l.n, base)
	if err != nil {
		return nil, w.visit(l.n, b, nil, err)
	}
	return content, w.visit(l.n, b, content, nil)
}

// alone makes a content by itself.
func (w *walker) alone(n uint64) (Value, []byte, error) {
	b, err := Get(w.tx, n)
	if err != nil {
		return b, nil, err
	}
	content, err := Content(w.tx, n, b)
	return b, content, err
}
