package markup

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/extract/dom"
	"fineprint/fetch/numeral"
)

// numbering is how a list's items are numbered.
type numbering struct {
	style         string // "decimal", "lower-alpha", "upper-roman", …
	before, after string
	nested        string // what stands between the numbers of nested lists; "" without them
	told          bool   // the numbers are written as text, not by Markdown
}

var (
	listStyle = regexp.MustCompile(`(?i)list-style(-type)?\s*:[^;}]*\b(lower-alpha|lower-latin|upper-alpha|upper-latin|` +
		`lower-roman|upper-roman|lower-greek)`)
	listNone = regexp.MustCompile(`(?i)list-style(-type)?\s*:\s*none`)
	content  = regexp.MustCompile(`(?i)content\s*:([^;}]*)`)
	counter  = regexp.MustCompile(`^(?i)counter\(\s*[\w-]+\s*(?:,\s*([\w-]+)\s*)?\)`)
	counters = regexp.MustCompile(`^(?i)counters\(\s*[\w-]+\s*,\s*["']([^"']{1,3})["']\s*(?:,\s*([\w-]+)\s*)?\)`)
	quoted   = regexp.MustCompile(`^"([^"]{0,12})"|^'([^']{0,12})'`)
	pseudo   = regexp.MustCompile(`(?i)::?before\b`)
)

// numberLists writes the numbers of lists as text that Markdown can't write: letters,
// Roman numbers, values, and what a style puts before its items.
func numberLists(root *html.Node, rules []rule) {
	styled := map[*html.Node]numbering{}
	for _, r := range rules {
		if m := listStyle.FindStringSubmatch(r.body); m != nil {
			for _, n := range matches(root, r.selector) {
				styled[listAround(n)] = numbering{style: strings.ToLower(m[2]), after: ".", told: true}
			}
		}
	}
	for _, r := range rules {
		if !pseudo.MatchString(r.selector) {
			continue
		}
		how, ok := contentOf(r.body)
		if !ok {
			continue
		}
		for _, n := range matches(root, pseudo.ReplaceAllString(r.selector, "")) {
			if dom.Is(n, atom.Li) {
				styled[listAround(n)] = how
			}
		}
	}
	for _, list := range dom.Find(root, atom.Ol) {
		numberList(list, styled)
	}
}

func listAround(n *html.Node) *html.Node {
	if dom.Is(n, atom.Li) {
		return n.Parent
	}
	return n
}

// contentOf reads what a style puts before an item, where that is a number.
func contentOf(body string) (numbering, bool) {
	m := content.FindStringSubmatch(body)
	if m == nil {
		return numbering{}, false
	}
	how, found := numbering{style: "decimal", told: true}, false
	for rest := strings.TrimSpace(m[1]); rest != ""; rest = strings.TrimSpace(rest) {
		if c := counters.FindStringSubmatch(rest); c != nil {
			found, how.nested, rest = true, c[1], rest[len(c[0]):]
			if c[2] != "" {
				how.style = strings.ToLower(c[2])
			}
		} else if c := counter.FindStringSubmatch(rest); c != nil {
			if found {
				return how, false // two counters: it isn't known whose they are
			}
			found, rest = true, rest[len(c[0]):]
			if c[1] != "" {
				how.style = strings.ToLower(c[1])
			}
		} else if q := quoted.FindStringSubmatch(rest); q != nil {
			if found {
				how.after += q[1] + q[2]
			} else {
				how.before += q[1] + q[2]
			}
			rest = rest[len(q[0]):]
		} else {
			return how, false
		}
	}
	return how, found
}

