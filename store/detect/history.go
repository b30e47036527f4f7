package detect

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
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
	// maxDirections is how many turns a History knows to have been shown.
	maxDirections = 8
)

// LongStanding is how long a text must have stood for its end to be news, though the
// one that takes its place is known.
const LongStanding = 14 * 24 * time.Hour

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
	clauses []Sum     // sorted; nil of one that was not read
	lines   []lineSum // the same in reading order; nil of one that was not read
	dates   []string  // of its date lines
}

// Stood reports whether the version has stood for long at a time.
func (p *Past) Stood(at time.Time) bool { return !p.At.IsZero() && at.Sub(p.At) >= LongStanding }

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
	nextPast Past // without its number and time

	shown      []Direction // oldest first
	placeRules []PlaceRule // of the analyst
	memo       memo        // what does not depend on any of the above
}

// Direction is a step of a document from one text to another, by their sums.
type Direction struct{ From, To Sum }

// Shown returns the directions in which the document was seen to go by changes
// that were shown, as far as they are remembered; [History.Remind] takes them back.
func (h *History) Shown() []Direction { return h.shown }

// Remind sets the directions that were shown.
func (h *History) Remind(shown []Direction) { h.shown = shown }

// Show notes that a change in a direction was shown.
func (h *History) Show(d Direction) {
	if h.WasShown(d) {
		return
	}
	n := max(len(h.shown)+1-maxDirections, 0)
	h.shown = append(slices.Clone(h.shown[n:]), d)
}

// WasShown reports whether a change in a direction was shown, as far as is
// remembered.
func (h *History) WasShown(d Direction) bool { return slices.Contains(h.shown, d) }

// Last returns the last good version; it is zero when there is none.
func (h *History) Last() Past {
	if len(h.past) == 0 {
		return Past{}
	}
	return h.past[0]
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
		n += h.good.Size() - len(h.good.Text) // which is the text
	}
	for i := range h.past {
		n += 16*len(h.past[i].clauses) + 4*len(h.past[i].lines)
	}
	return n + h.memo.size()
}

// Seen notes that the good text was captured again, as version seq.
func (h *History) Seen(seq int) {
	h.past = slices.Clone(h.past)
	h.past[0].Seq = seq
}

// Start takes a text, captured at a time, as good without a comparison: a document's
// first, or one that only the archive's or our own extraction changed.
func (h *History) Start(seq int, at time.Time, text string) {
	h.read()
	var alignment *clause.Alignment
	if h.good == nil {
		h.next = clause.Split(text)
	} else {
		h.next = clause.SplitBeside(h.good, text)
		alignment = clause.Unchanged(h.good, h.next)
	}
	h.nextSums, h.nextPast = h.summed(h.next, alignment)
	h.Advance(seq, at)
}

// Adopt takes a text as good without looking at it, because it, or what it was
// compared with, makes the comparer fail. Its clauses are read when the next text
// comes.
func (h *History) Adopt(seq int, at time.Time, text string) {
	h.text, h.good, h.sums, h.next, h.nextSums, h.nextPast = text, nil, nil, nil, nil, Past{}
	h.remember(Past{Seq: seq, At: at})
}

// read splits a good text that was taken without being looked at.
func (h *History) read() {
	if h.good != nil || h.text == "" {
		return
	}
	h.good = clause.Split(h.text)
	sums, read := h.summed(h.good, nil)
	h.sums, h.past = sums, slices.Clone(h.past)
	read.Seq, read.At = h.past[0].Seq, h.past[0].At
	h.past[0] = read
}

