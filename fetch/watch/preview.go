package watch

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"fineprint/fetch"
	"fineprint/fetch/extract"
	"fineprint/store/model"
)

// Preview is what fetching a document twice, a moment apart, showed.
type Preview struct {
	Status   int
	FinalURL string
	Bytes    int
	Text     string // of the first fetch
	Failure  string // why there is no usable text
	LeftOut  model.LeftOut
	// SameBytes and SameText compare the two fetches.
	SameBytes, SameText bool
	// Differences are the elements whose words differ, StableWithRemovals that
	// removing them makes both texts the same.
	Differences        []Difference
	StableWithRemovals bool
}

// Difference is an element whose words differed between two fetches.
type Difference struct {
	Page          string // its address
	Remove        string // CSS selector that removes it
	First, Second string // its words
}

// maxDifferences bounds how many differing elements are named.
const maxDifferences = 8

// DryRun fetches a document twice, pause apart, without recording anything, and
// looks for what changes by itself.
func DryRun(ctx context.Context, get Getter, d WebDocument, tool string, pause time.Duration) (Preview, error) {
	first, err := fetchPages(ctx, get, d, fetch.Request{}, tool)
	if err != nil {
		return Preview{}, err
	}
	p := Preview{Status: first.answer.Status, FinalURL: first.answer.FinalURL, Bytes: first.bytes,
		Text: first.capture.Text, Failure: first.capture.Failure,
		LeftOut: first.capture.LeftOut}
	if p.Failure != "" {
		return p, nil
	}
	select {
	case <-ctx.Done():
		return p, ctx.Err()
	case <-time.After(pause):
	}
	second, err := fetchPages(ctx, get, d, fetch.Request{}, tool)
	if err != nil {
		return p, err
	}
	if p.Failure = second.capture.Failure; p.Failure != "" {
		p.Failure = "the second time, " + p.Failure
		return p, nil
	}
	p.SameBytes = bytes.Equal(first.capture.Raw, second.capture.Raw)
	p.SameText = first.capture.Text == second.capture.Text
	if !p.SameText {
		p.explain(d, first, second)
	}
	return p, nil
}

// explain finds the elements that make the texts differ.
func (p *Preview) explain(d WebDocument, first, second fetched) {
	pages := d.Source.Pages()
	cleaned := make([]model.Page, len(pages))
	for i, page := range pages {
		cleaned[i] = page
		for _, found := range differences(first.answers[i], second.answers[i]) {
			if len(p.Differences) == maxDifferences {
				break
			}
			// Only what makes the text another is worth removing.
			with := page
			with.Remove = append(append([]model.Selector{}, page.Remove...), model.CSS(found.Remove)...)
			if !changesText(with, page, first.answers[i]) && !changesText(with, page, second.answers[i]) {
				continue
			}
			found.Page = page.URL
			p.Differences = append(p.Differences, found)
			cleaned[i].Remove = append(append([]model.Selector{}, cleaned[i].Remove...), model.CSS(found.Remove)...)
		}
	}
	p.StableWithRemovals = len(p.Differences) > 0
	for i := range pages {
		a, errA := readPage(cleaned[i], first.answers[i])
		b, errB := readPage(cleaned[i], second.answers[i])
		p.StableWithRemovals = p.StableWithRemovals && errA == nil && errB == nil && a.Text == b.Text
	}
}

func changesText(with, without model.Page, r fetch.Response) bool {
	a, _ := readPage(with, r)
	b, _ := readPage(without, r)
	return a.Text != b.Text
}

// differences walks two parses of a page side by side and names the smallest
// elements whose words differ.
func differences(a, b fetch.Response) []Difference {
	x, y := parsed(a), parsed(b)
	if x == nil || y == nil {
		return nil
	}
	var found []Difference
	seen := map[string]bool{}
	var walk func(m, n *html.Node)
	walk = func(m, n *html.Node) {
		if visibleText(m) == visibleText(n) {
			return
		}
		p, q := elements(m), elements(n)
		if len(p) == len(q) && ownWords(m) == ownWords(n) {
			for i := range p {
				if p[i].Data != q[i].Data {
					break
				}
				if i == len(p)-1 {
					for j := range p {
						walk(p[j], q[j])
					}
					return
				}
			}
		}
		css := selectorOf(x, y, m, n)
		if css != "" && !seen[css] {
			seen[css] = true
			found = append(found, Difference{Remove: css, First: clipWords(visibleText(m)), Second: clipWords(visibleText(n))})
		}
	}
	if m, n := x.Find("body"), y.Find("body"); m.Length() == 1 && n.Length() == 1 {
		walk(m.Nodes[0], n.Nodes[0])
	}
	return found
}

func parsed(r fetch.Response) *goquery.Document {
	root, err := extract.Parse(r.Body, r.MediaType)
	if err != nil {
		return nil
	}
	page := goquery.NewDocumentFromNode(root)
	page.Find("script, style, noscript, template").Remove()
	return page
}

func elements(n *html.Node) []*html.Node {
	var list []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			list = append(list, c)
		}
	}
	return list
}

func ownWords(n *html.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			b.WriteString(c.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func visibleText(n *html.Node) string {
	return strings.Join(strings.Fields(goquery.NewDocumentFromNode(n).Text()), " ")
}

const maxShownWords = 80

func clipWords(s string) string {
	if r := []rune(s); len(r) > maxShownWords {
		return string(r[:maxShownWords]) + "…"
	}
	return s
}

// plainName is an id or class that a person gave: one with digits in a row may
// differ in each answer.
var plainName = regexp.MustCompile(`^[A-Za-z][A-Za-z_-]*[0-9]{0,2}$`)

// selectorOf writes the shortest selector that names m in x and n in y and
// nothing else in either; "" when there is none, or it is the whole page.
func selectorOf(x, y *goquery.Document, m, n *html.Node) string {
	path := ""
	for m.Data != "body" && m.Data != "html" && m.Parent != nil && n.Parent != nil {
		for _, own := range namesOf(m, n) {
			css := own + path
			if matchesOnce(x, css) && matchesOnce(y, css) {
				return css
			}
		}
		path = " > " + nth(m) + path
		if nth(m) != nth(n) {
			return ""
		}
		m, n = m.Parent, n.Parent
	}
	if path == "" {
		return ""
	}
	return m.Data + path
}

// namesOf lists how an element may be called in both pages, the best first.
func namesOf(m, n *html.Node) []string {
	var names []string
	if id := attribute(m, "id"); id == attribute(n, "id") && plainName.MatchString(id) {
		names = append(names, "#"+id)
	}
	other := " " + attribute(n, "class") + " "
	for _, class := range strings.Fields(attribute(m, "class")) {
		if plainName.MatchString(class) && strings.Contains(other, " "+class+" ") {
			names = append(names, "."+class, m.Data+"."+class)
		}
	}
	return append(names, m.Data)
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// nth names an element by its place among its like in its parent.
func nth(n *html.Node) string {
	place := 1
	for s := n.PrevSibling; s != nil; s = s.PrevSibling {
		if s.Type == html.ElementNode && s.Data == n.Data {
			place++
		}
	}
	return fmt.Sprintf("%s:nth-of-type(%d)", n.Data, place)
}

func matchesOnce(page *goquery.Document, css string) bool {
	m, err := cascadia.Compile(css)
	return err == nil && page.FindMatcher(m).Length() == 1
}
