// Package pdf makes the readable text of a PDF, as Markdown.
//
// A PDF holds no text but glyphs at places of a page. They are read by PDFium inside a
// WebAssembly sandbox with its own memory (sandbox.go), since no parser in Go can be
// stopped or bounded from outside. What a reader sees in them is made here: words of the
// gaps between glyphs (line.go), the order in which columns and tables are read (order.go,
// table.go), the text without what is printed around it on each page (running.go,
// margin.go) or leads to a page (leader.go), paragraphs and headings (paragraph.go), and
// whole words where a line's end divides them (hyphen.go). A glyph of which its font doesn't
// say what letter it draws is U+FFFD, never another letter.
//
// Two prints of one text, in other columns, letters or margins and by other producers, are
// to give one text: what is read is decided by how glyphs stand to each other, never by
// the name of a producer. PDFium's order is kept where it can be, for nearly all producers
// draw a page in the order in which it is read.
//
// It is pure: the same bytes give the same text. What comes out is bounded as in
// [bounds], the pages and pieces of text here.
//
// Size: all of it measures the same lines and words, which no other package is to know.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"fineprint/fetch/bounds"
	"fineprint/store/model"
)

const (
	maxPages = 1000
	maxLines = 200_000
	// asideBy is further than any page is high, in points.
	asideBy = 20_000
)

// readers makes those who read PDFs wait for each other, so that their memory is one
// sandbox's.
var readers = make(bounds.Semaphore, 1)

// Text makes the readable Markdown of a PDF. The error wraps [model.ErrInvalid] for what
// is no PDF, can't be read or holds no text, and [bounds.ErrTooMuch] when reading takes
// more than is allowed.
func Text(body []byte) (string, error) {
	return readers.Run(func(deadline time.Time) (string, error) { return read(body, deadline) })
}

func read(body []byte, deadline time.Time) (string, error) {
	if !bytes.Contains(body[:min(len(body), 1024)], []byte("%PDF-")) {
		return "", fmt.Errorf("%w: it is not a PDF", model.ErrInvalid)
	}
	ctx, cancel := context.WithDeadline(context.Background(), deadline)
	defer cancel()
	sandbox, err := openSandbox(ctx)
	if err != nil {
		return "", err
	}
	defer func() { _ = sandbox.Close() }()
	reader, err := sandbox.GetInstance(time.Until(deadline))
	if err != nil {
		return "", fmt.Errorf("starting the PDF reader: %w", err)
	}
	pages, err := readPages(ctx, reader, body)
	switch {
	case ctx.Err() != nil:
		return "", bounds.ErrTime()
	case err != nil:
		return "", err
	}
	return written(pages)
}

// written writes the lines of a document's pages as Markdown.
func written(pages [][]line) (string, error) {
	pages = withoutPageNumbers(withoutLineNumbers(pages))
	measured := newLayout(pages)
	pages = withoutRunning(pages, measured.usual)
	blocks := make([][]block, len(pages))
	for i, page := range pages {
		if len(page) > 0 {
			pages[i] = inOrder(withInitials(page, measured.vocabulary))
		}
	}
	measured = newLayout(pages)
	for i, page := range pages {
		blocks[i] = measured.blocksOf(page)
	}
	text := measured.markdown(measured.joinPages(blocks))
	if text == "" {
		return "", fmt.Errorf("%w: the PDF holds no text; it may be a scan", model.ErrInvalid)
	}
	return text, nil
}

// errUnreadable: a PDF's fonts don't say which letters they draw.
var errUnreadable = fmt.Errorf("%w: the PDF's fonts don't say which letters they draw, so that it can be seen but not "+
	"read; take the page or another file of the document", model.ErrInvalid)

// legibility counts how many of a document's glyphs are no letters that a text has.
type legibility struct{ glyphs, odd, guessed int }

func (n *legibility) count(page []glyph) {
	same := 0
	for i, g := range page {
		if isSpace(g.char) || g.height() <= 0 {
			continue
		}
		n.glyphs++
		// A glyph may be a ligature of three letters; one that is said to be ten is none.
		if i > 0 && g.left == page[i-1].left && g.right == page[i-1].right && g.top == page[i-1].top {
			same++
		} else {
			same = 0
		}
		if isOdd(g.char) || same > 3 {
			n.odd++
		}
		if g.guessed {
			n.guessed++
		}
	}
}

// isOdd reports whether a character is none that prose has many of: a control character, one
// that is unknown, unassigned or of private use, or a dingbat.
func isOdd(r rune) bool {
	return r < ' ' && r != '\u0002' || r >= 0x7f && r < 0xa0 || r == unknown ||
		unicode.In(r, unicode.Co, unicode.So) || !unicode.IsGraphic(r) && !unicode.In(r, unicode.Cf)
}

