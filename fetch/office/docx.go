package office

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"time"

	"fineprint/fetch/charset"
)

// docx reads a document of Word: a stream of blocks in one part, and others that say how
// they look and are numbered, where links lead, and what stands in notes.
type docx struct {
	archive  *archive
	folder   string            // of the text's part
	targets  map[string]target // by relation
	styles   map[string]style
	numbers  *numbering
	notes    map[string]*element // by kind and ID
	order    []string            // of the notes as they are referred to
	known    map[string]int      // their numbers
	fields   []field             // that are open
	page     *page
	deadline time.Time
}

// target is where a relation leads.
type target struct {
	address  string
	external bool
	kind     string // the last part of its type: "hyperlink", "numbering"
}

// field is one that the program fills in, open in a paragraph or over several.
type field struct {
	instruction string
	result      bool // its result has begun
	href        string
}

func fromDocx(body []byte, deadline time.Time) ([]byte, error) {
	a, err := openArchive(body)
	if err != nil {
		return nil, err
	}
	d := &docx{archive: a, notes: map[string]*element{}, known: map[string]int{}, page: newPage(len(body)), deadline: deadline}
	main, err := d.open()
	if err != nil {
		return nil, err
	}
	if err := d.blocks(newReader(main, deadline)); err != nil {
		return nil, err
	}
	d.writeNotes()
	return d.page.end()
}

// open finds the part with the text and reads those beside it.
func (d *docx) open() (main []byte, err error) {
	name := "word/document.xml"
	root, err := d.relations("_rels/.rels")
	if err != nil {
		return nil, err
	}
	for _, t := range root {
		if t.kind == "officeDocument" && !t.external {
			name = strings.TrimPrefix(path.Clean("/"+t.address), "/")
		}
	}
	d.folder = path.Dir(name)
	if main, err = d.archive.part(name); err != nil {
		return nil, err
	}
	if len(main) == 0 {
		return nil, fmt.Errorf("%w: the part with its text is missing", ErrDamaged)
	}
	if d.targets, err = d.relations(path.Join(d.folder, "_rels", path.Base(name)+".rels")); err != nil {
		return nil, err
	}
	styles, err := d.beside("styles", "styles.xml")
	if err != nil {
		return nil, err
	}
	d.styles = stylesOf(styles)
	numbers, err := d.beside("numbering", "numbering.xml")
	if err != nil {
		return nil, err
	}
	d.numbers = numberingOf(numbers)
	for _, kind := range []string{"footnote", "endnote"} {
		notes, err := d.beside(kind+"s", kind+"s.xml")
		if err != nil {
			return nil, err
		}
		for _, n := range notes.children {
			d.notes[kind+n.attr("id")] = n
		}
	}
	return main, nil
}

// relations reads where the relations of a part lead.
func (d *docx) relations(name string) (map[string]target, error) {
	part, err := d.archive.part(name)
	if err != nil {
		return nil, err
	}
	list, err := whole(part, d.deadline)
	if err != nil {
		return nil, err
	}
	targets := map[string]target{}
	for _, r := range list.children {
		if r.name == "Relationship" {
			targets[r.attr("Id")] = target{r.attr("Target"), r.attr("TargetMode") == "External", path.Base(r.attr("Type"))}
		}
	}
	return targets, nil
}

// beside reads a part that stands beside the text; an empty element without it.
func (d *docx) beside(kind, name string) (*element, error) {
	name = path.Join(d.folder, name)
	for _, t := range d.targets {
		if t.kind == kind && !t.external {
			name = d.partName(t.address)
		}
	}
	part, err := d.archive.part(name)
	if err != nil {
		return nil, err
	}
	return whole(part, d.deadline)
}

func (d *docx) partName(address string) string {
	if strings.HasPrefix(address, "/") {
		return strings.TrimPrefix(path.Clean(address), "/")
	}
	return strings.TrimPrefix(path.Clean("/"+path.Join(d.folder, address)), "/")
}

// blocks reads the text block by block: each is written and forgotten, however many there
// are. What only holds blocks is passed through.
func (d *docx) blocks(r *reader) error {
	for {
		start, err := r.start()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		switch start.Name.Local {
		case "p", "tbl", "altChunk", "sdtPr", "sectPr", "background", "customXmlPr":
			e, err := r.element(start)
			if err != nil {
				return err
			}
			blocks, err := d.block(e, false)
			if err != nil {
				return err
			}
			d.page.add(blocks...)
			if d.page.err != nil {
				return d.page.err
			}
		}
	}
}

