package export

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"golang.org/x/net/html"

	"fineprint/store/model"
)

// hostileTexts are values that want to be more than text.
var hostileTexts = map[string]string{
	"markup":     `</p></script><script>alert(1)</script><img src=x onerror="alert(1)">`,
	"attribute":  `" onmouseover="alert(1)" x="`,
	"link":       "javascript:alert(1)",
	"hidden":     "java\tscript:alert(1)",
	"data":       "data:text/html,<script>alert(1)</script>",
	"markdown":   "# forged\n\n[x](javascript:alert(1)) ![y](http://evil.example/x) `c`\n\n---\n| a | b |",
	"escapes":    "a\x1b[31mb\x1b]0;title\x07\x00\x9b2J\x7f\r\x08",
	"direction":  "invoice\u202egnp.exe\u2066 \u061c\u200f",
	"not UTF-8":  "a\xff\xfe\xc3(b",
	"no char":    "\ufffe\U0001ffff\ufdd0",
	"formula":    "=cmd|' /C calc'!A0",
	"entity":     "&lt;b&gt; &amp;amp; &#x3c;",
	"right":      "يحتفظ المزود بالبيانات لمدة 90 يومًا (GDPR) ثم يحذفها.",
	"east":       "入力データは90日間保存されます。本规定适用于所有用户。",
	"combining":  "e\u0301\u200d🏳️‍🌈 " + strings.Repeat("\u0300", 300),
	"no space":   strings.Repeat("x", 5000),
	"line ends":  "one\r\ntwo\rthree\u2028four\n\n\nfive",
	"style end":  "</style></title><!-- --> ]]>",
	"only space": " \n\t ",
	"number":     "007",
	"apostrophe": "'=1+1",
}

// filledWith is a record with a text in every field that takes any.
func filledWith(text string) model.Record {
	r := fullRecord()
	leaves(reflect.ValueOf(&r).Elem(), "", func(_ string, v reflect.Value, changed func()) {
		if v.Kind() == reflect.String {
			v.SetString(text)
			changed()
		}
	})
	r.Clauses[0].Material = true
	return r
}

func exported(t *testing.T, name string, records ...model.Record) string {
	t.Helper()
	var b bytes.Buffer
	if err := writeAll(&b, format(t, name), RecordsOf(records...), Options{Tool: "t"}); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return b.String()
}

// TestHostileTextIsTextInEveryFormatToRead writes each in all fields.
func TestHostileTextIsTextInEveryFormatToRead(t *testing.T) {
	for name, text := range hostileTexts {
		r := filledWith(text)
		legacy := record(text)
		for _, f := range []string{"html", "md", "text"} {
			out := exported(t, f, r, legacy)
			if i := strings.IndexFunc(out, unprintable); i >= 0 {
				t.Errorf("%s as %s has an unprintable character: %q", name, f, out[i:min(i+20, len(out))])
			}
			if strings.Contains(out, "\r") && f != "html" {
				t.Errorf("%s as %s has a carriage return", name, f)
			}
		}
		for _, page := range htmlPages(exported(t, "html", r, legacy)) {
			checkHTML(t, name, page)
		}
		var b strings.Builder
		if err := goldmark.Convert([]byte(exported(t, "md", r)), &b); err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"<script", "<img", "javascript:alert(1)\"", "<h1>forged", "evil.example/x\""} {
			if strings.Contains(b.String(), bad) {
				t.Errorf("%s in Markdown becomes %s", name, bad)
			}
		}
	}
}

// htmlPages parts what writeAll joined.
func htmlPages(joined string) []string {
	return regexp.MustCompile(`(?m)^-- \S+ --\n`).Split(joined, -1)[1:]
}

