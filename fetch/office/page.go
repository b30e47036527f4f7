package office

import (
	"bytes"
	"html"
	"strconv"
	"strings"

	"fineprint/fetch/bounds"
)

// span is a piece of a paragraph that looks the same throughout.
type span struct {
	text string // "\n" for a line break
	look
}

// look is how a piece of text looks, as far as that means something.
type look struct {
	bold, italic, struck bool
	script               int // 1 raised, -1 lowered
	href                 string
}

// paragraph is one block of text.
type paragraph struct {
	heading int    // 1 to 6; 0 for none
	label   string // the number that the program writes before it
	bullet  int    // how deep in a list of bullets, from 1; 0 for none
	spans   []span
}

// add adds text, joined to the piece before where it looks the same.
func (p *paragraph) add(text string, l look) {
	if text == "" {
		return
	}
	if n := len(p.spans); n > 0 && p.spans[n-1].look == l {
		p.spans[n-1].text += text
		return
	}
	p.spans = append(p.spans, span{text, l})
}

func (p *paragraph) empty() bool {
	for _, s := range p.spans {
		if strings.TrimSpace(s.text) != "" {
			return false
		}
	}
	return true
}

// cutPageNumber takes away the number of a page after the last tab of a line in a table of
// contents: each printing changes it.
func (p *paragraph) cutPageNumber() {
	for i := len(p.spans) - 1; i >= 0; i-- {
		at := strings.LastIndexByte(p.spans[i].text, '\t')
		if at < 0 {
			continue
		}
		number := p.spans[i].text[at:]
		for _, s := range p.spans[i+1:] {
			number += s.text
		}
		if number = strings.TrimSpace(number); strings.Trim(number, "0123456789ivxlcIVXLC") == "" {
			p.spans[i].text = p.spans[i].text[:at]
			p.spans = p.spans[:i+1]
		}
		return
	}
}

// cell is a cell of a table.
type cell struct {
	blocks           []block
	columns, rows    int // that it spans
	header, repeated bool
}

// block is a paragraph, a table or a page of HTML that stands in the document.
type block struct {
	paragraph *paragraph
	table     [][]cell
	page      []byte
}

// page writes blocks as a page of HTML, which is then read as any other: so a document
// and the page that it was printed from have the same text.
type page struct {
	b     bytes.Buffer
	size  *bounds.Budget
	depth int // lists of bullets that are open
	err   error
}

func newPage(input int) *page {
	p := &page{size: bounds.NewBudget(input)}
	p.write("<!doctype html><meta charset=utf-8><body>")
	return p
}

func (p *page) write(s string) {
	if p.err == nil {
		p.err = p.size.Spend(len(s))
	}
	if p.err == nil {
		p.b.WriteString(s)
	}
}

func (p *page) end() ([]byte, error) {
	p.openLists(0)
	return p.b.Bytes(), p.err
}

func (p *page) add(blocks ...block) {
	for _, b := range blocks {
		switch {
		case p.err != nil:
			return
		case b.paragraph != nil:
			p.paragraph(b.paragraph)
		case b.table != nil:
			p.table(b.table)
		case b.page != nil:
			p.openLists(0)
			p.write("<div>")
			p.write(string(b.page))
			p.write("</div>")
		}
	}
}

// maxBullets bounds how deep lists are written.
const maxBullets = 9

func (p *page) openLists(depth int) {
	depth = min(depth, maxBullets)
	for ; p.depth < depth; p.depth++ {
		p.write("<ul>")
	}
	for ; p.depth > depth; p.depth-- {
		p.write("</ul>")
	}
}

func (p *page) paragraph(of *paragraph) {
	if of.empty() {
		return
	}
	tag := "p"
	switch {
	case of.bullet > 0:
		tag = "li"
	case of.heading > 0:
		tag = "h" + strconv.Itoa(min(of.heading, 6))
	}
	p.openLists(of.bullet)
	p.write("<" + tag + ">")
	if of.label != "" {
		p.write(html.EscapeString(of.label) + " ")
	}
	for _, s := range of.spans {
		if of.heading > 0 {
			s.bold, s.italic = false, false
		}
		p.span(s)
	}
	p.write("</" + tag + ">")
}

func (p *page) span(s span) {
	var tags []string
	for _, t := range []struct {
		tag string
		is  bool
	}{{"del", s.struck}, {"sup", s.script > 0}, {"sub", s.script < 0}, {"strong", s.bold}, {"em", s.italic}} {
		if t.is && strings.TrimSpace(s.text) != "" {
			tags = append(tags, t.tag)
		}
	}
	if s.href != "" {
		p.write(`<a href="` + html.EscapeString(s.href) + `">`)
	}
	for _, t := range tags {
		p.write("<" + t + ">")
	}
	p.write(strings.ReplaceAll(html.EscapeString(s.text), "\n", "<br>"))
	for i := len(tags) - 1; i >= 0; i-- {
		p.write("</" + tags[i] + ">")
	}
	if s.href != "" {
		p.write("</a>")
	}
}

func (p *page) table(rows [][]cell) {
	p.openLists(0)
	p.write("<table>")
	for _, row := range rows {
		p.write("<tr>")
		for _, c := range row {
			if !c.repeated {
				p.cell(c)
			}
		}
		p.write("</tr>")
	}
	p.write("</table>")
}

func (p *page) cell(c cell) {
	tag := "td"
	if c.header {
		tag = "th"
	}
	p.write("<" + tag)
	if c.columns > 1 {
		p.write(` colspan="` + strconv.Itoa(c.columns) + `"`)
	}
	if c.rows > 1 {
		p.write(` rowspan="` + strconv.Itoa(c.rows) + `"`)
	}
	p.write(">")
	outer := p.depth
	p.depth = 0
	if len(c.blocks) == 1 && c.blocks[0].paragraph != nil && c.blocks[0].paragraph.bullet == 0 {
		only := *c.blocks[0].paragraph
		if only.label != "" {
			p.write(html.EscapeString(only.label) + " ")
		}
		for _, s := range only.spans {
			p.span(s)
		}
	} else {
		p.add(c.blocks...)
	}
	p.openLists(0)
	p.depth = outer
	p.write("</" + tag + ">")
}