// block returns what an element among blocks is; struck says that it is in a row that was
// taken out.
func (d *docx) block(e *element, struck bool) ([]block, error) {
	switch e.name {
	case "p":
		return d.paragraph(e, struck)
	case "tbl":
		rows, err := d.table(e)
		return []block{{table: rows}}, err
	case "altChunk":
		page, err := d.chunk(e.attr("id"))
		return []block{{page: page}}, err
	case "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "txbxContent":
		return d.among(e, struck)
	case "del", "moveFrom":
		return d.among(e, true)
	}
	return nil, nil
}

func (d *docx) among(e *element, struck bool) (all []block, err error) {
	for _, c := range e.children {
		blocks, err := d.block(c, struck)
		if err != nil {
			return nil, err
		}
		all = append(all, blocks...)
	}
	return all, nil
}

// chunk is a page that was put into the document as it is.
func (d *docx) chunk(id string) ([]byte, error) {
	t := d.targets[id]
	if t.address == "" || t.external {
		return nil, nil
	}
	part, err := d.archive.part(d.partName(t.address))
	if err != nil {
		return nil, err
	}
	if isMail(part) {
		part, _, err = fromMail(part)
		return part, err
	}
	if kind, _ := Find(part); kind != "" {
		return nil, &Unreadable{"a Word document that holds another as a part", "open it in Word and save it again"}
	}
	text, err := charset.Decode(charset.Input{Body: part, Page: true})
	return text.UTF8, err
}

// table reads the rows of a table, and of the cells how far they reach.
func (d *docx) table(e *element) ([][]cell, error) {
	var rows [][]cell
	above := map[int]*cell{} // the cell that goes on downwards, by column
	for i, tr := range rowsIn(e, "tr") {
		var row []cell
		column := tr.child("trPr", "gridBefore").number("val", 0)
		column = max(min(column, maxNodes), 0)
		header := isOn(tr.child("trPr", "tblHeader")) || i == 0 && firstIsHeader(e)
		struck := tr.child("trPr", "del") != nil
		for _, tc := range rowsIn(tr, "tc") {
			blocks, err := d.among(tc, struck)
			if err != nil {
				return nil, err
			}
			properties := tc.child("tcPr")
			c := cell{blocks: blocks, columns: max(properties.child("gridSpan").number("val", 1), 1), header: header}
			if merge := properties.child("vMerge"); merge != nil && merge.attr("val") != "restart" {
				if up := above[column]; up != nil {
					up.rows = max(up.rows, 1) + 1
					c.repeated = true
				}
			}
			row = append(row, c)
			column += c.columns
		}
		rows = append(rows, row)
		column = 0
		for i := range row {
			if !row[i].repeated {
				above[column] = &row[i]
			}
			column += row[i].columns
		}
	}
	return rows, nil
}

// firstIsHeader reports whether the first row of a table looks like one of headings.
func firstIsHeader(table *element) bool {
	look := table.child("tblPr", "tblLook")
	if first := look.attr("firstRow"); first != "" {
		return first == "1" || first == "true"
	}
	bits, err := strconv.ParseUint(look.attr("val"), 16, 16)
	return err == nil && bits&0x20 != 0
}

// rowsIn lists the elements of a name in another, also those that are wrapped.
func rowsIn(e *element, name string) (list []*element) {
	for _, c := range e.children {
		switch c.name {
		case name:
			list = append(list, c)
		case "sdt", "sdtContent", "customXml", "ins", "del":
			list = append(list, rowsIn(c, name)...)
		}
	}
	return list
}

// writeNotes writes the notes that the text refers to, in their order.
func (d *docx) writeNotes() {
	for i := 0; i < len(d.order); i++ { // a note may refer to another
		note := d.notes[d.order[i]]
		if note == nil {
			continue
		}
		blocks, err := d.among(note, false)
		if err != nil {
			d.page.err = err
			return
		}
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

// maxNotes bounds the notes that a text refers to.
const maxNotes = 20_000

// note returns the number of a note, which it has by the place where it is first referred to.
func (d *docx) note(id string) string {
	if n := d.known[id]; n > 0 {
		return strconv.Itoa(n)
	}
	if len(d.order) >= maxNotes || d.notes[id] == nil {
		return ""
	}
	d.order = append(d.order, id)
	d.known[id] = len(d.order)
	return strconv.Itoa(len(d.order))
}
