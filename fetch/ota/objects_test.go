package ota

import (
	"bytes"
	"compress/zlib"
	"container/list"
	"encoding/binary"
	"errors"
	"testing"

	"github.com/go-git/go-git/v5/plumbing/format/packfile"

	"fineprint/store/model"
)

// packOf writes a pack of one small object and a chain of differences on it, each
// of which inflates to so many zeros, and returns where the last one is.
func packOf(t *testing.T, chain, inflated int) (*pack, int64) {
	t.Helper()
	deflate := func(content []byte) []byte {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		if _, err := z.Write(content); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	head := func(kind byte, size int) []byte { // four bits of the size, then seven each
		first, rest := kind<<4|byte(size&15), size>>4
		if rest == 0 {
			return []byte{first}
		}
		return binary.AppendUvarint([]byte{first | 0x80}, uint64(rest))
	}
	backwards := func(n int64) []byte { // git's numbers of offsets
		out := []byte{byte(n & 0x7f)}
		for n >>= 7; n > 0; n >>= 7 {
			n--
			out = append([]byte{byte(n&0x7f) | 0x80}, out...)
		}
		return out
	}
	b := []byte("PACK\x00\x00\x00\x02\x00\x00\x00")
	b = append(b, byte(chain+1))
	at := int64(len(b))
	b = append(append(b, head(3, 1)...), deflate([]byte("x"))...)
	zeros := deflate(make([]byte, inflated))
	for range chain {
		next := int64(len(b))
		b = append(append(append(b, head(6, inflated)...), backwards(next-at)...), zeros...)
		at = next
	}
	return &pack{scanner: packfile.NewScanner(bytes.NewReader(b))}, at
}

// TestChainOfDifferencesIsBounded: a small pack can't have a reader hold
// gigabytes of differences at once.
func TestChainOfDifferencesIsBounded(t *testing.T) {
	p, last := packOf(t, 6, maxBlob/2)
	o := objects{contents: contentCache{limit: baseCache, at: map[location]*list.Element{}}}
	if _, _, err := o.unpack(p, last); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("six differences of %d MB: %v", maxBlob>>21, err)
	}
	p, last = packOf(t, 2, 10)
	if _, _, err := o.unpack(p, last); !errors.Is(err, errDelta) {
		t.Errorf("differences that are none: %v", err)
	}
}