// checkHTML fails where a page is not what the format alone makes.
func checkHTML(t *testing.T, name, page string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(page))
	void := []string{"meta", "link", "input", "br", "img"}
	var open []string
	ids := map[string]bool{}
	scripts := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF || len(open) > 0 {
				t.Errorf("%s: %v, and %v is open", name, z.Err(), open)
			}
			if most := strings.Count(page, `id="filters"`); scripts > most {
				t.Errorf("%s: %d scripts", name, scripts)
			}
			return
		case html.StartTagToken:
			tag := z.Token()
			if tag.Data == "script" {
				scripts++
			}
			checkAttributes(t, name, tag, ids)
			if !slices.Contains(void, tag.Data) {
				open = append(open, tag.Data)
			}
		case html.EndTagToken:
			tag := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != tag {
				t.Fatalf("%s: </%s> closes %v", name, tag, open)
			}
			open = open[:len(open)-1]
		}
	}
}

func checkAttributes(t *testing.T, name string, tag html.Token, ids map[string]bool) {
	t.Helper()
	for _, a := range tag.Attr {
		switch {
		case strings.HasPrefix(a.Key, "on"), a.Key == "src", a.Key == "style":
			t.Errorf("%s: <%s %s=%q>", name, tag.Data, a.Key, a.Val)
		case a.Key == "id":
			if ids[a.Val] || a.Val == "" || strings.ContainsAny(a.Val, " \t\n") {
				t.Errorf("%s: the id %q is there twice, or none", name, a.Val)
			}
			ids[a.Val] = true
		case a.Key == "href" && tag.Data == "a":
			if !regexp.MustCompile(`^(https?://|mailto:|#|[A-Za-z0-9-]+\.html(#|$))`).MatchString(a.Val) {
				t.Errorf("%s leads to %q", name, a.Val)
			}
		}
	}
}

func TestOnlyWebAndMailAddressesAreLinks(t *testing.T) {
	for s, want := range map[string]string{
		"https://a.example/x?y=1#z": "https://a.example/x?y=1#z", "HTTP://a.example": "http://a.example",
		"mailto:a@b.example": "mailto:a@b.example", "a@b.example": "mailto:a@b.example",
		"javascript:alert(1)": "", "JaVaScript:alert(1)": "", "java\tscript:alert(1)": "", "data:text/html,x": "",
		"file:///etc/passwd": "", "ftp://a.example": "", "//a.example": "", "/settings": "", "Settings, Privacy": "",
		"https://": "", "https://a.example/\u202egnp": "", "https://a.example/a b": "", "": "",
		"mailto:a@b.example?cc=c@d.example": "", "mailto:Ann <a@b.example>": "", "https://a.example/\">": "",
		"vbscript:x": "", "http:a.example": "",
	} {
		if got := safeURL(s); got != want {
			t.Errorf("%q leads to %q, want %q", s, got, want)
		}
	}
}

// TestLargeRecordsAreWritten: a field of a megabyte, 500 clauses, and nothing at all.
func TestLargeRecordsAreWritten(t *testing.T) {
	large := provisionRecord()
	large.WhyItMatters = strings.Repeat("It matters a lot. ", 1<<20/18)
	many := provisionRecord()
	for i := range 500 {
		c := many.Clauses[0]
		c.Heading = []string{fmt.Sprint("Section ", i)}
		many.Clauses = append(many.Clauses, c)
	}
	bare := model.Record{ID: "FP-R-000009", Kind: model.ProvisionRecord, Revision: 1}
	for _, f := range Formats {
		for name, r := range map[string]model.Record{"large": large, "many": many, "bare": bare} {
			list, source := withSource(r)
			o := Options{Source: source}
			first, again := bytes.Buffer{}, bytes.Buffer{}
			err := writeAll(&first, f, RecordsOf(list...), o)
			if again := writeAll(&again, f, RecordsOf(list...), o); err != nil || again != nil {
				t.Errorf("%s as %s: %v, %v", name, f.Name, err, again)
			}
			if !bytes.Equal(first.Bytes(), again.Bytes()) {
				t.Errorf("%s as %s is not the same twice", name, f.Name)
			}
		}
	}
	page := exported(t, "html", bare)
	if strings.Contains(page, "<h2 id=\"faq") || !strings.Contains(page, "Provision without a title") {
		t.Errorf("a bare record has empty sections: %s", page)
	}
	for _, s := range PageOf(bare).Sections {
		if s.ID != "details" {
			t.Errorf("a bare record has a section %s", s.ID)
		}
	}
	if page := exported(t, "html", many); strings.Count(page, "<figure class=\"redline\">") != 503 {
		t.Errorf("%d redlines of 503", strings.Count(page, "<figure class=\"redline\">"))
	}
}

