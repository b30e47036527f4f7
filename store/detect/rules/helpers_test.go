package rules

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

func TestHasYearFindsYearsOnly(t *testing.T) {
	for s, want := range map[string]bool{
		"2026": true, "in 2026.": true, "5/26": true, "5.26": true, "/26": true,
		"26": false, "202": false, "20x26": false, "12 34": false, "5-26": false, "": false,
	} {
		if HasYear(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestWordBesideSkipsSpaces(t *testing.T) {
	tokens := []string{" ", "a", " ", "b", " "}
	for i, want := range map[int][2]string{0: {"", "a"}, 1: {"", "a"}, 2: {"a", "b"}, 3: {"a", "b"}, 4: {"b", ""},
		5: {"b", ""}} {
		if got := [2]string{wordBefore(tokens, i), wordAfter(tokens, i)}; got != want {
			t.Errorf("at %d: %q, want %q", i, got, want)
		}
	}
	if wordBefore([]string{"a"}, 1) != "a" {
		t.Error("the first token is no word before")
	}
}

func TestAfterSectionLooksThreeTokensBack(t *testing.T) {
	for text, want := range map[string]bool{
		"section, ,3": true, "§,3": true, "§, ,3": true, "and, ,(,3": true,
		"section, ,(,(,3": false, "fees, ,3": false, "(,3": false, "3": false,
	} {
		tokens := strings.Split(text, ",")
		if afterSection(tokens, len(tokens)-1) != want {
			t.Errorf("%q: %v", tokens, !want)
		}
	}
}

func TestLanguageNeedsEnoughWords(t *testing.T) {
	for _, c := range []struct {
		the, vous, other int
		want             string
	}{
		{60, 0, 0, "English"}, {59, 0, 0, ""}, {0, 60, 0, "French"},
		{5, 0, 55, "English"}, {4, 0, 56, ""},
		{30, 10, 20, "English"}, {30, 11, 20, ""},
		{0, 0, 60, ""},
	} {
		text := strings.Repeat("The ", c.the) + strings.Repeat("vous ", c.vous) + strings.Repeat("xyz ", c.other)
		if got := language(text); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestDomainIsTheOrganisations(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.quill.co.uk/a": "quill.co.uk", "http://QUILL.example": "quill.example",
		"https://localhost/a": "", "ftp://quill.example": "", "https://[::1": "", "quill.example": "", "": "",
	} {
		if got := domain(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

func TestTokensAreOneLongWordOfLettersAndDigits(t *testing.T) {
	for word, want := range map[string]bool{
		"abcdefghij12": true, "1234567890ab": true, "AB-cdefg_hi12": true, "ab+cdefghi=12": true,
		"zbcdefghij12": true, "ZBCDEFGHIJ12": true,
		"09cdefghijkl": true, "abcdefghij1@": false, "abcdefghij1`": false, "abcdefghi12{": false,
		"abcdefghi12[": false,
		"abcdefghi12":  false, "abcdefghijk1": false, "1234567890a1": false, "abcdéfghij12": false,
		"ab.cdefghij12": false,
	} {
		if isToken([]string{word}) != want {
			t.Errorf("%q: %v", word, !want)
		}
	}
	if isToken([]string{"abcdefghij12", "abcdefghij12"}) || isToken(nil) {
		t.Error("two words or none are a token")
	}
}

func TestRunTogetherCountsSpacesBesideDigits(t *testing.T) {
	for _, c := range []struct {
		x, y string
		want bool
	}{
		{"a B", "aB", true}, {"aB", "a B", true}, {"a b", "ab", true}, {"on the", "onthe", true},
		{"can not", "cannot", false}, {"in valid", "invalid", false}, {"in the", "inthe", true}, {"may use", "mayuse", false},
		{"non public", "nonpublic", true}, {"use may", "usemay", false}, {"a ≥ b", "a≥ b", false}, {"a bc d", "ab cd", true}, {"", "", true},
		{"1 5", "15", false}, {"a 5", "a5", false}, {"5 a", "5a", false}, {"a b", "ac", false}, {"a b", "a", false},
		{"a", "a b", false}, {"5 a B", "5 aB", true}, {"a =", "a=", false},
	} {
		if got := runTogether(strings.Fields(c.x), strings.Fields(c.y)); got != c.want {
			t.Errorf("%q and %q: %v", c.x, c.y, got)
		}
	}
}

func TestVersionNumbersAreRecognised(t *testing.T) {
	for s, want := range map[string]bool{"2.1": true, "v2.1.3": true, "21": false, "2.1a": false, "v2": false} {
		if isVersionNumber(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestEdgesAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range 130 {
		fmt.Fprintf(&b, "[Help](/h%d)\n\n", i)
	}
	b.WriteString(strings.Repeat("Fees are due.\n\n", 130))
	s := &side{doc: clause.Split(b.String())}
	for i, want := range map[int]bool{0: true, 119: true, 120: false, 125: false, 259: false} {
		if inEdge(s, i) != want {
			t.Errorf("clause %d: %v", i, !want)
		}
	}
	for n, want := range map[int]bool{119: true, 120: false} {
		line := "(c) 2026 Q"
		if isCopyrightLine(line+strings.Repeat("x", n-len(line))) != want {
			t.Errorf("a line of copyright of %d bytes: %v", n, !want)
		}
	}
	long := "[Help](/" + strings.Repeat("h", 3000) + ")\n\n[News](/n)\n\nFees are due.\n"
	if e := findEdges(clause.Split(long)); e.head != 0 {
		t.Errorf("a link of 3,000 bytes is in an edge: %d", e.head)
	}
}

func TestRulesTakeLengthsUpToTheirBound(t *testing.T) {
	pad := func(s string, n int) string { return s + strings.Repeat("x", n-len(s)) }
	notice := "We've updated our Terms, effective 29 June 2026. See the former ones here: "
	for _, c := range []struct {
		what  string
		scope Scope
		e     Example
		rule  string // "" for what stays
	}{
		{"a notice of 499 bytes", OfClause, Example{Old: pad(notice, 499)}, "notice of a past update"},
		{"a notice of 500 bytes", OfClause, Example{Old: pad(notice, 500)}, ""},
		{"a waiting time of 240 bytes", OfClause, Example{Old: pad("Expect a longer wait ", 240)}, "waiting time"},
		{"a waiting time of 241 bytes", OfClause, Example{Old: pad("Expect a longer wait ", 241)}, ""},
		{"19 bytes to read", OfCapture, Example{"{a}", pad("Come along ", 19)}, "empty page"},
		{"20 bytes to read", OfCapture, Example{"{a}", pad("Come along ", 20)}, "another page"},
		{"an address of 399 bytes", OfCapture, Example{"{a}", "[x](/" + strings.Repeat("y", 393) + ")"}, "empty page"},
		{"an address of 400 bytes", OfCapture, Example{"{a}", "[x](/" + strings.Repeat("y", 394) + ")"},
			"another page"},
		{"an error of 399 bytes", OfCapture, Example{"{a}{b}", "{a8}" + pad("Error 503 ", 399)},
			"error in place of a part"},
		{"an error of 400 bytes", OfCapture, Example{"{a}{b}", "{a8}" + pad("Error 503 ", 400)}, ""},
		{"a message of 700 bytes", OfCapture, Example{"{a}", pad("Sign in ", 700)}, "sign-in page"},
		{"a message of 701 bytes", OfCapture, Example{"{a}", pad("Sign in ", 701)}, "sign-in page"},
		{"one of 701 bytes that begins otherwise", OfCapture,
			Example{"{a}", "Our park.\n\nCome along.\n\n" + pad("Sign in ", 701)}, "another page"},
		{"a page of 4,499 bytes", OfCapture, Example{"{a}{b}{c}{d}{e}{f}", "Sign in" + strings.Repeat("\n", 4492)},
			"sign-in page"},
		{"a page of 4,500 bytes", OfCapture, Example{"{a}{b}{c}{d}{e}{f}", "Sign in" + strings.Repeat("\n", 4493)},
			"another page"},
	} {
		by := verdictsOf(Default, c.scope, c.e)
		if len(by) != 1 || by[0] != c.rule {
			t.Errorf("%s: %q, want %q", c.what, by, c.rule)
		}
	}
}

// TestPatternTakesItsAlternatives in the place of its first mark.
func TestPatternTakesItsAlternatives(t *testing.T) {
	p := pattern(`^(?:%s)-%s$`, "a", "b")
	for text, want := range map[string]bool{"a-%s": true, "b-%s": true, "a-b": false, "ab-%s": false, "a-a": false} {
		if p.MatchString(text) != want {
			t.Errorf("%q: %t", text, !want)
		}
	}
}

// TestRenumberingIsOfClausesThatHaveNumbers on both sides; what lost its number, or
// got one, renumbers nothing.
func TestRenumberingIsOfClausesThatHaveNumbers(t *testing.T) {
	for _, c := range []struct{ old, new, from, to string }{
		{"3. The fees are due at once", "4. The fees are due at once", "3", "4"},
		{"Section 3: The fees are due at once", "Section 4: The fees are due at once", "3", "4"},
		{"(a) The fees are due at once", "(b) The fees are due at once", "a", "b"},
		{"3. The fees are due at once", "The fees are due at once", "", ""},
		{"The fees are due at once", "3. The fees are due at once", "", ""},
		{"The fees are due at once", "the fees are due at once", "", ""},
	} {
		cmp := compare(Default, documentWith(c.old), documentWith(c.new))
		x := newContext(cmp, Default)
		for i := range cmp.Changes {
			if from, to := x.renumbering(&cmp.Changes[i]); from != c.from || to != c.to {
				t.Errorf("%q to %q: %q, %q", c.old, c.new, from, to)
			}
		}
		if len(cmp.Changes) != 1 {
			t.Errorf("%q to %q: %d changes", c.old, c.new, len(cmp.Changes))
		}
	}
}

// TestNumberThatCameOrWentFolds: it is the clause's own, and nothing else of it.
func TestNumberThatCameOrWentFolds(t *testing.T) {
	for _, c := range []struct {
		old, new string
		want     bool
	}{
		{"3. The fees are due at once", "The fees are due at once", true},
		{"The fees are due at once", "3. The fees are due at once", true},
		{"3. The fees are due at once", "(a) The fees are due at once", true},
		{"3. The fees are due AT once", "The fees are due at once", true},
		{"The fees are due AT once", "3. The fees are due at once", true},
		{"3. The fees are due AT once", "14. The fees are due at once", true},
		{"(a) The fees are due AT once", "1. The fees are due at once", true},
		{"3. The fees are due AT once", "fees are due at once", false},
		{"3. 4. The fees are due AT once", "The fees are due at once", false},
		{"3. The fees are due at once", "3. 5 fees are due at once", false},
		{"The 3 fees are due at once", "The fees are due at once", false},
		{"30 fees are due at once", "40 fees are due at once", false},
	} {
		by := verdictsOf(Default, OfClause, Example{c.old, c.new})
		if anyMaterial(by) == c.want || len(by) == 0 {
			t.Errorf("%q to %q: %q", c.old, c.new, by)
		}
	}
}

// TestClauseThatMovedAndSaysTheSameFolds: whatever of it that says nothing changed.
func TestClauseThatMovedAndSaysTheSameFolds(t *testing.T) {
	const moves, stays = "You own what you write here, and you let us show it to others for ten years.",
		"Fees are due at once, and nobody pays them back.\n\nWe keep it safe for you as long as you like it."
	for name, c := range map[string]struct {
		is   string
		want bool
	}{
		"the same":   {moves, true},
		"case":       {strings.Replace(moves, "others", "OTHERS", 1), true},
		"typography": {strings.Replace(moves, ", and", " , and", 1), true},
		"markup":     {"**" + moves + "**", true},
		"a number":   {strings.Replace(moves, "ten", "20", 1), false},
		"a word":     {strings.Replace(moves, "show", "sell", 1), false},
	} {
		changes := compare(Default, documentWith(moves+"\n\n"+stays), documentWith(stays+"\n\n"+c.is)).Changes
		if len(changes) != 1 || changes[0].Folded() != c.want || c.want != (changes[0].Kind == model.Moved) {
			t.Errorf("%s: %+v", name, changes)
		}
	}
}

func TestScopesHaveNames(t *testing.T) {
	if OfClause.String() != "clause" || OfCapture.String() != "capture" {
		t.Errorf("%s, %s", OfClause, OfCapture)
	}
}

func ExampleTable_Insubstantial() {
	for _, words := range []string{"Last updated 5 May 2026", "You must settle disputes by arbitration."} {
		v := Default.Insubstantial(words)
		fmt.Printf("%q: folded %v, %q\n", words, v.Folded(), v.Rule)
	}
	// Output:
	// "Last updated 5 May 2026": folded true, "date line"
	// "You must settle disputes by arbitration.": folded false, ""
}

// TestEveryPatternCompiles: the product does so only when it comes to use one.
func TestEveryPatternCompiles(t *testing.T) {
	if len(expressions) < 20 {
		t.Fatalf("%d patterns were made", len(expressions))
	}
	for _, e := range expressions {
		if _, err := regexp.Compile(e.source); err != nil {
			t.Error(err)
		}
	}
}
