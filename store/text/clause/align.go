package clause

import (
	"github.com/cespare/xxhash/v2"

	"fineprint/store/reuse"
)

// Pair is one step of an alignment: the first clause of each side and how many
// belong together. A side that has none has position None and count 0; a count
// above 1 means that a clause was split, or several were joined.
type Pair struct {
	Old, New   int
	OldN, NewN int
	Moved      bool // out of the order the others keep
	SameWords  bool // both look the same to a reader
}

// Alignment is which clauses of two documents are one.
type Alignment struct {
	old, new     *Document
	ofOld, ofNew []int32 // the partner, or None
	moved        []bool  // by the new clause; nil when nothing moved
	groups       map[int32]group
	identical    []bool // by the new clause: paired, and the same bytes
	sameVisible  []bool // paired, and the same visible words
}

// group counts the clauses of both sides that belong together, by the first new
// one.
type group struct{ oldN, newN int32 }

// Align pairs the clauses of two documents: the same bytes in order first, then
// the same visible words, then in the gaps between the most similar ones and
// those split or joined, then what moved. Its work is bounded whatever the
// input.
func Align(old, new *Document) *Alignment {
	a := newAligner(old, new)
	a.sameBytes()
	a.sameWords()
	a.reserve()
	a.gaps(a.similarGap)
	a.grow()
	a.moves()
	a.release()
	return a.Alignment
}

// Unchanged is Align as far as the clauses go that are the same bytes in order: all
// that [Alignment.Identical] tells.
func Unchanged(old, new *Document) *Alignment {
	a := newAligner(old, new)
	a.sameBytes()
	a.release()
	return a.Alignment
}

func newAligner(old, new *Document) *aligner {
	a := &aligner{workspace: workspaces.Get(), Alignment: &Alignment{old: old, new: new,
		ofOld: fill(len(old.Clauses)), ofNew: fill(len(new.Clauses)), identical: make([]bool, len(new.Clauses)),
		sameVisible: make([]bool, len(new.Clauses))}}
	a.reset()
	return a
}

func fill(n int) []int32 {
	list := make([]int32, n)
	for i := range list {
		list[i] = None
	}
	return list
}

// workspace is memory that one alignment after the other uses.
type workspace struct {
	oldHash, newHash []uint64
	oldKey, newKey   []key
	between          span // the ends that are the same bytes; other clauses have no key
	bags             []uint32
	table            table
	cells            []float32

	// Memory of movedSimilar.
	wordList    []uint32
	wordPairs   []uint64
	postings    []posting
	counts, met []int32
}

const (
	// maxWorkspace bounds the bytes that a workspace keeps, of which a key takes
	// keySize.
	maxWorkspace = 4 << 20
	keySize      = 112
)

var workspaces = reuse.NewList(func() *workspace { return &workspace{} })

// release forgets the documents and gives the workspace back.
func (w *workspace) release() {
	clear(w.oldKey[w.between.i0:w.between.i1])
	clear(w.newKey[w.between.j0:w.between.j1])
	size := 8*(cap(w.oldHash)+cap(w.newHash)+cap(w.wordPairs)+cap(w.postings)) + keySize*(cap(w.oldKey)+cap(w.newKey)) +
		4*(cap(w.bags)+cap(w.cells)+cap(w.wordList)+cap(w.counts)+cap(w.met)) + 32*len(w.table.entries)
	if size <= maxWorkspace {
		workspaces.Put(w)
	}
}

type aligner struct {
	*workspace
	*Alignment
}

func (a *aligner) reset() {
	a.oldHash = resized(a.oldHash, len(a.old.Clauses))
	a.newHash = resized(a.newHash, len(a.new.Clauses))
	a.oldKey = resized(a.oldKey, len(a.old.Clauses))
	a.newKey = resized(a.newKey, len(a.new.Clauses))
	a.bags = a.bags[:0]
}

// resized makes room for n; what is in there is not cleared.
func resized[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n, n+n/2)
	}
	return list[:n]
}

func (a *aligner) pair(i, j int) { a.ofOld[i], a.ofNew[j] = int32(j), int32(i) }

// sameBytes pairs what did not change, in order; what both ends have in common
// costs a comparison, the rest a hash.
func (a *aligner) sameBytes() {
	n, m := len(a.old.Clauses), len(a.new.Clauses)
	same := func(i, j int) bool { return a.old.Words(i) == a.new.Words(j) }
	head := 0
	for head < n && head < m && same(head, head) {
		a.pair(head, head)
		head++
	}
	for n > head && m > head && same(n-1, m-1) {
		n, m = n-1, m-1
		a.pair(n, m)
	}
	for i := head; i < n; i++ {
		a.oldHash[i] = xxhash.Sum64String(a.old.Words(i))
	}
	for j := head; j < m; j++ {
		a.newHash[j] = xxhash.Sum64String(a.new.Words(j))
	}
	a.between = span{head, n, head, m}
	a.anchor(a.between, same, 0)
	for j, i := range a.ofNew {
		a.identical[j] = i != None
	}
}

