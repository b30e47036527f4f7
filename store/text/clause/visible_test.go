package clause

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"fineprint/store/text/redline"
)

// TestImageIsLookedThroughToABoundedDepth: an image's words are only looked through so deep, or a text of
// "![" that nothing closes takes time with its square.
func TestImageIsLookedThroughToABoundedDepth(t *testing.T) {
	image := func(n int) string { return "!" + strings.Repeat("[", n) + "x" + strings.Repeat("]", n) + "(y)" }
	for _, c := range []struct{ name, text, want string }{
		{"image", image(1), "x"},
		{"brackets as deep as may be", image(redline.MaxBrackets), strings.Repeat("[", redline.MaxBrackets-1) + "x" +
			strings.Repeat("]", redline.MaxBrackets-1)},
		{"too deep for an image", image(redline.MaxBrackets + 1), "!" + strings.Repeat("[", redline.MaxBrackets) + "x" +
			strings.Repeat("]", redline.MaxBrackets)},
		{"address in angle brackets", "<https://a.example/b> c", "https://a.example/b c"},
		{"too long for an address", "<a:" + strings.Repeat("b", maxAutolink) + "> c", "<a:" +
			strings.Repeat("b", maxAutolink) + "> c"},
	} {
		if got := Visible(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestShortcutsAreOfPlainCharactersOnly: what is taken as it is at a glance is what
// the tables of Unicode leave as it is.
func TestShortcutsAreOfPlainCharactersOnly(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		s := string(r)
		if isPlainLetter(r) && (unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector) ||
			compatible(r, s) != s || strings.ContainsRune("“”„‟«»″＂‘’‚‛′´｀＇‐‑‒–—―•·▪◦‣⁃−…", r)) {
			t.Errorf("U+%04X is taken as it is", r)
		}
		if !surelyComposed(s) || unicode.IsSpace(r) { // which becomes a space, whichever it is
			continue
		}
		for _, beside := range []string{"", "e", "か", "и"} {
			if text := beside + s; !norm.NFC.IsNormalString(text) || !norm.NFC.IsNormalString(s+beside) {
				t.Errorf("U+%04X beside %q is taken to be composed", r, beside)
			}
		}
	}
}

func TestPlainRemovesMoreByDepth(t *testing.T) {
	for _, c := range []struct {
		text string
		want [4]string // by depth
	}{
		{"a  b\n\tc\u00a0d", [4]string{"a b c d", "a b c d", "a b c d", "a b c d"}},
		{"“a” – ‘b’… é e\u0301", [4]string{"“a” – ‘b’… é e\u0301", "\"a\" - 'b'... é é",
			"\"a\" - 'b'... é é", "\"a\" - 'b'... é é"}},
		{"x\u00ad\u200by &amp; `z`", [4]string{"x\u00ad\u200by &amp; `z`", "xy & 'z'", "xy & z", "xy & z"}},
		{"**a** _b_ ~~c~~ d~e f_g \\* \\h", [4]string{"**a** _b_ ~~c~~ d~e f_g \\* \\h", "**a** _b_ ~~c~~ d~e f_g \\* \\h",
			"a b d~e f_g * \\h", "a b d~e f_g * \\h"}},
		{"[a](/x) ![b](/y) [c] d] !e", [4]string{"[a](/x) ![b](/y) [c] d] !e", "[a](/x) ![b](/y) [c] d] !e",
			"[a](/x) ![b](/y) [c] d] !e", "a b [c] d] !e"}},
		{"at https://a.example/b/?c#d, x://, ://", [4]string{"at https://a.example/b/?c#d, x://, ://",
			"at https://a.example/b/?c#d, x://, ://",
			"at https://a.example/b/?c#d, x://, ://", "at https://a.example/b x://, ://"}},
		{"# A #\n> b\n- c\n• d\n---\n\n| e | f |\n",
			[4]string{"# A # > b - c • d --- | e | f |", "# A # > b - c - d --- | e | f |", "A b c d e f", "A b c d e f"}},
		{"a<br>b<BR/>c <b>d</b> <nope> <a href='x'>e</a> 1 < 2",
			[4]string{"a<br>b<BR/>c <b>d</b> <nope> <a href='x'>e</a> 1 < 2",
				"a<br>b<BR/>c <b>d</b> <nope> <a href='x'>e</a> 1 < 2", "a b c d <nope> e 1 < 2", "a b c d <nope> e 1 < 2"}},
		{"<b <i> <b\n> <a@b.example> <x y:z>", [4]string{"<b <i> <b > <a@b.example> <x y:z>",
			"<b <i> <b > <a@b.example> <x y:z>",
			"<b <b a@b.example <x y:z>", "<b <b a@b.example <x y:z>"}},
		{"a [](/x) b [x](/y", [4]string{"a [](/x) b [x](/y", "a [](/x) b [x](/y", "a [](/x) b [x](/y", "a b [x](/y"}},
	} {
		for depth, want := range c.want {
			if got := Plain(c.text, Depth(depth)); got != want {
				t.Errorf("%q at depth %d: %q, want %q", c.text, depth, got, want)
			}
		}
	}
}

func TestUnnumberedRemovesOnlyNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"1. Fees": "Fees", "1.2 Fees": "Fees", "(a) Fees": "Fees", "iv. Fees": "Fees", "Section 3: Fees": "Fees",
		"§ 4 Fees": "§ 4 Fees", "§ 4. Fees": "Fees",
		"ARTICLE 2) Fees": "Fees", "Section Fees": "Section Fees", "Fees": "Fees", "A Fee": "A Fee",
		"Civil. Fees": "Civil. Fees", "3 Fees": "3 Fees", "1.": "1.", "(1)x": "(1)x",
	} {
		if got := Unnumbered(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestImageIsOneOnlyWithItsTarget(t *testing.T) {
	for text, want := range map[string]string{
		"a ![](/x) b": "a b", "![a](/x": "![a](/x", "![a] (/x)": "![a] (/x)", "![a](/x)": "a",
	} {
		if got := Visible(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestBackslashKeepsTheSignAfterIt(t *testing.T) {
	for text, want := range map[string]string{`a \*`: "a *", `\*b`: "*b", `a\_`: "a_", `a \`: `a \`, `a \b*`: `a \b`} {
		if got := Visible(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
