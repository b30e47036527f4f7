package recordrows

import (
	"bytes"
	"fmt"
	"slices"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// ProvisionRecords is the schema from which on there are provision records, and
// decisions with contents.
const ProvisionRecords = 5

// Provision is a clause that was given an ID, as it stood where that was.
type Provision struct {
	Document  uint64 `cbor:"1,keyasint"`
	Seq       int    `cbor:"2,keyasint"`
	Start     int    `cbor:"3,keyasint"`
	End       int    `cbor:"4,keyasint"`
	Words     []byte `cbor:"5,keyasint"` // SHA-256 of its visible words
	CreatedAt int64  `cbor:"6,keyasint"` // Unix nanoseconds
}

// At is where it stands in the text of its version.
func (p Provision) At() model.ByteRange { return model.ByteRange{Start: p.Start, End: p.End} }

// ProvisionByID reads the provision with an ID; the error wraps [model.ErrNotFound] when
// there is none.
func ProvisionByID(tx *kv.Tx, id model.ID) (uint64, Provision, error) {
	var row Provision
	n := id.Number()
	if id != tx.ID(model.ClauseID, n) {
		return 0, row, fmt.Errorf("%w: nothing in this database is called %s", model.ErrNotFound, id)
	}
	if tx.Bucket(kv.BucketProvision) == nil { // one of laterBuckets
		return 0, row, fmt.Errorf("%w: there is no provision %s in this database", model.ErrNotFound, id)
	}
	found, err := kv.GetRow(tx, kv.BucketProvision, kv.Key(n), &row)
	if err == nil && !found {
		err = fmt.Errorf("%w: there is no provision %s in this database", model.ErrNotFound, id)
	}
	return n, row, err
}

// ProvisionWordsKey is the key of words in a document.
func ProvisionWordsKey(document uint64, words kv.Sum) []byte {
	return append(kv.Key(document), words[:16]...)
}

// HasProvisions reports whether clauses of a document were given IDs.
func HasProvisions(tx *kv.Tx, document uint64) bool {
	b := tx.Bucket(kv.BucketProvisionWords)
	if b == nil {
		return false // one of laterBuckets
	}
	k, _ := b.Cursor().Seek(kv.Key(document))
	return bytes.HasPrefix(k, kv.Key(document))
}

// ProvisionOfWords returns the provision that has these words in a document, 0 for none.
func ProvisionOfWords(tx *kv.Tx, document uint64, words kv.Sum) (uint64, error) {
	b := tx.Bucket(kv.BucketProvisionWords)
	if b == nil {
		return 0, nil // one of laterBuckets
	}
	key := ProvisionWordsKey(document, words)
	value := b.Get(key)
	if value == nil {
		return 0, nil
	}
	return unsealNumber(kv.BucketProvisionWords, key, value)
}

// unsealNumber returns the number that is sealed in a value.
func unsealNumber(bucket, key, value []byte) (uint64, error) {
	payload, err := kv.Unseal(bucket, key, value)
	if err == nil && len(payload) != 8 {
		err = fmt.Errorf("%w: a value in %s is malformed", model.ErrDamaged, bucket)
	}
	if err != nil {
		return 0, err
	}
	return kv.KeyNumber(payload), nil
}

// ReadProvisionWords reads a value of its bucket: the document and the provision.
func ReadProvisionWords(key, value []byte) (document, provision uint64, err error) {
	provision, err = unsealNumber(kv.BucketProvisionWords, key, value)
	if err == nil && len(key) != 24 {
		err = fmt.Errorf("%w: words of a provision are filed under no document", model.ErrDamaged)
	}
	if err != nil {
		return 0, 0, err
	}
	return kv.KeyNumber(key), provision, nil
}

// PutProvisionWords notes that a provision has these words.
func PutProvisionWords(tx *kv.Tx, document uint64, words kv.Sum, provision uint64) error {
	return kv.PutSealed(tx, kv.BucketProvisionWords, ProvisionWordsKey(document, words), kv.Key(provision))
}

// ProvisionsOf lists the provisions of a document that were given IDs, in the order of
// their numbers.
func ProvisionsOf(tx *kv.Tx, document uint64) (list []uint64, err error) {
	b := tx.Bucket(kv.BucketProvisionWords)
	if b == nil {
		return nil, nil // one of laterBuckets
	}
	c := b.Cursor()
	for k, v := c.Seek(kv.Key(document)); bytes.HasPrefix(k, kv.Key(document)); k, v = c.Next() {
		_, n, err := ReadProvisionWords(k, v)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}
