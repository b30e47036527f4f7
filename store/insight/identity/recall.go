package identity

import (
	"cmp"
	"fmt"
	"slices"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

const (
	// recallLikeness is how much of its words a clause must have that comes back with others.
	recallLikeness = 0.8
	// recallWords is the fewest words that say something by themselves.
	recallWords = 8
)

// origin is where the words of a clause stand that it had last.
type origin struct {
	text       int // place in the chain
	start, len int
}

// recall finds the new clauses that nothing else claims and that have nearly the words of one
// that ended at the same place.
func (m *matching) recall() {
	var come []int
	exact := map[uint64]bool{}
	for j, i := range m.from {
		switch {
		case i != None || m.split[j] != None:
		case m.back(j) != None:
			exact[wordsHash(m.new, j)] = true // who has all of its words goes first
		case m.new.Clauses[j].Kind != clause.Heading && len(m.f.endedAt) > 0:
			come = append(come, j)
		}
	}
	var cells []cell
	for k, place := range places(m.new, come) {
		list := m.f.endedAt[place]
		if len(list)*len(come) > maxCells {
			continue
		}
		for _, c := range list {
			if exact[m.f.History.ended[c].words] {
				continue
			}
			if s := m.recallable(c, come[k]); s > 0 {
				cells = append(cells, cell{c, come[k], s})
			}
		}
	}
	slices.SortFunc(cells, func(a, b cell) int {
		return cmp.Or(byScore(a, b), a.j-b.j, a.i-b.i) // whatever the order in which they are listed
	})
	m.recalled = filled(len(m.from))
	taken := map[int]bool{}
	for _, c := range cells {
		if !taken[c.i] && m.recalled[c.j] == None {
			taken[c.i], m.recalled[c.j] = true, c.i
		}
	}
}

// recallable is how much of the words a new clause has of one that ended; 0 when not enough.
func (m *matching) recallable(c, j int) float64 {
	o, n := m.f.origins[c], m.new.Clauses[j].End-m.new.Clauses[j].Start
	if 2*min(o.len, n) < max(o.len, n) {
		return 0 // they can't have that many in common
	}
	b := m.newBag(j)
	if b.size() < recallWords {
		return 0
	}
	old, err := m.f.endedBag(c)
	if err != nil {
		m.err = err
		return 0
	}
	if s := old.dice(b); s >= recallLikeness {
		return s
	}
	return 0
}

// endedBag returns the words of a clause that ended.
func (f *Follower) endedBag(c int) (*bag, error) {
	if b := f.bags[c]; b != nil {
		return b, nil
	}
	o := f.origins[c]
	text, err := f.blobs.Read(f.chain.Links[o.text].Row.Text)
	if err != nil {
		return nil, err
	}
	if o.start < 0 || o.len < 0 || o.start+o.len > len(text) {
		return nil, fmt.Errorf("%w: a clause lies outside its text", model.ErrDamaged)
	}
	b := newBag(clause.Visible(string(text[o.start : o.start+o.len])))
	f.bags[c] = b
	return b, nil
}

// prepare reads from the History what is known of clauses that ended.
func (f *Follower) prepare() {
	f.ended, f.endedAt, f.bags = map[uint64][]int{}, map[uint32][]int{}, map[int]*bag{}
	for i, e := range f.History.ended {
		if e.words != 0 {
			f.end(i, e)
		}
	}
	f.origins = make([]origin, f.History.Clauses)
	for i := range f.History.Steps {
		f.locate(i)
	}
}

// locate notes which words a step brought.
func (f *Follower) locate(i int) {
	f.origins = append(f.origins, make([]origin, f.History.Clauses-len(f.origins))...)
	for _, op := range f.History.Steps[i].Ops {
		if op.Kind == Put && op.Worded {
			f.origins[op.Clause] = origin{i, op.Start, op.Len}
		}
	}
}

// end notes that a clause ended.
func (f *Follower) end(c int, e ending) {
	f.ended[e.words] = append(f.ended[e.words], c)
	f.endedAt[e.place] = append(f.endedAt[e.place], c)
}

// revive takes a clause from those that ended.
func (f *Follower) revive(c int) {
	e := &f.History.ended[c]
	drop(f.ended, e.words, c)
	drop(f.endedAt, e.place, c)
	delete(f.bags, c)
	*e = ending{}
}

func drop[K comparable](m map[K][]int, key K, c int) {
	if list := slices.DeleteFunc(m[key], func(x int) bool { return x == c }); len(list) > 0 {
		m[key] = list
	} else {
		delete(m, key)
	}
}