// Assess compares a text that was captured at a time with the last good version and
// reports, by the versions before, whether it is a change at all. Of one that was
// read in another way than the good version little need be new; a date line with a
// date that no version before had gives away that it is another edition. A text that
// looks like a bad capture is a Suspect, unless overruled reports otherwise (nil:
// never). [History.Advance] makes the text the good one.
func (h *History) Assess(at time.Time, text string, otherReading bool, overruled func(Suspicion) bool) Result {
	h.read()
	pair := h.assess(at, text)
	c, r, pairs := pair.at(at)
	h.next, h.nextSums, h.nextPast = c.New, pair.sums, pair.past
	r.Direction = Direction{h.past[0].Text, h.nextPast.Text}
	if s := pair.suspicion; s.What != "" && (overruled == nil || !overruled(s)) {
		r.Material, r.Reason, r.Detail, r.Suspect = false, model.ReasonCapture, s.What, true
		r.Suggested = model.Suggestion{Severity: model.Low, Why: []string{}}
		return r
	}
	r.NotTerms = h.isNoTerms(c)
	switch redated := h.redated(); {
	case r.Material && !redated && !h.returns(&r, at, otherReading) && !r.NotTerms:
		if h.alternating(&r, c, pairs); r.Material {
			h.churning(&r, c, pairs)
		}
	case !r.Material && redated && otherReading:
		r.showDates(c)
	}
	if r.NotTerms && r.Material {
		r.foldNoTerms(c)
	}
	if r.Reason != model.ReasonFlap {
		h.applyRules(&r, c, pairs)
	}
	h.describe(at, &r, c, pairs)
	return r
}

