package clause

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestCharactersThatAreWords: each of the scripts written without spaces, at both
// ends of its block.
func TestCharactersThatAreWords(t *testing.T) {
	for _, block := range [][2]rune{
		{0x0e00, 0x0eff}, {0x1780, 0x17ff}, {0x3040, 0x30ff}, {0x3400, 0x9fff}, {0x20000, 0x2ffff},
	} {
		for r, want := range map[rune]bool{block[0] - 1: false, block[0]: true, block[1]: true, block[1] + 1: false} {
			if alone(r) != want {
				t.Errorf("U+%04X is a word by itself: %t", r, !want)
			}
		}
	}
}

// TestWordsOfABag: numbers and months are one word, whichever they are; case is none.
func TestWordsOfABag(t *testing.T) {
	bag := func(s string) []uint32 { return appendWords(nil, s) }
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"30 days", "90 days", true}, {"in March", "in 2026", true}, {"in march", "in DECEMBER", true}, {"in may",
			"in june", false},
		{"AZ az", "az AZ", true}, {"a-b", "a b", true}, {"ab", "a b", false}, {"x0", "x9", false}, {"é", "è", false},
		{"5é", "6é", false}, {"0", "9", true}, {"@", "`", true}, {"保存", "保 存", true}, {"données", "donn ées", false},
	} {
		x, y := bag(c.a), bag(c.b)
		same := len(x) == len(y)
		for i := range x {
			same = same && x[i] == y[i]
		}
		if same != c.same {
			t.Errorf("%q and %q: the same %t", c.a, c.b, same)
		}
	}
	for s, want := range map[string]int{"": 0, "-": 0, "a": 1, " a  b ": 2, "保存": 2, "a保b": 3, "a1 2b": 2} {
		if got := len(bag(s)); got != want {
			t.Errorf("%q has %d words, want %d", s, got, want)
		}
	}
}

func TestSimilarityOfBags(t *testing.T) {
	words := func(from, n uint32) (list []uint32) {
		for i := range n {
			list = append(list, from+i)
		}
		return list
	}
	for _, c := range []struct {
		x, y []uint32
		want float32
	}{
		{nil, nil, 0}, {words(0, 3), nil, 0}, {words(0, 4), words(0, 4), 1}, {words(0, 4), words(2, 4), 0.5},
		{words(0, 4), words(9, 4), 0}, {[]uint32{5, 5, 6}, []uint32{5, 6, 6}, 2.0 / 3},
		{words(0, 7), words(0, 63), 14.0 / 70}, // too short to be inside the longer
		{words(0, 8), words(0, 72), 0.6}, {words(0, 72), words(0, 8), 0.6}, {words(0, 8), words(0, 12), 0.8},
		{words(0, 41), words(0, 41), 1}, {words(0, 60), words(30, 60), 0.5}, {words(1<<31, 60), words(0, 60), 0},
		// All of one is in the other, though few of its words have low hashes.
		{append(words(0, 7), words(1<<31, 53)...), append(words(0, 7), words(1<<31, 653)...), 0.6},
	} {
		if got := similarity(c.x, c.y); got < c.want-1e-6 || got > c.want+1e-6 {
			t.Errorf("%d and %d words: %f, want %f", len(c.x), len(c.y), got, c.want)
		}
	}
}

// TestLinesThatBeginAClause right under a paragraph or a table's row, and those that
// go on with it.
func TestLinesThatBeginAClause(t *testing.T) {
	for line, want := range map[string]string{
		"# Heading": "paragraph heading", "####### no": "paragraph", "#no": "paragraph",
		"###### Six": "paragraph heading",
		"---":        "heading", "***": "paragraph rule", "- - -": "paragraph rule", "**": "paragraph",
		"-- -": "paragraph rule",
		"```":  "paragraph code", "~~~": "paragraph code", "``": "paragraph", "``` a`b": "paragraph",
		"~~~ a`b": "paragraph code",
		"* item":  "paragraph item", "+ item": "paragraph item", "- item": "paragraph item", "*": "paragraph",
		"*item":   "paragraph",
		"1. item": "paragraph item", "1) item": "paragraph item", "2. item": "paragraph", "1.": "paragraph",
		"1":               "paragraph",
		"123456789. item": "paragraph", "===": "heading", "    # code": "paragraph",
		"   # Heading": "paragraph heading",
	} {
		if got := kindsOf("Words of a paragraph\n" + line + "\n"); got != want {
			t.Errorf("under a paragraph, %q: %s, want %s", line, got, want)
		}
	}
	for line, want := range map[string]string{
		"# Heading": "heading", "***": "rule", "```": "code", "* item": "item", "1. item": "item", "2. item": "row",
		"words": "row", "| c | d |": "row", "    * c": "row",
	} {
		if got := kindsOf("| a | b |\n|---|---|\n" + line + "\n"); got != "row "+want {
			t.Errorf("under a row, %q: %s, want row %s", line, got, want)
		}
	}
}

