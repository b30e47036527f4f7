// Package clause splits a Text into clauses and aligns two lists of them.
//
// A clause is a paragraph, a heading, one list item's own words, a table row or
// a code block, under the headings above it. It is not for saying what a
// difference means (store/detect).
//
// Invariants: clauses are in reading order, don't overlap, and hold every line
// of the text that is not blank, so that nothing can change between them.
//
// Decision: a line in bold by itself counts as a heading below all others,
// because much of the web's terms is written so.
package clause

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"fineprint/store/terms"
)

// Clause is one piece of a Text.
type Clause struct {
	terms.Extent
	Heading []string // the headings above it, outermost first, without markup
	Key     string   // its visible words, up to markup, typography and link targets
}

var markdown = goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()

// pseudoLevel is the level of a line in bold that stands as a heading.
const pseudoLevel = 7

type piece struct {
	terms.Extent
	level int // of a heading; 0 for none
}

// Split cuts a Text into clauses.
func Split(source string) []Clause {
	src := []byte(source)
	pieces := fillGaps(src, blocks(src))
	clauses := make([]Clause, 0, len(pieces))
	var path [pseudoLevel + 1]string
	var heading []string
	for _, p := range pieces {
		raw := source[p.Start:p.End]
		key := Visible(raw)
		if p.level == 0 && isPseudoHeading(raw) {
			p.level = pseudoLevel
		}
		if p.level > 0 {
			heading = join(path[:p.level])
		}
		clauses = append(clauses, Clause{Extent: p.Extent, Heading: heading, Key: key})
		if p.level > 0 && key != "" {
			path[p.level] = key
			clear(path[p.level+1:])
			heading = join(path[:])
		}
	}
	return clauses
}

func join(path []string) []string {
	out := []string{}
	for _, h := range path {
		if h != "" {
			out = append(out, h)
		}
	}
	return out
}

func isPseudoHeading(raw string) bool {
	s := strings.TrimSpace(raw)
	return len(s) > 4 && len(s) < 120 && !strings.Contains(s, "\n") &&
		(strings.HasPrefix(s, "**") && strings.HasSuffix(s, "**") && strings.Count(s, "**") == 2 ||
			strings.HasPrefix(s, "__") && strings.HasSuffix(s, "__") && strings.Count(s, "__") == 2)
}

// blocks lists the leaf blocks of the parsed Markdown by whole lines.
func blocks(src []byte) []piece {
	var pieces []piece
	add := func(start, end, level int) {
		if last := len(pieces) - 1; last >= 0 && start < pieces[last].End {
			start = pieces[last].End
		}
		for end > start && (src[end-1] == '\n' || src[end-1] == '\r') {
			end--
		}
		if start < end && len(bytes.TrimSpace(src[start:end])) > 0 {
			pieces = append(pieces, piece{terms.Extent{Start: start, End: end}, level})
		}
	}
	_ = ast.Walk(markdown.Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		switch n := n.(type) {
		case *extast.TableRow, *extast.TableHeader:
			if cell := n.FirstChild(); cell != nil && cell.Lines().Len() > 0 {
				at := cell.Lines().At(0).Start
				add(lineStart(src, at), lineEnd(src, at), 0)
			}
			return ast.WalkSkipChildren, nil
		case *ast.Heading:
			if l := n.Lines(); l.Len() > 0 {
				end := lineEnd(src, l.At(l.Len()-1).Start)
				if next := end + 1; next < len(src) && isUnderline(src[next:lineEnd(src, next)]) && src[lineStart(src, l.At(0).Start)] != '#' {
					end = lineEnd(src, next)
				}
				add(lineStart(src, l.At(0).Start), end, n.Level)
			}
			return ast.WalkSkipChildren, nil
		}
		if l := n.Lines(); l != nil && l.Len() > 0 {
			last := l.At(l.Len() - 1)
			add(lineStart(src, l.At(0).Start), lineEnd(src, max(last.Start, last.Stop-1)), 0)
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return pieces
}

func isUnderline(line []byte) bool {
	line = bytes.TrimSpace(line)
	return len(line) > 0 && (len(bytes.Trim(line, "=")) == 0 || len(bytes.Trim(line, "-")) == 0)
}

func lineStart(src []byte, at int) int { return bytes.LastIndexByte(src[:at], '\n') + 1 }

func lineEnd(src []byte, at int) int {
	if i := bytes.IndexByte(src[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(src)
}

// fillGaps makes a piece of every line that no block holds: link definitions,
// rules, fences.
func fillGaps(src []byte, pieces []piece) []piece {
	out := make([]piece, 0, len(pieces))
	at := 0
	gap := func(end int) {
		for at < end {
			e := min(lineEnd(src, at), end)
			if len(bytes.TrimSpace(src[at:e])) > 0 {
				out = append(out, piece{terms.Extent{Start: at, End: e}, 0})
			}
			at = e + 1
		}
	}
	for _, p := range pieces {
		gap(p.Start)
		out = append(out, p)
		at = p.End
	}
	gap(len(src))
	return out
}
