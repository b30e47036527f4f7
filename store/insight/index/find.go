package index

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"fineprint/store/insight/search"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// Scope says which documents a query is for; nil functions let all through.
type Scope struct {
	// Platform and Type report whether a document is of a platform or type with a value.
	Platform, Type func(document uint64, value string) bool
	// Group names what a document's platform is: clauses of one group in the same words
	// are shown once. nil: each is shown.
	Group func(document uint64) string
}

// Hit is a clause that was found, by its best wording.
type Hit struct {
	Document uint64
	Number   uint64 // of the clause, FP-P
	Clause   int    // its index in the document
	FirstSeq int    // of the version whose text has the wording first
	Seq      int    // of the one whose text has it last
	At       int    // its place among the clauses of that text
	Current  bool
	Score    float64
	Same     []uint64 // numbers of other clauses in the same words
	Sum      uint32   // of the wording's terms, see [SumOf]
	First    time.Time
	Last     time.Time // when the newest text that has the clause was captured first
	LastSeq  int       // of that text
	Until    int       // of the next one, which has it no more; 0: there is none
}

// Result is what a query found.
type Result struct {
	Total  int // clauses
	Groups int // of them, those that are shown one by one; at least, when not all were counted
	Hits   []Hit
}

// Search answers a query: the best hits behind the first offset ones.
func (r *Reader) Search(ctx context.Context, tx *kv.Tx, q *search.Query, s Scope, offset, limit int) (Result, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.load(ctx, tx); err != nil {
		return Result{}, err
	}
	e := &evaluation{r: r, tx: tx, ctx: ctx, scope: s}
	e.prepare(q.Root)
	var found []candidate
	var err error
	if c, ok := conjunctionOf(q.Root); ok {
		found, err = e.all(c)
	} else if err = e.gather(q.Root); err == nil {
		found, err = e.clauses(q.Root)
	}
	if err != nil {
		return Result{}, err
	}
	return r.page(found, e.bonus(), s, offset, limit), nil
}

// evaluation is one query being answered.
type evaluation struct {
	r       *Reader
	tx      *kv.Tx
	ctx     context.Context
	scope   Scope
	leaves  map[*search.Node]*leaf
	allowed map[*search.Node][]bool // by document's slot
}

// leaf is a word or phrase with where it is, by segment.
type leaf struct {
	lists  []list
	idf    float64
	phrase bool
}

// prepare finds out which documents the fields let through.
func (e *evaluation) prepare(n *search.Node) {
	e.leaves, e.allowed = map[*search.Node]*leaf{}, map[*search.Node][]bool{}
	var walk func(n *search.Node)
	walk = func(n *search.Node) {
		for _, c := range n.Of {
			walk(c)
		}
		var test func(document uint64) bool
		switch n.Kind {
		case search.Platform:
			test = func(d uint64) bool { return e.scope.Platform == nil || e.scope.Platform(d, n.Value) }
		case search.Type:
			test = func(d uint64) bool { return e.scope.Type == nil || e.scope.Type(d, n.Value) }
		case search.Document:
			number := model.ID(n.Value).Number()
			test = func(d uint64) bool { return d == number }
		default:
			return
		}
		list := make([]bool, len(e.r.docs))
		for i, t := range e.r.docs {
			list[i] = test(t.document)
		}
		e.allowed[n] = list
	}
	walk(n)
}

// gather reads where the words and phrases of a query are, and how rare each is.
func (e *evaluation) gather(n *search.Node) error {
	for _, c := range n.Of {
		if err := e.gather(c); err != nil {
			return err
		}
	}
	if n.Kind != search.Words {
		return nil
	}
	l := &leaf{lists: make([]list, len(e.r.parts)), phrase: len(n.Asked) > 1}
	df := 0
	for i, p := range e.r.parts {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		var err error
		if l.phrase {
			l.lists[i], err = e.r.phrase(e.tx, p, n.Asked)
		} else {
			l.lists[i], err = e.r.word(e.tx, p, n.Asked[0], true, true)
		}
		if err != nil {
			return err
		}
		df += len(l.lists[i].units)
	}
	l.idf = inverse(e.r.units, df)
	e.leaves[n] = l
	return nil
}

// inverse is how telling it is to have what df of n units have.
func inverse(n, df int) float64 {
	return math.Log(1 + (float64(n)-float64(df)+0.5)/(float64(df)+0.5))
}

// BM25's constants, and what a heading with the word adds to those above a clause. Being
// shorter than most is no merit here, and what has few terms is a heading that says
// nothing by itself: plain BM25 finds those first.
const (
	saturation    = 1.2
	lengthShare   = 0.75
	headingBonus  = 0.4
	fewTerms      = 7
	fewTermsShare = 0.6
	noTerms       = 4 // "Governing law", or "12. Governing Law"
	noTermsShare  = 0.35
)

