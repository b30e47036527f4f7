package git

import (
	"encoding/binary"
	"errors"
	"strings"
)

var errDelta = errors.New("a difference in the pack is malformed")

// patch applies a difference in git's pack format.
func patch(base string, delta []byte) (string, error) {
	from, n := binary.Uvarint(delta)
	if n <= 0 || from != uint64(len(base)) {
		return "", errDelta
	}
	delta = delta[n:]
	size, n := binary.Uvarint(delta)
	if n <= 0 {
		return "", errDelta
	}
	if size > maxObject {
		return "", ErrTooLarge
	}
	delta = delta[n:]
	var out strings.Builder
	out.Grow(int(size))
	for len(delta) > 0 {
		op := delta[0]
		delta = delta[1:]
		switch room := int(size) - out.Len(); {
		case op&0x80 != 0:
			at, length, n := copyOf(op, delta)
			if n < 0 || at < 0 || length > len(base)-at || length > room {
				return "", errDelta
			}
			out.WriteString(base[at : at+length])
			delta = delta[n:]
		case op == 0 || int(op) > len(delta) || int(op) > room:
			return "", errDelta
		default:
			out.Write(delta[:op])
			delta = delta[op:]
		}
	}
	if out.Len() != int(size) {
		return "", errDelta
	}
	return out.String(), nil
}

// copyOf decodes a copy's offset and length; its bits are which bytes of both
// follow. n is how many did, -1 when there are too few.
func copyOf(op byte, b []byte) (at, length, n int) {
	for i := range 7 {
		if op>>i&1 == 0 {
			continue
		}
		if n == len(b) {
			return 0, 0, -1
		}
		if i < 4 {
			at |= int(b[n]) << (8 * i)
		} else {
			length |= int(b[n]) << (8 * (i - 4))
		}
		n++
	}
	if length == 0 {
		length = 0x10000
	}
	return at, length, n
}
