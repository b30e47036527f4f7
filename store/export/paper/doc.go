// Package paper sets text on the pages of a PDF: paragraphs of several faces, quotes,
// names with values, tables and chips, with bookmarks, links and page numbers.
//
// It is not for what a record says, nor for which sections it has: package export
// ranges over those and calls the methods of [Document].
//
// Invariants: equal calls give equal bytes; nothing is drawn that the faces lack: what
// stands for it names the script and the number of characters; a block that doesn't fit
// goes on with the next page, line by line.
//
// Decisions. The file is written by fpdf, which keeps a document until its end: it is
// given each page as a template of ours, compressed as soon as the page is full, so that
// a thousand records stay below 150 MB. The faces are subsets of Noto Serif, Sans and
// Sans Mono and of DejaVu Sans, kept compressed (fonts/make makes them again; their
// licences are beside it), and fpdf embeds of them what a document uses.
package paper

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/klauspost/compress/zstd"
)

// The page is A4, in points.
const (
	pageWidth  = 595.28
	pageHeight = 841.89
	left       = 76.0
	right      = pageWidth - 76.0
	top        = 84.0
	bottom     = pageHeight - 84.0
	// Width is that of the text.
	Width = right - left
)

// Color is red, green and blue.
type Color struct{ R, G, B uint8 }

// The colours.
var (
	Ink      = Color{0x1c, 0x1e, 0x21}
	Muted    = Color{0x5a, 0x62, 0x6c}
	Rule     = Color{0xcf, 0xd5, 0xdc}
	Accent   = Color{0x1d, 0x3f, 0x66}
	Link     = Color{0x1a, 0x4f, 0x8f}
	Inserted = Color{0x0b, 0x4f, 0x9e}
	Deleted  = Color{0x9a, 0x3b, 0x00}
)

// Document is a PDF as it is set.
type Document struct {
	pdf    *fpdf.Fpdf
	page   *page // nil before the first and between two
	pages  int
	header [2]string // left and right
	footer string
	y      float64 // where the next line begins
	latest time.Time
}

// page is what is drawn on one page.
type page struct {
	texts  []text
	rects  []rect
	links  []link
	marks  []bookmark
	header bool
}

type text struct {
	x, y  float64 // of the base line
	face  Face
	size  float64
	color Color
	s     string
}

// rect is a filled rectangle; with line, one drawn around.
type rect struct {
	x, y, w, h float64
	color      Color
	line       float64
	round      float64
}

type link struct {
	x, y, w, h float64
	url        string
}

type bookmark struct {
	level int
	y     float64
	s     string
}

// New begins a document. The tool is named as its producer.
func New(title, tool string) (*Document, error) {
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: pageWidth, Ht: pageHeight}})
	pdf.SetCatalogSort(true)
	pdf.SetCompression(true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetLang("en")
	pdf.SetDisplayMode("fullwidth", "continuous")
	pdf.AliasNbPages(allPages)
	pdf.SetTitle(outside(title), true)
	pdf.SetProducer(outside(tool), true)
	pdf.SetCreator(outside(tool), true)
	for f := range faces() {
		pdf.AddUTF8FontFromBytes(Face(f).family(), "", faces()[f].ttf)
	}
	return &Document{pdf: pdf, latest: Epoch}, pdf.Error()
}

// Epoch is the date of a document of which nothing has one.
var Epoch = time.Unix(0, 0).UTC()

// SetTitle names the document.
func (d *Document) SetTitle(s string) { d.pdf.SetTitle(outside(s), true) }

// allPages stands for the number of pages until it is known.
const allPages = "{all}"

// Begin begins a part of the document on a new page, with a bookmark. What is at the
// head of each of its other pages, and at the foot of all, goes with it. The document is
// as old as its youngest part.
func (d *Document) Begin(bookmark, headLeft, headRight, foot string, at time.Time) {
	d.endPage()
	d.header, d.footer = [2]string{headLeft, headRight}, foot
	if at.After(d.latest) {
		d.latest = at.UTC()
	}
	d.beginPage(false)
	d.y = top - 22
	d.Bookmark(0, bookmark)
}

// Bookmark puts what follows into the outline.
func (d *Document) Bookmark(level int, s string) {
	d.page.marks = append(d.page.marks, bookmark{level, max(d.y-10, 0), outside(s)})
}

func (d *Document) beginPage(header bool) {
	d.page = &page{header: header}
	d.y = top
}

// room makes sure that a height fits below, on the next page if need be.
func (d *Document) room(h float64) {
	if d.page == nil || d.y+h > bottom && d.y > top {
		d.endPage()
		d.beginPage(true)
	}
}

// Space leaves some, except at the head of a page.
func (d *Document) Space(h float64) {
	if d.y > top {
		d.y += h
	}
}

// endPage draws a page, and keeps it compressed.
func (d *Document) endPage() {
	p := d.page
	if p == nil {
		return
	}
	d.page = nil
	d.pages++
	d.furnish(p)
	drawn := d.pdf.CreateTemplate(func(t *fpdf.Tpl) { p.draw(&t.Fpdf) })
	d.pdf.AddPage()
	d.pdf.UseTemplate(pack(d.pages, drawn))
	for _, l := range p.links {
		d.pdf.LinkString(l.x, l.y, l.w, l.h, l.url)
	}
	d.pdf.SetFont(Sans.family(), "", 8)
	for _, m := range p.marks {
		d.pdf.Bookmark(m.s, m.level, m.y)
	}
	d.pdf.SetTextColor(int(Muted.R), int(Muted.G), int(Muted.B))
	d.pdf.Text(right-22, bottom+38, allPages)
}

