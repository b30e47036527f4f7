package clause

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"fineprint/store/text/redline"
)

// Depth is how much Plain takes away; each depth includes those before it.
type Depth uint8

// The depths.
const (
	// DepthSpace makes every run of white space one space.
	DepthSpace Depth = iota
	// DepthTypography makes quotes, dashes, ellipses, entities and invisible
	// characters plain.
	DepthTypography
	// DepthMarkup takes Markdown's marks away: emphasis, heading marks and
	// underlines, bullets, quote marks, table bars, escapes, inline tags.
	DepthMarkup
	// DepthLinks leaves of a link its words, and of an address only its host
	// and path.
	DepthLinks
)

// Plain returns s with everything up to a depth taken away.
func Plain(s string, depth Depth) string { return string(AppendPlain(nil, s, depth)) }

// Visible is a clause's words as a reader sees them: in single spaces, without
// markup, typography and link targets.
func Visible(s string) string { return Plain(s, DepthLinks) }

// AppendPlain appends Plain(s, depth) to dst. It is one pass over s.
func AppendPlain(dst []byte, s string, depth Depth) []byte {
	if depth >= DepthTypography {
		s = canonical(s)
	}
	p := textStripper{dst: dst, from: len(dst), depth: depth}
	if depth < DepthMarkup {
		p.strip(s)
		return p.end()
	}
	for len(s) > 0 {
		line := s
		if n := strings.IndexByte(s, '\n'); n >= 0 {
			line, s = s[:n], s[n+1:]
		} else {
			s = ""
		}
		p.space()
		p.strip(unmarked(line))
	}
	return p.end()
}

// canonical decodes entities and composes characters; nearly all text is as it
// should be.
func canonical(s string) string {
	if mayHaveEntity(s) {
		s = html.UnescapeString(s)
	}
	if !surelyComposed(s) && !norm.NFC.IsNormalString(s) { // work limit
		s = norm.NFC.String(s)
	}
	return s
}

// mayHaveEntity rules out most texts that have no entity: unescaping one copies it.
func mayHaveEntity(s string) bool { // work limit
	for n := strings.IndexByte(s, '&'); n >= 0 && n+1 < len(s); {
		if c := s[n+1]; c == '#' || isAlnum(c) && c < utf8.RuneSelf {
			return true
		}
		s = s[n+1:]
		n = strings.IndexByte(s, '&')
	}
	return false
}

// surelyComposed reports whether a text has only characters below U+0300, where
// the marks begin that are to be composed, general punctuation, Cyrillic letters and
// Han.
func surelyComposed(s string) bool {
	for i := 0; i < len(s); {
		if i+8 <= len(s) && s[i]|s[i+1]|s[i+2]|s[i+3]|s[i+4]|s[i+5]|s[i+6]|s[i+7] < utf8.RuneSelf {
			i += 8
			continue
		}
		switch c := s[i]; {
		case c < 0xcc:
			i++
		case c == 0xe2 && i+2 < len(s) && s[i+1] == 0x80: // work limit
			i += 3
		case (c == 0xd0 || c == 0xd1) && i+1 < len(s) && isContinuation(s[i+1]): // Cyrillic
			i += 2
		case c >= 0xe4 && c <= 0xe9 && i+2 < len(s) && isContinuation(s[i+1]) && isContinuation(s[i+2]): // Han
			i += 3
		default:
			return false
		}
	}
	return true
}

// unmarked takes the marks at a line's ends away; of a line that is nothing but
// marks nothing is left.
func unmarked(line string) string {
	line = strings.TrimLeft(line, " \t\r\f\v")
	if line == "" {
		return ""
	}
	switch line[0] {
	case '=', '-', '*', '_', '|', ':', '+':
		if isMarks(line) {
			return ""
		}
	}
	for line != "" {
		rest := line
		switch line[0] {
		case '>':
			rest = line[1:]
		case '#':
			if n := headingMarks(line); n > 0 {
				rest = strings.TrimRight(line[n:], " \t#")
			}
		case '*', '-', '+':
			if len(line) > 1 && isBlank(line[1]) {
				rest = line[2:]
			}
		default:
			rest = unbulleted(line)
		}
		if len(rest) == len(line) {
			return line
		}
		line = strings.TrimLeft(rest, " \t\r\f\v")
	}
	return line
}

