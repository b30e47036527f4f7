package charset

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// sample is prose as an encoding writes it.
type sample struct {
	name, language, encoding, text string
	body                           []byte
}

// samples are the sentences of testdata/prose.txt in their encodings: each alone, all of
// a language together, and as a page whose markup and menus are English.
func samples(t testing.TB) []sample {
	t.Helper()
	file, err := os.ReadFile("testdata/prose.txt")
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	texts := map[string][]string{}
	for line := range strings.Lines(string(file)) {
		language, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		encodings, sentence, _ := strings.Cut(rest, " ")
		key := language + " " + encodings
		if texts[key] == nil {
			keys = append(keys, key)
		}
		texts[key] = append(texts[key], sentence)
	}
	var list []sample
	for _, key := range keys {
		language, encodings, _ := strings.Cut(key, " ")
		for name := range strings.SplitSeq(encodings, ",") {
			short := texts[key][0]
			if r := []rune(short); len(r) > 60 {
				short = string(r[:60])
			}
			for form, text := range map[string]string{"short": short, "next": texts[key][1],
				"long":       strings.Join(texts[key], " "),
				"page":       fmt.Sprintf(pageOf, short, "<p>"+strings.Join(texts[key], "</p><p>")+"</p>"),
				"short page": fmt.Sprintf(pageOf, "Terms", "<p>"+short+"</p>")} {
				body := encode(t, name, text)
				list = append(list, sample{strings.Join([]string{language, name, form}, " "), language, name,
					string(decodeLabel(name, body)), body})
			}
		}
	}
	return list
}

const pageOf = `<!doctype html><html><head><title>%[1]s</title><script>var data=[];function push(){data.push(1)}</script>` +
	`<style>.a{color:red}</style></head><body><nav><a href="/a">Home</a> <a href="/b">Contact us</a></nav><main>` +
	`<h1>%[1]s</h1>%[2]s</main><footer><a href="/x">Cookies</a> &copy; 2024 Example Inc. All rights reserved.</footer>`

