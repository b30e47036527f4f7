package identity

import (
	"fmt"
	"slices"

	"fineprint/store/model"
)

// History is what is kept of a document: what each of its texts made of its clauses.
// Clauses go by their index in it, in the order in which they were first seen.
type History struct {
	Document   uint64
	Generation int // grows each time it is made from the first text on
	Sum        uint64
	Steps      []Step // one a text
	Clauses    int
	ended      []ending // by clause
	runs       []run    // the numbers of the clauses, in order
	aliases    []alias
	spare      run      // numbers of this document that no clause has yet
	given      []run    // and those of them that are not saved yet
	wanted     []uint64 // by clause: the number that it is to have, 0 for any
}

// run is numbers that follow each other.
type run struct {
	first uint64
	count int
}

// alias is a further number of a clause.
type alias struct {
	number uint64
	clause int
}

// ending is by what a clause that ended is known when it comes back.
type ending struct {
	words uint64 // a hash of its visible words; 0 while it is present
	place uint32 // of the headings above it
}

// Step is what one text made of the clauses of the one before.
type Step struct {
	Seq    int
	Count  int // clauses of the text
	Ops    []Op
	Merged [][2]int // clauses that ended, and those that they were merged into
}

// OpKind is what an [Op] does.
type OpKind uint8

// The kinds of operations.
const (
	Keep OpKind = iota // the next clauses of the text before are here, with the same bytes
	Skip               // the next clauses of the text before are not here
	Put                // a clause is here: new, with other words, or from elsewhere
)

// Op is one piece of a [Step].
type Op struct {
	Kind     OpKind
	N        int // clauses that are kept or skipped
	Clause   int // that is put
	Worded   bool
	Material bool
	Split    bool // it was part of From
	From     int
	Start    int // of its words, where they are new
	Len      int
}

// Cursor goes through the texts of a [History].
type Cursor struct {
	h       *History
	At      int   // texts gone through
	Present []int // the clauses of the last one, in order
	seen    int   // clauses seen up to there
}

// Cursor returns one before the first text.
func (h *History) Cursor() *Cursor { return &Cursor{h: h} }

// Step goes on to the next text.
func (c *Cursor) Step() (*Step, error) {
	if c.At >= len(c.h.Steps) {
		return nil, fmt.Errorf("%w: the clauses of document %d have no text %d", model.ErrDamaged, c.h.Document, c.At+1)
	}
	step := &c.h.Steps[c.At]
	now := make([]int, 0, step.Count)
	at := 0
	for i := range step.Ops {
		switch op := &step.Ops[i]; op.Kind {
		case Keep, Skip:
			if op.N < 0 || op.N > len(c.Present)-at {
				return nil, c.h.damaged()
			}
			if op.Kind == Keep {
				now = append(now, c.Present[at:at+op.N]...)
			}
			at += op.N
		default:
			if op.Clause < 0 || op.Clause > c.seen || op.Clause >= c.h.Clauses {
				return nil, c.h.damaged()
			}
			c.seen = max(c.seen, op.Clause+1)
			now = append(now, op.Clause)
		}
	}
	if len(now) != step.Count {
		return nil, c.h.damaged()
	}
	c.Present = now
	c.At++
	return step, nil
}

// To goes on, or begins again, to stand behind so many texts.
func (c *Cursor) To(texts int) error {
	if texts < c.At {
		*c = Cursor{h: c.h}
	}
	for c.At < texts {
		if _, err := c.Step(); err != nil {
			return err
		}
	}
	return nil
}

func (h *History) damaged() error {
	return fmt.Errorf("%w: what is kept of the clauses of document %d contradicts itself; "+
		"`fineprint index --rebuild` makes it again", model.ErrDamaged, h.Document)
}

// Number returns the number of a clause: the one that records quote it by where it was not
// given another yet; 0 for none.
func (h *History) Number(clause int) uint64 {
	at := clause
	for _, r := range h.runs {
		if at < r.count {
			return r.first + uint64(at)
		}
		at -= r.count
	}
	if clause < len(h.wanted) {
		return h.wanted[clause]
	}
	return 0
}

// Numbers lists the numbers of all clauses that have one.
func (h *History) Numbers() []uint64 {
	list := make([]uint64, 0, h.Clauses)
	for _, r := range h.runs {
		for i := range r.count {
			list = append(list, r.first+uint64(i))
		}
	}
	return list
}

// Clause returns which clause has a number, None when none has.
func (h *History) Clause(number uint64) int {
	at := 0
	for _, r := range h.runs {
		if number >= r.first && number-r.first < uint64(r.count) {
			return at + int(number-r.first)
		}
		at += r.count
	}
	for _, a := range h.aliases {
		if a.number == number {
			return a.clause
		}
	}
	if number != 0 {
		return slices.Index(h.wanted, number)
	}
	return None
}

// None is no clause where an index is asked for.
const None = -1

// numbered counts the clauses that have a number.
func (h *History) numbered() (n int) {
	for _, r := range h.runs {
		n += r.count
	}
	return n
}

// addNumber gives the next clause its number.
func (h *History) addNumber(n uint64) {
	if last := len(h.runs) - 1; last >= 0 && h.runs[last].first+uint64(h.runs[last].count) == n {
		h.runs[last].count++
		return
	}
	h.runs = append(h.runs, run{n, 1})
}