// numberingOf finds how a list is numbered, by its own attributes first.
func numberingOf(list *html.Node, styled map[*html.Node]numbering) numbering {
	how := numbering{style: "decimal", after: "."}
	switch dom.Attr(list, "type") {
	case "a":
		how.style, how.told = "lower-alpha", true
	case "A":
		how.style, how.told = "upper-alpha", true
	case "i":
		how.style, how.told = "lower-roman", true
	case "I":
		how.style, how.told = "upper-roman", true
	}
	if s, ok := styled[list]; ok {
		how = s
	}
	names := dom.Names(list)
	for _, style := range []string{"lower-alpha", "lower-latin", "upper-alpha", "upper-latin", "lower-roman", "upper-roman"} {
		if strings.Contains(names, " "+strings.Replace(style, "-", " ", 1)+" ") {
			how = numbering{style: style, after: ".", told: true}
		}
	}
	if m := listStyle.FindStringSubmatch(dom.Attr(list, "style")); m != nil {
		how = numbering{style: strings.ToLower(m[2]), after: ".", told: true}
	}
	return how
}

func numberList(list *html.Node, styled map[*html.Node]numbering) {
	how := numberingOf(list, styled)
	if listNone.MatchString(dom.Attr(list, "style")) && !how.told {
		dom.Rename(list, atom.Ul)
		return
	}
	var items []*html.Node
	odd := dom.Has(list, "reversed")
	for c := list.FirstChild; c != nil; c = c.NextSibling {
		if dom.Is(c, atom.Li) {
			items = append(items, c)
			odd = odd || dom.Has(c, "value")
		}
	}
	numbers := numbersOf(list, items)
	for i, item := range items {
		setNumber(item, numbers[i])
	}
	if !how.told && !odd {
		return
	}
	for i, item := range items {
		number := written(numbers[i], how.style)
		if how.nested != "" {
			number = outerNumbers(list, how) + number
		}
		dom.Prepend(item, strings.TrimSpace(how.before+number+how.after)+" ")
	}
	dom.Rename(list, atom.Ul)
}

// numberAttr keeps an item's number for the lists in it.
const numberAttr = "data-fineprint-number"

func setNumber(item *html.Node, n int) {
	item.Attr = append(item.Attr, html.Attribute{Key: numberAttr, Val: strconv.Itoa(n)})
}

// outerNumbers is the numbers of the items around a list, each with what follows it.
func outerNumbers(list *html.Node, how numbering) string {
	outer := ""
	for p := list.Parent; p != nil; p = p.Parent {
		if n, err := strconv.Atoi(dom.Attr(p, numberAttr)); err == nil && dom.Is(p, atom.Li) {
			outer = written(n, how.style) + how.nested + outer
		}
		if len(outer) > 40 {
			break
		}
	}
	return outer
}

// numbersOf counts a list's items as a browser does.
func numbersOf(list *html.Node, items []*html.Node) []int {
	step, next := 1, 1
	if dom.Has(list, "reversed") {
		step, next = -1, len(items)
	}
	if n, err := strconv.Atoi(strings.TrimSpace(dom.Attr(list, "start"))); err == nil {
		next = n
	}
	numbers := make([]int, len(items))
	for i, item := range items {
		if n, err := strconv.Atoi(strings.TrimSpace(dom.Attr(item, "value"))); err == nil {
			next = n
		}
		numbers[i] = next
		next += step
	}
	return numbers
}

// maxLetters bounds the numbers that are written as letters.
const maxLetters = 4000

// written writes a number in a style, in digits where the style has none.
func written(n int, style string) string {
	if n < 1 || n > maxLetters {
		return strconv.Itoa(n)
	}
	s := ""
	switch style {
	case "lower-alpha", "lower-latin", "upper-alpha", "upper-latin":
		for ; n > 0; n = (n - 1) / 26 {
			s = string(rune('a'+(n-1)%26)) + s
		}
	case "lower-roman", "upper-roman":
		s = strings.ToLower(numeral.Roman(n))
	case "lower-greek":
		return string([]rune("αβγδεζηθικλμνξοπρστυφχψω")[(n-1)%24])
	default:
		return strconv.Itoa(n)
	}
	if strings.HasPrefix(style, "upper") {
		return strings.ToUpper(s)
	}
	return s
}
