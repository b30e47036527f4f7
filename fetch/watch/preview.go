package watch

import (
	"bytes"
	"context"
	"strings"
	"time"
	"unicode"

	"github.com/PuerkitoBio/goquery"
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
	Remark   string // about how it came, usually ""
	LeftOut  model.LeftOut
	// SameBytes and SameText compare the two fetches.
	SameBytes, SameText bool
	// Differences are the elements whose words differ, StableWithRemovals that
	// removing what is safe to remove makes both texts the same.
	Differences        []Difference
	StableWithRemovals bool
}

// Difference is an element whose words differed between two fetches.
type Difference struct {
	Page string // its address
	// Remove is a CSS selector that takes it away and is safe: by a name, of nothing but
	// what changed, and of no prose. "" where there is none, and Why says what it is.
	Remove        string
	First, Second string // its words, "" in the one that hasn't it
	Why           string // one of the Why constants, "" with a selector
}

// Why nothing is proposed to take a difference away.
const (
	// WhyProse: the document itself differs; to remove a clause would be no cure.
	WhyProse = "the document itself differs"
	// WhyNameless: nothing names the element alone; its place on the page would, later,
	// name a clause.
	WhyNameless = "it has no name of its own"
	// WhyUnclear: a few words that may be the document's own, a heading of it.
	WhyUnclear = "they may be the document's own words"
)

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
		LeftOut: first.capture.LeftOut, Remark: first.answer.Remark}
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
	removed := false
	for i, page := range pages {
		cleaned[i] = page
		for _, found := range differences(first.answers[i], second.answers[i]) {
			if len(p.Differences) == maxDifferences {
				break
			}
			if !p.matters(page, found, first.answers[i], second.answers[i]) {
				continue
			}
			found.Page = page.URL
			found.First, found.Second = clipAlike(found.First, found.Second)
			p.Differences = append(p.Differences, found)
			if found.Remove != "" {
				cleaned[i].Remove = append(append([]model.Selector{}, cleaned[i].Remove...), model.CSS(found.Remove)...)
				removed = true
			}
		}
	}
	p.StableWithRemovals = removed
	for i := range pages {
		a, errA := readPage(cleaned[i], first.answers[i])
		b, errB := readPage(cleaned[i], second.answers[i])
		p.StableWithRemovals = p.StableWithRemovals && errA == nil && errB == nil && a.Text == b.Text
	}
}

// matters reports whether a difference is in what is read: removing it changes the text,
// or its words stand there.
func (p *Preview) matters(page model.Page, found Difference, first, second fetch.Response) bool {
	if found.Remove != "" {
		with := page
		with.Remove = append(append([]model.Selector{}, page.Remove...), model.CSS(found.Remove)...)
		return changesText(with, page, first) || changesText(with, page, second)
	}
	for _, side := range []struct {
		words string
		in    fetch.Response
	}{{found.First, first}, {found.Second, second}} {
		r, err := readPage(page, side.in)
		if words := lettersOf(side.words); err == nil && words != "" && strings.Contains(lettersOf(r.Text), words) {
			return true
		}
	}
	return false
}

func changesText(with, without model.Page, r fetch.Response) bool {
	a, _ := readPage(with, r)
	b, _ := readPage(without, r)
	return a.Text != b.Text
}

// differences walks two parses of a page side by side and finds the smallest elements
// whose words differ.
func differences(a, b fetch.Response) []Difference {
	x, y := parsed(a), parsed(b)
	if x == nil || y == nil {
		return nil
	}
	w := &walk{}
	if m, n := x.Find("body"), y.Find("body"); m.Length() == 1 && n.Length() == 1 {
		w.pair(m.Nodes[0], n.Nodes[0])
	}
	var found []Difference
	seen := map[string]bool{}
	for _, d := range w.found {
		css, why := w.removal(x, y, d)
		if css != "" && seen[css] {
			continue
		}
		seen[css] = true
		found = append(found, Difference{Remove: css, Why: why, First: wordsOf(d.first), Second: wordsOf(d.second)})
	}
	return found
}