// kindsOf names the kinds of a text's clauses.
func kindsOf(text string) string {
	names := map[Kind]string{Heading: "heading", Paragraph: "paragraph", Item: "item", Row: "row", Code: "code",
		Rule: "rule"}
	var list []string
	for _, c := range Split(text).Clauses {
		list = append(list, names[c.Kind])
	}
	return strings.Join(list, " ")
}

func TestLabels(t *testing.T) {
	for s, want := range map[string]int{
		"1. Fees": 2, "1.2 Fees": 3, "1.2. Fees": 4, "1) Fees": 2, "(1) Fees": 3, "1: Fees": 2, "1 Fees": 0,
		"a. Fees": 2, "a Fees": 0,
		"(a) Fees": 3, "iv. Fees": 3, "iv Fees": 0, "XVIII. Fees": 6, "xxxviii. Fees": 0, "ab. Fees": 0, "1.": 0,
		"1. ": 2, "(": 0,
		"( Fees": 0, "1.Fees": 0, ". Fees": 0, "(. Fees": 0, "": 0, "1a. Fees": 0, "é. Fees": 0, "12": 0, "a.": 0,
		"(a)":           0,
		"10.20.30 Fees": 8, "9) Fees": 2, "z) Fees": 2, "A: Fees": 2, ") Fees": 0,
	} {
		if got := label(s); got != want {
			t.Errorf("%q: a label of %d bytes, want %d", s, got, want)
		}
	}
}

// TestLineMayBeginWithALabel: the glance never rules out what has a label.
func TestLineMayBeginWithALabel(t *testing.T) {
	for s, want := range map[string]bool{
		"1. Fees": true, "(a) Fees": true, "§ 4 Fees": true, "a. Fees": true, "xviii. Fees": true,
		"Section 3: Fees": true,
		"section 3 Fees":  true, "Article 3 Fees": true, "Clause 3: Fees": true, "clause 3. Fees": true,
		"**1. Fees**": true, "[1. Fees](x)": true,
		"0. Fees": true, "9. Fees": true, "(9) Fees": true, "-a. Fees": false, "/1. Fees": false, "IV: Fees": true,
		"a) Fees": true, `a\. Fees`: true,
		"": false, "**": false, "Fees": false, "Fees are due": false, "a Fees": false, "abcdefg. Fees": false,
		"Seven 3":    false,
		"Payments 3": false, "- Fees": false,
	} {
		if mayBeNumbered(s) != want {
			t.Errorf("%q: %t", s, !want)
		}
	}
}

// TestHeadingsThatMarkdownKnowsNothingOf, by their level.
func TestHeadingsThatMarkdownKnowsNothingOf(t *testing.T) {
	words := func(n int) string { return strings.TrimSpace(strings.Repeat("Ab ", n)) }
	for s, want := range map[string]int8{
		"1. Fees": numberedLevel, "1.2 Fees": numberedLevel + 1, "Section 3 Fees": 0, "Section 3. Fees": numberedLevel,
		"1. fees": 0, "1. Fees are due.": 0, "1. Fees;": 0, "1. Fees,": 0, "1. Fees:": 0, "1. “Fees”": numberedLevel,
		"1. " + words(12): numberedLevel, "1. " + words(13): 0, "1.": 0, "Fees": 0,
	} {
		if got := numbered(s); got != want {
			t.Errorf("%q: level %d, want %d", s, got, want)
		}
	}
	for s, want := range map[string]bool{
		"FEES": true, "FEE": false, "FEES DUE": true, "FEES Due": false, "FEES.": false, "FEES:": false, "12345": false,
		strings.TrimSpace(strings.Repeat("AB ", 12)): true, strings.TrimSpace(strings.Repeat("AB ", 13)): false,
	} {
		if isCapitals(s) != want {
			t.Errorf("%q in capitals: %t", s, !want)
		}
	}
	for s, want := range map[string]bool{
		"**Fees**": true, "__Fees__": true, "**F**": false, "**Fe**": true, "**Fees** are **due**": false,
		"**Fees": false, "Fees**": false,
		"*Fees*": false, "**Fees__": false,
	} {
		if isBold(s) != want {
			t.Errorf("%q bold: %t", s, !want)
		}
	}
}

