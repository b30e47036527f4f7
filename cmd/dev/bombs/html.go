//go:build unix

package main

import (
	"fmt"
	"strings"
)

// page is a bomb that is a page, by what its body is.
func page(name string, body func() string) kind {
	return kind{"html " + name, func(b *bench) []string {
		return b.diff("page.html", "<!doctype html><html><head><title>Terms</title></head><body><main>"+body()+"</main></body></html>")
	}}
}

func rep(s string, n int) string { return strings.Repeat(s, n) }

// each joins what f makes of the numbers below n.
func each(n int, f func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(f(i))
	}
	return b.String()
}

func htmlKinds() []kind {
	body := func(s string, n int) func() string { return func() string { return rep(s, n) } }
	nested := func(open, in, end string, n int) func() string {
		return func() string { return rep(open, n) + in + rep(end, n) }
	}
	return []kind{
		page("cells that span each other", body("<table>"+"<tr><td colspan=1000 rowspan=65534>x", 1)),
		page("100,000 cells that span each other", func() string { return "<table>" + rep("<tr><td colspan=1000 rowspan=65534>x", 100_000) }),
		page("wide and tall spans of long cells", func() string {
			return "<table>" + rep("<tr><td colspan=1000 rowspan=1000>"+rep("words ", 100)+"</td></tr>", 6000)
		}),
		page("a row of a million cells", func() string { return "<table><tr>" + rep("<td>x", 1_000_000) }),
		page("a million rows", func() string { return "<table>" + rep("<tr><td>x<td>y", 400_000) }),
		page("tables in tables", nested("<table><tr><td>x", "y", "</td></tr></table>", 20_000)),
		page("text that is no cell's", func() string { return "<table>" + rep("x<b>y<table>", 100_000) }),
		page("lists in lists", nested("<ul><li>x", "y", "</ul>", 100_000)),
		page("many items deep in lists", func() string { return rep("<ul><li>x", 200) + rep("<li>item<p>more", 200_000) }),
		page("items of many lines deep in lists", func() string { return rep("<ol><li>", 400) + "<pre>" + rep("x\n", 2_000_000) + "</pre>" }),
		page("quotes in quotes", nested("<blockquote>x", "y", "</blockquote>", 100_000)),
		page("many lines deep in quotes", func() string { return rep("<blockquote>", 400) + rep("x<br>", 2_000_000) }),
		page("boxes in boxes", nested("<div>", "x", "</div>", 1_000_000)),
		page("bold in bold", nested("<b><i>", "x", "</i></b>", 500_000)),
		page("marks that cross each other", func() string { return rep("<b><i><a href=x><div>x</b></i><p></a>", 100_000) }),
		page("fonts that reopen", func() string {
			return each(2000, func(i int) string { return fmt.Sprintf("<font size=%d>", i) }) + rep("<p>x", 100_000)
		}),
		page("links by a long base", func() string {
			return "<base href='https://a.example/" + rep("d/", 4000) + "'>" + rep("<a href=x>y</a> ", 200_000)
		}),
		page("one long address, again and again", func() string { return rep("<a href='https://a.example/"+rep("a", 30_000)+"'>x</a>", 500) }),
		page("anchors", func() string {
			return each(400_000, func(i int) string { return fmt.Sprintf("<a name=a%d></a><p id=b%d>x", i, i) })
		}),
		page("numbered lists that begin high", func() string { return rep("<ol start=2147483647><li value=999999999999>x</ol>", 300_000) }),
		page("entities", body("&CounterClockwiseContourIntegral;&#x200b;", 300_000)),
		page("four million headings", func() string { return rep("<h1>x", 3_500_000) }),
		page("a million attributes", func() string {
			return "<p " + each(1_000_000, func(i int) string { return fmt.Sprintf("a%d=1 ", i) }) + ">x"
		}),
		page("an attribute of 16 MB", func() string { return "<img alt='" + rep("word ", 3_200_000) + "'>x" }),
		page("alternative texts", func() string { return rep("<img alt='"+rep("word ", 20)+"'>", 100_000) }),
		page("a comment without an end", func() string { return "x<!--" + rep("-- >", 4_000_000) }),
		page("scripts that do not end", func() string { return "x" + rep("<script><!--<script>", 800_000) }),
		page("templates in templates", nested("<template>x", "y", "</template>", 200_000)),
		page("drawings and formulas", nested("<svg><foreignObject><math><mtext>", "x", "", 50_000)),
		page("preformatted blank lines", func() string { return "<pre>" + rep("\n \t", 5_000_000) + "x</pre>" }),
		page("options", func() string { return "<select>" + rep("<option>x", 1_500_000) }),
		page("hidden parts", func() string { return rep("<div style='display:none'>x</div><p hidden>y", 300_000) }),
		page("words of combining marks", func() string { return "<p>a" + rep("\u0301\u0323", 3_500_000) }),
		{"html in UTF-16", func(b *bench) []string { return b.diff("page.html", "\xfe\xff"+rep("\x00<\x00p\x00>\x00x", 2_000_000)) }},
		{"html of 32 MB without a mark", func(b *bench) []string { return b.diff("page.html", "<p>"+rep("word ", 6_700_000)) }},
		{"html imported twice", func(b *bench) []string {
			p := func(s string) string { return "<main>" + rep("<h2>Title</h2><p>You may leave. "+s, 150_000) }
			return b.files("page.html", p("x"), p("y"))
		}},
	}
}
