// Package bluemonday stands in for github.com/microcosm-cc/bluemonday, with which Glamour
// takes the tags out of HTML in Markdown. Of its policies Glamour uses the one that
// allows nothing; the others, with a parser of CSS and dozens of regular expressions, were
// 0.4 MB of a binary that may have 40, and most of the time in which a command starts.
//
// It has exactly what Glamour calls. What Glamour calls and is missing here does not
// compile. What it returns goes to a terminal and is made safe there (tui/sanitize); it is
// not fit for a web page. Remove the replace line in go.mod to have the library again.
package bluemonday

import (
	"strings"

	"golang.org/x/net/html"
)

// Policy says what may stay of HTML: nothing.
type Policy struct{}

// StrictPolicy allows no element and no attribute.
func StrictPolicy() *Policy { return &Policy{} }

// silent are the elements whose content goes with them, as in the library.
var silent = map[string]bool{"frame": true, "frameset": true, "iframe": true, "noembed": true, "noframes": true,
	"noscript": true, "nostyle": true, "object": true, "script": true, "style": true, "title": true}

// Sanitize returns the text of HTML, with what means something to HTML escaped.
func (*Policy) Sanitize(s string) string {
	if strings.TrimSpace(s) == "" {
		return s
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	within := 0 // how many silent elements
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.StartTagToken:
			if name, _ := z.TagName(); silent[string(name)] {
				within++
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); silent[string(name)] && within > 0 {
				within--
			}
		case html.TextToken:
			if within == 0 {
				b.WriteString(html.EscapeString(string(z.Text())))
			}
		}
	}
}
