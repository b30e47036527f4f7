package detect

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"fineprint/store/detect/rules"
	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

const (
	// flapWindow is how many versions back a returning text is a flap.
	flapWindow = 5
	// historyWindow is how many good versions a History remembers, to see
	// clauses that come and go.
	historyWindow = 10
)

// Sum identifies a clause, or a text, up to what has no meaning: white space,
// typography, markup, case, link targets and, for a text, the order of its
// clauses. It is the beginning of a SHA-256, so that no text can be made to look
// like one that returns.
type Sum [16]byte

// Past is a former version of a document as a History remembers it.
type Past struct {
	Seq     int
	At      time.Time // when it was captured first; zero when nobody said
	Text    Sum
	clauses []Sum    // sorted; nil of one that was not read
	dates   []string // of its date lines
}

// Suspicion is what gives a text away as a bad capture.
type Suspicion struct {
	What string
	// MayBeReal: it may be the platform's doing after all, if it lasts. A sign-in
	// or error page stays one for ever.
	MayBeReal bool
}

// History is what a document's next text is judged by besides itself: the last
// good version, which it is compared with, and which clauses those before had.
// Which texts become good ones is not its business (store/detect/timeline). The
// zero value is a document without a text. A copy of a History is independent of
// it.
type History struct {
	text string           // of the good version
	good *clause.Document // its clauses; nil while they are not read
	sums []Sum            // of the good version's clauses; the zero Sum for one without words
	past []Past           // good versions, newest first

	next     *clause.Document // what Assess saw last
	nextSums []Sum
}

// HistoryWindow is how many good versions, those of [History.Start] and
// [History.Advance], make a History what it was.
const HistoryWindow = historyWindow

// Good returns the text that the next one is compared with, "" when there is
// none.
func (h *History) Good() string { return h.text }

// Size is about how many bytes the history holds on to.
func (h *History) Size() int {
	n := len(h.text)
	if h.good != nil {
		n += 64 * len(h.good.Clauses)
	}
	for i := range h.past {
		n += 16 * len(h.past[i].clauses)
	}
	return n
}

// Seen notes that the good text was captured again, as version seq.
func (h *History) Seen(seq int) {
	h.past = slices.Clone(h.past)
	h.past[0].Seq = seq
}

// Start takes a text, captured at a time, as good without a comparison: a document's first, or one
// that only the archive's or our own extraction changed.
func (h *History) Start(seq int, at time.Time, text string) {
	h.read()
	var alignment *clause.Alignment
	if h.good == nil {
		h.next = clause.Split(text)
	} else {
		h.next = clause.SplitBeside(h.good, text)
		alignment = clause.Align(h.good, h.next)
	}
	h.nextSums = h.sum(h.next, alignment)
	h.Advance(seq, at)
}

// Adopt takes a text as good without looking at it, because it, or what it was
// compared with, makes the comparer fail. Its clauses are read when the next text
// comes.
func (h *History) Adopt(seq int, at time.Time, text string) {
	h.text, h.good, h.sums, h.next, h.nextSums = text, nil, nil, nil, nil
	h.remember(Past{Seq: seq, At: at})
}

// read splits a good text that was taken without being looked at.
func (h *History) read() {
	if h.good != nil || h.text == "" {
		return
	}
	h.good = clause.Split(h.text)
	h.sums = h.sum(h.good, nil)
	h.past = slices.Clone(h.past)
	h.past[0] = pastOf(h.past[0].Seq, h.past[0].At, h.good, h.sums)
}

// Assess compares a text that was captured at a time with the last good version and reports, by the versions
// before, whether it is a change at all. A text that looks like a bad capture is
// a Suspect, unless overruled reports otherwise (nil: never). [History.Advance] makes
// the text the good one.
func (h *History) Assess(at time.Time, text string, overruled func(Suspicion) bool) Result {
	return h.assess(at, text, overruled, false)
}

// AssessReading is Assess for a text that was read in another way than the last good
// one, so that little of what differs need be new. A date line with a date that no
// version before had gives away that it is another edition.
func (h *History) AssessReading(at time.Time, text string, overruled func(Suspicion) bool) Result {
	return h.assess(at, text, overruled, true)
}