// unbulleted takes a bullet away that is no hyphen: a shape, a star or an arrow of
// a font, with a space after it.
func unbulleted(line string) string {
	if line[0] < utf8.RuneSelf {
		return line
	}
	r, n := utf8.DecodeRuneInString(line)
	after, _ := utf8.DecodeRuneInString(line[n:])
	if r == '•' || (r >= 0x25a0 && r <= 0x25ff || r >= 0x2719 && r <= 0x274b || r >= 0x2794 && r <= 0x27be ||
		r == '‣' || r == '⁃' || r == '·' || r == '∙' || r == '❖') && unicode.IsSpace(after) {
		return line[n:]
	}
	return line
}

func isMarks(line string) bool {
	for i := range len(line) {
		switch line[i] {
		case '=', '-', '*', '_', '|', ':', '+', ' ', '\t', '\r':
		default:
			return false
		}
	}
	return true
}

// textStripper writes what is left.
type textStripper struct {
	dst   []byte
	from  int
	depth Depth
	gap   bool  // white space is waiting to be written
	open  []int // where in dst the unclosed brackets are
	// struck is where in dst what is struck out began, by what strikes it out; one
	// more than that, 0 while nothing is.
	struck [strikes]int
}

func (p *textStripper) end() []byte { return p.dst }

func (p *textStripper) space() { p.gap = len(p.dst) > p.from }

func (p *textStripper) put(s string) {
	if p.gap {
		p.dst = append(p.dst, ' ')
		p.gap = false
	}
	p.dst = append(p.dst, s...)
}

func (p *textStripper) putByte(c byte) {
	if p.gap {
		p.dst = append(p.dst, ' ')
		p.gap = false
	}
	p.dst = append(p.dst, c)
}

// ordinary marks the bytes that mean themselves at every depth.
var ordinary = func() (t [256]bool) {
	for c := range t {
		t[c] = c > ' ' && c < utf8.RuneSelf
	}
	for _, c := range "*_`~|\\<[]:!" {
		t[c] = false
	}
	return t
}()

// ordinaryRun counts the bytes that mean themselves from the start of s, which does,
// single spaces between them included.
func ordinaryRun(s string) int {
	n := 1
	for n < len(s) {
		switch c := s[n]; {
		case ordinary[c]:
		case c == ' ' && n+1 < len(s) && ordinary[s[n+1]], c == ':' && n+1 < len(s) && ordinary[s[n+1]] && s[n+1] != '/':
			n++
		default:
			return n
		}
		n++
	}
	return n
}

func (p *textStripper) strip(s string) {
	for i := 0; i < len(s); {
		c := s[i]
		if ordinary[c] {
			n := ordinaryRun(s[i:])
			p.put(s[i : i+n])
			i += n
			continue
		}
		switch {
		case c == ' ' || c >= '\t' && c <= '\r':
			p.space()
			i++
		case c >= utf8.RuneSelf:
			i += p.rune(s[i:])
		case p.depth < DepthMarkup:
			if p.depth == DepthTypography && c == '`' {
				c = '\''
			}
			p.putByte(c)
			i++
		default:
			i += p.markup(s, i)
		}
	}
}

// rune writes one character beyond ASCII and returns its length.
func (p *textStripper) rune(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if isPlainLetter(r) {
		p.put(s[:n])
		return n
	}
	if p.depth < DepthTypography {
		if unicode.IsSpace(r) {
			p.space()
		} else {
			p.put(s[:n])
		}
		return n
	}
	switch r {
	case '“', '”', '„', '‟', '«', '»', '″', '＂':
		p.putByte('"')
	case '‘', '’', '‚', '‛', '′', '´', '｀', '＇':
		p.putByte('\'')
	case '‐', '‑', '‒', '–', '—', '―', '•', '·', '▪', '◦', '‣', '⁃':
		p.putByte('-')
	case '−':
		if len(s) > n+1 && isBlank(s[n]) && redline.IsDigit(s[n+1]) {
			p.put(s[:n]) // a minus, not a hyphen
		} else {
			p.putByte('-')
		}
	case '…':
		p.put("...")
	default:
		switch {
		case unicode.IsSpace(r):
			p.space()
		case unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector): // invisible
		default:
			p.put(compatible(r, s[:n]))
		}
	}
	return n
}

