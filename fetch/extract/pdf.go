package extract

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

	"fineprint/store/model"
)

const (
	maxPDFPages = 1000
	maxPDFBoxes = 200_000
)

// pdfSemaphore makes readers of PDFs wait for each other, so that their memory is one
// sandbox's.
var pdfSemaphore = make(semaphore, 1)

func fromPDF(body []byte, deadline time.Time) (string, error) {
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
	pages, err := pdfPages(ctx, reader, body)
	switch {
	case ctx.Err() != nil:
		return "", fmt.Errorf("%w: more than %s", ErrTooMuch, maxTime)
	case err != nil:
		return "", err
	}
	text := layOut(pages)
	if text == "" {
		return "", fmt.Errorf("%w: the PDF holds no text; it may be a scan", model.ErrInvalid)
	}
	return text, nil
}

// pdfPages reads the boxes of text on each page.
func pdfPages(ctx context.Context, reader pdfium.Pdfium, body []byte) ([][]box, error) {
	doc, err := reader.OpenDocument(&requests.OpenDocument{File: &body})
	if err != nil {
		return nil, fmt.Errorf("%w: the PDF can't be read: %w", model.ErrInvalid, plainSandbox(err))
	}
	count, err := reader.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil {
		return nil, fmt.Errorf("%w: the PDF can't be read: %w", model.ErrInvalid, plainSandbox(err))
	}
	if count.PageCount > maxPDFPages {
		return nil, fmt.Errorf("%w: it has %d pages", ErrTooMuch, count.PageCount)
	}
	var pages [][]box
	left, text := maxPDFBoxes, newBudget(len(body))
	for i := range count.PageCount {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		page, err := pdfPage(reader, doc.Document, i)
		if err != nil {
			return nil, fmt.Errorf("%w: page %d of the PDF can't be read: %w", model.ErrInvalid, i+1, plainSandbox(err))
		}
		if left -= len(page); left < 0 {
			return nil, fmt.Errorf("%w: it has more than %d pieces of text", ErrTooMuch, maxPDFBoxes)
		}
		if err := text.spendBoxes(page); err != nil {
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
func (b *budget) spendBoxes(page []box) error {
	for _, piece := range page {
		if err := b.spend(len(piece.text)); err != nil {
			return err
		}
	}
	return nil
}

func pdfPage(reader pdfium.Pdfium, doc references.FPDF_DOCUMENT, n int) ([]box, error) {
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
