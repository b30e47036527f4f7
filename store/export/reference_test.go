package export

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"fineprint/store/model"
)

// hostile are texts that would be something else than text in one format or other.
var hostile = []string{
	`}, title = {forged`, `\input{/etc/passwd}`, "50% off \\ $x_1^2$ #1 & ~me", `{`, `}}`, `\`, "@misc{x,",
	"x\r\nER  - \r\nTY  - BOOK", "TI  - forged", "</content></entry><entry>", "]]>", "<!-- ", "&amp;&#x0;",
	"\x00\x01\x0b\x1b[31m\x7f\u0085", "a\u202eb\u2066c\ufeff", "\xff\xfe broken", "\ufffe\uffff",
	"日本語 العربية 🎉",
	`"],"x":["`, "line\nline\tline\u2028line", strings.Repeat("long ", 2000),
}

func hostileRecord(evil string) model.Record {
	r := record(evil)
	r.Title, r.Platform.Name, r.Type, r.ApprovedBy, r.Citation = evil, evil, evil, evil, evil
	r.WhatItIs, r.WhyItMatters, r.ConsumerImpact, r.Types = evil, evil, evil, []string{evil}
	r.TypeDetails = []model.ClauseTypeDetail{{ID: evil, Name: evil}}
	r.To.SourceURL, r.ArchiveLink = "https://acme.example/"+evil, evil
	r.To.Origin.Archive = &model.ArchiveOrigin{Repo: evil, Commit: evil, Path: evil}
	r.Clauses[0].Spans[0].Text, r.Clauses[0].Heading = evil, []string{evil}
	return r
}

func written(t *testing.T, name string, records ...model.Record) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, format(t, name), RecordsOf(records...), Options{StoreID: "s"}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCSLIsJSONWhateverIsQuoted(t *testing.T) {
	for _, evil := range hostile {
		var items []cslItem
		text := written(t, "csl", hostileRecord(evil), hostileRecord(evil))
		if err := json.Unmarshal([]byte(text), &items); err != nil || len(items) != 2 || items[0].Type != "webpage" {
			t.Errorf("%q: %v in\n%s", evil, err, text)
		}
	}
}

// TestBibTeXBalances: an entry ends where it should, and every special character is
// the text of a command.
func TestBibTeXBalances(t *testing.T) {
	for _, evil := range hostile {
		text := written(t, "bibtex", hostileRecord(evil))
		depth := 0
		for i, c := range text {
			switch c {
			case '{':
				depth++
			case '}':
				depth--
			}
			if depth == 0 && i > 0 && c == '}' && i != len(text)-2 {
				t.Fatalf("%q ends the entry early:\n%s", evil, text)
			}
		}
		if depth != 0 || strings.Count(text, "\n@")+strings.Count(text, "@misc{FP-R-000001-r1,") != 1 {
			t.Errorf("%q: depth %d in\n%s", evil, depth, text)
		}
		for _, command := range regexp.MustCompile(`\\[^$&#_%]\w*`).FindAllString(text, -1) {
			if !strings.HasPrefix(command, `\text`) {
				t.Errorf("%q becomes the command %s", evil, command)
			}
		}
	}
}

func TestRISHasOneTagALine(t *testing.T) {
	for _, evil := range hostile {
		text := written(t, "ris", hostileRecord(evil))
		lines := strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n")
		ends := 0
		for _, line := range lines {
			if !regexp.MustCompile(`^[A-Z][A-Z0-9]  - [^\r\n]*$`).MatchString(line) {
				t.Errorf("%q makes the line %q", evil, line)
			}
			if strings.HasPrefix(line, "ER") || strings.HasPrefix(line, "TY") {
				ends++
			}
		}
		if ends != 2 || lines[len(lines)-1] != "ER  - " {
			t.Errorf("%q: %s", evil, text)
		}
	}
}

// TestAtomIsXMLWhateverIsQuoted, with as many entries and elements as without.
func TestAtomIsXMLWhateverIsQuoted(t *testing.T) {
	elements := func(text string) map[string]int {
		seen := map[string]int{}
		d := xml.NewDecoder(strings.NewReader(text))
		for {
			token, err := d.Token()
			if err == io.EOF {
				return seen
			}
			if err != nil {
				t.Fatalf("%v in\n%s", err, text)
			}
			if e, ok := token.(xml.StartElement); ok && e.Name.Local != "p" && e.Name.Local != "summary" &&
				e.Name.Local != "strong" && e.Name.Local != "category" && e.Name.Local != "link" {
				seen[e.Name.Local]++
			}
		}
	}
	want := fmt.Sprint(elements(written(t, "atom", hostileRecord("plain"))))
	for _, evil := range hostile {
		text := written(t, "atom", hostileRecord(evil))
		if got := fmt.Sprint(elements(text)); got != want {
			t.Errorf("%q: %s, want %s", evil, got, want)
		}
		if i := strings.IndexFunc(text, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || bidi(r) }); i >= 0 {
			t.Errorf("%q: %q is in the feed", evil, text[i:i+1])
		}
	}
}

// TestAtomIdentifiesAnEntryForGood: by its database and record, not by its revision.
func TestAtomIdentifiesAnEntryForGood(t *testing.T) {
	id := func(store string, revision int) string {
		r := record("x")
		r.Revision = revision
		var b bytes.Buffer
		if err := Write(&b, format(t, "atom"), RecordsOf(r), Options{StoreID: store}); err != nil {
			t.Fatal(err)
		}
		_, entry, _ := strings.Cut(b.String(), "<entry>\n<id>")
		return entry[:45]
	}
	if id("a", 1) != id("a", 2) || id("a", 1) == id("b", 1) || !strings.HasPrefix(id("a", 1), "urn:uuid:") {
		t.Errorf("%s, %s, %s", id("a", 1), id("a", 2), id("b", 1))
	}
}

// TestWhatDoesNotStandIsNotCited: no preview and nothing withdrawn.
func TestWhatDoesNotStandIsNotCited(t *testing.T) {
	for _, name := range []string{"csl", "bibtex", "ris", "atom"} {
		text := written(t, name, goldenRecords()...)
		if !strings.Contains(text, "FP-R-000001") || strings.Contains(text, "Borealis") ||
			strings.Contains(text, "no formula") {
			t.Errorf("%s has:\n%s", name, text)
		}
	}
}
