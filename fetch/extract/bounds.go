package extract

import (
	"errors"
	"fmt"
	"io"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/store/model"
)

// ErrTooMuch: reading a document takes more time or memory than one may have.
// Its bytes are good to keep; it has no text.
var ErrTooMuch = fmt.Errorf("%w: it is too large or too complicated to be read", model.ErrInvalid)

const (
	// maxTime bounds the reading of one document. The largest real page takes
	// a second.
	maxTime = 30 * time.Second
	// maxNodes bounds the elements and texts of a page: 500 times those of a
	// usual one. A node is about 150 bytes.
	maxNodes = 400_000
	// maxDepth bounds how deep a page is nested, and with it the stack and what
	// an indentation for each level can add. Real pages stay below 60.
	maxDepth = 250
)

// bounded runs a reader that may panic or not come to an end. What has not ended
// by the deadline is left behind: its own bounds end it.
func bounded(read func(deadline time.Time) (string, error)) (string, error) {
	type result struct {
		text string
		err  error
	}
	deadline := time.Now().Add(maxTime)
	done := make(chan result, 1)
	go func() {
		var r result
		defer func() {
			if p := recover(); p != nil {
				r = result{err: fmt.Errorf("%w: reading it failed: %v", model.ErrInvalid, p)}
			}
			done <- r
		}()
		r.text, r.err = read(deadline)
	}()
	timer := time.NewTimer(time.Until(deadline))
	defer timer.Stop()
	select {
	case r := <-done:
		return r.text, r.err
	case <-timer.C:
		return "", fmt.Errorf("%w: more than %s", ErrTooMuch, maxTime)
	}
}

// turns are how many readers may work at once; the others wait, and a document's
// time begins when its turn comes.
type turns chan struct{}

// bounded is bounded when the turn comes. A reader that is left behind keeps its
// turn until it ends.
func (t turns) bounded(read func(deadline time.Time) (string, error)) (string, error) {
	t <- struct{}{}
	return bounded(func(deadline time.Time) (string, error) {
		defer func() { <-t }()
		return read(deadline)
	})
}

// formatting elements that stay open are made again in every block that
// follows, so that a small page can make billions of nodes.
var formatting = map[atom.Atom]bool{atom.A: true, atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true,
	atom.Nobr: true, atom.S: true, atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true}

// countNodes reports ErrTooMuch for a page whose tree may be larger than
// maxNodes, without making it.
func countNodes(page io.Reader) error {
	z := html.NewTokenizer(page)
	nodes, open := 0, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			if errors.Is(z.Err(), io.EOF) {
				return nil
			}
			return fmt.Errorf("reading HTML: %w", z.Err())
		case html.StartTagToken:
			nodes += 1 + open
			if name, _ := z.TagName(); formatting[atom.Lookup(name)] {
				open++
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); formatting[atom.Lookup(name)] && open > 0 {
				open--
			}
		default:
			nodes++
		}
		if nodes > maxNodes {
			return fmt.Errorf("%w: it has more than %d elements", ErrTooMuch, maxNodes)
		}
	}
}

// timedReader ends with ErrTooMuch at the deadline, and the parser behind it.
type timedReader struct {
	r        io.Reader
	deadline time.Time
}

func (t timedReader) Read(p []byte) (int, error) {
	if time.Now().After(t.deadline) {
		return 0, ErrTooMuch
	}
	return t.r.Read(p[:min(len(p), 4096)])
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
