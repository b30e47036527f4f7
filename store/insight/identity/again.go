package identity

import (
	"cmp"
	"context"
	"slices"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
)

// Begin returns an empty History of a document, of which former was kept before; nil for
// nothing.
func Begin(document uint64, former *History) *History {
	h := &History{Document: document, Generation: 1}
	if former != nil {
		h.Generation, h.spare = former.Generation+1, former.spare
	}
	return h
}

// Again makes the History of all texts of a chain anew. Its clauses get the numbers that
// they had in a former one, and those that records quote them by.
func Again(ctx context.Context, tx *kv.Tx, chain *Chain, former *History) (*History, error) {
	f, err := Follow(tx, chain, Begin(chain.Document, former), 0)
	if err != nil {
		return nil, err
	}
	cited, err := citedIn(tx, chain)
	if err != nil {
		return nil, err
	}
	n := numbering{h: f.History, former: former}
	for f.More() {
		t, err := f.Next(ctx)
		if err != nil {
			return nil, err
		}
		for _, c := range cited[t.Place] {
			n.cite(t, c)
		}
	}
	if err := n.inherit(); err != nil {
		return nil, err
	}
	n.settle()
	return f.History, nil
}

// Cited reports whether there are provisions of a document that were given numbers.
func Cited(tx *kv.Tx, document uint64) bool { return recordrows.HasProvisions(tx, document) }

// citation is a provision that was given a number, by where it was.
type citation struct {
	number uint64
	at     model.ByteRange
}

// citedIn lists the provisions of a document by the text that they were in.
func citedIn(tx *kv.Tx, chain *Chain) (map[int][]citation, error) {
	list, err := recordrows.ProvisionsOf(tx, chain.Document)
	if err != nil {
		return nil, err
	}
	cited := map[int][]citation{}
	for _, n := range list {
		var row recordrows.Provision
		if found, err := kv.GetRow(tx, kv.BucketProvision, kv.Key(n), &row); err != nil || !found {
			return nil, cmp.Or(err, error(model.ErrDamaged))
		}
		if i := chain.Index(row.Seq); i != None {
			cited[i] = append(cited[i], citation{n, row.At()})
		}
	}
	return cited, nil
}

// claim is that a clause has a number, and how much speaks for it.
type claim struct {
	clause int
	number uint64
	weight int
}

// numbering finds the numbers that clauses had.
type numbering struct {
	h, former *History
	claims    map[[2]uint64]int // clause and number to weight
	cited     []claim
}

func (n *numbering) claim(clause int, number uint64) {
	if n.claims == nil {
		n.claims = map[[2]uint64]int{}
	}
	n.claims[[2]uint64{uint64(clause), number}]++
}

// cite notes that the largest clause in a stretch of a text is quoted by a number.
func (n *numbering) cite(t *Text, c citation) {
	if j := Largest(t, c.at); j != None {
		n.cited = append(n.cited, claim{clause: t.Clause[j], number: c.number})
	}
}

// Largest returns the index of the clause that has most of a stretch of a text, None when
// there is no clause in it.
func Largest(t *Text, at model.ByteRange) int {
	best, most := None, 0
	for j := range t.Clauses.Clauses {
		c := &t.Clauses.Clauses[j]
		if n := min(c.End, at.End) - max(c.Start, at.Start); n > most {
			best, most = j, n
		}
	}
	return best
}

// inherit claims for each clause the numbers of the former clauses that were at its place
// in the texts in which its words were new, in either History, and in the last one.
func (n *numbering) inherit() error {
	if n.former == nil {
		return nil
	}
	at := map[int]int{}
	for i := range n.former.Steps {
		at[n.former.Steps[i].Seq] = i
	}
	was, is := n.former.Cursor(), n.h.Cursor()
	numbers := n.former.Numbers()
	for i := range n.h.Steps {
		now, err := is.Step()
		if err != nil {
			return err
		}
		k, ok := at[now.Seq]
		if !ok {
			continue
		}
		if err := was.To(k + 1); err != nil {
			return err
		}
		then := &n.former.Steps[k]
		if then.Count != now.Count {
			n.byStart(now, then, numbers)
			continue
		}
		for j := range is.Present {
			if i == len(n.h.Steps)-1 {
				n.claim(is.Present[j], numbers[was.Present[j]])
			}
		}
		for _, j := range append(puts(now), puts(then)...) {
			n.claim(is.Present[j], numbers[was.Present[j]])
		}
	}
	return nil
}

// puts lists the clauses of a text that a step puts there.
func puts(s *Step) (list []int) {
	at := 0
	for i := range s.Ops {
		switch op := &s.Ops[i]; op.Kind {
		case Keep:
			at += op.N
		case Put:
			list = append(list, at)
			at++
		}
	}
	return list
}

// byStart claims by where words begin, of a text that was cut into other clauses.
func (n *numbering) byStart(now, then *Step, numbers []uint64) {
	was := map[int]int{}
	for i := range then.Ops {
		if op := &then.Ops[i]; op.Worded {
			was[op.Start] = op.Clause
		}
	}
	for i := range now.Ops {
		if op := &now.Ops[i]; op.Worded {
			if c, ok := was[op.Start]; ok {
				n.claim(op.Clause, numbers[c])
			}
		}
	}
}

// settle gives each clause the number for which most speaks, of those that no other has;
// a number that is left is a further one of the clause that it speaks for most.
func (n *numbering) settle() {
	claims := make([]claim, 0, len(n.claims))
	for k, weight := range n.claims {
		claims = append(claims, claim{int(k[0]), k[1], weight})
	}
	slices.SortFunc(claims, func(a, b claim) int {
		return cmp.Or(b.weight-a.weight, cmp.Compare(a.number, b.number), a.clause-b.clause)
	})
	slices.SortStableFunc(n.cited, func(a, b claim) int { return cmp.Compare(a.number, b.number) })
	number, taken := make([]uint64, n.h.Clauses), map[uint64]bool{}
	var left []claim
	for _, list := range [][]claim{claims, n.cited} {
		for _, c := range list {
			switch {
			case taken[c.number]:
			case number[c.clause] != 0:
				left = append(left, c)
			default:
				number[c.clause], taken[c.number] = c.number, true
			}
		}
	}
	for _, c := range left {
		if !taken[c.number] {
			taken[c.number] = true
			n.h.aliases = append(n.h.aliases, alias{c.number, c.clause})
		}
	}
	if n.former != nil {
		n.furtherOf(number, taken)
	}
	n.h.wanted = number
}

// furtherOf keeps the further numbers of former clauses.
func (n *numbering) furtherOf(number []uint64, taken map[uint64]bool) {
	clauseOf := map[uint64]int{}
	for c, x := range number {
		if x != 0 {
			clauseOf[x] = c
		}
	}
	for _, a := range n.former.aliases {
		c, ok := clauseOf[n.former.Number(a.clause)]
		if ok && !taken[a.number] {
			taken[a.number] = true
			n.h.aliases = append(n.h.aliases, alias{a.number, c})
		}
	}
}
