package index

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/bits"
	"runtime"
	"sort"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"

	"fineprint/store/blob"
	"fineprint/store/kv"
)

// The kinds of values of a segment; a key is the segment, a kind and a number.
const (
	kindHeader byte = iota
	kindTerms
	kindPlaces
)

var encoder = sync.OnceValue(func() *zstd.Encoder {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderCRC(false),
		zstd.WithEncoderConcurrency(runtime.GOMAXPROCS(0)), zstd.WithWindowSize(256<<10))
	if err != nil {
		panic(err) // the options are constants
	}
	return e
})

// compress is blob.Compress at a third of its cost: what is compressed here are numbers,
// in which it finds no more.
func compress(b []byte) []byte { return encoder().EncodeAll(b, nil) }

func segmentKey(segment uint64, kind byte, n int) []byte {
	return binary.BigEndian.AppendUint32(append(kv.Key(segment), kind), uint32(n))
}

// run is units of a document that follow each other in a segment.
type run struct {
	document   uint64
	generation int
	first      int // of the document's units
	count      int
}

// header is what is known of a segment without its blocks.
type header struct {
	number uint64
	units  int
	bytes  int // of postings, before they are compressed
	runs   []run
	starts []string // the first term of each block
}

func (h *header) encode() []byte {
	var b []byte
	put := func(n int) { b = binary.AppendUvarint(b, uint64(n)) }
	put(format)
	put(h.units)
	put(h.bytes)
	put(len(h.runs))
	for _, r := range h.runs {
		put(int(r.document))
		put(r.generation)
		put(r.first)
		put(r.count)
	}
	put(len(h.starts))
	for _, s := range h.starts {
		put(len(s))
		b = append(b, s...)
	}
	return compress(b)
}

func (h *header) decode(raw []byte) bool {
	r := reader{b: raw}
	if r.uint() != format {
		return false
	}
	h.units, h.bytes = int(r.uint()), int(r.uint())
	h.runs = make([]run, r.count())
	sum := 0
	for i := range h.runs {
		x := run{r.uint(), int(r.uint()), int(r.uint()), int(r.uint())}
		if x.count < 1 || x.first < 0 || i > 0 && x.document < h.runs[i-1].document {
			return false
		}
		h.runs[i] = x
		sum += x.count
	}
	h.starts = make([]string, r.count())
	for i := range h.starts {
		h.starts[i] = string(r.take(r.count()))
		if i > 0 && h.starts[i] <= h.starts[i-1] {
			return false
		}
	}
	return !r.bad && len(r.b) == 0 && sum == h.units
}

// getSealed reads, checks and decompresses a value of a segment.
func getSealed(tx *kv.Tx, key []byte) ([]byte, error) {
	b := tx.Bucket(kv.BucketSearchSegment)
	var value []byte
	if b != nil {
		value = b.Get(key)
	}
	if value == nil {
		return nil, damaged("a part of the index is missing")
	}
	return openSealed(key, value)
}

func openSealed(key, value []byte) ([]byte, error) {
	payload, err := kv.Unseal(kv.BucketSearchSegment, key, value)
	if err != nil {
		return nil, repairable(err)
	}
	raw, err := blob.Decompress(payload)
	if err != nil {
		return nil, damaged("a part of the index can't be read")
	}
	return raw, nil
}

func readHeader(tx *kv.Tx, segment uint64) (*header, error) {
	raw, err := getSealed(tx, segmentKey(segment, kindHeader, 0))
	if err != nil {
		return nil, err
	}
	h := &header{number: segment}
	if !h.decode(raw) {
		return nil, damaged("a segment of the index contradicts itself")
	}
	return h, nil
}

// entry is a term of a segment. Its postings are bytes: for each unit that has it, the
// distance to the one before, twice, and 1 more where it is there more than once, which a
// number then tells; the places of all of them stand apart. Heads are the units that stand
// under a heading with it, as distances.
type entry struct {
	term           string
	units, heads   int
	postings, head []byte
	places         []byte
}

// blockTarget is about how many bytes a block has before it is compressed: enough to
// compress well and to fill its pages, and little enough to be read for one term.
const blockTarget = 48 << 10

// segmentWriter writes a segment, whose terms come in order.
type segmentWriter struct {
	tx            *kv.Tx
	h             header
	terms, places []byte
	before        string
	err           error
}

