package kv

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"time"

	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"

	"fineprint/store/model"
)

var encoding = func() cbor.EncMode {
	o := cbor.CoreDetEncOptions()
	o.Time = cbor.TimeRFC3339NanoUTC
	m, err := o.EncMode()
	if err != nil {
		panic(err) // the options are constants
	}
	return m
}()

// Encode is the deterministic CBOR of a row.
func Encode(row any) ([]byte, error) { return encoding.Marshal(row) }

// decoding takes strings that are no UTF-8. What is stored is what came, and a name in a git
// history may be any bytes: it was written without a complaint, and one such name made the
// value, and with it every list, unreadable ever after.
var decoding = func() cbor.DecMode {
	m, err := cbor.DecOptions{UTF8: cbor.UTF8DecodeInvalid}.DecMode()
	if err != nil {
		panic(err) // the options are constants
	}
	return m
}()

// Decode decodes the CBOR of a row.
func Decode(encoded []byte, row any) error { return decoding.Unmarshal(encoded, row) }

// SameEncoding reports whether two values are stored as the same bytes.
func SameEncoding(a, b any) bool {
	x, errX := Encode(a)
	y, errY := Encode(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// UnixTime is the time of Unix nanoseconds, in UTC.
func UnixTime(ns int64) time.Time { return time.Unix(0, ns).UTC() }

// Sum is a SHA-256.
type Sum = [32]byte

// Key returns a number as a key.
func Key(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// LastPart returns the last of the keys that [PairKey] made with a number, and its value;
// nil without one.
func LastPart(b *bolt.Bucket, n uint64) (k, v []byte) {
	c := b.Cursor()
	last := c.Prev
	if next, _ := c.Seek(Key(n + 1)); next == nil {
		last = c.Last
	}
	if k, v = last(); len(k) != 12 || KeyNumber(k) != n {
		return nil, nil
	}
	return k, v
}

// SeekBehind moves a cursor behind all keys that begin with a number or a smaller one. On a damaged page
// keys may not ascend, and Seek alone may then come to a smaller key: who goes on behind
// each key that is found so would go round for ever.
func SeekBehind(c *bolt.Cursor, n uint64) (k, v []byte) {
	if n == math.MaxUint64 {
		return nil, nil
	}
	k, v = c.Seek(Key(n + 1))
	for k != nil && KeyNumber(k) <= n {
		k, v = c.Next()
	}
	return k, v
}

// PairKey returns a number and one within it as a key.
func PairKey(n uint64, m int) []byte {
	return binary.BigEndian.AppendUint32(Key(n), uint32(m))
}

// SumOf returns the SHA-256 of bytes.
func SumOf(b []byte) Sum { return sha256.Sum256(b) }

// SumOfString returns the SHA-256 of a string's bytes, without a copy of them.
func SumOfString(s string) Sum {
	h := sha256.New()
	var part [4096]byte
	for len(s) > 0 {
		n := copy(part[:], s)
		h.Write(part[:n])
		s = s[n:]
	}
	return Sum(h.Sum(nil))
}

// HexSum returns a sum in hexadecimal.
func HexSum(s Sum) string { return hex.EncodeToString(s[:]) }

func newStoreID() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

func seal(bucket, key, payload []byte) Sum {
	h := sha256.New()
	h.Write(bucket)
	h.Write([]byte{0})
	h.Write(key)
	h.Write(payload)
	return Sum(h.Sum(nil))
}

// PutSealed stores a payload with the hash that reading it checks.
func PutSealed(tx *Tx, bucket, key, payload []byte) error {
	s := seal(bucket, key, payload)
	return tx.Bucket(bucket).Put(key, append(s[:], payload...))
}

// Unseal returns the payload of a sealed value; it is valid only during the
// transaction.
func Unseal(bucket, key, value []byte) ([]byte, error) {
	if len(value) < 32 {
		return nil, Unreadable(bucket, key, "a value in "+string(bucket)+" is malformed")
	}
	if s := seal(bucket, key, value[32:]); !bytes.Equal(s[:], value[:32]) {
		return nil, Unreadable(bucket, key, "a value in "+string(bucket)+" does not match its SHA-256")
	}
	return value[32:], nil
}

// UnsealWith is unseal with memory to put together what is hashed.
func UnsealWith(buf *[]byte, bucket, key, value []byte) ([]byte, error) {
	if len(value) < 32 {
		return Unseal(bucket, key, value)
	}
	*buf = append(append(append(append((*buf)[:0], bucket...), 0), key...), value[32:]...)
	if SumOf(*buf) != Sum(value[:32]) {
		return nil, Unreadable(bucket, key, "a value in "+string(bucket)+" does not match its SHA-256")
	}
	return value[32:], nil
}

// SealMark is a part of a sealed value's hash, with its length: two values of one key
// that differ have, as good as surely, different marks. Taking it checks nothing.
func SealMark(value []byte) uint64 {
	if len(value) < 32 {
		return 0
	}
	return binary.LittleEndian.Uint64(value) + uint64(len(value))
}

// PutRow encodes, seals and stores a row.
func PutRow(tx *Tx, bucket, key []byte, row any) error {
	payload, err := encodeRow(bucket, row)
	if err != nil {
		return err
	}
	return PutSealed(tx, bucket, key, payload)
}

func encodeRow(bucket []byte, row any) ([]byte, error) {
	payload, err := Encode(row)
	if err != nil {
		return nil, fmt.Errorf("encoding a value for %s: %w", bucket, err)
	}
	return payload, nil
}

// GetRow decodes a sealed row; found is false when the key is not there, or when it is of a
// derived one that reading goes on without ([Gather]).
func GetRow(tx *Tx, bucket, key []byte, row any) (found bool, err error) {
	value := tx.Bucket(bucket).Get(key)
	if value == nil {
		return false, nil
	}
	err = DecodeRow(bucket, key, value, row)
	if err != nil && tx.losses != nil && isDerived(bucket) && tx.Lost(err, bucket, key) {
		return false, nil
	}
	return true, err
}

// DecodeRow checks a sealed value and decodes it into row.
func DecodeRow(bucket, key, value []byte, row any) error {
	payload, err := Unseal(bucket, key, value)
	if err != nil {
		return err
	}
	if DecodePayload(bucket, payload, row) != nil {
		return Unreadable(bucket, key, "a value in "+string(bucket)+" can't be decoded")
	}
	return nil
}

// DecodePayload decodes what was unsealed into row.
func DecodePayload(bucket, payload []byte, row any) error {
	if err := Decode(payload, row); err != nil {
		return fmt.Errorf("%w: a value in %s can't be decoded", model.ErrDamaged, bucket)
	}
	return nil
}

// KeyNumber returns the number that a key begins with.
func KeyNumber(key []byte) uint64 { return binary.BigEndian.Uint64(key) }
