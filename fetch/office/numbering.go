package office

import (
	"strconv"
	"strings"

	"fineprint/fetch/numeral"
)

// levels is how deep lists are numbered in both formats.
const levels = 10

// listLevel is how one level of a list is numbered.
type listLevel struct {
	format string // as Word names it: "decimal", "lowerLetter", "bullet", "none"
	text   string // "%1.%2": each number that stands in it
	start  int
	legal  bool // all numbers are written as digits
	stay   bool // it does not begin anew after a higher level
}

// list is a kind of list. Those that are numbered together share one.
type list struct {
	levels [levels]listLevel
	count  [levels]int
	begun  [levels]bool
}

// numbering counts the paragraphs of lists.
type numbering struct {
	lists  map[string]*list
	starts map[string]map[int]int // where a list that shares its kind begins anew, by level
}

// numberingOf reads the part that says how lists of Word are numbered.
func numberingOf(part *element) *numbering {
	n := &numbering{lists: map[string]*list{}, starts: map[string]map[int]int{}}
	kinds, links := map[string]*list{}, map[string]string{}
	for _, e := range part.children {
		if e.name != "abstractNum" {
			continue
		}
		l := &list{}
		for i := range l.levels {
			l.levels[i] = listLevel{format: "none"}
		}
		for _, level := range e.children {
			if level.name == "lvl" {
				l.set(level)
			}
		}
		id := e.attr("abstractNumId")
		kinds[id] = l
		if to := e.child("styleLink"); to != nil {
			kinds["style "+to.attr("val")] = l
		}
		if to := e.child("numStyleLink"); to != nil {
			links[id] = "style " + to.attr("val")
		}
	}
	for _, e := range part.children {
		if e.name != "num" {
			continue
		}
		id, kind := e.attr("numId"), e.child("abstractNumId").attr("val")
		l := kinds[kind]
		if to := kinds[links[kind]]; to != nil {
			l = to
		}
		if l == nil {
			continue
		}
		n.lists[id] = n.override(id, e, l)
	}
	return n
}

// override applies what a list changes of its kind. One with levels of its own is a kind
// of its own.
func (n *numbering) override(id string, e *element, l *list) *list {
	for _, o := range e.children {
		if o.name != "lvlOverride" {
			continue
		}
		if level := o.child("lvl"); level != nil {
			own := *l
			l = &own
			l.set(level)
		}
		if start := o.child("startOverride"); start != nil {
			if n.starts[id] == nil {
				n.starts[id] = map[int]int{}
			}
			n.starts[id][o.number("ilvl", 0)] = start.number("val", 1)
		}
	}
	return l
}

func (l *list) set(e *element) {
	i := e.number("ilvl", -1)
	if i < 0 || i >= levels {
		return
	}
	l.levels[i] = listLevel{format: e.child("numFmt").attr("val"), text: e.child("lvlText").attr("val"),
		start: e.child("start").number("val", 0), legal: isOn(e.child("isLgl")),
		stay: e.child("lvlRestart") != nil && e.child("lvlRestart").attr("val") == "0"}
}

// next counts a paragraph of a list and returns the number that is written before it, or
// how deep in a list of bullets it is.
func (n *numbering) next(id string, level int) (label string, bullet int) {
	l := n.lists[id]
	if l == nil || level < 0 || level >= levels {
		return "", 0
	}
	if start, ok := n.starts[id][level]; ok {
		delete(n.starts[id], level)
		l.count[level], l.begun[level] = start-1, true
	}
	return l.next(level)
}

func (l *list) next(level int) (label string, bullet int) {
	if !l.begun[level] {
		l.count[level], l.begun[level] = l.levels[level].start-1, true
	}
	l.count[level]++
	for i := level + 1; i < levels; i++ {
		if !l.levels[i].stay {
			l.begun[i] = false
		}
	}
	switch of := l.levels[level]; of.format {
	case "bullet":
		return "", level + 1
	case "none":
		return strings.TrimSpace(withoutNumbers(of.text)), 0
	default:
		return l.label(of), 0
	}
}

// label writes the numbers of a level into its text.
func (l *list) label(of listLevel) string {
	var b strings.Builder
	for i := 0; i < len(of.text); i++ {
		c := of.text[i]
		if c != '%' || i+1 == len(of.text) || of.text[i+1] < '1' || of.text[i+1] > '9' {
			b.WriteByte(c)
			continue
		}
		i++
		at := int(of.text[i] - '1')
		n, format := l.count[at], l.levels[at].format
		if !l.begun[at] {
			n = l.levels[at].start
		}
		if of.legal {
			format = "decimal"
		}
		b.WriteString(formatted(n, format))
	}
	return strings.TrimSpace(b.String())
}

func withoutNumbers(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+1 < len(text) && text[i+1] >= '1' && text[i+1] <= '9' {
			i++
			continue
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// formatted writes a number as a list does.
func formatted(n int, format string) string {
	switch format {
	case "none", "bullet":
		return ""
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "lowerLetter":
		return letters(n, "abcdefghijklmnopqrstuvwxyz")
	case "upperLetter":
		return letters(n, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	case "russianLower":
		return letters(n, "абвгдежзиклмнопрстуфхцчшщыэюя")
	case "russianUpper":
		return letters(n, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ")
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	case "ordinal":
		return ordinal(n)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		if n >= 1 && n <= 20 {
			return string(rune('①' + n - 1))
		}
	case "decimalFullWidth", "decimalFullWidth2":
		return fullWidth(n)
	case "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting",
		"taiwaneseCountingThousand", "koreanCounting":
		return chinese(n)
	}
	return strconv.Itoa(n)
}

// letters writes a number as the letter of an alphabet, doubled when it is through.
func letters(n int, alphabet string) string {
	of := []rune(alphabet)
	if n < 1 || n > 30*len(of) {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(of[(n-1)%len(of)]), 1+(n-1)/len(of))
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	return numeral.Roman(n)
}

func ordinal(n int) string {
	end := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return strconv.Itoa(n) + end
}

func fullWidth(n int) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, strconv.Itoa(n))
}

// chinese writes a number below a hundred in Chinese characters.
func chinese(n int) string {
	digits := []rune("〇一二三四五六七八九")
	switch {
	case n < 0 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return string(digits[n])
	}
	s := "十"
	if n >= 20 {
		s = string(digits[n/10]) + s
	}
	if n%10 > 0 {
		s += string(digits[n%10])
	}
	return s
}