func newSegmentWriter(tx *kv.Tx, runs []run) (*segmentWriter, error) {
	n, err := nextSegment(tx)
	w := &segmentWriter{tx: tx, h: header{number: n, runs: runs}}
	for _, r := range runs {
		w.h.units += r.count
	}
	return w, err
}

func (w *segmentWriter) add(e *entry) {
	if len(w.terms) == 0 {
		w.h.starts = append(w.h.starts, e.term)
		w.before = ""
	}
	common := commonPrefix(w.before, e.term)
	b := w.terms
	b = binary.AppendUvarint(b, uint64(common))
	b = binary.AppendUvarint(b, uint64(len(e.term)-common))
	b = append(b, e.term[common:]...)
	for _, n := range [...]int{e.units, len(e.postings), e.heads, len(e.head), len(e.places)} {
		b = binary.AppendUvarint(b, uint64(n))
	}
	b = append(append(b, e.postings...), e.head...)
	w.h.bytes += len(e.postings) + len(e.head) + len(e.places)
	w.terms, w.places, w.before = b, append(w.places, e.places...), e.term
	if len(w.terms) >= blockTarget {
		w.flush()
	}
}

func (w *segmentWriter) flush() {
	if len(w.terms) == 0 {
		return
	}
	n := len(w.h.starts) - 1
	w.put(kindTerms, n, w.terms)
	if len(w.places) > 0 {
		w.put(kindPlaces, n, w.places)
	}
	w.terms, w.places = w.terms[:0], w.places[:0]
}

func (w *segmentWriter) put(kind byte, n int, raw []byte) {
	if w.err == nil {
		w.err = kv.InsertSealed(w.tx, kv.BucketSearchSegment, segmentKey(w.h.number, kind, n), compress(raw))
	}
}

// close writes the header, which is returned.
func (w *segmentWriter) close() (*header, error) {
	w.flush()
	if w.err == nil {
		w.err = kv.InsertSealed(w.tx, kv.BucketSearchSegment, segmentKey(w.h.number, kindHeader, 0), w.h.encode())
	}
	return &w.h, w.err
}

func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// block is a block of terms as it was read, in which some terms are marked; what it has is
// parsed when it is asked for, for a term parsed takes ten times its bytes. Places are read
// when they are asked for.
type block struct {
	raw    []byte
	marks  []blockMark
	places int // how many bytes there are in the block of places
	size   int // in memory
}

// blockMark is where the entry of a term is, and its places.
type blockMark struct {
	term       string
	at, places int
}

// markEvery is how many entries there are to a mark.
const markEvery = 64

func parseBlock(raw []byte) (*block, bool) {
	b := &block{raw: raw, size: len(raw)}
	c := blockCursor{r: reader{b: raw}}
	var before []byte
	for n := 0; ; n++ {
		at := len(raw) - len(c.r.b)
		if !c.next() {
			break
		}
		if n > 0 && bytes.Compare(c.term, before) <= 0 {
			return nil, false
		}
		before = append(before[:0], c.term...)
		if n%markEvery == 0 {
			b.marks = append(b.marks, blockMark{string(c.term), at, c.placesFrom})
			b.size += 48 + len(c.term)
		}
	}
	b.places = c.placesTo
	return b, !c.r.bad
}

// blockCursor goes through the entries of a block.
type blockCursor struct {
	r                    reader
	term                 []byte // of the entry, in memory that next writes over
	entry                entry  // without its term and places
	placesFrom, placesTo int    // of the entry, in the block of places
}

// next goes on to the next entry.
func (c *blockCursor) next() bool {
	if len(c.r.b) == 0 || c.r.bad {
		return false
	}
	r := c.r // see [postings]
	defer func() { c.r = r }()
	common, more := int(r.uint()), int(r.uint())
	if common < 0 || common > len(c.term) {
		r.fail()
		return false
	}
	c.term = append(c.term[:common], r.take(more)...)
	e := &c.entry
	var postings, head, places int
	e.units, postings, e.heads, head, places = int(r.uint()), int(r.uint()), int(r.uint()), int(r.uint()), int(r.uint())
	e.postings, e.head = r.take(postings), r.take(head)
	c.placesFrom = c.placesTo
	c.placesTo += places
	if places < 0 {
		r.fail()
	}
	return !r.bad
}

