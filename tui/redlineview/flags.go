package redlineview

import (
	"strings"
	"unicode"

	"fineprint/store/model"
	"fineprint/store/text/guard"
	"fineprint/store/text/redline"
)

// flagged is a stretch of a span that detection marked.
type flagged struct {
	from, to int
	flag     flag
}

// flagAt is what byte i of a part is marked as. The list is of what is not before
// it, and the rest of it is returned for the bytes after.
func flagAt(list []flagged, i int) (flag, []flagged) {
	for len(list) > 0 && list[0].to <= i {
		list = list[1:]
	}
	if len(list) > 0 && list[0].from <= i {
		return list[0].flag, list
	}
	return noFlag, list
}

// flagParts gives the parts of a clause what of them is marked.
func flagParts(parts []part, of [][]flagged) {
	for i := range parts {
		if i < len(of) {
			parts[i].flags = of[i]
		}
	}
}

// flags lists, by span, the words of a clause change that its marks are about:
// of what was modified those that came or went, of what was added or removed all.
func (l *Layouter) flags(clause int) [][]flagged {
	if of, ok := l.flagged[clause]; ok {
		return of
	}
	c := l.d.Change.Clauses[clause]
	of, _ := guard.Value(func() [][]flagged { return flagsOf(c, l.spans[clause]) })
	l.flagged[clause] = of
	return of
}

// maxFlagged is how long a text is at most whose words are marked, in bytes.
const maxFlagged = 1 << 17

func flagsOf(c model.ClauseChange, spans []model.Span) [][]flagged {
	of := make([][]flagged, len(spans))
	var wanted []class
	for _, cl := range classes {
		for _, mark := range c.Marks {
			if cl.mark == mark {
				wanted = append(wanted, cl)
			}
		}
	}
	if len(wanted) == 0 {
		return of
	}
	whole := c.Old == nil || c.New == nil
	for i, s := range spans {
		if s.Op == model.Equal || len(s.Text) > maxFlagged {
			continue
		}
		other := map[string]int{}
		if !whole {
			other = tokensBeside(spans, i)
		}
		of[i] = flagsIn(s.Text, wanted, other, whole)
	}
	return of
}

// tokensBeside counts the tokens of the other text in the place that a span is of.
func tokensBeside(spans []model.Span, i int) map[string]int {
	counts := map[string]int{}
	for _, step := range []int{-1, 1} {
		for k := i + step; k >= 0 && k < len(spans) && spans[k].Op != model.Equal; k += step {
			if spans[k].Op != spans[i].Op {
				for _, t := range redline.Tokens(spans[k].Text) {
					counts[t]++
				}
			}
		}
	}
	return counts
}

// flagsIn lists what of a span is of the classes and not in the other text's place.
func flagsIn(text string, wanted []class, other map[string]int, whole bool) []flagged {
	var out []flagged
	at := 0
	for _, t := range redline.Tokens(text) {
		from := at
		at += len(t)
		if redline.IsSpace(t) || redline.IsTarget(t) {
			continue
		}
		if other[t] > 0 {
			other[t]--
			continue
		}
		for _, c := range wanted {
			if c.is(t) && !(whole && c.flag == number && idleNumber(text, from, t)) {
				out = append(out, flagged{from, at, c.flag})
				break
			}
		}
	}
	return out
}

// idleNumber reports whether a number in text that came or went as a whole says
// nothing by itself: it numbers a list or a heading, is part of a name, or stands in
// what a page counts its pictures with.
func idleNumber(text string, at int, token string) bool {
	if unicode.IsLetter(rune(token[0])) && strings.ContainsAny(token, "0123456789") {
		return true // a name, as in "W3Schools"
	}
	if strings.HasSuffix(strings.TrimRight(text[:at], " "), "NaN of") {
		return true
	}
	start := strings.LastIndexByte(text[:at], '\n') + 1
	before := strings.TrimLeft(text[start:at], " \t>*_#+-\\([.0123456789")
	if n := strings.LastIndexByte(before, ')'); n >= 0 && strings.HasPrefix(before, "](") { // an anchor
		before = strings.Trim(before[n+1:], " *_")
	}
	if before != "" {
		return false
	}
	after := strings.TrimLeft(text[at+len(token):], "\\")
	heading := strings.HasPrefix(strings.TrimLeft(text[start:], " \t>"), "#")
	return heading || after != "" && strings.IndexByte(".)", after[0]) >= 0 && redline.IsDigit(token[0])
}

// flagOf is what words are marked as for a mark of detection; noFlag for a mark that
// is not about words.
func flagOf(mark string) flag {
	for _, c := range classes {
		if c.mark == mark {
			return c.flag
		}
	}
	return noFlag
}

const mono = "mono" // the palette without colours

// painted reports whether colours tell that words are marked.
func (b *layout) painted() bool { return b.o.Theme.Palette != mono && !b.o.Theme.ASCII }

// isFlagged reports whether a clause has words that are marked so. What was modified
// has: detection saw what changed.
func (b *layout) isFlagged(clause int, f flag) bool {
	if c := b.d.Change.Clauses[clause]; c.Old != nil && c.New != nil {
		return true
	}
	for _, list := range b.flags(clause) {
		for _, x := range list {
			if x.flag == f {
				return true
			}
		}
	}
	return false
}
