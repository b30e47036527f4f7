package office

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
)

// isFlatOdt reports whether bytes are an OpenDocument text as one file of XML.
func isFlatOdt(body []byte) bool {
	head := body[:min(len(body), 4096)]
	return bytes.Contains(head, []byte("<office:document ")) &&
		bytes.Contains(head, []byte("opendocument.text"))
}

// odt reads an OpenDocument text.
type odt struct {
	styles   map[string]odtStyle
	lists    map[string]*list
	outline  *list
	counted  map[string]*list // lists that go on, by their ID
	deleted  map[string]*element
	notes    []*element
	page     *page
	deadline time.Time
}

// at is where in a document a block stands.
type at struct {
	list   *list
	level  int // in the list, from 1; 0 for none
	first  bool
	struck bool
	index  bool // a table of contents, where each line ends with the number of a page
	start  int  // at which the item is numbered, 0 for one more than before
}

func fromOdt(body []byte, deadline time.Time) ([]byte, error) {
	d := &odt{styles: map[string]odtStyle{}, lists: map[string]*list{}, counted: map[string]*list{},
		deleted: map[string]*element{}, page: newPage(len(body)), deadline: deadline}
	content := body
	if !isFlatOdt(body) {
		a, err := openArchive(body)
		if err != nil {
			return nil, err
		}
		manifest, err := a.part("META-INF/manifest.xml")
		if err != nil {
			return nil, err
		}
		if bytes.Contains(manifest, []byte("encryption-data")) {
			return nil, errEncrypted
		}
		styles, err := a.part("styles.xml")
		if err != nil {
			return nil, err
		}
		if content, err = a.part("content.xml"); err != nil {
			return nil, err
		}
		if err := d.read(newReader(styles, deadline), false); err != nil {
			return nil, err
		}
	}
	if err := d.read(newReader(content, deadline), true); err != nil {
		return nil, err
	}
	d.writeNotes()
	return d.page.end()
}

// read reads a part: its styles, and the blocks of its text one by one.
func (d *odt) read(r *reader, text bool) error {
	inText := false
	for {
		start, err := r.start()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		name := start.Name.Local
		switch {
		case name == "text" && start.Name.Space == "office":
			inText = true
			continue
		case name == "master-styles":
		case inText && text && !isOdtBlock(name), !inText && !isOdtStyle(name):
			continue
		}
		e, err := r.element(start)
		if err != nil {
			return err
		}
		switch {
		case name == "master-styles": // headers and footers
		case inText && text:
			d.page.add(d.block(e, at{})...)
		case !inText:
			d.style(e)
		}
		if d.page.err != nil {
			return d.page.err
		}
	}
}

// isOdtBlock reports whether an element among the text is read as one; sections and indexes
// are passed through.
func isOdtBlock(name string) bool {
	switch name {
	case "p", "h", "list", "table", "tracked-changes", "forms", "frame", "custom-shape", "sequence-decls",
		"variable-decls", "user-field-decls", "section",
		"table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index":
		return true
	}
	return false
}

// block returns what an element among the text is.
func (d *odt) block(e *element, in at) []block {
	switch e.name {
	case "p", "h":
		return d.paragraph(e, in)
	case "list":
		return d.list(e, in)
	case "table":
		return []block{{table: d.table(e, in.struck)}}
	case "tracked-changes":
		for _, region := range e.children {
			if deletion := region.child("deletion"); deletion != nil {
				d.deleted[region.attr("id")] = deletion
			}
		}
	case "section":
		if e.attr("display") == "none" {
			return nil
		}
		return d.among(e, in)
	case "change":
		if deleted := d.deleted[e.attr("change-id")]; deleted != nil {
			in.struck = true
			return d.among(deleted, in)
		}
	case "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index":
		in.index = true
		return d.among(e, in)
	case "index-body", "index-title", "bibliography", "numbered-paragraph", "text-box", "frame", "custom-shape",
		"g", "a", "note-body", "list-item", "list-header":
		return d.among(e, in)
	}
	return nil
}

func (d *odt) among(e *element, in at) (all []block) {
	for _, c := range e.children {
		all = append(all, d.block(c, in)...)
	}
	return all
}

// list reads a list; one in it continues its style.
func (d *odt) list(e *element, in at) (all []block) {
	in.level++
	if name := e.attr("style-name"); name != "" || in.list == nil {
		in.list = d.listOf(e, name)
	}
	if id := e.attr("id"); id != "" && in.list != nil {
		d.counted[id] = in.list
	}
	for _, item := range e.children {
		switch item.name {
		case "list-item":
			in.first, in.start = true, item.number("start-value", 0)
		case "list-header":
			in.first = false
		default:
			continue
		}
		for _, c := range item.children {
			all = append(all, d.block(c, in)...)
			if c.name == "p" || c.name == "h" {
				in.first, in.start = false, 0
			}
		}
	}
	return all
}

// listOf returns the list that an element begins or continues.
func (d *odt) listOf(e *element, style string) *list {
	if before := d.counted[e.attr("continue-list")]; before != nil {
		return before
	}
	known := d.lists[style]
	if known == nil || e.attr("continue-numbering") == "true" {
		return known
	}
	fresh := &list{levels: known.levels}
	d.lists[style] = fresh // which a list that goes on continues
	return fresh
}