// furnish adds the head, the foot and the page number but for the number of all pages.
func (d *Document) furnish(p *page) {
	const size = 7.5
	if p.header {
		p.rects = append(p.rects, rect{x: left, y: top - 26, w: Width, h: 0.5, color: Rule})
		first := fit(d.header[0], Bold, size, Width/2)
		p.texts = append(p.texts, text{left, top - 33, Bold, size, Muted, first})
		rest := Width - widthOf(first, Bold, size) - 16
		second := fit(d.header[1], Sans, size, rest)
		p.texts = append(p.texts, text{right - widthOf(second, Sans, size), top - 33, Sans, size, Muted, second})
	}
	p.rects = append(p.rects, rect{x: left, y: bottom + 24, w: Width, h: 0.5, color: Rule})
	p.texts = append(p.texts, text{left, bottom + 38, Sans, size, Muted, fit(d.footer, Sans, size, Width-80)})
	n := fmt.Sprintf("%d / ", d.pages)
	p.texts = append(p.texts, text{right - 22 - widthOf(n, Sans, 8), bottom + 38, Sans, 8, Muted, n})
}

func (p *page) draw(pdf *fpdf.Fpdf) {
	for _, r := range p.rects {
		style := "F"
		if r.line > 0 {
			style = "D"
			pdf.SetLineWidth(r.line)
		}
		pdf.SetDrawColor(int(r.color.R), int(r.color.G), int(r.color.B))
		pdf.SetFillColor(int(r.color.R), int(r.color.G), int(r.color.B))
		if r.round > 0 {
			pdf.RoundedRect(r.x, r.y, r.w, r.h, r.round, "1234", style)
		} else {
			pdf.Rect(r.x, r.y, r.w, r.h, style)
		}
	}
	for _, t := range p.texts {
		pdf.SetFont(t.face.family(), "", t.size)
		pdf.SetTextColor(int(t.color.R), int(t.color.G), int(t.color.B))
		pdf.Text(t.x, t.y, t.s)
	}
}

// Close writes the document.
func (d *Document) Close(w io.Writer) error {
	d.endPage()
	d.pdf.SetCreationDate(d.latest)
	d.pdf.SetModificationDate(d.latest)
	if err := d.pdf.Output(w); err != nil {
		return fmt.Errorf("writing the PDF: %w", err)
	}
	return nil
}

// SetKeywords sets what is written in the document's properties and printed nowhere; it must
// be ASCII.
func (d *Document) SetKeywords(s string) { d.pdf.SetKeywords(s, false) }

// SetAuthor names who answers for the document.
func (d *Document) SetAuthor(s string) { d.pdf.SetAuthor(outside(s), true) }

// outside makes text fit for what a reader shows outside the pages in a face of its
// own. What fpdf can't write there, characters beyond the first 65,536, goes.
func outside(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFFFF {
			return -1
		}
		return r
	}, visible(strings.Join(strings.Fields(s), " ")))
}

// packedPage is a page as fpdf uses a template, compressed until it is written.
type packedPage struct {
	id     string
	packed []byte
}

func pack(n int, drawn fpdf.Template) *packedPage {
	return &packedPage{fmt.Sprintf("%07d", n), bytes.Clone(packer().EncodeAll(drawn.Bytes(), nil))}
}

// packer and unpacker are for all documents; EncodeAll and DecodeAll may be called at
// once.
var (
	packer = sync.OnceValue(func() *zstd.Encoder {
		e, _ := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest),
			zstd.WithWindowSize(64<<10)) // no option can be wrong
		return e
	})
	unpacker = sync.OnceValue(func() *zstd.Decoder {
		d, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1)) // as above
		return d
	})
)

// ID names it within the document.
func (p *packedPage) ID() string { return p.id }

// Size is where it goes, and how large it is.
func (p *packedPage) Size() (fpdf.PointType, fpdf.SizeType) {
	return fpdf.PointType{}, fpdf.SizeType{Wd: pageWidth, Ht: pageHeight}
}

// Bytes unpacks it.
func (p *packedPage) Bytes() []byte {
	b, _ := unpacker().DecodeAll(p.packed, nil) // packed above
	return b
}

// Images and Templates are what it uses of them: none.
func (p *packedPage) Images() map[string]*fpdf.ImageInfoType { return nil }

// Templates lists none.
func (p *packedPage) Templates() []fpdf.Template { return nil }

// NumPages is one.
func (p *packedPage) NumPages() int { return 1 }

// FromPage is the page itself.
func (p *packedPage) FromPage(int) (fpdf.Template, error) { return p, nil }

// FromPages lists it.
func (p *packedPage) FromPages() []fpdf.Template { return []fpdf.Template{p} }

var errNotKept = errors.New("a page is not kept outside its document")

// Serialize and what follows are for keeping templates in files.
func (p *packedPage) Serialize() ([]byte, error) { return nil, errNotKept }

// GobEncode fails.
func (p *packedPage) GobEncode() ([]byte, error) { return nil, errNotKept }

// GobDecode fails.
func (p *packedPage) GobDecode([]byte) error { return errNotKept }