// TestLettersAreCutInOrder: whatever is between them, and never within a number.
func TestLettersAreCutInOrder(t *testing.T) {
	for _, c := range []struct {
		s, part, after string
		ok             bool
	}{
		{"ab cd", "a-b", " cd", true}, {"ab cd", "abc", "d", true}, {"ab", "ab", "", true}, {"ab", "abc", "", false},
		{"ab", "b", "", false}, {"ab", "", "", false}, {"ab", "-", "", false}, {"12 a", "1", "", false}, {"1 2", "1",
			" 2", true},
		{"1a", "1", "a", true}, {"a1", "a", "1", true}, {"-ab", "a", "b", true}, {"12", "12", "", true},
		{"x12", "x1", "", false},
	} {
		after, ok := cutLetters(c.s, c.part)
		if ok != c.ok || after != c.after {
			t.Errorf("%q from %q: %q, %t", c.part, c.s, after, ok)
		}
	}
}

// TestPlainWords: what Markdown and typography mean nothing by, near to what means
// something.
func TestPlainWords(t *testing.T) {
	long := strings.Repeat("x", maxAutolink)
	for s, want := range map[string]string{
		"a<b>c</b>d": "acd", "a<br>b": "a b", "a<BR/>b": "a b", "a<quill>b": "a<quill>b", "a < b": "a < b",
		"a<b c=d>e": "ae",
		"<p":        "<p", "<p\n>": "<p", "<http://a.example/>": "http://a.example", "<a@b.example>": "a@b.example",
		"<a@b .example>":    "<a@b .example>",
		"<a: " + long + ">": "<a: " + long + ">", "<:>": ":", "a~b": "a~b", "a~~b~~": "a", "a ~~b~~ c": "a c",
		"a~~b~~c": "ac", "~~a b~~": "", "~~a": "a", "~~ a ~~": "a", "a~~ b": "a b", "~~a\nb~~ c": "c", "a~~ b~~c": "a bc",
		"<del>30</del> <ins>10</ins> a": "10 a", "a <s class=x>b</s>": "a", "a <STRIKE>b [c</strike>](/x)": "a ](/x)",
		"[~~a](/x) b~~ c": "c", "[a ~~b~~](/x) c": "a c", "<del>a <s>b</del> c</s>": "", "<del>a": "a", "a</del>": "a",
		"<del>a</s>": "a",
		"Ａ１ ﬁx Ⅳ ①":  "A1 fix IV 1", "x² ½ ⅔ 𝐛": "x² ½ ⅔ b", "№ 5, ％ ＋ ＜ ℠": "No 5, % + ＜ ℠",
		"don`t `a` b`": "don't a b", "l`été `1`2": "l'été 12",
		"● a\n● b": "a b", "○\u00a0a": "a", "●a": "●a", "➤ a": "a", "✓ a": "✓ a", "→ a": "→ a", "a ● b": "a ● b", "ⓘ a": "ⓘ a",
		"−18 ± − 5 x − y": "-18 ± − 5 x - y",
		"snake_case_x":    "snake_case_x", "_a_ b": "a b", "a_": "a",
		`a\*b`: "a*b", `a\b`: `a\b`, `a\`: `a\`, "a|b": "a b", "&amp;": "&", "cafe\u0301": "café",
		"e\u0300x\u0301": "èx\u0301",
		"a “b” ‘c’ — d…": `a "b" 'c' - d...`, "a\u200bb": "ab", "a\u00a0b": "a b", "![a](b)": "a", "[a](b) c": "a c",
		"a [](b) c": "a c",
		"[a] (b)":   "[a] (b)", "a]": "a]", "!a": "!a", "http://a.example/b?c#d": "http://a.example/b",
		"://a?b": "://a?b",
		"----":   "", "> # * a": "a", "• a": "a", "#a": "#a", "# a #": "a", "-a": "-a", "- ": "",
		"cc\u0327 and more of it": "cç and more of it", "abcdefgh\u0301": "abcdefgh\u0301",
	} {
		if got := Visible(s); got != want {
			t.Errorf("%q reads %q, want %q", s, got, want)
		}
	}
}

// TestEndsOfAGapAreAnchored: clauses that look the same beside those that changed
// keep their places, however many there are.
func TestEndsOfAGapAreAnchored(t *testing.T) {
	bold := func(s string) string { return "**" + s[:4] + "**" + s[4:] }
	for _, c := range []struct{ name, old, new, want string }{
		{"at its end", sell + "|" + keep + "|" + court, minor + "|" + bold(keep) + "|" + bold(court), "+1 -1 2=2 3=3"},
		{"at its start", keep + "|" + court + "|" + sell, bold(keep) + "|" + bold(court) + "|" + minor,
			"1=1 2=2 +3 -3"},
		{"at both", keep + "|" + sell + "|" + court, bold(keep) + "|" + minor + "|" + bold(court), "1=1 +2 -2 3=3"},
	} {
		if got := changes(paragraphs(c.old), paragraphs(c.new)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestLineOfUpTo120BytesReadsAsAHeading, and of no fewer than three.
func TestLineOfUpTo120BytesReadsAsAHeading(t *testing.T) {
	for _, c := range []struct {
		line string
		want string
	}{
		{"**" + strings.Repeat("x", 116) + "**", "heading"}, {"**" + strings.Repeat("x", 117) + "**", "paragraph"},
		{strings.Repeat("X", 120), "heading"}, {strings.Repeat("X", 121), "paragraph"},
		{"1. " + strings.Repeat("X", 117), "heading"}, {"1. " + strings.Repeat("X", 118), "item"},
		{"**Fees**\nare due", "paragraph"}, {"> FEES", "paragraph"}, {"fEES", "paragraph"}, {"* FEES", "item"},
	} {
		if got := kindsOf(c.line + "\n\nProse follows it.\n"); got != c.want+" paragraph" {
			t.Errorf("%q: %s, want %s", c.line, got, c.want)
		}
	}
	for text, want := range map[string]string{
		"1. Fees\n2. Data\n\nProse\n": "item item paragraph", "1. Fees\n\nProse\n": "heading paragraph",
		"1. Fees\n\n   Prose in it\n": "item paragraph", "* x\n\n1. Fees\n\nProse\n": "item item paragraph",
		"1. Fees\n": "item", "0. Fees\n\nProse\n": "heading paragraph", "9. Fees\n\nProse\n": "heading paragraph",
		"* item\n\n  FEES\n": "item paragraph", "* item\n\nFEES\n": "item heading",
		"* item\n\n  **Fees**\n": "item paragraph",
	} {
		if got := kindsOf(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestHeadingClosesThoseBelowIt(t *testing.T) {
	d := Split("# A\n\n## B\n\none\n\n# C\n\n### D\n\ntwo\n\n## E\n\n1.2 F\n\nthree\n")
	for i := range d.Clauses {
		want, ok := map[string]string{"one": "A B", "two": "C D", "three": "C E 1.2 F"}[d.Words(i)]
		if got := strings.Join(d.HeadingPath(i), " "); ok && got != want {
			t.Errorf("%q is under %q, want %q", d.Words(i), got, want)
		}
	}
}

func TestTabsGoToTheNextFourthColumn(t *testing.T) {
	for s, want := range map[string][2]int{
		"": {0, 0}, "x": {0, 0}, " x": {1, 1}, "\tx": {4, 1}, " \tx": {4, 2}, "   \tx": {4, 4}, "    \tx": {8, 5},
		"\t x":     {5, 2},
		"\r\f\v x": {1, 4}, "\t\tx": {8, 2},
	} {
		if columns, n := indentOf(s); columns != want[0] || n != want[1] {
			t.Errorf("%q: %d columns, %d bytes, want %v", s, columns, n, want)
		}
	}
}

func TestMarksOfLines(t *testing.T) {
	for s, want := range map[string]int{"# x": 1, "###### x": 6, "####### x": 0, "#": 1, "#x": 0, "#\tx": 1, "x": 0} {
		if got := headingMarks(s); got != want {
			t.Errorf("%q: %d heading marks, want %d", s, got, want)
		}
	}
	for s, want := range map[string]int{"```": 3, "``": 0, "~~~~ x": 4, "``` x`": 0, "~~~ x~": 3, "---": 0, "```x": 3} {
		if got := fenceMarks(s); got != want {
			t.Errorf("%q: a fence of %d, want %d", s, got, want)
		}
	}
	for s, want := range map[string]int{
		"- x": 1, "+ x": 1, "* x": 1, "-": 1, "-x": 0, "1. x": 2, "1) x": 2, "1": 0, "1.": 2, "1.x": 0,
		"0. x": 2, "9. x": 2, "123456789. x": 10, "1234567890. x": 0, "12x": 0, "x": 0,
	} {
		if got := marker(s); got != want {
			t.Errorf("%q: a marker of %d, want %d", s, got, want)
		}
	}
	for s, want := range map[string]int{"a": 1, "a|b": 2, "|a|b|": 2, `a\|b`: 1, "| a | b | c |": 3, "|": 1, "": 1} {
		if got := cells(s); got != want {
			t.Errorf("%q: %d cells, want %d", s, got, want)
		}
	}
	for s, want := range map[string]bool{
		"---": true, "--": false, "- - -": true, "***": true, "___": true, "-*-": false, "===": false,
		"- -": false, "--- x": false,
	} {
		if isRule(s) != want {
			t.Errorf("%q a rule: %t", s, !want)
		}
	}
	for s, want := range map[string]bool{
		"|-|": true, "---": false, "|": false, ":-|-:": true, "|-x|": false, "- | -": true,
	} {
		if isDashes(s) != want {
			t.Errorf("%q dashes: %t", s, !want)
		}
	}
	for s, want := range map[string]bool{"```": true, "````": true, "``": false, "``` x": false, "~~~": false} {
		if fenceEnds(s, '`', 3) != want {
			t.Errorf("%q ends a fence: %t", s, !want)
		}
	}
}

