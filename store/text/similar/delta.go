package similar

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

const (
	// fewWords is below how many changed words those around them count too.
	fewWords = 8
	// around is how many words on each side count then.
	around = 4
)

// reader makes deltas, one after the other in the same memory: each is good until the
// next one.
type reader struct {
	plain, lower  []byte
	tokens        []string
	before, after []string // the words of both sides
	delta         delta
	sum           []byte // what a delta's sum is of
	most          int    // how much of tokens, before and after was used
	sketch        sketch
}

var readers = sync.Pool{New: func() any { return &reader{} }}

// release lets go of the texts that were read and gives the reader back to be used
// again.
func (r *reader) release() {
	for _, list := range [][]string{r.tokens, r.before, r.after} {
		clear(list[:min(r.most, cap(list))])
	}
	clear(r.delta[:min(2*r.most, cap(r.delta))])
	r.most = 0
	readers.Put(r)
}

// deltaOf lists what a clause change does to words. Where nothing is left of it
// when case, typography and markup are made plain, it is what it does to the
// text as it is.
func (r *reader) deltaOf(old, new string, c *model.ClauseChange) delta {
	var was, is string
	if c.Old != nil {
		was = old[c.Old.Start:c.Old.End]
	}
	if c.New != nil {
		is = new[c.New.Start:c.New.End]
	}
	r.delta = r.delta[:0]
	r.before, r.after = r.appendPlain(r.before[:0], was), r.appendPlain(r.after[:0], is)
	if r.differing(r.before, r.after); len(r.delta) > 0 {
		return r.withHeading(c)
	}
	if c.Kind == model.Moved {
		r.all('>', r.after)
		return r.delta
	}
	r.before, r.after = redline.AppendTokens(r.before[:0], was), redline.AppendTokens(r.after[:0], is)
	r.differing(r.before, r.after)
	r.most = max(r.most, len(r.before), len(r.after))
	return r.delta
}

// appendPlain appends the visible words of a text in lower case.
func (r *reader) appendPlain(dst []string, s string) []string {
	if s == "" {
		return dst
	}
	r.plain = clause.AppendPlain(r.plain[:0], s, clause.DepthLinks)
	r.lower = appendLower(r.lower[:0], r.plain)
	r.tokens = redline.AppendTokens(r.tokens[:0], string(r.lower))
	r.most = max(r.most, len(r.tokens))
	for _, t := range r.tokens {
		if redline.IsWord(t) {
			dst = append(dst, t)
		}
	}
	return dst
}

// appendLower appends [bytes.ToLower] of s.
func appendLower(dst, s []byte) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			dst = append(dst, c)
			i++
			continue
		}
		char, n := utf8.DecodeRune(s[i:])
		dst = utf8.AppendRune(dst, unicode.ToLower(char))
		i += n
	}
	return dst
}

func (r *reader) all(op byte, words []string) {
	for _, w := range words {
		r.delta = append(r.delta, step{op, w})
	}
}

// differing lists the words of a and b that the other has not, and if they are
// few, with those around them.
func (r *reader) differing(a, b []string) {
	if len(a) == 0 || len(b) == 0 {
		r.all('-', a)
		r.all('+', b)
		return
	}
	runs, _ := redline.Match(a, b)
	runs = append(runs, redline.Run{Old: len(a), New: len(b)})
	changed, i, j := len(a)+len(b), 0, 0
	for _, run := range runs {
		changed -= 2 * run.N
	}
	if changed == 0 { // work limit
		return
	}
	for k, run := range runs {
		r.all('-', a[i:run.Old])
		r.all('+', b[j:run.New])
		if changed < fewWords {
			r.beside(a[run.Old:run.Old+run.N], k > 0 || run.Old+run.New > 0, k < len(runs)-1 &&
				!(run.Old+run.N == len(a) && run.New+run.N == len(b)))
		}
		i, j = run.Old+run.N, run.New+run.N
	}
}

// beside keeps of words that stay those next to what changed before and after
// them.
func (r *reader) beside(words []string, before, after bool) {
	from := 0
	if before {
		from = min(around, len(words))
		r.all('=', words[:from])
	}
	if after {
		r.all('=', words[max(from, len(words)-around):])
	}
}

// withHeading adds the nearest heading to a clause that came or went and has
// few words: they may be anywhere.
func (r *reader) withHeading(c *model.ClauseChange) delta {
	n := len(r.delta)
	if (c.Kind == model.Added || c.Kind == model.Removed) && n < fewWords && len(c.Heading) > 0 {
		r.all('=', strings.Fields(strings.ToLower(c.Heading[len(c.Heading)-1])))
		return slices.Concat(r.delta[n:], r.delta[:n])
	}
	return r.delta
}