func (h *History) assess(at time.Time, text string, overruled func(Suspicion) bool, otherReading bool) Result {
	h.read()
	h.next = clause.SplitBeside(h.good, text)
	c := newComparison(h.good, h.next)
	c.At = at
	h.nextSums = h.sum(h.next, c.Alignment)
	r, pairs := c.result()
	if s := c.capture(&r); s.What != "" && (overruled == nil || !overruled(s)) {
		r.Material, r.Reason, r.Detail, r.Suspect = false, model.ReasonCapture, s.What, true
		r.Suggested = model.Suggestion{Severity: model.Low, Why: []string{}}
		return r
	}
	switch redated := h.redated(); {
	case r.Material && !redated && !h.returns(&r):
		h.alternating(&r, c, pairs)
	case !r.Material && redated && otherReading:
		r.showDates(c)
	}
	return r
}

// redated reports whether a date line of the new text has a date that none of the
// versions remembered had: the platform says that it is another edition.
func (h *History) redated() bool {
	for _, date := range datesOf(h.next, h.nextSums) {
		if !slices.ContainsFunc(h.past, func(p Past) bool { return slices.Contains(p.dates, date) }) {
			return true
		}
	}
	return false
}

// showDates makes the clauses material that only differ in the date of a date line.
func (r *Result) showDates(c *comparison) {
	for i := range r.Clauses {
		if ch := &r.Clauses[i]; ch.Reason == model.ReasonDate {
			ch.Material, ch.Reason, ch.Detail = true, model.ReasonNone, ""
		}
	}
	r.Reason, r.Detail = model.ReasonNone, ""
	r.conclude(c)
}

// datesOf returns the dates of a text's date lines, which are among the clauses
// without a sum.
func datesOf(d *clause.Document, sums []Sum) (dates []string) {
	for i, s := range sums {
		if s != (Sum{}) || !rules.HasYear(d.Words(i)) {
			continue
		}
		visible := clause.Visible(d.Words(i))
		if rules.Default.Insubstantial(visible).Reason != model.ReasonDate {
			continue
		}
		for _, t := range redline.Tokens(visible) {
			if redline.IsDate(t) {
				dates = append(dates, dateKey(t))
			}
		}
	}
	return dates
}

// dateKey is a date without what is written in one way here and in another there.
func dateKey(date string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n\u00a0,.", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, date)
}

// Advance takes the text that Assess saw last as the last good version, seq,
// captured at a time.
func (h *History) Advance(seq int, at time.Time) {
	h.good, h.sums, h.text, h.next, h.nextSums = h.next, h.nextSums, h.next.Text, nil, nil
	h.remember(pastOf(seq, at, h.good, h.sums))
}

func (h *History) remember(p Past) {
	h.past = append([]Past{p}, h.past[:min(len(h.past), historyWindow-1)]...)
}

func pastOf(seq int, at time.Time, d *clause.Document, sums []Sum) Past {
	p := Past{Seq: seq, At: at, dates: datesOf(d, sums), clauses: make([]Sum, 0, len(sums))}
	for _, s := range sums {
		if s != (Sum{}) {
			p.clauses = append(p.clauses, s)
		}
	}
	slices.SortFunc(p.clauses, compareSums)
	all := sha256.New()
	for i := range p.clauses {
		all.Write(p.clauses[i][:])
	}
	p.Text = Sum(all.Sum(nil)[:16])
	return p
}

func compareSums(a, b Sum) int { return slices.Compare(a[:], b[:]) }

// sum makes the sums of a text's clauses; those that alignment reports as the same
// bytes in the same place as in the good version are not made again.
func (h *History) sum(d *clause.Document, alignment *clause.Alignment) []Sum {
	sums := make([]Sum, len(d.Clauses))
	var b []byte
	for j := range d.Clauses {
		if alignment != nil {
			if i := alignment.Identical(j); i != clause.None && h.sameSum(i, d, j, alignment) {
				sums[j] = h.sums[i]
				continue
			}
		}
		b = appendNormalized(b[:0], d, j)
		if len(b) > 0 {
			s := sha256.Sum256(b)
			sums[j] = Sum(s[:16])
		}
	}
	return sums
}

// sameSum reports whether the good version's clause i and a new clause j, which
// are the same bytes, have one sum: they are no list items, or the very same bytes
// are above both.
func (h *History) sameSum(i int, d *clause.Document, j int, alignment *clause.Alignment) bool {
	was, is := &h.good.Clauses[i], &d.Clauses[j]
	if was.Kind != clause.Item && is.Kind != clause.Item {
		return true
	}
	same := func(i, j int32) bool {
		if i == clause.None || j == clause.None {
			return i == j
		}
		return alignment.Identical(int(j)) == int(i)
	}
	return was.Kind == is.Kind && same(was.Under, is.Under) && same(was.Lead, is.Lead)
}

