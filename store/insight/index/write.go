package index

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/cespare/xxhash/v2"

	"fineprint/store/insight/terms"
	"fineprint/store/kv"
)

// Text is what the index is told of one text of a document: which clause each of its
// clauses is, by their indexes in the document.
type Text struct {
	Seq     int
	At      int64 // Unix seconds of the capture that showed it first
	Clauses []int
	Numbers []uint64 // of the clauses, beside them
	Worded  []Worded // clauses whose words are new, or may be
}

// Worded is a clause in words that it may not have had.
type Worded struct {
	At      int // its place among the text's clauses
	Words   string
	Heading []string // above it, outermost first
}

// Document is a document whose texts are being indexed. It is for one goroutine; those of
// several documents may work at a time.
type Document struct {
	t       *table
	now     []int32 // by clause, the unit that it has now; -1: none
	from    int     // the first unit that is new
	words   map[wording]int32
	content []pending // of the units that are new
	terms   []byte    // of those
	made    []entry   // of those
	added   bool      // it had none
	dead    int       // units that there were, of a document that is made again
}

// wording is one wording of a clause, by its hash.
type wording struct {
	clause int32
	sum    uint32
	terms  int32
}

// pending is what a new unit says: its terms, each followed by a zero, in the document's
// memory.
type pending struct {
	from, to int
	heading  []string
}

// Begin goes on with a document behind its texts that are indexed; again: from the first
// one on, and all that is there of it is void.
func Begin(tx *kv.Tx, document uint64, again bool) (*Document, error) {
	t, err := readTable(tx, document)
	if err != nil {
		return nil, err
	}
	dead, added := 0, t == nil
	switch {
	case added:
		t = &table{document: document, generation: 1}
	case again:
		dead = len(t.units)
		t = &table{document: document, generation: t.generation + 1}
	}
	d := &Document{t: t, from: len(t.units), words: map[wording]int32{}, dead: dead, added: added}
	for i := range t.units {
		u := &t.units[i]
		d.words[wording{u.clause, u.sum, u.terms}] = int32(i)
		if t.current(u) {
			d.set(int(u.clause), int32(i))
		}
	}
	return d, nil
}

func (d *Document) set(clause int, unit int32) {
	for len(d.now) <= clause {
		d.now = append(d.now, -1)
	}
	d.now[clause] = unit
}

// Add takes the next text.
func (d *Document) Add(x Text) {
	d.t.texts = append(d.t.texts, text{seq: x.Seq, at: x.At})
	place := int32(len(d.t.texts) - 1)
	for i := range x.Worded {
		w := &x.Worded[i]
		d.word(x.Clauses[w.At], w, place)
	}
	for i, c := range x.Clauses {
		for len(d.t.numbers) <= c {
			d.t.numbers = append(d.t.numbers, 0)
		}
		d.t.numbers[c] = x.Numbers[i]
		if c < len(d.now) && d.now[c] >= 0 {
			u := &d.t.units[d.now[c]]
			u.last, u.at = place, int32(i)
		}
	}
}

// word gives a clause the words it has from now on.
func (d *Document) word(c int, w *Worded, place int32) {
	from := len(d.terms)
	var n int
	d.terms, n = appendTerms(d.terms, w.Words)
	if n == 0 {
		d.set(c, -1)
		return
	}
	key := wording{int32(c), sumOf(d.terms[from:]), int32(n)}
	i, ok := d.words[key]
	if ok {
		d.terms = d.terms[:from]
	} else {
		i = int32(len(d.t.units))
		d.words[key] = i
		d.t.units = append(d.t.units, unit{clause: int32(c), text: place, at: int32(w.At), last: place, terms: int32(n),
			sum: key.sum})
		d.content = append(d.content, pending{from, len(d.terms), w.Heading})
	}
	d.set(c, i)
}

// appendTerms appends the terms of a text, each followed by a zero, and counts them.
func appendTerms(b []byte, words string) ([]byte, int) {
	n := 0
	terms.Each(words, func(term []byte, _, _ int, _ bool) {
		b = append(append(b, term...), 0)
		n++
	})
	return b, n
}

// sumOf hashes terms, of [appendTerms].
func sumOf(terms []byte) uint32 { return uint32(xxhash.Sum64(terms) >> 32) }

// End makes the postings of what is new.
func (d *Document) End() {
	d.arrange()
	w := builder{terms: map[string]*building{}, seen: map[string]*occurrences{}}
	for i, p := range d.content {
		w.index(i, d.terms[p.from:p.to], p.heading)
	}
	d.made, d.content, d.words, d.terms = w.entries(), nil, nil, nil
}