// from returns a cursor that stands at the first entry that is not before a term; ok: there
// is one.
func (b *block) from(term string) (c blockCursor, ok bool) {
	n := sort.Search(len(b.marks), func(i int) bool { return b.marks[i].term > term })
	m := b.marks[max(0, n-1)]
	// An entry's term builds on the one before, but for the first of a block.
	c = blockCursor{r: reader{b: b.raw[m.at:]}, placesTo: m.places, term: []byte(m.term)}
	for c.next() {
		if string(c.term) >= term {
			return c, true
		}
	}
	return c, false
}

// blockOf returns the block that a term would be in, -1 when it is before all.
func (h *header) blockOf(term string) int {
	return sort.Search(len(h.starts), func(i int) bool { return h.starts[i] > term }) - 1
}

// blocksWith returns the first block and the one behind the last that may have terms with
// a prefix.
func (h *header) blocksWith(prefix string) (from, to int) {
	from = max(0, h.blockOf(prefix))
	to = from
	for to < len(h.starts) && (h.starts[to] <= prefix || strings.HasPrefix(h.starts[to], prefix)) {
		to++
	}
	return from, to
}

// postings goes through an entry's. It counts where it is instead of cutting what it has
// read off, for a pointer written here costs more than the rest while garbage is collected.
type postings struct {
	b    []byte
	at   int
	unit int // the current one
	n    int // how often it has the term
}

func newPostings(b []byte) postings { return postings{b: b, unit: -1} }

// next goes on to the next unit.
func (p *postings) next() bool {
	at := p.at
	if at >= len(p.b) {
		return false
	}
	v := uint64(p.b[at])
	if at++; v >= 0x80 {
		k := 0
		if v, k = binary.Uvarint(p.b[at-1:]); k <= 0 {
			return p.fail()
		}
		at += k - 1
	}
	p.unit += int(v >> 1)
	p.n = 1
	if v&1 != 0 {
		n, k := uvarint(p.b[at:])
		if k <= 0 {
			return p.fail()
		}
		p.n = int(n)
		at += k
	}
	p.at = at
	return true
}

// chunk is postings that are read at once: where all are gone through, a call for each costs
// more than reading it.
type chunk struct {
	units [256]int32
	times [256]uint32
}

// fill reads the next postings, all of units below limit, and returns how many. It returns 0
// at the end; where one can't be read, unit is maxUnit then.
func (p *postings) fill(c *chunk, limit int) int {
	b, at, unit, n := p.b, p.at, p.unit, 0
	for n < len(c.units) && at < len(b) {
		v := uint64(b[at])
		if at++; v >= 0x80 {
			if at < len(b) && b[at] < 0x80 {
				v = v&0x7f | uint64(b[at])<<7
				at++
			} else {
				k := 0
				if v, k = binary.Uvarint(b[at-1:]); k <= 0 {
					p.fail()
					return n
				}
				at += k - 1
			}
		}
		times := uint64(1)
		if v&1 != 0 {
			k := 0
			if times, k = uvarint(b[at:]); k <= 0 {
				p.fail()
				return n
			}
			at += k
		}
		unit += int(v >> 1)
		if uint(unit) >= uint(limit) || times-1 >= math.MaxInt32 {
			p.fail()
			return n
		}
		c.units[n], c.times[n] = int32(unit), uint32(times)
		n++
	}
	p.at, p.unit = at, unit
	return n
}

func (p *postings) fail() bool {
	p.unit, p.at = maxUnit, len(p.b)
	return false
}

// done reports whether all was read.
func (p *postings) done() bool { return p.at >= len(p.b) }

// maxUnit is behind every unit: what can't be read.
const maxUnit = 1 << 40

// uvarint is [binary.Uvarint], with the common case of one byte in line.
func uvarint(b []byte) (uint64, int) {
	if len(b) > 0 && b[0] < 0x80 {
		return uint64(b[0]), 1
	}
	return binary.Uvarint(b)
}

// skipNumbers returns what follows n numbers in b, of which each ends with the first byte
// below 0x80.
func skipNumbers(b []byte, n int) []byte {
	const high = 0x8080808080808080
	for n >= 8 && len(b) >= 8 {
		n -= 8 - bits.OnesCount64(binary.LittleEndian.Uint64(b)&high)
		b = b[8:]
	}
	i := 0
	for ; n > 0 && i < len(b); i++ {
		if b[i] < 0x80 {
			n--
		}
	}
	return b[i:]
}
