package rules

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

func TestNeighboursFollowEachOtherOnOneSide(t *testing.T) {
	const none = clause.None
	for _, c := range []struct {
		p, q clause.Pair
		want bool
	}{
		{clause.Pair{Old: none, New: 3}, clause.Pair{Old: none, New: 4}, true},
		{clause.Pair{Old: none, New: 3}, clause.Pair{Old: none, New: 5}, false},
		{clause.Pair{Old: none, New: 3}, clause.Pair{Old: none, New: 3}, false},
		{clause.Pair{Old: 3, New: none}, clause.Pair{Old: 4, New: none}, true},
		{clause.Pair{Old: 3, New: none}, clause.Pair{Old: 5, New: none}, false},
		{clause.Pair{Old: 3, New: 7}, clause.Pair{Old: 4, New: 9}, false},
		{clause.Pair{Old: 3, New: 7}, clause.Pair{Old: 9, New: 8}, true},
		{clause.Pair{Old: none, New: 3}, clause.Pair{Old: 0, New: none}, false},
	} {
		if adjacent(c.p, c.q) != c.want {
			t.Errorf("%+v and %+v: %t", c.p, c.q, !c.want)
		}
	}
}

// TestKindsOfClausesByTheirLinks: menus and links to related articles.
func TestKindsOfClausesByTheirLinks(t *testing.T) {
	long := func(n int) string {
		head := "[a](/a)[b](/"
		return head + strings.Repeat("x", n-len(head)-1) + ")"
	}
	for words, want := range map[string]bool{
		"[a](/a)[b](/b)": true, "[a](/a)[b](/b) c": false, "[a](/a) [b](/b)": false, "[a](/a)": false,
		"[a](/a) [b](/b) [c](/c) [d](/d)": true, "[a](/a) [b](/b) [c](/c)": false, "[a](/a)[b](/b) [c](/c)": false,
		"[a](/a) | [b](/b) | [c](/c) | [d](/d)": false, "[Previous](/a) [Next](/b)": true,
		"[Next](/a) [Previous](/b)": false,
		"[Previous](/a) [More](/b)": false, "[Prev](/a) [x](/x) [Next](/b)": false, "* [a](/a)[b](/b)": true,
		"* [a](/a) [b](/b)": false,
		long(3000):          true, long(3001): false,
	} {
		if got := isMenu(&side{doc: clause.Split(words + "\n")}, 0); got != want {
			t.Errorf("%.60q a menu: %t", words, got)
		}
	}
	for words, want := range map[string]bool{
		"[Ranks](/r)": true, "[Ranks](/r) [Coins](/c)": true, "[Ranks](/r) are new": false, "Ranks": false,
		"—": false, "![x](/x)": true,
	} {
		d := clause.Split("## Related articles:\n\n" + words + "\n\n## Fees\n\n" + words + "\n")
		s := &side{doc: d}
		if isRelated(s, 1) != want || isRelated(s, 3) || isRelated(s, 0) {
			t.Errorf("%q related: %t, elsewhere %t", words, isRelated(s, 1), isRelated(s, 3))
		}
	}
}

func TestEntriesOfContentsLeadToOtherHeadings(t *testing.T) {
	const both = "\n\n## Fees\n\n## 2. Refunds:\n"
	long := func(n int) string { return "[Fees](#" + strings.Repeat("x", n-len("[Fees](#)")) + ")" }
	for words, want := range map[string]int{
		"[Fees](#f)": 1, "[Fees](#f) [Refunds](#r)": 2, "[FEES](#f)": 1, "[3. Fees](#f)": 1, "[Fees](/f)": 0,
		"[Fees](#f) [Refunds](/r)": 0, "[Fees](#f) and more": 0, "[Coins](#c)": 0, "[New](#n)": 0,
		"[Fees](#f) [New](#n)": 0, "—": 0,
		"Fees": 1, "Fees are due": 0, "**[Fees](#f)**": 1, "**Fees**": 0, "**[New](#n)**": 0, long(3000): 1, long(3001): 0,
	} {
		s := &side{doc: clause.Split(words + both)}
		if got := s.contentsEntries(0); got != want {
			t.Errorf("%.60q has %d entries, want %d", words, got, want)
		}
	}
}

