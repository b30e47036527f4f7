package recordrows

import (
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// Playbook is a team's expected positions, as stored under a number; the newest holds.
type Playbook struct {
	At    int64  `cbor:"1,keyasint"` // Unix nanoseconds
	Actor string `cbor:"2,keyasint"`
	// File is what was saved, to the letter; "" from when on there is none.
	File string `cbor:"3,keyasint,omitempty"`
}

// EncodePlaybook is a playbook's payload as its journal entry names it.
func EncodePlaybook(p Playbook) ([]byte, error) { return kv.Encode(p) }

// NewestPlaybook reads the playbook that holds, and its number; 0 for none.
func NewestPlaybook(tx *kv.Tx) (p Playbook, n uint64, err error) {
	b := tx.Bucket(kv.BucketPlaybook)
	if b == nil {
		return p, 0, nil // one of laterBuckets
	}
	k, v := b.Cursor().Last()
	switch {
	case k == nil:
		return p, 0, nil
	case len(k) != 8:
		return p, 0, fmt.Errorf("%w: a playbook is filed under no number", model.ErrDamaged)
	}
	err = kv.DecodeRow(kv.BucketPlaybook, k, v, &p) // never one before it: it held no more
	return p, kv.KeyNumber(k), err
}
