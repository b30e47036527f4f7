package detect

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"fineprint/store/detect/place"
	"fineprint/store/detect/rules"
	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

const (
	// churnCaptures is how many captures are looked at for places that churn, the
	// present one included, and churnTimes how many of them must have brought there
	// what none before had.
	churnCaptures = 6
	churnTimes    = 4
	// churnTime is how long ago the first of them may be: nobody edits terms every
	// few days.
	churnTime = 60 * 24 * time.Hour
	// churnProse is which share of what stands at such a place may be prose: one in
	// so many clauses.
	churnProse = 5
	// churnShare is which share of a change's material clause changes, in percent,
	// must churn for what is beside them to be folded, too.
	churnShare = 70

	// minSentence is how many words a sentence has, maxLine how many something has
	// that is none, maxWide the same in characters of a script that sets no spaces.
	minSentence = 4
	maxLine     = 12
	maxWide     = 20
	// firstWide is the first character of such scripts: the first of Thai.
	firstWide = '\u0e00' // work limit
	// maxModal and maxNumbered are how many words something has that has a negation
	// or modal, or a number, and yet is no sentence. Of a link it doesn't matter.
	maxModal    = 3
	maxNumbered = 8

	detailBesideChurn = "beside places that change in most captures"
)

// churning folds the clause changes at places that churn: between neighbours that
// stayed in the last captures, whose short content differed in most of them and was
// new each time. What is in a sentence stays material. Where nearly all clause
// changes are at such places, the rest folds as well, if it has no marks and is no
// sentence either.
func (h *History) churning(r *Result, c *comparison, pairs []rules.Change) {
	var places *churnPlaces
	material, folded := 0, 0
	for i := range r.Clauses {
		if !r.Clauses[i].Material {
			continue
		}
		material++
		if c.inSentence(&pairs[i]) {
			continue
		}
		if places == nil {
			if places = h.churnPlaces(c); places == nil {
				return
			}
		}
		if detail := places.at(&pairs[i]); detail != "" {
			r.Clauses[i] = churned(r.Clauses[i], detail)
			folded++
		}
	}
	if folded == 0 {
		return
	}
	if folded < material && folded*100 >= material*churnShare && c.restIsLines(r, pairs) {
		for i := range r.Clauses {
			if r.Clauses[i].Material {
				r.Clauses[i] = churned(r.Clauses[i], detailBesideChurn)
			}
		}
	}
	r.conclude(c)
}

func churned(ch model.ClauseChange, detail string) model.ClauseChange {
	ch.Material, ch.Reason, ch.Detail = false, model.ReasonChurn, detail
	return ch
}

// restIsLines reports whether what is still material has no number, negation or
// modal in it and is neither a heading nor a sentence.
func (c *comparison) restIsLines(r *Result, pairs []rules.Change) bool {
	telling := func(words string) bool {
		return slices.ContainsFunc(redline.Tokens(words), func(t string) bool {
			return redline.Significant(t) || redline.IsMoney(t)
		})
	}
	for i := range r.Clauses {
		p := &pairs[i]
		if !r.Clauses[i].Material {
			continue
		}
		if c.inSentence(p) ||
			p.Old != clause.None && (isHeading(c.Old, p.Old) || telling(c.Old.Visible(p.Old))) ||
			p.New != clause.None && (isHeading(c.New, p.New) || telling(c.New.Visible(p.New))) {
			return false
		}
	}
	return true
}

func isHeading(d *clause.Document, i int) bool { return d.Clauses[i].Kind == clause.Heading }

// inSentence reports whether a side of a clause change is prose, or may be a
// sentence with a number, a negation or a modal in it.
func (c *comparison) inSentence(p *rules.Change) bool {
	if p.OldN > 1 || p.NewN > 1 || p.Moved {
		return true
	}
	return p.Old != clause.None && readsAsSentence(c.Old.Words(p.Old), c.Old.Visible(p.Old)) ||
		p.New != clause.None && readsAsSentence(c.New.Words(p.New), c.New.Visible(p.New))
}

func readsAsSentence(source, visible string) bool {
	if isProse([]byte(visible)) {
		return true
	}
	words := len(strings.Fields(visible))
	if words <= maxModal || isLink(source) {
		return false
	}
	for _, t := range redline.Tokens(visible) {
		class := redline.ClassOf(t)
		if class&(redline.ClassNegation|redline.ClassModal) != 0 ||
			words > maxNumbered && class&redline.ClassNumber != 0 {
			return true
		}
	}
	return false
}

// isLink reports whether a clause is one link and nothing else.
func isLink(source string) bool {
	s := strings.TrimLeft(source, "*-+ \t")
	if !strings.HasPrefix(s, "[") {
		return false
	}
	end := redline.LinkWords(s)
	if end <= 0 {
		return false
	}
	n := redline.LinkTarget(s[end+1:])
	return n > 0 && strings.TrimSpace(s[end+1+n:]) == ""
}

