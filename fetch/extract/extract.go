// Package extract makes the readable text of a capture: HTML, PDF, documents of word
// processors, Markdown or plain text to Markdown.
//
// It is pure but for File: the same bytes and options give the same text.
// Whatever it can't read stays an error beside the bytes; nothing is dropped
// because of it.
//
// A page is read in the order of the Open Terms Archive engine: filters on the
// whole page, absolute links, no scripts and styles, e-mail addresses decoded,
// remove, select. It differs from the engine in two ways, on purpose: a part
// inside another selected part is not written twice, and protected addresses are
// decoded where the engine writes "[email protected]".
//
// Where scripts only put parts of a page into place, that is done here
// (streamed.go): which ones it is differs from answer to answer.
//
// A few words and a refresh are no document but an error that names where the
// page leads (metarefresh.go): taken for one, all its clauses would be gone.
//
// What of a page is its document package mainpart says, without a selector, and how much
// of the page's prose is in no part that was read; what counts as text package markup. Pages
// that lie in a page (frames, shadow roots, what is shown without scripts) are opened first
// (inner.go).
//
// Hostile bytes are met with bounds: on the size, the elements a page makes, its
// depth and the time (bounds.go), and on what comes out (growth.go). What a page may
// multiply is counted before it is made: a text that would be many times the page's
// own size is [ErrGrowth] and no text, never half of one. Spans of table cells that
// multiply beyond that are left out, for all they add is empty (table.go). The bounds that
// readers of all kinds share are in fetch/bounds; PDFs are read by fetch/pdf. What a
// document is, is seen by its first bytes before what is said of it: fetch/packed unpacks
// it, fetch/charset decodes it, and fetch/office makes a page of it where it is none. A
// text of characters that nobody writes is no text.
package extract

import (
	"bytes"
	"cmp"
	"fmt"
	"mime"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"fineprint/fetch/bounds"
	"fineprint/fetch/charset"
	"fineprint/fetch/office"
	"fineprint/fetch/packed"
	"fineprint/fetch/pdf"
	"fineprint/store/model"
)

// Version names the extractor; a text made by another one is not the same.
const Version = "fineprint-extract/6"

// MaxBytes bounds what is read of one file or page.
const MaxBytes = bounds.MaxBytes

// Input is the bytes of a capture and how to read them.
type Input struct {
	Body      []byte
	MediaType string           // a Content-Type, parameters included; "" to sniff
	Charset   string           // counts whatever the answer or the page says; "" to go by them
	BaseURL   string           // links are made absolute against it
	Select    []model.Selector // only these parts, in this order; all of the main part when empty
	Remove    []model.Selector // without these parts
	Filters   []model.Filter   // cleaning of the page before that
}

// Join makes the readable text of a document that has several pages out of
// theirs, in order.
func Join(pages []string) string { return strings.Join(pages, "\n") }

// MediaTypeOf guesses a file's media type from its name and first bytes.
func MediaTypeOf(name string, body []byte) string {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".html", ".htm", ".xhtml":
		return "text/html"
	case ".md", ".markdown":
		return "text/markdown"
	case ".txt", ".text":
		return "text/plain"
	case ".pdf":
		return "application/pdf"
	}
	if kind, _ := office.Find(body); kind != "" {
		return string(kind)
	}
	sniffed, _, _ := mime.ParseMediaType(http.DetectContentType(body))
	return sniffed
}

// mediaType is what a body is read as: what its server declares, or what it looks like
// without that.
func mediaType(said string, body []byte) (media string, params map[string]string) {
	media, params, _ = mime.ParseMediaType(said)
	switch {
	case bytes.HasPrefix(body, []byte("%PDF-")):
		media = "application/pdf"
	case media == "" || media == "application/octet-stream" || strings.Contains(media, "officedocument") ||
		strings.Contains(media, "opendocument") || media == "application/msword" || strings.HasSuffix(media, "/rtf"):
		media = MediaTypeOf("", body)
	}
	return media, params
}

