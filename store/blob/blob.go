package blob

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"runtime"
	"sync"

	"github.com/klauspost/compress/zstd"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/reuse"
)

const (
	// ChainLimit bounds how many differences reading one blob applies.
	ChainLimit = 48
	// maxBlob bounds the size of one content, in bytes.
	maxBlob = 256 << 20
)

// Value is a blob as stored:
//
//	SHA-256 of the content (32) ‖ CRC-32C (4) ‖ depth (1) ‖ uvarint base ‖ uvarint size ‖ payload
//
// The CRC is of the blob's number and all the rest. Depth is how many
// differences reading it applies, base the blob that the payload is a difference
// to, 0 and 0 when it is whole, size the length of the content. The payload is
// one zstd frame.
type Value struct {
	Sum     []byte
	Depth   int
	Base    uint64
	size    int
	payload []byte
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// blobCRC is the checksum of blob n's value v but for its own four bytes.
func blobCRC(n uint64, v []byte) uint32 {
	return crc32.Update(crc32.Update(crc32.Checksum(kv.Key(n), castagnoli), castagnoli, v[:32]), castagnoli, v[36:])
}

// Encode makes the value to be stored as blob n.
func (b Value) Encode(n uint64) []byte {
	v := make([]byte, 36, 36+1+2*binary.MaxVarintLen64+len(b.payload))
	copy(v, b.Sum)
	v = append(v, byte(b.Depth))
	v = binary.AppendUvarint(v, b.Base)
	v = binary.AppendUvarint(v, uint64(b.size))
	v = append(v, b.payload...)
	binary.BigEndian.PutUint32(v[32:], blobCRC(n, v))
	return v
}

// unreadable is the error of blob n.
func unreadable(n uint64, why string) error {
	return kv.Unreadable(kv.BucketBlob, kv.Key(n), fmt.Sprintf("blob %d %s", n, why))
}

// Parse reads the value v of blob n; what it returns points into v.
func Parse(n uint64, v []byte) (Value, error) {
	malformed := func(why string) (Value, error) {
		return Value{}, unreadable(n, why)
	}
	if len(v) < 37 {
		return malformed("is missing or malformed")
	}
	if binary.BigEndian.Uint32(v[32:]) != blobCRC(n, v) {
		return malformed("does not match its checksum")
	}
	b := Value{Sum: v[:32], Depth: int(v[36]), payload: v[37:]}
	base, used := binary.Uvarint(b.payload)
	if used <= 0 {
		return malformed("is malformed")
	}
	size, more := binary.Uvarint(b.payload[used:])
	if more <= 0 || size > maxBlob || b.Depth > ChainLimit || (b.Depth == 0) != (base == 0) {
		return malformed("is malformed")
	}
	b.Base, b.size, b.payload = base, int(size), b.payload[used+more:]
	return b, nil
}

// Get reads the value of blob n.
func Get(tx *kv.Tx, n uint64) (Value, error) {
	return Parse(n, tx.Bucket(kv.BucketBlob).Get(kv.Key(n)))
}

// maxCoders bounds how many contents are compressed, or decompressed, at once: each
// takes some megabytes.
const maxCoders = 4

// The one encoder and decoder lend what they work with to as many goroutines at once
// as they are told, and keep it.
var (
	encoder = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression),
			zstd.WithEncoderConcurrency(coders()), zstd.WithEncoderCRC(false), zstd.WithWindowSize(1<<20))
		if err != nil {
			panic(err) // the options are constants
		}
		return e
	})
	decoder = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(coders()), zstd.WithDecoderMaxMemory(maxBlob+1<<20))
		if err != nil {
			panic(err) // the options are constants
		}
		return d
	})
)

func coders() int { return min(runtime.GOMAXPROCS(0), maxCoders) }

// Compress makes one zstd frame.
func Compress(b []byte) []byte { return encoder().EncodeAll(b, nil) }

// Decompress undoes Compress.
func Decompress(b []byte) ([]byte, error) { return decoder().DecodeAll(b, nil) }

// packer is memory to compress a content with.
type packer struct {
	table  []int32 // of appendDelta
	bytes  []byte  // what is compressed
	frames []byte  // what that comes to
}

// maxPacker bounds the bytes that a packer keeps.
const maxPacker = 4 << 20

var packers = reuse.NewList(func() *packer { return &packer{} })

