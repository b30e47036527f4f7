package glance

import (
	"iter"
	"strings"
	"unicode/utf8"

	"fineprint/store/model"
	"fineprint/store/text/redline"
)

const (
	// maxLead is how far before what changed its sentence is looked for, maxTrail how far
	// behind it, in bytes.
	maxLead, maxTrail = 240, 160
	// maxSide is how much of one side of a clause is compared.
	maxSide = 6 << 10
)

// window is the part of a clause that holds all that changed, on both sides.
type window struct {
	head, tail int  // how many bytes are the same at the beginning, and at the end
	from, keep int  // where the window begins, and how much of the tail it holds
	whole      bool // it begins with a sentence, and ends is that it ends with one
	ends       bool
}

// windowOf finds what changed between two texts, from the beginning of the sentence that
// it begins in to the end of the one it ends in. It compares nothing but both ends.
func windowOf(old, new string) window {
	var w window
	short := min(len(old), len(new))
	for w.head < short && old[w.head] == new[w.head] {
		w.head++
	}
	for w.tail < short-w.head && old[len(old)-1-w.tail] == new[len(new)-1-w.tail] {
		w.tail++
	}
	for w.head > 0 && !runeStart(old, w.head) {
		w.head--
	}
	for w.tail > 0 && !runeStart(old, len(old)-w.tail) {
		w.tail--
	}
	w.from, w.whole = leadOf(old[:w.head])
	w.keep, w.ends = trailOf(old[len(old)-w.tail:])
	return w
}

func runeStart(s string, at int) bool { return at >= len(s) || utf8.RuneStart(s[at]) }

// leadOf returns where in a text its last sentence begins; where it is long, where one of
// its words does.
func leadOf(text string) (from int, whole bool) {
	least := max(0, len(text)-maxLead)
	if i := lastBreak(text[least:]); i >= 0 {
		return least + i, true
	}
	if least == 0 {
		return 0, true
	}
	if i := strings.IndexByte(text[least:], ' '); i >= 0 {
		return least + i + 1, false
	}
	for !runeStart(text, least) {
		least++
	}
	return least, false
}

// lastBreak returns where the last sentence of a text begins, -1 when only one is there.
func lastBreak(text string) int {
	at := strings.LastIndexByte(text, '\n') + 1
	for _, end := range []string{". ", "! ", "? ", "; "} {
		if i := strings.LastIndex(text, end); i >= 0 {
			at = max(at, i+len(end))
		}
	}
	if at == 0 || at == len(text) && len(text) == 0 {
		return -1
	}
	return at
}

// trailOf returns how many bytes of a text its first sentence has; where it is long, some
// of its words.
func trailOf(text string) (n int, ends bool) {
	most := text[:min(len(text), maxTrail)]
	if i := strings.IndexAny(most, ".!?\n"); i >= 0 {
		return i + 1, true
	}
	if len(most) == len(text) {
		return len(text), true
	}
	return max(strings.LastIndexByte(most, ' '), 0), false
}

// comparedWords is how much of each side is looked at for words that both have, in bytes.
const comparedWords = 2 << 10

// rewritten reports whether a clause has hardly a word in common with what it was.
func rewritten(old, new string, w window) bool {
	if 2*(w.head+w.tail) > min(len(old), len(new)) {
		return false
	}
	words := map[string]int{}
	was, is, shared := 0, 0, 0
	for word := range longWords(old) {
		words[word]++
		was++
	}
	for word := range longWords(new) {
		is++
		if words[word] > 0 {
			words[word]--
			shared++
		}
	}
	return 2*shared < min(was, is)
}

// longWords are the words at the beginning of a text but for the short ones, which all
// texts have.
func longWords(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for word := range strings.FieldsSeq(text[:min(len(text), comparedWords)]) {
			if len(word) > 4 && !yield(word) {
				return
			}
		}
	}
}

// negates reports whether words say that something is not.
func negates(words string) bool {
	for _, t := range redline.Tokens(words) {
		if redline.Negation(t) {
			return true
		}
	}
	return false
}

// excerpt returns a change of some of its clauses alone, each in its window, the first
// chosen one first. Where a window cuts a sentence, cut stands.
func excerpt(d model.ChangeDetail, chosen []int, cut string) model.ChangeDetail {
	out := model.ChangeDetail{Change: model.Change{ID: d.Change.ID, Material: d.Change.Material}}
	out.Change.Suggested.Says = d.Change.Suggested.Says
	var old, new strings.Builder
	for _, i := range chosen {
		c := d.Change.Clauses[i]
		was, is := cutToWindow(side(d.OldText, c.Old), side(d.NewText, c.New), cut)
		c.Old, c.New = place(&old, was, c.Old), place(&new, is, c.New)
		c.Detail, c.OldHeading = "", nil
		out.Change.Clauses = append(out.Change.Clauses, c)
	}
	out.OldText, out.NewText = old.String(), new.String()
	return out
}

// place adds a side of a clause to a text and returns where it is, nil for a side that
// there is none of.
func place(to *strings.Builder, text string, was *model.ByteRange) *model.ByteRange {
	if was == nil {
		return nil
	}
	r := &model.ByteRange{Start: to.Len(), End: to.Len() + len(text)}
	to.WriteString(text)
	to.WriteString("\n\n")
	return r
}

// cutToWindow returns of both sides of a clause what the window holds. Of one that is
// new or gone that is its beginning; of one that only moved, too.
func cutToWindow(old, new, cut string) (was, is string) {
	if old == "" || new == "" || old == new {
		return clip(old), clip(new)
	}
	w := windowOf(old, new)
	lead, trail := "", ""
	if !w.whole {
		lead = cut + " "
	}
	if !w.ends {
		trail = cut
	}
	before, after := clip(old[w.from:len(old)-w.tail+w.keep]), clip(new[w.from:len(new)-w.tail+w.keep])
	return lead + before + trail, lead + after + trail
}

// clip leaves of a text no more than is compared.
func clip(text string) string {
	if len(text) <= maxSide {
		return text
	}
	at := maxSide
	for !runeStart(text, at) {
		at--
	}
	return strings.Clone(text[:at])
}
