// Package scan reads single fields out of the rows of a database, for lists that need a few of each of
// many: decoding all of a row takes ten times as long.
//
// It is not for what rows mean (store/rows), and reads what encoding them makes, no other CBOR.
package scan

import "encoding/binary"

// Scanner reads single fields out of the CBOR that encoding makes, without
// decoding the rest: definite lengths, integers, strings, booleans, arrays and
// maps. What it can't read, or what ends too soon, sets bad, and from then on it
// reads zeros, for it is at the end.
type Scanner struct {
	b   []byte
	at  int
	bad bool
}

// maxNesting bounds how deep skip goes.
const maxNesting = 16

// fail has everything from here on be read as zeros.
func (r *Scanner) fail() { r.bad, r.at = true, len(r.b) }

// head reads an item's major type and argument.
func (r *Scanner) head() (major byte, arg uint64) {
	if r.at >= len(r.b) {
		r.fail()
		return 0, 0
	}
	c := r.b[r.at]
	r.at++
	major = c >> 5
	switch c &= 31; {
	case c < 24:
		return major, uint64(c)
	case c <= 27:
		n := 1 << (c - 24)
		if len(r.b)-r.at < n {
			break
		}
		b := r.b[r.at : r.at+n]
		r.at += n
		switch n {
		case 1:
			return major, uint64(b[0])
		case 2:
			return major, uint64(binary.BigEndian.Uint16(b))
		case 4:
			return major, uint64(binary.BigEndian.Uint32(b))
		}
		return major, binary.BigEndian.Uint64(b)
	}
	r.fail()
	return 0, 0
}

// Pairs begins a map and returns how many pairs it has; 0 for no map.
func (r *Scanner) Pairs() int {
	major, n := r.head()
	if major != 5 || n > uint64(len(r.b)-r.at) {
		r.fail()
		return 0
	}
	return int(n)
}

// Items begins an array and returns how many items it has; 0 for null.
func (r *Scanner) Items() int {
	major, n := r.head()
	if major == 7 && n == 22 {
		return 0
	}
	if major != 4 || n > uint64(len(r.b)-r.at) {
		r.fail()
		return 0
	}
	return int(n)
}

// Int reads an integer. Most are one byte, a field's number above all: these are read
// in line.
func (r *Scanner) Int() int64 {
	if r.at < len(r.b) && r.b[r.at] < 24 {
		r.at++
		return int64(r.b[r.at-1])
	}
	return r.longInt()
}

func (r *Scanner) longInt() int64 {
	major, n := r.head()
	if major > 1 || n > 1<<63-1 {
		r.fail()
		return 0
	}
	if major == 1 {
		return -1 - int64(n)
	}
	return int64(n)
}

// Bool reads a boolean.
func (r *Scanner) Bool() bool {
	major, n := r.head()
	if major != 7 || n != 20 && n != 21 {
		r.fail()
	}
	return n == 21
}

// Bytes reads a string of bytes or text; it points into what is read.
func (r *Scanner) Bytes() []byte {
	major, n := r.head()
	if major == 7 && n == 22 { // null
		return nil
	}
	if major != 2 && major != 3 || n > uint64(len(r.b)-r.at) {
		r.fail()
		return nil
	}
	b := r.b[r.at : r.at+int(n) : r.at+int(n)]
	r.at += int(n)
	return b
}

// skipShort leaves out one item if it is one of those that a row has most of: an
// integer or a string of a few bytes.
func (r *Scanner) skipShort() bool {
	rest := len(r.b) - r.at
	if rest < 2 {
		return false
	}
	n := 1
	switch c := r.b[r.at]; {
	case c < 24:
	case c == 0x1b:
		n = 9
	case c>>5 == 2 || c>>5 == 3:
		switch c &= 31; {
		case c < 24:
			n += int(c)
		case c == 24:
			n = 2 + int(r.b[r.at+1])
		default:
			return false
		}
	default:
		return false
	}
	if n > rest {
		return false
	}
	r.at += n
	return true
}

// Skip leaves out one item.
func (r *Scanner) Skip(depth int) {
	if r.skipShort() {
		return
	}
	major, n := r.head()
	switch {
	case r.bad:
	case major <= 1 || major == 7:
	case depth > maxNesting || n > uint64(len(r.b)-r.at):
		r.fail()
	case major <= 3:
		r.at += int(n)
	default:
		if major == 5 {
			n *= 2
		}
		if major == 6 {
			n = 1
		}
		for ; n > 0 && !r.bad; n-- {
			r.Skip(depth + 1)
		}
	}
}

// New returns a scanner of one encoded row.
func New(b []byte) *Scanner { return &Scanner{b: b} }

// Failed reports whether something could not be read.
func (r *Scanner) Failed() bool { return r.bad }

// Done reports whether everything was read, and could be.
func (r *Scanner) Done() bool { return !r.bad && r.at == len(r.b) }

// Fail notes that what was read makes no sense; from here on it reads zeros.
func (r *Scanner) Fail() { r.fail() }
