package index

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"

	"fineprint/store/kv"
)

// manifest lists the segments. It is replaced by every write, so that its seal tells
// whether anything is another than before.
type manifest struct {
	Format   int          `cbor:"1,keyasint"`
	Writes   uint64       `cbor:"2,keyasint"`
	Next     uint64       `cbor:"3,keyasint"`
	Segments []segmentRow `cbor:"4,keyasint"`
	// Dead counts the units in segments of documents that were made again since.
	Dead int `cbor:"5,keyasint,omitempty"`
	// Documents is how many there are in the other bucket, so that none can be missing.
	Documents int `cbor:"6,keyasint,omitempty"`
}

// segmentRow is a segment in the [manifest].
type segmentRow struct {
	Number uint64 `cbor:"1,keyasint"`
	Bytes  int    `cbor:"2,keyasint"` // of postings, before they are compressed
	Units  int    `cbor:"3,keyasint"`
	Blocks int    `cbor:"4,keyasint"`
}

var manifestKey = kv.Key(0)

func readManifest(tx *kv.Tx) (m manifest, err error) {
	b := tx.Bucket(kv.BucketSearchSegment)
	if b == nil {
		return m, nil // one of laterBuckets
	}
	found, err := kv.GetRow(tx, kv.BucketSearchSegment, manifestKey, &m)
	if err != nil {
		return m, repairable(err)
	}
	if k, _ := b.Cursor().First(); !found && k != nil {
		return m, damaged("the list of the index's segments is missing")
	}
	if found && m.Format != format {
		return m, damaged("the index was made by another build")
	}
	return m, nil
}

func (m *manifest) write(tx *kv.Tx) error {
	m.Format = format
	m.Writes++
	return kv.PutRow(tx, kv.BucketSearchSegment, manifestKey, m)
}

// touch notes that the tables of documents are others, that so many of those are new, and
// that so many units are of documents that were made again.
func touch(tx *kv.Tx, added, dead int) error {
	m, err := readManifest(tx)
	if err != nil {
		return err
	}
	m.Dead += dead
	if m.Documents > 0 {
		m.Documents += added
	} else {
		m.Documents = len(kv.Pairs(tx.Bucket(kv.BucketSearchDocument), 0))
	}
	return m.write(tx)
}

func nextSegment(tx *kv.Tx) (uint64, error) {
	m, err := readManifest(tx)
	if err != nil {
		return 0, err
	}
	m.Next++
	return m.Next, m.write(tx)
}

// addSegment lists a segment in place of others, which are deleted.
func addSegment(tx *kv.Tx, h *header, instead []uint64) error {
	m, err := readManifest(tx)
	if err != nil {
		return err
	}
	b := tx.Bucket(kv.BucketSearchSegment)
	for _, n := range instead {
		var keys [][]byte // first, because deleting moves a cursor
		c := b.Cursor()
		for k, _ := c.Seek(kv.Key(n)); len(k) >= 8 && kv.KeyNumber(k) == n; k, _ = c.Next() {
			keys = append(keys, bytes.Clone(k))
		}
		for _, k := range keys {
			if err := b.Delete(k); err != nil {
				return err
			}
		}
	}
	left := 0
	for _, s := range m.Segments {
		if slices.Contains(instead, s.Number) {
			left += s.Units
		}
	}
	m.Segments = slices.DeleteFunc(m.Segments, func(s segmentRow) bool { return slices.Contains(instead, s.Number) })
	if h != nil && len(instead) > 0 {
		left -= h.units
	}
	m.Dead = max(0, m.Dead-left) // of those merged, what is not there any more
	if h != nil {
		m.Segments = append(m.Segments, segmentRow{h.number, h.bytes, h.units, len(h.starts)})
	}
	return m.write(tx)
}

// mergeFactor is how many segments of one size are merged into one of the next: a posting
// is written again so many times less often than there are segments. Those below
// smallest are one size.
const (
	mergeFactor = 16
	smallest    = 64 << 10
)

