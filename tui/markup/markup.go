// Package markup finds what of a text in Markdown is shown of it as rendered text, and
// where in the text that is: marks to hide, words with a style, characters in place of
// others, cells of tables. The redline reads it on each of its two texts, because a
// change begins and ends anywhere between marks; [Visible] is a text's words alone.
//
// It is not for drawing or wrapping (package redlineview), nor for whole documents that
// are written here ourselves (records and notes: Glamour renders those).
//
// Invariants, which tests of package redlineview hold on random marks in all orders:
//   - Only marks, targets of links and tags of HTML are hidden; what nothing closes, what
//     is unknown and what can't be told from words is words.
//   - The work is bounded, whatever the text: long blocks and many links are cut.
//
// Decisions:
//   - Marks within a block are found by goldmark, whose tree has the places of words;
//     blocks are found line by line here, because a clause is cut out of its list, quote
//     or table.
//   - What is struck out in the text stays with its marks: a line through it would look
//     like what was deleted from it.
package markup

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"fineprint/store/smallsort"
	"fineprint/store/text/guard"
	"fineprint/store/text/redline"
)

// Kind is what becomes of a stretch of a text.
type Kind uint8

// The kinds.
const (
	Styled  Kind = iota // shown, in its style
	Hidden              // a mark
	Glyph               // [Piece.Text] is shown in its place
	Breaks              // the line breaks in its place
	Target              // of a link, or a tag that holds one
	Bar                 // between the cells of a table, or before the first
	NextRow             // between the rows of a table
)

// Style is how Markdown marks words up; styles are added up.
type Style uint8

// The styles.
const (
	Bold Style = 1 << iota
	Italic
	Heading
	Link
	Bullet // the sign before an item
	Code
	Quoted
)

// Piece is a stretch of a text that is not shown as plain words. What no piece
// covers is.
type Piece struct {
	Start, End int // in the document
	Kind       Kind
	Style      Style
	Text       string // of a glyph what is shown, of a target what it is; of the first bar of a row "|"
	Words      int    // of a target: where the link's words begin
	Same       bool   // of a target: the link's words are it; of a bar: it closes its row
}

// Bounds of what is looked through for marks at once, because the work grows with
// its square: bytes, and links that may begin. Longer blocks are cut.
const maxBlock, maxLinks = 1 << 14, 200

// maxNested is how deep quotations and items in each other are looked for.
const maxNested = 6

// inlineParser finds the marks within a block: which blocks there are is found
// line by line, because a clause is cut out of its lists and quotes.
var inlineParser = parser.NewParser(
	parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1)),
	parser.WithInlineParsers(parser.DefaultInlineParsers()...))

// markup finds the pieces of a text.
type markup struct {
	src    string
	base   int // where in the document src begins
	ascii  bool
	pieces []Piece
}

// Pieces lists those of a part of a document that begins at base, in order and not
// overlapping; none where its marks can't be read.
func Pieces(text string, base int, ascii bool) []Piece {
	m, ok := guard.Value(func() *markup {
		m := &markup{src: text, base: base, ascii: ascii}
		m.blocks()
		return m
	})
	if !ok {
		return nil
	}
	return m.pieces
}

func (m *markup) add(p Piece) {
	if p.End <= p.Start {
		return
	}
	p.Start, p.End, p.Words = p.Start+m.base, p.End+m.base, p.Words+m.base
	m.pieces = append(m.pieces, p)
}

func (m *markup) hide(start, end int) { m.add(Piece{Start: start, End: end, Kind: Hidden}) }

// opening is what a line may begin with that makes a block of it.
var opening = regexp.MustCompile(`^[ \t]*(?:(#{1,6})(?:[ \t]|$)|([*+-])(?:[ \t]|$)|(>)|([0-9]{1,9}\\?[.)])[ \t]|(\|)|(` +
	"```|~~~" + `)|([*_-](?:[ \t]*[*_-]){2,}[ \t]*$))`)

// Groups of opening.
const (
	inHash = 1 + iota
	inBullet
	inQuote
	inNumber
	inRow
	inFence
	inRule
)

// line is a line's words, without its end, and what it begins with.
type source struct {
	start, end int // without the line's end
	words      int // where its words begin, after what marks the block
	group      int // of opening, 0 for none
	depth      int // of how many blocks it is in
}

