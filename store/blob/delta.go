package blob

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"

	"fineprint/store/model"
)

// A difference is a sequence of steps: uvarint(length<<1|copy); a copy is
// followed by uvarint of the offset in the base, an insertion by its bytes.

// deltaGrain is how long a run must be in common to be found, in bytes.
const deltaGrain = 16

func grainHash(s string, shift int) uint32 {
	x := word(s)*0x9E3779B97F4A7C15 ^ bits.RotateLeft64(word(s[8:])*0xC2B2AE3D27D4EB4F, 31)
	return uint32((x * 0x9E3779B97F4A7C15) >> shift)
}

// word reads the first eight bytes of s, least significant first.
func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// appendDelta finds target's long runs in base, the way of git's diff-delta:
// Base is indexed at every grain, target scanned at every byte, matches
// extended both ways. It appends the difference to out; table is memory to use.
func appendDelta(out []byte, table []int32, base, target string) ([]byte, []int32) {
	width := max(8, bits.Len(uint(len(base)/deltaGrain))+1)
	if cap(table) < 1<<width {
		table = make([]int32, 1<<width)
	}
	table = table[:1<<width]
	clear(table)
	for i := (len(base) - deltaGrain) / deltaGrain * deltaGrain; i >= 0 && len(base) >= deltaGrain; i -= deltaGrain {
		table[grainHash(base[i:], 64-width)] = int32(i) + 1
	}
	literal, last := 0, 0 // start of bytes not written yet; where the last copy ended in base
	for i := 0; i+deltaGrain <= len(target); {
		from := -1
		if last+deltaGrain <= len(base) && base[last:last+deltaGrain] == target[i:i+deltaGrain] {
			from = last
		} else if at := table[grainHash(target[i:], 64-width)]; at > 0 &&
			base[at-1:int(at)-1+deltaGrain] == target[i:i+deltaGrain] {
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
		out = appendInsertion(out, target[literal:start])
		out = binary.AppendUvarint(out, uint64(length)<<1|1)
		out = binary.AppendUvarint(out, uint64(from))
		i, last = start+length, from+length
		literal = i
	}
	return appendInsertion(out, target[literal:]), table
}

func appendInsertion(out []byte, s string) []byte {
	if s == "" {
		return out
	}
	return append(binary.AppendUvarint(out, uint64(len(s))<<1), s...)
}

func commonPrefix(a, b string) int {
	n := min(len(a), len(b))
	i := 0
	for i+8 <= n {
		if x := word(a[i:]) ^ word(b[i:]); x != 0 {
			return i + bits.TrailingZeros64(x)/8
		}
		i += 8
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}

// applyDelta makes the target of a difference, in out if there is room; size is how long
// it must be.
func applyDelta(out, base, delta []byte, size int) ([]byte, error) {
	malformed := fmt.Errorf("%w: a stored difference is malformed", model.ErrDamaged)
	out = slices.Grow(out[:0], size)
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
