package kv

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"fineprint/store/model"
)

// sealKey is the key, in the bucket of the database's own values, of the seal over what every
// reader believes: the schema, what IDs begin with, and the identity. Builds that know of no
// seal leave it alone; they may raise the schema, so that the seal keeps the one it was made
// with. A database without it gets it with the next write.
var sealKey = []byte("seal")

// metaSeal makes the seal of what the bucket holds, with a schema.
func metaSeal(get func(key []byte) []byte, schema []byte) []byte {
	h := sha256.New()
	for _, part := range [][]byte{BucketMeta, sealKey, schema, get([]byte("prefix")), get([]byte("id"))} {
		_, _ = h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		_, _ = h.Write(part)
	}
	return h.Sum(bytes.Clone(schema))
}

// sealMeta seals the database's own values as they are.
func (tx *Tx) sealMeta() error {
	meta := tx.Bucket(BucketMeta)
	return meta.Put(sealKey, metaSeal(meta.Get, meta.Get([]byte("schema"))))
}

// checkMeta holds the database's own values against their seal.
func checkMeta(get func(key []byte) []byte) error {
	schema, sealed := get([]byte("schema")), get(sealKey)
	switch {
	case len(schema) != 8:
		return fmt.Errorf("%w: its schema is malformed", model.ErrDamaged)
	case sealed == nil:
		return nil
	case len(sealed) != 8+sha256.Size || !bytes.Equal(metaSeal(get, sealed[:8]), sealed):
		return fmt.Errorf("%w: its identity, or what its IDs begin with, is not as it was written", model.ErrDamaged)
	}
	at, found := binary.BigEndian.Uint64(sealed), binary.BigEndian.Uint64(schema)
	if found < at && found >= FirstSchema { // others are refused for what they are
		return fmt.Errorf("%w: its schema is not as it was written", model.ErrDamaged)
	}
	return nil
}
