package rules

import (
	"slices"
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// readsAlike reports whether two Markdown texts read alike but for typography,
// case and white space, and have words at all.
func readsAlike(old, new string) bool {
	old, new = clause.Visible(old), clause.Visible(new)
	return hasWord(new) && (old == new || wordingOf(old, new) != model.ReasonNone)
}

// maxAlt is how many words the alternative text of a picture has that stands beside
// the words of a clause and adds nothing to them.
const maxAlt = 8

// gainsPicture reports whether all that differs is that pictures came, or went,
// beside the words. A picture in a cell of a table may be all that it says, and so
// may one in place of another.
func (c *Clause) gainsPicture() bool {
	if c.in.kind == clause.Row || !strings.Contains(c.oldText, "![") && !strings.Contains(c.newText, "![") {
		return false
	}
	old, oldAlts := withoutPictures(c.oldText)
	new, newAlts := withoutPictures(c.newText)
	more, fewer := newAlts, oldAlts
	if len(more) < len(fewer) {
		more, fewer = fewer, more
	}
	if len(more) == len(fewer) {
		return false
	}
	for _, alt := range more {
		if len(fewer) > 0 && fewer[0] == alt {
			fewer = fewer[1:]
			continue
		}
		words := Words(redline.Tokens(clause.Visible(alt)))
		if len(words) > maxAlt || slices.ContainsFunc(words, saysByItself) {
			return false
		}
	}
	return len(fewer) == 0 && readsAlike(old, new)
}

// saysByItself reports whether a word of a picture may be an answer, or turn a
// sentence around.
func saysByItself(word string) bool {
	return redline.Significant(word) || !hasWord(word) || strings.EqualFold(word, "yes")
}

// withoutPictures takes the pictures out of a text and lists their alternative
// texts.
func withoutPictures(s string) (rest string, alts []string) {
	var b strings.Builder
	for {
		at := strings.Index(s, "![")
		if at < 0 {
			b.WriteString(s)
			return b.String(), alts
		}
		mid, target := redline.LinkWords(s[at+1:]), 0
		if mid > 0 {
			target = redline.LinkTarget(s[at+1+mid+1:])
		}
		if target == 0 {
			b.WriteString(s[:at+2])
			s = s[at+2:]
			continue
		}
		b.WriteString(s[:at])
		alts = append(alts, s[at+2:at+1+mid])
		s = s[at+1+mid+1+target:]
	}
}

// newTab matches what a link's words end with to say how it opens.
var newTab = pattern(`(?i)[ (–-]*(?:%s)[ ).]*\]\(`,
	`opens?(?: up)? in (?:a )?new (?:browser )?(?:tab|window)`, `s['’]ouvre dans (?:un nouvel onglet|une nouvelle fenêtre)`,
	`(?:öffnet|wird) (?:sich )?in (?:einem )?neue[mn] (?:tab|fenster)(?: geöffnet)?`,
	`se abre en una? nueva (?:pestaña|ventana)`, `si apre in una nuova (?:scheda|finestra)`,
	`abre (?:em|numa?) (?:uma )?nova (?:guia|aba|janela)`)

// opensOtherwise reports whether all that differs is how the page says that a link
// opens in a new tab.
func (c *Clause) opensOtherwise() bool {
	if !strings.Contains(c.oldText, "](") || !strings.Contains(c.newText, "](") {
		return false
	}
	if !mayOpenOtherwise(c.oldText) && !mayOpenOtherwise(c.newText) { // work limit
		return false
	}
	old, new := newTab.ReplaceAllString(c.oldText, "]("), newTab.ReplaceAllString(c.newText, "](")
	return (old != c.oldText || new != c.newText) && readsAlike(old, new)
}

// newTabWords are what one of is in all that newTab matches.
var newTabWords = []string{"new tab", "new window", "new browser", "nouvel onglet", "nouvelle fenêtre", "neuem ", "neuen ",
	"nueva ", "nuova ", "nova "}

func mayOpenOtherwise(s string) bool {
	low := strings.ToLower(s)
	return slices.ContainsFunc(newTabWords, func(w string) bool { return strings.Contains(low, w) })
}

// What a mail protection leaves of an address, with the letters it let through
// before and after: a link to it whose words are that alone, or the label alone.
const leaked = `(?:[\w@-]|\.[\w@])*`

var protected = []*expression{
	pattern(`[\w.+@-]*\[[\w.+@-]*\\?\[[^][\\()]{3,40}\\?\]` + leaked +
		`\]\([^()\s]*/cdn-cgi/l/email-protection[^()\s]*\)` + leaked),
	pattern(`(?i)[\w.+@-]*\\?\[e-?mail(?:\s|&nbsp;|\x{a0})protected\\?\]` + leaked),
}

// isProtectedAlike reports whether all that differs is what a mail protection lets
// through of an address that neither side shows.
func (c *Clause) isProtectedAlike() bool {
	if !strings.Contains(c.oldText, "[") || !strings.Contains(c.newText, "[") {
		return false
	}
	if !mayBeProtected(c.oldText) || !mayBeProtected(c.newText) { // work limit
		return false
	}
	old, n := withoutProtected(c.oldText)
	new, m := withoutProtected(c.newText)
	return n > 0 && n == m && readsAlike(old, new)
}

// mayBeProtected reports whether there is what both of protected need.
func mayBeProtected(s string) bool {
	return strings.Contains(s, "email-protection") || hasFold(s, "protected")
}

func withoutProtected(s string) (rest string, n int) {
	for _, p := range protected {
		s = p.ReplaceAllStringFunc(s, func(string) string { n++; return " @ " })
	}
	return s, n
}

// extensions are what the names of documents end with.
var extensions = wordSetOf("pdf doc docx rtf odt txt htm html")

// isFileDate reports whether both sides are a day, before what a file's name ends
// with: "Terms 20240322.pdf".
func (s *Stretch) isFileDate() bool {
	x, y := s.removed(), s.added()
	return len(x) == 1 && len(y) == 1 && isStampedDay(x[0]) && isStampedDay(y[0]) &&
		namesFile(s.old[s.i1:]) && namesFile(s.new[s.j1:])
}

func namesFile(after []string) bool {
	return len(after) > 1 && after[0] == "." && extensions[strings.ToLower(after[1])] &&
		(len(after) == 2 || !redline.IsWord(after[2]))
}

var stampedDay = pattern(`^(?:(?:19|20)\d\d[-.]?(?:0[1-9]|1[0-2])[-.]?(?:0[1-9]|[12]\d|3[01])|` +
	`(?:0[1-9]|[12]\d|3[01])[-.]?(?:0[1-9]|1[0-2])[-.]?(?:19|20)\d\d)$`)

func isStampedDay(word string) bool { return stampedDay.MatchString(word) }

// formNumber matches the number of a form, with the month in it: "Stnd0125".
var formNumber = pattern(`^([A-Za-z]{2,12})[-_.]?(?:(?:0[1-9]|1[0-2])[-/.]?[0-4]\d)$`)

// formOf returns the letters of a form's number, "" for what is none.
func formOf(visible string) string {
	if len(visible) > 20 || !mayBeForm(visible) || strings.Contains(visible, " ") {
		return ""
	}
	m := formNumber.FindStringSubmatch(visible)
	if m == nil || redline.IsMoney(strings.ToUpper(m[1])) {
		return ""
	}
	return m[1]
}

// mayBeForm rules out what ends with no number.
func mayBeForm(s string) bool { return s != "" && isDigit(s[len(s)-1]) }

// isFormNumber reports whether a clause is only the number of a form, in place of
// the one that the form had.
func (x *Context) isFormNumber(i int) bool {
	ch := &x.Changes[i]
	if ch.Kind == model.Modified {
		return ch.OldN == 1 && ch.NewN == 1 && x.form(i, false) != "" && x.form(i, false) == x.form(i, true)
	}
	if !x.isAlone(i) {
		return false
	}
	own := x.form(i, ch.Kind == model.Added)
	for _, k := range []int{i - 1, i + 1} {
		if own != "" && k >= 0 && k < len(x.Changes) && x.isAlone(k) && x.Changes[k].Kind != ch.Kind &&
			x.form(k, ch.Kind == model.Removed) == own {
			return true
		}
	}
	return false
}

// form is formOf one side of a clause change.
func (x *Context) form(i int, new bool) string {
	if new {
		return formOf(x.New.Visible(x.Changes[i].New))
	}
	return formOf(x.Old.Visible(x.Changes[i].Old))
}

// isEditMark reports whether a heading only gained or lost a mark in brackets
// that other headings gained or lost with it, as a wiki has them.
func (x *Context) isEditMark(i int) bool {
	mark := x.editMark(i)
	if mark == "" {
		return false
	}
	if x.editMarks == nil {
		x.editMarks = map[string]int{}
		for k := range x.Changes {
			x.editMarks[x.editMark(k)]++
		}
	}
	return x.editMarks[mark] > 1
}

// editMark is what only one side of a heading has in brackets at its end.
func (x *Context) editMark(i int) string {
	ch := &x.Changes[i]
	if ch.Kind != model.Modified || ch.OldN != 1 || ch.NewN != 1 || x.New.Clauses[ch.New].Kind != clause.Heading ||
		x.Old.Clauses[ch.Old].Kind != clause.Heading {
		return ""
	}
	long, short := x.New.Visible(ch.New), x.Old.Visible(ch.Old)
	sign := "+"
	if len(long) < len(short) {
		long, short, sign = short, long, "-"
	}
	mark, found := strings.CutPrefix(long, short)
	mark = strings.TrimSpace(mark)
	if !found || short == "" || !strings.HasPrefix(mark, "[") || !strings.HasSuffix(mark, "]") || len(mark) > maxEditMark ||
		slices.ContainsFunc(Words(redline.Tokens(mark)), redline.Significant) {
		return ""
	}
	return sign + mark
}

// maxEditMark is how long, in bytes, a mark of a wiki is.
const maxEditMark = 40

const (
	// minLetterToken is how long a token is that is letters alone, and minHumps how
	// often a capital follows a small letter in it.
	minLetterToken = 20
	minHumps       = 2
	// vowelsOf: words have a vowel among so many letters.
	vowelsOf = 5
)

// isLetterToken reports whether a word is letters that no person reads: long, in
// mixed case, and with hardly a vowel or the same letters over and over.
func isLetterToken(w string) bool {
	if len(w) < minLetterToken {
		return false
	}
	humps, vowels := 0, 0
	for i := range len(w) {
		c := w[i]
		switch {
		case c|0x20 < 'a' || c|0x20 > 'z':
			return false
		case strings.IndexByte("aeiou", c|0x20) >= 0:
			vowels++
		}
		if i > 0 && c < 'a' && w[i-1] >= 'a' {
			humps++
		}
	}
	if humps < minHumps {
		return false
	}
	for n := 2; n <= len(w)/3; n++ {
		if w[n:] == w[:len(w)-n] {
			return true
		}
	}
	return vowels*vowelsOf < len(w)
}

// isLetterToken reports whether a token of letters came or went, or is another.
func (s *Stretch) isLetterToken() bool {
	words := append(slices.Clone(s.removed()), s.added()...)
	for _, w := range words {
		if !isLetterToken(w) {
			return false
		}
	}
	return len(words) > 0
}