// release gives the packer back.
func (k *packer) release() {
	if cap(k.bytes)+cap(k.frames)+4*cap(k.table) <= maxPacker {
		packers.Put(k)
	}
}

// whole compresses a content.
func (k *packer) whole(content string) []byte {
	k.bytes = append(k.bytes[:0], content...)
	return k.pack()
}

// delta compresses a content's difference to a base.
func (k *packer) delta(base, content string) []byte {
	k.bytes, k.table = appendDelta(k.bytes[:0], k.table, base, content)
	return k.pack()
}

func (k *packer) pack() []byte {
	k.frames = encoder().EncodeAll(k.bytes, k.frames[:0])
	return bytes.Clone(k.frames)
}

// Plan is a content ready to be written: compressed against a base or whole.
type Plan struct {
	sum     kv.Sum
	content string
	whole   []byte // the content compressed, if that was asked for
	payload []byte // nil when the content is there already
	delta   bool
	base    kv.Sum // meaningful when delta

	end     bool // it is the chain's end then, at this depth
	depth   int
	root    bool // and the chain's root
	promote bool // the end before it is the chain's root then
}

// ChainEnd is what the next content of a chain can be compressed against. What
// it plans follows from the contents alone, in whatever batches they come.
type ChainEnd struct {
	end *chainLink // nil before the first
	// root is where the chain starts again when it is at its limit, or after a bad
	// capture: the last content stored whole that another was built on.
	root *chainLink
	// Depth is how many differences reading end was planned to apply.
	depth int
}

type chainLink struct {
	content string
	sum     kv.Sum
}

// Next plans content as the chain's next blob and makes it the chain's end. here
// reports that an equal content is stored before it.
func (e *ChainEnd) Next(content string, s kv.Sum, here bool) *Plan {
	plan := &Plan{sum: s, content: content}
	if len(content) == 0 {
		return plan // nothing to build on: the next is compressed as this would have been
	}
	link := &chainLink{content, s}
	switch {
	case here && e.root != nil:
		e.depth = max(e.depth, 1)
	case e.end != nil && e.depth < ChainLimit && plan.against(e.end):
		if plan.promote = e.depth == 0; plan.promote {
			e.root = e.end
		}
		e.depth++
	case e.root != nil && e.root != e.end && plan.against(e.root):
		e.depth = 1
	default:
		if !here {
			plan.payload = plan.compressed()
		}
		e.depth, plan.root = 0, e.root == nil
	}
	e.end, plan.end, plan.depth = link, true, e.depth
	if plan.root {
		e.root = link
	}
	return plan
}

