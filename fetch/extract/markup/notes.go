package markup

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/extract/dom"
)

var (
	// ordinal is what stands above the line in an ordinal number or a mark.
	ordinal = regexp.MustCompile(`(?i)^(st|nd|rd|th|er|re|ère|ème|eme|es|os|as|º|ª|°|tm|sm|®|™|℠|©|\*+|†+|‡+|[¹²³⁰-⁹]+)$`)
	// ordinalLetter is one letter that makes a number an ordinal one in these languages.
	ordinalLetter = regexp.MustCompile(`^[aeoAEO]$`)
	ordinalSpeech = regexp.MustCompile(`(?i)^(fr|es|pt|it|ca|gl|nl)\b`)
	noteMark      = regexp.MustCompile(`^[\[(]?\s*(\d{1,3}|[a-zA-Z]|[ivx]{1,5})(\s*,\s*(\d{1,3}|[a-zA-Z]))*\s*[\])]?$`)
	digits        = regexp.MustCompile(`^[-−+]?\d{1,3}$`)
	// unit is what is squared or cubed, and what stands for a variable.
	unit = regexp.MustCompile(`(^|[^\p{L}\d])([kKcCdDmMnµ]?m|ft|in|yd|mi|s|sec|h|min|L|l|[xyzrnabRNX]|10)$`)
	// power is what makes of ten a base.
	power = regexp.MustCompile(`[×x*·]\s?10$`)
)

// markNotes keeps what stands above or below the line apart from what it follows: a
// note's mark in brackets, a power in raised digits.
func markNotes(part *html.Node) {
	letters := ordinalSpeech.MatchString(speechOf(part))
	for _, n := range dom.Find(part, atom.Sup, atom.Sub) {
		text := dom.Text(n)
		before := textBefore(n)
		switch {
		case text == "" || n.Parent == nil:
		case n.DataAtom == atom.Sub:
			if digits.MatchString(text) && endsInLetter(before) {
				setPlain(n, shifted(text, lowered))
			}
		case (ordinal.MatchString(text) || letters && ordinalLetter.MatchString(text)) && !isNoteLink(n):
			setPlain(n, text)
		case digits.MatchString(text) && !isNoteLink(n) && isPower(n, before, text):
			setPlain(n, shifted(text, raised))
		case noteMark.MatchString(text):
			mark := "[" + strings.Trim(text, "[]() ") + "]"
			if before == "" {
				mark += " "
			}
			setPlain(n, mark)
		default:
			dom.Unwrap(n)
		}
	}
}

// speechOf is the language that a part of a page, or the page, is said to be in.
func speechOf(n *html.Node) string {
	for ; n != nil; n = n.Parent {
		if lang := dom.Attr(n, "lang"); lang != "" {
			return lang
		}
	}
	return ""
}

// setPlain puts a text in place of an element.
func setPlain(n *html.Node, s string) { dom.Replace(n, dom.TextNode(s)) }

// isNoteLink reports whether a mark leads to a note or back from it.
func isNoteLink(n *html.Node) bool {
	return len(dom.Find(n, atom.A)) > 0 || dom.Ancestor(n, atom.A) != nil ||
		dom.HasName(dom.Names(n), "footnote", "reference", "fn", "note", "cite", "endnote")
}

// isPower reports whether a number above the line is a power of what stands before it.
func isPower(n *html.Node, before, text string) bool {
	if !unit.MatchString(before) {
		return false
	}
	if strings.HasSuffix(before, "10") {
		after := strings.TrimSpace(textAfter(n))
		return power.MatchString(before) || text != "1" && (after == "" || !unicode.IsLetter([]rune(after)[0]))
	}
	return text == "2" || text == "3" || text[0] == '-' || len(before) > 0
}

const (
	raised  = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	lowered = "₀₁₂₃₄₅₆₇₈₉"
)

func shifted(s, digits string) string {
	set := []rune(digits)
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(set[r-'0'])
		case r == '-' || r == '−':
			b.WriteRune('⁻')
		case r == '+':
			b.WriteRune('⁺')
		}
	}
	return b.String()
}

// textBefore is the end of the text before a node in its block, "" at its start.
func textBefore(n *html.Node) string {
	const most = 20
	s := ""
	for at := n; at != nil; at = at.Parent {
		for p := at.PrevSibling; p != nil && len(s) < most; p = p.PrevSibling {
			if !dom.IsInline(p) && p.Type == html.ElementNode {
				return strings.TrimLeft(s, " \n\t")
			}
			if p.Type == html.TextNode {
				s = p.Data + s
			} else if p.Type == html.ElementNode {
				s = dom.Start(p, startBytes) + s
			}
		}
		if at.Parent == nil || !dom.IsInline(at.Parent) {
			break
		}
	}
	return strings.TrimLeft(s, " \n\t")
}

// textAfter is the text after a node within its parent.
func textAfter(n *html.Node) string {
	if n.NextSibling != nil && n.NextSibling.Type == html.TextNode {
		return n.NextSibling.Data
	}
	return ""
}

func endsInLetter(s string) bool {
	r := []rune(s)
	return len(r) > 0 && unicode.IsLetter(r[len(r)-1])
}