// isPlainLetter reports whether a character is one of the letters of Latin, Greek,
// Cyrillic, Han, Kana and Hangul that mean themselves at every depth.
func isPlainLetter(r rune) bool { // work limit
	return r >= 0xc0 && r < 0x600 || r >= 0x3041 && r < 0x3200 || r >= 0x3400 && r < 0xd800
}

// compatible returns in place of a letter, number or sign that is only another
// form of one, of full width, in a ligature or in a circle, that one: "Ａ", "ﬁ",
// "Ⅳ". What is above, below or in a fraction is another thing.
func compatible(r rune, s string) string {
	if r < 0x2100 || r >= 0x2500 && r < 0x3200 || r >= 0x3400 && r < 0xf900 || r >= 0x20000 { // work limit
		return s
	}
	if !unicode.In(r, unicode.L, unicode.N, unicode.S, unicode.Po) || unicode.Is(unicode.No, r) && r < 0x2160 ||
		r == '℠' || r == '™' || r >= 0x24b6 && r <= 0x24e9 { // icons
		return s
	}
	if plain := norm.NFKC.String(s); plain != "" && (len(plain) > 1 || plain[0] >= utf8.RuneSelf || ordinary[plain[0]]) {
		return plain
	}
	return s
}

// markup deals with a byte that Markdown may mean something by, and returns how
// much of s it took.
func (p *textStripper) markup(s string, i int) int {
	c := s[i]
	switch c {
	case '\\':
		if i+1 < len(s) && isPunct(s[i+1]) {
			p.putByte(s[i+1])
			return 2
		}
	case '`':
		if i > 0 && i+1 < len(s) && isLetter(s[i-1]) && isLetter(s[i+1]) {
			p.putByte('\'') // in a word it is an apostrophe
		}
		return 1
	case '*':
		return 1
	case '~':
		if i+1 < len(s) && s[i+1] == '~' {
			p.strike(tildes, i > 0 && !isBlank(s[i-1]), i+2 < len(s) && !isBlank(s[i+2]))
			return 2
		}
	case '_':
		if !(i > 0 && i+1 < len(s) && isAlnum(s[i-1]) && isAlnum(s[i+1])) {
			return 1
		}
	case '|':
		p.space()
		return 1
	case '<':
		if n := tag(s[i:]); n > 0 {
			p.strikeTag(s[i+1 : i+n-1])
			if strings.HasPrefix(s[i:], "<br") || strings.HasPrefix(s[i:], "<BR") {
				p.space()
			}
			return n
		}
		if n := strings.IndexByte(s[i:min(len(s), i+maxAutolink)], '>'); n > 1 && strings.ContainsAny(s[i:i+n], ":@") &&
			strings.IndexByte(s[i:i+n], ' ') < 0 {
			p.strip(s[i+1 : i+n])
			return n + 1
		}
	}
	if p.depth >= DepthLinks {
		if n := p.link(s, i); n > 0 {
			return n
		}
	}
	p.putByte(c)
	return 1
}

// What strikes words out: strikes is how many kinds there are.
const (
	tildes = iota
	tagDel
	tagS
	tagStrike
	strikes
)

// strike deals with a mark that may begin or end what is struck out, which is no
// longer said; what nothing ends is not struck out.
func (p *textStripper) strike(by int, mayEnd, mayBegin bool) {
	switch at := p.struck[by] - 1; {
	case at >= 0 && mayEnd:
		p.struck[by] = 0
		p.gap = p.gap || at < len(p.dst) && p.dst[at] == ' '
		p.dst = p.dst[:at]
		for n := len(p.open); n > 0 && p.open[n-1] >= len(p.dst); n-- {
			p.open = p.open[:n-1]
		}
		for k := range p.struck {
			p.struck[k] = min(p.struck[k], len(p.dst)+1)
		}
	case mayBegin:
		p.struck[by] = len(p.dst) + 1
	}
}