// differing is an element of both pages whose words differ, or of one alone.
type differing struct{ first, second *html.Node }

// walk collects the smallest elements that differ.
type walk struct{ found []differing }

// pair compares two elements that stand for each other.
func (w *walk) pair(m, n *html.Node) {
	if visibleText(m) == visibleText(n) {
		return
	}
	if ownWords(m) == ownWords(n) && w.children(elements(m), elements(n)) {
		return
	}
	w.add(m, n)
}

// maxFound bounds how many elements that differ are looked at.
const maxFound = 64

func (w *walk) add(m, n *html.Node) {
	if len(w.found) < maxFound && wordsOf(m)+wordsOf(n) != "" {
		w.found = append(w.found, differing{m, n})
	}
}

// children compares the elements within two: those with the same words stand for each
// other, and what stands between them. It reports whether there are any.
func (w *walk) children(p, q []*html.Node) bool {
	if len(p) == 0 && len(q) == 0 {
		return false
	}
	same := func(m, n *html.Node) bool { return m.Data == n.Data && visibleText(m) == visibleText(n) }
	for len(p) > 0 && len(q) > 0 && same(p[0], q[0]) {
		p, q = p[1:], q[1:]
	}
	for len(p) > 0 && len(q) > 0 && same(p[len(p)-1], q[len(q)-1]) {
		p, q = p[:len(p)-1], q[:len(q)-1]
	}
	for len(p) > 0 || len(q) > 0 {
		i, j := nextSame(p, q, same)
		w.between(p[:i], q[:j])
		p, q = p[min(i+1, len(p)):], q[min(j+1, len(q)):]
	}
	return true
}

// maxAhead bounds how far the next element that both have is looked for.
const maxAhead = 64

// nextSame returns where in both lists the nearest element is that both have, their ends
// without one.
func nextSame(p, q []*html.Node, same func(m, n *html.Node) bool) (int, int) {
	for sum := 0; sum < min(len(p)+len(q), maxAhead); sum++ {
		for i := max(0, sum-len(q)+1); i <= min(sum, len(p)-1); i++ {
			if same(p[i], q[sum-i]) {
				return i, sum - i
			}
		}
	}
	return len(p), len(q)
}

// between compares what stands between two elements that both have.
func (w *walk) between(p, q []*html.Node) {
	alike := len(p) == len(q)
	for i := 0; alike && i < len(p); i++ {
		alike = p[i].Data == q[i].Data
	}
	if alike {
		for i := range p {
			w.pair(p[i], q[i])
		}
		return
	}
	for _, m := range p {
		w.add(m, nil)
	}
	for _, n := range q {
		w.add(nil, n)
	}
}

// wordsOf returns the words of an element that one of the pages may not have.
func wordsOf(n *html.Node) string {
	if n == nil {
		return ""
	}
	return visibleText(n)
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

const (
	// maxShownWords bounds what is shown of words that differ, shownAround what of those
	// before and after the difference.
	maxShownWords = 240
	shownAround   = 60
)

// clipAlike shortens two wordings alike, to what differs and some words around it.
func clipAlike(first, second string) (string, string) {
	a, b := []rune(first), []rune(second)
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	from := 0
	if len(a) > maxShownWords || len(b) > maxShownWords {
		from = max(0, same-shownAround)
	}
	return clipFrom(a, from), clipFrom(b, from)
}

func clipFrom(r []rune, from int) string {
	s := ""
	if from = min(from, len(r)); from > 0 {
		s = "…"
	}
	if len(r)-from > maxShownWords {
		return s + string(r[from:from+maxShownWords]) + "…"
	}
	return s + string(r[from:])
}

// lettersOf returns the letters and digits of a text alone, for no mark of Markdown is
// one of them.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
