package recordrows

import (
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// TypeCorrection is what somebody said of the types of a clause, as stored; its number is
// its key. One that undoes another has no more than that other's number.
type TypeCorrection struct {
	At        int64    `cbor:"1,keyasint"` // Unix nanoseconds
	Actor     string   `cbor:"2,keyasint"`
	Undoes    uint64   `cbor:"3,keyasint,omitempty"`
	Words     []byte   `cbor:"4,keyasint,omitempty"` // SHA-256 of the visible words[:16]
	Types     []string `cbor:"5,keyasint,omitempty"` // none: the clause is of no type
	Text      []byte   `cbor:"6,keyasint,omitempty"` // its visible words, or their beginning
	Headings  []string `cbor:"7,keyasint,omitempty"`
	Kind      string   `cbor:"8,keyasint,omitempty"` // type of its document
	Document  uint64   `cbor:"9,keyasint,omitempty"`
	Seq       int      `cbor:"10,keyasint,omitempty"`
	Start     int      `cbor:"11,keyasint,omitempty"`
	End       int      `cbor:"12,keyasint,omitempty"`
	Provision uint64   `cbor:"13,keyasint,omitempty"`
}

// QuoteTraining is what one `insight train` taught about clauses filed under cases.
type QuoteTraining struct {
	At     int64  `cbor:"1,keyasint"` // Unix nanoseconds
	Actor  string `cbor:"2,keyasint"`
	Count  int    `cbor:"3,keyasint"`
	Points []byte `cbor:"4,keyasint"` // a CBOR list of QuotePoint, compressed
}

// QuotePoint is a quote filed under a case.
type QuotePoint struct {
	Quote string `cbor:"1,keyasint"`
	Case  string `cbor:"2,keyasint"`
	Bad   bool   `cbor:"3,keyasint,omitempty"`
}

// DocumentTypes is what types the clauses of a document's newest text are of, and
// ChangeTypes what types its changes touch: both made again from the rest.
type DocumentTypes struct {
	Algorithm int    `cbor:"1,keyasint"`
	Lessons   uint64 `cbor:"2,keyasint,omitempty"` // the last correction that is heeded
	Text      uint64 `cbor:"3,keyasint,omitempty"` // blob
	Packed    []byte `cbor:"4,keyasint"`
	Reaches   []byte `cbor:"5,keyasint,omitempty"` // of each clause, to tell which corrections reach it
}

// ChangeTypes is as [DocumentTypes], of the changes of a document.
type ChangeTypes struct {
	Algorithm int    `cbor:"1,keyasint"`
	Lessons   uint64 `cbor:"2,keyasint,omitempty"`
	Packed    []byte `cbor:"3,keyasint"`
}

// QuoteModel is what was learned from quotes: made again from them.
type QuoteModel struct {
	Algorithm int      `cbor:"1,keyasint"`
	Trainings uint64   `cbor:"2,keyasint"` // the last one that is in it
	Titles    []string `cbor:"3,keyasint"`
	Bad       []byte   `cbor:"4,keyasint"` // of 255
	Weights   []byte   `cbor:"5,keyasint"` // compressed
}

// EachTypeCorrection calls do with every correction, oldest first.
func EachTypeCorrection(tx *kv.Tx, do func(n uint64, c TypeCorrection) error) error {
	return eachRow(tx, kv.BucketTypeCorrection, do)
}

// EachQuoteTraining calls do with every training by quotes, oldest first.
func EachQuoteTraining(tx *kv.Tx, do func(n uint64, t QuoteTraining) error) error {
	return eachRow(tx, kv.BucketQuotes, do)
}

// eachRow decodes the rows of a bucket that are filed under numbers.
func eachRow[T any](tx *kv.Tx, bucket []byte, do func(n uint64, row T) error) error {
	b := tx.Bucket(bucket)
	if b == nil {
		return nil // one of laterBuckets
	}
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		var row T
		if len(k) != 8 {
			return fmt.Errorf("%w: a row of %s is filed under no number", model.ErrDamaged, bucket)
		}
		if err := kv.DecodeRow(bucket, k, v, &row); err != nil {
			if tx.Lost(err, bucket, k) {
				continue
			}
			return err
		}
		if err := do(kv.KeyNumber(k), row); err != nil {
			return err
		}
	}
	return nil
}
