package sanitize_test

import (
	"bytes"
	"errors"
	"math/rand"
	"strings"
	"testing"

	"fineprint/tui/sanitize"
)

// written returns what a writer makes of a text that comes in pieces.
func written(t *testing.T, text string, piece func() int, newWriter func(*bytes.Buffer) *sanitize.Writer) string {
	t.Helper()
	var b bytes.Buffer
	w := newWriter(&b)
	for len(text) > 0 {
		n := min(piece(), len(text))
		if written, err := w.Write([]byte(text[:n])); err != nil || written != n {
			t.Fatal(written, err)
		}
		text = text[n:]
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestWritersWriteWhatIsMadeOfTheWhole, wherever the pieces end.
func TestWritersWriteWhatIsMadeOfTheWhole(t *testing.T) {
	rng := rand.New(rand.NewSource(7))
	parts := []string{"a", "\n", "\r\n", "\r", "e\u0301", "\u0301", "\x1b[31m", "\u202e", "条", "\U000e0041", "\t", "\"\n"}
	for range 300 {
		var text strings.Builder
		for range rng.Intn(60) {
			text.WriteString(parts[rng.Intn(len(parts))])
		}
		s, piece := text.String(), func() int { return 1 + rng.Intn(9) }
		got := written(t, s, piece, func(b *bytes.Buffer) *sanitize.Writer { return sanitize.JSONWriter(b) })
		if want := string(sanitize.JSON([]byte(s))); got != want {
			t.Fatalf("JSON %q is written as %q, want %q", s, got, want)
		}
		s += "\xff" // what is no UTF-8 has no place in JSON
		got = written(t, s, piece, func(b *bytes.Buffer) *sanitize.Writer { return sanitize.TextWriter(b) })
		if want := sanitize.Text(s); got != want {
			t.Fatalf("text %q is written as %q, want %q", s, got, want)
		}
	}
}

// full has no room.
type full struct{}

var errFull = errors.New("no room")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWritersReturnTheError(t *testing.T) {
	w := sanitize.TextWriter(full{})
	if _, err := w.Write([]byte("begun")); err != nil {
		t.Errorf("before a line ended: %v", err)
	}
	if err := w.Flush(); !errors.Is(err, errFull) {
		t.Errorf("at the end: %v", err)
	}
	if _, err := w.Write([]byte("a line\n")); !errors.Is(err, errFull) {
		t.Errorf("of a line: %v", err)
	}
}