func (m *markup) lineAt(at int) source {
	end := len(m.src)
	if n := strings.IndexByte(m.src[at:], '\n'); n >= 0 {
		end = at + n
	}
	s := source{start: at, end: end, words: at}
	if !mayOpen(m.src[at:end]) {
		return s
	}
	found := opening.FindStringSubmatchIndex(m.src[at:end])
	for g := inHash; found != nil && g <= inRule; g++ {
		if found[2*g] >= 0 {
			s.group, s.words = g, at+found[2*g+1]
		}
	}
	if isRule(m.src[at:end]) {
		s.group, s.words = inRule, end
	}
	return s
}

// mayOpen rules out most lines.
func mayOpen(line string) bool {
	line = strings.TrimLeft(line, " \t")
	return line != "" && (strings.IndexByte("#*+->|`~_", line[0]) >= 0 || redline.IsDigit(line[0]))
}

// isRule reports whether a line is a line drawn across: three and more of one mark.
func isRule(line string) bool {
	n, mark := 0, byte(0)
	for i := range len(line) {
		switch c := line[i]; {
		case c == ' ' || c == '\t' || c == '\r':
		case c == '*' || c == '-' || c == '_':
			if mark != 0 && c != mark {
				return false
			}
			mark = c
			n++
		default:
			return false
		}
	}
	return n >= 3
}

// blocks goes through the lines: a line that begins a block ends the one before.
func (m *markup) blocks() {
	from, style, before := 0, Style(0), 0
	for at := 0; at < len(m.src); {
		l := m.lineAt(at)
		next := min(l.end+1, len(m.src))
		if before == inRow && l.group != inRow {
			m.add(Piece{Start: at - 1, End: at, Kind: NextRow})
		}
		quoting := before == inQuote && strings.TrimSpace(strings.TrimLeft(m.src[from:at], "> \t")) != ""
		before = l.group
		if at > 0 && l.end > l.start && isUnderline(m.src[l.start:l.end]) && strings.TrimSpace(m.src[from:at]) != "" {
			m.inline(from, at, style|Heading)
			m.hide(l.start, l.end)
			from, style = next, 0
			at = next
			continue
		}
		if l.group != 0 || strings.TrimSpace(m.src[l.start:l.end]) == "" {
			m.inline(from, at, style)
			from, style = at, 0
		}
		if l.group != 0 {
			goesOn := l.group == inQuote && quoting && strings.TrimSpace(m.src[l.words:l.end]) != ""
			if at > 0 && l.group != inRow && !goesOn {
				m.add(Piece{Start: at - 1, End: at, Kind: Breaks})
			}
			if goesOn {
				m.hide(l.words-1, l.words)
				from, style = l.words, Quoted
			} else {
				from, style, next = m.open(l, next)
			}
		}
		at = next
	}
	m.inline(from, len(m.src), style)
	smallsort.By(m.pieces, func(a, b Piece) int { return a.Start - b.Start })
}

// isUnderline reports whether a line makes a heading of what is above it.
func isUnderline(line string) bool {
	line = strings.TrimSpace(line)
	return line != "" && (strings.Trim(line, "=") == "" || strings.Trim(line, "-") == "" && len(line) > 1)
}

// open deals with what marks a block, and returns where its words begin, their
// style, and the next line.
func (m *markup) open(l source, next int) (from int, s Style, at int) {
	mark := l.words - 1 // of one byte
	switch l.group {
	case inHash:
		m.hide(l.start+strings.IndexByte(m.src[l.start:], '#'), l.words)
		m.inline(l.words, m.closingHashes(l), Heading)
		return next, Heading, next
	case inBullet:
		m.add(Piece{Start: mark, End: l.words, Kind: Glyph, Style: Bullet, Text: m.sign("•", "*")})
		return m.nested(l), 0, next
	case inQuote:
		m.add(Piece{Start: mark, End: l.words, Kind: Glyph, Style: Quoted, Text: m.sign("│", ">")})
		return m.quote(l, next)
	case inRow:
		return next, 0, m.row(l, next)
	case inFence:
		m.hideFence(l)
		return next, Code, m.fence(next)
	case inRule:
		m.add(Piece{Start: l.start, End: l.end, Kind: Glyph, Style: Quoted,
			Text: m.sign(strings.Repeat("─", 12), "* * *")})
		return next, 0, next
	}
	return l.start, 0, next // a number is read as it is
}

