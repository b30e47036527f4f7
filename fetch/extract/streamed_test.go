package extract

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestStreamedPartsArePutIntoPlace: a server that renders with React sends what is not ready yet
// at the end of the page, hidden, and a script that puts it into its place.
func TestStreamedPartsArePutIntoPlace(t *testing.T) {
	lead := strings.Repeat("<p>You will find below what we keep, for how long and why, in one table.</p>", 4)
	const kept = "<p>Logs are kept for 30 days, and for 90 days where the law asks for that.</p>"
	const end = "<p>You may ask us at any time what we keep of you.</p>"
	want := text(t, Input{Body: page("<main>" + lead + kept + end + "</main>")})
	for _, c := range []struct{ name, html string }{
		{"a boundary", "<main>" + lead + `<!--$?--><template id="B:0"></template><!--/$-->` + end +
			`</main><footer>Foot</footer>` +
			`<div hidden id="S:0">` + kept + `</div><script>$RC=function(b,c){};$RC("B:0","S:0")</script>`},
		{"what stands in meanwhile goes", "<main>" + lead +
			`<!--$?--><template id="B:1"></template><p>Loading <!--$-->now<!--/$--></p><!--/$-->` + end + `</main>` +
			`<div hidden id="S:2">` + kept + `</div><script>$RC("B:1","S:2")</script>`},
		{"with styles", "<main>" + lead + `<!--$?--><template id="B:0"></template><!--/$-->` + end + `</main>` +
			`<div hidden id="S:0">` + kept + `</div><script>$RR("B:0","S:0",[["/a.css"]])</script>`},
		{"a segment in a segment", "<main>" + lead + `<!--$?--><template id="B:0"></template><!--/$-->` + end +
			`</main>` +
			`<div hidden id="S:0"><template id="P:1"></template></div><div hidden id="S:1">` + kept +
			`</div><script>$RS("S:1","P:1")</script><script>$RC("B:0","S:0")</script>`},
	} {
		if got := text(t, Input{Body: page(c.html)}); got != want {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
	}
}

// TestPageThatOnlyLooksStreamedStays: what only looks like one stays as it is.
func TestPageThatOnlyLooksStreamedStays(t *testing.T) {
	main := "<main><p>" + strings.Repeat("We keep your data as long as the law asks for it. ", 8) + "</p>"
	want := text(t, Input{Body: page(main + "</main>")})
	for _, html := range []string{
		main +
			`<template id="B:0"></template></main><div hidden id="S:0"><p>Menu</p></div><script>$RC("B:0","S:0")</script>`,
		main + `<!--$?--><template id="B:0"></template><!--/$--></main><div hidden id="S:0"><p>Menu</p></div>`,
		main + `<!--$?--><template id="B:0"></template><!--/$--></main><script>$RC("B:0","S:0")</script>`,
		main +
			`<!--$?--><template id="B:0"></template></main><div hidden id="S:0"><p>Menu</p></div><script>$RC("B:0","S:0")` +
			`</script>`,
		`<div hidden id="S:0">` + main +
			`<!--$?--><template id="B:0"></template><!--/$--></main></div><script>$RC("B:0","S:0")</script>`,
	} {
		if got := text(t, Input{Body: page(html)}); got != want {
			t.Errorf("%s\nis read as %q, want %q", html, got, want)
		}
	}
}

// TestEndlessStreamedPartsAreBounded: parts put into parts, deeper than can be walked, and
// calls by the thousand.
func TestEndlessStreamedPartsAreBounded(t *testing.T) {
	var deep, calls strings.Builder
	for i := range 40 {
		fmt.Fprintf(&deep, `<div hidden id="S:%d">%s<template id="P:%d"></template>%s</div>`, i,
			strings.Repeat("<div>", 20), i+1, strings.Repeat("</div>", 20))
		fmt.Fprintf(&calls, `$RS("S:%d","P:%d");`, 39-i, 39-i)
	}
	if _, err := Text(Input{Body: page(deep.String() + "<script>" + calls.String() + "</script>"),
		MediaType: "text/html"}); !errors.Is(err, ErrTooMuch) {
		t.Errorf("nested by its calls: %v", err)
	}
	many := "<p>Terms.</p><!--$?-->" + strings.Repeat(`<template id="B:0"></template>`, 5000) +
		`<!--/$--><div hidden id="S:0"></div><script>` + strings.Repeat(`$RC("B:0","S:0");`, 5000) + "</script>"
	if got := text(t, Input{Body: page(many)}); got != "Terms.\n" {
		t.Errorf("many calls: %q", got)
	}
}

func TestSummaryIsItsOwnParagraph(t *testing.T) {
	for _, c := range []struct{ html, want string }{
		{"<details><summary>Children</summary><p>You must be 16.</p></details>", "Children\n\nYou must be 16.\n"},
		{"<details><summary>Children</summary>You must be 16.</details>", "Children\n\nYou must be 16.\n"},
		{"<details><summary><h2>Children</h2></summary>You must be 16.</details>", "## Children\n\nYou must be 16.\n"},
		{"<details><summary>Children</summary>You must be 16.</details><details><summary>Adults</summary>You must not " +
			"be 16.</details>", "## Children\n\nYou must be 16.\n\n## Adults\n\nYou must not be 16.\n"},
		// Primer, the components of GitHub and npm, puts a summary of its own before the page's until its script runs.
		{`<details><summary data-default-summary="true">See Details</summary><summary><span>Children</span></summary>` +
			`You must be 16.</details>`, "Children\n\nYou must be 16.\n"},
		{`<details><summary data-default-summary="true">See Details</summary>You must be 16.</details>`,
			"See Details\n\nYou must be 16.\n"},
	} {
		if got := text(t, Input{Body: page(c.html)}); got != c.want {
			t.Errorf("%s: %q, want %q", c.html, got, c.want)
		}
	}
}
