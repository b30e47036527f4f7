package rows

import (
	"cmp"
	"encoding/binary"
	"slices"

	"fineprint/store/kv"
)

// OutOfOrder is the schema from which on a document's versions may come in another
// order than that of their numbers.
const OutOfOrder = 4

// Chronology is the order in which a document's versions were captured. A number is
// never given anew, for records cite it, so that one that came in late has a high one.
type Chronology struct {
	seqs   []int // in the order of time; nil for that of their numbers
	places []int // of the versions, by their numbers; nil likewise
	n      int
}

// Chronology returns the order of the document's versions.
func (d *Document) Chronology() Chronology {
	c := Chronology{n: d.Versions}
	if d.Order == nil {
		return c
	}
	c.seqs, c.places = d.Order, make([]int, d.Versions+1)
	for i, seq := range d.Order {
		if seq > 0 && seq < len(c.places) {
			c.places[seq] = i + 1
		}
	}
	return c
}

// Len returns how many versions there are.
func (c *Chronology) Len() int { return c.n }

// At returns the version at a place, from 1 on in the order of time.
func (c *Chronology) At(place int) int {
	if c.seqs == nil || place < 1 || place > len(c.seqs) {
		return place
	}
	return c.seqs[place-1]
}

// Place returns where in the order of time a version is, from 1 on.
func (c *Chronology) Place(seq int) int {
	if c.places == nil || seq < 1 || seq >= len(c.places) {
		return seq
	}
	return c.places[seq]
}

// Newest returns the version that was captured last; 0 for none.
func (c *Chronology) Newest() int { return c.At(c.n) }

// IsRepeat reports whether a version only shows the one before it again, as one does that
// an older capture of the same text came to lie before.
func (d *Document) IsRepeat(seq int) bool { return slices.Contains(d.Repeats, seq) }

// Append adds a version that was captured after all others.
func (d *Document) Append(seq int) {
	d.Versions = seq
	if d.Order != nil {
		d.Order = append(slices.Clip(d.Order), seq)
	}
}

// Kind returns what a version is by the last detection.
func (d *Document) Kind(seq int, v Version) string {
	for _, k := range d.Kinds {
		if k.Seq == seq {
			return k.Kind
		}
	}
	return v.Kind
}

// JudgedKind is what a version is since others came to lie before it.
type JudgedKind struct {
	Seq  int    `cbor:"1,keyasint"`
	Kind string `cbor:"2,keyasint"`
}

// Sighting is a capture that makes no version, for it shows again what was there, or
// because nobody judged it yet. Once another text comes to lie before it, it makes one.
type Sighting struct {
	N   int
	Row Version
}

// PutSighting keeps a capture that makes no version, and returns its number; n is 0 for
// a new one.
func PutSighting(tx *kv.Tx, doc uint64, n int, row Version) (int, error) {
	if n == 0 {
		last, err := LastSighting(tx, doc)
		if err != nil {
			return 0, err
		}
		n = last.N + 1
		return n, kv.InsertRow(tx, kv.BucketSighting, kv.PairKey(doc, n), row)
	}
	return n, kv.PutRow(tx, kv.BucketSighting, kv.PairKey(doc, n), row)
}

// DropSighting forgets a capture that became a version.
func DropSighting(tx *kv.Tx, doc uint64, n int) error {
	return tx.Bucket(kv.BucketSighting).Delete(kv.PairKey(doc, n))
}

// LastSighting reads the one that was kept last; its number is 0 when there is none.
func LastSighting(tx *kv.Tx, doc uint64) (s Sighting, err error) {
	b := tx.Bucket(kv.BucketSighting)
	if b == nil {
		return s, nil // one of laterBuckets
	}
	k, v := kv.LastPart(b, doc)
	if k == nil {
		return s, nil
	}
	s.N = int(binary.BigEndian.Uint32(k[8:]))
	return s, kv.DecodeRow(kv.BucketSighting, k, v, &s.Row)
}

// Sightings reads a document's, in the order of time.
func Sightings(tx *kv.Tx, doc uint64) ([]Sighting, error) {
	b := tx.Bucket(kv.BucketSighting)
	if b == nil {
		return nil, nil // one of laterBuckets
	}
	var list []Sighting
	c := b.Cursor()
	for k, v := c.Seek(kv.Key(doc)); len(k) == 12 && kv.KeyNumber(k) == doc; k, v = c.Next() {
		s := Sighting{N: int(binary.BigEndian.Uint32(k[8:]))}
		if err := kv.DecodeRow(kv.BucketSighting, k, v, &s.Row); err != nil {
			if tx.Lost(err, kv.BucketSighting, k) {
				continue
			}
			return nil, err
		}
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(a, b Sighting) int { return cmp.Compare(a.Row.PlacedAt(), b.Row.PlacedAt()) })
	return list, nil
}
