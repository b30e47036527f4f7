package stated

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fineprint/store/model"
)

// context is what stands around a date in its sentence, in lower case.
type context struct {
	spot        spot
	begin, end  int    // of the sentence
	left, right string // up to the next dates
	only        bool   // the only date of the sentence
}

// contextOf cuts out the sentence around a date.
func contextOf(low string, spots []spot, i int, at breakSet) context {
	c := context{spot: spots[i], only: true}
	from, to := 0, len(low)
	if i > 0 {
		from = spots[i-1].to
	}
	if i+1 < len(spots) {
		to = spots[i+1].from
	}
	begin := lastBreak(low[from:c.spot.from], at)
	c.begin = from + max(begin, 0)
	c.end = c.spot.to + firstBreak(low[c.spot.to:to], at)
	c.left, c.right = low[c.begin:c.spot.from], low[c.spot.to:c.end]
	if begin < 0 && i > 0 { // the sentence began before the date before
		c.only = false
		prev := contextOf(low, spots, i-1, at)
		c.begin = prev.begin
	}
	if c.end == to && i+1 < len(spots) {
		c.only = false
	}
	return c
}

// lastBreak is where the sentence begins that a stretch ends in, -1 when it's one from
// before the stretch.
func lastBreak(s string, at breakSet) int {
	for i := len(s); i > 0; {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		if breaks(s, i-n, r, at) {
			return i
		}
		i -= n
	}
	return -1
}

// firstBreak is where the sentence ends that a stretch begins in.
func firstBreak(s string, at breakSet) int {
	for i, r := range s {
		if breaks(s, i, r, at) {
			return i
		}
	}
	return len(s)
}

// breakSet is what parts of a line are kept apart by.
type breakSet int

const (
	atSentences breakSet = iota // the end of a sentence, and what stands between cells
	atBrackets                  // brackets as well
	atNothing                   // nothing at all
)

// breaks reports whether a sentence, or a part of a line that is one of its own, ends
// with the letter at i.
func breaks(s string, i int, r rune, at breakSet) bool {
	switch r {
	case '[', ']', '(', ')', '（', '）':
		return at == atBrackets
	case '|', '•', '·', '。', '！', '？', '；', ';', '!', '?', '>':
		return at != atNothing
	case '.':
		if at == atNothing {
			return false
		}
		if i+1 == len(s) {
			return true
		}
		if s[i+1] != ' ' {
			return false
		}
		prev, _ := utf8.DecodeLastRuneInString(s[:i])
		if !unicode.IsLetter(prev) && prev != '"' && prev != '”' {
			return i == 0 || unicode.IsDigit(prev) && i > 2
		}
		word := s[strings.LastIndexAny(s[:i], " .")+1 : i]
		return utf8.RuneCountInString(word) > 2
	}
	return false
}

// hit is a cue in a line.
type hit struct {
	kind     model.StatedKind
	from, to int
	weak     bool
	other    bool // see cue
}

// nearestCue is the cue that the date is of: the nearest before it, else after it. One
// that says more goes before a bare word such as "date".
func (c context) nearestCue() hit {
	var best hit
	eachCue(c.left, before, func(q cue, from, to int) {
		at := hit{q.kind, c.begin0() + from, c.begin0() + to, weak[q.words], q.other}
		if best.kind == "" || at.rank() > best.rank() || at.rank() == best.rank() && at.to >= best.to && !best.contains(at) {
			best = at
		}
	})
	if best.kind != "" && !best.weak && best.kind != model.StatedDated {
		return best
	}
	var right hit
	eachCue(c.right, after, func(q cue, from, to int) {
		at := hit{q.kind, c.spot.to + from, c.spot.to + to, weak[q.words], q.other}
		if right.kind == "" || right.from == at.from && at.to > right.to {
			right = at
		}
	})
	if right.kind != "" && (best.kind == "" || !right.weak) {
		return right
	}
	return best
}

// begin0 is where left begins in the line.
func (c context) begin0() int { return c.spot.from - len(c.left) }

// rank orders cues by how much they say.
func (h hit) rank() int {
	switch {
	case h.kind == model.StatedDated:
		return 0
	case h.weak:
		return 1
	}
	return 2
}

func (h hit) contains(o hit) bool { return o.from >= h.from && o.to <= h.to }

// weak are cues that say so in a stamp only.
var weak = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range listOf("as of|as at|version|rev|update|updates|version of|stand|in effect|in force|modified|posted|issued|" +
		"published|in kraft|i kraft|in vigore|voimassa|alkaen|applicable to you|starting on|effect on|revision|" +
		"changed on|created on|en vigueur|en vigor|em vigor|wirksam|gültig|efectivo|efectiva|effectief|действует|" +
		"modificat la|current at|publié|veröffentlicht|更新|公布|发布|發布|改定|개정|공고|시행|érvényes|applicable au|" +
		"gäller för|valid from|modifié|modificado|modificada|voimaan") {
		m[w] = true
	}
	return m
}()

// sort of statement that a sentence with a date is.
type statement int

const (
	nothing statement = iota
	stamp
	sentence
)

// of finds out what the sentence is: a stamp is short and stands on a short line; a
// sentence is about the document and has its cue near the date.
func (c context) of(low string, most int, short bool) statement {
	words := countWords(c.left) + countWords(c.right)
	hit := c.nearestCue()
	if words <= most && (short || !hit.weak) && c.isStamp(hit) && (!hit.weak || c.leads(hit)) {
		return stamp
	}
	if hit.weak || hit.kind == model.StatedDated {
		return nothing
	}
	near := hit.to <= c.spot.from && c.spot.from-hit.to <= nearWords || hit.from >= c.spot.to && hit.from-c.spot.to <= nearWords
	if near && subjects.in(low[c.begin:c.end]) {
		return sentence
	}
	return nothing
}

// leads reports whether nothing stands before a cue but what names the document.
func (c context) leads(h hit) bool {
	if h.from >= c.spot.to {
		return true
	}
	lead := c.left[:h.from-c.begin0()]
	return countWords(lead) == 0 || subjects.in(lead)
}

// isStamp reports whether a cue is next to its date, with few words between.
func (c context) isStamp(h hit) bool {
	between := ""
	switch {
	case h.to <= c.spot.from:
		between = c.left[h.to-c.begin0():]
	case h.from >= c.spot.to:
		between = c.right[:h.from-c.spot.to]
	}
	return countWords(between) <= 5
}

// beginsRange reports whether the date is the first one of a time from one day to
// another.
func (c context) beginsRange() bool {
	rest := strings.TrimLeft(c.right, " ,")
	if c.only {
		return false
	}
	for _, w := range []string{"until ", "till ", "to ", "through ", "- ", "– ", "-", "–", "— ", "bis ", "au ", "al ", "hasta ",
		"até ", "tot ", "do ", "and ", "~ ", "～"} {
		if strings.HasPrefix(rest, w) && len(rest) <= len(w)+14 {
			return true
		}
	}
	return false
}

// froms lead in the day from which something is done.
var froms = listOf("from|starting|starting on|starting from|beginning|beginning on|as of|effective|effective as of|commencing|" +
	"with effect from|from and after|on or after|ab|ab dem|seit dem|mit wirkung vom|à compter du|à partir du|dès le|a partir del|" +
	"a partir de|desde el|dal|a decorrere dal|a partire dal|vanaf|met ingang van|per|od|od dnia|från och med|från|fra|fra og med|" +
	"с|начиная с|з|починаючи з|from the")
