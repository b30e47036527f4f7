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
}

// stretches cuts a clause's two sides at the sentences that both have.
func stretches(c model.ClauseChange, old, new string, spans []model.Span) []stretch {
	if c.Old == nil || c.New == nil {
		return nil
	}
	from := begin(c)
	starts := [2][]int{sentenceStarts(old), sentenceStarts(new)}
	idle := redline.Idle(spans)
	var out []stretch
	now := stretch{from: from, to: from}
	cut := func(at point) {
		if now.to = at; now.from != at {
			out = append(out, now)
		}
		now = stretch{from: at, to: at}
	}
	at := point{}
	for i, s := range spans {
		if s.Op != model.Equal {
			now.marks = idle[i] && (now.marks || !now.changed)
			now.changed, now.words = true, true
			if s.Op == model.Delete {
				at.old += len(s.Text)
			} else {
				at.new += len(s.Text)
			}
			continue
		}
		begin := at
		for _, k := range both(&starts, at, len(s.Text)) {
			now.words = now.words || strings.TrimSpace(s.Text[at.old-begin.old:k]) != ""
			at = point{begin.old + k, begin.new + k}
			cut(point{from.old + at.old, from.new + at.new})
		}
		now.words = now.words || strings.TrimSpace(s.Text[at.old-begin.old:]) != ""
		at = point{begin.old + len(s.Text), begin.new + len(s.Text)}
	}
	cut(point{from.old + at.old, from.new + at.new})
	return out
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
	count    int // of the sentences in a fold
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

// after returns the stretch behind the first one of lo to hi with words.
func after(all []stretch, lo, hi int) int {
	for ; lo < hi; lo++ {
		if all[lo].words {
			return lo + 1
		}
	}
	return lo
}

// before returns the last stretch of lo to hi with words.
func before(all []stretch, lo, hi int) int {
	for hi > lo {
		if hi--; all[hi].words {
			return hi
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
	for _, s := range all[lo:hi] {
		if s.words {
			p.count++
		}
		if s.marks {
			p.marks++
		}
	}
	if p.count > 1 || p.count == 1 && p.to.new-p.from.new >= minFold {
		p.fold = p.from.new + 1
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
