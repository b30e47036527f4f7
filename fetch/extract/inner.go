package extract

import (
	"encoding/base64"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/extract/dom"
	"fineprint/fetch/extract/mainpart"
)

// opener puts in the place where a reader sees it what a page holds in another form than
// elements: pages in frames, shadow roots, what is shown without scripts or a plug-in, and
// texts in boxes to write in.
type opener struct {
	root     *html.Node
	deadline time.Time
	nodes    int    // made so far
	text     string // of the page, made once
	asked    int    // how often it was looked through
}

const (
	// maxInner is how deep pages lie in pages.
	maxInner = 3
	// innerWords is from how many words on a text in a box to write in, or shown without
	// scripts, is one to read.
	innerWords = 8
	// maxAsked bounds how many texts are looked for on a page.
	maxAsked = 100
)

// openInner opens what lies in a page. The error is [ErrTooMuch] for more than may be in
// one page, or too deep.
func openInner(root *html.Node, deadline time.Time) error {
	o := &opener{root: root, deadline: deadline}
	if err := o.open(root, 0); err != nil {
		return err
	}
	return checkDepth(root)
}

func (o *opener) open(n *html.Node, depth int) error {
	openShadows(n)
	for _, d := range dom.Find(n, atom.Iframe, atom.Noscript, atom.Noframes, atom.Object, atom.Embed, atom.Textarea) {
		var err error
		switch d.DataAtom {
		case atom.Textarea:
			openTextarea(d)
		case atom.Noscript, atom.Noframes:
			err = o.openNoscript(d, depth)
		default:
			err = o.openFrame(d, depth)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// put parses a page and puts its body in place of an element.
func (o *opener) put(n *html.Node, page []byte, depth int) error {
	if depth >= maxInner {
		return nil
	}
	inner, err := o.parse(page)
	if err != nil {
		return err
	}
	if err := o.open(inner, depth+1); err != nil {
		return err
	}
	dom.Rename(inner, atom.Div)
	dom.Replace(n, inner)
	return nil
}

// parse makes the tree of a page in a page, and returns its body.
func (o *opener) parse(page []byte) (*html.Node, error) {
	if err := countNodes(page, o.deadline, &o.nodes); err != nil {
		return nil, err
	}
	root, err := parseTree(page, o.deadline)
	if err != nil {
		return nil, err
	}
	body := dom.Find(root, atom.Body)
	if len(body) == 0 {
		return dom.Element(atom.Div), nil
	}
	dom.Remove(body[0])
	return body[0], checkDepth(body[0])
}

// openFrame opens a page that stands in an attribute of its frame. Of another frame or
// object what is shown in its place stays where that is prose.
func (o *opener) openFrame(n *html.Node, depth int) error {
	page := []byte(dom.Attr(n, "srcdoc"))
	for _, key := range []string{"src", "data"} {
		if len(page) == 0 {
			page = dataPage(dom.Attr(n, key))
		}
	}
	if len(page) > 0 {
		return o.put(n, page, depth)
	}
	if dom.Is(n, atom.Object) && !dom.FewerWords(n, innerWords) && !mainpart.IsFallbackNotice(dom.Text(n)) {
		dom.Rename(n, atom.Div)
	}
	return nil
}

// dataPage is the page that an address of the scheme data holds itself.
func dataPage(address string) []byte {
	rest, ok := strings.CutPrefix(strings.TrimSpace(address), "data:text/html")
	if !ok {
		return nil
	}
	params, content, ok := strings.Cut(rest, ",")
	if !ok {
		return nil
	}
	if strings.HasSuffix(params, ";base64") {
		decoded, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(content), ""))
		if err != nil {
			return nil
		}
		return decoded
	}
	if decoded, err := url.PathUnescape(content); err == nil {
		return []byte(decoded)
	}
	return []byte(content)
}

// openNoscript opens what is shown without scripts where it is prose that the page
// doesn't show anyway, and no notice.
func (o *opener) openNoscript(n *html.Node, depth int) error {
	if n.FirstChild == nil || n.FirstChild.Type != html.TextNode || dom.FewerWords(n, innerWords) ||
		dom.Ancestor(n, atom.Head) != nil {
		return nil
	}
	inner, err := o.parse([]byte(n.FirstChild.Data))
	if err != nil {
		return err
	}
	text := dom.Text(inner)
	o.asked++
	if o.asked > maxAsked || len(strings.Fields(text)) < innerWords || mainpart.IsFallbackNotice(text) || o.isShown(text) {
		return nil
	}
	if depth < maxInner {
		if err := o.open(inner, depth+1); err != nil {
			return err
		}
	}
	dom.Rename(inner, atom.Div)
	dom.Replace(n, inner)
	return nil
}

// isShown reports whether the page shows most sentences of a text.
func (o *opener) isShown(text string) bool {
	if o.text == "" {
		var b strings.Builder
		appendShown(&b, o.root)
		o.text = " " + strings.Join(strings.Fields(b.String()), " ")
	}
	all, shown := 0, 0
	for _, s := range strings.SplitAfterN(text, ". ", 20) {
		if s = strings.TrimSpace(s); len(s) > 20 {
			all++
			if strings.Contains(o.text, s[:min(len(s), 200)]) {
				shown++
			}
		}
	}
	return all > 0 && shown*2 >= all
}

func appendShown(b *strings.Builder, n *html.Node) {
	if dom.Is(n, atom.Script, atom.Style, atom.Noscript, atom.Noframes, atom.Template, atom.Head) {
		return
	}
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	b.WriteByte(' ')
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		appendShown(b, c)
	}
}

