// Package redline compares words: the one place where text is compared to be
// shown. Detection, screen, export and `diff` all call it, so they can't
// disagree.
//
// Invariants, fuzzed: Equal and Delete spans joined are exactly the old text,
// Equal and Insert spans exactly the new; work is bounded whatever the input,
// and a result reports when refining stopped there; the same texts give the same
// spans.
//
// Decisions:
//   - Tokens are compared byte for byte, because a redline shows what is
//     there; what is immaterial is for store/detect.
//   - Words are our own tokens: the word boundaries of UAX #29 cut "3.5%",
//     "$1,000", "January 5, 2026", "4.2(a)", addresses and link targets in ways
//     that read badly as a redline. Its grapheme clusters are kept whole.
//   - A long paragraph is compared sentence by sentence first: it is faster, and
//     a word doesn't find its equal in another sentence.
package redline

import (
	"encoding/binary"
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/guard"
)

// Result is a word-level redline. Equal and Delete spans joined are exactly the
// old text, Equal and Insert spans joined exactly the new.
type Result struct {
	Spans []model.Span
	// Rewritten: so little stayed that old and new are shown whole, one
	// deletion and one insertion, instead of confetti.
	Rewritten bool
	// Coarse: refining stopped at the work limit, or failed; spans are right but
	// larger than they could be.
	Coarse bool
}

const (
	// rewriteShare is the share of changed words, of the shorter side, past
	// which a text counts as rewritten.
	rewriteShare = 0.6
	// manyTokens is from how many tokens on sentences are compared first.
	manyTokens = 160 // work limit
)

// Compare makes the redline from old to new. Its work is bounded whatever the
// input, and texts that make it fail give the whole of both.
func Compare(old, new string) Result {
	if old == new {
		if old == "" {
			return Result{Spans: []model.Span{}}
		}
		return Result{Spans: []model.Span{{Op: model.Equal, Text: old}}}
	}
	if old == "" || new == "" {
		return Result{Spans: deleteAndInsert(old, new)}
	}
	r, ok := guard.Value(func() Result { return compare(old, new) })
	if !ok {
		return Result{Spans: deleteAndInsert(old, new), Coarse: true}
	}
	return r
}

func compare(old, new string) Result {
	a, b := Tokens(old), Tokens(new)
	runs, coarse := Match(a, b)
	coarse = coarse || len(a) == MaxTokens || len(b) == MaxTokens
	parts := fold(toParts(a, b, runs))
	if rewritten(parts) {
		return Result{Spans: deleteAndInsert(old, new), Rewritten: true, Coarse: coarse}
	}
	return Result{Spans: toSpans(parts), Coarse: coarse}
}

// Match finds the tokens two lists share, in order; coarse reports that it stopped
// at the work limit.
func Match(a, b []string) (runs []Run, coarse bool) {
	if len(a) == 0 || len(b) == 0 { // work limit
		return nil, false
	}
	m := matchers.Get().(*matcher)
	defer matchers.Put(m)
	m.reset()
	if len(a) < manyTokens || len(b) < manyTokens { // work limit
		head, tail := SameEnds(a, b)
		m.add(0, 0, head)
		ia, ib := m.numbered(a[head:len(a)-tail], b[head:len(b)-tail])
		m.match(ia, ib, head, head, 0)
		m.add(len(a)-tail, len(b)-tail, tail)
		return m.merged(), m.coarse
	}
	m.bySentences(a, b)
	return m.merged(), m.coarse
}

// SameEnds counts the tokens that two lists begin and end with.
func SameEnds(a, b []string) (head, tail int) {
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	return head, tail
}

// numbered gives equal tokens of two lists equal numbers. They are good until it is
// called again.
func (m *matcher) numbered(a, b []string) (ia, ib []int32) {
	m.interner.reset(len(a) + len(b))
	m.ids = m.interner.number(m.interner.number(m.ids[:0], a), b)
	m.interner.forget()
	return m.ids[:len(a)], m.ids[len(a):]
}

// bySentences matches sentences that are the same, and then what is between them.
func (m *matcher) bySentences(a, b []string) {
	ia, ib := m.numbered(a, b)
	ea, eb := Sentences(a), Sentences(b)
	sentences := sentenceIDs{ids: map[string]int32{}}
	same := matchers.Get().(*matcher)
	defer matchers.Put(same)
	same.reset()
	same.match(sentences.of(ia, ea), sentences.of(ib, eb), 0, 0, 0)
	i, j := 0, 0
	at := func(ends []int, k int) int {
		if k == 0 {
			return 0
		}
		return ends[k-1]
	}
	for _, r := range append(same.merged(), Run{len(ea), len(eb), 0}) {
		i1, j1 := at(ea, r.Old), at(eb, r.New)
		m.match(ia[i:i1], ib[j:j1], i, j, 0)
		i, j = at(ea, r.Old+r.N), at(eb, r.New+r.N)
		m.add(i1, j1, i-i1)
	}
}

