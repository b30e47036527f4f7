package identity

import (
	"encoding/binary"
	"errors"
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// schema is the one from which on there are clauses with an identity.
const schema = 7

// minBlock is how many numbers a document is given at a time, at least.
const minBlock = 16

// Load reads what is kept of a document; nil when nothing is, or another algorithm made
// it. former is then what that one kept.
func Load(tx *kv.Tx, document uint64) (h, former *History, err error) {
	b := tx.Bucket(kv.BucketIdentity)
	if b == nil {
		return nil, nil, nil // one of laterBuckets
	}
	value := b.Get(kv.Key(document))
	if value == nil {
		return nil, nil, nil
	}
	payload, err := kv.Unseal(kv.BucketIdentity, kv.Key(document), value)
	if err != nil {
		if tx.Lost(err, kv.BucketIdentity, kv.Key(document)) {
			return nil, nil, nil
		}
		return nil, nil, err
	}
	h, algorithm, err := decode(document, payload)
	if err == nil && algorithm != Algorithm {
		h, former = nil, h
	}
	return h, former, err
}

// DocumentOf returns the document whose clauses a number was given to, 0 for none.
func DocumentOf(tx *kv.Tx, number uint64) (uint64, error) {
	b := tx.Bucket(kv.BucketIdentityRange)
	if b == nil || number == 0 {
		return 0, nil // one of laterBuckets
	}
	c := b.Cursor()
	k, v := c.Seek(kv.Key(number))
	if k == nil {
		k, v = c.Last()
	} else if kv.KeyNumber(k) != number {
		k, v = c.Prev()
	}
	if k == nil {
		return 0, nil
	}
	document, count, err := ReadRange(k, v)
	if err != nil || number-kv.KeyNumber(k) >= count {
		return 0, err
	}
	return document, nil
}

// ReadRange reads a value of its bucket: the document that the numbers from the key on were
// given to, and how many.
func ReadRange(key, value []byte) (document, count uint64, err error) {
	payload, err := kv.Unseal(kv.BucketIdentityRange, key, value)
	if err == nil && (len(payload) != 16 || len(key) != 8) {
		err = fmt.Errorf("%w: a range of clause numbers is malformed", model.ErrDamaged)
	}
	if err != nil {
		return 0, 0, err
	}
	return kv.KeyNumber(payload), kv.KeyNumber(payload[8:]), nil
}

// Numbers gives numbers on from the last one that was given in a database. Whoever saves
// with them finds out whether another one was given meanwhile.
type Numbers struct{ next uint64 }

// NewNumbers returns the numbers that are free in a database.
func NewNumbers(tx *kv.Tx) *Numbers {
	if tx.Bucket(kv.BucketProvision) == nil {
		return &Numbers{1} // one of laterBuckets
	}
	return &Numbers{tx.Bucket(kv.BucketProvision).Sequence() + 1}
}

// Give gives every clause of a History that has none a number: the one it is to have, or
// one of those that its document was given.
func (p *Numbers) Give(h *History) {
	for c := h.numbered(); c < h.Clauses; c++ {
		if c < len(h.wanted) && h.wanted[c] != 0 {
			h.addNumber(h.wanted[c])
			continue
		}
		if h.spare.count == 0 {
			h.spare = run{p.next, max(minBlock, h.Clauses-c)}
			p.next += uint64(h.spare.count)
			h.given = append(h.given, h.spare)
		}
		h.addNumber(h.spare.first)
		h.spare.first++
		h.spare.count--
	}
	h.wanted = nil
}

// ErrNumbersTaken is returned where others were given the numbers meanwhile.
var ErrNumbersTaken = errors.New("numbers of clauses were given to others meanwhile")

// Save writes what is kept of a document and the numbers that it was given.
func (h *History) Save(tx *kv.Tx) error {
	if err := tx.NeedSchema(schema); err != nil {
		return err
	}
	sequence := tx.Bucket(kv.BucketProvision)
	for _, g := range h.given {
		if g.first != sequence.Sequence()+1 {
			return ErrNumbersTaken
		}
		if err := sequence.SetSequence(g.first + uint64(g.count) - 1); err != nil {
			return err
		}
		payload := binary.BigEndian.AppendUint64(kv.Key(h.Document), uint64(g.count))
		if err := kv.InsertSealed(tx, kv.BucketIdentityRange, kv.Key(g.first), payload); err != nil {
			return err
		}
	}
	h.given = nil
	payload, err := h.encode()
	if err != nil {
		return fmt.Errorf("encoding the clauses of a document: %w", err)
	}
	return kv.PutSealed(tx, kv.BucketIdentity, kv.Key(h.Document), payload)
}
