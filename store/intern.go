package store

import (
	"encoding/binary"
	"fmt"

	"fineprint/store/model"
)

// internString returns the number of a string that many rows share. 0 is "".
func internString(tx *Tx, w string) (uint32, error) {
	if w == "" {
		return 0, nil
	}
	h := sumOf([]byte(w))
	ids := tx.Bucket(bktWordID)
	if v := ids.Get(h[:16]); len(v) == 4 {
		return binary.BigEndian.Uint32(v), nil
	}
	n, err := nextNumber(tx, bktWord)
	if err != nil {
		return 0, err
	}
	key := binary.BigEndian.AppendUint32(nil, uint32(n))
	if err := createSealed(tx, bktWord, key, []byte(w)); err != nil {
		return 0, err
	}
	return uint32(n), ids.Put(h[:16], key)
}

// stringOf returns an interned string.
func stringOf(tx *Tx, n uint32) (string, error) {
	if n == 0 {
		return "", nil
	}
	key := binary.BigEndian.AppendUint32(nil, n)
	value := tx.Bucket(bktWord).Get(key)
	if value == nil {
		return "", fmt.Errorf("%w: an interned string is missing", model.ErrDamaged)
	}
	w, err := unseal(bktWord, key, value)
	return string(w), err
}