func TestPlainWordIsOfOneCaseButForTheFirst(t *testing.T) {
	for w, want := range map[string]bool{
		"fees": true, "Fees": true, "azaz": true, "ZZzz": false, "Azaz": true, "Zzzz": true, "feesDue": false, "éééé": false,
		"fee": false, "5555": false, "fee5": false,
		"fee{": false, "fee`": false, "[fee": false, "@fee": false, "{fee": false, "`fee": false, "": false,
	} {
		if _, ok := plainHash(w); ok != want {
			t.Errorf("%q: %t", w, !want)
		}
	}
	lower, _ := plainHash("fees")
	if upper, _ := plainHash("Fees"); upper != lower {
		t.Error("in capitals it is another word")
	}
}

// TestOtherWordsAreThoseOfOneSide holds the search against one by sets.
func TestOtherWordsAreThoseOfOneSide(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 1))
	pick := []string{" ", ",", "fees", "Fees", "FEES", "section", "Article", "May", "march", "days", "Données", "terms",
		"Terms", "arbitration", "you", "5"}
	set := func(tokens []string) map[string]bool {
		m := map[string]bool{}
		for _, w := range tokens {
			if _, ok := plainHash(w); ok {
				m[strings.ToLower(w)] = true
			}
		}
		return m
	}
	for range 20_000 {
		a, b := make([]string, r.IntN(8)), make([]string, r.IntN(8))
		for i := range a {
			a[i] = pick[r.IntN(len(pick))]
		}
		copy(b, a)
		for i := range b {
			if b[i] == "" || r.IntN(3) == 0 {
				b[i] = pick[r.IntN(len(pick))]
			}
		}
		x, y, want := set(a), set(b), false
		for w := range union(x, y) {
			want = want || x[w] != y[w] && !Default.own[w] && !redline.IsMonth(w)
		}
		if got := Default.otherWords(a, b); got != want {
			t.Fatalf("%q and %q: %t, want %t", a, b, got, want)
		}
	}
}

// TestWhatSurelyDiffersDiffers: what is seen to be other words at a glance is so when the
// words are compared.
func TestWhatSurelyDiffersDiffers(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 3))
	pick := []string{" ", " ", ", ", "fees", "Fees", "FEES", "(", ")", "(TM)", "(c) 2020 ", "don't", "10 000", "1,000", "5", "%",
		"é", "ſ", "\u212a", "k", "now", "here", "’", "-", "$5", "https://q.example/a", "+", "=", "a_b", "TM", "R", "条"}
	other := 0
	for range 50_000 {
		var a, b strings.Builder
		for range 1 + r.IntN(6) {
			p := pick[r.IntN(len(pick))]
			a.WriteString(p)
			switch r.IntN(8) {
			case 0:
				p = pick[r.IntN(len(pick))]
			case 1:
				p = " " + strings.ToUpper(p)
			case 2:
				p += ","
			}
			b.WriteString(p)
		}
		x, y := a.String(), b.String()
		if !surelyOther(x, y) {
			continue
		}
		other++
		if got := compareWording(Words(redline.Tokens(x)), Words(redline.Tokens(y)), "", ""); got != model.ReasonNone {
			t.Fatalf("%q and %q are other words at a glance, and differ in %s", x, y, got)
		}
	}
	if other < 1000 {
		t.Errorf("only %d pairs are other words", other)
	}
}

func TestWordingDiffersInWhat(t *testing.T) {
	for _, c := range []struct {
		x, y string
		want model.Reason
	}{
		{"a b", "a b", model.ReasonTypography}, {"", "", model.ReasonTypography}, {"a B", "a b", model.ReasonCase},
		{"A b", "a b", model.ReasonCase}, {"ab c", "a bc", model.ReasonWhitespace}, {"a B", "aB",
			model.ReasonWhitespace}, {"now here", "nowhere", model.ReasonNone}, {"may be", "maybe", model.ReasonNone},
		{"terms of use and fees", "termsof useand fees", model.ReasonWhitespace},
		{"US", "us", model.ReasonNone}, {"in US dollars", "in us dollars", model.ReasonNone},
		{"CONTACT US", "Contact us", model.ReasonCase}, {"we do NOT sell", "we do not sell", model.ReasonCase},
		{"WHO rules", "who rules", model.ReasonNone}, {"AS IS basis", "as is basis", model.ReasonCase},
		{"May be", "may be", model.ReasonCase}, {"it ends may be", "it ends May be", model.ReasonNone},
		{"We May Collect", "We may collect", model.ReasonCase}, {"You MAY go", "You may go", model.ReasonCase},
		{"a b", "a c", model.ReasonNone}, {"A b", "a c", model.ReasonNone}, {"a", "", model.ReasonNone}, {"A B", "ab",
			model.ReasonNone},
	} {
		if got := compareWording(strings.Fields(c.x), strings.Fields(c.y), "", ""); got != c.want {
			t.Errorf("%q and %q: %q, want %q", c.x, c.y, got, c.want)
		}
	}
}

