package salvage

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"slices"

	"fineprint/store/kv"
)

// How near to the database as it was a copy of a value is.
const (
	inTree   = uint8(iota) // it is what the tree leads to
	besides                // on a page that the tree doesn't lead to, and that is not free
	doubtful               // on a page that holds something else than what was written on it last
	older                  // on a free page
)

// spot is where a value lies in the file.
type spot struct {
	at, size int64
	head     int64 // of its element's header
	page     uint64
	rank     uint8
}

// Broken is a value of the tree that does not fit its seal.
type Broken struct {
	Bucket string
	Key    []byte
	Page   uint64
}

// found is what was found in a file.
type found struct {
	*pages
	*current // nil: nothing tells
	ctx      context.Context
	buckets  []string
	values   []map[string]spot // by bucket
	// journal has all that may be an entry, by number: what fits is chosen by the chain.
	journal map[uint64][]spot

	sequences map[string]uint64 // of the tree
	visited   []bool
	covered   []bool          // pages that others run over into
	free      []bool          // pages; nil when the list of them can't be read
	holes     map[string]bool // buckets of which the tree lost a part
	hole      bool            // of which one, it doesn't know
	broken    []Broken
	pagesLost []uint64          // that the tree leads to and that can't be read
	roots     []uint64          // pages that tell of buckets
	stale     map[uint64]string // pages that hold what was on them earlier, with their bucket
}

// collect reads a file.
func collect(ctx context.Context, p *pages, metas []meta, c *current) (*found, error) {
	f := &found{pages: p, current: c, ctx: ctx, journal: map[uint64][]spot{}, sequences: map[string]uint64{},
		visited: make([]bool, p.n), covered: make([]bool, p.n), holes: map[string]bool{}, stale: map[uint64]string{}}
	for _, b := range kv.AllBuckets() {
		f.buckets, f.values = append(f.buckets, string(b)), append(f.values, map[string]spot{})
	}
	root := uint64(0)
	if c != nil {
		root, f.free = c.root, make([]bool, p.n)
		for id := range f.free {
			f.free[id] = !c.counts(uint64(id))
		}
	} else {
		root = f.newestRoot(metas)
	}
	if root == 0 {
		f.hole = true
	} else {
		f.tree(root)
	}
	if c == nil && len(metas) > 0 && root == metas[0].root {
		f.freelist(metas[0].freelist)
	}
	return f, f.orphans()
}

// newestRoot is the page at the root of the newest tree: that of the newest meta page,
// unless that one is hit and another page is the root of a tree with more in its journal.
func (f *found) newestRoot(metas []meta) uint64 {
	if len(metas) == 2 {
		if _, _, ok := f.rootSequence(metas[0].root); ok {
			return metas[0].root
		}
	}
	best, most, whole := uint64(0), uint64(0), 0
	if len(metas) > 0 {
		var ok bool
		if most, whole, ok = f.rootSequence(metas[0].root); ok {
			best = metas[0].root
		}
		if len(metas) == 2 { // its root is hit: no other tree is as it was
			return best
		}
	}
	for id := uint64(2); id < f.n; id++ {
		if n, buckets, ok := f.rootSequence(id); ok && (n > most || best == 0 || n == most && buckets > whole) {
			best, most, whole = id, n, buckets
		}
	}
	return best
}

// rootDepth is how deep the tree of the buckets' names can be.
const rootDepth = 3

// rootSequence reads the journal's sequence from a page, if that is the root of a tree,
// and of how many buckets it tells.
func (f *found) rootSequence(id uint64) (n uint64, buckets int, ok bool) {
	f.eachBucket(id, 0, func(_ uint64, _ int64, name int, header []byte) {
		buckets++
		if f.buckets[name] == string(kv.BucketJournal) {
			n, ok = binary.NativeEndian.Uint64(header[8:]), true
		}
	})
	return n, buckets, ok && n < 1<<40
}

