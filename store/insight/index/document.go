package index

import (
	"encoding/binary"
	"fmt"

	"fineprint/store/blob"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// text is one text of a document, in the order of time.
type text struct {
	seq int
	at  int64 // Unix seconds of the capture that showed it first
}

// unit is one wording of a clause.
type unit struct {
	clause int32  // its index in the document
	text   int32  // the index of the text that had it first
	at     int32  // its place among the clauses of that text
	last   int32  // the index of the text that had it last
	terms  int32  // how many it has
	sum    uint32 // of its terms
}

// sumBytes is how long the hash of a unit's terms is: a wording that comes back is known by
// it and how many terms it has, among those of its clause.
const sumBytes = 4

// table is what is kept of a document: its texts, the numbers of its clauses, and their
// wordings in the order in which they were indexed.
type table struct {
	document   uint64
	generation int
	texts      []text
	numbers    []uint64 // of clauses, by index
	units      []unit
}

// current reports whether a unit is in the newest text.
func (t *table) current(u *unit) bool { return int(u.last) == len(t.texts)-1 }

// format is the number of how a table and a segment are laid out.
const format = 1

// encode makes the payload that is stored, in columns.
func (t *table) encode() []byte {
	var b []byte
	put := func(n uint64) { b = binary.AppendUvarint(b, n) }
	signed := func(n int64) { b = binary.AppendVarint(b, n) }
	put(format)
	put(uint64(t.generation))
	put(uint64(len(t.texts)))
	at, seq := int64(0), 0
	for _, x := range t.texts {
		signed(int64(x.seq - seq))
		signed(x.at - at)
		at, seq = x.at, x.seq
	}
	put(uint64(len(t.numbers)))
	before := uint64(0)
	for _, n := range t.numbers {
		signed(int64(n - before))
		before = n
	}
	put(uint64(len(t.units)))
	for _, column := range unitColumns {
		was := int32(0)
		for i := range t.units {
			v := column(&t.units[i])
			signed(int64(*v - was))
			was = *v
		}
	}
	for i := range t.units {
		u := &t.units[i]
		put(uint64(len(t.texts)-1) - uint64(u.last))
	}
	for i := range t.units {
		put(uint64(t.units[i].terms))
	}
	for i := range t.units {
		b = binary.BigEndian.AppendUint32(b, t.units[i].sum)
	}
	return compress(b)
}

// unitColumns are those that are stored as the difference to the unit before.
var unitColumns = []func(u *unit) *int32{
	func(u *unit) *int32 { return &u.clause },
	func(u *unit) *int32 { return &u.text },
	func(u *unit) *int32 { return &u.at },
}

// readTable reads a document's; nil when there is none.
func readTable(tx *kv.Tx, document uint64) (*table, error) {
	b := tx.Bucket(kv.BucketSearchDocument)
	if b == nil {
		return nil, nil // one of laterBuckets
	}
	key := kv.Key(document)
	value := b.Get(key)
	if value == nil {
		return nil, nil
	}
	return decodeTable(key, value)
}

// decodeTable checks and decodes a value of the bucket of documents.
func decodeTable(key, value []byte) (*table, error) {
	payload, err := kv.Unseal(kv.BucketSearchDocument, key, value)
	if err != nil {
		return nil, repairable(err)
	}
	raw, err := blob.Decompress(payload)
	if err != nil || len(key) != 8 {
		return nil, damaged("what is indexed of a document can't be read")
	}
	t := &table{document: kv.KeyNumber(key)}
	if !t.decode(raw) {
		return nil, damaged("what is indexed of document %d contradicts itself", t.document)
	}
	return t, nil
}

func (t *table) decode(raw []byte) bool {
	r := reader{b: raw}
	if r.uint() != format {
		return false
	}
	t.generation = int(r.uint())
	t.texts = make([]text, r.count())
	at, seq := int64(0), 0
	for i := range t.texts {
		x := &t.texts[i]
		x.seq = seq + int(r.signed())
		x.at = at + r.signed()
		at, seq = x.at, x.seq
	}
	t.numbers = make([]uint64, r.count())
	before := uint64(0)
	for i := range t.numbers {
		before += uint64(r.signed())
		t.numbers[i] = before
	}
	t.units = make([]unit, r.count())
	for _, column := range unitColumns {
		was := int32(0)
		for i := range t.units {
			was += int32(r.signed())
			*column(&t.units[i]) = was
		}
	}
	for i := range t.units {
		t.units[i].last = int32(len(t.texts)-1) - int32(r.uint())
	}
	for i := range t.units {
		t.units[i].terms = int32(r.uint())
	}
	if len(r.b) != sumBytes*len(t.units) {
		return false
	}
	for i := range t.units {
		u := &t.units[i]
		u.sum = binary.BigEndian.Uint32(r.b[sumBytes*i:])
		if u.clause < 0 || int(u.clause) >= len(t.numbers) || u.text < 0 || u.last < u.text || u.at < 0 || u.terms < 0 ||
			int(u.last) >= len(t.texts) {
			return false
		}
	}
	return !r.bad
}

// reader reads varints; what it can't read sets bad.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) fail() { r.b, r.bad = nil, true }

func (r *reader) uint() uint64 {
	n, k := binary.Uvarint(r.b)
	if k <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[k:]
	return n
}

func (r *reader) signed() int64 {
	n, k := binary.Varint(r.b)
	if k <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[k:]
	return n
}

// count reads how many come, each of at least one byte.
func (r *reader) count() int {
	n := r.uint()
	if n > uint64(len(r.b)) {
		r.fail()
		return 0
	}
	return int(n)
}

// take returns the next n bytes.
func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.fail()
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

// damaged is an error that names what repairs the index.
func damaged(format string, args ...any) error {
	return repairable(fmt.Errorf("%w: "+format, append([]any{model.ErrDamaged}, args...)...))
}

func repairable(err error) error {
	return fmt.Errorf("%w; `fineprint index --rebuild` makes the index again", err)
}