func level(bytes int) (n int) {
	for size := smallest; bytes > size; size *= mergeFactor {
		n++
	}
	return n
}

// merge merges segments of one size where there are mergeFactor of them, and then those
// of the next. Where a third of all is of documents that were made again, all are merged.
func merge(tx *kv.Tx) error {
	for {
		m, err := readManifest(tx)
		if err != nil {
			return err
		}
		units := 0
		for _, s := range m.Segments {
			units += s.Units
		}
		some := pick(m.Segments, m.Dead > units/3)
		if len(some) == 0 {
			return nil
		}
		if err := mergeSegments(tx, some); err != nil {
			return err
		}
	}
}

// pick returns the segments that are to be merged: those of a size of which there are
// mergeFactor, with the smaller ones.
func pick(list []segmentRow, all bool) (some []uint64) {
	count := map[int]int{}
	most := -1
	for _, s := range list {
		l := level(s.Bytes)
		if count[l]++; count[l] >= mergeFactor {
			most = max(most, l)
		}
	}
	for _, s := range list {
		if all || level(s.Bytes) <= most {
			some = append(some, s.Number)
		}
	}
	return some
}

// mergeSegments makes one segment of some, without what is of documents that were made
// again.
func mergeSegments(tx *kv.Tx, numbers []uint64) error {
	headers := make([]*header, len(numbers))
	runs := make([][]run, len(numbers))
	for i, n := range numbers {
		h, err := readHeader(tx, n)
		if err != nil {
			return err
		}
		headers[i], runs[i] = h, h.runs
	}
	generations := map[uint64]int{}
	for _, list := range runs {
		for _, r := range list {
			if _, ok := generations[r.document]; ok {
				continue
			}
			t, err := readTable(tx, r.document)
			if err != nil {
				return err
			}
			if t != nil {
				generations[r.document] = t.generation
			}
		}
	}
	order := reorder(runs, func(r run) bool { return generations[r.document] == r.generation })
	sources := make([]source, len(headers))
	for i, h := range headers {
		sources[i] = &stored{tx: tx, h: h}
	}
	return mergeSources(tx, sources, order, numbers)
}

// source is the terms of a segment, or of what is to become one, in order.
type source interface {
	next() (bool, error)
	entry() *entry
}

// listed is a source in memory.
type listed struct {
	list []entry
	at   int
}

func (l *listed) next() (bool, error) {
	l.at++
	return l.at <= len(l.list), nil
}

func (l *listed) entry() *entry { return &l.list[l.at-1] }

// mergeSources makes one segment of sources, instead of the segments with some numbers.
func mergeSources(tx *kv.Tx, sources []source, order *reordering, instead []uint64) error {
	if len(order.runs) == 0 {
		return addSegment(tx, nil, instead)
	}
	w, err := newSegmentWriter(tx, order.runs)
	if err != nil {
		return err
	}
	queue := queue{sources: sources}
	for i := range sources {
		if err := queue.advance(i); err != nil {
			return err
		}
	}
	list := make([]entry, len(sources))
	for len(queue.heap) > 0 {
		at := queue.take()
		term := sources[at[0]].entry().term
		for _, i := range at {
			list[i] = *sources[i].entry()
		}
		e, err := order.join(term, list, at)
		if err != nil {
			return err
		}
		if e.units+e.heads > 0 {
			w.add(&e)
		}
		for _, i := range at {
			if err := queue.advance(i); err != nil {
				return err
			}
		}
	}
	h, err := w.close()
	if err != nil {
		return err
	}
	return addSegment(tx, h, instead)
}

// queue finds the sources with the first term, over and over.
type queue struct {
	sources []source
	heap    []int
	taken   []int
}

func (q *queue) less(a, b int) bool {
	x, y := q.sources[a].entry().term, q.sources[b].entry().term
	return x < y || x == y && a < b
}

