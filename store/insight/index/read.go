package index

import (
	"context"
	"slices"
	"sort"
	"sync"

	"fineprint/store/kv"
)

// Reader answers queries. It keeps what it read of the index while nothing is written to
// it: the tables of documents, the headers of segments and, up to a bound, blocks of terms.
// It is safe for several goroutines, one of which searches at a time.
type Reader struct {
	mu     sync.Mutex
	mark   uint64 // of the manifest that the rest is of
	loaded bool
	tables map[uint64]kept
	docs   []*packed // by slot
	bases  []int     // the first slot of each document's clauses
	slots  int       // clauses in all
	units  int
	bytes  int     // of tables
	length float64 // of a unit in terms, on average
	norms  []norm  // by length
	near   []int32 // the slot of the document that each nearStep-th clause is of
	parts  []*part
	blocks cache
	places []int32 // by slot, where among what was found its clause is, and 1; 0 but in a search
	best   []best  // by unit of a segment, all zero but in a comparison
	memory memory
	df     map[string]int32 // how many units have a term, of some
}

// kept is a table with the mark of the value that it was read from.
type kept struct {
	t    *packed
	mark uint64
}

// part is a segment as it is read.
type part struct {
	*header
	spans []span
	dirty bool // some of it is of documents that were made again
	// How many terms each unit has, at most maxLength: every word of a query asks for them in
	// order, and the tables are far apart.
	lengths []uint16
}

// maxLength is more terms than make a difference to a score.
const maxLength = 4095

// span is a run of a segment with the document it is of.
type span struct {
	from, to int // units of the segment
	first    int // of the document's units
	doc      int // slot; -1: the document was made again
}

// NewReader returns a Reader.
func NewReader() *Reader { return &Reader{tables: map[uint64]kept{}} }

// load brings what is kept in step with what is stored.
func (r *Reader) load(ctx context.Context, tx *kv.Tx) error {
	b := tx.Bucket(kv.BucketSearchSegment)
	if b == nil {
		r.forget()
		r.loaded = true
		return nil
	}
	mark := kv.SealMark(b.Get(manifestKey))
	if k, _ := tx.Bucket(kv.BucketSearchDocument).Cursor().First(); mark == 0 && k != nil {
		return damaged("the list of the index's segments is missing")
	}
	if r.loaded && mark == r.mark {
		return nil
	}
	r.loaded = false
	m, err := readManifest(tx)
	if err != nil {
		return err
	}
	if err := r.loadTables(ctx, tx); err != nil {
		return err
	}
	if len(r.docs) != m.Documents && m.Documents > 0 {
		return damaged("the index has %d of %d documents", len(r.docs), m.Documents)
	}
	if err := r.loadParts(tx, m); err != nil {
		return err
	}
	r.mark, r.loaded = mark, true
	return nil
}

// Held is about how many bytes are kept of tables, and by unit and clause.
func (r *Reader) Held() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.bytes + 4*r.units + 4*r.slots
}

func (r *Reader) forget() {
	r.tables, r.docs, r.bases, r.parts, r.slots, r.units, r.bytes = map[uint64]kept{}, nil, nil, nil, 0, 0, 0
	r.blocks, r.df = cache{}, nil
}

