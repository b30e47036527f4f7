package index_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/store/insight/index"
	"fineprint/store/insight/search"
	"fineprint/store/insight/terms"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// world is what was indexed, to be gone through without an index.
type world struct {
	rng       *rand.Rand
	documents []*doc
}

type doc struct {
	number  uint64
	texts   [][]int // clauses of each text, of those that are indexed
	words   []map[int]string
	heading []map[int][]string
	again   bool
	indexed int
}

var vocabulary = strings.Fields("we may you shall arbitration data privacy waive share partners opt-out user's l'accord " +
	"données été DATA 微信支付 隐私 ความเป็น terms 30 days liability content licence license models train training retain")

func (w *world) sentence(n int) string {
	s := make([]string, n)
	for i := range s {
		s[i] = vocabulary[w.rng.IntN(len(vocabulary))]
		if w.rng.IntN(9) == 0 {
			s[i] += ","
		}
	}
	return strings.Join(s, " ")
}

// grow gives a document another text, or makes it again.
func (w *world) grow() *doc {
	var d *doc
	if len(w.documents) == 0 || w.rng.IntN(3) == 0 {
		d = &doc{number: uint64(len(w.documents) + 1)}
		w.documents = append(w.documents, d)
	} else {
		d = w.documents[w.rng.IntN(len(w.documents))]
	}
	if len(d.texts) > 0 && w.rng.IntN(6) == 0 { // other texts from the first on
		*d = doc{number: d.number, again: true}
	}
	for range 1 + w.rng.IntN(3) {
		w.text(d)
	}
	return d
}

func (w *world) text(d *doc) {
	words, heading := map[int]string{}, map[int][]string{}
	var list []int
	next := 0
	if n := len(d.texts); n > 0 {
		for i := range n {
			for _, c := range d.texts[i] {
				next = max(next, c+1)
			}
		}
		for _, c := range d.texts[n-1] {
			if w.rng.IntN(5) == 0 {
				continue // ends
			}
			list = append(list, c)
			words[c], heading[c] = d.words[n-1][c], d.heading[n-1][c]
			switch w.rng.IntN(5) {
			case 0:
				words[c] = w.sentence(1 + w.rng.IntN(12))
			case 1: // back to what it was
				if was, ok := d.words[w.rng.IntN(n)][c]; ok {
					words[c] = was
				}
			}
		}
	}
	for range w.rng.IntN(6) {
		list = append(list, next)
		words[next] = w.sentence(w.rng.IntN(15))
		for range w.rng.IntN(4) {
			heading[next] = append(heading[next], w.sentence(1+w.rng.IntN(2)))
		}
		next++
	}
	d.texts, d.words, d.heading = append(d.texts, list), append(d.words, words), append(d.heading, heading)
}

func numberOf(d *doc, c int) uint64 { return d.number*1000 + uint64(c) + 1 }