// openTextarea makes a text in a box to write in one to read: paragraphs, with the line
// ends that aren't the width's.
func openTextarea(n *html.Node) {
	if dom.FewerWords(n, innerWords) || n.FirstChild == nil {
		return
	}
	text := strings.ReplaceAll(n.FirstChild.Data, "\r\n", "\n")
	block := dom.Element(atom.Div)
	for _, paragraph := range strings.Split(text, "\n\n") {
		p := dom.Element(atom.P)
		lines := strings.Split(strings.TrimSpace(paragraph), "\n")
		for i, line := range lines {
			if i > 0 && endsShort(lines[i-1]) {
				if p.FirstChild != nil {
					block.AppendChild(p)
				}
				p = dom.Element(atom.P)
			} else if i > 0 {
				line = " " + line
			}
			p.AppendChild(dom.TextNode(line))
		}
		block.AppendChild(p)
	}
	dom.Replace(n, block)
}

// wrapWidth is how wide a line is at least that was broken for its width.
const wrapWidth = 50

// endsShort reports whether a line ends before its width makes it.
func endsShort(line string) bool {
	line = strings.TrimSpace(line)
	return len(line) < wrapWidth || strings.HasSuffix(line, ":") || len(line) > 2*wrapWidth
}

// openShadows puts shadow roots that are declared in a page where a browser shows them,
// with what their slots take in.
func openShadows(root *html.Node) {
	for _, t := range dom.All(root, func(n *html.Node) bool {
		return dom.Is(n, atom.Template) && (dom.Has(n, "shadowrootmode") || dom.Has(n, "shadowroot"))
	}) {
		host := t.Parent
		if host == nil {
			continue
		}
		host.RemoveChild(t)
		slots := map[string]*html.Node{}
		for _, s := range dom.All(t, func(n *html.Node) bool { return n.Data == "slot" }) {
			if name := dom.Attr(s, "name"); slots[name] == nil {
				slots[name] = s
			}
		}
		assignSlots(host, slots)
		dom.MoveChildren(t, host)
	}
}

// assignSlots moves a host's children into the slots that are for them. Those for which
// there is none aren't shown.
func assignSlots(host *html.Node, slots map[string]*html.Node) {
	filled := map[*html.Node]bool{}
	for c := host.FirstChild; c != nil; c = host.FirstChild {
		host.RemoveChild(c)
		slot := slots[dom.Attr(c, "slot")]
		if slot == nil {
			continue
		}
		if !filled[slot] && dom.HasText(c) {
			filled[slot] = true
			for d := slot.FirstChild; d != nil; d = slot.FirstChild {
				slot.RemoveChild(d)
			}
		}
		slot.AppendChild(c)
	}
}
