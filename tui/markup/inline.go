package markup

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"

	"fineprint/store/text/redline"
)

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
