package glance

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"fineprint/store/model"
	"fineprint/store/smallsort"
)

// markWeights are what the marks that detection left on a clause change weigh: a reader
// must not miss them, and a date least of all.
var markWeights = map[string]int{
	"negation": 8, "money": 6, "number": 6, "modal": 4, "announced": 3, "date": 1,
}

const (
	// editReason and wholeReason are what an edit, and a clause that is new or gone, weigh
	// for each of the change's reasons that they name: whoever adds pages of text names
	// everything in it. maxReasons is how many count.
	editReason, wholeReason, maxReasons = 4, 2, 3
	// promiseWeight is what an edit weighs inside a sentence that negates: "We don't sell
	// your data" is a promise, and to change what follows takes back some of it.
	promiseWeight = 8
	// maxUnder is how many clause changes under one heading are chosen before others.
	maxUnder = 2
)

// Telling returns which clause changes tell most of what a change does, at most n, the
// most telling first. It is one rule, of what detection stored and of the texts as they
// are; nothing is detected or compared again:
//
//  1. Material ones before others.
//  2. By weight: the marks of detection on an edit (markWeights), the reasons of the
//     suggestion that the clause's changed part names (editReason, wholeReason), and that
//     it is an edit inside a negated sentence (promiseWeight). A clause that was
//     rewritten is no edit: in it every kind of word is new. A heading promises nothing.
//  3. By how much of the text changed, in powers of two: what is said in a sentence more
//     counts, what is said in a word more does not.
//  4. An edit before a new clause before one that is gone before one that moved.
//  5. In the order of the document.
//
// Of those under one heading two are chosen before the next heading's: a new section of
// twenty paragraphs is one thing.
func Telling(d model.ChangeDetail, n int) []int {
	words := reasonWords(d.Change.Suggested)
	clauses := d.Change.Clauses
	order := make([]int, len(clauses))
	scores := make([]score, len(clauses))
	for i := range clauses {
		order[i], scores[i] = i, scoreOf(d, &clauses[i], words)
	}
	smallsort.By(order, func(a, b int) int { return scores[a].compare(scores[b]) })
	return spread(order, clauses, n)
}

// spread picks the first n of an order, those after the first maxUnder of a heading last.
func spread(order []int, clauses []model.ClauseChange, n int) []int {
	under := map[string]int{}
	var first, later []int
	for _, i := range order {
		heading := strings.Join(clauses[i].Heading, "\x00")
		if under[heading]++; under[heading] <= maxUnder {
			first = append(first, i)
		} else {
			later = append(later, i)
		}
	}
	first = append(first, later...)
	return first[:min(n, len(first))]
}

// score is the place of a clause change among the others.
type score struct {
	immaterial   bool
	weight, size int
	kind         int
}

func (s score) compare(o score) int {
	if s.immaterial != o.immaterial {
		if s.immaterial {
			return 1
		}
		return -1
	}
	return cmp.Or(o.weight-s.weight, o.size-s.size, s.kind-o.kind)
}

// kindOrder is the order of kinds between clause changes that are equal otherwise.
var kindOrder = []model.Kind{model.Modified, model.Added, model.Removed, model.Moved}

func scoreOf(d model.ChangeDetail, c *model.ClauseChange, reasons [][]string) score {
	old, new := side(d.OldText, c.Old), side(d.NewText, c.New)
	w := windowOf(old, new)
	gone, came := old[w.head:len(old)-w.tail], new[w.head:len(new)-w.tail]
	s := score{immaterial: !c.Material, kind: slices.Index(kindOrder, c.Kind),
		size: bits.Len(uint(len(gone) + len(came)))}
	edit := c.Kind == model.Modified && !rewritten(old, new, w)
	if edit {
		for _, mark := range c.Marks {
			s.weight += markWeights[mark]
		}
	}
	if !c.Material {
		return s
	}
	changed := strings.ToLower(gone) + "\n" + strings.ToLower(came)
	named := 0
	for _, stems := range reasons {
		if slices.ContainsFunc(stems, func(stem string) bool { return holdsWord(changed, stem) }) {
			named++
		}
	}
	if !edit {
		s.weight += wholeReason * min(named, maxReasons)
		return s
	}
	s.weight += editReason * min(named, maxReasons)
	if !strings.HasPrefix(old, "#") && negates(old[w.from:w.head]) {
		s.weight += promiseWeight
	}
	return s
}

// plainWords are the words of reasons that say nothing of a subject.
var plainWords = map[string]bool{
	"changed": true, "characters": true, "words": true, "none": true, "telling": true, "them": true, "data": true,
	"new": true, "kinds": true, "account": true, "changes": true, "out": true, "number": true, "amount": true,
	"negation": true, "modal": true, "date": true,
}

// reasonWords returns, for each reason of a suggestion, how the words that it names its
// subject by begin: "selling or sharing data" is found by what begins with "sell" and
// "shar".
func reasonWords(s model.Suggestion) [][]string {
	var list [][]string
	for _, why := range s.Reasons() {
		var stems []string
		for _, word := range strings.Fields(strings.ToLower(why)) {
			word = strings.Trim(word, ",.;:")
			if len(word) >= 3 && !plainWords[word] && (word[0] < '0' || word[0] > '9') {
				stems = append(stems, stemOf(word))
			}
		}
		if len(stems) > 0 {
			list = append(list, stems)
		}
	}
	return list
}

// stemOf takes the endings off a word that its other forms don't have.
func stemOf(word string) string {
	for _, ending := range []string{"ation", "ing", "ion", "ren", "al", "es", "ed", "s", "y", "e"} {
		if stem, ok := strings.CutSuffix(word, ending); ok && len(stem) >= 4 {
			return stem
		}
	}
	return word
}

// holdsWord reports whether a text has a word that begins so, or is so where that is
// short: not every agent has an age.
func holdsWord(text, stem string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], stem)
		if i < 0 {
			return false
		}
		at += i
		end := at + len(stem)
		if !letterAt(text, at-1) && (len(stem) > 3 || !letterAt(text, end)) {
			return true
		}
		at = end
	}
}

// letterAt reports whether a byte of a text in small letters is of a word.
func letterAt(text string, at int) bool {
	return at >= 0 && at < len(text) && (text[at] >= 'a' && text[at] <= 'z' || text[at] >= utf8.RuneSelf)
}

// side is the text of one side of a clause change.
func side(text string, e *model.ByteRange) string {
	if e == nil || e.Start < 0 || e.End > len(text) || e.Start > e.End {
		return ""
	}
	return text[e.Start:e.End]
}