// eachBucket calls do with the buckets that a page, or what it leads to, tells of: the
// page and where in the file the header is. It returns whether all of it could be read.
func (f *found) eachBucket(id uint64, depth int, do func(page uint64, at int64, bucket int, header []byte)) bool {
	h, b := f.run(id)
	if b == nil || depth > rootDepth || f.current != nil && !f.counts(id) {
		return false
	}
	asWritten := f.current == nil || !f.isWrong(id, h.overflow)
	switch h.flags {
	case flagBranch:
		list, ok := branch(h, b)
		ok = ok && asWritten
		for _, c := range list {
			if c.page < 2 || !f.eachBucket(c.page, depth+1, do) {
				ok = false
			}
		}
		return ok
	case flagLeaf:
		list := leaf(b, int64(len(b)))
		f.roots = append(f.roots, id)
		for _, e := range list {
			if e.flags&flagBucket == 0 || e.valueTo-e.value < bucketHeader {
				continue
			}
			if at := slices.Index(f.buckets, string(b[e.key:e.value])); at >= 0 {
				do(id, int64(id)*f.page+e.value, at, b[e.value:e.valueTo])
			} else {
				f.nameless(id, int64(id)*f.page+e.value, b[e.value:e.valueTo])
			}
		}
		return len(list) == h.count && asWritten
	}
	return false
}

// tree follows the tree from its root.
func (f *found) tree(root uint64) {
	seen := map[string]bool{}
	f.roots = nil
	whole := f.eachBucket(root, 0, func(page uint64, at int64, bucket int, header []byte) {
		name := f.buckets[bucket]
		if seen[name] {
			return
		}
		seen[name] = true
		f.bucket(page, at, bucket, header)
	})
	f.visitRoot(root, 0)
	for _, id := range f.roots {
		f.scanNames(id, f.bytesOf(id), besides)
	}
	if whole {
		return // those that it has not came later
	}
	f.pagesLost = append(f.pagesLost, root)
	for _, name := range f.buckets {
		f.holes[name] = f.holes[name] || !seen[name]
	}
}

// bucket follows a bucket from its header, which is at a place of the file.
func (f *found) bucket(page uint64, at int64, bucket int, header []byte) {
	f.sequences[f.buckets[bucket]] = binary.NativeEndian.Uint64(header[8:])
	if below := binary.NativeEndian.Uint64(header); below != 0 {
		f.node(bucket, below, nil, nil, 0)
		return
	}
	f.leaf(bucket, page, at+bucketHeader, header[bucketHeader:], inTree) // it is small, and within
}

// visitRoot marks the pages of the buckets' names, as far as they can be read whole.
func (f *found) visitRoot(id uint64, depth int) {
	h, b := f.run(id)
	if b == nil || depth > rootDepth || f.visited[id] {
		return
	}
	if h.flags == flagLeaf && len(leaf(b, int64(len(b)))) != h.count {
		return // it is read once more, as a page beside the tree
	}
	f.visit(id, h)
	if h.flags == flagBranch {
		list, _ := branch(h, b)
		for _, c := range list {
			if c.page > 1 && c.page < f.n {
				f.visitRoot(c.page, depth+1)
			}
		}
	}
}

// visit marks a page, and those that it runs over into.
func (f *found) visit(id uint64, h header) {
	f.visited[id] = true
	for n := range min(h.overflow, f.n-id-1) {
		f.covered[id+1+n] = true
	}
}

// lost notes a page of a bucket that can't be read.
func (f *found) lost(bucket int, id uint64) {
	f.holes[f.buckets[bucket]] = true
	f.pagesLost = append(f.pagesLost, id)
}