// advance goes on to a source's next term.
func (q *queue) advance(i int) error {
	more, err := q.sources[i].next()
	if err != nil || !more {
		return err
	}
	q.heap = append(q.heap, i)
	for n := len(q.heap) - 1; n > 0 && q.less(q.heap[n], q.heap[(n-1)/2]); n = (n - 1) / 2 {
		q.heap[n], q.heap[(n-1)/2] = q.heap[(n-1)/2], q.heap[n]
	}
	return nil
}

// take takes the sources that have the first term out of the queue, in their order.
func (q *queue) take() []int {
	q.taken = append(q.taken[:0], q.pop())
	term := q.sources[q.taken[0]].entry().term
	for len(q.heap) > 0 && q.sources[q.heap[0]].entry().term == term {
		q.taken = append(q.taken, q.pop())
	}
	return q.taken
}

func (q *queue) pop() int {
	top, last := q.heap[0], len(q.heap)-1
	q.heap[0] = q.heap[last]
	q.heap = q.heap[:last]
	for n := 0; ; {
		least := n
		for _, c := range [...]int{2*n + 1, 2*n + 2} {
			if c < last && q.less(q.heap[c], q.heap[least]) {
				least = c
			}
		}
		if least == n {
			return top
		}
		q.heap[n], q.heap[least] = q.heap[least], q.heap[n]
		n = least
	}
}

// stored is a segment as a source.
type stored struct {
	tx     *kv.Tx
	h      *header
	block  int // the one that follows
	now    blockCursor
	places []byte
	is     entry
}

func (c *stored) entry() *entry { return &c.is }

func (c *stored) next() (bool, error) {
	if !c.now.next() {
		if c.block >= len(c.h.starts) {
			return false, nil
		}
		b, err := readBlock(c.tx, c.h, c.block)
		if err != nil {
			return false, err
		}
		if c.places, err = readPlaces(c.tx, c.h, c.block, b); err != nil {
			return false, err
		}
		c.now = blockCursor{r: reader{b: b.raw}}
		c.now.next()
		c.block++
	}
	c.is = c.now.entry
	c.is.term = string(c.now.term)
	c.is.places = c.places[c.now.placesFrom:c.now.placesTo]
	return true, nil
}

func readBlock(tx *kv.Tx, h *header, n int) (*block, error) {
	raw, err := getSealed(tx, segmentKey(h.number, kindTerms, n))
	if err != nil {
		return nil, err
	}
	b, ok := parseBlock(raw)
	if !ok || len(b.marks) == 0 || b.marks[0].term != h.starts[n] {
		return nil, damaged("a block of the index's terms contradicts itself")
	}
	return b, nil
}

// readPlaces reads where the terms of a block are.
func readPlaces(tx *kv.Tx, h *header, n int, b *block) ([]byte, error) {
	if b.places == 0 {
		return nil, nil
	}
	raw, err := getSealed(tx, segmentKey(h.number, kindPlaces, n))
	if err == nil && len(raw) != b.places {
		err = damaged("a block of the index's places contradicts itself")
	}
	return raw, err
}

// reordering is how the units of several segments are those of one.
type reordering struct {
	runs []run
	maps [][]shift // by segment
	// plain are the segments in the order of their units where those of each stay side by
	// side, which they do while documents come in order; else nil.
	plain []int
	place []int // of each in plain
	// Memory; what join returns is in it.
	list, spare            []moved
	starts                 []int // in list, of each segment's
	postings, places, head []byte
}

// shift is where the units of a run come to stand; to is -1 for those that are left out.
type shift struct{ from, count, to int }

// moved is a posting with its new unit.
type moved struct {
	unit, n int
	places  []byte
}

