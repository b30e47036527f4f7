package extract

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"fineprint/fetch/bounds"
)

// repeat is strings.Repeat with its arguments in the order of reading.
func repeat(n int, s string) string { return strings.Repeat(s, n) }

// multiplying are pages that make much of little: by what they repeat.
var multiplying = map[string]string{
	"spans of cells":              "<table>" + repeat(10_000, "<tr><td colspan=1000 rowspan=65534>x") + "</table>",
	"spans of rows":               "<table>" + repeat(10_000, "<tr><td rowspan=65534>x") + "</table>",
	"one span beyond all numbers": "<table><tr><td colspan=2000000000 rowspan=2000000000>x</table>",
	"spans in many tables":        repeat(10_000, "<table><tr><td colspan=1000>x</table>"),
	"rows filled up to the longest": "<table><tr>" + repeat(10_000, "<td>x") + repeat(10_000, "<tr><td>y") +
		"</table>",
	"indented lines of code": repeat(100, "<ul><li>") + "<pre>" + repeat(500_000, "\n") + "x</pre>",
	"numbers of twenty digits": repeat(100, "<ol start=9223372036854775800><li>") + "<pre>" +
		repeat(100_000, "\nx"),
	"quoted lines": repeat(200, "<blockquote>") + repeat(50_000, "x<br>"),
	"a long base of many links": `<base href="http://x.example/` + repeat(100_000, "a") + `/">` +
		repeat(2000, "<p><a href=x>y</a>"),
	"a long link made again": `<p><a href="http://x.example/` + repeat(100_000, "a") + `">z` +
		repeat(2000, "<p>y"),
	"a long title made again":   `<p><a href=/x title="` + repeat(100_000, "a") + `">z` + repeat(2000, "<p>y"),
	"a long address made again": `<p><b data-cfemail="00` + repeat(50_000, "40") + `">z` + repeat(2000, "<p>y"),
	"a language made again": `<p><code class="language-` + repeat(100_000, "a") + `">z` +
		repeat(2000, "<pre>y</pre>"),
	"many attributes made again": "<p><b" + numbered(" a%d") + ">z" + repeat(10_000, "<p>y"),
	"pages in frames that make elements again": repeat(2000, `<iframe srcdoc="<b `+repeat(50, "a")+`=1><p>x`+
		repeat(20, "<p>y")+`"></iframe>`),
	"frames in frames":   `<iframe srcdoc="` + repeat(1000, `<iframe srcdoc='x'></iframe>`) + `"></iframe>`,
	"pages in addresses": repeat(5000, `<iframe src="data:text/html,%3Cp%3Ex"></iframe>`),
	"texts without scripts": repeat(2000, "<noscript><p>"+repeat(20, "We keep what you write to us. ")+"</noscript>") +
		repeat(20_000, "<p>We keep what you write to you."),
	"heads of rows that span all": "<table>" + repeat(3, "<tr><td>x<td>y") + "<tr><td rowspan=60000>" +
		repeat(100, "w") + "<td>z" + repeat(20_000, "<tr><td>y<td>z") + "</table>",
	"long cells told by long heads": "<table><tr>" + repeat(100, "<th>"+repeat(110, "h")) + repeat(300, "<tr>"+
		repeat(100, "<td><p>"+repeat(3, "word "))) + "</table>",
	"lists in lists numbered by their style": "<style>li:before{content:counters(a,'.')}</style>" +
		repeat(100, "<ol><li>") + repeat(5000, "<li>x"),
	"icons in one cell":              "<table><tr><td>" + repeat(50_000, "<span class=a></span>") + "</table>",
	"toggles beside toggles":         repeat(20_000, "<div><button aria-expanded=false>x</button><div hidden>y</div></div>"),
	"slots in shadow roots":          repeat(2000, "<a-b><template shadowrootmode=open><slot></slot></template>x</a-b>"),
	"the same text at widths":        repeat(200, "<div class=mobile>") + repeat(100_000, "word "),
	"elements that close themselves": numbered(`<b a="%d"/>`) + repeat(20_000, "<p>x"),
	"elements that are wrongly shut": numbered("<b a=%d></i>") + repeat(20_000, "<p>x"),
}

