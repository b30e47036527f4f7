package tui

import "testing"

func TestPasteLosesItsControlCharacters(t *testing.T) {
	const b, e = pasteBegins, pasteEnds
	for in, want := range map[string]string{
		"abc\x1b[A\x1b":                             "abc\x1b[A\x1b",
		b + "plain\r社" + e + "\x03":                 b + "plain\r社" + e + "\x03",
		b + "a\x1bP1000pb" + e + "\x1b":             b + "aP1000pb" + e + "\x1b",
		b + "\x1b]0;x" + e + "j":                    b + "]0;x" + e + "j",
		b + "\x1b\x1b[201~\x03":                     b + e + "\x03",
		b + "a\x1b[20x\x1b[2" + e:                   b + "a[20x[2" + e,
		b + "one" + e + b + "\x1b[31mtwo" + e + "q": b + "one" + e + b + "[31mtwo" + e + "q",
		b + "a\x90q\x9d社é🙂\xe7\x9bz" + e:            b + "aq社é🙂\xe7\x9bz" + e,
	} {
		for size := 1; size <= len(in); size++ { // however the bytes come
			f, got := &pasteFilter{}, ""
			for at := 0; at < len(in); at += size {
				got += string(f.filter([]byte(in[at:min(at+size, len(in))])))
			}
			if got != want {
				t.Fatalf("%q in parts of %d became %q, want %q", in, size, got, want)
			}
		}
	}
}