// norm is what a length makes of the weight of a word.
type norm struct{ add, share float32 }

// norms are those of all lengths, where a unit has so many terms on average.
func norms(average float64) []norm {
	list := make([]norm, maxLength+1)
	for n := range list {
		share := 1.0
		if n < fewTerms {
			share = fewTermsShare
		}
		if n < noTerms {
			share = noTermsShare
		}
		list[n] = norm{float32(saturation * (1 - lengthShare + lengthShare*max(1, float64(n)/max(1, average)))),
			float32(share * (saturation + 1))}
	}
	return list
}

// weight is what a unit gets for having a word so often, before it is multiplied by how
// rare the word is.
func (n *norm) weight(times uint16) float32 {
	w := float32(0)
	if k := float32(times & maxTimes); k > 0 {
		w = k * n.share / (k + n.add)
	}
	if times&inHeading != 0 {
		w += headingBonus
	}
	return w
}

// clauses evaluates a query segment by segment and keeps the best wording of each clause.
func (e *evaluation) clauses(root *search.Node) (found []candidate, err error) {
	r := e.r
	defer r.forgetPlaces(&found)
	for i, p := range r.parts {
		if err := e.ctx.Err(); err != nil {
			return found, err
		}
		s, err := e.eval(root, i)
		if err != nil {
			return found, err
		}
		r.keepBest(p, s, &found)
	}
	return found, nil
}

// keepBest keeps the best wordings among those that were found in a segment.
func (r *Reader) keepBest(p *part, s scored, found *[]candidate) {
	if len(r.places) < r.slots {
		r.places = make([]int32, r.slots)
	}
	list := slices.Grow(*found, len(s.units))
	at := locator{spans: p.spans}
	for k, unit := range s.units {
		span := at.of(int(unit))
		if span.doc < 0 {
			continue
		}
		t, own := r.docs[span.doc], span.first+int(unit)-span.from
		slot := int32(r.bases[span.doc]) + int32(t.clauses.at(own))
		c := candidate{slot, int32(own), s.scores[k]}
		if place := r.places[slot]; place == 0 {
			list = append(list, c)
			r.places[slot] = int32(len(list))
		} else if a, b := t.unit(own), t.unit(int(list[place-1].unit)); newer(&a, &b) {
			list[place-1] = c
		}
	}
	*found = list
}

// forgetPlaces makes Reader.places zero again.
func (r *Reader) forgetPlaces(found *[]candidate) {
	for i := range *found {
		r.places[(*found)[i].slot] = 0
	}
}

// newer reports whether a wording of a clause is newer than another: seen later, or else
// first seen later.
func newer(a, b *unit) bool {
	if a.last != b.last {
		return a.last > b.last
	}
	if a.text != b.text {
		return a.text > b.text
	}
	return a.at > b.at
}

// eval finds the units of a segment that a node asks for, with their scores.
func (e *evaluation) eval(n *search.Node, i int) (scored, error) {
	switch n.Kind {
	case search.Words:
		return e.score(e.leaves[n], i), nil
	case search.And:
		return e.evalAnd(n, i)
	case search.Or:
		var all scored
		for k, c := range n.Of {
			s, err := e.eval(c, i)
			if err != nil {
				return scored{}, err
			}
			if k == 0 {
				all = s
			} else {
				all = either(all, s)
			}
		}
		return all, nil
	case search.Not:
		s, err := e.eval(n.Of[0], i)
		if err != nil {
			return scored{}, err
		}
		return without(e.everything(i), s), nil
	case search.Heading:
		return e.heading(n, i)
	}
	keep := e.test(n, i)
	return e.everything(i).filter(keep), nil
}

// evalAnd evaluates what is asked for first, then leaves out, and tests last.
func (e *evaluation) evalAnd(n *search.Node, i int) (scored, error) {
	var all scored
	begun := false
	for _, c := range n.Of {
		if c.Kind == search.Not || isTest(c) {
			continue
		}
		s, err := e.eval(c, i)
		if err != nil {
			return scored{}, err
		}
		if begun {
			s = both(all, s)
		}
		all, begun = s, true
		if len(all.units) == 0 {
			return all, nil
		}
	}
	if !begun {
		all = e.everything(i)
	}
	for _, c := range n.Of {
		if isTest(c) {
			all = all.filter(e.test(c, i))
		}
	}
	for _, c := range n.Of {
		if c.Kind != search.Not {
			continue
		}
		s, err := e.eval(c.Of[0], i)
		if err != nil {
			return scored{}, err
		}
		all = without(all, s)
	}
	return all, nil
}

// isTest reports whether a node is tested unit by unit.
func isTest(n *search.Node) bool { return n.Kind >= search.Platform }