// paragraph reads a paragraph and the boxes in it, which follow.
func (d *odt) paragraph(e *element, in at) []block {
	s := d.styles["paragraph "+e.attr("style-name")]
	if s.hidden {
		return nil
	}
	p := &paragraph{}
	if e.name == "h" {
		p.heading = min(max(e.number("outline-level", 1), 1), 6)
	} else if s.title {
		p.heading = 1
	}
	t := &odtRuns{d: d, p: p}
	t.walk(e, look{struck: in.struck || s.struck, bold: s.bold})
	if in.index {
		p.cutPageNumber()
	}
	if p.empty() {
		return t.boxes
	}
	switch {
	case in.level > 0 && in.first && in.list != nil:
		if level := in.level - 1; level < levels {
			if in.start > 0 {
				in.list.count[level], in.list.begun[level] = in.start-1, true
			}
			p.label, p.bullet = in.list.next(level)
		}
	case e.name == "h" && in.level == 0 && d.outline != nil && e.attr("is-list-header") != "true":
		if level := e.number("outline-level", 1) - 1; level >= 0 && level < levels {
			p.label, p.bullet = d.outline.next(level)
		}
	}
	return append([]block{{paragraph: p}}, t.boxes...)
}

// maxRepeated bounds what a table says is repeated: rows and cells that are empty.
const maxRepeated = 100

func (d *odt) table(e *element, struck bool) (rows [][]cell) {
	for _, c := range e.children {
		switch c.name {
		case "table-header-rows", "table-rows", "table-row-group":
			inner := d.table(c, struck)
			if c.name == "table-header-rows" {
				for _, row := range inner {
					for i := range row {
						row[i].header = true
					}
				}
			}
			rows = append(rows, inner...)
		case "table-row":
			var row []cell
			for _, tc := range c.children {
				if tc.name != "table-cell" && tc.name != "covered-table-cell" {
					continue
				}
				of := cell{blocks: d.among(tc, at{struck: struck}), columns: max(tc.number("number-columns-spanned", 1), 1),
					rows: max(tc.number("number-rows-spanned", 1), 1), repeated: tc.name == "covered-table-cell"}
				for range min(max(tc.number("number-columns-repeated", 1), 1), maxRepeated) {
					row = append(row, of)
				}
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func (d *odt) writeNotes() {
	for i := 0; i < len(d.notes); i++ {
		blocks := d.among(d.notes[i], at{})
		for _, b := range blocks {
			if b.paragraph != nil && !b.paragraph.empty() {
				b.paragraph.spans = append([]span{{strconv.Itoa(i + 1), look{script: 1}}, {" ", look{}}},
					b.paragraph.spans...)
				break
			}
		}
		d.page.add(blocks...)
	}
}

// odtRuns reads what stands in a paragraph.
type odtRuns struct {
	d     *odt
	p     *paragraph
	boxes []block
}

func (t *odtRuns) walk(e *element, l look) {
	for _, c := range e.children {
		t.piece(c, l)
	}
}

func (t *odtRuns) piece(c *element, l look) {
	switch c.name {
	case "":
		t.p.add(collapsed(c.text), l)
	case "span":
		s := t.d.styles["text "+c.attr("style-name")]
		if s.hidden {
			return
		}
		l.bold, l.italic, l.struck = l.bold || s.bold, l.italic || s.italic, l.struck || s.struck
		if s.script != 0 {
			l.script = s.script
		}
		t.walk(c, l)
	case "a":
		if to := c.attr("href"); strings.Contains(to, ":") {
			l.href = to
		}
		t.walk(c, l)
	case "s":
		t.p.add(" ", l)
	case "tab":
		t.p.add("\t", l)
	case "line-break":
		t.p.add("\n", l)
	case "note":
		t.d.notes = append(t.d.notes, c.child("note-body"))
		l.script = 1
		t.p.add(strconv.Itoa(len(t.d.notes)), l)
	case "change":
		t.deleted(c.attr("change-id"), l)
	case "frame", "custom-shape", "text-box", "g", "rect":
		t.boxes = append(t.boxes, t.d.among(c, at{struck: l.struck})...)
	case "annotation", "annotation-end", "page-number", "page-count", "hidden-text", "hidden-paragraph", "ruby-text",
		"tracked-changes", "soft-page-break", "bookmark", "bookmark-start", "bookmark-end", "desc", "title", "script":
	default: // fields, with what they show
		t.walk(c, l)
	}
}

// deleted writes text that is proposed to be taken out, at the place where it was.
func (t *odtRuns) deleted(id string, l look) {
	deletion := t.d.deleted[id]
	if deletion == nil {
		return
	}
	l.struck = true
	written := false
	for _, c := range deletion.children {
		if c.name != "p" && c.name != "h" {
			t.boxes = append(t.boxes, t.d.block(c, at{struck: true})...)
			continue
		}
		if written {
			t.p.add(" ", l)
		}
		t.walk(c, l)
		written = true
	}
}

// collapsed writes each run of spaces in the source as one, as the format has it: others
// are elements, and one that doesn't break is none of them.
func collapsed(text string) string {
	var b strings.Builder
	before := false
	for _, r := range text {
		space := r == ' ' || r == '\t' || r == '\r' || r == '\n'
		switch {
		case !space:
			b.WriteRune(r)
		case !before:
			b.WriteByte(' ')
		}
		before = space
	}
	return b.String()
}