// appendNormalized appends the words of a clause: the visible ones in lower case and,
// for a list item, those that lead it in; nothing for page chrome and bare
// date lines.
func appendNormalized(dst []byte, d *clause.Document, i int) []byte {
	words := d.Words(i)
	dst = clause.AppendPlain(dst, words, clause.DepthLinks)
	if rules.Default.Insubstantial(string(dst)).Folded() {
		return dst[:0]
	}
	lower(dst)
	if c := &d.Clauses[i]; c.Kind == clause.Item {
		for _, k := range [2]int32{c.Under, c.Lead} {
			dst = append(dst, 0)
			if k != clause.None {
				n := len(dst)
				dst = clause.AppendPlain(dst, d.Words(int(k)), clause.DepthLinks)
				lower(dst[n:])
			}
		}
	}
	return dst
}

func lower(b []byte) {
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
}

// returns reports whether the new text goes back to a recent version, and if so
// makes the result a flap.
func (h *History) returns(r *Result) bool {
	sorted := make([]Sum, 0, len(h.nextSums))
	for _, s := range h.nextSums {
		if s != (Sum{}) {
			sorted = append(sorted, s)
		}
	}
	slices.SortFunc(sorted, compareSums)
	for k, p := range h.past {
		if k == 0 || k > flapWindow || p.clauses == nil || !slices.Equal(p.clauses, sorted) {
			continue
		}
		r.Material, r.Reason, r.Detail = false, model.ReasonFlap, fmt.Sprintf("goes back to version %d", p.Seq)
		for _, earlier := range h.past[min(k+1, len(h.past)):] {
			if earlier.Text == h.past[0].Text {
				r.Detail = fmt.Sprintf("alternates between versions %d and %d", p.Seq, h.past[0].Seq)
				break
			}
		}
		r.Suggested = model.Suggestion{Severity: model.Low, Why: []string{}}
		return true
	}
	return false
}

// alternating folds the clause changes that only repeat what these clauses did
// before: a clause that comes and goes with the variant of the page that was
// captured. The same coming, or going, must have been seen already.
func (h *History) alternating(r *Result, c *comparison, pairs []rules.Change) {
	if len(h.past) < 4 {
		return
	}
	folded := false
	for i := range r.Clauses {
		ch := &r.Clauses[i]
		if !ch.Material || pairs[i].OldN > 1 || pairs[i].NewN > 1 {
			continue
		}
		seq := 0
		switch ch.Kind {
		case model.Added:
			seq = h.came(h.nextSums[pairs[i].New])
		case model.Removed:
			seq = h.went(h.sums[pairs[i].Old])
		case model.Modified:
			if from, to := h.sums[pairs[i].Old], h.nextSums[pairs[i].New]; from != to {
				seq = min(h.came(to), h.went(from))
			}
		}
		if seq > 0 {
			ch.Material, ch.Reason, ch.Detail = false, model.ReasonFlap, fmt.Sprintf("comes and goes, as with version %d", seq)
			folded = true
		}
	}
	if folded {
		r.conclude(c)
		if !r.Material {
			r.Detail = "alternates between variants of the page"
		}
	}
}

// came returns the version in which a clause that is not in the good one
// appeared before, after a version without it; 0 when none did.
func (h *History) came(s Sum) int {
	for k := 1; k+1 < len(h.past) && s != (Sum{}); k++ {
		if h.past[k].has(s) && h.past[k+1].lacks(s) {
			return h.past[k].Seq
		}
	}
	return 0
}

// went returns the version in which a clause of the good one was gone before,
// after a version with it; 0 when none was.
func (h *History) went(s Sum) int {
	for k := 1; k+1 < len(h.past) && s != (Sum{}); k++ {
		if h.past[k].lacks(s) && h.past[k+1].has(s) {
			return h.past[k].Seq
		}
	}
	return 0
}

func (p *Past) has(s Sum) bool {
	_, found := slices.BinarySearchFunc(p.clauses, s, compareSums)
	return found
}

// lacks reports that a version was without a clause, which nobody knows of one
// that was not read.
func (p *Past) lacks(s Sum) bool { return p.clauses != nil && !p.has(s) }