// node follows the pages of a bucket; their keys lie from low up to high.
func (f *found) node(bucket int, id uint64, low, high []byte, depth int) {
	if id < 2 || id >= f.n || depth > maxDepth || f.visited[id] || f.current != nil && !f.counts(id) {
		f.lost(bucket, id)
		return
	}
	h, b := f.run(id)
	switch {
	case b == nil:
		f.lost(bucket, id)
	case h.flags == flagBranch:
		list, ok := branch(h, b)
		if !ok || len(list) > 0 && !within(list[0].key, nil, high) || f.current != nil && f.isWrong(id, h.overflow) {
			f.lost(bucket, id)
		}
		f.visit(id, h)
		for i, c := range list {
			to := high
			if i+1 < len(list) {
				to = list[i+1].key
			}
			from := c.key
			if i == 0 {
				from = low
			}
			f.node(bucket, c.page, slices.Clone(from), slices.Clone(to), depth+1)
		}
	case h.flags == flagLeaf:
		list := leaf(b, int64(len(b)))
		if len(list) > 0 && list[0].valueTo >= 0 && !within(b[list[0].key:list[0].value], low, high) {
			f.lost(bucket, id) // another page is in its place: it is read as one beside the tree
			return
		}
		if len(list) != h.count {
			f.lost(bucket, id)
		}
		if f.leaf(bucket, id, int64(id)*f.page, b, inTree) == 0 && h.count > 0 {
			f.lost(bucket, id) // another bucket's page, perhaps: it is read as one beside the tree
			return
		}
		f.visit(id, h)
	default:
		f.lost(bucket, id)
	}
}

func within(key, low, high []byte) bool {
	return bytes.Compare(key, low) >= 0 && (high == nil || bytes.Compare(key, high) < 0)
}

// leaf takes the values of a leaf of a bucket in and returns how many fit; b begins at a
// place of the file.
func (f *found) leaf(bucket int, page uint64, at int64, b []byte, rank uint8) (fit int) {
	list := leaf(b, int64(len(b)))
	if rank < doubtful && f.isStale(bucket, page, b, list) {
		rank = doubtful
		f.stale[page] = f.buckets[bucket]
	}
	for _, e := range list {
		if e.valueTo < 0 {
			f.guess(bucket, page, at, b, e, rank)
			continue
		}
		key, value := b[e.key:e.value], b[e.value:e.valueTo]
		if e.flags == 0 && intact(f.buckets[bucket], key, value) {
			f.take(bucket, key, spot{at + e.value, int64(len(value)), at + e.head, page, rank})
			fit++
		} else if rank == inTree {
			f.broken = append(f.broken, Broken{f.buckets[bucket], bytes.Clone(key), page})
		}
	}
	return fit
}

// isStale reports whether a page that is not as it was written has nothing wrong with it:
// it is what was there earlier. One on which something doesn't fit is damaged, and what
// fits on it is what was written last.
func (f *found) isStale(bucket int, page uint64, b []byte, list []leafElement) bool {
	if f.current == nil || len(b) < pageHeader {
		return false
	}
	h := parseHeader(b)
	overflow := uint64(0) // a small bucket's is within another page
	if h.id == page {
		overflow = h.overflow
	}
	if !f.isWrong(page, overflow) || len(list) != h.count || h.flags != flagLeaf {
		return false
	}
	for _, e := range list {
		if e.valueTo < 0 || e.valueTo > int64(len(b)) || e.flags == 0 &&
			!intact(f.buckets[bucket], b[e.key:e.value], b[e.value:e.valueTo]) {
			return false
		}
	}
	return true
}

// maxGuess bounds how long a key is tried to be.
const maxGuess = 128

// guess finds the key's size of an element whose header is hit: the one at which the seal
// fits.
func (f *found) guess(bucket int, page uint64, at int64, b []byte, e leafElement, rank uint8) {
	if classOf(f.buckets[bucket])&sealed == 0 || bucket < 0 {
		return
	}
	part := b[e.key:e.value]
	for size := 1; size <= min(maxGuess, len(part)); size++ {
		if intact(f.buckets[bucket], part[:size], part[size:]) {
			f.take(bucket, part[:size], spot{at + e.key + int64(size), int64(len(part) - size), at + e.head, page, rank})
			return
		}
	}
}