// legible returns an error for a document that mostly is none.
func (n *legibility) legible() error {
	const (
		most = 10 // percent; a form has boxes to tick, TeX's fonts quotes and ligatures
		// accented is more than any text in Latin letters has of them.
		accented = 25
	)
	if n.odd*100 > n.glyphs*most || n.guessed*100 > n.glyphs*accented {
		return errUnreadable
	}
	return nil
}

// readPages reads the lines of text on each page.
func readPages(ctx context.Context, reader pdfium.Pdfium, body []byte) ([][]line, error) {
	doc, err := reader.OpenDocument(&requests.OpenDocument{File: &body})
	if err != nil {
		return nil, fmt.Errorf("%w: the PDF can't be read: %w", model.ErrInvalid, plainSandbox(err))
	}
	count, err := reader.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil {
		return nil, fmt.Errorf("%w: the PDF can't be read: %w", model.ErrInvalid, plainSandbox(err))
	}
	if count.PageCount > maxPages {
		return nil, fmt.Errorf("%w: it has %d pages", bounds.ErrTooMuch, count.PageCount)
	}
	var pages [][]line
	left, text := maxLines, bounds.NewBudget(len(body))
	var legible legibility
	fills := hasForm(reader, doc.Document)
	for i := range count.PageCount {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		fields := math.MaxInt
		if fills {
			fields = fillIn(reader, doc.Document, i)
		}
		sheets, err := readPage(reader, doc.Document, i, &legible)
		if err != nil {
			return nil, fmt.Errorf("%w: page %d of the PDF can't be read: %w", model.ErrInvalid, i+1, plainSandbox(err))
		}
		for _, page := range sheets {
			if left -= len(page); left < 0 {
				return nil, fmt.Errorf("%w: it has more than %d pieces of text", bounds.ErrTooMuch, maxLines)
			}
			if err := spend(text, page); err != nil {
				return nil, err
			}
		}
		pages = append(pages, putFields(slices.Concat(sheets...), fields))
	}
	return pages, legible.legible()
}

// errSandbox replaces what the sandbox reports of itself: a trace of its machine.
var errSandbox = errors.New("the PDF reader failed or ran out of memory")

func plainSandbox(err error) error {
	if strings.Contains(err.Error(), "wasm") {
		return errSandbox
	}
	return err
}

// spend counts the text of a page.
func spend(b *bounds.Budget, page []line) error {
	for _, l := range page {
		for _, w := range l.words {
			if err := b.Spend(len(w.text) + 1); err != nil {
				return err
			}
		}
	}
	return nil
}

// hasForm reports whether a document has a form to fill in.
func hasForm(reader pdfium.Pdfium, doc references.FPDF_DOCUMENT) bool {
	form, err := reader.FPDF_GetFormType(&requests.FPDF_GetFormType{Document: doc})
	return err == nil && form.FormType != enums.FPDF_FORMTYPE_NONE
}

// fillIn makes what a form's fields on a page show part of its text, behind all the other. It
// returns how many characters the other is. A page that can't be filled in is read without.
func fillIn(reader pdfium.Pdfium, doc references.FPDF_DOCUMENT, n int) int {
	page := requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: n}}
	annots, err := reader.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: page})
	if err != nil || annots.Count == 0 {
		return math.MaxInt
	}
	loaded, err := reader.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return math.MaxInt
	}
	count, err := reader.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: loaded.TextPage})
	_, _ = reader.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: loaded.TextPage})
	if err != nil {
		return math.MaxInt
	}
	_, _ = reader.FPDFPage_Flatten(&requests.FPDFPage_Flatten{Page: page,
		Usage: requests.FPDFPage_FlattenUsageNormalDisplay})
	return count.Count
}

// readPage reads the lines of a page, those that are turned another way apart.
func readPage(reader pdfium.Pdfium, doc references.FPDF_DOCUMENT, n int, legible *legibility) ([][]line, error) {
	loaded, err := reader.FPDFText_LoadPage(&requests.FPDFText_LoadPage{
		Page: requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: n}}})
	if err != nil {
		return nil, err
	}
	p := textPage{reader, loaded.TextPage}
	defer func() { _, _ = reader.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: p.ref}) }()
	count, err := reader.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: p.ref})
	if err != nil {
		return nil, err
	}
	glyphs, err := p.glyphs(count.Count)
	if err != nil {
		return nil, err
	}
	legible.count(glyphs)
	var pages [][]line
	serial := 0
	for n, sheet := range sheets(glyphs) {
		for i := range sheet { // what is turned another way comes below
			sheet[i].top -= float64(n) * asideBy
			sheet[i].bottom -= float64(n) * asideBy
		}
		lines := linesOf(sheet)
		for i := range lines {
			lines[i].serial = serial
			serial++
			if lines[i].bold, err = p.isBold(lines[i]); err != nil {
				return nil, err
			}
		}
		serial++
		mirrorLines(lines)
		pages = append(pages, lines)
	}
	return pages, nil
}
