package detecteval

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// wrap breaks a text into lines of about n characters; ok is false when a line
// would then begin with a mark of Markdown.
func wrap(raw string, n int) (string, bool) {
	var b strings.Builder
	width, depth := 0, 0
	for i, word := range strings.Split(raw, " ") {
		if word == "" {
			return raw, false
		}
		if i > 0 {
			if width+len(word) > n && depth == 0 {
				if strings.ContainsAny(word[:1], "#>*+-=|0123456789_~`<") {
					return raw, false
				}
				b.WriteByte('\n')
				width = 0
			} else {
				b.WriteByte(' ')
			}
		}
		b.WriteString(word)
		width += len(word) + 1
		depth += strings.Count(word, "(") - strings.Count(word, ")")
	}
	return b.String(), strings.Contains(b.String(), "\n")
}

func reflow(d *draft, w want) bool {
	b := d.pick(prose(25))
	if b == nil {
		return false
	}
	raw, ok := wrap(b.raw, 55+d.IntN(40))
	return ok && d.change(w, b, raw)
}

// reflowAll wraps every paragraph of the document.
func reflowAll(d *draft, w want) bool {
	width, hits := 60+d.IntN(40), 0
	for _, b := range d.new {
		if prose(12)(b) {
			if raw, ok := wrap(b.raw, width); ok && d.change(w, b, raw) {
				hits++
			}
		}
	}
	return hits >= 3
}

func editUnderReflow(d *draft, w want) bool {
	b := d.pick(prose(25))
	if b == nil {
		return false
	}
	raw, edited := d.otherWord(b.raw)
	raw, ok := wrap(raw, 55+d.IntN(40))
	return edited && ok && d.change(w, b, raw)
}

// editUnderReflowAll wraps every paragraph and changes a word of one.
func editUnderReflowAll(d *draft, w want) bool {
	b := d.pick(prose(25))
	if b == nil {
		return false
	}
	raw, edited := d.otherWord(b.raw)
	raw, ok := wrap(raw, 72)
	if !edited || !ok || !d.change(w, b, raw) {
		return false
	}
	return reflowAll(d, want{reasons: reasonsOf("whitespace")})
}

// split cuts a paragraph between two sentences.
func (d *draft) split(words int) (first, second *block) {
	b := d.pick(d.unique(func(b *block) bool {
		at := sentenceEnd.FindStringIndex(b.raw)
		return prose(words)(b) && at != nil && at[1] > 40 && len(b.raw)-at[1] > 40 &&
			strings.Count(b.raw[:at[1]], "(") == strings.Count(b.raw[:at[1]], ")") &&
			strings.Count(b.raw[:at[1]], "**")%2 == 0 && strings.Count(b.raw[:at[1]], "_")%2 == 0
	}))
	if b == nil {
		return nil, nil
	}
	at := sentenceEnd.FindStringIndex(b.raw)[1] - 1
	tail := &block{kind: paragraph, raw: b.raw[at:], gap: b.gap}
	b.raw, b.gap = strings.TrimRight(b.raw[:at], " "), "\n\n"
	d.putAfter(b, tail)
	return b, tail
}

func splitParagraph(d *draft, w want) bool {
	a, b := d.split(20)
	if a == nil {
		return false
	}
	d.hit(w, []*block{a.from}, []*block{a, b})
	return true
}

func splitAndEdit(d *draft, w want) bool {
	a, b := d.split(30)
	if a == nil {
		return false
	}
	half := []*block{a, b}[d.IntN(2)]
	raw, ok := d.otherWord(half.raw)
	if !ok {
		return false
	}
	half.raw = raw
	d.hit(w, []*block{a.from}, []*block{half})
	a.used, b.used = true, true
	return true
}

func join(d *draft, w want) bool {
	fits := d.unique(prose(10))
	a := d.pick(func(b *block) bool {
		next := d.next(b)
		return fits(b) && next != nil && next.from != nil && !next.used && fits(next)
	})
	if a == nil {
		return false
	}
	b := d.next(a)
	a.raw, a.gap = a.raw+" "+b.raw, b.gap
	d.drop(b)
	d.hit(w, []*block{a.from, b.from}, []*block{a})
	return true
}

var (
	aLink    = regexp.MustCompile(`\[([^][]+)\]\((https?://[^()\s]+)\)`)
	linkHost = regexp.MustCompile(`(\]\(https?://[^/()\s]+)/`)
)

func linked(b *block) bool { return b.kind != other && aLink.MatchString(b.raw) }

