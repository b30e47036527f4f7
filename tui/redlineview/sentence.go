package redlineview

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"fineprint/store/model"
	"fineprint/store/text/guard"
	"fineprint/store/text/redline"
)

// point is a place of both texts of a clause change.
type point struct{ old, new int }

// stretch is what is between two places at which a sentence begins on both sides: one
// sentence that both have, or what became of some.
type stretch struct {
	from, to point
	changed  bool
	marks    bool // what changed in it says nothing ([redline.Idle])
	words    bool // there is something to be read in it
	part     bool // it goes on the sentence of the stretch before it
	middle   bool // of a long sentence: no context of anything
}

// longSame is from how many bytes on what stays within a sentence is cut into its
// beginning and end, which have so many bytes for context, and a middle.
const longSame, context = 320, 110

// cutter cuts a clause into stretches.
type cutter struct {
	from, at point // where the clause begins, and how far behind that it is cut
	now      stretch
	out      []stretch
}

// stretches cuts a clause's two sides at the sentences that both have.
func stretches(c model.ClauseChange, old, new string, spans []model.Span) []stretch {
	if c.Old == nil || c.New == nil {
		return nil
	}
	starts := [2][]int{sentenceStarts(old), sentenceStarts(new)}
	idle := redline.Idle(spans)
	b := cutter{from: begin(c), now: stretch{from: begin(c)}}
	for i, s := range spans {
		if s.Op != model.Equal {
			b.now.marks = idle[i] && (b.now.marks || !b.now.changed)
			b.now.changed, b.now.words = true, true
			b.at = b.at.past(s)
			continue
		}
		done := 0
		for _, k := range both(&starts, b.at, len(s.Text)) {
			b.same(s.Text[done:k])
			b.cut(false)
			done = k
		}
		b.same(s.Text[done:])
	}
	b.cut(false)
	return b.out
}

// cut ends a stretch where the cutter is; part: the next one goes on its sentence.
func (b *cutter) cut(part bool) {
	at := point{b.from.old + b.at.old, b.from.new + b.at.new}
	if b.now.to = at; b.now.from != at {
		b.out = append(b.out, b.now)
	} else {
		part = b.now.part && part
	}
	b.now = stretch{from: at, part: part}
}

// same goes over text of one sentence that stays.
func (b *cutter) same(text string) {
	if len(text) > longSame {
		head := spaceAfter(text, context)
		tail := spaceAfter(text, len(text)-context)
		if 0 < head && head < tail {
			b.pass(text[:head])
			b.cut(true)
			b.pass(text[head:tail])
			b.now.middle = true
			b.cut(true)
			text = text[tail:]
		}
	}
	b.pass(text)
}

func (b *cutter) pass(text string) {
	b.now.words = b.now.words || strings.TrimSpace(text) != ""
	b.at = point{b.at.old + len(text), b.at.new + len(text)}
}

// spaceAfter returns where a word begins soon after a byte of a text, -1 when none does.
func spaceAfter(text string, at int) int {
	if i := strings.IndexByte(text[at:], ' '); i >= 0 && i < context/2 && at+i+1 < len(text) {
		return at + i + 1
	}
	return -1
}

// both takes from two lists of places those up to the end of a stretch of n bytes
// that both texts have, and returns which of them are in both lists, counted from the
// stretch's beginning. One at its end begins what comes after, and counts too.
func both(starts *[2][]int, at point, n int) []int {
	var out []int
	old, new := starts[0], starts[1]
	for len(old) > 0 && len(new) > 0 {
		switch x, y := old[0]-at.old, new[0]-at.new; {
		case x > n || y > n:
			starts[0], starts[1] = old, new
			return out
		case x < 0 || x < y:
			old = old[1:]
		case y < 0 || y < x:
			new = new[1:]
		default:
			out = append(out, x)
			if x == n { // what is inserted here may end as a sentence too
				starts[0], starts[1] = old, new
				return out
			}
			old, new = old[1:], new[1:]
		}
	}
	starts[0], starts[1] = old, new
	return out
}