// TestCSVKeepsHostileValues: once the apostrophe is taken away, what is read is what was
// written, but for NUL and what ends a line.
func TestCSVKeepsHostileValues(t *testing.T) {
	for name, text := range hostileTexts {
		rows, err := csv.NewReader(strings.NewReader(exported(t, "csv", filledWith(text)))).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("%s: %v", name, err)
		}
		got := strings.TrimPrefix(rows[1][slices.Index(csvHeader, "title")], "'")
		if want := lineEnds.Replace(strings.ReplaceAll(text, "\x00", "")); got != want {
			t.Errorf("%s: %q is read as %q", name, want, got)
		}
	}
}

// TestRecordsLeadToEachOtherOnlyWhereTheyAreWritten names no page that isn't there.
func TestRecordsLeadToEachOtherOnlyWhereTheyAreWritten(t *testing.T) {
	a := provisionRecord()
	b := provisionRecord()
	b.ID = a.OtherRisks[0].Record
	for _, page := range htmlPages(exported(t, "html", a, b)) {
		for _, link := range regexp.MustCompile(`href="([^"#:]+\.html)`).FindAllStringSubmatch(page, -1) {
			if link[1] != indexFile && link[1] != string(a.ID)+".html" && link[1] != string(b.ID)+".html" {
				t.Errorf("it leads to %s", link[1])
			}
		}
		if strings.Contains(page, `id="other-risks"`) && !strings.Contains(page, `href="`+string(b.ID)+`.html"`) {
			t.Errorf("it does not lead to %s", b.ID)
		}
	}
	var alone bytes.Buffer
	if err := Write(&alone, format(t, "html"), RecordsOf(a), Options{}); err != nil ||
		strings.Contains(alone.String(), ".html\"") {
		t.Errorf("one alone leads to a file: %v", err)
	}
}

// TestWhatNobodyCheckedLeadsNowhere: no link of an agency or a regulation that isn't
// verified.
func TestWhatNobodyCheckedLeadsNowhere(t *testing.T) {
	r := provisionRecord()
	r.AgencyDetails = []model.AgencyDetail{{Name: "Agency", ComplaintURL: "https://complain.example",
		Source: "https://s.example"}}
	r.RegulationDetails = []model.RegulationDetail{{Name: "Act", URL: "https://act.example", Source: "https://s.example"}}
	for _, f := range []string{"html", "md"} {
		out := exported(t, f, r)
		for _, bad := range []string{"complain.example", "act.example", `"https://s.example"`, "<https://s.example>"} {
			if strings.Contains(out, bad) {
				t.Errorf("%s leads to %s", f, bad)
			}
		}
		if strings.Count(out, "unverified") != 2 {
			t.Errorf("%s does not say that both are unverified", f)
		}
	}
}

// TestEveryElementHasItsOwnID, also where a clause is quoted twice.
func TestEveryElementHasItsOwnID(t *testing.T) {
	r := provisionRecord()
	again := r.Provisions[0]
	again.ID = "clause" // as a section is called
	r.Provisions = append(r.Provisions, r.Provisions[0], again)
	for _, page := range htmlPages(exported(t, "html", r)) {
		checkHTML(t, "twice", page)
	}
}
