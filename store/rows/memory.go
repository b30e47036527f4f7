package rows

import (
	"slices"

	"fineprint/store/blob"
	"fineprint/store/kv"
)

// Memory is what judging a document's next text needs to know of its last good
// versions besides the newest one's text. It follows from their texts, and spares
// reading them.
type Memory struct {
	Algorithm int    `cbor:"1,keyasint"`           // that of detection
	Good      int    `cbor:"2,keyasint"`           // the newest good version
	Overruled []int  `cbor:"3,keyasint,omitempty"` // [Document.Overturned] then
	Packed    []byte `cbor:"4,keyasint"`           // compressed
}

// PutMemory writes a document's Memory; packed is what it comes to.
func PutMemory(tx *kv.Tx, doc uint64, d Document, algorithm int, packed []byte) error {
	return kv.PutRow(tx, kv.BucketMemory, kv.Key(doc), Memory{Algorithm: algorithm, Good: d.Good,
		Overruled: d.Overturned, Packed: blob.Compress(packed)})
}

// GetMemory reads what [PutMemory] was told of a document, nil when there is none that
// is of this algorithm and of the document as it is.
func GetMemory(tx *kv.Tx, doc uint64, d Document, algorithm int) ([]byte, error) {
	b := tx.Bucket(kv.BucketMemory)
	if b == nil {
		return nil, nil // one of laterBuckets
	}
	var m Memory
	found, err := kv.GetRow(tx, kv.BucketMemory, kv.Key(doc), &m)
	if err != nil || !found || m.Algorithm != algorithm || m.Good != d.Good || !slices.Equal(m.Overruled, d.Overturned) {
		return nil, err
	}
	return blob.Decompress(m.Packed)
}

// DropMemory forgets the Memory of a document whose versions are judged anew.
func DropMemory(tx *kv.Tx, doc uint64) error { return tx.Bucket(kv.BucketMemory).Delete(kv.Key(doc)) }

// DropChangeTypes forgets what types the changes of a document touch, that are judged anew.
func DropChangeTypes(tx *kv.Tx, doc uint64) error {
	b := tx.Bucket(kv.BucketChangeTypes)
	if b == nil {
		return nil // one of laterBuckets
	}
	return b.Delete(kv.Key(doc))
}
