package ranking

import (
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"fineprint/store/blob"
	"fineprint/store/kv"
	"fineprint/store/rows"
)

// Found are parts of changes that were read, to be kept by [Ranker.KeepParts].
type Found map[uint64][]byte

// PartsOf is what a change says in words: what is kept of that, else as read from the texts,
// which is noted in found. What is shown for what it undoes is always read.
func PartsOf(tx *kv.Tx, n uint64, found Found) ([]Part, error) {
	h, err := rows.HeadOf(tx, n)
	if err != nil {
		return nil, err
	}
	standings, err := rows.StandingsOf(tx, h.Document)
	if err != nil {
		return nil, err
	}
	mark := partsMark(tx, n)
	if !standings.Raises(n) {
		if parts, err := keptParts(tx, n, mark); err != nil || parts != nil {
			return parts, err
		}
	}
	words, err := ReadChange(tx, blob.NewReader(tx), &h, nil)
	if err == nil && !standings.Raises(n) {
		found[n] = packParts(words.Parts, mark)
	}
	return words.Parts, err
}

// KeepParts keeps parts that were read, so that they need not be read again.
func (r *Ranker) KeepParts(ctx context.Context, found Found) error {
	if len(found) == 0 {
		return nil
	}
	err := r.db.Update(ctx, func(tx *kv.Tx) error {
		for _, n := range slices.Sorted(maps.Keys(found)) {
			if err := kv.PutSealed(tx, kv.BucketRankParts, kv.Key(n), found[n]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keeping what the words of changes say: %w", err)
	}
	return nil
}

// partsMark tells what the parts of a change were read from: its row, which has the hashes of
// both texts, and its clause changes.
func partsMark(tx *kv.Tx, n uint64) uint64 {
	return 31*kv.SealMark(tx.Bucket(kv.BucketRow).Get(kv.Key(n))) + clausesMark(tx, n)
}

// packParts is what is kept of parts: the algorithm, the mark of what they were read from, and
// of each its points, its term and its text, with its length before it.
func packParts(parts []Part, mark uint64) []byte {
	b := binary.BigEndian.AppendUint64([]byte{algorithm}, mark)
	for _, p := range parts {
		b = append(b, p.Points)
		b = binary.BigEndian.AppendUint32(b, uint32(p.Term))
		b = append(binary.AppendUvarint(b, uint64(len(p.Text))), p.Text...)
	}
	return b
}

// keptParts are the parts that are kept of a change, not nil; nil where none were read of
// what it is now, or by another build.
func keptParts(tx *kv.Tx, n, mark uint64) ([]Part, error) {
	b := tx.Bucket(kv.BucketRankParts)
	if b == nil {
		return nil, nil // one of laterBuckets
	}
	value := b.Get(kv.Key(n))
	if value == nil {
		return nil, nil
	}
	payload, err := kv.Unseal(kv.BucketRankParts, kv.Key(n), value)
	if err != nil && tx.Lost(err, kv.BucketRankParts, kv.Key(n)) {
		return nil, nil
	}
	if err != nil || len(payload) < countAt || payload[0] != algorithm || binary.BigEndian.Uint64(payload[markAt:]) != mark {
		return nil, err
	}
	parts := []Part{}
	for b := payload[countAt:]; len(b) > 0; {
		if len(b) < 1+termSize {
			return nil, nil
		}
		p := Part{Points: b[0], Term: Term(binary.BigEndian.Uint32(b[1:]))}
		length, used := binary.Uvarint(b[1+termSize:])
		b = b[min(len(b), 1+termSize+max(used, 0)):]
		if used <= 0 || length > uint64(len(b)) {
			return nil, nil
		}
		p.Text = string(b[:length])
		parts, b = append(parts, p), b[length:]
	}
	return parts, nil
}