// sentenceStarts lists where in a text sentences begin, as the comparing of texts
// cuts them, at which a line may break.
func sentenceStarts(text string) []int {
	tokens, _ := guard.Value(func() []string { return redline.Tokens(text) })
	out := []int{0}
	at, next := 0, 0
	for _, end := range redline.Sentences(tokens) {
		for ; next < end; next++ {
			at += len(tokens[next])
		}
		if at < len(text) && breaks(text, at) {
			out = append(out, at)
		}
	}
	return append(out, len(text))
}

// breaks reports whether a line may break before a byte of a text.
func breaks(text string, at int) bool {
	switch text[at-1] {
	case ' ', '\n', '\t':
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return unicode.IsLetter(after) && breakable(before, after)
}

// piece is a part of a clause as it is laid out: stretches that are shown, or some
// that may be folded.
type piece struct {
	from, to point
	fold     int // what names the fold in its item, 0 for what is always shown
	count    int // of the sentences in a fold, 0 for a part of one
	marks    int // of those, the ones whose marks alone changed
}

// minFold is from how many bytes on a single sentence is folded.
const minFold = 120

// pieces shares a clause's stretches out: of the unchanged ones before, between and
// after those that changed, the one next to what changed stays.
func pieces(all []stretch) []piece {
	var out []piece
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && all[j].same() {
			j++
		}
		lo, hi := i, j
		if i > 0 {
			lo = after(all, i, j)
		}
		if j < len(all) {
			hi = before(all, lo, j)
		}
		if p := toFold(all, lo, hi); p.fold > 0 && (i > 0 || j < len(all)) {
			out = append(out, p)
		}
		for i = j; i < len(all) && !all[i].same(); i++ {
			continue
		}
	}
	return fill(all, out)
}

// same reports whether a stretch may be folded: nothing in it changed that says
// something.
func (s stretch) same() bool { return !s.changed || s.marks }

// after returns the stretch behind the first one of lo to hi with words, which is the
// context of what changed before it.
func after(all []stretch, lo, hi int) int {
	for k := lo; k < hi && !all[k].middle; k++ {
		if all[k].words {
			return k + 1
		}
	}
	return lo
}

// before returns the last stretch of lo to hi with words.
func before(all []stretch, lo, hi int) int {
	for k := hi - 1; k >= lo && !all[k].middle; k-- {
		if all[k].words {
			return k
		}
	}
	return hi
}

// toFold makes a fold of stretches lo to hi, where that saves a row.
func toFold(all []stretch, lo, hi int) piece {
	if lo >= hi {
		return piece{}
	}
	p := piece{from: all[lo].from, to: all[hi-1].to}
	for i, s := range all[lo:hi] {
		if s.words && (!s.part || i == 0) {
			p.count++
		}
		if s.marks {
			p.marks++
		}
	}
	if p.count > 1 || p.to.new-p.from.new >= minFold {
		p.fold = p.from.new + 1
	}
	if p.count == 1 && (all[lo].part || hi < len(all) && all[hi].part) {
		p.count = 0
	}
	return p
}

// fill puts between folds what is shown.
func fill(all []stretch, folds []piece) []piece {
	if len(all) == 0 {
		return nil
	}
	var out []piece
	at, end := all[0].from, all[len(all)-1].to
	for _, p := range folds {
		if at != p.from {
			out = append(out, piece{from: at, to: p.from})
		}
		out = append(out, p)
		at = p.to
	}
	if at != end {
		out = append(out, piece{from: at, to: end})
	}
	return out
}

// atom returns the first atom of a flow that begins at or after a place of both texts;
// at the end of the clause (piece.to of the last), none.
func (f *flow) atom(at point) int {
	return sort.Search(len(f.atoms), func(i int) bool {
		r := &f.runs[f.atoms[i].lo]
		return r.old >= at.old && r.new >= at.new
	})
}

// cellsBefore is how many cells the atoms before one take in one line.
func (f *flow) cellsBefore(atom int) int {
	if f.before == nil {
		f.before = make([]int, len(f.atoms)+1)
		for i, a := range f.atoms {
			f.before[i+1] = f.before[i] + a.width
			if a.gap == space {
				f.before[i+1]++
			}
		}
	}
	return f.before[atom]
}
