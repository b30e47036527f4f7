package kv

import (
	"encoding/binary"
	"fmt"

	"fineprint/store/model"
)

// InternString returns the number of a string that many rows share. 0 is "".
func InternString(tx *Tx, w string) (uint32, error) {
	if w == "" {
		return 0, nil
	}
	h := SumOf([]byte(w))
	ids := tx.Bucket(BucketStringID)
	if v := ids.Get(h[:16]); len(v) == 4 {
		n := binary.BigEndian.Uint32(v)
		if found, err := LookupString(tx, n); err != nil {
			return 0, err
		} else if found != w {
			return 0, fmt.Errorf("%w: interned string %d is found under another", model.ErrDamaged, n)
		}
		return n, nil
	}
	n, err := NextNumber(tx, BucketString)
	if err != nil {
		return 0, err
	}
	key := binary.BigEndian.AppendUint32(nil, uint32(n))
	if err := InsertSealed(tx, BucketString, key, []byte(w)); err != nil {
		return 0, err
	}
	return uint32(n), Insert(tx, BucketStringID, h[:16], key)
}

// LookupString returns an interned string, "" for one that reading goes on without.
func LookupString(tx *Tx, n uint32) (string, error) {
	if n == 0 {
		return "", nil
	}
	key := binary.BigEndian.AppendUint32(nil, n)
	value := tx.Bucket(BucketString).Get(key)
	w, err := []byte(nil), error(nil)
	if value == nil {
		err = Unreadable(BucketString, key, "an interned string is missing")
	} else {
		w, err = Unseal(BucketString, key, value)
	}
	if err != nil && tx.Lost(err, BucketString, key) {
		return "", nil
	}
	return string(w), err
}
