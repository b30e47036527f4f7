package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/bits"
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
	size    int
	depth   byte
	base    sum // meaningful when depth > 0
	payload []byte
	content []byte // to be stored whole when base turns out to be too deep
}

// planBlob compresses content, against base when that pays and the chain has
// room.
func planBlob(content []byte, s sum, base []byte, baseSum sum, baseDepth byte, hasBase bool) blobPlan {
	whole := func() blobPlan {
		return blobPlan{sum: s, size: len(content), payload: compress(content), content: content}
	}
	if !hasBase || baseDepth+1 > chainLimit || len(base) == 0 || len(content) == 0 {
		return whole()
	}
	delta := compress(makeDelta(base, content))
	if len(delta) > len(content)/16 {
		if w := whole(); len(w.payload) <= len(delta)+len(delta)/4 {
			return w
		}
	}
	return blobPlan{sum: s, size: len(content), depth: baseDepth + 1, base: baseSum, payload: delta, content: content}
}

// putBlob writes a planned blob unless its content is there already, and
// returns its number.
func putBlob(tx *bolt.Tx, p blobPlan) (uint64, error) {
	if n := blobNumber(tx, p.sum); n != 0 {
		return n, nil
	}
	b := tx.Bucket(bktBlob)
	n, err := b.NextSequence()
	if err != nil {
		return 0, err
	}
	base := uint64(0)
	if p.depth > 0 {
		if base = blobNumber(tx, p.base); base == 0 {
			return 0, fmt.Errorf("%w: a blob's base is missing", terms.ErrDamaged)
		}
		// A base whose content was here before may be deeper than was planned.
		if p.depth = blobDepth(tx, base) + 1; p.depth > chainLimit {
			p.depth, base, p.payload = 0, 0, compress(p.content)
		}
	}
	value := make([]byte, blobHeader, blobHeader+len(p.payload))
	copy(value, p.sum[:])
	value[32] = p.depth
	binary.BigEndian.PutUint64(value[33:], base)
	binary.BigEndian.PutUint64(value[41:], uint64(p.size))
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

// A difference is a sequence of steps: uvarint(length<<1|copy); a copy is
// followed by uvarint of the offset in the base, an insertion by its bytes.

// deltaGrain is how long a run must be in common to be found, in bytes.
const deltaGrain = 16

func grainHash(b []byte, shift int) uint32 {
	x := binary.LittleEndian.Uint64(b)*0x9E3779B97F4A7C15 ^ bits.RotateLeft64(binary.LittleEndian.Uint64(b[8:])*0xC2B2AE3D27D4EB4F, 31)
	return uint32((x * 0x9E3779B97F4A7C15) >> shift)
}

// makeDelta finds target's long runs in base, the way of git's diff-delta:
// base is indexed at every grain, target scanned at every byte, matches
// extended both ways.
func makeDelta(base, target []byte) []byte {
	width := max(8, bits.Len(uint(len(base)/deltaGrain))+1)
	table := make([]int32, 1<<width)
	for i := (len(base) - deltaGrain) / deltaGrain * deltaGrain; i >= 0 && len(base) >= deltaGrain; i -= deltaGrain {
		table[grainHash(base[i:], 64-width)] = int32(i) + 1
	}
	var out []byte
	step := func(length int, isCopy bool) {
		x := uint64(length) << 1
		if isCopy {
			x |= 1
		}
		out = binary.AppendUvarint(out, x)
	}
	literal, last := 0, 0 // start of bytes not written yet; where the last copy ended in base
	flush := func(end int) {
		if end > literal {
			step(end-literal, false)
			out = append(out, target[literal:end]...)
		}
	}
	for i := 0; i+deltaGrain <= len(target); {
		from := -1
		if last+deltaGrain <= len(base) && bytes.Equal(base[last:last+deltaGrain], target[i:i+deltaGrain]) {
			from = last
		} else if at := table[grainHash(target[i:], 64-width)]; at > 0 && bytes.Equal(base[at-1:int(at)-1+deltaGrain], target[i:i+deltaGrain]) {
			from = int(at) - 1
		}
		if from < 0 {
			i++
			continue
		}
		start := i
		for start > literal && from > 0 && base[from-1] == target[start-1] {
			start, from = start-1, from-1
		}
		length := commonPrefix(base[from:], target[start:])
		flush(start)
		step(length, true)
		out = binary.AppendUvarint(out, uint64(from))
		i, last = start+length, from+length
		literal = i
	}
	flush(len(target))
	return out
}

func commonPrefix(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for i+8 <= n {
		if x := binary.LittleEndian.Uint64(a[i:]) ^ binary.LittleEndian.Uint64(b[i:]); x != 0 {
			return i + bits.TrailingZeros64(x)/8
		}
		i += 8
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}

// applyDelta makes the target of a difference; size is how long it must be.
func applyDelta(base, delta []byte, size int) ([]byte, error) {
	malformed := fmt.Errorf("%w: a stored difference is malformed", terms.ErrDamaged)
	out := make([]byte, 0, size)
	for len(delta) > 0 {
		x, n := binary.Uvarint(delta)
		if n <= 0 || x>>1 > uint64(size-len(out)) {
			return nil, malformed
		}
		delta = delta[n:]
		length := int(x >> 1)
		if x&1 == 0 {
			if length > len(delta) {
				return nil, malformed
			}
			out, delta = append(out, delta[:length]...), delta[length:]
			continue
		}
		from, n := binary.Uvarint(delta)
		if n <= 0 || from > uint64(len(base)) || uint64(length) > uint64(len(base))-from {
			return nil, malformed
		}
		out, delta = append(out, base[from:from+uint64(length)]...), delta[n:]
	}
	if len(out) != size {
		return nil, malformed
	}
	return out, nil
}
