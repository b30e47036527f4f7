package types

import (
	"fineprint/store/insight/recognize"
	"fineprint/store/recordrows"
)

// Whoever corrects one clause changes what is said of few: of those that the correction
// reaches (recognize.Reach), and of those that corrections reach which learned upon it.
// Of every clause its reach is kept beside its types, so that after a correction only the
// clauses that it may change are looked at again, and the answers are those that there
// would be from scratch.

// event is a correction or the undoing of one.
type event struct {
	number, undoes uint64
	reach          recognize.Reach
}

func eventOf(n uint64, c recordrows.TypeCorrection) event {
	e := event{number: n, undoes: c.Undoes}
	if c.Undoes == 0 {
		e.reach = recognize.ReachOf(string(c.Text))
	}
	return e
}

// Reached are the clauses that may be of other types since an event.
type Reached struct {
	reaches []recognize.Reach
	byHash  map[uint16][]int
	bare    bool // those without a reach as well
}

// None reports whether there are none.
func (r *Reached) None() bool { return len(r.reaches) == 0 && !r.bare }

// Holds reports whether a clause is one of them.
func (r *Reached) Holds(reach recognize.Reach) bool {
	if len(reach) == 0 {
		return r.bare
	}
	for _, h := range reach {
		for _, i := range r.byHash[h] {
			if reach.Meets(r.reaches[i]) {
				return true
			}
		}
	}
	return false
}

func (r *Reached) add(reach recognize.Reach) {
	if len(reach) == 0 {
		r.bare = true
		return
	}
	for _, h := range reach {
		r.byHash[h] = append(r.byHash[h], len(r.reaches))
	}
	r.reaches = append(r.reaches, reach)
}

// reached finds the clauses that may be of other types since the event with a number; ok is
// false where there was no such event.
func (j *judge) reached(since uint64) (r *Reached, ok bool) {
	if since > j.last {
		return nil, false
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if r = j.since[since]; r != nil {
		return r, true
	}
	undone := map[uint64]bool{}
	for _, e := range j.events {
		if e.number > since && e.undoes > 0 {
			undone[e.undoes] = true
		}
	}
	r = &Reached{byHash: map[uint16][]int{}}
	for _, e := range j.events {
		if e.undoes == 0 && (e.number > since || undone[e.number] || r.Holds(e.reach)) {
			r.add(e.reach)
		}
	}
	j.since[since] = r
	return r, true
}

// packReaches writes the reach of each clause of a text.
func packReaches(list []recognize.Reach) []byte {
	var b []byte
	for _, r := range list {
		b = append(b, byte(len(r)))
		for _, h := range r {
			b = append(b, byte(h), byte(h>>8))
		}
	}
	return b
}

// unpackReach reads the first of packed reaches, into room.
func unpackReach(room []uint16, b []byte) (reach recognize.Reach, rest []byte, ok bool) {
	if len(b) == 0 || len(b) < 1+2*int(b[0]) || int(b[0]) > len(room) {
		return nil, nil, false
	}
	reach = recognize.Reach(room[:b[0]])
	for k := range reach {
		reach[k] = uint16(b[1+2*k]) | uint16(b[2+2*k])<<8
	}
	return reach, b[1+2*len(reach):], true
}

// stale lists the clauses of a text, by their packed reaches, that may be of other types;
// not ok: they were packed by something else.
func (r *Reached) stale(b []byte, clauses int) (list []int, ok bool) {
	var room [recognize.ReachSize]uint16
	for i := range clauses {
		var reach recognize.Reach
		if reach, b, ok = unpackReach(room[:], b); !ok {
			return nil, false
		}
		if r.Holds(reach) {
			list = append(list, i)
		}
	}
	return list, len(b) == 0
}