// numbered is a format filled in with the numbers from 0.
func numbered(format string) string {
	var b strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// TestTextIsBoundedByTheInput reads pages that multiply: each comes to a text in
// proportion, or to ErrGrowth or ErrTooMuch and no text, within little memory.
func TestTextIsBoundedByTheInput(t *testing.T) {
	const maxAllocated = 400 << 20 // in all, what is freed on the way included
	for name, page := range multiplying {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got, err := Text(Input{Body: []byte(page), MediaType: "text/html", BaseURL: "https://acme.example/"})
		runtime.ReadMemStats(&after)
		if err != nil && (!errors.Is(err, ErrTooMuch) || got != "") {
			t.Errorf("%s: a text of %d bytes, %v", name, len(got), err)
		}
		if len(got) > bounds.TextLimit(len(page)) {
			t.Errorf("%s: %d bytes became %d", name, len(page), len(got))
		}
		if allocated := after.TotalAlloc - before.TotalAlloc; allocated > maxAllocated {
			t.Errorf("%s: %d bytes took %d MB", name, len(page), allocated>>20)
		}
	}
}

func TestMultiplyingPageIsErrGrowth(t *testing.T) {
	for _, name := range []string{"indented lines of code", "quoted lines", "a long base of many links",
		"a long link made again"} {
		if _, err := Text(Input{Body: []byte(multiplying[name]), MediaType: "text/html"}); !errors.Is(err, ErrGrowth) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSpansThatMultiplyKeepEveryCell: the words of a table stay when its spans
// can't be written.
func TestSpansThatMultiplyKeepEveryCell(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"spans of a usual table": {`<table><tr><th colspan=2>Data</th></tr><tr><td>Logs</td><td>30 days</td></tr></table>`,
			"| Data |  |\n|---|---|\n| Logs | 30 days |\n"},
		"columns that aren't there": {`<table><tr><th colspan=1000>Data</th></tr><tr><td>Logs</td><td>30 days</td>` +
			`</tr></table>`,
			"| Data |  |\n|---|---|\n| Logs | 30 days |\n"},
		"rows that aren't there": {`<table><tr><th>Data</th><th>Kept</th></tr><tr><td rowspan=65534>Logs</td><td>30 ` +
			`days</td></tr></table>`,
			"| Data | Kept |\n|---|---|\n| Logs | 30 days |\n"},
	} {
		if got := text(t, Input{Body: page(c.body)}); got != c.want {
			t.Errorf("%s: got  %q\nwant %q", name, got, c.want)
		}
	}
	got := text(t, Input{Body: []byte(multiplying["spans of cells"])})
	if n := strings.Count(got, "x"); n != 10_000 {
		t.Errorf("%d of 10000 cells are there", n)
	}
	got = text(t, Input{Body: []byte(multiplying["rows filled up to the longest"])})
	if x, y := strings.Count(got, "x"), strings.Count(got, "y"); x != 10_000 || y != 10_000 {
		t.Errorf("%d and %d of 10000 cells are there", x, y)
	}
}

// randomPage writes elements that multiply into each other, by chance.
func randomPage(r *rand.Rand) string {
	tags := []string{"ul", "ol", "ol start=99999", "li", "li", "blockquote", "b", "em", "a href='x y' title='\"t\"'",
		"pre", "code",
		"table", "tr", "td", "td colspan=7", "th rowspan=9", "p", "div", "h2", "h1", "br", "hr",
		"img src='a b' alt='[x]'", "span"}
	words := []string{"word ", "*_`<>|", "&lt;&gt;", "\n\n", "``", "# ", "1. ", "\n- x", "\\", "é"}
	var b strings.Builder
	for range r.IntN(120) {
		switch r.IntN(3) {
		case 0:
			b.WriteString(words[r.IntN(len(words))])
		case 1:
			name, _, _ := strings.Cut(tags[r.IntN(len(tags))], " ")
			b.WriteString("</" + name + ">")
		default:
			b.WriteString("<" + tags[r.IntN(len(tags))] + ">")
		}
	}
	return b.String()
}

// TestMarkdownIsNeverLongerThanCounted is the law behind the bound: what was
// counted is enough for what is written.
func TestMarkdownIsNeverLongerThanCounted(t *testing.T) {
	const seed = 12
	r := rand.New(rand.NewPCG(seed, 0))
	for i := range 5000 {
		body := randomPage(r)
		root, _, err := parsePage(Input{Body: []byte(body), MediaType: "text/html"}, time.Now().Add(bounds.MaxTime))
		if err != nil {
			t.Fatal(err)
		}
		parts := goquery.NewDocumentFromNode(root).Find("body").Nodes
		readyParts(parts)
		b := bounds.NewBudget(bounds.MaxText)
		if err := spendMarkdown(b, parts); err != nil {
			t.Fatal(err)
		}
		got, err := markdownOf(parts)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) > b.Spent()+1 { // and the line end of the file
			t.Fatalf("seed %d, page %d: counted %d, written %d\n%s\n%s", seed, i, b.Spent(), len(got), body, got)
		}
	}
}