// arrange puts the new units into the order of their clauses, so that the wordings of one
// stand side by side, which makes postings small.
func (d *Document) arrange() {
	n := len(d.t.units) - d.from
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	fresh := d.t.units[d.from:]
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(fresh[a].clause, fresh[b].clause) })
	units, content := make([]unit, n), make([]pending, n)
	for i, from := range order {
		units[i], content[i] = fresh[from], d.content[from]
	}
	copy(fresh, units)
	d.content = content
}

// Put writes what is kept of the document. What is new is found once [Finish] made a
// segment of it, in the same transaction.
func (d *Document) Put(tx *kv.Tx) error {
	return kv.PutSealed(tx, kv.BucketSearchDocument, kv.Key(d.t.document), d.t.encode())
}

// Finish makes a segment of what is new in documents, and merges segments where there are
// many of one size.
func Finish(tx *kv.Tx, documents []*Document) error {
	var sources []source
	var runs [][]run
	dead, added := 0, 0
	for _, d := range documents {
		dead += d.dead
		if d.added {
			added++
		}
		if n := len(d.t.units) - d.from; n > 0 {
			sources = append(sources, &listed{list: d.made})
			runs = append(runs, []run{{d.t.document, d.t.generation, d.from, n}})
		}
	}
	if len(sources) > 0 {
		if err := mergeSources(tx, sources, reorder(runs, nil), nil); err != nil {
			return err
		}
	}
	if err := touch(tx, added, dead); err != nil {
		return err
	}
	return merge(tx)
}

// builder makes the postings of a document's new units.
type builder struct {
	terms map[string]*building
	seen  map[string]*occurrences
	order []string
	free  []*occurrences
}

// building are the postings of a term, so far.
type building struct {
	entry
	last, lastHead int
}

type occurrences struct{ places []int32 }

// entries lists the terms in order.
func (w *builder) entries() []entry {
	list := make([]entry, 0, len(w.terms))
	for _, b := range w.terms {
		list = append(list, b.entry)
	}
	slices.SortFunc(list, func(a, b entry) int { return cmp.Compare(a.term, b.term) })
	return list
}

// index adds the terms of a unit.
func (w *builder) index(unit int, list []byte, heading []string) {
	place := int32(0)
	w.order = w.order[:0]
	for len(list) > 0 {
		end := bytes.IndexByte(list, 0)
		term := list[:end]
		list = list[end+1:]
		o := w.seen[string(term)]
		if o == nil {
			if n := len(w.free); n > 0 {
				o, w.free = w.free[n-1], w.free[:n-1]
			} else {
				o = &occurrences{}
			}
			name := string(term)
			if b := w.terms[name]; b != nil {
				name = b.term
			}
			w.seen[name] = o
			w.order = append(w.order, name)
		}
		o.places = append(o.places, place)
		place++
	}
	for _, term := range w.order {
		o := w.seen[term]
		b := w.building(term)
		head := uint64(unit-b.last) << 1
		if len(o.places) > 1 {
			b.postings = binary.AppendUvarint(b.postings, head|1)
			b.postings = binary.AppendUvarint(b.postings, uint64(len(o.places)))
		} else {
			b.postings = binary.AppendUvarint(b.postings, head)
		}
		b.last = unit
		b.units++
		before := int32(0)
		for _, at := range o.places {
			b.places = binary.AppendUvarint(b.places, uint64(at-before))
			before = at
		}
		o.places = o.places[:0]
		w.free = append(w.free, o)
	}
	clear(w.seen)
	for _, h := range nearest(heading) {
		terms.Each(h, func(term []byte, _, _ int, _ bool) {
			b := w.building(string(term))
			if b.lastHead == unit {
				return
			}
			b.head = binary.AppendUvarint(b.head, uint64(unit-b.lastHead))
			b.lastHead = unit
			b.heads++
		})
	}
}

// nearest returns the headings above a clause by which it is found: the two nearest ones,
// but not the outermost, which is the document's title, where there is one below it.
func nearest(path []string) []string {
	switch n := len(path); {
	case n <= 1:
		return path
	case n == 2:
		return path[1:]
	default:
		return path[n-2:]
	}
}

func (w *builder) building(term string) *building {
	b := w.terms[term]
	if b == nil {
		b = &building{entry: entry{term: term}, last: -1, lastHead: -1}
		w.terms[term] = b
	}
	return b
}

func compareRuns(a, b run) int {
	if c := cmp.Compare(a.document, b.document); c != 0 {
		return c
	}
	return cmp.Compare(a.first, b.first)
}
