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
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

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
	slices.SortStableFunc(m.pieces, func(a, b Piece) int { return a.Start - b.Start })
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

// walker goes through what was found in one block. It is at a byte up to which all
// is dealt with: what is between there and the next words are marks.
type walker struct {
	*markup
	src   []byte
	base  int
	at    int
	stars []star
}

// star is where two asterisks are that goldmark took for words, and their style.
type star struct {
	at    int
	style Style
}

// pairStars hides asterisks that look like the two ends of what is bold: converters
// leave spaces and punctuation inside, with which they are no marks to Markdown.
func (w *walker) pairStars() {
	for k := 0; k < len(w.stars); k++ {
		if k+1 < len(w.stars) {
			w.hide(w.base+w.stars[k].at, w.base+w.stars[k].at+2)
			k++
			w.hide(w.base+w.stars[k].at, w.base+w.stars[k].at+2)
		} else if x := w.stars[k]; x.style != 0 {
			w.add(Piece{Start: w.base + x.at, End: w.base + x.at + 2, Kind: Styled, Style: x.style})
		}
	}
}

// isStar reports whether two asterisks may be an end of what is bold: they touch a
// word, or are what a block begins with.
func (w *walker) isStar(i int) bool {
	if i+1 >= len(w.src) || w.src[i] != '*' || w.src[i+1] != '*' {
		return false
	}
	start, end := i, i+2
	for start > 0 && w.src[start-1] == '*' {
		start--
	}
	for end < len(w.src) && w.src[end] == '*' {
		end++
	}
	return (end-start)%2 == 0 && (i-start)%2 == 0 && (start == 0 || !isBlank(w.src[start-1]) ||
		end < len(w.src) && !isBlank(w.src[end]))
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func (w *walker) walk(n ast.Node, s Style) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			w.words(c.Segment.Start, c.Segment.Stop, s)
			if c.HardLineBreak() {
				w.hardBreak()
			}
		case *ast.CodeSpan:
			w.codeSpan(c, s)
		case *ast.Emphasis:
			if c.Level == 1 {
				w.walk(c, s|Italic)
			} else {
				w.walk(c, s|Bold)
			}
		case *ast.Link:
			w.link(c, s)
		case *ast.Image:
			w.link(c, s)
		case *ast.AutoLink:
			w.autoLink(c, s)
		case *ast.RawHTML:
			w.tag(c)
		}
	}
}

// marks hides the marks up to a byte. What is none stays.
func (w *walker) marks(to int) {
	for ; w.at < to; w.at++ {
		switch w.src[w.at] {
		case '*', '_', '`', '[', ']', '!', '<', '>', '\\':
			w.hide(w.base+w.at, w.base+w.at+1)
		}
	}
}

// hardBreak breaks the line at the next line's end.
func (w *walker) hardBreak() {
	for w.at < len(w.src) && w.src[w.at] != '\n' {
		w.marks(w.at + 1)
	}
	if w.at < len(w.src) {
		w.add(Piece{Start: w.base + w.at, End: w.base + w.at + 1, Kind: Breaks})
		w.at++
	}
}

// words are shown, but for escapes and entities.
func (w *walker) words(from, to int, s Style) {
	w.marks(from)
	w.at = max(w.at, to)
	plain := from
	flush := func(to int) {
		if s != 0 {
			w.add(Piece{Start: w.base + plain, End: w.base + to, Kind: Styled, Style: s})
		}
	}
	for i := from; i < to; {
		switch c := w.src[i]; {
		case c == '\\' && i+1 < to && isPunct(w.src[i+1]):
			flush(i)
			w.hide(w.base+i, w.base+i+1)
			plain = i + 1
			i += 2
		case c == '*' && i+1 < to && w.isStar(i):
			flush(i)
			w.stars = append(w.stars, star{i, s})
			plain = i + 2
			i += 2
		case c == '&':
			n, means := entity(w.src[i:to])
			if n == 0 {
				i++
				continue
			}
			flush(i)
			w.add(Piece{Start: w.base + i, End: w.base + i + n, Kind: Glyph, Style: s, Text: means})
			i += n
			plain = i
		default:
			i++
		}
	}
	flush(to)
}

// isPunct reports whether a backslash before a byte makes it plain.
func isPunct(c byte) bool {
	return c > ' ' && c < 0x7f && !redline.IsDigit(c) && !(c|0x20 >= 'a' && c|0x20 <= 'z')
}

// longestEntity is how long an entity is at most, in bytes.
const longestEntity = 12

// entity is the length of an entity at the start of s and what it means; 0 where
// there is none.
func entity(s []byte) (int, string) {
	for i := 1; i < min(len(s), longestEntity); i++ {
		c := s[i]
		if c == ';' {
			whole := string(s[:i+1])
			if means := html.UnescapeString(whole); means != whole && (means == ";" || !strings.HasSuffix(means, ";")) {
				return i + 1, means
			}
			return 0, ""
		}
		if c != '#' && !redline.IsDigit(c) && !(c|0x20 >= 'a' && c|0x20 <= 'z') {
			return 0, ""
		}
	}
	return 0, ""
}