// MoveOn records in a document's row where its chain ends after a blob.
func (c *ChainRow) MoveOn(p *Plan, blob uint64) {
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
func (p *Plan) against(base *chainLink) bool {
	k := packers.Get()
	delta := k.delta(base.content, p.content)
	k.release()
	if len(delta) > len(p.content)/16 && len(p.compressed()) <= len(delta)+len(delta)/4 {
		return false
	}
	p.payload, p.delta, p.base = delta, true, base.sum
	return true
}

// compressed returns the content compressed.
func (p *Plan) compressed() []byte {
	if p.whole == nil {
		k := packers.Get()
		p.whole = k.whole(p.content)
		k.release()
	}
	return p.whole
}

// LoadChainEnd reads a chain's end as next left it, with a reader of its neighbours.
func LoadChainEnd(blobs *Reader, c ChainRow) (ChainEnd, error) {
	e := ChainEnd{depth: c.Depth}
	var err error
	if e.end, err = loadLink(blobs, c.End); err != nil {
		return e, err
	}
	if c.Root == c.End {
		e.root = e.end
		return e, nil
	}
	e.root, err = loadLink(blobs, c.Root)
	return e, err
}

// loadLink reads and checks the content of blob n; nil for no blob.
func loadLink(blobs *Reader, n uint64) (*chainLink, error) {
	if n == 0 {
		return nil, nil
	}
	content, s, err := blobs.ReadChecked(n)
	if err != nil {
		return nil, err
	}
	return &chainLink{string(content), s}, nil
}

// Share has the chain's end hold on to a content that is held already, instead of an
// equal one of its own.
func (e *ChainEnd) Share(content string, s kv.Sum) {
	for _, link := range [2]*chainLink{e.end, e.root} {
		if link != nil && link.sum == s {
			link.content = content
		}
	}
}

// Size is what the chain's end holds on to besides a content that is held anyway.
func (e *ChainEnd) Size(shared kv.Sum) int {
	n := 0
	if e.end != nil && e.end.sum != shared {
		n += len(e.end.content)
	}
	if e.root != nil && e.root != e.end && e.root.sum != shared {
		n += len(e.root.content)
	}
	return n
}

// Put writes a planned blob unless its content is there already, and
// returns its number.
func Put(tx *kv.Tx, p *Plan) (uint64, error) {
	if n := Number(tx, p.sum); n != 0 {
		_, err := getNamed(tx, n, p.sum)
		return n, err
	}
	n, err := kv.NextNumber(tx, kv.BucketBlob)
	if err != nil {
		return 0, err
	}
	value := Value{Sum: p.sum[:], size: len(p.content), payload: p.payload}
	if p.delta {
		base, err := getNamed(tx, Number(tx, p.base), p.base)
		if err != nil {
			return 0, err
		}
		value.Base, value.Depth = Number(tx, p.base), base.Depth+1
	}
	// A base whose content was here before may be deeper than was planned.
	if value.Depth > ChainLimit || p.payload == nil {
		value.Base, value.Depth, value.payload = 0, 0, p.compressed()
	}
	if err := kv.Insert(tx, kv.BucketBlob, kv.Key(n), value.Encode(n)); err != nil {
		return 0, err
	}
	return n, kv.Insert(tx, kv.BucketBlobSum, p.sum[:], kv.Key(n))
}

// getNamed gets blob n, which the list of contents says has a sum.
func getNamed(tx *kv.Tx, n uint64, sum kv.Sum) (Value, error) {
	b, err := Get(tx, n)
	if err == nil && !bytes.Equal(b.Sum, sum[:]) {
		err = fmt.Errorf("%w: blob %d is found under the sum of another", model.ErrDamaged, n)
	}
	return b, err
}

// Number returns the number of the blob with a content, 0 when there is none.
func Number(tx *kv.Tx, s kv.Sum) uint64 {
	v := tx.Bucket(kv.BucketBlobSum).Get(s[:])
	if len(v) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(v)
}

// Read makes the content of blob n and checks it against its hash.
func Read(tx *kv.Tx, n uint64) ([]byte, error) {
	b, err := Get(tx, n)
	if err != nil {
		return nil, err
	}
	content, err := Content(tx, n, b)
	if err != nil {
		return nil, err
	}
	if _, err := b.check(n, content); err != nil {
		return nil, err
	}
	return content, nil
}

// check holds the content of blob n against its hash, which it returns.
func (b Value) check(n uint64, content []byte) (kv.Sum, error) {
	s := kv.SumOf(content)
	if !bytes.Equal(s[:], b.Sum) {
		return s, unreadable(n, "does not have the bytes of its SHA-256")
	}
	return s, nil
}

// Content makes the content of blob n, unchecked.
func Content(tx *kv.Tx, n uint64, b Value) ([]byte, error) {
	var base []byte
	if b.Depth > 0 {
		below, err := Get(tx, b.Base)
		if err != nil {
			return nil, err
		}
		if below.Depth != b.Depth-1 { // each step goes down: a ring has no end
			return nil, unreadable(n, "builds on one of another depth")
		}
		if base, err = Content(tx, b.Base, below); err != nil {
			return nil, err
		}
	}
	return b.Content(n, base)
}

// Content makes the content of a blob from that of its base.
func (b Value) Content(n uint64, base []byte) ([]byte, error) {
	var scratch []byte
	return b.appendContent(nil, &scratch, n, base)
}

// appendContent is Content with memory: into for the content and scratch for the
// difference that it is made from.
func (b Value) appendContent(into []byte, scratch *[]byte, n uint64, base []byte) ([]byte, error) {
	target := &into
	if b.Depth > 0 {
		target = scratch
	}
	raw, err := decoder().DecodeAll(b.payload, (*target)[:0])
	if err != nil {
		return nil, unreadable(n, "does not decompress")
	}
	*target = raw
	if b.Depth > 0 {
		return applyDelta(into, base, raw, b.size)
	}
	if len(raw) != b.size {
		return nil, unreadable(n, "is of another length than it says")
	}
	return raw, nil
}

// ChainRow is a [ChainEnd] as stored: by the numbers of its blobs.
type ChainRow struct {
	End   uint64 `cbor:"1,keyasint,omitempty"`
	Root  uint64 `cbor:"2,keyasint,omitempty"`
	Depth int    `cbor:"3,keyasint,omitempty"`
}
