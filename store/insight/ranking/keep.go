package ranking

import (
	"encoding/binary"
	"strconv"

	"fineprint/store/blob"
	"fineprint/store/detect/order"
	"fineprint/store/kv"
	"fineprint/store/rows"
)

// What is kept of a change's words: the algorithm, the mark of the clause changes that
// were read, how many terms there are, and the terms.
const (
	markAt   = 1
	countAt  = markAt + 8
	termsAt  = countAt + 2
	termSize = 4
)

// pack is what is kept of words.
func (w *Words) pack(mark uint64) []byte {
	b := binary.BigEndian.AppendUint64([]byte{algorithm}, mark)
	b = binary.BigEndian.AppendUint16(b, uint16(len(w.Terms)))
	for _, t := range w.Terms {
		b = binary.BigEndian.AppendUint32(b, uint32(t))
	}
	return b
}

// kept is what is kept of a change's words; nil where none is that this build reads.
type kept []byte

func (k kept) readable() bool {
	return len(k) >= termsAt && k[0] == algorithm && len(k) == termsAt+termSize*k.count()
}

func (k kept) count() int { return int(binary.BigEndian.Uint16(k[countAt:])) }

func (k kept) mark() uint64 { return binary.BigEndian.Uint64(k[markAt:]) }

// terms appends the terms to dst.
func (k kept) terms(dst []Term) []Term {
	for i := range k.count() {
		dst = append(dst, Term(binary.BigEndian.Uint32(k[termsAt+termSize*i:])))
	}
	return dst
}

// keptOf is what is kept of a change's words; nil for none.
func keptOf(tx *kv.Tx, change uint64) (kept, error) {
	b := tx.Bucket(kv.BucketRankWords)
	if b == nil {
		return nil, nil // one of laterBuckets
	}
	value := b.Get(kv.Key(change))
	if value == nil {
		return nil, nil
	}
	payload, err := kv.Unseal(kv.BucketRankWords, kv.Key(change), value)
	if err != nil && tx.Lost(err, kv.BucketRankWords, kv.Key(change)) {
		return nil, nil
	}
	if err != nil || !kept(payload).readable() {
		return nil, err
	}
	return payload, nil
}

// clausesMark tells the clause changes that words were read of.
func clausesMark(tx *kv.Tx, change uint64) uint64 {
	return kv.SealMark(tx.Bucket(kv.BucketChange).Get(kv.Key(change)))
}

// ReadChange reads the words of a change from its texts, as it is shown for what it undoes,
// with what terms are called in names unless that is nil.
func ReadChange(tx *kv.Tx, blobs *blob.Reader, h *rows.Head, names map[Term]string) (Words, error) {
	row, err := h.Row()
	if err != nil {
		return Words{}, err
	}
	var texts [2]string
	for i, seq := range []int{row.From.Seq, row.To.Seq} {
		v, err := rows.GetVersion(tx, row.Document, seq)
		if err != nil {
			return Words{}, err
		}
		if texts[i], err = rows.TextBy(blobs, v); err != nil {
			return Words{}, err
		}
	}
	clauses, err := rows.Clauses(tx, h.N)
	if err != nil {
		return Words{}, err
	}
	standings, err := rows.StandingsOf(tx, row.Document)
	if err != nil {
		return Words{}, err
	}
	standings.RaiseClauses(h.N, clauses)
	return Read(texts[0], texts[1], clauses, names), nil
}

// placeOf are the terms of the place of a document's changes.
func placeOf(document uint64, slug, kind string) []Term {
	return PlaceOf(Place{Type: kind, Platform: slug, Document: strconv.FormatUint(document, 10)})
}

// seen fills in what the model sees of a change; ok is false for one without features.
func seen(s *Seen, h *rows.Head, place []Term, k kept) (ok bool) {
	if s.Features, ok = order.Unpack(h.Features); !ok || !h.Material {
		return false
	}
	s.Score, s.Place, s.Terms = int(h.Score), place, s.Terms[:0]
	if k != nil {
		s.Terms = k.terms(s.Terms)
	}
	return true
}