// codeSpan shows code as it is. A grave accent in a word is an apostrophe.
func (w *walker) codeSpan(n *ast.CodeSpan, s Style) {
	first, last := -1, -1
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			if first < 0 {
				first = t.Segment.Start
			}
			last = t.Segment.Stop
		}
	}
	if first < 0 {
		return
	}
	open := first
	for open > w.at && w.src[open-1] != '`' {
		open--
	}
	if open > 1 && isLetter(w.src[open-2]) && isLetter(w.src[min(open, len(w.src)-1)]) {
		w.marks(open - 1)
		w.at = open
		w.words(open, last, s)
		if last < len(w.src) {
			w.at = last + 1
		}
		return
	}
	w.marks(first)
	w.add(Piece{Start: w.base + first, End: w.base + last, Kind: Styled, Style: s | Code})
	w.at = max(w.at, last)
	for w.at < len(w.src) && w.src[w.at] == ' ' {
		w.at++
	}
	for w.at < len(w.src) && w.src[w.at] == '`' {
		w.marks(w.at + 1)
	}
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 }

// link shows a link's or picture's words, and hides its target.
func (w *walker) link(n ast.Node, s Style) {
	_, picture := n.(*ast.Image)
	for w.at < len(w.src) && w.src[w.at] != '[' && strings.IndexByte("*_`!<>\\]", w.src[w.at]) >= 0 {
		w.marks(w.at + 1)
	}
	open := w.at
	if w.at < len(w.src) && w.src[w.at] == '[' {
		w.marks(w.at + 1)
	}
	words := w.at
	before := len(w.pieces)
	w.walk(n, s|Link)
	shown := w.at > words
	for w.at < len(w.src) && w.src[w.at] != ']' && strings.IndexByte("*_`>", w.src[w.at]) >= 0 {
		w.marks(w.at + 1)
	}
	if w.at >= len(w.src) || w.src[w.at] != ']' {
		return
	}
	length := redline.LinkTarget(string(w.src[w.at+1 : min(len(w.src), w.at+1+longestTarget)]))
	if length == 0 {
		return // what can't be told from words is shown
	}
	at := w.at
	dest := string(w.src[at+1 : at+1+length])
	if picture && !shown {
		w.pieces = w.pieces[:before]
		w.replace(open, open+1, s|Link, "[image]")
	}
	same := sameTarget(string(w.src[words:at]), dest)
	w.add(Piece{Start: w.base + at, End: w.base + at + 1 + length, Kind: Target, Style: Link, Text: dest,
		Words: w.base + words, Same: same})
	w.at = at + 1 + length
}

// replace puts something in place of what the last piece hid.
func (w *walker) replace(start, end int, s Style, text string) {
	if k := len(w.pieces) - 1; k >= 0 && w.pieces[k].Start == w.markup.base+w.base+start {
		w.pieces = w.pieces[:k]
	}
	w.add(Piece{Start: w.base + start, End: w.base + end, Kind: Glyph, Style: s, Text: text})
}

// longestTarget is how far the end of a link's target is looked for.
const longestTarget = 4096

var inTarget = strings.NewReplacer(`\`, "", "(", "", ")", "", "<", "", ">", "", "*", "", "_", "")

// sameTarget reports whether a link's words are its target.
func sameTarget(words, dest string) bool {
	bare := func(s string) string {
		s = inTarget.Replace(s)
		s = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(s, "mailto:"), "https://"), "http://")
		return strings.ToLower(strings.TrimRight(strings.TrimSpace(s), "/"))
	}
	return bare(words) == bare(dest)
}

// autoLink shows an address without its angle brackets.
func (w *walker) autoLink(n *ast.AutoLink, s Style) {
	label := n.Label(w.src)
	at := strings.Index(string(w.src[w.at:]), "<"+string(label)+">")
	if at < 0 {
		return
	}
	at += w.at + 1
	w.marks(at)
	w.add(Piece{Start: w.base + at, End: w.base + at + len(label), Kind: Styled, Style: s | Link})
	w.at = at + len(label)
	w.marks(w.at + 1)
}

// What becomes of an element's tag.
var (
	breakingTags = wordSet("br p div li ul ol tr table h1 h2 h3 h4 h5 h6 blockquote dt dd dl")
	plainTags    = wordSet("abbr b big center cite code details em font i kbd mark pre q samp small span strong " +
		"summary tbody td tfoot th thead tt u var wbr")
	targetTags = wordSet("a img")
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// tag hides a tag of HTML that only forms the text; others are shown as they are.
func (w *walker) tag(n *ast.RawHTML) {
	start, end := -1, 0
	for _, seg := range n.Segments.Sliced(0, n.Segments.Len()) {
		if start < 0 {
			start = seg.Start
		}
		end = seg.Stop
	}
	if start < 0 {
		return
	}
	w.marks(start)
	w.at = max(w.at, end)
	tag := string(w.src[start:end])
	name := strings.ToLower(strings.TrimLeft(tag, "</"))
	ends := func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') }
	if i := strings.IndexFunc(name, ends); i >= 0 {
		name = name[:i]
	}
	p := Piece{Start: w.base + start, End: w.base + end}
	switch {
	case breakingTags[name]:
		p.Kind = Breaks
	case plainTags[name]:
		p.Kind = Hidden
	case targetTags[name] && strings.HasPrefix(tag, "</"):
		p.Kind = Hidden
	case targetTags[name]:
		p.Kind, p.Text, p.Words = Target, tag, w.base+end
	case name == "hr":
		p.Kind, p.Text = Breaks, ""
	case name == "sup" || name == "sub":
		p.Kind = Hidden
		if !strings.HasPrefix(tag, "</") {
			p.Kind, p.Text = Glyph, map[string]string{"sup": "^", "sub": "_"}[name]
		}
	default:
		return
	}
	w.add(p)
}
