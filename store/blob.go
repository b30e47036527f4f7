package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"sync"

	"github.com/klauspost/compress/zstd"

	"fineprint/store/kv"
	"fineprint/store/model"
)

const (
	// chainLimit bounds how many differences reading one blob applies.
	chainLimit = 48
	// maxBlob bounds the size of one content, in bytes.
	maxBlob = 256 << 20
)

// blobValue is a blob as stored:
//
//	SHA-256 of the content (32) ‖ CRC-32C (4) ‖ depth (1) ‖ uvarint base ‖ uvarint size ‖ payload
//
// The CRC is of the blob's number and all the rest. Depth is how many
// differences reading it applies, base the blob that the payload is a difference
// to, 0 and 0 when it is whole, size the length of the content. The payload is
// one zstd frame.
type blobValue struct {
	sum     []byte
	depth   int
	base    uint64
	size    int
	payload []byte
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// blobCRC is the checksum of blob n's value v but for its own four bytes.
func blobCRC(n uint64, v []byte) uint32 {
	return crc32.Update(crc32.Update(crc32.Checksum(kv.Key(n), castagnoli), castagnoli, v[:32]), castagnoli, v[36:])
}

// encode makes the value to be stored as blob n.
func (b blobValue) encode(n uint64) []byte {
	v := make([]byte, 36, 36+1+2*binary.MaxVarintLen64+len(b.payload))
	copy(v, b.sum)
	v = append(v, byte(b.depth))
	v = binary.AppendUvarint(v, b.base)
	v = binary.AppendUvarint(v, uint64(b.size))
	v = append(v, b.payload...)
	binary.BigEndian.PutUint32(v[32:], blobCRC(n, v))
	return v
}

// parseBlob reads the value v of blob n; what it returns points into v.
func parseBlob(n uint64, v []byte) (blobValue, error) {
	malformed := func(why string) (blobValue, error) {
		return blobValue{}, fmt.Errorf("%w: blob %d %s", model.ErrDamaged, n, why)
	}
	if len(v) < 37 {
		return malformed("is missing or malformed")
	}
	if binary.BigEndian.Uint32(v[32:]) != blobCRC(n, v) {
		return malformed("does not match its checksum")
	}
	b := blobValue{sum: v[:32], depth: int(v[36]), payload: v[37:]}
	base, used := binary.Uvarint(b.payload)
	if used <= 0 {
		return malformed("is malformed")
	}
	size, more := binary.Uvarint(b.payload[used:])
	if more <= 0 || size > maxBlob || b.depth > chainLimit || (b.depth == 0) != (base == 0) {
		return malformed("is malformed")
	}
	b.base, b.size, b.payload = base, int(size), b.payload[used+more:]
	return b, nil
}

func getBlob(tx *kv.Tx, n uint64) (blobValue, error) {
	return parseBlob(n, tx.Bucket(kv.BucketBlob).Get(kv.Key(n)))
}

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
	sum     kv.Sum
	content []byte
	payload []byte // nil when the content is there already
	delta   bool
	base    kv.Sum // meaningful when delta

	end     bool // it is the chain's end then, at this depth
	depth   int
	root    bool // and the chain's root
	promote bool // the end before it is the chain's root then
}

// chainEnd is what the next content of a chain can be compressed against. What
// it plans follows from the contents alone, in whatever batches they come.
type chainEnd struct {
	end *chainLink // nil before the first
	// root is where the chain starts anew when it is at its limit, or after a bad
	// capture: the last content stored whole that another was built on.
	root *chainLink
	// depth is how many differences reading end was planned to apply.
	depth int
}

type chainLink struct {
	content []byte
	sum     kv.Sum
}