// IsPDF reports whether Text reads a body with this media type as a PDF.
func IsPDF(said string, body []byte) bool {
	media, _ := mediaType(said, body)
	return media == "application/pdf" || media == "application/x-pdf"
}

// Reading is what was read of an input.
type Reading struct {
	Text    string // Markdown
	LeftOut model.LeftOut
	Remark  string // why its characters aren't read as its label says, usually ""
}

// Text returns the text that [Read] reads.
func Text(in Input) (string, error) {
	r, err := Read(in)
	return r.Text, err
}

// Read makes the readable Markdown of an input. The error wraps
// [model.ErrInvalid] when the input is of a kind that can't be read, a selector is
// malformed or names nothing on the page ([ErrNoMatch]), or reading took more than
// is allowed ([ErrTooMuch]).
func Read(in Input) (Reading, error) {
	if len(in.Body) > MaxBytes {
		return Reading{}, fmt.Errorf("%w: %d MB", ErrTooMuch, len(in.Body)>>20)
	}
	r, err := readAs(in)
	if err != nil {
		return Reading{}, err
	}
	if err := bounds.CheckText(r.Text); err != nil {
		return Reading{}, err
	}
	return r, charset.Check(r.Text)
}

// unpacked is an input whose body is compressed, as a file may be, without that.
func unpacked(in Input) (Input, error) {
	media, _ := mediaType(in.MediaType, in.Body)
	body, encoding, err := packed.Unpack(in.Body, strings.HasPrefix(media, "text/"), MaxBytes)
	if err != nil || encoding == "" {
		return in, err
	}
	in.Body = body
	if !strings.HasPrefix(media, "text/") {
		in.MediaType = MediaTypeOf("", body)
	}
	return in, nil
}

func readAs(in Input) (Reading, error) {
	in, err := unpacked(in)
	if err != nil {
		return Reading{}, err
	}
	kind, err := office.Find(in.Body)
	if err != nil {
		return Reading{}, err
	}
	if kind != "" {
		return bounds.Run(func(deadline time.Time) (Reading, error) { return fromOffice(in, kind, deadline) })
	}
	media, params := mediaType(in.MediaType, in.Body)
	switch media {
	case "text/html", "application/xhtml+xml":
		return bounds.Run(func(deadline time.Time) (Reading, error) { return fromHTML(in, deadline) })
	case "application/pdf", "application/x-pdf":
		text, err := pdf.Text(in.Body)
		return Reading{Text: text, LeftOut: unreadIn(text)}, err
	case "text/markdown", "text/plain", "text/x-markdown":
		return plainText(in, params["charset"])
	}
	return Reading{}, fmt.Errorf("%w: %s can't be read; HTML, PDF, docx, odt, rtf, Markdown and plain text can",
		model.ErrInvalid, media)
}

// fromOffice reads a document of a word processor, or a page that was saved as mail: it
// alone has parts to select.
func fromOffice(in Input, kind office.Kind, deadline time.Time) (Reading, error) {
	page, base, err := office.Page(in.Body, kind, deadline)
	if err != nil {
		return Reading{}, err
	}
	of := Input{Body: page, MediaType: "text/html; charset=utf-8", BaseURL: cmp.Or(base, in.BaseURL),
		Select: model.CSS("body")}
	if kind == office.Mail {
		of.Select, of.Remove, of.Filters = in.Select, in.Remove, in.Filters
	}
	r, err := fromHTML(of, deadline)
	if err == nil && r.Text == "" {
		err = fmt.Errorf("%w: the document holds no text", model.ErrInvalid)
	}
	return r, err
}

func plainText(in Input, label string) (Reading, error) {
	text, err := charset.Decode(charset.Input{Body: in.Body, Forced: in.Charset, Label: label})
	if err != nil {
		return Reading{}, err
	}
	if bytes.IndexByte(text.UTF8, 0) >= 0 {
		return Reading{}, charset.ErrBinary
	}
	return Reading{Text: string(text.UTF8), Remark: text.Remark}, nil
}