// sentenceIDs gives equal numbers to sentences that are the same tokens: equal
// as text is not enough, for "may be" and "maybe" are the same letters in two
// tokens and in one. Very short ones, which occur anywhere, all get a number of
// their own, so that they anchor nothing.
type sentenceIDs struct {
	ids   map[string]int32 // by the numbers of the sentence's tokens
	short int32            // the last number given to a short one
}

// minSentence is how many tokens a sentence must have to anchor.
const minSentence = 6

func (s *sentenceIDs) of(tokens []int32, ends []int) []int32 {
	out := make([]int32, len(ends))
	from := 0
	var key []byte
	for k, end := range ends {
		if end-from < minSentence {
			s.short--
			out[k] = s.short
		} else {
			key = key[:0]
			for _, t := range tokens[from:end] {
				key = binary.LittleEndian.AppendUint32(key, uint32(t))
			}
			id, ok := s.ids[string(key)]
			if !ok {
				id = int32(len(s.ids))
				s.ids[string(key)] = id
			}
			out[k] = id
		}
		from = end
	}
	return out
}

func deleteAndInsert(old, new string) []model.Span {
	var s []model.Span
	if old != "" {
		s = append(s, model.Span{Op: model.Delete, Text: old})
	}
	if new != "" {
		s = append(s, model.Span{Op: model.Insert, Text: new})
	}
	return s
}

// part is a run of tokens that stayed (del and ins the same) or changed.
type part struct {
	equal    bool
	del, ins []string
}

func toParts(a, b []string, runs []Run) []part {
	var parts []part
	i, j := 0, 0
	for _, m := range append(runs, Run{len(a), len(b), 0}) {
		if m.Old > i || m.New > j {
			parts = append(parts, part{del: a[i:m.Old], ins: b[j:m.New]})
		}
		if m.N > 0 {
			parts = append(parts, part{equal: true, del: a[m.Old : m.Old+m.N], ins: b[m.New : m.New+m.N]})
		}
		i, j = m.Old+m.N, m.New+m.N
	}
	return parts
}

// tallyWords counts the tokens that are words or signs that mean something, and
// whether one of them is weighty.
func tallyWords(tokens []string) (n, letters int, weighty bool) {
	for _, t := range tokens {
		if IsWord(t) {
			n++
			letters += len(t)
			weighty = weighty || Significant(t)
		} else if isSign(t) {
			n, weighty = n+1, true
		}
	}
	return n, letters, weighty
}

func countWords(tokens []string) int {
	n := 0
	for _, t := range tokens {
		if IsWord(t) {
			n++
		}
	}
	return n
}

// fold takes into the change what stayed between two changes and would only
// read as confetti: spaces and punctuation, and up to two words shorter than
// the changes on both sides. Significant words are never folded.
func fold(parts []part) []part {
	size := func(p part) int { _, d, _ := tallyWords(p.del); _, i, _ := tallyWords(p.ins); return max(d, i) }
	var out []part
	for i, p := range parts {
		last := len(out) - 1
		if p.equal && len(p.del) < 8 && last >= 0 && i+1 < len(parts) {
			n, letters, weighty := tallyWords(p.del)
			if n == 0 && !breaks(p.del) || n <= 2 && !weighty && letters < size(out[last]) && letters < size(parts[i+1]) {
				out[last] = joined(out[last], p)
				continue
			}
		}
		if last >= 0 && !p.equal && !out[last].equal {
			out[last] = joined(out[last], p)
			continue
		}
		out = append(out, p)
	}
	return out
}

// breaks reports whether tokens hold a line break, over which changes are not
// joined.
func breaks(tokens []string) bool {
	for _, t := range tokens {
		if strings.Contains(t, "\n") {
			return true
		}
	}
	return false
}

func joined(a, b part) part {
	return part{del: append(a.del[:len(a.del):len(a.del)], b.del...), ins: append(a.ins[:len(a.ins):len(a.ins)], b.ins...)}
}

// rewritten measures by the shorter side, so that a long insertion into a text
// that stayed is none.
func rewritten(parts []part) bool {
	kept, deleted, inserted := 0, 0, 0
	for _, p := range parts {
		d := countWords(p.del)
		if p.equal {
			kept += d
		} else {
			deleted, inserted = deleted+d, inserted+countWords(p.ins)
		}
	}
	shorter := kept + min(deleted, inserted)
	return min(deleted, inserted) > 6 && float64(kept) < (1-rewriteShare)*float64(shorter)
}

func toSpans(parts []part) []model.Span {
	var spans []model.Span
	add := func(op model.Op, tokens []string) {
		if len(tokens) > 0 {
			spans = append(spans, model.Span{Op: op, Text: strings.Join(tokens, "")})
		}
	}
	for _, p := range parts {
		if p.equal {
			add(model.Equal, p.del)
			continue
		}
		add(model.Delete, p.del)
		add(model.Insert, p.ins)
	}
	return spans
}
