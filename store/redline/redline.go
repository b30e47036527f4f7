// Package redline compares words: the one place where text is compared to be
// shown. Detection, screen, export and `diff` all call it, so they can't
// disagree.
//
// Invariants, fuzzed: Equal and Delete spans joined are exactly the old text,
// Equal and Insert spans exactly the new; work is bounded whatever the input.
//
// Decisions: tokens are compared byte for byte, because a redline shows what
// stands there; what is immaterial is for store/detect. Words are our own
// tokens rather than Unicode's word boundaries, which cut "3.5%" and "user's"
// in ways that read badly as a redline.
package redline

import (
	"strings"
	"unicode"

	"fineprint/store/terms"
)

// Result is a word-level redline. Equal and Delete spans joined are exactly the
// old text, Equal and Insert spans joined exactly the new.
type Result struct {
	Spans []terms.Span
	// Rewritten: so little stayed that old and new are shown whole, one
	// deletion and one insertion, instead of confetti.
	Rewritten bool
	// Coarse: refining stopped at the work limit; spans are right but larger
	// than they could be.
	Coarse bool
}

// rewriteShare is the share of changed words, of the shorter side, past which a
// text counts as rewritten.
const rewriteShare = 0.6

// Compare makes the redline from old to new. Its work is bounded whatever the
// input.
func Compare(old, new string) Result {
	if old == new {
		if old == "" {
			return Result{Spans: []terms.Span{}}
		}
		return Result{Spans: []terms.Span{{Op: terms.Equal, Text: old}}}
	}
	if old == "" || new == "" {
		return Result{Spans: whole(old, new)}
	}
	a, b := Tokens(old), Tokens(new)
	ia, ib := number(a, b)
	matches, coarse := match(ia, ib)
	parts := fold(toParts(a, b, matches))
	if rewritten(parts) {
		return Result{Spans: whole(old, new), Rewritten: true, Coarse: coarse}
	}
	return Result{Spans: toSpans(parts), Coarse: coarse}
}

func whole(old, new string) []terms.Span {
	var s []terms.Span
	if old != "" {
		s = append(s, terms.Span{Op: terms.Delete, Text: old})
	}
	if new != "" {
		s = append(s, terms.Span{Op: terms.Insert, Text: new})
	}
	return s
}

// part is a run of tokens that stayed (del and ins the same) or changed.
type part struct {
	equal    bool
	del, ins []string
}

func toParts(a, b []string, matches []pair) []part {
	var parts []part
	i, j := 0, 0
	for _, m := range append(matches, pair{len(a), len(b), 0}) {
		if m.a > i || m.b > j {
			parts = append(parts, part{del: a[i:m.a], ins: b[j:m.b]})
		}
		if m.n > 0 {
			parts = append(parts, part{equal: true, del: a[m.a : m.a+m.n], ins: b[m.b : m.b+m.n]})
		}
		i, j = m.a+m.n, m.b+m.n
	}
	return parts
}

// words counts the tokens that are words, and whether one of them is weighty.
func words(tokens []string) (n, letters int, weighty bool) {
	for _, t := range tokens {
		if isWord(t) {
			n++
			letters += len(t)
			weighty = weighty || Weighty(t)
		}
	}
	return n, letters, weighty
}

func isWord(t string) bool {
	return strings.IndexFunc(t, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

// fold takes into the change what stayed between two changes and would only
// read as confetti: spaces and punctuation, and up to two words shorter than
// the changes on both sides. Weighty words are never folded.
func fold(parts []part) []part {
	size := func(p part) int { _, d, _ := words(p.del); _, i, _ := words(p.ins); return max(d, i) }
	var out []part
	for i, p := range parts {
		last := len(out) - 1
		if p.equal && last >= 0 && i+1 < len(parts) {
			n, letters, weighty := words(p.del)
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
		d, _, _ := words(p.del)
		i, _, _ := words(p.ins)
		if p.equal {
			kept += d
		} else {
			deleted, inserted = deleted+d, inserted+i
		}
	}
	shorter := kept + min(deleted, inserted)
	return min(deleted, inserted) > 6 && float64(kept) < (1-rewriteShare)*float64(shorter)
}

func toSpans(parts []part) []terms.Span {
	var spans []terms.Span
	add := func(op terms.Op, tokens []string) {
		if len(tokens) > 0 {
			spans = append(spans, terms.Span{Op: op, Text: strings.Join(tokens, "")})
		}
	}
	for _, p := range parts {
		if p.equal {
			add(terms.Equal, p.del)
			continue
		}
		add(terms.Delete, p.del)
		add(terms.Insert, p.ins)
	}
	return spans
}