func TestKindsOfWords(t *testing.T) {
	for _, c := range []struct {
		name string
		is   func([]string) bool
		yes  string // separated by |
		no   string
	}{
		{"numbers", isNumbers, "5|1.5|1,000|0 9", "|a|5 a|a 5|5k"},
		{"an e-mail address", isEmail, "a@b.example|a@b.example c@d.example", "|a|a@b.example a|a a@b.example"},
		{"obfuscated", isObfuscated, "email protected|Email Protected email protected",
			"|email|email protected email|protected"},
		{"a relative day", isRelativeDay, "yesterday|Today|just now|last week|5 days ago|an hour ago|5 days",
			"|now|last day|days|since yesterday"},
	} {
		for words := range strings.SplitSeq(c.yes, "|") {
			if !c.is(strings.Fields(words)) {
				t.Errorf("%q is not %s", words, c.name)
			}
		}
		for words := range strings.SplitSeq(c.no, "|") {
			if c.is(strings.Fields(words)) {
				t.Errorf("%q is %s", words, c.name)
			}
		}
	}
	a, b := "https://quill.example/a", "https://help.quill.example/b"
	for _, c := range []struct {
		x, y []string
		want bool
	}{
		{[]string{a}, []string{b}, true}, {[]string{a}, []string{"https://other.example"}, false}, {[]string{a, a},
			[]string{b}, false},
		{[]string{a}, []string{b, b}, false}, {[]string{"a"}, []string{"b"}, false}, {nil, nil, false}, {[]string{a},
			[]string{"a"}, false},
	} {
		if sameOrganisation(c.x, c.y) != c.want {
			t.Errorf("%q and %q at the same organisation: %t", c.x, c.y, !c.want)
		}
	}
}

// TestDateLineHasUpToTenWords around its date, one of them a noun of such lines.
func TestDateLineHasUpToTenWords(t *testing.T) {
	for words, want := range map[string]bool{
		"updated": true, "updated " + strings.Repeat("of ", 9): true, "updated " + strings.Repeat("of ", 10): false,
		"Quill Ink Ltd terms updated": true, "Big Quill Ink Ltd terms updated": false, "Quill updated": false,
		"Quill terms effective": false, "quill terms updated": false, "valid from": false, "updated of": true,
		"": true, "fees": false,
		"not updated": false, "must be updated": false, "updated 5": false, "updated version 2.1": true,
		"views: 1,234 updated": true, "views 12k": true,
	} {
		if by := verdictsOf(Default, OfClause, Example{New: words + " 5 May 2026"}); allFolded(by, "date line") != want {
			t.Errorf("%q: %q", words, by)
		}
	}
}

// TestDateStillToComeIsNews: a stamp of a day that is ahead of the capture, on
// either side, and what leads a date in that is news only before it.
func TestDateStillToComeIsNews(t *testing.T) {
	at := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		old, new string
		material bool
	}{
		{"Effective 5 May 2026", "Effective 31 May 2026", false},
		{"Effective 5 May 2026", "Effective 2 June 2026", false},
		{"Effective 5 May 2026", "Effective 3 June 2026", true},
		{"Effective 5 July 2026", "Effective 5 May 2026", true},
		{"Effective 5 May 2026", "Effective 4/7/2026", false},
		{"Effective 5 May 2026", "Effective 8/7/2026", true},
		{"", "Effective 3 June 2026", true},
		{"", "Effective from 3 May 2026", false},
		{"", "Effective from 3 June 2026", true},
		{"Effective 3 June 2026", "", true},
		{"Gültig ab 5. Mai 2026", "Gültig ab 9. Mai 2026", false},
		{"Gültig ab 5. Mai 2026", "Gültig ab 9. Juli 2026", true},
		{"", "Quill Terms of Service effective 5 May 2026", false},
		{"", "Offer valid until 5 May 2026", true},
		{"", "The fee change is effective from 5 May 2026", true},
	} {
		cmp := compareAt(Default, documentWith(c.old), documentWith(c.new), at)
		if len(cmp.Changes) != 1 || cmp.Changes[0].Folded() == c.material {
			t.Errorf("%q to %q: %+v, want material: %t", c.old, c.new, cmp.Changes, c.material)
		}
	}
}

