package rules

import (
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// relabelled maps the numbers of clauses that kept their words to the numbers
// they have now, "" where two clauses had the number.
func (x *Context) relabelled() map[string]string {
	var labels map[string]string
	for i := range x.Changes {
		from, to := x.renumbering(&x.Changes[i])
		if from == to || from == "" {
			continue
		}
		if labels == nil {
			labels = map[string]string{}
		}
		if was, known := labels[from]; known && was != to {
			to = ""
		}
		labels[from] = to
	}
	return labels
}

// renumbering returns the numbers of a clause that kept its words, "" when they
// differ or it has none. A heading need not have kept them.
func (x *Context) renumbering(ch *Change) (from, to string) {
	p := ch.Pair
	switch {
	case ch.Reason != model.ReasonNumbering && ch.Kind != model.Modified, p.OldN != 1, p.NewN != 1,
		!ch.Folded() && x.New.Clauses[p.New].Kind != clause.Heading:
		return "", ""
	}
	old, new := x.Old.Visible(p.Old), x.New.Visible(p.New)
	n, m := len(old)-len(clause.Unnumbered(old)), len(new)-len(clause.Unnumbered(new))
	if n == 0 || m == 0 {
		return "", ""
	}
	return bareNumber(old[:n]), bareNumber(new[:m])
}

// bareNumber returns a clause's number without what is around it.
func bareNumber(s string) string {
	s = strings.ToLower(strings.Trim(s, " .():"))
	for _, w := range []string{"section ", "article ", "clause ", "§"} {
		s = strings.TrimSpace(strings.TrimPrefix(s, w))
	}
	return s
}

// sectionWords are what a section is called, and referenceWords what is before a
// number that refers to one.
var (
	sectionWords = wordSetOf("section sections article articles clause clauses paragraph paragraphs part parts chapter",
		"§ sec")
	referenceWords = union(sectionWords, wordSetOf("art and or to"))
)

// refersToRenumbered reports whether a clause differs only in the numbers of
// sections it refers to, each as the section was renumbered.
func (x *Context) refersToRenumbered(n int) bool {
	ch := &x.Changes[n]
	if len(x.labels) == 0 || ch.Kind != model.Modified || !isPlainPair(ch.Pair) ||
		x.others != nil && x.others[ch.New] { // work limit
		return false
	}
	a, b := redline.Tokens(x.Old.Visible(ch.Old)), redline.Tokens(x.New.Visible(ch.New))
	if x.table.otherWords(a, b) {
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
			if !x.isRenumbered(Words(a[i:r.Old]), Words(b[j:r.New])) || !afterSection(a, i) {
				return false
			}
			found = true
		}
		i, j = r.Old+r.N, r.New+r.N
	}
	return found
}

// isRenumbered reports whether one number is in the place of another as the
// clause with it was renumbered.
func (x *Context) isRenumbered(old, new []string) bool {
	if len(old) != 1 || len(new) != 1 {
		return false
	}
	to := x.labels[bareNumber(old[0])]
	return to != "" && to == bareNumber(new[0])
}

// afterSection reports whether a word for a section is right before a token.
func afterSection(tokens []string, i int) bool {
	const nearest = 3
	for k := i - 1; k >= 0 && k >= i-nearest; k-- {
		if redline.IsWord(tokens[k]) || tokens[k] == "§" {
			return referenceWords[strings.ToLower(tokens[k])]
		}
	}
	return false
}

// IsSectionWord reports whether a word says that the number after it is a section's.
func IsSectionWord(word string) bool { return sectionWords[strings.ToLower(word)] }
