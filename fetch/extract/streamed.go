package extract

import (
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A server that renders with React sends a page before all of it is ready. What
// comes late is at the end, hidden, with a call that puts it into its place:
//
//	$RC("B:0", "S:0")  in place of all between the comments around template B:0
//	$RS("S:1", "P:1")  in place of template P:1
//
// Which parts come late differs from answer to answer with the server's mood,
// so without this a clause is gone today and back tomorrow.
var (
	completes = regexp.MustCompile(`\$R([CRS])\("([^"\\]{1,100})","([^"\\]{1,100})"`)
	startMark = map[string]bool{"$": true, "$?": true, "$!": true, "$~": true}
)

const endMark = "/$"

// maxCalls bounds the calls that are followed: each may go through a whole list
// of siblings. Real pages have a few dozen.
const maxCalls = 1000

// putStreamed puts the late parts of a page where they belong. A call whose
// places aren't on the page does nothing, as in a browser. Parts put into parts
// may nest too deep to be walked, which is an error.
func putStreamed(doc *goquery.Document) error {
	late := doc.Find("div[hidden][id]")
	if late.Length() == 0 {
		return nil
	}
	named := map[string]*html.Node{}
	doc.Find("template[id]").AddSelection(late).Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("id", ""); named[id] == nil {
			named[id] = s.Nodes[0]
		}
	})
	calls := 0
	doc.Find("script").Each(func(_ int, s *goquery.Selection) {
		c := s.Nodes[0].FirstChild
		if c == nil || !strings.Contains(c.Data, "$R") {
			return
		}
		for _, call := range completes.FindAllStringSubmatch(c.Data, maxCalls) {
			if calls++; calls > maxCalls {
				return
			}
			place, segment := named[call[2]], named[call[3]]
			if call[1] == "S" {
				place, segment = segment, place
			}
			if place == nil || segment == nil || place.DataAtom != atom.Template || segment.DataAtom != atom.Div ||
				place.Parent == nil || holds(segment, place) {
				continue
			}
			if call[1] == "S" {
				moveChildren(segment, place)
				place.Parent.RemoveChild(place)
			} else {
				putBoundary(place, segment)
			}
		}
	})
	return checkDepth(doc.Nodes[0])
}

// holds reports whether a node is within another.
func holds(outer, n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p == outer {
			return true
		}
	}
	return false
}

// putBoundary puts a segment in place of what is between the comments around
// a template; one without them stays as it is.
func putBoundary(place, segment *html.Node) {
	start := place.PrevSibling
	if start == nil || start.Type != html.CommentNode || !startMark[start.Data] {
		return
	}
	end, depth := place, 0
	for ; end != nil; end = end.NextSibling {
		if end.Type != html.CommentNode {
			continue
		}
		if end.Data == endMark {
			if depth == 0 {
				break
			}
			depth--
		} else if startMark[end.Data] {
			depth++
		}
	}
	if end == nil {
		return
	}
	for n := start.NextSibling; n != end; n = start.NextSibling {
		n.Parent.RemoveChild(n)
	}
	moveChildren(segment, end)
}

// moveChildren moves all of a segment before a node and takes away the segment.
func moveChildren(segment, before *html.Node) {
	for c := segment.FirstChild; c != nil; c = segment.FirstChild {
		segment.RemoveChild(c)
		before.Parent.InsertBefore(c, before)
	}
	if segment.Parent != nil {
		segment.Parent.RemoveChild(segment)
	}
}
