package office

import (
	"strconv"
	"strings"
)

// odtStyle is what a style of OpenDocument says, as far as it means something.
type odtStyle struct {
	bold, italic, struck, hidden bool
	title                        bool
	script                       int
}

// isOdtStyle reports whether an element is a style that is read.
func isOdtStyle(name string) bool {
	return name == "style" || name == "list-style" || name == "outline-style"
}

// style notes a style. One takes from its parent, which comes before it, whether it is
// hidden or struck out.
func (d *odt) style(e *element) {
	name := e.attr("name")
	switch e.name {
	case "list-style":
		d.lists[name] = odtList(e)
		return
	case "outline-style":
		d.outline = odtList(e)
		return
	}
	family := e.attr("family")
	if family != "text" && family != "paragraph" {
		return
	}
	s := d.styles[family+" "+e.attr("parent-style-name")]
	if family == "paragraph" && name == "Title" {
		s.title = true
	}
	p := e.child("text-properties")
	if weight := p.attr("font-weight"); weight != "" {
		s.bold = family == "text" && (weight == "bold" || weight >= "600" && weight <= "900")
	}
	if slant := p.attr("font-style"); slant != "" {
		s.italic = family == "text" && slant == "italic"
	}
	if line := p.attr("text-line-through-style"); line != "" {
		s.struck = line != "none"
	}
	if display := p.attr("display"); display != "" {
		s.hidden = display == "none"
	}
	switch position := p.attr("text-position"); {
	case strings.HasPrefix(position, "super"):
		s.script = 1
	case strings.HasPrefix(position, "sub"):
		s.script = -1
	case position != "":
		s.script = 0
		if n, err := strconv.Atoi(strings.TrimSuffix(strings.Fields(position)[0], "%")); err == nil && n != 0 {
			s.script = n / max(n, -n)
		}
	}
	d.styles[family+" "+name] = s
}

// odtFormats are the ways of numbering by the names that HTML has for them.
var odtFormats = map[string]string{"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman",
	"I": "upperRoman", "": "none", "一, 二, 三, ...": "chineseCounting", "①, ②, ③, ...": "decimalEnclosedCircle",
	"１, ２, ３, ...": "decimalFullWidth", "1st": "ordinal"}

// odtList reads how a list is numbered, as Word would say it.
func odtList(e *element) *list {
	l := &list{}
	for i := range l.levels {
		l.levels[i] = listLevel{format: "none"}
	}
	for _, c := range e.children {
		i := c.number("level", 0) - 1
		if i < 0 || i >= levels {
			continue
		}
		switch c.name {
		case "list-level-style-bullet", "list-level-style-image":
			l.levels[i] = listLevel{format: "bullet"}
		case "list-level-style-number", "outline-level-style":
			format, known := odtFormats[c.attr("num-format")]
			if !known {
				format = "decimal"
			}
			text := c.attr("num-list-format")
			if text == "" && format != "none" {
				text = odtText(c, i)
			} else if text != "" {
				text = strings.NewReplacer("%10%", "").Replace(text)
				for n := 1; n < levels; n++ {
					text = strings.ReplaceAll(text, "%"+strconv.Itoa(n)+"%", "%"+strconv.Itoa(n))
				}
			}
			l.levels[i] = listLevel{format: format, text: text, start: c.number("start-value", 1)}
		}
	}
	return l
}

// odtText writes the text of a level from its parts: "(", the numbers of the levels above,
// ")".
func odtText(c *element, level int) string {
	shown := min(max(c.number("display-levels", 1), 1), level+1)
	var numbers []string
	for at := level - shown + 1; at <= level; at++ {
		numbers = append(numbers, "%"+strconv.Itoa(at+1))
	}
	return c.attr("num-prefix") + strings.Join(numbers, ".") + c.attr("num-suffix")
}
