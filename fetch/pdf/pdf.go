// Package pdf makes the readable text of a PDF, as Markdown.
//
// A PDF holds no text but glyphs at places of a page. They are read by PDFium inside a
// WebAssembly sandbox with its own memory (sandbox.go), since no parser in Go can be
// stopped or bounded from outside, and put in the order in which a reader reads them
// (layout.go).
//
// It is pure: the same bytes give the same text. What comes out is bounded as in
// [bounds], the pages and pieces of text here.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"fineprint/fetch/bounds"
	"fineprint/store/model"
)

const (
	maxPages = 1000
	maxBoxes = 200_000
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
	text := layOut(pages)
	if text == "" {
		return "", fmt.Errorf("%w: the PDF holds no text; it may be a scan", model.ErrInvalid)
	}
	return text, nil
}

// readPages reads the boxes of text on each page.
func readPages(ctx context.Context, reader pdfium.Pdfium, body []byte) ([][]box, error) {
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
	var pages [][]box
	left, text := maxBoxes, bounds.NewBudget(len(body))
	for i := range count.PageCount {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		page, err := readPage(reader, doc.Document, i)
		if err != nil {
			return nil, fmt.Errorf("%w: page %d of the PDF can't be read: %w", model.ErrInvalid, i+1, plainSandbox(err))
		}
		if left -= len(page); left < 0 {
			return nil, fmt.Errorf("%w: it has more than %d pieces of text", bounds.ErrTooMuch, maxBoxes)
		}
		if err := spendBoxes(text, page); err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// errSandbox replaces what the sandbox reports of itself: a trace of its machine.
var errSandbox = errors.New("the PDF reader failed or ran out of memory")

func plainSandbox(err error) error {
	if strings.Contains(err.Error(), "wasm") {
		return errSandbox
	}
	return err
}

// spendBoxes counts the text of a page's pieces: those that overlap hold each
// other's.
func spendBoxes(b *bounds.Budget, page []box) error {
	for _, piece := range page {
		if err := b.Spend(len(piece.text)); err != nil {
			return err
		}
	}
	return nil
}

func readPage(reader pdfium.Pdfium, doc references.FPDF_DOCUMENT, n int) ([]box, error) {
	found,
		err := reader.GetPageTextStructured(&requests.GetPageTextStructured{Mode: requests.GetPageTextStructuredModeRects,
		Page: requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: n}}})
	if err != nil {
		return nil, err
	}
	var page []box
	for _, r := range found.Rects {
		p := r.PointPosition
		page = append(page, box{left: p.Left, right: p.Right, top: max(p.Top, p.Bottom), bottom: min(p.Top, p.Bottom),
			text: r.Text})
	}
	return page, nil
}
