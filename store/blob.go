package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
	bolt "go.etcd.io/bbolt"

	"fineprint/store/terms"
)

// A blob's value is: SHA-256 of the content (32), depth (1), base blob (8, 0
// when whole), length of the content (8), payload. The payload is a zstd frame
// of the content, or of the difference that makes it from the base.
const (
	blobHeader = 32 + 1 + 8 + 8
	// chainLimit bounds how many differences reading one blob applies.
	chainLimit = 48
	// maxBlob bounds the size of one content, in bytes.
	maxBlob = 256 << 20
)

type sum = [32]byte

var (
	encoders = sync.Pool{New: func() any {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false), zstd.WithWindowSize(1<<20))
		if err != nil {
			panic(err) // the options are constants
		}
		return e
	}}
	decoders = sync.Pool{New: func() any {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxBlob+1<<20))
		if err != nil {
			panic(err) // the options are constants
		}
		return d
	}}
)

func compress(b []byte) []byte {
	e := encoders.Get().(*zstd.Encoder)
	defer encoders.Put(e)
	return e.EncodeAll(b, nil)
}

func decompress(b []byte) ([]byte, error) {
	d := decoders.Get().(*zstd.Decoder)
	defer decoders.Put(d)
	return d.DecodeAll(b, nil)
}

// blobPlan is a content ready to be written: compressed against a base or whole.
type blobPlan struct {
	sum     sum
	content []byte
	payload []byte // nil when the content is there already
	delta   bool
	base    sum // meaningful when delta

	end   bool // it is the chain's end then, at this depth
	depth int
	root  bool // and the chain's root
}

// chainEnd is what the next content of a chain can be compressed against. What
// it plans follows from the contents alone, in whatever batches they come.
type chainEnd struct {
	end  *chainLink // nil before the first
	root *chainLink // stored whole; where the chain starts anew when it is at its limit
	// depth is how many differences reading end was planned to apply.
	depth int
}

type chainLink struct {
	content []byte
	sum     sum
}

// next plans content as the chain's next blob and makes it the chain's end. here
// says that an equal content is stored before it.
func (e *chainEnd) next(content []byte, s sum, here bool) *blobPlan {
	plan := &blobPlan{sum: s, content: content}
	if len(content) == 0 {
		plan.payload = compress(nil)
		return plan // nothing to build on: the next is compressed as this would have been
	}
	link := &chainLink{content, s}
	full := e.depth >= chainLimit
	switch {
	case here && e.root != nil:
	case here:
		plan.root = true
	case e.end != nil && !full && plan.against(e.end):
		e.depth++
	case e.root != nil && e.root != e.end && plan.against(e.root):
		e.depth = 1
	default:
		plan.payload = compress(content)
		e.depth, plan.root = 0, full || e.root == nil
	}
	e.end, plan.end, plan.depth = link, true, e.depth
	if plan.root {
		e.root = link
	}
	return plan
}

// moveOn notes in a document's row where its chain stands after a blob.
func (c *chainRow) moveOn(p *blobPlan, blob uint64) {
	if p.end {
		c.End, c.Depth = blob, p.depth
	}
	if p.root {
		c.Root = blob
	}
}

// against compresses the content against a base when that pays.
func (p *blobPlan) against(base *chainLink) bool {
	delta := compress(makeDelta(base.content, p.content))
	if len(delta) > len(p.content)/16 && len(compress(p.content)) <= len(delta)+len(delta)/4 {
		return false
	}
	p.payload, p.delta, p.base = delta, true, base.sum
	return true
}

// loadChainEnd reads a chain's end as next left it.
func loadChainEnd(tx *bolt.Tx, c chainRow) (chainEnd, error) {
	e := chainEnd{depth: c.Depth}
	for _, l := range []struct {
		link **chainLink
		blob uint64
	}{{&e.end, c.End}, {&e.root, c.Root}} {
		if l.blob == 0 {
			continue
		}
		content, err := readBlob(tx, l.blob)
		if err != nil {
			return e, err
		}
		*l.link = &chainLink{content, sumOf(content)}
	}
	if c.Root == c.End {
		e.root = e.end
	}
	return e, nil
}

// bytes is what the chain's end holds on to.
func (e *chainEnd) bytes() int {
	n := 0
	if e.end != nil {
		n += len(e.end.content)
	}
	if e.root != nil && e.root != e.end {
		n += len(e.root.content)
	}
	return n
}

// putBlob writes a planned blob unless its content is there already, and
// returns its number.
func putBlob(tx *bolt.Tx, p *blobPlan) (uint64, error) {
	if n := blobNumber(tx, p.sum); n != 0 {
		return n, nil
	}
	b := tx.Bucket(bktBlob)
	n, err := b.NextSequence()
	if err != nil {
		return 0, err
	}
	var base uint64
	var depth byte
	if p.delta {
		if base = blobNumber(tx, p.base); base == 0 {
			return 0, fmt.Errorf("%w: a blob's base is missing", terms.ErrDamaged)
		}
		// A base whose content was here before may be deeper than was planned.
		depth = blobDepth(tx, base) + 1
	}
	if depth > chainLimit || p.payload == nil {
		depth, base, p.payload = 0, 0, compress(p.content)
	}
	value := make([]byte, blobHeader, blobHeader+len(p.payload))
	copy(value, p.sum[:])
	value[32] = depth
	binary.BigEndian.PutUint64(value[33:], base)
	binary.BigEndian.PutUint64(value[41:], uint64(len(p.content)))
	if err := b.Put(u64(n), append(value, p.payload...)); err != nil {
		return 0, err
	}
	return n, tx.Bucket(bktBlobSum).Put(p.sum[:], u64(n))
}

func blobNumber(tx *bolt.Tx, s sum) uint64 {
	v := tx.Bucket(bktBlobSum).Get(s[:])
	if len(v) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(v)
}

// blobDepth returns how many differences reading blob n applies.
func blobDepth(tx *bolt.Tx, n uint64) byte {
	v := tx.Bucket(bktBlob).Get(u64(n))
	if len(v) < blobHeader {
		return chainLimit
	}
	return v[32]
}

// readBlob makes the content of blob n and checks it against its hash.
func readBlob(tx *bolt.Tx, n uint64) ([]byte, error) {
	content, err := blobContent(tx, n, chainLimit+1)
	if err != nil {
		return nil, fmt.Errorf("reading blob %d: %w", n, err)
	}
	v := tx.Bucket(bktBlob).Get(u64(n))
	if s := sha256.Sum256(content); !bytes.Equal(s[:], v[:32]) {
		return nil, fmt.Errorf("reading blob %d: %w: its bytes do not match their SHA-256", n, terms.ErrDamaged)
	}
	return content, nil
}

func blobContent(tx *bolt.Tx, n uint64, room int) ([]byte, error) {
	v := tx.Bucket(bktBlob).Get(u64(n))
	if len(v) < blobHeader || room == 0 {
		return nil, fmt.Errorf("%w: missing or malformed", terms.ErrDamaged)
	}
	size := binary.BigEndian.Uint64(v[41:])
	raw, err := decompress(v[blobHeader:])
	if err != nil || size > maxBlob {
		return nil, fmt.Errorf("%w: it does not decompress", terms.ErrDamaged)
	}
	if v[32] == 0 {
		return raw, nil
	}
	base, err := blobContent(tx, binary.BigEndian.Uint64(v[33:]), room-1)
	if err != nil {
		return nil, err
	}
	return applyDelta(base, raw, int(size))
}
