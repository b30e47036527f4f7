package sanitize_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"fineprint/tui/sanitize"
)

func TestLineShowsWhatATerminalWouldObey(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "90 days’ notice — §4.2", "90 days’ notice — §4.2"},
		{"escape", "a\x1b[2Jb", "a<U+001B>[2Jb"},
		{"C1 CSI", "a\u009b2Jb", "a<U+009B>2Jb"},
		{"raw C1 byte", "a\x9bb", "a<0x9B>b"},
		{"DCS", "\x1bPq\x1b\\", "<U+001B>Pq<U+001B>\\"},
		{"bidi override", "pay\u202eon", "pay<U+202E>on"},
		{"zero width space", "no\u200bt", "no<U+200B>t"},
		{"soft hyphen", "can\u00adnot", "can<U+00AD>not"},
		{"private use", "\ue000", "<U+E000>"},
		{"tag", "\U000e0041", "<U+E0041>"},
		{"hangul filler", "\u3164", "<U+3164>"},
		{"variation selector", "x\ufe0f", "x<U+FE0F>"},
		{"line separators", "a\u2028b\u2029c", "a<U+2028>b<U+2029>c"},
		{"breaks and tabs", "a\r\nb\tc\nd", "a b c d"},
		{"lone CR", "safe\rforged", "safe<U+000D>forged"},
		{"mark without base", "\u0301a", "◌\u0301a"},
		{"no-break space", "a\u00a0b", "a\u00a0b"},
		{"CJK and Arabic", "条款 شروط", "条款 شروط"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sanitize.Line(c.in); got != c.want {
				t.Errorf("Line(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestStackedMarksAreCapped(t *testing.T) {
	got := sanitize.Line("e" + strings.Repeat("\u0301", 40))
	if n := strings.Count(got, "\u0301"); n != sanitize.MarkLimit {
		t.Errorf("%d marks painted on one base, want %d", n, sanitize.MarkLimit)
	}
	if n := strings.Count(got, "<U+0301>"); n != 40-sanitize.MarkLimit {
		t.Errorf("%d marks shown as code points, want %d: none may vanish", n, 40-sanitize.MarkLimit)
	}
}

func TestTextKeepsLines(t *testing.T) {
	if got := sanitize.Text("a\r\nb\n\x1bc"); got != "a\nb\n<U+001B>c" {
		t.Errorf("Text = %q", got)
	}
}

func TestJSONKeepsTheValue(t *testing.T) {
	in := map[string]string{"t": "a\u202eb\u009b \U000e0041 \x7f 条\n"}
	enc, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	safe := sanitize.JSON(enc)
	for _, r := range string(safe) {
		if !sanitize.Allowed(r) {
			t.Errorf("rune %U reached the terminal", r)
		}
	}
	var out map[string]string
	if err := json.Unmarshal(safe, &out); err != nil || out["t"] != in["t"] {
		t.Errorf("decoded %q, %v; want %q", out["t"], err, in["t"])
	}
}

// FuzzLine: what comes out is valid UTF-8 without anything that a terminal acts on.
func FuzzLine(f *testing.F) {
	for _, s := range []string{"", "abc", "\x1b]52;c;x\a", "\u202e\u2066", "\xff\xfe", "e\u0301\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, got := range []string{sanitize.Line(s), sanitize.Text(s)} {
			if !utf8.ValidString(got) {
				t.Fatalf("%q gives invalid UTF-8 %q", s, got)
			}
			for _, r := range got {
				if r == '\n' {
					continue
				}
				if sanitize.Joiner(r) {
					continue // where they may stand another test holds
				}
				if !sanitize.Allowed(r) || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs) {
					t.Fatalf("%q lets %U through", s, r)
				}
			}
			if sanitize.Text(got) != got {
				t.Fatalf("not idempotent: %q", got)
			}
		}
		if strings.Contains(sanitize.Line(s), "\n") {
			t.Fatalf("Line(%q) holds a line break", s)
		}
	})
}

func TestHiddenCharactersQuietAndNamed(t *testing.T) {
	for _, c := range []struct{ in, quiet, named, ascii string }{
		{"plain text", "plain text", "plain text", "plain text"},
		{"no\u200bt", "not", "no‹U+200B›t", "no<U+200B>t"},
		{"can\u00adnot", "cannot", "can‹U+00AD›not", "can<U+00AD>not"},
		{"30\u00a0days", "30\u00a0days", "30‹U+00A0›days", "30<U+00A0>days"},
		{"pay\u202eon", "payon", "pay‹U+202E›on", "pay<U+202E>on"},
		{"👩\u200d👧", "👩\u200d👧", "👩‹U+200D›👧", "👩<U+200D>👧"},
		{"no\u200dt", "not", "no‹U+200D›t", "no<U+200D>t"},
		{"a\x1b[2J\x9b\u200b", "a<U+001B>[2J<0x9B>", "a<U+001B>[2J<0x9B>‹U+200B›", "a<U+001B>[2J<0x9B><U+200B>"},
		{"\ufffd", "\ufffd", "\ufffd", "\ufffd"},
	} {
		if got := sanitize.Quiet(c.in); got != c.quiet {
			t.Errorf("Quiet(%q) = %q, want %q", c.in, got, c.quiet)
		}
		if got := sanitize.Named(c.in, false); got != c.named {
			t.Errorf("Named(%q) = %q, want %q", c.in, got, c.named)
		}
		if got := sanitize.Named(c.in, true); got != c.ascii {
			t.Errorf("Named(%q) in ASCII = %q, want %q", c.in, got, c.ascii)
		}
	}
}

