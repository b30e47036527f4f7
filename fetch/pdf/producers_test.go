package pdf

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"fineprint/store/model"
)

// printed are prints of texts of our own by several producers, with the share of the words
// that is kept in order, in parts of a thousand: less than all where the file itself says
// something else. The words are in LANGUAGE.txt, the language is the second part of a name.
var printed = map[string]int{
	"chromium-de": 1000, "chromium-he": 990, "chromium-ru": 1000, "groff-en": 1000, "office-docx-pl": 1000,
	"office-el": 1000, "pango-ar": 990, "pango-en": 1000, "pdfkit-ru": 1000, "pdflib-en-2-alt": 990,
	"pdflib-en-rowwise": 990, "pdfmake-en": 1000, "ps2pdf-groff-de": 1000, "qt-de": 1000, "rl-de": 1000,
	"rl-en": 1000, "weasy-en-1": 1000, "weasy-fr": 1000, "weasy-zh": 1000}

func readFile(t *testing.T, name string) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

var textsOfPrints = map[string]string{}

// textOf is the text of a print, which is read once for all tests.
func textOf(t *testing.T, name string) (string, error) {
	t.Helper()
	if text, ok := textsOfPrints[name]; ok {
		return text, nil
	}
	text, err := Text([]byte(readFile(t, name+".pdf")))
	if err == nil {
		textsOfPrints[name] = text
	}
	return text, err
}

// TestPrintsKeepTheirWords: whoever printed a text, its words are read in its order.
func TestPrintsKeepTheirWords(t *testing.T) {
	for name, least := range printed {
		if testing.Short() && name != "rl-en" && name != "weasy-fr" {
			continue
		}
		text, err := textOf(t, name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		language := name[strings.Index(name, "-")+1:]
		if at := strings.Index(name, "docx-"); at >= 0 {
			language = name[at+len("docx-"):]
		} else if at := strings.Index(name, "groff-"); at >= 0 {
			language = name[at+len("groff-"):]
		}
		want := plainWords(readFile(t, language[:2]+".txt"))
		got := plainWords(text)
		kept := inOrderOf(want, got)
		if kept*1000 < least*len(want) {
			t.Errorf("%s: %d of %d words in order:\n%s", name, kept, len(want), text)
		}
		if extra := len(got) - kept; extra > 8+len(want)/100 {
			t.Errorf("%s: %d words too many:\n%s", name, extra, text)
		}
	}
}

// sameForm writes what producers of other habits write otherwise.
var sameForm = strings.NewReplacer("’", "'", "“", `"`, "”", `"`, "\u00a0", " ", "&lt;", "<", "&gt;", ">",
	"``", `"`, "''", `"`, "‐", "-")

// plainWords are the words of a Markdown text; letters of scripts without spaces count as
// words.
func plainWords(text string) []string {
	var out []string
	for _, w := range strings.Fields(norm.NFC.String(sameForm.Replace(text))) {
		switch {
		case strings.Trim(w, "#|-") == "" || isMark(w) && len(w) < 3:
		case strings.ContainsFunc(w, spaceless):
			out = append(out, strings.Split(w, "")...)
		default:
			out = append(out, w)
		}
	}
	return out
}

// inOrderOf counts the words of a text that another has in the same order.
func inOrderOf(want, got []string) int {
	before := make([]int, len(got)+1)
	for _, w := range want {
		row := make([]int, len(got)+1)
		for j, g := range got {
			row[j+1] = max(row[j], before[j+1])
			if w == g {
				row[j+1] = max(row[j+1], before[j]+1)
			}
		}
		before = row
	}
	return before[len(got)]
}

// TestPrintsOfOneTextAreAlike: another producer, letter, width and number of pages changes
// neither a paragraph nor a row of a table.
func TestPrintsOfOneTextAreAlike(t *testing.T) {
	if testing.Short() {
		t.Skip("reads several files")
	}
	var first []string
	for _, name := range []string{"pdfmake-en", "pango-en", "weasy-en-1"} {
		text, err := textOf(t, name)
		if err != nil {
			t.Fatal(err)
		}
		var blocks []string
		plain := strings.NewReplacer("#", "", "| --- ", "", "• ", "").Replace(text)
		for line := range strings.SplitSeq(plain, "\n") {
			if line = strings.TrimPrefix(strings.TrimSpace(line), "- "); line != "" && line != "|" {
				blocks = append(blocks, strings.TrimSpace(line))
			}
		}
		if first == nil {
			first = blocks
		}
		if !slices.Equal(first, blocks) {
			t.Errorf("%s:\n%s\nbut at first:\n%s", name, strings.Join(blocks, "\n"), strings.Join(first, "\n"))
		}
	}
}

// TestGarbageIsNoText: a PDF whose fonts say something else than what is seen.
func TestGarbageIsNoText(t *testing.T) {
	text, err := Text([]byte(readFile(t, "weasy-he.pdf")))
	if !errors.Is(err, errUnreadable) || !errors.Is(err, model.ErrInvalid) || text != "" {
		t.Errorf("%q, %v", text, err)
	}
}
