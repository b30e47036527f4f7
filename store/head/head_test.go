package head_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fineprint/store/head"
	"fineprint/store/model"
)

func sample() head.File {
	return head.File{
		JournalHead: model.JournalHead{Store: strings.Repeat("3f", 16), Entries: 297, Link: strings.Repeat("9b", 32)},
		Transaction: 412, Written: time.Date(2026, 11, 29, 8, 50, 0, 0, time.UTC), Tool: "fineprint/0.1.0",
	}
}

func TestFileIsReadAsItWasWritten(t *testing.T) {
	for _, f := range []head.File{sample(), {JournalHead: sample().JournalHead}} {
		got, err := head.Parse(f.String())
		if err != nil || got != f {
			t.Errorf("%+v, %v; want %+v", got, err, f)
		}
		// Signatures, and what else comes later, is ignored.
		if got, err := head.Parse(f.String() + "signature ed25519 AAAA\n"); err != nil || got != f {
			t.Errorf("with a signature: %+v, %v", got, err)
		}
	}
}

func TestAlteredFileIsNoHead(t *testing.T) {
	sound := sample().String()
	for name, text := range map[string]string{
		"empty": "", "zeros": strings.Repeat("\x00", 300), "another format": strings.Replace(sound, "head 1", "head 2", 1),
		"other entries": strings.Replace(sound, "297", "298", 1), "cut": sound[:len(sound)-3],
		"no sum": sound[:strings.Index(sound, "sum ")], "huge": sound + strings.Repeat("x", head.MaxBytes),
	} {
		if _, err := head.Parse(text); !errors.Is(err, head.ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzParse states the law that what is read is written the same again, and so is the
// short form.
func FuzzParse(f *testing.F) {
	f.Add(sample().String(), head.Short(sample().JournalHead))
	f.Add("fineprint-head 1\nsum \n", "fineprint-head:1:::")
	f.Fuzz(func(t *testing.T, text, short string) {
		if h, err := head.Parse(text); err == nil {
			if again, err := head.Parse(h.String()); err != nil || again.JournalHead != h.JournalHead {
				t.Errorf("%q is read again as %+v, %v", text, again, err)
			}
		}
		if h, err := head.ParseShort(short); err == nil && head.Short(h) != short {
			t.Errorf("%q is written %q", short, head.Short(h))
		}
	})
}

func ExampleShort() {
	fmt.Println(head.Short(model.JournalHead{
		Store: "0123456789abcdef0123456789abcdef", Entries: 7, Link: strings.Repeat("ab", 32),
	}))
	// Output: fineprint-head:1:0123456789abcdef0123456789abcdef:7:abababababababababababababababababababababababababababababababab
}