func (r *Reader) loadTables(ctx context.Context, tx *kv.Tx) error {
	tables := map[uint64]kept{}
	r.docs, r.bases, r.slots, r.units, r.bytes = r.docs[:0], r.bases[:0], 0, 0, 0
	pairs := kv.Pairs(tx.Bucket(kv.BucketSearchDocument), len(r.tables))
	fresh := make([]*packed, len(pairs))
	err := kv.Parallel((len(pairs)+15)/16, func(chunk int) error {
		for i := chunk * 16; i < min(len(pairs), chunk*16+16); i++ {
			p := pairs[i]
			if len(p.Key) != 8 {
				return damaged("a document of the index is malformed")
			}
			if k, ok := r.tables[kv.KeyNumber(p.Key)]; ok && k.mark == kv.SealMark(p.Value) {
				fresh[i] = k.t
				continue
			}
			t, err := decodeTable(p.Key, p.Value)
			if err != nil {
				return err
			}
			fresh[i] = pack(t)
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	terms := 0
	for i, t := range fresh {
		tables[t.document] = kept{t, kv.SealMark(pairs[i].Value)}
		r.docs, r.bases = append(r.docs, t), append(r.bases, r.slots)
		r.slots += t.numbers.len()
		r.units += len(t.sums)
		r.bytes += t.held()
		for j := range t.sums {
			terms += int(t.lengths.at(j))
		}
	}
	r.tables = tables
	r.length = float64(terms) / float64(max(1, r.units))
	r.norms, r.near = norms(r.length), nearDocs(r.bases, r.slots)
	return nil
}

func (r *Reader) loadParts(tx *kv.Tx, m manifest) error {
	slot := make(map[uint64]int, len(r.docs))
	for i, t := range r.docs {
		slot[t.document] = i
	}
	var parts []*part
	for _, s := range m.Segments {
		var h *header
		for _, p := range r.parts {
			if p.number == s.Number {
				h = p.header
			}
		}
		if h == nil {
			var err error
			if h, err = readHeader(tx, s.Number); err != nil {
				return err
			}
		}
		if h.units != s.Units || len(h.starts) != s.Blocks {
			return damaged("a segment of the index is another than listed")
		}
		parts = append(parts, newPart(h, slot, r.docs))
	}
	r.parts = parts
	known := 0
	for _, p := range parts {
		for _, s := range p.spans {
			if s.doc < 0 {
				continue
			}
			known += s.to - s.from
			if s.first+s.to-s.from > len(r.docs[s.doc].sums) {
				return damaged("a segment has more of document %d than there is", r.docs[s.doc].document)
			}
		}
	}
	if known != r.units {
		return damaged("the index has %d of %d wordings", known, r.units)
	}
	for _, p := range parts {
		r.spread(p)
	}
	r.blocks.keep(parts)
	r.df = nil
	return nil
}

func newPart(h *header, slot map[uint64]int, docs []*packed) *part {
	p := &part{header: h}
	at := 0
	for _, x := range h.runs {
		doc, ok := slot[x.document]
		if !ok || docs[doc].generation != x.generation {
			doc, p.dirty = -1, true
		}
		p.spans = append(p.spans, span{at, at + x.count, x.first, doc})
		at += x.count
	}
	return p
}

// spanOf returns the span of a unit, of any.
func (p *part) spanOf(unit int) *span {
	return &p.spans[sort.Search(len(p.spans), func(i int) bool { return p.spans[i].to > unit })]
}

// spread copies how long units are out of the tables.
func (r *Reader) spread(p *part) {
	p.lengths = make([]uint16, p.units)
	for _, s := range p.spans {
		for unit := s.from; s.doc >= 0 && unit < s.to; unit++ {
			p.lengths[unit] = uint16(min(r.docs[s.doc].lengths.at(s.first+unit-s.from), maxLength))
		}
	}
}

// locator finds which document's units a segment's are; asked for in order.
type locator struct {
	spans []span
	at    int
}

// of returns the span of a unit; nil beyond all.
func (l *locator) of(unit int) *span {
	for l.at < len(l.spans) && unit >= l.spans[l.at].to {
		l.at++
	}
	if l.at == len(l.spans) {
		return nil
	}
	return &l.spans[l.at]
}

// cacheBytes bounds the blocks that are kept.
const cacheBytes = 12 << 20

// cache keeps blocks of terms and places.
type cache struct {
	blocks map[blockKey]*cached
	size   int
	clock  uint64
}

type blockKey struct {
	segment uint64
	n       int
}

type cached struct {
	*block
	where []byte // the places of its terms
	used  uint64
}

// keep drops what is of no segment any more.
func (c *cache) keep(parts []*part) {
	for k, b := range c.blocks {
		if !slices.ContainsFunc(parts, func(p *part) bool { return p.number == k.segment }) {
			c.size -= b.size + len(b.where)
			delete(c.blocks, k)
		}
	}
}

// block reads a block of a segment, or has it.
func (r *Reader) block(tx *kv.Tx, p *part, n int, places bool) (*cached, error) {
	c, key := &r.blocks, blockKey{p.number, n}
	c.clock++
	b := c.blocks[key]
	if b == nil {
		fresh, err := readBlock(tx, p.header, n)
		if err != nil {
			return nil, err
		}
		b = &cached{block: fresh}
		c.size += b.size
		if c.blocks == nil {
			c.blocks = map[blockKey]*cached{}
		}
		c.blocks[key] = b
	}
	b.used = c.clock
	if places && b.where == nil {
		var err error
		if b.where, err = readPlaces(tx, p.header, n, b.block); err != nil {
			return nil, err
		}
		c.size += len(b.where)
	}
	c.shrink(key)
	return b, nil
}

// shrink drops the blocks that were used least lately, but not the one at key.
func (c *cache) shrink(key blockKey) {
	for c.size > cacheBytes && len(c.blocks) > 1 {
		var oldest blockKey
		least := c.clock + 1
		for k, b := range c.blocks {
			if b.used < least && k != key {
				oldest, least = k, b.used
			}
		}
		b := c.blocks[oldest]
		c.size -= b.size + len(b.where)
		delete(c.blocks, oldest)
	}
}