// take notes a copy of a value, if it is nearer than the one that is known.
func (f *found) take(bucket int, key []byte, s spot) {
	if f.buckets[bucket] == string(kv.BucketJournal) {
		n := kv.KeyNumber(key)
		f.journal[n] = append(f.journal[n], s)
		return
	}
	was, there := f.values[bucket][string(key)]
	if !there || s.rank < was.rank {
		f.values[bucket][string(key)] = s
		return
	}
	if s.rank != was.rank || s.rank == inTree || classOf(f.buckets[bucket])&lasting != 0 {
		return
	}
	if newer(f.buckets[bucket], f.bytes(was), f.bytes(s)) {
		f.values[bucket][string(key)] = s
	}
}

// bytes reads a value.
func (f *found) bytes(s spot) []byte {
	b := make([]byte, s.size)
	n, _ := f.f.ReadAt(b, s.at)
	return b[:n]
}

// freelist reads which pages are free.
func (f *found) freelist(id uint64) {
	h, b := f.run(id)
	if b == nil || h.flags != flagFreelist {
		return
	}
	count, at := uint64(h.count), pageHeader
	if h.count == 0xffff && len(b) >= at+8 {
		count, at = binary.NativeEndian.Uint64(b[at:]), at+8
	}
	if count > uint64(len(b)-at)/8 {
		return
	}
	free := make([]bool, f.n)
	for i := range count {
		n := binary.NativeEndian.Uint64(b[at+8*int(i):])
		if n < 2 || n >= f.n {
			return
		}
		free[n] = true
	}
	for n := range free { // a page that the tree leads to is not free: the list is hit
		if free[n] && f.visited[n] {
			return
		}
	}
	f.free = free
	f.visit(id, h)
}

// tries is how many elements of a page without one that fits are tried.
const tries = 64

// orphans reads the pages that the tree doesn't lead to.
func (f *found) orphans() error {
	for id := uint64(2); id < f.n; id++ {
		if f.visited[id] {
			continue
		}
		if f.covered[id] { // unless what covers it is another page in a page's place
			if h, b := f.run(id); b == nil || h.flags != flagLeaf || h.count == 0 {
				continue
			}
		}
		if err := f.ctx.Err(); err != nil {
			return err
		}
		f.orphan(id)
	}
	for _, spots := range f.journal {
		slices.SortStableFunc(spots, func(a, b spot) int { return cmp.Compare(a.rank, b.rank) })
	}
	return nil
}

func (f *found) orphan(id uint64) {
	h, b := f.run(id)
	if b == nil || h.flags != flagLeaf { // its header may be hit: the first page of it shows where it ends
		if b = f.read(id, f.page); len(b) < pageHeader+element {
			return
		}
	}
	rest := f.size - int64(id)*f.page
	list := leaf(b, rest)
	if len(list) == 0 {
		f.scanNames(id, b, besides)
		return
	}
	if end := slices.MaxFunc(list, func(a, b leafElement) int { return cmp.Compare(a.valueTo, b.valueTo) }).valueTo; end > int64(len(b)) {
		b = f.read(id, end)
	}
	rank := besides
	if f.free != nil && f.free[id] {
		rank = older
	}
	bucket, sure := f.recognise(b, list)
	if !sure {
		f.scanNames(id, b, rank)
	}
	if bucket >= 0 && rank == besides && f.isStale(bucket, id, b, list) {
		rank = doubtful
		f.stale[id] = f.buckets[bucket]
	}
	for _, e := range list {
		switch {
		case e.valueTo < 0:
			if bucket >= 0 {
				f.guess(bucket, id, int64(id)*f.page, b, e, f.rankIn(bucket, rank))
			}
		case e.valueTo > int64(len(b)):
		case e.flags&flagBucket != 0:
			f.bucketBeside(id, int64(id)*f.page+e.value, string(b[e.key:e.value]), b[e.value:e.valueTo], rank)
		case bucket >= 0:
			key, value := b[e.key:e.value], b[e.value:e.valueTo]
			of := bucket
			if !intact(f.buckets[of], key, value) {
				if of = f.bucketOf(key, value); of < 0 {
					continue
				}
			}
			f.take(of, key, spot{int64(id)*f.page + e.value, int64(len(value)), int64(id)*f.page + e.head, id, f.rankIn(of, rank)})
		}
	}
}

