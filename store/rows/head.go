package rows

import (
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/kv/scan"
	"fineprint/store/model"
	"fineprint/store/text/similar"
)

// Head is what choosing and ordering changes needs of a Change. A list of
// 50,000 is read by heads, and only what is shown of it is decoded in full.
type Head struct {
	N              uint64
	Document       uint64
	Captured       int64 // of the version it led to
	Score          int32
	Alg            int32
	From, To       int32 // versions
	TakenBack      int32 // the version that took it back
	Severity       uint8 // rank of the suggested one
	Material       bool
	DuplicateGroup [similar.KeySize]byte // zeros when it has no mark
	Reason         []byte                // these are valid during the transaction only
	Sketch         []byte
	Features       []byte
	payload        []byte
}

// HeadOf reads the head of a change.
func HeadOf(tx *kv.Tx, change uint64) (h Head, err error) {
	key := kv.Key(change)
	value := tx.Bucket(kv.BucketRow).Get(key)
	if value == nil {
		return h, kv.Unreadable(kv.BucketRow, key, fmt.Sprintf("change %d is missing", change))
	}
	payload, err := kv.Unseal(kv.BucketRow, key, value)
	if err != nil {
		return h, err
	}
	h.N = change
	return h, ScanRow(payload, &h)
}

// ScanRow reads a head from a row's payload.
func ScanRow(payload []byte, h *Head) error {
	r := scan.New(payload)
	h.payload = payload
	for range r.Pairs() {
		switch r.Int() {
		case 1:
			h.Document = uint64(r.Int())
		case 2:
			h.From = int32(decodeRef(r).Seq)
		case 3:
			to := decodeRef(r)
			h.To, h.Captured = int32(to.Seq), to.CapturedAt
		case 5:
			h.Material = r.Bool()
		case 6:
			h.Reason = r.Bytes()
		case 8:
			h.Severity = uint8(model.Severity(r.Bytes()).Rank())
		case 9:
			h.Score = int32(r.Int())
		case 12:
			h.Alg = int32(r.Int())
		case 14:
			copy(h.DuplicateGroup[:], r.Bytes())
		case 15:
			h.Sketch = r.Bytes()
		case 17:
			h.TakenBack = int32(r.Int())
		case 18:
			h.Features = r.Bytes()
		default:
			r.Skip(0)
		}
	}
	if !r.Done() {
		return fmt.Errorf("%w: a value in %s can't be decoded", model.ErrDamaged, kv.BucketRow)
	}
	return nil
}

// Marked reports whether the change has a fingerprint.
func (h *Head) Marked() bool { return h.DuplicateGroup != [similar.KeySize]byte{} }

// Row decodes the whole row.
func (h *Head) Row() (Change, error) {
	var row Change
	err := kv.DecodePayload(kv.BucketRow, h.payload, &row)
	return row, err
}

// HeadsOf reads the heads of a document's changes, in the order of IDs, as they
// were judged by themselves.
func HeadsOf(tx *kv.Tx, document uint64) ([]Head, error) {
	return HeadsAmong(tx, func(d uint64) bool { return d == document })
}

// HeadsAmong is [HeadsOf] of several documents. The document is the first field of a
// row: what is of none of these costs no hash.
func HeadsAmong(tx *kv.Tx, is func(document uint64) bool) ([]Head, error) {
	var heads []Head
	c := tx.Bucket(kv.BucketRow).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if len(v) > 32 {
			r := scan.New(v[32:])
			if r.Pairs() > 0 && r.Int() == 1 && !is(uint64(r.Int())) {
				continue
			}
		}
		h := Head{N: kv.KeyNumber(k)}
		payload, err := kv.Unseal(kv.BucketRow, k, v)
		if err == nil {
			err = ScanRow(payload, &h)
		}
		if err != nil {
			if tx.Lost(err, kv.BucketRow, k) {
				continue
			}
			return nil, err
		}
		heads = append(heads, h)
	}
	return heads, nil
}

// Heads reads the head of every change as it was judged by itself, in the order of
// IDs. Every value is checked against its seal.
func Heads(tx *kv.Tx) ([]Head, error) {
	b := tx.Bucket(kv.BucketRow)
	pairs := kv.Pairs(b, int(min(tx.Bucket(kv.BucketChange).Sequence(), 1<<20)))
	return ReadableHeads(tx, pairs)
}

// ReadableHeads is [ScanHeads], without those that reading goes on without.
func ReadableHeads(tx *kv.Tx, pairs []kv.Pair) ([]Head, error) {
	heads := make([]Head, len(pairs))
	if ScanHeads(pairs, heads) == nil {
		return heads, nil
	}
	heads = heads[:0]
	for i := range pairs {
		var h [1]Head
		if err := ScanHeads(pairs[i:i+1], h[:]); err == nil {
			heads = append(heads, h[0])
		} else if !tx.Lost(err, kv.BucketRow, pairs[i].Key) {
			return nil, err
		}
	}
	return heads, nil
}

// Figures are what counting changes needs of one.
type Figures struct {
	Document  uint64
	Material  bool
	Algorithm int
	Reason    []byte // valid during the transaction only
}

// ScanFigures reads the figures of a stored row and nothing behind them. Its seal is
// not checked.
func ScanFigures(value []byte) (f Figures, err error) {
	if len(value) < 32 {
		return f, fmt.Errorf("%w: a value in %s is malformed", model.ErrDamaged, kv.BucketRow)
	}
	r := scan.New(value[32:])
	for range r.Pairs() {
		switch r.Int() {
		case 1:
			f.Document = uint64(r.Int())
		case 5:
			f.Material = r.Bool()
		case 6:
			f.Reason = r.Bytes()
		case 12:
			f.Algorithm = int(r.Int())
			if !r.Failed() {
				return f, nil
			}
		default:
			r.Skip(0)
		}
	}
	return f, fmt.Errorf("%w: a value in %s can't be decoded", model.ErrDamaged, kv.BucketRow)
}

// ScanHeads reads the heads of rows, each checked against its seal.
func ScanHeads(pairs []kv.Pair, heads []Head) error {
	return kv.InChunks(len(pairs), func(from, to int) error {
		var buf []byte
		for i := from; i < to; i++ {
			payload, err := kv.UnsealWith(&buf, kv.BucketRow, pairs[i].Key, pairs[i].Value)
			if err != nil {
				return err
			}
			heads[i] = Head{N: kv.KeyNumber(pairs[i].Key)}
			if err := ScanRow(payload, &heads[i]); err != nil {
				return err
			}
		}
		return nil
	})
}