// next plans content as the chain's next blob and makes it the chain's end. here
// says that an equal content is stored before it.
func (e *chainEnd) next(content []byte, s kv.Sum, here bool) *blobPlan {
	plan := &blobPlan{sum: s, content: content}
	if len(content) == 0 {
		return plan // nothing to build on: the next is compressed as this would have been
	}
	link := &chainLink{content, s}
	switch {
	case here && e.root != nil:
		e.depth = max(e.depth, 1)
	case e.end != nil && e.depth < chainLimit && plan.against(e.end):
		if plan.promote = e.depth == 0; plan.promote {
			e.root = e.end
		}
		e.depth++
	case e.root != nil && e.root != e.end && plan.against(e.root):
		e.depth = 1
	default:
		if !here {
			plan.payload = compress(content)
		}
		e.depth, plan.root = 0, e.root == nil
	}
	e.end, plan.end, plan.depth = link, true, e.depth
	if plan.root {
		e.root = link
	}
	return plan
}

// moveOn notes in a document's row where its chain stands after a blob.
func (c *chainRow) moveOn(p *blobPlan, blob uint64) {
	if p.promote {
		c.Root = c.End
	}
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
func loadChainEnd(tx *kv.Tx, c chainRow) (chainEnd, error) {
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
		*l.link = &chainLink{content, kv.SumOf(content)}
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
func putBlob(tx *kv.Tx, p *blobPlan) (uint64, error) {
	if n := blobNumber(tx, p.sum); n != 0 {
		return n, nil
	}
	n, err := kv.NextNumber(tx, kv.BucketBlob)
	if err != nil {
		return 0, err
	}
	value := blobValue{sum: p.sum[:], size: len(p.content), payload: p.payload}
	if p.delta {
		base, err := getBlob(tx, blobNumber(tx, p.base))
		if err != nil {
			return 0, err
		}
		value.base, value.depth = blobNumber(tx, p.base), base.depth+1
	}
	// A base whose content was here before may be deeper than was planned.
	if value.depth > chainLimit || p.payload == nil {
		value.base, value.depth, value.payload = 0, 0, compress(p.content)
	}
	if err := kv.Insert(tx, kv.BucketBlob, kv.Key(n), value.encode(n)); err != nil {
		return 0, err
	}
	return n, tx.Bucket(kv.BucketBlobSum).Put(p.sum[:], kv.Key(n))
}

func blobNumber(tx *kv.Tx, s kv.Sum) uint64 {
	v := tx.Bucket(kv.BucketBlobSum).Get(s[:])
	if len(v) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(v)
}

// readBlob makes the content of blob n and checks it against its hash.
func readBlob(tx *kv.Tx, n uint64) ([]byte, error) {
	b, err := getBlob(tx, n)
	if err != nil {
		return nil, err
	}
	content, err := blobContent(tx, n, b)
	if err != nil {
		return nil, err
	}
	if s := sha256.Sum256(content); !bytes.Equal(s[:], b.sum) {
		return nil, fmt.Errorf("%w: the bytes of blob %d do not match their SHA-256", model.ErrDamaged, n)
	}
	return content, nil
}

// blobContent makes the content of blob n, unchecked.
func blobContent(tx *kv.Tx, n uint64, b blobValue) ([]byte, error) {
	var base []byte
	if b.depth > 0 {
		below, err := getBlob(tx, b.base)
		if err != nil {
			return nil, err
		}
		if below.depth != b.depth-1 { // each step goes down: a ring has no end
			return nil, fmt.Errorf("%w: blob %d builds on one of another depth", model.ErrDamaged, n)
		}
		if base, err = blobContent(tx, b.base, below); err != nil {
			return nil, err
		}
	}
	return b.content(n, base)
}

// content makes the content of a blob from that of its base.
func (b blobValue) content(n uint64, base []byte) ([]byte, error) {
	raw, err := decompress(b.payload)
	if err != nil {
		return nil, fmt.Errorf("%w: blob %d does not decompress", model.ErrDamaged, n)
	}
	if b.depth > 0 {
		return applyDelta(base, raw, b.size)
	}
	if len(raw) != b.size {
		return nil, fmt.Errorf("%w: blob %d is of another length than it says", model.ErrDamaged, n)
	}
	return raw, nil
}

// chainRow is a chainEnd as stored: by the numbers of its blobs.
type chainRow struct {
	End   uint64 `cbor:"1,keyasint,omitempty"`
	Root  uint64 `cbor:"2,keyasint,omitempty"`
	Depth int    `cbor:"3,keyasint,omitempty"`
}
