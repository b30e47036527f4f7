package rules

import (
	"slices"
	"strings"
	"testing"

	"fineprint/store/text/clause"
)

// TestEveryLineOfAListFolds: each control, prompt, button, navigation link and
// heading of related articles folds where its kind does, and no longer with a
// word of terms after it.
func TestEveryLineOfAListFolds(t *testing.T) {
	const body = "{a4}"
	for _, list := range []struct {
		rule     string
		lines    wordSet
		old, new string // with % for the line
	}{
		{"control of the page", controls, body, body + "%\n\n"},
		{"feedback prompt", prompts, body, body + "%\n\n"},
		{"cookie banner", consentButtons, body, "We use cookies to run this site.\n\n%\n\n" + body},
		{"navigation at an edge", navigation, body, "[%](/x)\n\n[Newsroom](/news)\n\n" + body},
		{"links to related articles", relatedHeadings, body + "## %\n\nThese.\n", body + "## %\n\n[Ranks](/r)\n\nThese.\n"},
	} {
		for line := range list.lines {
			e := Example{strings.Replace(list.old, "%", line, 1), strings.Replace(list.new, "%", line, 1)}
			if by := verdictsOf(Default, OfContext, e); !allFolded(by, list.rule) && !bothControlAndPrompt(line) {
				t.Errorf("%s: %q doesn't fold: %q", list.rule, line, by)
			}
			other := line + " arbitration"
			e = Example{strings.Replace(list.old, "%", other, 1), strings.Replace(list.new, "%", other, 1)}
			if by := verdictsOf(Default, OfContext, e); !anyMaterial(by) {
				t.Errorf("%s: %q folds: %q", list.rule, other, by)
			}
		}
	}
}

func bothControlAndPrompt(line string) bool { return controls[line] && prompts[line] }

// TestEveryDateLineNounMakesADateLine: with it a date is one, with another word
// it isn't.
func TestEveryDateLineNounMakesADateLine(t *testing.T) {
	for w := range dateLineNouns {
		if by := verdictsOf(Default, OfClause, Example{New: w + " 5 May 2026"}); !allFolded(by, "date line") {
			t.Errorf("%s: %q", w, by)
		}
		if !dateLineWords[w] {
			t.Errorf("%s is no word of a date line", w)
		}
	}
	if by := verdictsOf(Default, OfClause, Example{New: "fees 5 May 2026"}); !anyMaterial(by) {
		t.Errorf("fees: %q", by)
	}
}

// TestRulesAreListedInOrderOfScope: the order of the table is the order in
// which rules are asked.
func TestRulesAreListedInOrderOfScope(t *testing.T) {
	if !slices.IsSortedFunc(Default.Rules(), func(a, b *Rule) int { return int(a.Scope) - int(b.Scope) }) {
		t.Error("scopes are mixed up")
	}
	if n := len(Default.Rules()); len(Default.Without("moved").Rules()) != n-1 {
		t.Errorf("Without leaves %d of %d rules", len(Default.Without("moved").Rules()), n)
	}
}

// TestMovedClauseNamesWhyItIsMaterial: the details of moves that aren't folded.
func TestMovedClauseNamesWhyItIsMaterial(t *testing.T) {
	for want, old := range map[string]string{
		"moved to another list": "You may:\n\n* sell what you made yourself\n* share it\n\nYou may not:\n\n* copy " +
			"what others made",
		"moved as well": "You own what you write here for 10 years.\n\nFees are due at once.\n\nWe keep it " +
			"safe for you.",
	} {
		new := map[string]string{
			"moved to another list": "You may:\n\n* share it\n\nYou may not:\n\n* copy what others made\n* sell what you " +
				"made yourself",
			"moved as well": "Fees are due at once.\n\nWe keep it safe for you.\n\nYou own what you write here " +
				"for 20 years.",
		}[want]
		found := false
		for _, ch := range compare(Default, documentWith(old), documentWith(new)).Changes {
			found = found || ch.Detail == want && !ch.Folded()
		}
		if !found {
			t.Errorf("no material change is %q", want)
		}
	}
}

// TestHighestRankedStretchNamesTheReason: of several stretches the one that
// tells most gives the clause's reason.
func TestHighestRankedStretchNamesTheReason(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"Revised 5 May 2026. © 2025 Quill", "Revised 6 May 2026. © 2026 Quill", "date of a date line"},
		{"3. Last changed 5 days ago", "4. Last changed 6 days ago", "time ago"},
		{"3. THE fees are listed in full at https://quill.example/a for it",
			"4. the fees are listed in full at https://quill.example/b for it", "number among the changes"},
		{"THE fees are listed in full at https://quill.example/a for it",
			"the fees are listed in full at https://quill.example/b for it", "address at the same organisation"},
		{"THE fees are are due", "the fees are due", "case of words"},
		{"Fees, all of them, go to THE house as they are are", "Fees all of them go to the house as they are",
			"case of words"},
	} {
		if by := verdictsOf(Default, OfClause, Example{c.old, c.new}); !allFolded(by, c.want) {
			t.Errorf("%q to %q: %q, want %s", c.old, c.new, by, c.want)
		}
	}
}