// score gives the units of a leaf their scores. They are the leaf's own: it is asked once.
func (e *evaluation) score(l *leaf, i int) scored {
	from, p, norms, idf := l.lists[i], e.r.parts[i], e.r.norms, float32(l.idf)
	s := scored{from.units, make([]float32, len(from.units))}
	for k, unit := range s.units {
		s.scores[k] = idf * norms[p.lengths[unit]].weight(from.times[k])
	}
	l.lists[i] = list{}
	return s
}

// heading finds the units under headings with all of some words.
func (e *evaluation) heading(n *search.Node, i int) (scored, error) {
	var all scored
	for k, a := range n.Asked {
		l, err := e.r.word(e.tx, e.r.parts[i], a, false, true)
		if err != nil {
			return scored{}, err
		}
		s := scored{l.units, make([]float32, len(l.units))}
		if k > 0 {
			s = both(all, s)
		}
		all = s
	}
	return all, nil
}

// everything lists all units of a segment.
func (e *evaluation) everything(i int) scored {
	var s scored
	for _, span := range e.r.parts[i].spans {
		for unit := span.from; span.doc >= 0 && unit < span.to; unit++ {
			s.units = append(s.units, int32(unit))
		}
	}
	s.scores = make([]float32, len(s.units))
	return s
}

// test returns what tells whether a unit of a segment has what a field asks for; it is
// asked in order.
func (e *evaluation) test(n *search.Node, i int) func(unit int) bool {
	at := locator{spans: e.r.parts[i].spans}
	allowed := e.allowed[n]
	number := model.ID(n.Value).Number()
	return func(unit int) bool {
		span := at.of(unit)
		if span == nil || span.doc < 0 {
			return false
		}
		if allowed != nil {
			return allowed[span.doc]
		}
		t := e.r.docs[span.doc]
		own := span.first + unit - span.from
		switch n.Kind {
		case search.Clause:
			return t.number(int32(t.clauses.at(own))) == number
		case search.Current:
			return t.stands(own)
		case search.Past:
			return !t.stands(own)
		case search.Since:
			return t.stands(own) || !time.Unix(t.texts[t.last.at(own)+1].at, 0).Before(n.From)
		case search.Until:
			return time.Unix(t.texts[t.first.at(own)].at, 0).Before(n.To)
		}
		return false
	}
}

// nearStep is how many slots of clauses there are to a step of Reader.near.
const nearStep = 128

// nearDocs lists which document each nearStep-th clause is of.
func nearDocs(bases []int, slots int) []int32 {
	list, doc := make([]int32, 0, slots/nearStep+1), 0
	for slot := 0; slot < slots; slot += nearStep {
		for doc+1 < len(bases) && bases[doc+1] <= slot {
			doc++
		}
		list = append(list, int32(doc))
	}
	return list
}

// doc returns the slot of the document that a clause's slot is of.
func (r *Reader) doc(slot int32) int {
	i := int(r.near[slot/nearStep])
	for i+1 < len(r.bases) && r.bases[i+1] <= int(slot) {
		i++
	}
	return i
}

// page puts the clauses that were found in order and makes hits of a page of them.
func (r *Reader) page(found []candidate, bonus float32, s Scope, offset, limit int) Result {
	result := Result{Total: len(found), Hits: []Hit{}}
	wanted := offset + limit
	for some := max(4*wanted, 64); ; some *= 8 {
		first := r.first(found, some)
		groups := r.collapse(first, s, wanted)
		if len(groups) < wanted && len(first) < len(found) {
			continue
		}
		r.countSame(groups, found, bonus, s)
		result.Groups = len(groups)
		for i := offset; i < min(wanted, len(groups)); i++ {
			result.Hits = append(result.Hits, r.hit(groups[i]))
		}
		return result
	}
}

// candidate is a clause that was found, by its best wording.
type candidate struct {
	slot  int32
	unit  int32 // of its document
	score float32
}

// compare orders clauses: the better before the worse, then those that stand before those
// that ended, then as they were seen last, then in the order of documents.
func (r *Reader) compare(a, b candidate) int {
	if c := cmp.Compare(b.score, a.score); c != 0 {
		return c
	}
	ta, tb := r.docs[r.doc(a.slot)], r.docs[r.doc(b.slot)]
	if x, y := ta.stands(int(a.unit)), tb.stands(int(b.unit)); x != y {
		if x {
			return -1
		}
		return 1
	}
	if c := cmp.Compare(tb.texts[tb.last.at(int(b.unit))].at, ta.texts[ta.last.at(int(a.unit))].at); c != 0 {
		return c
	}
	return cmp.Compare(a.slot, b.slot)
}

// wording returns the best wording of a clause that was found.
func (r *Reader) wording(c candidate) (*packed, unit) {
	t := r.docs[r.doc(c.slot)]
	return t, t.unit(int(c.unit))
}

