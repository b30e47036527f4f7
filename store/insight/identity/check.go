package identity

import (
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// Check reports what is wrong with what is kept of a document: its steps go on from each
// other, no text has a clause twice, no two clauses have one number, and all numbers were
// given to the document.
func Check(tx *kv.Tx, key, value []byte) error {
	if len(key) != 8 {
		return fmt.Errorf("%w: clauses are filed under no document", model.ErrDamaged)
	}
	payload, err := kv.Unseal(kv.BucketIdentity, key, value)
	if err != nil {
		return err
	}
	h, algorithm, err := decode(kv.KeyNumber(key), payload)
	if err != nil || algorithm != Algorithm {
		return err
	}
	if tx.Bucket(kv.BucketDocument).Get(key) == nil {
		return fmt.Errorf("%w: clauses of document %d are kept, which is missing", model.ErrDamaged, h.Document)
	}
	c := h.Cursor()
	in := make([]int, h.Clauses) // the text that a clause was met in, from 1
	for c.At < len(h.Steps) {
		if _, err := c.Step(); err != nil {
			return err
		}
		for _, x := range c.Present {
			if in[x] == c.At {
				return h.damaged()
			}
			in[x] = c.At
		}
	}
	seen := make(map[uint64]bool, h.Clauses)
	numbers := h.Numbers()
	for _, a := range h.aliases {
		numbers = append(numbers, a.number)
	}
	for _, n := range numbers {
		document, err := DocumentOf(tx, n)
		if err != nil {
			return err
		}
		quoted := tx.Bucket(kv.BucketProvision).Get(kv.Key(n)) != nil
		if seen[n] || document != h.Document && (document != 0 || !quoted) {
			return fmt.Errorf("%w: number %d of a clause was not given to document %d alone", model.ErrDamaged, n,
				h.Document)
		}
		seen[n] = true
	}
	return nil
}

// CheckRange reports what is wrong with a range of numbers: it is of no document, or
// reaches into the next one, or beyond what was given.
func CheckRange(tx *kv.Tx, key, value []byte) error {
	document, count, err := ReadRange(key, value)
	if err != nil {
		return err
	}
	last := kv.KeyNumber(key) + count - 1
	next, _ := tx.Bucket(kv.BucketIdentityRange).Cursor().Seek(kv.Key(kv.KeyNumber(key) + 1))
	switch {
	case tx.Bucket(kv.BucketDocument).Get(kv.Key(document)) == nil:
		return fmt.Errorf("%w: numbers of clauses were given to document %d, which is missing", model.ErrDamaged,
			document)
	case count == 0 || last > tx.Bucket(kv.BucketProvision).Sequence() || next != nil && kv.KeyNumber(next) <= last:
		return fmt.Errorf("%w: the numbers of clauses from %d on were given twice", model.ErrDamaged, kv.KeyNumber(key))
	}
	return nil
}