// write indexes what documents have that is not indexed.
func (w *world) write(t testing.TB, db *kv.DB, documents []*doc) {
	t.Helper()
	err := db.Update(t.Context(), func(tx *kv.Tx) error {
		var done []*index.Document
		for _, d := range documents {
			if d.indexed == len(d.texts) && !d.again {
				continue
			}
			x, err := index.Begin(tx, d.number, d.again)
			if err != nil {
				return err
			}
			d.again = false
			for ; d.indexed < len(d.texts); d.indexed++ {
				x.Add(d.told(d.indexed))
			}
			x.End()
			if err := x.Put(tx); err != nil {
				return err
			}
			done = append(done, x)
		}
		return index.Finish(tx, done)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (d *doc) told(i int) index.Text {
	x := index.Text{Seq: i + 1, At: int64(1_700_000_000 + 86400*i), Clauses: d.texts[i]}
	for at, c := range d.texts[i] {
		x.Numbers = append(x.Numbers, numberOf(d, c))
		was, had := "", false
		if i > 0 {
			was, had = d.words[i-1][c]
		}
		if !had || was != d.words[i][c] {
			x.Worded = append(x.Worded, index.Worded{At: at, Words: d.words[i][c], Heading: d.headingOf(c)})
		}
	}
	return x
}

// headingOf is the heading that a clause was first seen under: these tests move none.
func (d *doc) headingOf(c int) []string {
	for _, h := range d.heading {
		if path, ok := h[c]; ok {
			return path
		}
	}
	return nil
}

// scan finds the clauses of a query without an index.
func (w *world) scan(q *search.Query) (found []uint64) {
	for _, d := range w.documents {
		type wording struct {
			c     int
			words string
		}
		spans := map[wording][2]int{}
		for i, list := range d.texts {
			for _, c := range list {
				k := wording{c, normal(d.words[i][c])}
				s, ok := spans[k]
				if !ok {
					s[0] = i
				}
				s[1] = i
				spans[k] = s
			}
		}
		clauses := map[uint64]bool{}
		for k, s := range spans {
			if k.words != "" && d.holds(q.Root, k.c, k.words, s) {
				clauses[numberOf(d, k.c)] = true
			}
		}
		for n := range clauses {
			found = append(found, n)
		}
	}
	slices.Sort(found)
	return found
}

// normal is the terms of a text with a space before and behind each.
func normal(s string) string {
	var b strings.Builder
	terms.Each(s, func(term []byte, _, _ int, _ bool) { b.WriteString(string(term) + " ") })
	return b.String()
}

func (d *doc) holds(n *search.Node, c int, words string, span [2]int) bool {
	switch n.Kind {
	case search.And:
		return !slices.ContainsFunc(n.Of, func(x *search.Node) bool { return !d.holds(x, c, words, span) })
	case search.Or:
		return slices.ContainsFunc(n.Of, func(x *search.Node) bool { return d.holds(x, c, words, span) })
	case search.Not:
		return !d.holds(n.Of[0], c, words, span)
	case search.Words:
		list := strings.Fields(words)
		if sideBySide(list, n.Asked) {
			return true
		}
		return len(n.Asked) == 1 && sideBySide(d.headings(c), n.Asked)
	case search.Heading:
		for _, a := range n.Asked {
			a.Place = 0
			if !sideBySide(d.headings(c), []terms.Asked{a}) {
				return false
			}
		}
		return true
	case search.Current:
		return span[1] == len(d.texts)-1
	case search.Past:
		return span[1] != len(d.texts)-1
	case search.Document:
		return model.ID(n.Value).Number() == d.number
	case search.Since:
		return span[1] == len(d.texts)-1 || !at(span[1]+1).Before(n.From)
	case search.Until:
		return at(span[0]).Before(n.To)
	}
	panic("no such kind")
}

func at(i int) time.Time { return time.Unix(int64(1_700_000_000+86400*i), 0) }

func (d *doc) headings(c int) (list []string) {
	path := d.headingOf(c)
	if len(path) > 1 {
		path = path[max(1, len(path)-2):]
	}
	for _, h := range path {
		list = append(list, strings.Fields(normal(h))...)
	}
	return list
}

func sideBySide(list []string, asked []terms.Asked) bool {
	for i := range list {
		ok := true
		for _, a := range asked {
			k := i + a.Place
			ok = ok && k < len(list) && (list[k] == a.Term || a.Prefix && strings.HasPrefix(list[k], a.Term))
		}
		if ok {
			return true
		}
	}
	return false
}

func (w *world) query() string {
	var parts []string
	for range 1 + w.rng.IntN(3) {
		word := vocabulary[w.rng.IntN(len(vocabulary))]
		switch w.rng.IntN(9) {
		case 0:
			r := []rune(word)
			word = string(r[:1+w.rng.IntN(len(r))]) + "*"
		case 1:
			word = `"` + w.sentence(2) + `"`
		case 2:
			word = "-" + word
		case 3:
			word = "heading:" + word
		case 4:
			word = []string{"in:current", "in:past", "in:all", "-in:current", "since:2023-11-16", "until:2023-11-15",
				"document:FP-D-00002"}[w.rng.IntN(7)]
		case 5:
			word = "or " + word
		case 6:
			word = "(" + word + " or " + vocabulary[w.rng.IntN(len(vocabulary))] + ")"
		case 7:
			word = "微"
		}
		parts = append(parts, word)
	}
	return strings.Join(parts, " ")
}

func newDB(t testing.TB) *kv.DB {
	t.Helper()
	db, err := kv.Create(filepath.Join(t.TempDir(), "a.db"), kv.Options{NoSync: true}, journal.Begin)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func find(t testing.TB, r *index.Reader, db *kv.DB, q *search.Query, limit int) index.Result {
	t.Helper()
	return page(t, r, db, q, 0, limit)
}

func page(t testing.TB, r *index.Reader, db *kv.DB, q *search.Query, offset, limit int) (result index.Result) {
	t.Helper()
	err := db.View(t.Context(), func(tx *kv.Tx) (err error) {
		result, err = r.Search(context.Background(), tx, q, index.Scope{}, offset, limit)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func numbers(hits []index.Hit) (list []uint64) {
	for _, h := range hits {
		list = append(list, h.Number)
	}
	slices.Sort(list)
	return list
}

func TestAQueryFindsWhatAScanOfAllWordingsFinds(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := &world{rng: rand.New(rand.NewPCG(seed, 7))}
			db, r := newDB(t), index.NewReader()
			asked := 0
			for round := range 25 {
				d := w.grow()
				w.write(t, db, []*doc{d})
				if round%3 != 0 {
					continue
				}
				for range 40 {
					typed := w.query()
					q, err := search.Parse(typed, time.Now())
					if err != nil {
						continue
					}
					got, want := find(t, r, db, q, 1000), w.scan(q)
					if !slices.Equal(numbers(got.Hits), want) || got.Total != len(want) {
						t.Fatalf("%s: %d\n%v, want\n%v", typed, got.Total, numbers(got.Hits), want)
					}
					asked += len(want)
				}
			}
			if asked == 0 {
				t.Error("no query found anything")
			}
		})
	}
}

// TestAnyBatchesGiveTheSameHits writes the same texts one by one and all at once.
func TestAnyBatchesGiveTheSameHits(t *testing.T) {
	w := &world{rng: rand.New(rand.NewPCG(3, 9))}
	one, all := newDB(t), newDB(t)
	for range 40 {
		d := w.grow()
		w.write(t, one, []*doc{d})
	}
	for _, d := range w.documents {
		d.indexed = 0
	}
	w.write(t, all, w.documents)
	a, b := index.NewReader(), index.NewReader()
	for range 200 {
		typed := w.query()
		q, err := search.Parse(typed, time.Now())
		if err != nil {
			continue
		}
		x, y := find(t, a, one, q, 20), find(t, b, all, q, 20)
		if fmt.Sprintf("%+v", x) != fmt.Sprintf("%+v", y) {
			t.Fatalf("%s:\n%+v\n%+v", typed, x, y)
		}
	}
}