// reorder sorts the runs of segments by document; live tells which are kept, nil: all.
func reorder(segments [][]run, live func(run) bool) *reordering {
	type place struct {
		run
		segment, from int
	}
	var list []place
	o := &reordering{maps: make([][]shift, len(segments))}
	for s, runs := range segments {
		at := 0
		for _, r := range runs {
			list = append(list, place{r, s, at})
			at += r.count
		}
	}
	slices.SortStableFunc(list, func(a, b place) int {
		if c := compareRuns(a.run, b.run); c != 0 {
			return c
		}
		return cmp.Compare(a.generation, b.generation)
	})
	to := 0
	for _, p := range list {
		if live != nil && !live(p.run) {
			o.maps[p.segment] = append(o.maps[p.segment], shift{p.from, p.count, -1})
			continue
		}
		o.maps[p.segment] = append(o.maps[p.segment], shift{p.from, p.count, to})
		to += p.count
		if n := len(o.runs) - 1; n >= 0 && o.runs[n].document == p.document && o.runs[n].generation == p.generation &&
			o.runs[n].first+o.runs[n].count == p.first {
			o.runs[n].count += p.count
		} else {
			o.runs = append(o.runs, p.run)
		}
	}
	for _, m := range o.maps {
		slices.SortFunc(m, func(a, b shift) int { return cmp.Compare(a.from, b.from) })
	}
	o.findPlain()
	return o
}

// findPlain finds out whether the units of each segment stay side by side.
func (o *reordering) findPlain() {
	for _, m := range o.maps {
		if len(m) == 0 {
			return
		}
		for _, x := range m {
			if x.to < 0 || x.to-x.from != m[0].to-m[0].from {
				return
			}
		}
	}
	for s := range o.maps {
		o.plain = append(o.plain, s)
	}
	slices.SortFunc(o.plain, func(a, b int) int { return cmp.Compare(o.maps[a][0].to, o.maps[b][0].to) })
	o.place = make([]int, len(o.plain))
	for i, s := range o.plain {
		o.place[s] = i
	}
}

// append makes one entry of those of segments whose units stay side by side: only the
// first posting of each is another.
func (o *reordering) append(term string, list []entry, segments []int) (entry, error) {
	e := entry{term: term, postings: o.postings[:0], places: o.places[:0], head: o.head[:0]}
	slices.SortFunc(segments, func(a, b int) int { return cmp.Compare(o.place[a], o.place[b]) })
	last, lastHead := -1, -1
	for _, s := range segments {
		x := &list[s]
		m := o.maps[s]
		base, size := m[0].to, 0
		for _, shift := range m {
			size += shift.count
		}
		if x.units > 0 {
			first, k := uvarint(x.postings)
			it, n, times := newPostings(x.postings), 0, 0
			for it.next() {
				n, times = n+1, times+it.n
			}
			if n != x.units || k <= 0 || it.unit >= size || times > len(x.places) {
				return e, damaged("the postings of a term contradict themselves")
			}
			gap := base + int(first>>1) - 1 - last
			e.postings = binary.AppendUvarint(e.postings, uint64(gap)<<1|first&1)
			e.postings = append(e.postings, x.postings[k:]...)
			e.places = append(e.places, x.places...)
			last = base + it.unit
			e.units += n
		}
		if x.heads > 0 {
			unit, n, first, after := -1, 0, 0, []byte(nil)
			for b := x.head; len(b) > 0; n++ {
				d, k := uvarint(b)
				if k <= 0 {
					return e, damaged("the headings of a term contradict themselves")
				}
				unit, b = unit+int(d), b[k:]
				if n == 0 {
					first, after = unit, b
				}
			}
			if n != x.heads || unit >= size {
				return e, damaged("the headings of a term contradict themselves")
			}
			e.head = append(binary.AppendUvarint(e.head, uint64(base+first-lastHead)), after...)
			lastHead = base + unit
			e.heads += n
		}
	}
	o.postings, o.places, o.head = e.postings, e.places, e.head
	return e, nil
}

