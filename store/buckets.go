package store

import (
	"slices"

	bolt "go.etcd.io/bbolt"
)

// Schema is the number of the layout: of the buckets, their keys and values.
const Schema = 2

// The buckets of a database.
var (
	bktMeta      = []byte("meta")
	bktPlatform  = []byte("platform")
	bktDocument  = []byte("document")
	bktDocName   = []byte("docname")
	bktVersion   = []byte("version")
	bktOrigin    = []byte("origin")
	bktBlob      = []byte("blob")
	bktBlobSum   = []byte("blobsha")
	bktSnapshot  = []byte("snapshot")
	bktChange    = []byte("change")
	bktRow       = []byte("row")
	bktEvent     = []byte("event")
	bktRecord    = []byte("record")
	bktWithdrawn = []byte("withdrawn")
	bktOfChange  = []byte("ofchange")
	bktWord      = []byte("word")
	bktWordID    = []byte("wordid")
	bktJournal   = []byte("journal")
	bktTracked   = []byte("tracked")
	bktDraft     = []byte("draft")
	bktDesk      = []byte("desk")
)

var (
	firstBuckets = [][]byte{bktMeta, bktPlatform, bktDocument, bktDocName, bktVersion, bktOrigin, bktBlob, bktBlobSum,
		bktSnapshot, bktChange, bktRow, bktEvent, bktRecord, bktWithdrawn, bktOfChange, bktWord, bktWordID, bktJournal}
	// laterBuckets came after the first databases of this schema: the first write
	// makes them, and until then they are read as empty.
	laterBuckets = [][]byte{bktTracked, bktDraft, bktDesk}
	// appended are the buckets whose keys only grow: their pages are filled before
	// the next one is begun.
	appended = [][]byte{bktBlob, bktSnapshot, bktChange, bktRow, bktWord, bktJournal}
)

// bucketsOf lists the buckets that a database of this schema has.
func bucketsOf(tx *bolt.Tx) [][]byte {
	buckets := slices.Clone(firstBuckets)
	for _, b := range laterBuckets {
		if tx.Bucket(b) != nil {
			buckets = append(buckets, b)
		}
	}
	return buckets
}
