package recordrows

import (
	"bytes"
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// RecordCard is what other records, and lists, say of a record: of its latest revision
// in force, or of its draft before there is one. It is made from the record.
type RecordCard struct {
	Kind       string   `cbor:"1,keyasint"`
	Document   uint64   `cbor:"2,keyasint"`
	Change     uint64   `cbor:"3,keyasint,omitempty"`
	Revision   int      `cbor:"4,keyasint,omitempty"` // in force; 0 for none
	Title      string   `cbor:"5,keyasint,omitempty"` // or the summary
	Severity   string   `cbor:"6,keyasint,omitempty"`
	Types      []string `cbor:"7,keyasint,omitempty"` // of clauses
	Platform   string   `cbor:"8,keyasint,omitempty"`
	Type       string   `cbor:"9,keyasint,omitempty"` // of the document
	Provisions []uint64 `cbor:"10,keyasint,omitempty"`
}

// The first byte of a key in the index says what records are found by.
const (
	byDocument  = 'd'
	byRisk      = 'r' // and document, the gravest first; of those in force
	byChange    = 'c'
	byProvision = 'p'
	byType      = 't'
)

func numberPrefix(by byte, n uint64) []byte { return append([]byte{by}, kv.Key(n)...) }

func typePrefix(id string) []byte { return append(append([]byte{byType}, id...), 0) }

// keys are the keys of a card in the index.
func (c *RecordCard) keys(record uint64) [][]byte {
	prefixes := [][]byte{numberPrefix(byDocument, c.Document)}
	if c.Change != 0 {
		prefixes = append(prefixes, numberPrefix(byChange, c.Change))
	}
	for _, p := range c.Provisions {
		prefixes = append(prefixes, numberPrefix(byProvision, p))
	}
	for _, t := range c.Types {
		prefixes = append(prefixes, typePrefix(t))
	}
	if c.Revision > 0 {
		prefixes = append(prefixes, append(numberPrefix(byRisk, c.Document), 0xff-byte(model.Severity(c.Severity).Rank())))
	}
	for i := range prefixes {
		prefixes[i] = append(prefixes[i], kv.Key(record)...)
	}
	return prefixes
}

// CardOf reads the card of a record; found is false when it has none.
func CardOf(tx *kv.Tx, record uint64) (c RecordCard, found bool, err error) {
	if tx.Bucket(kv.BucketRecordHead) == nil {
		return c, false, nil // one of laterBuckets
	}
	found, err = kv.GetRow(tx, kv.BucketRecordHead, kv.Key(record), &c)
	return c, found, err
}

// PutCard stores the card of a record, and has it found by what it says.
func PutCard(tx *kv.Tx, record uint64, c RecordCard) error {
	old, found, err := CardOf(tx, record)
	if err != nil {
		return err
	}
	if found {
		for _, key := range old.keys(record) {
			if err := tx.Bucket(kv.BucketRecordIndex).Delete(key); err != nil {
				return err
			}
		}
	}
	for _, key := range c.keys(record) {
		if err := kv.PutSealed(tx, kv.BucketRecordIndex, key, nil); err != nil {
			return err
		}
	}
	return kv.PutRow(tx, kv.BucketRecordHead, kv.Key(record), c)
}

// CheckCard reports what is wrong with how a card is found.
func CheckCard(tx *kv.Tx, record uint64, c RecordCard) error {
	for _, key := range c.keys(record) {
		if tx.Bucket(kv.BucketRecordIndex).Get(key) == nil {
			return fmt.Errorf("%w: %s is not found by what it is about", model.ErrDamaged, tx.ID(model.RecordID, record))
		}
	}
	return nil
}

// CheckIndex checks a value of the index.
func CheckIndex(tx *kv.Tx, key, value []byte) error {
	if _, err := kv.Unseal(kv.BucketRecordIndex, key, value); err != nil {
		return err
	}
	if len(key) >= 9 {
		n := kv.KeyNumber(key[len(key)-8:])
		c, _, err := CardOf(tx, n)
		if err != nil {
			return err
		}
		for _, k := range c.keys(n) {
			if bytes.Equal(k, key) {
				return nil
			}
		}
	}
	return fmt.Errorf("%w: a record is found by what it is not about", model.ErrDamaged)
}

// RecordsOfDocument calls do with the records of a document, the oldest first.
func RecordsOfDocument(tx *kv.Tx, document uint64, do func(record uint64) error) error {
	return indexed(tx, numberPrefix(byDocument, document), do)
}

// RecordsOfChange calls do with the records that were picked from a change, the oldest
// first, and with that of the change.
func RecordsOfChange(tx *kv.Tx, change uint64, do func(record uint64) error) error {
	return indexed(tx, numberPrefix(byChange, change), do)
}

// RecordsOfProvision calls do with the records about a provision, the oldest first.
func RecordsOfProvision(tx *kv.Tx, provision uint64, do func(record uint64) error) error {
	return indexed(tx, numberPrefix(byProvision, provision), do)
}

func indexed(tx *kv.Tx, prefix []byte, do func(record uint64) error) error {
	b := tx.Bucket(kv.BucketRecordIndex)
	if b == nil {
		return nil // one of laterBuckets
	}
	c := b.Cursor()
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		if len(k) != len(prefix)+8 {
			continue // another type of clause
		}
		if _, err := kv.Unseal(kv.BucketRecordIndex, k, v); err != nil && !tx.Lost(err, kv.BucketRecordIndex, k) {
			return err
		}
		if err := do(kv.KeyNumber(k[len(prefix):])); err != nil {
			return err
		}
	}
	return nil
}

// GravestOfDocument calls take with records of a document that are in force, the gravest
// first and then the oldest, until it doesn't want more.
func GravestOfDocument(tx *kv.Tx, document uint64, take func(record uint64) (more bool, err error)) error {
	b := tx.Bucket(kv.BucketRecordIndex)
	if b == nil {
		return nil // one of laterBuckets
	}
	prefix := numberPrefix(byRisk, document)
	c := b.Cursor()
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix) && len(k) == len(prefix)+9; k, v = c.Next() {
		if _, err := kv.Unseal(kv.BucketRecordIndex, k, v); err != nil && !tx.Lost(err, kv.BucketRecordIndex, k) {
			return err
		}
		if more, err := take(kv.KeyNumber(k[len(prefix)+1:])); err != nil || !more {
			return err
		}
	}
	return nil
}

// NewestOfType lists at most so many records of a clause type, the newest first, that
// take accepts, of the newest ones that are looked at.
func NewestOfType(tx *kv.Tx, id string, most, look int, take func(record uint64) (bool, error)) error {
	b := tx.Bucket(kv.BucketRecordIndex)
	if b == nil {
		return nil // one of laterBuckets
	}
	prefix := typePrefix(id)
	c := b.Cursor()
	after := append(bytes.Clone(prefix[:len(prefix)-1]), 1)
	last := c.Prev
	if k, _ := c.Seek(after); k == nil {
		last = c.Last
	}
	for k, v := last(); bytes.HasPrefix(k, prefix) && most > 0 && look > 0; k, v = c.Prev() {
		look--
		if _, err := kv.Unseal(kv.BucketRecordIndex, k, v); err != nil && !tx.Lost(err, kv.BucketRecordIndex, k) {
			return err
		}
		taken, err := take(kv.KeyNumber(k[len(prefix):]))
		if err != nil {
			return err
		}
		if taken {
			most--
		}
	}
	return nil
}