// recognise finds out whose values a page holds, by the first that fits; sure when a seal
// says so.
func (f *found) recognise(b []byte, list []leafElement) (bucket int, sure bool) {
	for _, e := range list[:min(len(list), tries)] {
		if e.valueTo < 0 || e.valueTo > int64(len(b)) || e.flags&flagBucket != 0 {
			continue
		}
		if of := f.bucketOf(b[e.key:e.value], b[e.value:e.valueTo]); of >= 0 {
			return of, classOf(f.buckets[of])&sealed != 0 && f.buckets[of] != string(kv.BucketJournal)
		}
	}
	return -1, false
}

// bucketOf finds the bucket that a value is of: one whose seal it fits or, without that,
// one in which it can be; -1 for none.
func (f *found) bucketOf(key, value []byte) int {
	at := slices.IndexFunc(f.buckets, func(name string) bool {
		return name != string(kv.BucketJournal) && classOf(name)&sealed != 0 && intact(name, key, value)
	})
	if at >= 0 {
		return at
	}
	return slices.IndexFunc(f.buckets, func(name string) bool {
		return (name == string(kv.BucketJournal) || classOf(name)&sealed == 0 && name != string(kv.BucketMeta)) &&
			intact(name, key, value)
	})
}

// bucketBeside reads a small bucket that is within a page that the tree doesn't lead to.
func (f *found) bucketBeside(page uint64, at int64, name string, value []byte, rank uint8) {
	bucket := slices.Index(f.buckets, name)
	if bucket < 0 || len(value) < bucketHeader {
		f.nameless(page, at, value)
		return
	}
	if n := binary.NativeEndian.Uint64(value[8:]); rank == besides && n > f.sequences[name] && (f.hole || f.holes[name]) {
		f.sequences[name] = n
	}
	if binary.NativeEndian.Uint64(value) == 0 {
		f.leaf(bucket, page, at+bucketHeader, value[bucketHeader:], f.rankIn(bucket, rank))
	}
}

// nameless reads a small bucket whose name is hit: what fits a seal says which it is.
func (f *found) nameless(page uint64, at int64, value []byte) {
	if len(value) < bucketHeader+pageHeader+element {
		return
	}
	for bucket, name := range f.buckets {
		if classOf(name)&sealed != 0 && name != string(kv.BucketJournal) {
			f.leaf(bucket, page, at+bucketHeader, value[bucketHeader:], besides)
		}
	}
}

// scanNames reads the small buckets within a page by their names: what says where they
// are may be hit.
func (f *found) scanNames(page uint64, b []byte, rank uint8) {
	for bucket, name := range f.buckets {
		for from := 0; ; {
			at := bytes.Index(b[from:], []byte(name))
			if at < 0 {
				break
			}
			from += at + len(name)
			if rest := from + bucketHeader; rest+pageHeader+element < len(b) {
				f.leaf(bucket, page, int64(page)*f.page+int64(rest), b[rest:], rank)
			}
		}
	}
}

// bytesOf reads a page with what it runs over into.
func (f *found) bytesOf(id uint64) []byte {
	_, b := f.run(id)
	return b
}

// rankIn is how near a page beside the tree is: where nobody knows what is free, the tree
// tells whether it lost something of the bucket.
func (f *found) rankIn(bucket int, rank uint8) uint8 {
	if f.free == nil && !f.hole && !f.holes[f.buckets[bucket]] {
		return older
	}
	return rank
}
