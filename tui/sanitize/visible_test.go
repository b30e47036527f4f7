package sanitize

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
)

type Inner struct {
	Name string
	List []string
	By   map[string]string
}

type outer struct {
	Inner
	Title  string
	At     time.Time
	Next   *Inner
	Any    any
	Bytes  []byte
	Pair   [2]string
	hidden string
}

// TestValueMakesEveryStringVisible: in each place where a string may be, and leaves v as it was.
func TestValueMakesEveryStringVisible(t *testing.T) {
	t.Parallel()
	const bad = "a\x1b[31m\u202eb"
	v := outer{
		Inner: Inner{bad, []string{"fine", bad}, map[string]string{bad: bad}}, Title: bad, At: time.Unix(1, 2),
		Next: &Inner{Name: bad}, Any: Inner{Name: bad}, Bytes: []byte(bad), Pair: [2]string{"x", bad}, hidden: bad,
	}
	was := fmt.Sprintf("%+v %+v", v, *v.Next)
	safe := Value(v)
	if got := fmt.Sprintf("%+v %+v", v, *v.Next); got != was {
		t.Error("the original was changed")
	}
	if !safe.At.Equal(v.At) || !bytes.Equal(safe.Bytes, v.Bytes) || safe.hidden != bad {
		t.Error("what is no exported string was changed")
	}
	safe.Bytes, safe.hidden = nil, ""
	const good = "a<U+001B>[31m<U+202E>b"
	for _, s := range []string{safe.Title, safe.Next.Name, safe.Any.(Inner).Name, safe.Pair[1], safe.By[good], safe.List[1], safe.Name} {
		if s != good {
			t.Errorf("%q, want %q", s, good)
		}
	}
	if plain := (outer{Title: "as it is"}); !reflect.DeepEqual(Value(plain), plain) {
		t.Error("a value without anything to be made visible was changed")
	}
}

// TestGuardMakesTheSameOfAnyPieces: however a text is cut into writes, the same comes out, and
// nothing of it is hazardous.
func TestGuardMakesTheSameOfAnyPieces(t *testing.T) {
	t.Parallel()
	parts := []string{"a", "é", "\x1b[31m", "\u202e", "\u200d", "👩\u200d👩", "क\u200d\u0937", "\r\n", "\r", "\t", "\n", "\xff",
		"\u009b", "\U000e0041", "\ufe0f", "✈\ufe0f", "\xe2\x80"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var b strings.Builder
		for range random.IntN(12) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		s := b.String()
		var out bytes.Buffer
		g := NewGuard(&out)
		for rest := s; rest != ""; {
			n := 1 + random.IntN(len(rest))
			if _, err := g.Write([]byte(rest[:n])); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if err := g.Flush(); err != nil {
			t.Fatal(err)
		}
		if out.String() != Visible(s) {
			t.Fatalf("%q in pieces gives %q, whole %q", s, out.String(), Visible(s))
		}
		if n := len(Hazards(out.Bytes(), false)); n > 0 {
			t.Fatalf("%q gives %q with %d hazards", s, out.String(), n)
		}
	}
}

func TestHazardsAreCounted(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{
		"plain\ttext\n": 0, "é 漢字 👩\u200d👩": 0, "\x1b[31m": 1, "\r\n": 0, "a\rb": 1, "\u202e": 1, "\xff": 1, "a\u200bb": 1,
		"\u0085\u009b": 2, "\U000e0041": 1, "\x08\x07": 2,
	} {
		if got := Hazards([]byte(s), false); len(got) != want {
			t.Errorf("%q has hazards %q, want %d", s, got, want)
		}
	}
	if got := Hazards([]byte("\x1b[1mbold\x1b[22m\r\n\x1b]0;title\a"), true); len(got) != 2 {
		t.Errorf("at a terminal: %q", got)
	}
}