// quote writes the marks of a quotation that a browser puts around it.
func quote(part *html.Node) {
	for _, q := range dom.Find(part, atom.Q) {
		if !dom.HasText(q) {
			continue
		}
		q.InsertBefore(dom.TextNode("“"), q.FirstChild)
		q.AppendChild(dom.TextNode("”"))
	}
}

// numberLabel is a clause's number that stands in an element of its own.
var numberLabel = regexp.MustCompile(`^([(§]?\s?(\d{1,3}(\.\d{1,3}){0,4}|[a-zA-Z]|[ivxIVX]{1,5})[.):]?|[•▪◦–-])$`)

// separate puts a space between texts that are apart on the screen and not in the page:
// a number and what it numbers, the items of a row.
func separate(part *html.Node) {
	for _, block := range dom.All(part, onlyLinks) {
		for c := block.FirstChild.NextSibling; c != nil; c = c.NextSibling {
			if dom.Is(c, atom.A) && dom.Is(c.PrevSibling, atom.A) && dom.Attr(c, "href") != dom.Attr(c.PrevSibling, "href") {
				block.InsertBefore(dom.TextNode(" "), c)
			}
		}
	}
	for _, n := range dom.All(part, dom.IsInline) {
		next := n.NextSibling
		if next == nil || n.Parent == nil || !dom.IsInline(next) || dom.Is(n, atom.Sup, atom.Sub, atom.A, atom.Wbr, atom.Br) ||
			dom.Is(next, atom.Sup, atom.Sub, atom.Wbr) {
			continue
		}
		if (inRow(n.Parent) && next.Type == html.ElementNode || isNumberOf(n, next)) && !spaced(n, next) {
			n.Parent.InsertBefore(dom.TextNode(" "), next)
		}
	}
}

// onlyLinks reports whether a block holds links and nothing between them, as menus do
// whose entries are set apart by a style.
func onlyLinks(block *html.Node) bool {
	if block.FirstChild == nil || dom.IsInline(block) || dom.Is(block, atom.P) || dom.IsHeading(block) {
		return false
	}
	for c := block.FirstChild; c != nil; c = c.NextSibling {
		if !dom.Is(c, atom.A) && (c.Type != html.TextNode || strings.TrimSpace(c.Data) != "") {
			return false
		}
	}
	return true
}

// divide makes blocks of what Markdown's writer takes for parts of a line.
func divide(part *html.Node) {
	for _, n := range dom.All(part, func(n *html.Node) bool {
		return dom.Is(n, atom.Center, atom.Legend, atom.Fieldset, atom.Hgroup, atom.Search) ||
			n.DataAtom == 0 && strings.Contains(n.Data, "-") && !amidText(n) && dom.Ancestor(n, lineHolders...) == nil
	}) {
		dom.Rename(n, atom.Div)
	}
}

// lineHolders are elements that hold lines and no blocks.
var lineHolders = []atom.Atom{atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.A, atom.Button,
	atom.Td, atom.Th, atom.Summary, atom.Span}

// amidText reports whether text stands beside an element.
func amidText(n *html.Node) bool {
	for s := n.Parent.FirstChild; s != nil; s = s.NextSibling {
		if s.Type == html.TextNode && strings.TrimSpace(s.Data) != "" || s.Type == html.ElementNode && inlineText(s) {
			return true
		}
	}
	return false
}

// inlineText reports whether an element is known to be part of a line, and says something.
func inlineText(n *html.Node) bool { return n.DataAtom != 0 && dom.IsInline(n) && dom.HasText(n) }

// isNumberOf reports whether an element at the start of its block is the number of what
// comes next.
func isNumberOf(n, next *html.Node) bool {
	if !dom.FewerWords(n, 3) {
		return false
	}
	label := dom.Start(n, 40)
	if !numberLabel.MatchString(label) || textBefore(n) != "" {
		return false
	}
	after := []rune(strings.TrimSpace(dom.Start(next, 40)))
	if len(after) == 0 {
		return false
	}
	closed := strings.ContainsAny(label, ".):")
	return closed && !unicode.IsDigit(after[0]) || unicode.IsUpper(after[0]) && len(after) > 1 ||
		unicode.IsLetter(after[0]) && !unicode.IsLower(after[0])
}

func spaced(n, next *html.Node) bool {
	a, b := []rune(rawText(n)), []rune(rawText(next))
	return len(a) == 0 || len(b) == 0 || unicode.IsSpace(a[len(a)-1]) || unicode.IsSpace(b[0])
}

func rawText(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// inRow reports whether the children of an element stand apart in a row.
func inRow(n *html.Node) bool {
	style := strings.ReplaceAll(strings.ToLower(dom.Attr(n, "style")), " ", "")
	if strings.Contains(style, "display:flex") || strings.Contains(style, "display:grid") ||
		strings.Contains(style, "display:inline-flex") {
		return true
	}
	for _, c := range dom.Classes(n) {
		switch c {
		case "flex", "d-flex", "inline-flex", "d-inline-flex", "grid", "d-grid", "row", "columns":
			return true
		}
	}
	return false
}
