package detect

import (
	"encoding/binary"
	"strings"

	"github.com/cespare/xxhash/v2"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// surroundings judges by where they stand the clause changes that their own
// words leave material: page furniture around the document, what only repeats,
// references to sections that were renumbered.
func (c *comparison) surroundings(pairs []clause.Pair, changes []model.ClauseChange) {
	material := false
	for i := range changes {
		material = material || changes[i].Material
	}
	if !material {
		return
	}
	c.cookieBanner(pairs, changes)
	c.repeats(pairs, changes)
	c.tablesOfContents(pairs, changes)
	c.leads(pairs, changes)
	oldEdges, newEdges := edges{d: c.old}, edges{d: c.new}
	labels := c.relabelled(pairs, changes)
	for i := range changes {
		ch, p := &changes[i], pairs[i]
		if !ch.Material {
			continue
		}
		what := ""
		switch ch.Kind {
		case model.Added, model.Removed:
			what = c.alone(p, &oldEdges, &newEdges)
		case model.Modified:
			if p.Moved || p.OldN != 1 || p.NewN != 1 {
				break
			}
			old, new := c.words(ch)
			switch {
			case oldEdges.furniture(p.Old) && newEdges.furniture(p.New), isMenu(c.old, p.Old) && isMenu(c.new, p.New), isRelated(c.old, p.Old) && isRelated(c.new, p.New):
				what = patternNavigation
			case len(labels) > 0 && onlyReferences(old, new, labels):
				ch.Material, ch.Reason, ch.Detail = false, model.ReasonNumbering, "refers to a renumbered section"
			}
		}
		if what != "" {
			ch.Material, ch.Reason, ch.Detail = false, model.ReasonBoilerplate, what
		}
	}
}

// alone names the pattern of a clause that stands on one side only, "" when it
// may say something.
func (c *comparison) alone(p clause.Pair, oldEdges, newEdges *edges) string {
	d, i, at := c.new, p.New, newEdges
	if p.New == clause.None {
		d, i, at = c.old, p.Old, oldEdges
	}
	switch {
	case at.furniture(i):
		return patternNavigation
	case isMenu(d, i), isRelated(d, i):
		return patternNavigation
	case isTitle(d, i):
		return patternTitle
	}
	return ""
}

// placesOf names each clause of a document by its visible words and the place it
// has: the headings above it and what leads it in.
func placesOf(d *clause.Document) []uint64 {
	own, places := make([]uint64, len(d.Clauses)), make([]uint64, len(d.Clauses))
	var b []byte
	for i := range d.Clauses {
		c := &d.Clauses[i]
		b = clause.AppendPlain(b[:0], d.Words(i), clause.DepthLinks)
		own[i] = xxhash.Sum64(b)
		b = binary.LittleEndian.AppendUint64(b[:0], own[i])
		if c.Under != clause.None {
			b = binary.LittleEndian.AppendUint64(b, places[c.Under])
		}
		if c.Lead != clause.None {
			b = append(binary.LittleEndian.AppendUint64(b, own[c.Lead]), 1)
		}
		places[i] = xxhash.Sum64(b)
	}
	return places
}

// minRepeat is how many clauses in a row must repeat before they count as a
// part of the page that was captured twice. Fewer may be meant.
const minRepeat = 6

// repeats folds the runs of clauses that appeared though they stand in the new
// document once more, or went though they still stand there: a page captured
// twice over.
func (c *comparison) repeats(pairs []clause.Pair, changes []model.ClauseChange) {
	var r *repeater
	for i := 0; i < len(changes); {
		kind, j := changes[i].Kind, i
		for j < len(changes) && changes[j].Kind == kind && (kind == model.Added || kind == model.Removed) && (j == i || adjacent(pairs[j-1], pairs[j])) {
			j++
		}
		if j-i >= minRepeat {
			if r == nil {
				r = newRepeater(c)
			}
			c.repeated(pairs[i:j], changes[i:j], r)
		}
		i = max(j, i+1)
	}
}

func adjacent(p, q clause.Pair) bool {
	return p.New != clause.None && q.New == p.New+1 || p.Old != clause.None && p.New == clause.None && q.Old == p.Old+1
}

// repeated folds the stretches of a run that are long enough.
func (c *comparison) repeated(pairs []clause.Pair, changes []model.ClauseChange, r *repeater) {
	for i := 0; i < len(pairs); {
		j := i
		for j < len(pairs) && r.twice(pairs[j]) {
			j++
		}
		reason, what := model.ReasonBoilerplate, patternRepeat
		if (j-i)*2 > min(len(c.old.Clauses), len(c.new.Clauses)) {
			reason, what = model.ReasonCapture, patternTwice
		}
		for k := i; k < j && j-i >= minRepeat; k++ {
			if changes[k].Material {
				changes[k].Material, changes[k].Reason, changes[k].Detail = false, reason, what
			}
		}
		i = max(j, i+1)
	}
}

// repeater knows how often each place stands in the new document.
type repeater struct {
	old, new []uint64
	standing map[uint64]int
}

func newRepeater(c *comparison) *repeater {
	r := &repeater{old: placesOf(c.old), new: placesOf(c.new), standing: make(map[uint64]int, len(c.new.Clauses))}
	for _, p := range r.new {
		r.standing[p]++
	}
	return r
}

// twice reports whether a clause that was added stands in the new document once
// more, or one that was removed still stands there.
func (r *repeater) twice(p clause.Pair) bool {
	if p.New == clause.None {
		return r.standing[r.old[p.Old]] >= 1
	}
	return r.standing[r.new[p.New]] >= 2
}

// leads folds a word or two that only led in what was folded as page furniture
// right after it: "Warning:".
func (c *comparison) leads(pairs []clause.Pair, changes []model.ClauseChange) {
	for i := range len(changes) - 1 {
		ch, next := &changes[i], &changes[i+1]
		if !ch.Material || ch.Kind != next.Kind || next.Material || next.Reason != model.ReasonBoilerplate || !adjacent(pairs[i], pairs[i+1]) {
			continue
		}
		old, new := c.words(ch)
		if v := clause.Visible(old + new); strings.HasSuffix(v, ":") && len(strings.Fields(v)) <= 3 {
			ch.Material, ch.Reason, ch.Detail = false, next.Reason, next.Detail
		}
	}
}

// cookieBanner folds the runs of clause changes that are a cookie banner: they
// ask for consent, have its buttons, and stand at an end of the page.
func (c *comparison) cookieBanner(pairs []clause.Pair, changes []model.ClauseChange) {
	for i := 0; i < len(changes); {
		j, asks, buttons := i, false, 0
		for ; j < len(changes) && c.ofBanner(pairs[j], &changes[j], &asks, &buttons); j++ {
		}
		if asks && buttons > 0 {
			for k := i; k < j; k++ {
				if changes[k].Material {
					changes[k].Material, changes[k].Reason, changes[k].Detail = false, model.ReasonBoilerplate, patternCookies
				}
			}
		}
		i = max(j, i+1)
	}
}

// nearEnd is how many clauses from an end of the page a banner may stand.
const nearEnd = 24

func (c *comparison) ofBanner(p clause.Pair, ch *model.ClauseChange, asks *bool, buttons *int) bool {
	check := func(d *clause.Document, i int) bool {
		if i == clause.None {
			return true
		}
		if i >= nearEnd && len(d.Clauses)-i > nearEnd {
			return false
		}
		v := clause.Visible(d.Words(i))
		s := strings.ToLower(v)
		switch {
		case isButtons(d.Words(i), s):
			*buttons++
			return true
		case banner.MatchString(v):
			*asks = true
			if bannerButtons.MatchString(v) {
				*buttons++
			}
			return true
		}
		return len(v) < 600 && strings.Contains(s, "cookie") && !redline.Negation(s)
	}
	return check(c.old, p.Old) && check(c.new, p.New)
}

// isButtons reports whether a clause is a consent dialog's button, or several.
func isButtons(words, visible string) bool {
	if cookieButtons[strings.Trim(visible, " -*.")] {
		return true
	}
	outside, inside, _ := splitLinks(words)
	for _, text := range inside {
		if !cookieButtons[strings.ToLower(strings.Trim(text, " -*."))] {
			return false
		}
	}
	return len(inside) > 0 && strings.IndexFunc(outside, isWordRune) < 0
}

// relabelled maps the numbers of clauses that kept their words to the numbers
// they have now.
func (c *comparison) relabelled(pairs []clause.Pair, changes []model.ClauseChange) map[string]string {
	var labels map[string]string
	for i, p := range pairs {
		if changes[i].Reason != model.ReasonNumbering && changes[i].Kind != model.Modified || p.Old == clause.None || p.New == clause.None || p.OldN != 1 || p.NewN != 1 {
			continue
		}
		if changes[i].Material && c.new.Clauses[p.New].Kind != clause.Heading {
			continue
		}
		x, y := clause.Visible(c.old.Words(p.Old)), clause.Visible(c.new.Words(p.New))
		ux, uy := clause.Unnumbered(x), clause.Unnumbered(y)
		if x == y || len(ux) == len(x) || len(uy) == len(y) {
			continue
		}
		from, to := bareLabel(x[:len(x)-len(ux)]), bareLabel(y[:len(y)-len(uy)])
		if from == to || from == "" {
			continue
		}
		if labels == nil {
			labels = map[string]string{}
		}
		if was, known := labels[from]; known && was != to {
			to = "" // two clauses had this number
		}
		labels[from] = to
	}
	return labels
}

func bareLabel(s string) string {
	s = strings.ToLower(strings.Trim(s, " .():"))
	for _, w := range []string{"section ", "article ", "clause ", "§"} {
		s = strings.TrimSpace(strings.TrimPrefix(s, w))
	}
	return s
}

var sectionWords = set("section sections article articles clause clauses paragraph paragraphs part parts chapter § sec art and or to")

// onlyReferences reports whether two clauses differ only in the numbers of
// sections they refer to, each as the section was renumbered.
func onlyReferences(old, new string, labels map[string]string) bool {
	a, b := redline.Tokens(clause.Visible(old)), redline.Tokens(clause.Visible(new))
	if otherWords(a, b) {
		return false
	}
	runs, coarse := redline.Match(a, b)
	if coarse {
		return false
	}
	i, j := 0, 0
	found := false
	for _, r := range append(runs, redline.Run{Old: len(a), New: len(b)}) {
		if r.Old > i || r.New > j {
			x, y := wordsOnly(a[i:r.Old]), wordsOnly(b[j:r.New])
			if len(x) != 1 || len(y) != 1 || labels[bareLabel(x[0])] == "" || labels[bareLabel(x[0])] != bareLabel(y[0]) || !afterSection(a, i) {
				return false
			}
			found = true
		}
		i, j = r.Old+r.N, r.New+r.N
	}
	return found
}

func afterSection(tokens []string, i int) bool {
	for k := i - 1; k >= 0 && k > i-4; k-- {
		if redline.IsWord(tokens[k]) || tokens[k] == "§" {
			return sectionWords[strings.ToLower(tokens[k])]
		}
	}
	return false
}