func encode(t testing.TB, name, text string) []byte {
	t.Helper()
	e, err := htmlindex.Get(name)
	if err != nil {
		t.Fatal(err)
	}
	body, err := encoding.ReplaceUnsupported(e.NewEncoder()).Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func (s sample) page() bool { return strings.HasSuffix(s.name, "page") }

// TestUnlabelledIsGuessed: prose of 60 characters and more is read without a label.
func TestUnlabelledIsGuessed(t *testing.T) {
	all := samples(t)
	if len(all) < 250 {
		t.Fatalf("%d samples", len(all))
	}
	for _, s := range all {
		got, err := Decode(Input{Body: s.body, Page: s.page()})
		if err != nil || string(got.UTF8) != s.text {
			t.Errorf("%s: read as %q, %v: %.80q", s.name, got.Name, err, got.UTF8)
		}
	}
}

// TestLabelCounts: a right label is never overruled, in short texts either, and a wrong
// one is where it is a server's default.
func TestLabelCounts(t *testing.T) {
	for _, s := range samples(t) {
		got, err := Decode(Input{Body: s.body, Page: s.page(), Label: s.encoding})
		if err != nil || string(got.UTF8) != s.text {
			t.Errorf("%s: its label is overruled by %q, %v", s.name, got.Name, err)
		}
		if got.Remark != "" {
			t.Errorf("%s: remark %q", s.name, got.Remark)
		}
		got, err = Decode(Input{Body: s.body, Page: s.page(), Label: "utf-8"})
		if err != nil || string(got.UTF8) != s.text {
			t.Errorf("%s said to be UTF-8: read as %q, %v", s.name, got.Name, err)
		}
	}
}

func TestWhatCounts(t *testing.T) {
	russian := "Мы храним данные в течение 30 дней. Пользователь вправе потребовать удаления своих данных."
	old := encode(t, "windows-1251", russian)
	polish := "Zwrot środków następuje w ciągu 14 dni od dnia otrzymania oświadczenia o odstąpieniu."
	meta := func(label string, body []byte) []byte {
		return append([]byte("<html><head><meta charset="+label+"></head><p>"), body...)
	}
	for _, c := range []struct {
		name         string
		in           Input
		want, remark string
	}{
		{"undeclared UTF-8", Input{Body: []byte(russian)}, "utf-8", ""},
		{"ASCII", Input{Body: []byte("Terms")}, "utf-8", ""},
		{"ASCII with a label", Input{Body: []byte("Terms"), Label: "iso-8859-2"}, "iso-8859-2", ""},
		{"forced", Input{Body: old, Forced: "koi8-r", Label: "windows-1251"}, "koi8-r", ""},
		{"forced before a mark", Input{Body: []byte("\xef\xbb\xbfTerms"), Forced: "windows-1252"}, "windows-1252", ""},
		{"mark before label", Input{Body: []byte("\xef\xbb\xbf" + russian), Label: "windows-1251"}, "utf-8", ""},
		{"UTF-8 said to be Latin 1", Input{Body: []byte("caf\u00e9"), Label: "iso-8859-1"}, "utf-8",
			"it says it is windows-1252, but reads as utf-8"},
		{"a curly quote said to be Latin 1", Input{Body: []byte("don’t"), Label: "iso-8859-1"}, "utf-8",
			"it says it is windows-1252, but reads as utf-8"},
		{"label of the page", Input{Body: meta("windows-1251", old), Page: true}, "windows-1251", ""},
		{"label of a prolog", Input{Page: true, Body: append([]byte(`<?xml version="1.0" encoding="windows-1251"?><p>`),
			old...)}, "windows-1251", ""},
		{"no label in a text", Input{Body: meta("koi8-r", old)}, "windows-1251",
			"it does not say its encoding; it reads as windows-1251"},
		{"wrong header, right page", Input{Body: meta("windows-1251", old), Page: true, Label: "utf-8"}, "windows-1251",
			"it says it is utf-8, but reads as windows-1251"},
		{"default of a server", Input{Body: encode(t, "iso-8859-2", polish), Label: "iso-8859-1"}, "iso-8859-2",
			"it says it is windows-1252, but reads as iso-8859-2"},
		{"page that says UTF-16", Input{Body: meta("utf-16", []byte("Terms")), Page: true}, "utf-8", ""},
		{"unknown label", Input{Body: []byte(russian), Label: "nonsense"}, "utf-8", ""},
		{"a broken character in UTF-8", Input{Body: []byte(russian + "\xd0 " + russian)}, "utf-8", ""},
		{"a broken character in UTF-8 said to be Latin 1",
			Input{Body: []byte(russian + "\xd0 " + russian), Label: "iso-8859-1"}, "utf-8",
			"it says it is windows-1252, but reads as utf-8"},
		{"two Chinese characters that are UTF-8 by chance",
			Input{Body: encode(t, "gbk", "联通"), Label: "gb2312"}, "gbk", ""},
	} {
		got, err := Find(c.in)
		if err != nil || got.Name != c.want || got.Remark != c.remark {
			t.Errorf("%s: %q, %q, %v; should be %q, %q", c.name, got.Name, got.Remark, err, c.want, c.remark)
		}
	}
}

// TestLanguageOfThePage: where the bytes leave it open, the language that the page names
// decides.
func TestLanguageOfThePage(t *testing.T) {
	body := []byte("<html lang=pl><p>Zwrot \xb6rodk\xf3w</p></html>")
	if got, err := Decode(Input{Body: body, Page: true}); err != nil || !strings.Contains(string(got.UTF8), "środków") {
		t.Errorf("%q, %v", got.UTF8, err)
	}
}

// TestScriptsAreNoWords: what others wrote into a page in another encoding counts nothing.
func TestScriptsAreNoWords(t *testing.T) {
	polish := "Zwrot środków następuje w ciągu 14 dni od dnia otrzymania oświadczenia."
	russian := strings.Repeat("Мы храним сведения о заказе. ", 20)
	body := slices.Concat([]byte("<script>say('"), encode(t, "windows-1251", russian), []byte("')</script><p>"),
		encode(t, "windows-1250", polish))
	if got, err := Decode(Input{Body: body, Page: true}); err != nil || !strings.HasSuffix(string(got.UTF8), polish) {
		t.Errorf("read as %q, %v", got.Name, err)
	}
}

func TestNoText(t *testing.T) {
	noise := make([]byte, 4096)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(r.IntN(256))
	}
	withoutZeros := []byte(strings.ReplaceAll(string(noise), "\x00", ""))
	for name, c := range map[string]struct {
		body []byte
		want error
	}{"noise": {noise, ErrBinary}, "a zero amid text": {[]byte("a\x00b"), ErrBinary}, "noise without zeros": {withoutZeros, ErrUnknown},
		"picture": {append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), noise...), ErrBinary}} {
		for _, page := range []bool{false, true} {
			if got, err := Decode(Input{Body: c.body, Page: page}); !errors.Is(err, c.want) {
				t.Errorf("%s, page %t: read as %q, %v", name, page, got.Name, err)
			}
		}
	}
	if _, err := Decode(Input{Body: []byte("x"), Forced: "klingon"}); err == nil {
		t.Error("an encoding that does not exist is taken")
	}
	if Known("klingon") || !Known("Windows-1251") || !Known("sjis") || Known("x-user-defined") {
		t.Error("Known is wrong")
	}
}

func TestCheck(t *testing.T) {
	for text, want := range map[string]error{
		"": nil, "\n": nil, "Terms\r\n\tof Service\f": nil, "Мы храним данные 🙂 ∑ ½ \u200d": nil,
		strings.Repeat("The fee is 5 €. ", 9) + "\ufffd\ufffd": nil,
		strings.Repeat("\ufffd\ufffd\ufffdrms ", 9):            ErrRubbish,
		"\x1f\x8b\x08\x01\x02 H\x03":                           ErrRubbish,
		strings.Repeat("\ue001\ue002 ", 20):                    ErrRubbish,
		"\ue001 Home \ue002 Terms of Service":                  nil,
		"\u0098\u0084 \u0083\u0081 abc":                        ErrRubbish,
	} {
		if err := Check(text); !errors.Is(err, want) || (err == nil) != (want == nil) {
			t.Errorf("Check(%q) = %v, should be %v", text, err, want)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	all := samples(b)
	for _, name := range []string{"ru windows-1251 page", "ja shift_jis page"} {
		for _, s := range all {
			if s.name == name {
				body := []byte(strings.Repeat(string(s.body), 100))
				b.Run(name, func(b *testing.B) {
					b.SetBytes(int64(len(body)))
					for b.Loop() {
						_, _ = Find(Input{Body: body, Page: true})
					}
				})
			}
		}
	}
}
