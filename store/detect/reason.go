package detect

import (
	"bytes"
	"net/url"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/net/publicsuffix"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// immaterial returns why the difference of two clauses says nothing new, with
// what gave it away where that isn't plain, or ReasonNone when it may say
// something. The least that must be taken away for both to be the same names the
// reason; what differs after all of it must be, word by word, of a kind that
// says nothing. sameWords says that their visible words are known to be the
// same.
func immaterial(old, new string, sameWords bool) (model.Reason, string) {
	b := buffers.Get().(*buffer)
	defer buffers.Put(b)
	if !sameWords && !b.same(old, new, clause.DepthLinks) {
		x, y := string(b.old), string(b.new)
		if x == "" || y == "" {
			return model.ReasonNone, "" // words appeared or went
		}
		return sameSaying(x, y)
	}
	for _, step := range []struct {
		depth  clause.Depth
		reason model.Reason // of what only differs at this depth
	}{
		{clause.DepthMarkup, model.ReasonLink},
		{clause.DepthTypography, model.ReasonFormatting},
		{clause.DepthSpace, model.ReasonTypography},
	} {
		if !b.same(old, new, step.depth) {
			return step.reason, ""
		}
	}
	return model.ReasonWhitespace, ""
}

// same reports whether two texts are the same at a depth, and leaves what they
// are there in the buffer.
func (b *buffer) same(old, new string, depth clause.Depth) bool {
	b.old = clause.AppendPlain(b.old[:0], old, depth)
	b.new = clause.AppendPlain(b.new[:0], new, depth)
	return bytes.Equal(b.old, b.new)
}

type buffer struct{ old, new []byte }

var buffers = sync.Pool{New: func() any { return &buffer{} }}

// emptyWords is immaterial for a clause that stands on one side only, by its
// visible words.
func emptyWords(v string) (model.Reason, string) {
	if v == "" {
		return model.ReasonFormatting, ""
	}
	if strings.IndexFunc(v, isWordRune) < 0 {
		return model.ReasonTypography, ""
	}
	if reason, detail := saysNothing(v); reason != model.ReasonNone {
		return reason, detail
	}
	return model.ReasonNone, ""
}

// sameSaying compares the visible words of two clauses.
func sameSaying(x, y string) (model.Reason, string) {
	a, b := redline.Tokens(x), redline.Tokens(y)
	if reason := sameWords(a, b); reason != model.ReasonNone {
		return reason, ""
	}
	if ux, uy := clause.Unnumbered(x), clause.Unnumbered(y); ux != x || uy != y {
		if ux == uy || sameWords(redline.Tokens(ux), redline.Tokens(uy)) != model.ReasonNone {
			return model.ReasonNumbering, ""
		}
	}
	if len(x) < maxFurniture && len(y) < maxFurniture {
		if what := volatile(x); what != "" && volatile(y) != "" {
			return model.ReasonBoilerplate, what
		}
	}
	return sameButFor(a, b)
}

// sameWords compares only words and numbers: what differs then is punctuation,
// spaces between words, or case.
func sameWords(a, b []string) model.Reason {
	x, y := wordsOnly(a), wordsOnly(b)
	if len(x) == len(y) {
		exact, fold := true, true
		for i := range x {
			if x[i] != y[i] {
				exact = false
				if !strings.EqualFold(x[i], y[i]) {
					fold = false
					break
				}
			}
		}
		switch {
		case exact:
			return model.ReasonTypography
		case fold:
			return model.ReasonCase
		}
	}
	if runTogether(x, y) {
		return model.ReasonWhitespace
	}
	return model.ReasonNone
}

func wordsOnly(tokens []string) []string {
	out := make([]string, 0, len(tokens)/2+1)
	for _, t := range tokens {
		if redline.IsWord(t) {
			out = append(out, t)
		}
	}
	return out
}

// runTogether reports whether two lists of words differ only in where spaces
// stand between letters: "Civic participationClimate change". Spaces beside
// digits count: "1 5" is not "15".
func runTogether(x, y []string) bool {
	i, j := 0, 0
	var restX, restY string
	for i < len(x) || j < len(y) || restX != "" || restY != "" {
		if restX == "" {
			if i == len(x) {
				return false
			}
			restX, i = x[i], i+1
		}
		if restY == "" {
			if j == len(y) {
				return false
			}
			restY, j = y[j], j+1
		}
		n := min(len(restX), len(restY))
		if restX[:n] != restY[:n] {
			return false
		}
		if len(restX) != len(restY) {
			longer := restX
			if len(restY) > n {
				longer = restY
			}
			if isDigitByte(longer[n-1]) || isDigitByte(longer[n]) {
				return false
			}
		}
		restX, restY = restX[n:], restY[n:]
	}
	return true
}

func isDigitByte(c byte) bool { return c >= '0' && c <= '9' }

// sameButFor looks at each stretch of tokens that differs. All of them must be
// of a kind that says nothing; the first one's reason is the clause's, a date's
// before others.
func sameButFor(a, b []string) (model.Reason, string) {
	if otherWords(a, b) {
		return model.ReasonNone, ""
	}
	runs, coarse := redline.Match(a, b)
	if coarse {
		return model.ReasonNone, ""
	}
	reason, detail := model.ReasonNone, ""
	i, j := 0, 0
	for _, r := range append(runs, redline.Run{Old: len(a), New: len(b)}) {
		if r.Old > i || r.New > j {
			d := difference{old: a, new: b, i0: i, i1: r.Old, j0: j, j1: r.New}
			why, what := d.reason()
			if why == model.ReasonNone {
				return model.ReasonNone, ""
			}
			if reason == model.ReasonNone || rank(why) > rank(reason) {
				reason, detail = why, what
			}
		}
		i, j = r.Old+r.N, r.New+r.N
	}
	return reason, detail
}

// otherWords reports whether one side has a word that the other has not at all
// and that is of none of the kinds that say nothing. It spares comparing in
// order what plainly says something else.
func otherWords(a, b []string) bool {
	const onA, onB = 1, 2
	sides := make(map[string]uint8, len(a)/2)
	note := func(tokens []string, side uint8) {
		for _, t := range tokens {
			if len(t) >= 4 && plainWord(t) {
				if t[0] >= 'A' && t[0] <= 'Z' {
					t = strings.ToLower(t)
				}
				sides[t] |= side
			}
		}
	}
	note(a, onA)
	note(b, onB)
	for w, on := range sides {
		if on != onA|onB && !stampWords[w] && !relativeWords[w] && !redline.IsMonth(w) {
			return true
		}
	}
	return false
}

// relativeWords are the words of relative times, counters and obfuscated
// addresses.
var relativeWords = set("second seconds minute minutes hour hours days week weeks month months year years yesterday today just about over almost last " +
	"email protected copyright views view comments comment likes shares replies votes followers ratings reviews read section article clause")

// plainWord reports whether a token is letters of ASCII alone, in one case but
// for the first: what several words without a space between them are not.
func plainWord(t string) bool {
	for i := range len(t) {
		if c := t[i]; !(c >= 'a' && c <= 'z' || i == 0 && c >= 'A' && c <= 'Z') {
			return false
		}
	}
	return true
}

// rank orders the reasons of one clause's differences: the one that says most
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

// difference is a stretch of tokens old[i0:i1] in place of which stands
// new[j0:j1].
type difference struct {
	old, new       []string
	i0, i1, j0, j1 int
}

func (d difference) reason() (model.Reason, string) {
	del, ins := d.old[d.i0:d.i1], d.new[d.j0:d.j1]
	if why := sameWords(del, ins); why != model.ReasonNone {
		return why, ""
	}
	if d.labels() {
		return model.ReasonNumbering, ""
	}
	if d.stamp() {
		return model.ReasonDate, ""
	}
	if what := d.boilerplate(); what != "" {
		return model.ReasonBoilerplate, what
	}
	if sameAddress(del, ins) {
		return model.ReasonLink, ""
	}
	if d.doubled() {
		return model.ReasonTypography, "a doubled word"
	}
	return model.ReasonNone, ""
}

// doubled reports whether one side only lacks a word that the other has twice
// in a row. What would turn a sentence around doesn't count.
func (d difference) doubled() bool {
	x, y := wordsOnly(d.old[d.i0:d.i1]), wordsOnly(d.new[d.j0:d.j1])
	side, from, to := d.old, d.i0, d.i1
	if len(x) == 0 {
		x, y = y, x
		side, from, to = d.new, d.j0, d.j1
	}
	if len(x) != 1 || len(y) != 0 || redline.Weighty(x[0]) {
		return false
	}
	return strings.EqualFold(wordBefore(side, from), x[0]) || strings.EqualFold(wordAfter(side, to), x[0])
}

func wordBefore(tokens []string, i int) string {
	for i--; i >= 0 && redline.IsSpace(tokens[i]); i-- {
	}
	if i < 0 {
		return ""
	}
	return tokens[i]
}

func wordAfter(tokens []string, i int) string {
	for ; i < len(tokens) && redline.IsSpace(tokens[i]); i++ {
	}
	if i == len(tokens) {
		return ""
	}
	return tokens[i]
}

// labels reports whether only the number at the clause's start differs.
func (d difference) labels() bool {
	if d.i0 > 1 || d.j0 > 1 {
		return false
	}
	x, y := strings.Join(d.old, ""), strings.Join(d.new, "")
	n, m := len(x)-len(clause.Unnumbered(x)), len(y)-len(clause.Unnumbered(y))
	return (n > 0 || m > 0) && len(strings.Join(d.old[:d.i1], "")) <= n && len(strings.Join(d.new[:d.j1], "")) <= m
}

// sameAddress reports whether two stretches are one address each, at the same
// organisation: which of its pages is linked says nothing by itself.
func sameAddress(del, ins []string) bool {
	x, y := wordsOnly(del), wordsOnly(ins)
	return len(x) == 1 && len(y) == 1 && domain(x[0]) != "" && domain(x[0]) == domain(y[0])
}

// domain is the registered domain of an address, "" for what is none.
func domain(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	d, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(u.Hostname()))
	if err != nil {
		return ""
	}
	return d
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
