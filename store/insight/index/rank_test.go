package index_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/store/insight/index"
	"fineprint/store/insight/search"
	"fineprint/store/insight/terms"
)

// ranked is a clause as going over all wordings ranks it: by the newest that a query finds.
type ranked struct {
	number      uint64
	score       float32
	first, last int
	current     bool
	at          time.Time
}

// wording is one of a clause, with the first and last text that has it.
type wording struct {
	d     *doc
	c     int
	words string
	span  [2]int
}

func (w *world) wordings() (list []wording) {
	for _, d := range w.documents {
		place := map[string]int{}
		for i, clauses := range d.texts {
			for _, c := range clauses {
				words := normal(d.words[i][c])
				key := fmt.Sprint(c, " ", words)
				k, ok := place[key]
				if !ok && words != "" {
					k, place[key] = len(list), len(list)
					list = append(list, wording{d, c, words, [2]int{i, i}})
				}
				if words != "" {
					list[k].span[1] = i
				}
			}
		}
	}
	return list
}

// rank finds and orders the clauses of a query without an index, every one with its score.
func (w *world) rank(q *search.Query) (order []ranked) {
	all := w.wordings()
	length := 0
	for _, x := range all {
		length += len(strings.Fields(x.words))
	}
	average := float64(length) / float64(max(1, len(all)))
	rare := map[*search.Node]float32{}
	var walk func(n *search.Node)
	walk = func(n *search.Node) {
		for _, c := range n.Of {
			walk(c)
		}
		if n.Kind == search.Words {
			df := 0.0
			for _, x := range all {
				if x.d.holds(n, x.c, x.words, x.span) {
					df++
				}
			}
			rare[n] = float32(math.Log(1 + (float64(len(all))-df+0.5)/(df+0.5)))
		}
	}
	walk(q.Root)
	best := map[uint64]ranked{}
	for _, x := range all {
		if !x.d.holds(q.Root, x.c, x.words, x.span) {
			continue
		}
		r := ranked{numberOf(x.d, x.c), x.score(q.Root, rare, average), x.span[0] + 1, x.span[1] + 1,
			x.span[1] == len(x.d.texts)-1, at(x.span[1])}
		if was, ok := best[r.number]; !ok || r.last > was.last {
			best[r.number] = r
		}
	}
	for _, r := range best {
		order = append(order, r)
	}
	slices.SortFunc(order, func(a, b ranked) int {
		standing := 0
		if a.current != b.current {
			standing = 1
			if a.current {
				standing = -1
			}
		}
		return cmp.Or(cmp.Compare(b.score, a.score), standing, b.at.Compare(a.at), cmp.Compare(a.number, b.number))
	})
	return order
}

// score is what a wording gets for what is asked for, as BM25 and the documentation say.
func (x *wording) score(n *search.Node, rare map[*search.Node]float32, average float64) (sum float32) {
	switch n.Kind {
	case search.And, search.Or:
		for _, c := range n.Of {
			if c.Kind != search.Not && x.d.holds(c, x.c, x.words, x.span) {
				sum += x.score(c, rare, average)
			}
		}
	case search.Words:
		list := strings.Fields(x.words)
		times, share, weight := float32(0), 1.0, float32(0)
		for i := range list {
			if begins(list[i:], n.Asked) {
				times++
			}
		}
		if len(list) < 7 {
			share = 0.6
		}
		if len(list) < 4 {
			share = 0.35
		}
		if times > 0 {
			add := float32(1.2 * (1 - 0.75 + 0.75*max(1, float64(len(list))/max(1, average))))
			weight = times * float32(share*2.2) / (times + add)
		}
		if len(n.Asked) == 1 && sideBySide(x.d.headings(x.c), n.Asked) {
			weight += 0.4
		}
		return float32(rare[n] * weight)
	}
	return sum
}

func begins(list []string, asked []terms.Asked) bool {
	for _, a := range asked {
		if a.Place >= len(list) || list[a.Place] != a.Term && !(a.Prefix && strings.HasPrefix(list[a.Place], a.Term)) {
			return false
		}
	}
	return true
}

// TestHitsComeInTheOrderOfAllScores asks for pages of any size and place: each is that part
// of the ranking of all clauses, whose ties are many, for the words are few.
func TestHitsComeInTheOrderOfAllScores(t *testing.T) {
	asked, ties := 0, 0
	for seed := range uint64(4) {
		w := &world{rng: rand.New(rand.NewPCG(seed, 21))}
		db, r := newDB(t), index.NewReader()
		for round := range 40 {
			w.write(t, db, []*doc{w.grow()})
			if round%6 != 3 {
				continue
			}
			for range 60 {
				typed := w.query()
				q, err := search.Parse(typed, time.Now())
				if err != nil {
					continue
				}
				want := w.rank(q)
				offset, limit := w.rng.IntN(len(want)+2), 1+w.rng.IntN(12)
				got := page(t, r, db, q, offset, limit)
				if got.Total != len(want) {
					t.Fatalf("%s: %d are counted of %d", typed, got.Total, len(want))
				}
				want = want[min(offset, len(want)):min(offset+limit, len(want))]
				if len(got.Hits) != len(want) {
					t.Fatalf("%s: %d hits from %d on, not %d", typed, len(got.Hits), offset, len(want))
				}
				for i, h := range got.Hits {
					x := want[i]
					if h.Number != x.number || float32(h.Score) != x.score || h.FirstSeq != x.first || h.Seq != x.last ||
						h.Current != x.current {
						t.Fatalf("%s: hit %d is %+v, not %+v", typed, offset+i, h, x)
					}
					if asked++; i > 0 && x.score == want[i-1].score {
						ties++
					}
				}
			}
		}
	}
	if asked < 1000 || ties < 100 {
		t.Errorf("%d hits, %d ties", asked, ties)
	}
}
