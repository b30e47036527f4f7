package extract

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/bounds"
)

// ErrTooMuch and ErrGrowth are [bounds.ErrTooMuch] and [bounds.ErrGrowth], for those who
// read through this package.
var (
	ErrTooMuch = bounds.ErrTooMuch
	ErrGrowth  = bounds.ErrGrowth
)

const (
	// maxNodes bounds the elements and texts of a page: 500 times those of a
	// usual one. A node is about 150 bytes.
	maxNodes = 400_000
	// maxDepth bounds how deep a page is nested, and with it the stack and what
	// an indentation for each level can add. Real pages stay below 60.
	maxDepth = 250
)

// formatting elements that stay open are made again, with their attributes, in
// every block that follows, so that a small page can make billions of nodes.
var formatting = map[atom.Atom]bool{atom.A: true, atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true,
	atom.Font: true, atom.I: true, atom.Nobr: true, atom.S: true, atom.Small: true, atom.Strike: true, atom.Strong: true,
	atom.Tt: true, atom.U: true}

// maxSameFormatting is how many open formatting elements with the same attributes are made
// again: HTML's "Noah's Ark clause".
const maxSameFormatting = 3

// elementSize is what making an element again adds: itself and its attributes, and
// their bytes.
type elementSize struct{ nodes, bytes int }

// openFormatting is the formatting elements that are open at a place of a page.
type openFormatting struct {
	byName map[atom.Atom][]openElement
	count  map[string]int // by tag
	sum    elementSize
}

type openElement struct {
	tag string
	elementSize
}

// open notes a start tag. A link ends the one before it.
func (o *openFormatting) open(name atom.Atom, tag string, attributes int) {
	if (name == atom.A || name == atom.Nobr) && len(o.byName[name]) > 0 {
		o.close(name)
	}
	if o.count[tag]++; o.count[tag] > maxSameFormatting {
		o.byName[name] = append(o.byName[name], openElement{tag: tag})
		return
	}
	e := openElement{tag, elementSize{1 + attributes, len(tag)}}
	o.byName[name] = append(o.byName[name], e)
	o.sum.nodes += e.nodes
	o.sum.bytes += e.bytes
}

// close notes an end tag, which ends the last element of its name.
func (o *openFormatting) close(name atom.Atom) {
	list := o.byName[name]
	if len(list) == 0 {
		return
	}
	e := list[len(list)-1]
	o.byName[name] = list[:len(list)-1]
	o.count[e.tag]--
	o.sum.nodes -= e.nodes
	o.sum.bytes -= e.bytes
}

// countNodes adds what a page's tree may have to nodes. It reports [ErrTooMuch] once
// they are more than maxNodes, or may repeat more attributes than the page may have
// text, without making the tree.
func countNodes(page []byte, deadline time.Time, nodes *int) error {
	z := html.NewTokenizer(bounds.Reader(bytes.NewReader(page), deadline))
	formats := openFormatting{byName: map[atom.Atom][]openElement{}, count: map[string]int{}}
	repeated := bounds.NewBudget(len(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if errors.Is(z.Err(), io.EOF) {
				return nil
			}
			return fmt.Errorf("reading HTML: %w", z.Err())
		case html.StartTagToken, html.SelfClosingTagToken: // no element of HTML closes itself
			*nodes += 1 + formats.sum.nodes
			if err := repeated.Spend(formats.sum.bytes); err != nil {
				return err
			}
			openTag(z, &formats)
		case html.EndTagToken:
			if name, _ := z.TagName(); formatting[atom.Lookup(name)] {
				formats.close(atom.Lookup(name))
			}
		default:
			*nodes++
		}
		if *nodes > maxNodes {
			return fmt.Errorf("%w: it has more than %d elements", ErrTooMuch, maxNodes)
		}
	}
}

func openTag(z *html.Tokenizer, formats *openFormatting) {
	raw := z.Raw()
	name, more := z.TagName()
	atomOf := atom.Lookup(name)
	if !formatting[atomOf] {
		return
	}
	attributes := 0
	for more {
		_, _, more = z.TagAttr()
		attributes++
	}
	formats.open(atomOf, string(raw), attributes)
}

// checkDepth reports ErrTooMuch for a tree that is too deep to be walked.
func checkDepth(root *html.Node) error {
	depth := 0
	for n := root; n != nil; {
		switch {
		case n.FirstChild != nil:
			n = n.FirstChild
			if depth++; depth > maxDepth {
				return fmt.Errorf("%w: it is nested deeper than %d elements", ErrTooMuch, maxDepth)
			}
		default:
			for n != nil && n != root && n.NextSibling == nil {
				n = n.Parent
				depth--
			}
			if n == nil || n == root {
				return nil
			}
			n = n.NextSibling
		}
	}
	return nil
}