// TestMarksAreComposedWhereverTheyAre: however many plain characters are around them.
func TestMarksAreComposedWhereverTheyAre(t *testing.T) {
	for before := range 20 {
		for after := range 20 {
			x, y := strings.Repeat("x", before), strings.Repeat("y", after)
			if got := Visible(x + "e\u0301" + y); got != x+"é"+y {
				t.Errorf("%d before, %d after: %q", before, after, got)
			}
			if got := Visible(x + "…" + y + "e\u0301"); got != x+"..."+y+"é" {
				t.Errorf("%d before, %d between: %q", before, after, got)
			}
		}
	}
}

// TestNumberedClauseIsRatherItselfElsewhere than another like it in its place; a
// numbered heading stays in its place.
func TestNumberedClauseIsRatherItselfElsewhere(t *testing.T) {
	between := "|" + strings.Join([]string{keep, court, pay, minor}, "|") + "|"
	edited := strings.Replace(sell, "users", "guests", 1)
	for _, c := range []struct{ name, old, new, want string }{
		{"a paragraph", "# A|(a) " + sell + between, "# A|(a) " + edited + between + "(a) " + sell, "+2 2>7"},
		{"a paragraph without a number", "# A|" + sell + between, "# A|" + edited + between + sell, "+2 2>7"},
	} {
		if got := changes(paragraphs(c.old), paragraphs(c.new)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestBoundOfSimilarityIsExact: what is similar enough has the similarity that all
// words counted give, and what the sketches rule out is not.
func TestBoundOfSimilarityIsExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	words := func(n, of int) string {
		var b strings.Builder
		for range n {
			fmt.Fprintf(&b, "w%c ", 'a'+rune(rng.IntN(of)))
		}
		return b.String()
	}
	for range 20_000 {
		of := 2 + rng.IntN(120)
		a := &aligner{workspace: &workspace{}}
		p, q := keyOf(words(rng.IntN(90), of)), keyOf(words(rng.IntN(90), of))
		weight, least := []float32{1, 0.75}[rng.IntN(2)], []float32{minSimilar, minMoved - minMargin}[rng.IntN(2)]
		want := weight * similarity(a.bagOf(&p), a.bagOf(&q))
		if want < least {
			want = 0
		}
		if got := a.similarAtLeast(&p, &q, weight, least); got != want {
			t.Fatalf("%q and %q: %v, want %v", p.words, q.words, got, want)
		}
	}
}

// TestFirstLettersOnlyRuleOut what doesn't begin with others.
func TestFirstLettersOnlyRuleOut(t *testing.T) {
	texts := []string{"", "-", "a", "ab", "A b", "abcdefgh", "a-b c defgh i", "abcdefghij", "abcdefgx", "é", "éa", "1"}
	for _, s := range texts {
		for _, part := range texts {
			if _, ok := cutLetters(s, part); ok && !firstLettersOf(s).mayBegin(firstLettersOf(part)) {
				t.Errorf("%q is said not to begin with %q", s, part)
			}
		}
	}
}
