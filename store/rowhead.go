package store

import (
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/text/similar"
)

// rowHead is what choosing and ordering changes needs of a queueRow. A list of
// 50,000 is read by heads, and only what is shown of it is decoded in full.
type rowHead struct {
	n        uint64
	document uint64
	captured int64 // of the version it led to
	score    int32
	alg      int32
	from, to int32 // versions
	severity uint8 // rank of the suggested one
	material bool
	alike    [similar.KeySize]byte // zeros when it has no mark
	reason   []byte                // these are valid during the transaction only
	sketch   []byte
	payload  []byte
}

// scanRow reads a head from a row's payload.
func scanRow(payload []byte, h *rowHead) error {
	r := kv.NewScanner(payload)
	h.payload = payload
	for range r.Pairs() {
		switch r.Int() {
		case 1:
			h.document = uint64(r.Int())
		case 2:
			h.from, _ = scanRef(r)
		case 3:
			h.to, h.captured = scanRef(r)
		case 5:
			h.material = r.Bool()
		case 6:
			h.reason = r.Bytes()
		case 8:
			h.severity = uint8(model.Severity(r.Bytes()).Rank())
		case 9:
			h.score = int32(r.Int())
		case 12:
			h.alg = int32(r.Int())
		case 14:
			copy(h.alike[:], r.Bytes())
		case 15:
			h.sketch = r.Bytes()
		default:
			r.Skip(0)
		}
	}
	if !r.Done() {
		return fmt.Errorf("%w: a value in %s can't be decoded", model.ErrDamaged, kv.BucketRow)
	}
	return nil
}

// scanRef reads a refRow's version and when it was captured.
func scanRef(r *kv.Scanner) (seq int32, captured int64) {
	for range r.Pairs() {
		switch r.Int() {
		case 1:
			seq = int32(r.Int())
		case 2:
			captured = r.Int()
		default:
			r.Skip(0)
		}
	}
	return seq, captured
}

func (h *rowHead) marked() bool { return h.alike != [similar.KeySize]byte{} }

// row decodes the whole row.
func (h *rowHead) row() (queueRow, error) {
	var row queueRow
	err := kv.DecodePayload(kv.BucketRow, h.payload, &row)
	return row, err
}

// rowHeads reads the head of every change, in the order of IDs. Every value is
// checked against its seal.
func rowHeads(tx *kv.Tx) ([]rowHead, error) {
	b := tx.Bucket(kv.BucketRow)
	pairs := kv.Pairs(b, int(min(tx.Bucket(kv.BucketChange).Sequence(), 1<<20)))
	heads := make([]rowHead, len(pairs))
	err := kv.InChunks(len(pairs), func(from, to int) error {
		var buf []byte
		for i := from; i < to; i++ {
			payload, err := kv.UnsealWith(&buf, kv.BucketRow, pairs[i].Key, pairs[i].Value)
			if err != nil {
				return err
			}
			heads[i].n = kv.KeyNumber(pairs[i].Key)
			if err := scanRow(payload, &heads[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return heads, err
}
