package rules

import (
	_ "embed" // for languageList
	"strings"
	"sync"

	"fineprint/store/text/clause"
)

const (
	// minLanguages is how many names in a row are a list of languages, and
	// minLinked how many when all of them are links.
	minLanguages = 4
	minLinked    = 2
	// maxLanguage is how many words the name of a language or what is above a
	// list of such has.
	maxLanguage = 4
)

// languageList is the names of languages, each in itself and in English, in lower
// case, a line each: those of CLDR, by the test beside it. The library that has them
// would take three megabytes of the program.
//
//go:embed languages.txt
var languageList string

// languageNames are the names of languageList.
var languageNames = sync.OnceValue(func() wordSet {
	names := wordSet{}
	for name := range strings.Lines(languageList) {
		names[strings.TrimSuffix(name, "\n")] = true
	}
	return names
})

// isLanguage reports whether words are the name of a language, whatever country
// is named with it.
func isLanguage(visible string) bool {
	name, _, _ := strings.Cut(strings.ToLower(visible), " (")
	name, _, _ = strings.Cut(name, " /")
	return languageNames()[strings.Trim(name, " -–()")]
}

// isLanguages reports whether a clause is of a list of languages before or after
// the document, or is such a list in one line.
func isLanguages(s *side, i int) bool {
	if !isBarred(s.doc.Words(i)) && (!mayBeAround(s.doc, i) || !mayBeLanguageEntry(s.doc, i)) {
		return false
	}
	a := s.around()
	if strings.Contains(s.doc.Words(i), "](") && a.isLanguageEntry(i, true) {
		return true
	}
	return (i < a.head || i >= a.tail) && !a.isLedIn(i) &&
		(isLanguageLine(s.doc.Words(i)) || a.isLanguageEntry(i, false))
}

// isBarred reports whether dots or bars stand between the words of a clause.
func isBarred(source string) bool {
	return strings.Count(source, "·")+strings.Count(source, "•")+strings.Count(source, " | ") >= minLanguages-1
}

// isLanguageLine reports whether dots or bars separate words most of which are
// names of languages; the first may lead them in.
func isLanguageLine(source string) bool {
	if !isBarred(source) {
		return false
	}
	names, all := 0, 0
	for part := range strings.FieldsFuncSeq(source, func(r rune) bool { return strings.ContainsRune("·•|", r) }) {
		part = clause.Visible(part)
		if all++; isLanguage(part) {
			names++
		} else if all > 1 && (hasWords(part, maxLanguage+1) || namesRight(part)) {
			return false
		}
	}
	return all >= minLanguages && names*2 >= all
}

// isLanguageEntry reports whether a clause is one of several short ones in a row,
// links if asked for, most of which are names of languages.
func (a *surroundings) isLanguageEntry(i int, linked bool) bool {
	if !a.mayNameLanguage(i, linked) {
		return false
	}
	from, to := i, i+1
	for from > 0 && a.mayNameLanguage(from-1, linked) {
		from--
	}
	for to < len(a.shapes) && a.mayNameLanguage(to, linked) {
		to++
	}
	if to-from < minLanguages && (!linked || to-from < minLinked) ||
		!linked && from > 0 && a.doc.Clauses[from-1].Kind == clause.Heading {
		return false
	}
	names := 0
	for j := from; j < to; j++ {
		if isLanguage(a.doc.Visible(j)) {
			names++
		}
	}
	return names == to-from || names*2 >= to-from && to-from >= minLanguages
}

// mayBeLanguageEntry rules out most clauses without their document's surroundings: in
// the row of short clauses that one is of is no name of a language. // work limit
func mayBeLanguageEntry(d *clause.Document, i int) bool {
	isShort := func(j int) bool {
		return j >= 0 && j < len(d.Clauses) && d.Clauses[j].Kind != clause.Heading && shapeOf(d, j) > blank &&
			!hasWords(d.Visible(j), maxLanguage+1)
	}
	for _, by := range [2]int{1, -1} {
		for j := i; isShort(j); j += by {
			if isLanguage(d.Visible(j)) {
				return true
			}
		}
	}
	return false
}

func (a *surroundings) mayNameLanguage(i int, linked bool) bool {
	return a.shape(i) > blank && a.shape(i) != brokenLink && a.doc.Clauses[i].Kind != clause.Heading &&
		(linked == strings.Contains(a.doc.Words(i), "](") || linked && isLanguage(a.doc.Visible(i))) &&
		!hasWords(a.doc.Visible(i), maxLanguage+1)
}