// strikeTag is strike for a tag without its brackets.
func (p *textStripper) strikeTag(tag string) {
	name, ends := strings.CutPrefix(tag, "/")
	if n := strings.IndexAny(name, " \t/"); n >= 0 {
		name = name[:n]
	}
	for by, struck := range [...]string{tagDel: "del", tagS: "s", tagStrike: "strike"} {
		if struck != "" && strings.EqualFold(name, struck) {
			p.strike(by, ends, !ends)
		}
	}
}

// maxOpen bounds the brackets that are open at a time: of more the first ones open no link.
const maxOpen = 128 // work limit

// link deals with the marks of links: brackets, targets, addresses.
func (p *textStripper) link(s string, i int) int {
	switch s[i] {
	case '!':
		if i+1 < len(s) && s[i+1] == '[' && closing(s[i+1:]) > 0 {
			return 1
		}
	case '[':
		p.putByte('[')
		if len(p.open) == maxOpen {
			p.open = p.open[:copy(p.open, p.open[maxOpen/2:])]
		}
		p.open = append(p.open, len(p.dst)-1)
		return 1
	case ']':
		n := len(p.open)
		if n == 0 {
			return 0
		}
		at := p.open[n-1]
		p.open = p.open[:n-1]
		if i+1 < len(s) && s[i+1] == '(' {
			if length := redline.LinkTarget(s[i+1:]); length > 0 {
				p.dst = append(p.dst[:at], p.dst[at+1:]...)
				for k, struck := range p.struck {
					if struck > at+1 {
						p.struck[k]--
					}
				}
				if at == len(p.dst) && at > p.from && p.dst[at-1] == ' ' { // a link without words
					p.dst = p.dst[:at-1]
					p.gap = true
				}
				return 1 + length
			}
		}
	case ':':
		if strings.HasPrefix(s[i:], "://") && i > 0 && isAlnum(s[i-1]) {
			return p.address(s, i)
		}
	}
	return 0
}

// address writes of an address only its host and path.
func (p *textStripper) address(s string, i int) int {
	end := i + 3
	for end < len(s) && s[end] > ' ' && strings.IndexByte("<>()[]\"'|", s[end]) < 0 {
		end++
	}
	address := s[i:end]
	if n := strings.IndexAny(address, "?#"); n >= 0 {
		address = address[:n]
	}
	p.put(strings.TrimRight(address, "/"))
	return end - i
}

// maxAutolink bounds an address in angle brackets: text is not gone through to
// its end for each that nothing closes.
const maxAutolink = 200

// closing returns where the bracket at the start of s closes, right before a
// target; 0 when it doesn't, or brackets nest too deep.
func closing(s string) int {
	if end := redline.LinkWords(s); end > 0 && redline.LinkTarget(s[end+1:]) > 0 {
		return end
	}
	return 0
}

// tag returns the length of an inline HTML tag at the start of s, 0 when it is
// none.
func tag(s string) int {
	n := 1
	if n < len(s) && s[n] == '/' {
		n++
	}
	name := n
	for n < len(s) && n < name+12 && isAlnum(s[n]) {
		n++
	}
	if !elements[strings.ToLower(s[name:n])] || n == len(s) || s[n] != '>' && s[n] != '/' && !isBlank(s[n]) {
		return 0
	}
	for i := n; i < len(s) && i < 400; i++ {
		switch s[i] {
		case '>':
			return i + 1
		case '<', '\n':
			return 0
		}
	}
	return 0
}

// elements are the HTML elements that may be in Markdown's lines. Other
// words in angle brackets are words.
var elements = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range strings.Fields("a abbr b big blockquote br center cite code dd del details div dl dt em font " +
		"h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub summary sup table " +
		"tbody td tfoot th thead tr tt u ul var wbr") {
		m[name] = true
	}
	return m
}()

func isContinuation(c byte) bool { return c&0xc0 == 0x80 }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= utf8.RuneSelf }

func isPunct(c byte) bool { return c > ' ' && c < 0x7f && !isAlnum(c) }

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= utf8.RuneSelf
}