// nested deals with the marks of blocks in an item: a Heading, or another item.
func (m *markup) nested(l source) int {
	inner := m.innerAt(l)
	switch inner.group {
	case inHash, inBullet, inQuote:
		from, s, _ := m.open(inner, inner.end)
		if s != 0 {
			m.inline(from, inner.end, s)
			return inner.end
		}
		return from
	}
	return l.words
}

// innerAt is what begins in a block, at its words.
func (m *markup) innerAt(l source) source {
	if l.depth >= maxNested {
		return source{}
	}
	inner := m.lineAt(l.words)
	inner.depth = l.depth + 1
	return inner
}

// quote deals with the marks of a quotation's further lines.
func (m *markup) quote(l source, next int) (from int, s Style, at int) {
	inner := m.innerAt(l)
	if inner.group == inHash || inner.group == inBullet || inner.group == inQuote {
		from, s, _ = m.open(inner, next)
		return from, s | Quoted, next
	}
	return l.words, Quoted, next
}

// closingHashes hides those that a heading may end in, and returns where its words
// end.
func (m *markup) closingHashes(l source) int {
	words := strings.TrimRight(m.src[l.words:l.end], " \t\r")
	rest := strings.TrimRight(words, "#")
	if len(rest) == len(words) || !strings.HasSuffix(rest, " ") {
		return l.end
	}
	m.hide(l.words+len(rest), l.words+len(words))
	return l.words + len(rest)
}

// fence finds the end of a block of code, in which every line is as it is.
func (m *markup) fence(at int) int {
	for at < len(m.src) {
		l := m.lineAt(at)
		if l.group == inFence {
			m.hideFence(l)
			return min(l.end+1, len(m.src))
		}
		m.add(Piece{Start: l.start, End: l.end, Kind: Styled, Style: Code})
		if l.end < len(m.src) {
			m.add(Piece{Start: l.end, End: l.end + 1, Kind: Breaks})
		}
		at = l.end + 1
	}
	return len(m.src)
}

// hideFence hides the marks that a block of code begins or ends with. What is after
// them is a word.
func (m *markup) hideFence(l source) {
	line := m.src[l.start:l.end]
	from := strings.IndexAny(line, "`~")
	rest := strings.TrimLeft(line[from:], line[from:from+1])
	m.hide(l.start+from, l.end-len(rest))
}

func (m *markup) sign(s, ascii string) string {
	if m.ascii {
		return ascii
	}
	return s
}

// inlineMarks are bytes without which a block has no marks.
const inlineMarks = "*_`[\\<&"

// inline deals with the marks in a block's words.
func (m *markup) inline(from, to int, s Style) {
	for from < to {
		end := m.blockEnd(from, to)
		m.parse(from, end, s)
		from = end
	}
}

// blockEnd returns where a block is to be cut: its end, unless it is too long.
func (m *markup) blockEnd(from, to int) int {
	end, links := min(to, from+maxBlock), 0
	for at := from; at < end; links++ {
		n := strings.Index(m.src[at:end], "](")
		if n < 0 {
			break
		}
		if at += n + 2; links == maxLinks {
			end = at
		}
	}
	if end == to {
		return to
	}
	if n := strings.LastIndexAny(m.src[from:end], " \n"); n > 0 {
		return from + n
	}
	for end > from+1 && !utf8.RuneStart(m.src[end]) {
		end--
	}
	return end
}

// parse deals with the marks in a part of a block.
func (m *markup) parse(from, to int, s Style) {
	words := m.src[from:to]
	from += len(words) - len(strings.TrimLeft(words, " \t\r\n")) // more than three are code to goldmark
	words = m.src[from:to]
	if !strings.ContainsAny(words, inlineMarks) {
		if s != 0 {
			m.add(Piece{Start: from, End: to, Kind: Styled, Style: s})
		}
		return
	}
	src := []byte(words)
	w := &walker{markup: m, src: src, base: from}
	doc := inlineParser.Parse(text.NewReader(src))
	for block := doc.FirstChild(); block != nil; block = block.NextSibling() {
		if lines := block.Lines(); lines.Len() > 0 {
			w.at = lines.At(0).Start
		}
		w.walk(block, s)
		if lines := block.Lines(); lines.Len() > 0 {
			w.marks(lines.At(lines.Len() - 1).Stop)
		}
	}
	w.pairStars()
}