func FuzzQuietAndNamedAreSafe(f *testing.F) {
	f.Add("a\u200b\x9b\u0301\u00a0\x1b")
	f.Fuzz(func(t *testing.T, s string) {
		for _, out := range []string{sanitize.Quiet(s), sanitize.Named(s, false), sanitize.Named(s, true)} {
			for _, r := range out {
				if !sanitize.Allowed(r) && !sanitize.Joiner(r) {
					t.Fatalf("%q of %q lets %U through", out, s, r)
				}
			}
			if !utf8.ValidString(out) {
				t.Fatalf("%q is no UTF-8", out)
			}
		}
	})
}

func TestClipBoundsBytesBetweenRunes(t *testing.T) {
	for _, c := range []struct {
		text  string
		cells int
	}{{strings.Repeat("x", 10_000), 80}, {strings.Repeat("社", 10_000), 80}, {strings.Repeat("\x80", 10_000), 3},
		{"short", 80}, {"", 0}, {strings.Repeat("x", 100), -5}} {
		got := sanitize.Clip(c.text, c.cells)
		if !strings.HasPrefix(c.text, got) || len(got) > 64*(max(c.cells, 0)+1) {
			t.Errorf("%d bytes clipped to %d for %d cells", len(c.text), len(got), c.cells)
		}
		if utf8.ValidString(c.text) && !utf8.ValidString(got) {
			t.Errorf("%.20q… is cut inside a character", c.text)
		}
		if len(c.text) < 60 && got != c.text {
			t.Errorf("%q became %q", c.text, got)
		}
	}
	crowded := "e" + strings.Repeat("\u0301", sanitize.MarkLimit) // the most that a cell is made of
	line := sanitize.Line(sanitize.Clip(strings.Repeat(crowded, 5000), 80))
	if n := strings.Count(line, "e"); n < 80 {
		t.Errorf("only %d cells are left of what has to fill 80", n)
	}
}
func TestInputTakesUnsafeRunesAway(t *testing.T) {
	for in, want := range map[string]string{
		"":                                      "",
		"plain, é and 社":                        "plain, é and 社",
		"two\r\nlines\rthree\tx":                "two\nlines\nthree x",
		"a\x1b[31mb\x00c\u202ed\u200be\ufeff":   "a[31mbcde",
		"bad \xff byte":                         "bad  byte",
		"o" + strings.Repeat("\u0301", 9) + "x": "o" + strings.Repeat("\u0301", sanitize.MarkLimit) + "x",
	} {
		if got := sanitize.Input(in); got != want {
			t.Errorf("%q gives %q, not %q", in, got, want)
		}
	}
}

// TestJoinersStayWhereTheyJoin: in emoji of several and in scripts that need them, shown
// and typed; anywhere else they are named, or taken away.
func TestJoinersStayWhereTheyJoin(t *testing.T) {
	for _, kept := range []string{"👩\u200d👩\u200d👧\u200d👦", "❤\ufe0f", "🏳\ufe0f\u200d🌈", "👍🏽", "1\ufe0f\u20e3",
		"می\u200cخواهم", "क्\u200dष", "🇩🇪", "\u2194\ufe0e"} {
		if got := sanitize.Line(kept); got != kept {
			t.Errorf("%q is shown as %q", kept, got)
		}
		if got := sanitize.Quiet(kept); got != kept {
			t.Errorf("%q is drawn as %q", kept, got)
		}
		if got := sanitize.Input(kept); got != kept {
			t.Errorf("%q is typed as %q", kept, got)
		}
		sanitize.EachHidden(kept, func(r rune) { t.Errorf("%U of %q counts as hidden", r, kept) })
	}
	for _, in := range []string{"a\u200db", "\u200d👩", "👩\u200d", "👩\u200db", "x\ufe0f", "\ufe0f", "می\u200c", "1\ufe0f",
		"👩\u200d\u200d👧", "❤\ufe0f\ufe0f", "no\u200ct", "\u200c", "👩\u200d\x1b👧"} {
		if got := sanitize.Line(in); !strings.Contains(got, "<U+") {
			t.Errorf("%q is shown as %q", in, got)
		}
		seen := false
		sanitize.EachHidden(in, func(rune) { seen = true })
		if !seen {
			t.Errorf("nothing of %q counts as hidden", in)
		}
	}
}

func FuzzInput(f *testing.F) {
	f.Add("a\x1b[31m\u202e\n")
	f.Fuzz(func(t *testing.T, s string) {
		got := sanitize.Input(s)
		if sanitize.Text(got) != got {
			t.Errorf("%q gives %q, which Text would change", s, got)
		}
	})
}