// sameWords pairs, in the gaps, clauses that look the same to a reader.
func (a *aligner) sameWords() {
	for i := a.between.i0; i < a.between.i1; i++ {
		if a.ofOld[i] == None {
			a.oldKey[i] = keyOf(a.old.Visible(i))
			a.oldHash[i] = a.oldKey[i].hash
		}
	}
	for j := a.between.j0; j < a.between.j1; j++ {
		if a.ofNew[j] == None {
			a.newKey[j] = keyOf(a.new.Visible(j))
			a.newHash[j] = a.newKey[j].hash
		}
	}
	a.gaps(func(s span) {
		a.anchor(s, func(i, j int) bool { return a.sameKey(i, j) }, 0)
	})
	for j, i := range a.ofNew {
		a.sameVisible[j] = i != None
	}
}

func (a *aligner) sameKey(i, j int) bool { return a.oldKey[i].words == a.newKey[j].words }

// key is what clauses are compared by that are not the same bytes.
type key struct {
	hash  uint64
	words string // the visible ones
	first firstLetters
	bag   bag
	// elsewhere: its words are unpaired on the other side, too; see reserve.
	elsewhere bool
}

func keyOf(visible string) key {
	return key{hash: xxhash.Sum64String(visible), words: visible, first: firstLettersOf(visible)}
}

// span is a stretch of both documents: old clauses [i0, i1), new ones [j0, j1).
type span struct{ i0, i1, j0, j1 int }

func (s span) empty() bool { return s.i0 >= s.i1 || s.j0 >= s.j1 }

// gaps calls f for each stretch of unpaired clauses that has some on both
// sides.
func (a *aligner) gaps(f func(span)) {
	i, j := 0, 0
	for i < len(a.ofOld) || j < len(a.ofNew) {
		s := span{i0: i, j0: j}
		for i < len(a.ofOld) && a.ofOld[i] == None {
			i++
		}
		for j < len(a.ofNew) && a.ofNew[j] == None {
			j++
		}
		s.i1, s.j1 = i, j
		if !s.empty() {
			f(s)
		}
		i, j = i+1, j+1
	}
}

// Pairs lists the alignment in the order of the new document, removed clauses
// where they were. Every clause of both sides is in exactly one pair.
func (l *Alignment) Pairs() []Pair { return l.pairs(false) }

// Differing is Pairs without the clauses that are the same bytes in the same
// order.
func (l *Alignment) Differing() []Pair { return l.pairs(true) }

func (l *Alignment) pairs(differing bool) []Pair {
	var out []Pair
	next := 0 // old clauses before this one were dealt with
	removed := func(upTo int) {
		for ; next < upTo; next++ {
			if l.ofOld[next] == None {
				out = append(out, Pair{Old: next, New: None, OldN: 1})
			}
		}
	}
	for j := 0; j < len(l.ofNew); j++ {
		i, moved := int(l.ofNew[j]), l.moved != nil && l.moved[j]
		if i != None && !moved {
			removed(i)
		}
		if differing && l.identical[j] && !moved {
			continue
		}
		p := Pair{Old: i, New: j, NewN: 1, Moved: moved, SameWords: l.sameVisible[j]}
		if i != None {
			p.OldN = 1
		}
		if g, ok := l.groups[int32(j)]; ok {
			p.OldN, p.NewN = int(g.oldN), int(g.newN)
			j += int(g.newN) - 1
		}
		out = append(out, p)
	}
	removed(len(l.ofOld))
	return out
}

// Partner returns the new clause that old clause i became, None when it was
// removed.
func (l *Alignment) Partner(i int) int { return int(l.ofOld[i]) }

// Identical returns the old clause whose bytes new clause j has, None when it
// differs from its partner or has none.
func (l *Alignment) Identical(j int) int {
	if !l.identical[j] {
		return None
	}
	return int(l.ofNew[j])
}

// Origin returns the old clause that new clause j was, None when it was added.
func (l *Alignment) Origin(j int) int { return int(l.ofNew[j]) }

// SamePlace reports whether an old and a new clause are under the same
// heading and are led in by the same words. Headings that both were paired with
// another are two; of one that was not the words decide, and where it stands.
func (l *Alignment) SamePlace(i, j int) bool {
	o, n := &l.old.Clauses[i], &l.new.Clauses[j]
	return l.sameHeading(o.Under, n.Under) && l.sameOne(o.Lead, n.Lead)
}

func (l *Alignment) sameHeading(i, j int32) bool {
	for ; i != None && j != None && l.ofOld[i] != j; i, j = l.old.Clauses[i].Under, l.new.Clauses[j].Under {
		if l.ofOld[i] != None && l.ofNew[j] != None || l.old.Visible(int(i)) != l.new.Visible(int(j)) {
			return false
		}
	}
	return i != None && j != None || i == j
}

func (l *Alignment) sameOne(i, j int32) bool {
	if i == None || j == None {
		return i == j
	}
	return l.ofOld[i] == j || l.old.Visible(int(i)) == l.new.Visible(int(j))
}