// isProse reports whether visible words are a sentence or several, by their length
// and how they end, in whatever language.
func isProse(visible []byte) bool {
	words, wide, last := 1, 0, rune(0)
	for i, r := range string(visible) {
		switch {
		case r == ' ':
			if words >= minSentence && strings.ContainsRune(".!?;:", last) && i+1 < len(visible) {
				return true // another one follows
			}
			words++
		case r == '。' || r == '！' || r == '？' || r == '।' || r == '۔' || r == '؟':
			return true
		case r >= firstWide && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai,
			unicode.Lao, unicode.Khmer, unicode.Myanmar):
			wide++
		}
		last = r
	}
	if words > maxLine || wide > maxWide {
		return true
	}
	return words >= minSentence && strings.ContainsRune(".;:,", last) && !bytes.HasSuffix(visible, []byte(".."))
}

// lineSum is a clause's sum as it is kept for finding places that churn; its last
// bit is set for prose, and it is 0 for a clause without words.
type lineSum uint32

func (s lineSum) prose() bool { return s&1 != 0 }

// withProse notes in the last bit of a sum whether a clause's normalised words are prose.
func withProse(s Sum, normalized []byte) Sum {
	visible, _, _ := bytes.Cut(normalized, []byte{0})
	if s[15] &^= 1; isProse(visible) {
		s[15] |= 1
	}
	return s
}

// lineSums are the sums of clauses in reading order.
func lineSums(sums []Sum) []lineSum {
	lines := make([]lineSum, len(sums))
	for i, s := range sums {
		if s != (Sum{}) {
			n := lineSum(s[0])<<24 | lineSum(s[1])<<16 | lineSum(s[2])<<8 | lineSum(s[3])
			lines[i] = n&^1 | lineSum(s[15]&1) | 2 // never the sum of no words
		}
	}
	return lines
}

// churnPlaces are the places of a document between the clauses that all of its last
// versions share: the first is before the first of these.
type churnPlaces struct {
	c        *comparison
	versions [][]lineSum // the new one, the good one, and those before
	shared   [][]int     // where the shared clauses are, by version
	details  map[int]string
}

// churnPlaces finds the places, nil when there are too few versions in too long a
// time.
func (h *History) churnPlaces(c *comparison) *churnPlaces {
	p := &churnPlaces{c: c, details: map[int]string{}}
	if c.At.IsZero() {
		return nil
	}
	p.versions = append(p.versions, h.nextPast.lines)
	for i := range h.past[:min(len(h.past), churnCaptures)] {
		v := &h.past[i]
		if v.lines == nil || v.At.IsZero() || c.At.Sub(v.At) > churnTime {
			break
		}
		p.versions = append(p.versions, v.lines)
	}
	if len(p.versions) <= churnTimes {
		return nil
	}
	if p.shared = place.Shared(p.versions); len(p.shared[0]) == 0 {
		return nil
	}
	return p
}

// at returns why a clause change is at a place that churns, "" when it isn't.
func (p *churnPlaces) at(ch *rules.Change) string {
	n := -1
	for version, i := range [2]int{ch.New, ch.Old} {
		if i == clause.None {
			continue
		}
		k, isShared := slices.BinarySearch(p.shared[version], i)
		if isShared || n >= 0 && k != n {
			return ""
		}
		n = k
	}
	detail, known := p.details[n]
	if !known {
		detail = p.detail(n)
		p.details[n] = detail
	}
	return detail
}

// detail looks at what stood at place n in each version.
func (p *churnPlaces) detail(n int) string {
	seen := map[string]bool{}
	fresh, all, prose := 0, 0, 0
	for k := len(p.versions) - 1; k >= 0; k-- { // the oldest first
		content := p.content(k, n)
		key := make([]byte, 0, 4*len(content))
		for _, s := range content {
			if s == 0 {
				continue
			}
			key = append(key, byte(s>>24), byte(s>>16), byte(s>>8), byte(s))
			if all++; s.prose() {
				prose++
			}
		}
		if !seen[string(key)] {
			seen[string(key)] = true
			fresh++
		}
	}
	fresh-- // the oldest one is new to nobody
	if fresh < churnTimes || prose*churnProse > all {
		return ""
	}
	return fmt.Sprintf("changed in %d of the last %d captures: %s", fresh, len(p.versions)-1, p.words(n))
}

// content returns what stands at place n in version k.
func (p *churnPlaces) content(k, n int) []lineSum {
	from, to := 0, len(p.versions[k])
	if n > 0 {
		from = p.shared[k][n-1] + 1
	}
	if n < len(p.shared[k]) {
		to = p.shared[k][n]
	}
	return p.versions[k][from:to]
}

// words names place n.
func (p *churnPlaces) words(n int) string {
	d := p.c.New
	var under, before, after string
	if n > 0 {
		k := p.shared[0][n-1]
		before = d.Visible(k)
		if h := d.Clauses[k].Under; h != clause.None && d.Clauses[k].Kind != clause.Heading {
			under = d.Visible(int(h))
		}
	}
	if n < len(p.shared[0]) {
		after = d.Visible(p.shared[0][n])
	}
	return place.Describe(under, before, after)
}