// namesRight matches blocks that speak of a right, in which a lost link is a change.
var namesRight = regexp.MustCompile(`(?i)opt.?out|withdr|object|complain|appeal|delet|eras|cancel|unsubscri|right|` +
	`choice|consent|dispute|refund|terminat|request|contest|beschw|widerr|löschen|kündig|einwillig`)

func stripLink(d *draft, w want) bool {
	b := d.pick(func(b *block) bool { return linked(b) && !namesRight.MatchString(b.raw) })
	if b == nil {
		return false
	}
	at := oneOf(d.Rand, aLink.FindAllStringSubmatchIndex(b.raw, -1))
	return d.change(w, b, b.raw[:at[0]]+b.raw[at[2]:at[3]]+b.raw[at[1]:])
}

// eachLink changes the targets of all links, before and after.
func eachLink(before, after func(target string) string) func(*draft, want) bool {
	return func(d *draft, w want) bool {
		hits := 0
		for _, b := range d.new {
			if b.used || b.from == nil || !linked(b) {
				continue
			}
			set := func(f func(string) string) string {
				return aLink.ReplaceAllStringFunc(b.raw, func(link string) string {
					at := strings.Index(link, "](") + 2
					return link[:at] + f(link[at:len(link)-1]) + ")"
				})
			}
			was, is := set(before), set(after)
			b.from.raw = was
			if d.change(w, b, is) {
				hits++
			}
		}
		return hits > 0
	}
}

func atHost(part string) func(string) string {
	return func(target string) string { return linkHost.ReplaceAllString("]("+target+"/", "$1/"+part+"/")[2:] }
}

func query(part string) func(string) string {
	return func(target string) string {
		if strings.Contains(target, "?") {
			return target + "&" + part
		}
		return target + "?" + part
	}
}

func unchanged(target string) string { return target }

var menus = [][]string{
	{"* [Home](https://www.example/)\n* [Products](https://www.example/products)\n* " +
		"[Pricing](https://www.example/pricing)\n* [Log in](https://www.example/login)"},
	{"[Home](https://www.example/) | [Help Center](https://www.example/help) | [Careers](https://www.example/jobs) " +
		"| [English](https://www.example/lang)"},
	{"[Skip to main content](#main)", "* [About](https://www.example/about)\n* [Blog](https://www.example/blog)\n* " +
		"[Download the app](https://www.example/app)"},
}

var footers = [][]string{
	{"[About](https://www.example/about) | [Careers](https://www.example/jobs) | " +
		"[Cookies](https://www.example/cookies) | [Contact](https://www.example/contact)",
		"© 2026 Example Company. All rights reserved."},
	{"© 2026 Example Company", "* [Privacy](https://www.example/privacy)\n* [Terms](https://www.example/terms)\n* " +
		"[Help](https://www.example/help)\n* [English (US)](https://www.example/lang)"},
}

var banners = [][]string{
	{"We use cookies to give you the best experience on our site. [Cookie settings](https://www.example/cookies) " +
		"Accept all Reject all"},
	{"## Your cookie choices", "We and our partners use cookies and similar technologies. Choose “Accept all " +
		"cookies” to agree, or “Manage preferences”.", "[Accept all cookies](#) [Manage preferences](#)"},
}

// around puts blocks at the top or the bottom of a document whose own first
// block is its title, or takes them away.
func around(choices [][]string, top bool) func(*draft, want) bool {
	return func(d *draft, w want) bool {
		if d.new[0].kind != heading || d.new[0].level > 2 {
			return false
		}
		put := paragraphsOf(oneOf(d.Rand, choices)...)
		if top {
			d.new = slices.Concat(put, d.new)
		} else {
			apart(d.new)
			d.new = append(d.new, put...)
		}
		d.hit(w, nil, put)
		return true
	}
}

// dateLine is a text with a date made for it, twice.
func dateLine(formats ...string) func(*draft, want) bool {
	months := strings.Fields("January February March April May June July August September October November December")
	date := func(d *draft) string {
		m := d.IntN(12)
		switch d.IntN(3) {
		case 0:
			return fmt.Sprintf("%d %s %d", 1+d.IntN(28), months[m], 2019+d.IntN(8))
		case 1:
			return fmt.Sprintf("%d-%02d-%02d", 2019+d.IntN(8), m+1, 1+d.IntN(28))
		}
		return fmt.Sprintf("%s %d, %d", months[m], 1+d.IntN(28), 2019+d.IntN(8))
	}
	return func(d *draft, w want) bool {
		to := d.roomAfter()
		if to == nil {
			return false
		}
		format := oneOf(d.Rand, formats)
		return d.change(w, d.putBoth(to, fmt.Sprintf(format, date(d)))[0], fmt.Sprintf(format, date(d)))
	}
}
