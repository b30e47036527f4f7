package office

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"fineprint/fetch/bounds"
)

const (
	// maxNodes bounds the elements and texts of one block of a document, or of a part
	// beside its text: a table of 10,000 rows has a quarter as many.
	maxNodes = 400_000
	// maxDepth bounds how deep elements are nested, and with it the stack.
	maxDepth = 250
)

// element is an element of XML, or the text between two, which has no name. Namespaces
// are left out: none of the formats has two elements of a name that matter.
type element struct {
	name     string
	attrs    []xml.Attr
	text     string
	children []*element
}

// reader reads a part of a document element by element.
type reader struct {
	d     *xml.Decoder
	left  int // nodes that the tree at hand may still have
	depth int
}

func newReader(part []byte, deadline time.Time) *reader {
	return &reader{d: xml.NewDecoder(bounds.Reader(bytes.NewReader(part), deadline))}
}

// token returns the next token. A document type is refused: of the formats none has one,
// and what it declares is where XML becomes dangerous.
func (r *reader) token() (xml.Token, error) {
	t, err := r.d.RawToken()
	switch {
	case errors.Is(err, bounds.ErrTooMuch) || errors.Is(err, io.EOF):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%w: its XML is malformed", ErrDamaged)
	}
	switch t.(type) {
	case xml.Directive:
		return nil, fmt.Errorf("%w: its XML declares a document type, which none has", ErrDamaged)
	case xml.StartElement:
		if r.depth++; r.depth > maxDepth {
			return nil, fmt.Errorf("%w: it is nested deeper than %d elements", bounds.ErrTooMuch, maxDepth)
		}
	case xml.EndElement:
		r.depth--
	}
	return t, nil
}

// start returns the next start of an element, and [io.EOF] where the part ends as a whole.
func (r *reader) start() (xml.StartElement, error) {
	for {
		t, err := r.token()
		switch {
		case errors.Is(err, io.EOF) && r.depth > 0:
			return xml.StartElement{}, noEnd(err)
		case err != nil:
			return xml.StartElement{}, err
		}
		if s, ok := t.(xml.StartElement); ok {
			return s.Copy(), nil
		}
	}
}

// element reads the rest of an element whose start was read.
func (r *reader) element(start xml.StartElement) (*element, error) {
	r.left = maxNodes
	return r.rest(start)
}

func (r *reader) rest(start xml.StartElement) (*element, error) {
	e := &element{name: start.Name.Local, attrs: start.Attr}
	for {
		t, err := r.token()
		if err != nil {
			return nil, noEnd(err)
		}
		if r.left--; r.left < 0 {
			return nil, fmt.Errorf("%w: it has a block of more than %d elements", bounds.ErrTooMuch, maxNodes)
		}
		switch t := t.(type) {
		case xml.StartElement:
			child, err := r.rest(t.Copy())
			if err != nil {
				return nil, err
			}
			e.children = append(e.children, child)
		case xml.EndElement:
			return e, nil
		case xml.CharData:
			e.children = append(e.children, &element{text: string(t)})
		}
	}
}

// noEnd makes an end that comes too early an error of its own.
func noEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: its XML ends too early", ErrDamaged)
	}
	return err
}

// whole reads a part as one tree; an empty part is an empty element.
func whole(part []byte, deadline time.Time) (*element, error) {
	r := newReader(part, deadline)
	start, err := r.start()
	switch {
	case errors.Is(err, io.EOF):
		return &element{}, nil
	case err != nil:
		return nil, err
	}
	return r.element(start)
}

// attr returns an attribute, "" without one.
func (e *element) attr(name string) string {
	if e == nil {
		return ""
	}
	return attrOf(e.attrs, name)
}

func attrOf(attrs []xml.Attr, name string) string {
	for _, a := range attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// number returns an attribute that is a number, else the other.
func (e *element) number(name string, otherwise int) int {
	n, err := strconv.Atoi(e.attr(name))
	if err != nil {
		return otherwise
	}
	return n
}

// child returns the first child of a name, nil without one; several names lead deeper.
func (e *element) child(names ...string) *element {
	for _, name := range names {
		if e == nil {
			return nil
		}
		var found *element
		for _, c := range e.children {
			if c.name == name {
				found = c
				break
			}
		}
		e = found
	}
	return e
}

// words returns all text in an element.
func (e *element) words() string {
	var b strings.Builder
	e.addWords(&b)
	return b.String()
}

func (e *element) addWords(b *strings.Builder) {
	b.WriteString(e.text)
	for _, c := range e.children {
		c.addWords(b)
	}
}
