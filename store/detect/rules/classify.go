package rules

import (
	"strings"
	"sync"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// Details of verdicts that no rule gives: why what says the same is material.
const (
	detailOtherList    = "moved to another list"
	detailOtherHeading = "moved to another heading"
	detailMoved        = "moved as well"
	detailColumn       = "in another column"
	detailRest         = "past the bound on clauses, from where on all is compared as one"
	detailLong         = "too long to be compared word by word"
)

// maxClause is how long, in bytes, a clause may be and still be judged by its words. The
// longest of real documents has a fifth of that; a redline tells apart as many
// words ([redline.MaxTokens]), so that no difference beyond is judged unseen.
const maxClause = redline.MaxTokens

// unjudged says why a pair is material without a look at its words, "" for one that
// isn't.
func (c *Comparison) unjudged(p clause.Pair) string {
	old, new := c.sources(p)
	switch {
	case old == new || len(old) <= maxClause && len(new) <= maxClause:
		return ""
	case c.rest(p):
		return detailRest
	}
	return detailLong
}

// rest reports whether a pair has all in it that comes after [clause.MaxClauses].
func (c *Comparison) rest(p clause.Pair) bool {
	return p.Old != clause.None && c.Old.Rest(p.Old+p.OldN-1) || p.New != clause.None && c.New.Rest(p.New+p.NewN-1)
}

// clauses are reused: most clauses of a new version are judged.
var clauses = sync.Pool{New: func() any { return &Clause{} }}

// classifyPair judges a pair of clauses by its own words.
func (t *Table) classifyPair(c *Comparison, p clause.Pair) Change {
	ch := Change{Pair: p}
	unjudged := c.unjudged(p)
	switch {
	case unjudged != "":
		ch.unjudged, ch.Kind, ch.Verdict = true, kindOf(p), Verdict{Detail: unjudged}
	case p.Old == clause.None:
		ch.Kind, ch.Verdict = model.Added, t.alone(c.New.Visible(p.New), added, c.place(c.New, p.New))
	case p.New == clause.None:
		ch.Kind, ch.Verdict = model.Removed, t.alone(c.Old.Visible(p.Old), removed, c.place(c.Old, p.Old))
	case p.Moved:
		ch.Kind, ch.Verdict = t.classifyMoved(c, p)
	default:
		ch.Kind, ch.Verdict = model.Modified, t.classifyWording(c, p, both)
	}
	if !ch.Folded() && ch.Detail == "" && c.rest(p) {
		ch.Detail = detailRest
	}
	return ch
}

// kindOf is the kind of change that a pair is whose words differ.
func kindOf(p clause.Pair) model.Kind {
	switch {
	case p.Old == clause.None:
		return model.Added
	case p.New == clause.None:
		return model.Removed
	}
	return model.Modified
}

// classifyMoved judges a clause that is in another place now: its place, and its
// words where they differ as well.
func (t *Table) classifyMoved(c *Comparison, p clause.Pair) (model.Kind, Verdict) {
	old, new := c.sources(p)
	if old != new && !t.classifyWording(c, p, both).Folded() {
		return model.Modified, Verdict{Detail: detailMoved}
	}
	k := Clause{sides: moved, elsewhere: c.elsewhere(p)}
	v := t.clauseRule(&k)
	if !v.Folded() {
		v.Detail = k.elsewhere
	}
	return model.Moved, v
}

// elsewhere names what a moved clause came under that it was not under before,
// "" when what is above it is the same: under another heading, or in another
// list, the same words may say something else.
func (c *Comparison) elsewhere(p clause.Pair) string {
	same := c.Alignment.SamePlace(p.Old, p.New)
	switch c.New.Clauses[p.New].Kind {
	case clause.Item:
		if !same {
			return detailOtherList
		}
	case clause.Heading:
		if !same && c.bothStay(p) || c.leftBehind(p) {
			return detailOtherHeading
		}
	default:
		if !same && isProse(c.New.Words(p.New)) && c.tradesPlaces(p) {
			return detailOtherHeading
		}
	}
	return ""
}

// placeMoves counts the prose that came under each heading of the new document from
// another one, and that left it.
type placeMoves struct{ came, left map[int]int }

// tradesPlaces reports whether a paragraph that came under another heading trades
// places: others came where it was or left where it is, or it was all that the
// heading above it had. A paragraph that only moved on says what it said.
func (c *Comparison) tradesPlaces(p clause.Pair) bool {
	if c.places == nil {
		c.places = &placeMoves{came: map[int]int{}, left: map[int]int{}}
		for _, q := range c.Alignment.Differing() {
			if q.Moved && q.New != clause.None && q.Old != clause.None && !c.Alignment.SamePlace(q.Old, q.New) &&
				c.New.Clauses[q.New].Kind != clause.Heading && isProse(c.New.Words(q.New)) {
				c.places.came[int(c.New.Clauses[q.New].Under)]++
				c.places.left[c.headingNow(q)]++
			}
		}
	}
	was := c.headingNow(p)
	if was == clause.None {
		return false
	}
	return c.places.came[was] > 0 || c.places.left[int(c.New.Clauses[p.New].Under)] > 0 || !c.hasBody(was)
}

// headingNow returns where the heading that a moved clause was under is in the new
// document.
func (c *Comparison) headingNow(p clause.Pair) int {
	h := int(c.Old.Clauses[p.Old].Under)
	if h == clause.None {
		return clause.None
	}
	return c.Alignment.Partner(h)
}

// hasBody reports whether anything is right below a heading of the new document.
func (c *Comparison) hasBody(h int) bool {
	for j := h + 1; j < len(c.New.Clauses); j++ {
		if under := int(c.New.Clauses[j].Under); under == h {
			return true
		} else if under < h {
			return false
		}
	}
	return false
}

// bothStay reports whether the heading above a clause that moved and the one it
// came under are in both documents: else it may be the outline that changed.
func (c *Comparison) bothStay(p clause.Pair) bool {
	i, j := c.Old.Clauses[p.Old].Under, c.New.Clauses[p.New].Under
	return i != clause.None && j != clause.None && c.Alignment.Partner(int(i)) != clause.None &&
		c.Alignment.Origin(int(j)) != clause.None
}

// leftBehind reports whether a heading that moved traded the text below it: it left
// some behind, and stands above some that was not under it, or above nothing.
func (c *Comparison) leftBehind(p clause.Pair) bool {
	left, came := false, false
	for i := p.Old + 1; i < len(c.Old.Clauses) && int(c.Old.Clauses[i].Under) == p.Old; i++ {
		j := c.Alignment.Partner(i)
		left = left || j != clause.None && c.parted(i, j)
	}
	for j := p.New + 1; j < len(c.New.Clauses) && int(c.New.Clauses[j].Under) == p.New; j++ {
		i := c.Alignment.Origin(j)
		came = came || i != clause.None && c.parted(i, j)
	}
	return left && (came || !c.hasBody(p.New))
}

// parted reports whether prose is under another heading than it was.
func (c *Comparison) parted(i, j int) bool {
	return isProse(c.New.Words(j)) && !c.Alignment.SamePlace(i, j)
}

// minPlaced is how many words outside of links a clause has that says something
// by its place.
const minPlaced = 4

func isProse(words string) bool {
	outside, _, _ := splitLinks(words)
	return len(strings.Fields(clause.Visible(outside))) >= minPlaced
}

// classifyWording judges the words of a pair that has both sides. What a rule
// would fold is material when a link in it is the means to a right and leads
// elsewhere now, unless all links do.
func (t *Table) classifyWording(c *Comparison, p clause.Pair, on sides) Verdict {
	v := t.wordingVerdict(c, p, on)
	if v.Folded() {
		old, new := c.sources(p)
		if what := redirected(old, new); what != "" && !c.movedTogether(old, what) {
			return Verdict{Detail: what}
		}
	}
	return v
}

func (t *Table) wordingVerdict(c *Comparison, p clause.Pair, on sides) Verdict {
	k := clauses.Get().(*Clause)
	defer k.release()
	k.sides, k.same, k.in = on, p.SameWords, c.place(c.New, p.New)
	k.oldText, k.newText = c.sources(p)
	switch {
	case p.SameWords:
	case p.OldN > 1 || p.NewN > 1:
		k.old, k.new = clause.Visible(k.oldText), clause.Visible(k.newText)
	default:
		k.old, k.new = c.Old.Visible(p.Old), c.New.Visible(p.New)
	}
	k.same = k.old == k.new
	if !k.same && (k.old == "" || k.new == "") {
		return Verdict{} // words appeared or went
	}
	v := t.clauseRule(k)
	if !v.Folded() {
		a, b := k.tokens()
		if t.otherWords(a, b) {
			c.noteOther(p.New)
			return Verdict{}
		}
		v = t.classifyWords(a, b, k.in)
	}
	if v.Folded() && c.New.Clauses[p.New].Kind == clause.Row && otherColumn(k.oldText, k.newText) {
		return Verdict{Detail: detailColumn}
	}
	return v
}

// noteOther notes that the words of a new clause are other ones.
func (c *Comparison) noteOther(j int) {
	if c.others == nil {
		c.others = make([]bool, len(c.New.Clauses))
	}
	c.others[j] = true
}

// place returns where clause i of one of the two documents stands.
func (c *Comparison) place(d *clause.Document, i int) place {
	own := &d.Clauses[i]
	in := place{of: c, kind: own.Kind}
	if in.kind == clause.Item && own.Lead != clause.None {
		in.led = strings.HasSuffix(strings.TrimRight(d.Words(int(own.Lead)), " *_\\"), ":")
	}
	return in
}

// clauseRule returns the verdict of the first clause rule that matches.
func (t *Table) clauseRule(c *Clause) Verdict {
	for _, r := range t.byScope[OfClause] {
		if r.on&c.sides != 0 && r.clause(c) {
			return r.verdict()
		}
	}
	return Verdict{}
}

// alone judges the visible words of a clause that has one side only.
func (t *Table) alone(visible string, on sides, in place) Verdict {
	k := clauses.Get().(*Clause)
	defer k.release()
	k.sides, k.new, k.in = on, visible, in
	return t.clauseRule(k)
}

// Insubstantial judges the visible words of a clause by themselves: whether
// they would be immaterial if they were added or removed.
func (t *Table) Insubstantial(visible string) Verdict { return t.alone(visible, added, place{}) }

// classifyWords judges each stretch of tokens that differs. All of them must match
// a rule; the one whose reason ranks highest names the clause's.
func (t *Table) classifyWords(a, b []string, in place) Verdict {
	runs, coarse := redline.Match(a, b)
	if coarse {
		return Verdict{}
	}
	var found Verdict
	i, j := 0, 0
	for _, r := range append(runs, redline.Run{Old: len(a), New: len(b)}) {
		if r.Old > i || r.New > j {
			s := Stretch{in: in, old: a, new: b, i0: i, i1: r.Old, j0: j, j1: r.New}
			v := t.wordRule(&s)
			if !v.Folded() {
				return Verdict{}
			}
			if !found.Folded() || rank(v.Reason) > rank(found.Reason) {
				found = v
			}
		}
		i, j = r.Old+r.N, r.New+r.N
	}
	return found
}

func (t *Table) wordRule(s *Stretch) Verdict {
	for _, r := range t.byScope[OfWords] {
		if r.words(s) {
			return r.verdict()
		}
	}
	return Verdict{}
}

// rank orders the reasons of one clause's stretches: the most telling one
// names the clause's.
func rank(r model.Reason) int {
	switch r {
	case model.ReasonDate:
		return 6
	case model.ReasonBoilerplate:
		return 5
	case model.ReasonNumbering:
		return 4
	case model.ReasonLink:
		return 3
	case model.ReasonCase:
		return 2
	}
	return 1
}

// classifyContext judges by what is around them the clause changes that their own
// words leave material.
func (t *Table) classifyContext(c *Comparison) {
	x := newContext(c, t)
	each := t.byScope[OfContext]
	for len(each) > 0 && each[0].runs != nil {
		each[0].runs(x, each[0])
		each = each[1:]
	}
	x.labels = x.relabelled()
	for i := range c.Changes {
		if c.Changes[i].Folded() || c.Changes[i].unjudged {
			continue
		}
		for _, r := range each {
			if r.each(x, i) {
				c.Changes[i].Verdict = r.verdict()
				break
			}
		}
	}
}

// Capture judges a captured text beside the last good one, whole being what the
// change between them is, material or with the reason of the whole change. A
// verdict with MayBeReal may be the platform's doing after all.
func (t *Table) Capture(c *Comparison, whole Verdict) Verdict {
	return t.captureRule(&Capture{Comparison: c, change: whole, text: c.New.Text, short: len(c.Old.Text) < minDocument})
}

// FirstCapture judges a document's first captured text. There is nothing to
// compare with, so only a page is suspected that has nothing to read but a title,
// or whose whole message is that it is no document.
func (t *Table) FirstCapture(text string) Verdict {
	if len(clause.Visible(text)) >= maxPage {
		return Verdict{}
	}
	return t.captureRule(&Capture{Comparison: &Comparison{New: clause.Split(text)}, text: text, first: true})
}

// NeverReal reports whether a capture with a detail is none of the platform's doing.
func (t *Table) NeverReal(detail string) bool {
	for _, r := range t.byScope[OfCapture] {
		if r.Detail == detail && !r.mayBeReal {
			return true
		}
	}
	return false
}

func (t *Table) captureRule(c *Capture) Verdict {
	for _, r := range t.byScope[OfCapture] {
		detail, ok := r.capture(c)
		if !ok {
			continue
		}
		v := r.verdict()
		if detail != "" {
			v.Detail = detail
		}
		return v
	}
	return Verdict{}
}