// redated reports whether a date line of the new text has a date that none of the
// versions remembered had: the platform says that it is another edition.
func (h *History) redated() bool {
	for _, date := range h.nextPast.dates {
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
		visible := d.Visible(i)
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
	p := h.nextPast
	p.Seq, p.At = seq, at
	h.good, h.sums, h.text, h.next, h.nextSums, h.nextPast = h.next, h.nextSums, h.next.Text, nil, nil, Past{}
	h.remember(p)
}

func (h *History) remember(p Past) {
	h.past = append([]Past{p}, h.past[:min(len(h.past), historyWindow-1)]...)
}

func compareSums(a, b Sum) int {
	return cmp.Or(cmp.Compare(binary.BigEndian.Uint64(a[:]), binary.BigEndian.Uint64(b[:])),
		cmp.Compare(binary.BigEndian.Uint64(a[8:]), binary.BigEndian.Uint64(b[8:])))
}

// summed makes the sums of a text's clauses, and what is remembered of it but its
// number and time. Sums of clauses that alignment, nil for none, pairs with one of the
// good version that says the same are not made again, and the good version's order is
// kept of them.
func (h *History) summed(d *clause.Document, alignment *clause.Alignment) ([]Sum, Past) {
	sums, kept := make([]Sum, len(d.Clauses)), []bool(nil)
	var came, gone, sorted []Sum
	if alignment != nil {
		kept, sorted = make([]bool, len(h.sums)), h.past[0].clauses
	}
	var b []byte
	for j := range d.Clauses {
		if alignment != nil {
			if i := alignment.Origin(j); i != clause.None && !kept[i] && h.sameSum(i, d, j, alignment) {
				sums[j], kept[i] = h.sums[i], true
				continue
			}
		}
		b = appendNormalized(b[:0], d, j)
		if len(b) > 0 {
			s := sha256.Sum256(b)
			sums[j] = withProse(Sum(s[:16]), b)
			came = append(came, sums[j])
		}
	}
	for i, s := range h.sums[:len(kept)] {
		if !kept[i] && s != (Sum{}) {
			gone = append(gone, s)
		}
	}
	p := Past{dates: datesOf(d, sums), lines: lineSums(sums), clauses: replaced(sorted, gone, came)}
	if alignment != nil && len(came)+len(gone) == 0 {
		p.Text = h.past[0].Text
		return sums, p
	}
	all := sha256.New()
	for i := range p.clauses {
		all.Write(p.clauses[i][:])
	}
	p.Text = Sum(all.Sum(nil)[:16])
	return sums, p
}

// replaced returns a sorted list with some sums, which are in it, replaced by others;
// the list itself where there are none.
func replaced(sorted, gone, came []Sum) []Sum {
	if sorted != nil && len(gone)+len(came) == 0 {
		return sorted
	}
	slices.SortFunc(gone, compareSums)
	slices.SortFunc(came, compareSums)
	out := make([]Sum, 0, len(sorted)-len(gone)+len(came))
	for _, s := range sorted {
		if len(gone) > 0 && gone[0] == s {
			gone = gone[1:]
			continue
		}
		for len(came) > 0 && compareSums(came[0], s) < 0 {
			out, came = append(out, came[0]), came[1:]
		}
		out = append(out, s)
	}
	return append(out, came...)
}

// sameSum reports whether the good version's clause i and its partner j have one sum:
// the same visible words and, above list items, the same as well.
func (h *History) sameSum(i int, d *clause.Document, j int, alignment *clause.Alignment) bool {
	says := func(i, j int) bool {
		return alignment.Identical(j) == i || h.good.Visible(i) == d.Visible(j)
	}
	above := func(i, j int32) bool {
		if i == clause.None || j == clause.None {
			return i == j
		}
		return says(int(i), int(j))
	}
	was, is := &h.good.Clauses[i], &d.Clauses[j]
	return (was.Kind == clause.Item) == (is.Kind == clause.Item) && says(i, j) &&
		(is.Kind != clause.Item || above(was.Under, is.Under) && above(was.Lead, is.Lead))
}

// appendNormalized appends the words of a clause: the visible ones in lower case and,
// for a list item, those that lead it in; nothing for page chrome and bare
// date lines.
func appendNormalized(dst []byte, d *clause.Document, i int) []byte {
	visible := d.Visible(i)
	if rules.Default.Insubstantial(visible).Folded() {
		return dst
	}
	dst = append(dst, visible...)
	lower(dst)
	if c := &d.Clauses[i]; c.Kind == clause.Item {
		for _, k := range [2]int32{c.Under, c.Lead} {
			dst = append(dst, 0)
			if k != clause.None {
				n := len(dst)
				dst = append(dst, d.Visible(int(k))...)
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

// returns reports whether the new text goes back to a recent version. If so the
// result is a flap, unless the text that goes has stood for long and was never shown
// to go that way: that is news. What an archive reads anew may be a page of long ago,
// so that its time tells nothing.
func (h *History) returns(r *Result, at time.Time, otherReading bool) bool {
	newest := 0
	for k, p := range h.past {
		if k > 0 && k <= flapWindow && p.clauses != nil && slices.Equal(p.clauses, h.nextPast.clauses) {
			r.Back = append(r.Back, p.Seq)
			newest = cmp.Or(newest, k)
		}
	}
	if len(r.Back) == 0 {
		return false
	}
	from := &h.past[0]
	if !otherReading && from.Stood(at) && !h.WasShown(r.Direction) {
		r.Detail = fmt.Sprintf("goes back to version %d after %d days", r.Back[0], int(at.Sub(from.At).Hours()/24))
		return true
	}
	r.Material, r.Reason, r.Detail = false, model.ReasonFlap, fmt.Sprintf("goes back to version %d", r.Back[0])
	if slices.ContainsFunc(h.past[newest+1:], func(p Past) bool { return p.Text == from.Text }) {
		r.Detail = fmt.Sprintf("alternates between versions %d and %d", r.Back[0], from.Seq)
	}
	r.Suggested = model.Suggestion{Severity: model.Low, Why: []string{}}
	return true
}

// alternating folds the clause changes that only repeat what these clauses did
// before: a clause that comes and goes with the variant of the page that was
// captured. The same coming, or going, must have been seen already, and what came or
// went with the clause then must do so again.
func (h *History) alternating(r *Result, c *comparison, pairs []rules.Change) {
	if len(h.past) < 4 {
		return
	}
	turns := turnsOf(h)
	folded := false
	for i := range r.Clauses {
		ch := &r.Clauses[i]
		if !ch.Material || pairs[i].OldN > 1 || pairs[i].NewN > 1 {
			continue
		}
		with := 0
		switch ch.Kind {
		case model.Added:
			with = turns.came(h.nextSums[pairs[i].New])
		case model.Removed:
			with = turns.went(h.sums[pairs[i].Old])
		case model.Modified:
			if from, to := h.sums[pairs[i].Old], h.nextSums[pairs[i].New]; from != to {
				with = turns.both(to, from)
			}
		}
		if with > 0 {
			ch.Material, ch.Reason = false, model.ReasonFlap
			ch.Detail = fmt.Sprintf("comes and goes, as with version %d", h.past[with].Seq)
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

func (p *Past) has(s Sum) bool {
	_, found := slices.BinarySearchFunc(p.clauses, s, compareSums)
	return found
}

// lacks reports that a version was without a clause, which nobody knows of one
// that was not read.
func (p *Past) lacks(s Sum) bool { return p.clauses != nil && !p.has(s) }
