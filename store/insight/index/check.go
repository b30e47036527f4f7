package index

import (
	"context"

	"fineprint/store/kv"
)

// CheckDocument reports what is wrong with a value of the bucket of documents.
func CheckDocument(key, value []byte) error {
	_, err := decodeTable(key, value)
	return err
}

// CheckSegment reports what is wrong with a value of the bucket of segments.
func CheckSegment(key, value []byte) error {
	if len(key) == 8 && kv.KeyNumber(key) == 0 {
		var m manifest
		return kv.DecodeRow(kv.BucketSearchSegment, key, value, &m)
	}
	if len(key) != 13 {
		return damaged("a part of the index is filed under none")
	}
	raw, err := openSealed(key, value)
	if err != nil {
		return err
	}
	switch key[8] {
	case kindHeader:
		if h := (&header{number: kv.KeyNumber(key)}); !h.decode(raw) {
			return damaged("segment %d of the index contradicts itself", h.number)
		}
	case kindTerms:
		b, ok := parseBlock(raw)
		if !ok {
			return damaged("a block of terms of segment %d of the index contradicts itself", kv.KeyNumber(key))
		}
		for c := (blockCursor{r: reader{b: b.raw}}); c.next(); {
			if !c.entry.sound() {
				return damaged("a term of segment %d of the index contradicts itself", kv.KeyNumber(key))
			}
		}
	case kindPlaces:
	default:
		return damaged("segment %d of the index has a part of no kind", kv.KeyNumber(key))
	}
	return nil
}

// sound reports whether an entry's postings are as many as it says.
func (e *entry) sound() bool {
	n := 0
	for it := newPostings(e.postings); it.next(); {
		n++
	}
	return n == e.units && len(skipNumbers(e.head, e.heads)) == 0
}

// CheckAll reports what is wrong between the parts of the index: segments or blocks that are
// missing, and documents that have more or less in segments than there is.
func CheckAll(ctx context.Context, tx *kv.Tx) error {
	r := NewReader()
	if err := r.load(ctx, tx); err != nil {
		return err
	}
	for _, p := range r.parts {
		for n := range p.starts {
			if tx.Bucket(kv.BucketSearchSegment).Get(segmentKey(p.number, kindTerms, n)) == nil {
				return damaged("block %d of segment %d of the index is missing", n, p.number)
			}
			b, err := readBlock(tx, p.header, n)
			if err != nil {
				return err
			}
			if _, err := readPlaces(tx, p.header, n, b); err != nil {
				return err
			}
		}
	}
	return nil
}
