package paper

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestReadableNamesWhatTheFacesLack(t *testing.T) {
	for text, want := range map[string]string{
		"Plain, “quoted” – Ελληνικά, Кириллица, Tiếng Việt, €5 → ✓": "Plain, “quoted” – Ελληνικά, Кириллица, Tiếng Việt, €5 → ✓",
		"a 利用規約は、変更。 b": "a [Japanese text, 9 characters: see the HTML or JSON export] b",
		"隐私":            "[Chinese text, 2 characters: see the HTML or JSON export]",
		"약관":            "[Korean text, 2 characters: see the HTML or JSON export]",
		"א":             "[Hebrew text, 1 character: see the HTML or JSON export]",
		"العربية हिन्दी": "[Arabic text, 7 characters: see the HTML or JSON export] " +
			"[Devanagari text, 6 characters: see the HTML or JSON export]",
		"ok 🎉 ok":                             "ok [emoji U+1F389] ok",
		"🎉 🎊":                                 "[emoji, 3 characters: see the HTML or JSON export]",
		"a\x00\x1b[31mb\u202ec\u200bd\xffe\r": "a[31mbcde ",
		"e\u0301":                             "é",
	} {
		if got := readable(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// TestNothingIsDrawnThatTheFacesLack, whatever it is: no boxes.
func TestNothingIsDrawnThatTheFacesLack(t *testing.T) {
	for c := rune(0); c < 0x30000; c++ {
		for _, drawn := range readable(string(c)) {
			if _, _, ok := faceOf(drawn, Serif); !ok && drawn != '\n' {
				t.Fatalf("U+%04X is drawn as U+%04X, which no face has", c, drawn)
			}
		}
	}
}

func TestFacesAreWhole(t *testing.T) {
	for f, data := range faces() {
		if Face(f) != signs && (data.widths['m'] <= data.widths['i'] && Face(f) != Mono || len(data.widths) < 150) {
			t.Errorf("%s: m is %v wide, i %v, of %d characters", Face(f).family(), data.widths['m'], data.widths['i'],
				len(data.widths))
		}
	}
	if _, err := readWidths(bytes.Clone(faces()[Serif].ttf[:200])); err == nil {
		t.Error("a font that is cut off is read")
	}
}

func TestLinesFitAndLoseNothing(t *testing.T) {
	for _, s := range []string{
		"A few words that take more than one line of this width, FP-R-000077 and a well-known either/or among them.",
		strings.Repeat("unbroken", 60), "one\ntwo\n\nthree", " leading  and   inner spaces ", "-", "",
	} {
		runs := []Run{{Text: s}}
		glyphs := glyphsOf(runs)
		var back strings.Builder
		for _, l := range lines(glyphs, runs, 120, 120) {
			var w float32
			line := ""
			for _, g := range l.glyphs {
				line += string(g.c)
				w += g.width
			}
			if len(strings.TrimRight(line, " ")) > 1 && widthOf(strings.TrimRight(line, " "), Serif, defaultSize) > 120.01 {
				t.Errorf("%q: the line %q is %f wide", s, line, w)
			}
			if strings.HasPrefix(line, "000077") || strings.HasSuffix(line, "FP-") {
				t.Errorf("an ID is broken: %q", line)
			}
			back.WriteString(line)
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if squeeze(back.String()) != squeeze(s) {
			t.Errorf("%q becomes %q", s, back.String())
		}
	}
}

func sample(t *testing.T) *Document {
	t.Helper()
	d, err := New("Title with 🎉 and \xff", "test")
	if err != nil {
		t.Fatal(err)
	}
	d.Begin("One 🎉 \xff(\\", "Left", strings.Repeat("Right ", 80), "Foot", time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	d.Heading("Heading", 40)
	d.Text([]Run{{Text: strings.Repeat("deleted ", 700), Mark: Removed}, {Text: "inserted", Mark: Added}}, Block{})
	d.Fact(strings.Repeat("a long name ", 8), []Run{{Text: strings.Repeat("0123456789abcdef", 8), Face: Mono, Tight: true}}, 0)
	d.Table([]string{"A", "B"}, [][]Run{{{Text: strings.Repeat("cell ", 900)}, {Text: "b"}}, {{Text: "x"}, {Text: "y"}}})
	d.Chips([]Chip{{Label: "Severity", Value: strings.Repeat("High ", 60)}, {Label: "a", Value: "b", Filled: true}})
	return d
}

func TestEqualCallsGiveEqualBytes(t *testing.T) {
	var a, b bytes.Buffer
	if err := sample(t).Close(&a); err != nil {
		t.Fatal(err)
	}
	if err := sample(t).Close(&b); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Errorf("%d and %d bytes: %v", a.Len(), b.Len(), err)
	}
	if !bytes.Contains(a.Bytes(), []byte("D:20260102030405")) || bytes.Count(a.Bytes(), []byte("/Type /Page\n")) < 3 {
		t.Errorf("without its date, or with %d pages", bytes.Count(a.Bytes(), []byte("/Type /Page\n")))
	}
}

type full struct{}

var errFull = errors.New("no room")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestCloseReportsAWriteError(t *testing.T) {
	if err := sample(t).Close(full{}); !errors.Is(err, errFull) {
		t.Errorf("%v", err)
	}
}