// TestBannerIsWithin24ClausesOfAnEnd of the page.
func TestBannerIsWithin24ClausesOfAnEnd(t *testing.T) {
	var b strings.Builder
	for range 60 {
		b.WriteString("Accept all\n\n")
	}
	d := clause.Split(b.String())
	for i, want := range map[int]bool{0: true, 23: true, 24: false, 35: false, 36: true, 59: true, clause.None: true} {
		if got := new(bannerParts).add(d, i); got != want {
			t.Errorf("clause %d of 60: %t", i, got)
		}
	}
	for words, want := range map[string]bannerParts{
		"Accept all": {buttons: 1}, "We use cookies to run this site.": {asks: true},
		"Our site uses cookies. Accept": {asks: true, buttons: 1}, "Fees are due.": {},
		"Cookies are small files.": {}, "[Accept](/a) [Reject](/r)": {buttons: 1}, "[Accept](/a) [Fees](/r)": {},
		"[Accept](/a) the fees": {},
	} {
		var got bannerParts
		got.add(clause.Split(words+"\n"), 0)
		if got != want {
			t.Errorf("%q: %+v, want %+v", words, got, want)
		}
	}
	for words, want := range map[string]bool{
		"Cookies are small files.": true, "Fees are due.": false,
		"A cookie " + strings.Repeat("x", 590): true, "A cookie " + strings.Repeat("x", 591): false,
	} {
		if got := new(bannerParts).add(clause.Split(words+"\n"), 0); got != want {
			t.Errorf("%.40q may be of a banner: %t", words, got)
		}
	}
}

func TestRankOfReasons(t *testing.T) {
	order := []model.Reason{model.ReasonWhitespace, model.ReasonCase, model.ReasonLink, model.ReasonNumbering,
		model.ReasonBoilerplate, model.ReasonDate}
	for i := 1; i < len(order); i++ {
		if rank(order[i-1]) >= rank(order[i]) {
			t.Errorf("%q ranks no lower than %q", order[i-1], order[i])
		}
	}
}

func TestServerTimeIsATimeStamp(t *testing.T) {
	for line, want := range map[string]bool{
		"Mon, 05 Jan 2026 12:34:56 GMT": true, "Sunday 5 Jan 2026 12:34:56": true, "Fri, 5 Jan 2026 12:34:56 UTC": true,
		"Fri, 5 Jan 2026 12:34": false, "Fees, 5 Jan 2026 12:34:56": false, "Fri, 5 Jan 2026 12:34:56 CET": false,
	} {
		if by := verdictsOf(Default, OfClause, Example{New: line}); anyMaterial(by) == want {
			t.Errorf("%q: %q", line, by)
		}
	}
}

// TestSixClausesThatRepeatFold wherever they begin, five don't.
func TestSixClausesThatRepeatFold(t *testing.T) {
	parts := strings.Split(strings.TrimSpace(expand("{a}")), "\n\n")
	for n, want := range map[int]bool{5: false, 6: true, 7: true} {
		for name, first := range map[string]string{
			"after nothing": parts[0], "after a change": strings.Replace(parts[0], "16", "13", 1),
		} {
			new := strings.Join(append(append([]string{first}, parts[1:]...), parts[1:1+n]...), "\n\n")
			folded := 0
			for _, ch := range compare(Default, strings.Join(parts, "\n\n"), new).Changes {
				if ch.Kind == model.Added && ch.Folded() {
					folded++
				}
			}
			if (folded == n) != want || folded != 0 && folded != n {
				t.Errorf("%d clauses again, %s: %d fold", n, name, folded)
			}
		}
	}
}

// TestCaseOfAnyLetterFolds: from the first to the last of the alphabet.
func TestCaseOfAnyLetterFolds(t *testing.T) {
	for c := 'a'; c <= 'z'; c++ {
		word := string(c) + "ebras"
		e := Example{"We show " + strings.ToUpper(word[:1]) + word[1:] + " that are are new", "We show " + word + " that are new"}
		if by := verdictsOf(Default, OfClause, e); !allFolded(by, "case of words") {
			t.Errorf("%q to %q: %q", e.Old, e.New, by)
		}
	}
}