// join makes one entry of those that some of the segments have of a term.
func (o *reordering) join(term string, list []entry, segments []int) (entry, error) {
	if o.plain != nil {
		return o.append(term, list, segments)
	}
	e := entry{term: term, postings: o.postings[:0], places: o.places[:0], head: o.head[:0]}
	o.list, o.starts = o.list[:0], o.starts[:0]
	for _, s := range segments {
		o.starts = append(o.starts, len(o.list))
		places := list[s].places
		p := newPostings(list[s].postings)
		m := mapper{shifts: o.maps[s]}
		for range list[s].units {
			if !p.next() {
				return e, damaged("the postings of a term end too early")
			}
			rest := skipNumbers(places, p.n)
			to, ok := m.to(p.unit)
			if !ok || p.n < 1 || len(places)-len(rest) < p.n {
				return e, damaged("the postings of a term contradict themselves")
			}
			if to >= 0 {
				o.list = append(o.list, moved{to, p.n, places[:len(places)-len(rest)]})
			}
			places = rest
		}
		if !p.done() || len(places) > 0 {
			return e, damaged("the postings of a term contradict themselves")
		}
	}
	o.sort()
	last := -1
	for _, x := range o.list {
		head := uint64(x.unit-last) << 1
		last = x.unit
		if x.n > 1 {
			e.postings = binary.AppendUvarint(binary.AppendUvarint(e.postings, head|1), uint64(x.n))
		} else {
			e.postings = binary.AppendUvarint(e.postings, head)
		}
		e.places = append(e.places, x.places...)
	}
	e.units = len(o.list)
	err := o.joinHeads(&e, list, segments)
	o.postings, o.places, o.head = e.postings, e.places, e.head
	return e, err
}

func (o *reordering) joinHeads(e *entry, list []entry, segments []int) error {
	o.list, o.starts = o.list[:0], o.starts[:0]
	for _, s := range segments {
		o.starts = append(o.starts, len(o.list))
		m, unit, b := mapper{shifts: o.maps[s]}, -1, list[s].head
		for range list[s].heads {
			d, k := uvarint(b)
			if k <= 0 {
				return damaged("the headings of a term end too early")
			}
			unit, b = unit+int(d), b[k:]
			to, ok := m.to(unit)
			if !ok {
				return damaged("the headings of a term contradict themselves")
			}
			if to >= 0 {
				o.list = append(o.list, moved{unit: to})
			}
		}
	}
	o.sort()
	last := -1
	for _, x := range o.list {
		e.head = binary.AppendUvarint(e.head, uint64(x.unit-last))
		last = x.unit
	}
	e.heads = len(o.list)
	return nil
}

// sort merges the postings of the segments, which are in order each, two by two.
func (o *reordering) sort() {
	for len(o.starts) > 1 {
		o.spare = o.spare[:0]
		starts := o.starts[:0]
		for i := 0; i < len(o.starts); i += 2 {
			a, b := o.list[o.starts[i]:o.end(i)], []moved(nil)
			if i+1 < len(o.starts) {
				b = o.list[o.starts[i+1]:o.end(i+1)]
			}
			starts = append(starts, len(o.spare))
			for len(a) > 0 && len(b) > 0 {
				if a[0].unit <= b[0].unit {
					o.spare, a = append(o.spare, a[0]), a[1:]
				} else {
					o.spare, b = append(o.spare, b[0]), b[1:]
				}
			}
			o.spare = append(append(o.spare, a...), b...)
		}
		o.list, o.spare, o.starts = o.spare, o.list, starts
	}
}

// end is where the postings of the i-th segment end.
func (o *reordering) end(i int) int {
	if i+1 < len(o.starts) {
		return o.starts[i+1]
	}
	return len(o.list)
}

// mapper finds the new units of a segment's, asked for in order.
type mapper struct {
	shifts []shift
	at     int
}

func (m *mapper) to(unit int) (int, bool) {
	for m.at < len(m.shifts) && unit >= m.shifts[m.at].from+m.shifts[m.at].count {
		m.at++
	}
	if m.at == len(m.shifts) || unit < m.shifts[m.at].from {
		return 0, false
	}
	s := m.shifts[m.at]
	if s.to < 0 {
		return -1, true
	}
	return s.to + unit - s.from, true
}
