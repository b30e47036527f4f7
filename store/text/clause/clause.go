// Package clause splits a Text into clauses and aligns two lists of them.
//
// A clause is a heading, a paragraph, one list item's own words, a table row, a
// code block or a rule, in the place it has under the headings above it. The
// package is not for deciding what a difference means (store/detect) nor for
// comparing words (store/text/redline).
//
// Invariants, fuzzed:
//   - Clauses are in reading order, don't overlap, and hold every byte of the
//     text that is not white space between them; splitting and joining is the
//     text, exactly.
//   - An alignment pairs no clause twice and accounts for every clause.
//   - The same two texts give the same alignment, byte for byte.
//
// Decisions:
//   - The scanner is our own, one pass over the lines by the block rules of
//     CommonMark 0.31 and GFM tables, because unchanged text must cost no more
//     than a hash: goldmark, which the tests hold it against, is about 40 times
//     slower and knows no positions of list markers and table rows.
//   - What reads as a heading counts as one: a line alone in bold, in capitals,
//     or numbered and short. Three documents in ten have fewer than three real
//     headings.
//   - What only looks like a heading names nothing: an empty anchor, a date line,
//     a sentence. And a number is stronger than the marks before it: "71." is no
//     part of section 21 however deep it is marked, and a paragraph that begins
//     with "1.24" isn't under the title of 1.22.
//   - A fingerprint only proposes that two clauses are equal; their bytes
//     decide.
//
// Size: splitting, nesting under headings and aligning work on one array of
// clauses with positions into it, which no other package should have to know;
// none of the three is of use without the others.
package clause

import (
	"strings"

	"fineprint/store/model"
)

// Kind is what a clause is in its document.
type Kind uint8

// The kinds of clause.
const (
	Paragraph Kind = iota
	Heading
	Item // a list item's own words, without the items nested in it
	Row  // of a table; the first one with its line of dashes
	Code
	Rule // a line drawn across
)

// Levels of headings that are none to Markdown, below its six.
const (
	numberedLevel = 7 // "4. Fees" alone on a line; "4.2 Refunds" is one deeper
	boldLevel     = 9
	maxLevel      = 9
)

// None is no clause where an index is asked for.
const None = -1

// Clause is one piece of a Text.
type Clause struct {
	model.ByteRange
	Kind  Kind
	flags uint8
	Level int8 // of a heading, from 1; of a list item, how deep it is nested, from 1
	// nested is a heading's level as its number has it, see [Document.nest].
	nested int8
	// Under is the index of the nearest heading above, None before the first.
	// A heading's own is the one it is nested in.
	Under int32
	// Lead is the index of the clause that introduces this one: the item it is
	// nested in, or the paragraph that a list begins after. Else None.
	Lead int32
}

const (
	// flagClean: the scanner could begin afresh with this clause's first line,
	// knowing nothing but what leads lists in.
	flagClean = 1 << iota
	// flagLeads: a list after it is led in by this clause.
	flagLeads
	// flagUntitled: a heading to Markdown that names nothing below it.
	flagUntitled
	// flagRunIn: a paragraph whose number ends the numbered heading before it.
	flagRunIn
	// flagRest: all that comes after MaxClauses.
	flagRest
)

// Document is a Text with its clauses in reading order. It keeps what it was asked
// for, so that no two goroutines may use one at a time.
type Document struct {
	Text    string
	Clauses []Clause

	visible visibleWords
}

// Words returns the bytes of clause i.
func (d *Document) Words(i int) string {
	c := &d.Clauses[i]
	return d.Text[c.Start:c.End]
}

// Rest reports whether clause i is what comes after [MaxClauses], all in one.
func (d *Document) Rest(i int) bool { return d.Clauses[i].flags&flagRest != 0 }

// HeadingPath returns the visible words of the headings above clause i,
// outermost first; empty, not nil, when there are none.
func (d *Document) HeadingPath(i int) []string {
	n := 0
	for h := d.Clauses[i].Under; h != None; h = d.Clauses[h].Under {
		n++
	}
	path := make([]string, n)
	for h := d.Clauses[i].Under; h != None; h = d.Clauses[h].Under {
		n--
		path[n] = strings.Clone(d.Visible(int(h))) // it outlives the document
	}
	return path
}

// Join puts the clauses together again with what is between them.
func (d *Document) Join() string {
	var b strings.Builder
	at := 0
	for i := range d.Clauses {
		c := &d.Clauses[i]
		b.WriteString(d.Text[at:c.Start])
		b.WriteString(d.Text[c.Start:c.End])
		at = c.End
	}
	b.WriteString(d.Text[at:])
	return b.String()
}
