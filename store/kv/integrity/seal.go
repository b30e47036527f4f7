package integrity

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"fineprint/store/model"
)

// MetaBucket is the bucket of the database's own values.
const MetaBucket = "meta"

// SealKey is the key, among the database's own values, of the seal over what every
// reader believes: the schema, what IDs begin with, and the identity. Builds that know of no
// seal leave it alone; they may raise the schema, so that the seal keeps the one it was made
// with. A database without it gets it with the next write.
var SealKey = []byte("seal")

// Seal makes the seal of the database's own values, with a schema.
func Seal(get func(key []byte) []byte, schema []byte) []byte {
	h := sha256.New()
	for _, part := range [][]byte{[]byte(MetaBucket), SealKey, schema, get([]byte("prefix")), get([]byte("id"))} {
		_, _ = h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		_, _ = h.Write(part)
	}
	return h.Sum(bytes.Clone(schema))
}

// CheckSeal holds the database's own values against their seal; others are refused whose schema is before
// the first that there was.
func CheckSeal(get func(key []byte) []byte, firstSchema uint64) error {
	schema, sealed := get([]byte("schema")), get(SealKey)
	switch {
	case len(schema) != 8:
		return fmt.Errorf("%w: its schema is malformed", model.ErrDamaged)
	case sealed == nil:
		return nil
	case len(sealed) != 8+sha256.Size || !bytes.Equal(Seal(get, sealed[:8]), sealed):
		return fmt.Errorf("%w: its identity, or what its IDs begin with, is not as it was written", model.ErrDamaged)
	}
	at, found := binary.BigEndian.Uint64(sealed), binary.BigEndian.Uint64(schema)
	if found < at && found >= firstSchema { // others are refused for what they are
		return fmt.Errorf("%w: its schema is not as it was written", model.ErrDamaged)
	}
	return nil
}