// first returns the best of the candidates, in order.
func (r *Reader) first(list []candidate, n int) []candidate {
	if n >= len(list) {
		list = slices.Clone(list)
		slices.SortFunc(list, r.compare)
		return list
	}
	h := make([]candidate, 0, n+1) // a heap with the worst on top
	worse := func(i, j int) bool { return r.compare(h[i], h[j]) > 0 }
	for _, c := range list {
		if len(h) == n {
			if c.score < h[0].score || r.compare(c, h[0]) > 0 {
				continue
			}
			h[0] = c
			sift(h, worse)
			continue
		}
		h = append(h, c)
		for k := len(h) - 1; k > 0 && worse(k, (k-1)/2); k = (k - 1) / 2 {
			h[k], h[(k-1)/2] = h[(k-1)/2], h[k]
		}
	}
	slices.SortFunc(h, r.compare)
	return h
}

// sift brings the top of a heap to its place.
func sift(h []candidate, above func(i, j int) bool) {
	for k := 0; ; {
		top := k
		for _, c := range [...]int{2*k + 1, 2*k + 2} {
			if c < len(h) && above(c, top) {
				top = c
			}
		}
		if top == k {
			return
		}
		h[k], h[top] = h[top], h[k]
		k = top
	}
}

// group is clauses in the same words.
type group struct {
	candidate
	same []uint64
}

// sameAs is by what clauses in the same words are known.
type sameAs struct {
	group string
	sum   uint32
	terms int32
}

func (r *Reader) sameness(c candidate, s Scope) sameAs {
	t, u := r.wording(c)
	return sameAs{s.Group(t.document), u.sum, u.terms}
}

// collapse leaves of the clauses in the same words the first, until there are enough.
func (r *Reader) collapse(list []candidate, s Scope, enough int) (groups []*group) {
	seen := map[sameAs]bool{}
	for _, c := range list {
		if len(groups) == enough {
			break
		}
		if s.Group != nil {
			key := r.sameness(c, s)
			if seen[key] {
				continue
			}
			seen[key] = true
		}
		groups = append(groups, &group{candidate: c})
	}
	return groups
}

// bonus is the most by which the scores of clauses in the same words differ: what headings
// add.
func (e *evaluation) bonus() float32 {
	most := 0.0
	for _, l := range e.leaves {
		most += headingBonus * l.idf
	}
	return float32(most*1.001 + 1e-3)
}

// countSame lists the other clauses in the words of each group.
func (r *Reader) countSame(groups []*group, all []candidate, bonus float32, s Scope) {
	if s.Group == nil || len(groups) == 0 {
		return
	}
	least := groups[len(groups)-1].score - bonus // they are in order
	by := make(map[sameAs]*group, len(groups))
	sums := make(map[uint32]bool, len(groups))
	for _, g := range groups {
		key := r.sameness(g.candidate, s)
		by[key], sums[key.sum] = g, true
	}
	for _, c := range all {
		if c.score < least {
			continue
		}
		t := r.docs[r.doc(c.slot)]
		if !sums[t.sums[c.unit]] {
			continue
		}
		if g := by[r.sameness(c, s)]; g != nil && g.slot != c.slot {
			g.same = append(g.same, t.number(int32(t.clauses.at(int(c.unit)))))
		}
	}
	for _, g := range groups {
		slices.Sort(g.same)
	}
}

func (r *Reader) hit(g *group) Hit {
	t, u := r.wording(g.candidate)
	h := r.hitOf(t, &u, float64(g.score))
	h.Same = g.same
	return h
}

// hitOf describes a wording of a clause.
func (r *Reader) hitOf(t *packed, u *unit, score float64) Hit {
	h := Hit{Document: t.document, Number: t.number(u.clause), Clause: int(u.clause), FirstSeq: t.texts[u.text].seq,
		Seq: t.texts[u.last].seq, At: int(u.at), Current: int(u.last) == len(t.texts)-1, Score: score, Sum: u.sum}
	first, last := u.text, u.last
	for i := range t.sums {
		if int32(t.clauses.at(i)) == u.clause {
			first, last = min(first, int32(t.first.at(i))), max(last, int32(t.last.at(i)))
		}
	}
	h.First, h.Last = time.Unix(t.texts[first].at, 0).UTC(), time.Unix(t.texts[last].at, 0).UTC()
	h.LastSeq, h.Until = t.texts[last].seq, 0
	if int(last)+1 < len(t.texts) {
		h.Until = t.texts[last+1].seq
	}
	return h
}

// SumOf returns by what the words of a clause are known, see [Hit].
func SumOf(words string) uint32 {
	list, _ := appendTerms(nil, words)
	return sumOf(list)
}