// TestInsubstantialFoldsOnlyWordsWithoutNews: words that would be no news by themselves, and near ones
// that would be.
func TestInsubstantialFoldsOnlyWordsWithoutNews(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "—": true, "Updated 5 May 2026": true, "Read more": true, "12 views": true,
		"Arbitration": false, "We've updated our Privacy Policy, effective 29 June 2026. See the former one here.": false,
	} {
		if got := Default.Insubstantial(text).Folded(); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestRulesTakeTextsUpToTheirBound: the longest clause, document or stretch that a rule still
// takes, and one that is longer.
func TestRulesTakeTextsUpToTheirBound(t *testing.T) {
	pad := func(s string, n int) string { return s + strings.Repeat(" ", max(n-len(s), 0)) }
	long := func(n int) string {
		return strings.TrimSpace(strings.Repeat("updated 5 May 2026. ", n/20+1)[:n-1]) + "."
	}
	const rule = "You may use the service under these terms at any time. "
	for _, c := range []struct {
		name string
		got  bool
		want bool
	}{
		{"date lines of 380 bytes", allFolded(verdictsOf(Default, OfClause, Example{New: long(380)}), "date line"), true},
		{"date lines of 400 bytes", allFolded(verdictsOf(Default, OfClause, Example{New: long(400)}), "date line"), false},
		{"a document of 600 bytes", Default.Capture(compare(Default, pad("Fees.", 600), ""), Verdict{}).Folded(), true},
		{"a document of 599 bytes", Default.Capture(compare(Default, pad("Fees.", 599), ""), Verdict{}).Folded(), false},
		{"a first page of 4,499 bytes", Default.FirstCapture("404\n" + strings.Repeat("\nxyz", 1123)).Folded(), true},
		{"a first page of 4,503 bytes", Default.FirstCapture("404\n" + strings.Repeat("\nxyz", 1125)).Folded(), false},
		{"a first message with 1 rule", Default.FirstCapture("404\n\n" + rule).Folded(), true},
		{"a first message with 2 rules", Default.FirstCapture("404\n\n" + rule + rule).Folded(), false},
		{"a first wall with 2 formal words in 14",
			Default.FirstCapture("Cookies for terms, a b c d e f g h i\n\n* Accept all\n").Folded(), true},
		{"a first wall with 2 formal words in 5",
			Default.FirstCapture("Cookies for terms\n\n* Accept all\n").Rule == "cookie wall", false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v", c.name, c.got)
		}
	}
}

// TestEdgesEndWherePageChromeDoes: what is an edge's and what is prose, by its
// place.
func TestEdgesEndWherePageChromeDoes(t *testing.T) {
	for _, c := range []struct {
		text       string
		head, tail int // clauses of each edge
	}{
		{"[Help](/h)\n\n[News](/n)\n\nFees are due.\n", 2, 0},
		{"[Help](/h)\n\nProduct\n\n[News](/n)\n\nFees are due.\n", 3, 0},
		{"[Help](/h)\n\n[News](/n)\n\nProduct\n\nFees are due.\n", 2, 0},
		{"[Help](/h)\n\n[News](/n)\n\n---\n\nFees are due.\n", 2, 0},
		{"[Help](/h)\n\nNews\n\nFees are due.\n", 1, 0},
		{"[Help](/h)\n\nFees are due.\n", 0, 0},
		{"Fees are due.\n\n[Quill](/q)\n\n© 2026 Quill\n", 0, 2},
		{"Fees are due.\n\n(c) 2026 Quill\n", 0, 1},
		{"Fees are due.\n\nCopyright 2026 by Quill and all of its many good friends here\n", 0, 0},
		{"Fees are due.\n\n[Help](/h) [News](/n)\n", 0, 1},
		{"Fees are due.\n\n[Help](#h) [News](#n)\n", 0, 0},
		{"Fees are due.\n\n[Help](/h) [News](/n) for all\n", 0, 0},
		{"Fees are due.\n\n[Help](/h) [News](/n) [one two three four five six seven](/x)\n", 0, 1},
		{"Fees are due.\n\n[Help](/h) [News](/n) [one two three four five six seven eight](/x)\n", 0, 0},
		{"Fees are due.\n\n[Help](/h)\n\nwith one two three\n\n[News](/n)\n", 0, 3},
		{"Fees are due.\n\n[Help](/h)\n\nwith one two three four\n\n[News](/n)\n\n[Jobs](/j)\n", 0, 2},
		{"Fees are due.\n\n[Help](/h)\n\nOne. Two\n\n[News](/n)\n\n[Jobs](/j)\n", 0, 2},
		{"[Help](/h)\n\n[News](/n)\n", 2, 0},
	} {
		d := clause.Split(c.text)
		e := findEdges(d)
		if e.head != c.head || len(d.Clauses)-e.tail != c.tail {
			t.Errorf("%q: edges of %d and %d, want %d and %d", c.text, e.head, len(d.Clauses)-e.tail, c.head, c.tail)
		}
	}
}

// TestWordsThatAppearAreMaterial: a clause that had nothing to read on one side
// isn't judged as one of its words alone.
func TestWordsThatAppearAreMaterial(t *testing.T) {
	c := &Comparison{Old: clause.Split("---\n"), New: clause.Split("Updated 5 May 2026\n")}
	c.Alignment = clause.Align(c.Old, c.New)
	for _, p := range []clause.Pair{{OldN: 1, NewN: 1}, {OldN: 1, NewN: 1, Moved: true}} {
		if ch := Default.classifyPair(c, p); ch.Folded() {
			t.Errorf("%+v", ch)
		}
	}
}

// TestCounterOfSeveralParts: empty parts don't count, a relative time names
// them before a counter, and a part that is neither spoils all.
func TestCounterOfSeveralParts(t *testing.T) {
	for phrase, want := range map[string]string{
		"3 views - · 3 months ago": detailRelativeTime,
		"3 months ago | 3 views":   detailRelativeTime,
		"12:34 ∙ 3 views":          detailDuration,
		"3 views ⋅ 5 min read":     detailCounter,
		"3 views • fees":           "",
		"":                         "",
	} {
		if got := counter(phrase); got != want {
			t.Errorf("%q: %q, want %q", phrase, got, want)
		}
	}
}
