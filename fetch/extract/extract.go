// Package extract makes the readable text of a capture: HTML, Markdown or plain
// text to Markdown.
//
// It is pure but for File: the same bytes and options give the same text.
// Whatever it can't read stays an error beside the bytes; nothing is dropped
// because of it.
package extract

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"fineprint/store/terms"
)

// Version names the extractor; a text made by another one is not the same.
const Version = "fineprint-extract/2"

// byteOrderMark may stand before a text; it is none of its words.
const byteOrderMark = "\ufeff"

// MaxBytes bounds what is read of one file or page.
const MaxBytes = 32 << 20

// Input is the bytes of a capture and how to read them.
type Input struct {
	Body      []byte
	MediaType string           // a Content-Type, parameters included; "" to sniff
	Charset   string           // stands for the one in MediaType; "" when that one counts
	BaseURL   string           // links are made absolute against it
	Select    []terms.Selector // only these parts, in this order; all of the main part when empty
	Remove    []terms.Selector // without these parts
	Filters   []terms.Filter   // cleaning of the page before that
}

// Combined makes the readable text of a document that has several pages: their
// texts in order, all of them or an error that names the part.
func Combined(parts ...Input) (string, error) {
	texts := make([]string, len(parts))
	for i, in := range parts {
		text, err := Text(in)
		if err != nil {
			return "", fmt.Errorf("part %d of %d: %w", i+1, len(parts), err)
		}
		texts[i] = text
	}
	return strings.Join(texts, "\n"), nil
}

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
	sniffed, _, _ := mime.ParseMediaType(http.DetectContentType(body))
	return sniffed
}

// Text makes the readable Markdown of an input. The error wraps
// terms.ErrInvalid when the input is of a kind that can't be read or a selector
// is malformed.
func Text(in Input) (string, error) {
	media, params, _ := mime.ParseMediaType(in.MediaType)
	if media == "" {
		media = MediaTypeOf("", in.Body)
	}
	switch media {
	case "text/html", "application/xhtml+xml":
		return fromHTML(in)
	case "text/markdown", "text/plain", "text/x-markdown":
		return plainText(in.Body, params["charset"])
	}
	return "", fmt.Errorf("%w: %s can't be read; HTML, Markdown and plain text can", terms.ErrInvalid, media)
}

func plainText(body []byte, label string) (string, error) {
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	wide := bytes.HasPrefix(body, []byte("\xff\xfe")) || bytes.HasPrefix(body, []byte("\xfe\xff")) || strings.HasPrefix(strings.ToLower(label), "utf-16")
	if bytes.IndexByte(body, 0) >= 0 && !wide {
		return "", fmt.Errorf("%w: it is not text", terms.ErrInvalid)
	}
	if label == "" && utf8.Valid(body) {
		return string(body), nil
	}
	r, err := charset.NewReaderLabel(label, bytes.NewReader(body))
	if err != nil || label == "" {
		r, err = charset.NewReader(bytes.NewReader(body), "text/plain")
	}
	if err != nil {
		return string(body), nil
	}
	decoded, err := io.ReadAll(r)
	return strings.TrimPrefix(string(decoded), byteOrderMark), err
}

// removedAlways is what is never part of a document's words.
const removedAlways = "script, style, noscript, template, iframe, svg, canvas, object, embed, [hidden], [aria-hidden=true]"

// removedByDefault is what surrounds a document, taken away when no selector
// says where it is.
const removedByDefault = "nav, header, footer, aside, form, dialog, button, select, [role=navigation], [role=banner], [role=contentinfo], [role=dialog], [role=search]"

func fromHTML(in Input) (string, error) {
	r, err := charset.NewReader(bytes.NewReader(in.Body), in.MediaType)
	if err != nil {
		r = bytes.NewReader(in.Body)
	}
	decoded := bufio.NewReader(r)
	if mark, _ := decoded.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
		_, _ = decoded.Discard(len(byteOrderMark))
	}
	root, err := html.Parse(decoded)
	if err != nil {
		return "", fmt.Errorf("reading HTML: %w", err)
	}
	doc := goquery.NewDocumentFromNode(root)
	doc.Find(removedAlways).Remove()
	for _, s := range in.Remove {
		m, err := cascadia.Compile(s.CSS)
		if err != nil {
			return "", fmt.Errorf("%w: %q is not a CSS selector", terms.ErrInvalid, s.CSS)
		}
		doc.FindMatcher(m).Remove()
	}
	readyTables(doc)
	var picked []string
	for _, s := range in.Select {
		picked = append(picked, s.CSS)
	}
	parts, err := chosen(doc, picked)
	if err != nil {
		return "", err
	}
	conv := converter.NewConverter(converter.WithPlugins(base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(commonmark.WithHeadingStyle(commonmark.HeadingStyleATX), commonmark.WithListEndComment(false)),
		// Aligned columns would change every row when one cell grows.
		table.NewTablePlugin(table.WithCellPaddingBehavior(table.CellPaddingBehaviorMinimal), table.WithNewlineBehavior(table.NewlineBehaviorPreserve))))
	var texts []string
	for _, n := range parts.Nodes {
		text, err := conv.ConvertNode(n, converter.WithDomain(in.BaseURL))
		if err != nil {
			return "", fmt.Errorf("turning HTML into text: %w", err)
		}
		if t := strings.TrimSpace(string(text)); t != "" {
			texts = append(texts, t)
		}
	}
	if len(texts) == 0 {
		return "", nil
	}
	return strings.Join(texts, "\n\n") + "\n", nil
}

// chosen returns the selected parts, outermost ones only, or the page's main
// part.
func chosen(doc *goquery.Document, selectors []string) (*goquery.Selection, error) {
	if len(selectors) > 0 {
		m, err := cascadia.Compile(strings.Join(selectors, ", "))
		if err != nil {
			return nil, fmt.Errorf("%w: %q is not a CSS selector", terms.ErrInvalid, strings.Join(selectors, ", "))
		}
		found := doc.FindMatcher(m)
		return found.FilterFunction(func(_ int, s *goquery.Selection) bool { return s.ParentsMatcher(m).Length() == 0 }), nil
	}
	for _, css := range []string{"main", "[role=main]", "article"} {
		if found := doc.Find(css); found.Length() == 1 && len(strings.TrimSpace(found.Text())) > 200 {
			return found, nil
		}
	}
	body := doc.Find("body")
	all := len(strings.TrimSpace(body.Text()))
	body.Find(removedByDefault).FilterFunction(func(_ int, s *goquery.Selection) bool {
		return len(strings.TrimSpace(s.Text()))*2 < all // a page that is one form is not emptied
	}).Remove()
	return body, nil
}

// FileText is a file's readable text and what names both, in hexadecimal.
type FileText struct {
	Text       string
	SHA256     string // of the file's bytes
	TextSHA256 string
	Extractor  string // "" when the text is the file's own
}

// File reads a Markdown, HTML or text file. The error wraps terms.ErrInvalid for
// a file that is not there, no file, too large or of another kind.
func File(ctx context.Context, path string) (FileText, error) {
	if err := ctx.Err(); err != nil {
		return FileText{}, err
	}
	f, err := os.Open(path)
	if err != nil {
		what := "it can't be opened"
		if errors.Is(err, fs.ErrNotExist) {
			what = "there is no such file"
		}
		return FileText{}, fmt.Errorf("reading %s: %w: %s", path, terms.ErrInvalid, what)
	}
	defer func() { _ = f.Close() }()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return FileText{}, fmt.Errorf("reading %s: %w: it is a folder", path, terms.ErrInvalid)
	}
	body, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	if err != nil {
		return FileText{}, fmt.Errorf("reading %s: %w: %w", path, terms.ErrInvalid, err)
	}
	if len(body) > MaxBytes {
		return FileText{}, fmt.Errorf("reading %s: %w: it is larger than %d MB", path, terms.ErrInvalid, MaxBytes>>20)
	}
	media := MediaTypeOf(path, body)
	text, err := Text(Input{Body: body, MediaType: media})
	if err != nil {
		return FileText{}, fmt.Errorf("reading %s: %w", path, err)
	}
	out := FileText{Text: text, SHA256: fmt.Sprintf("%x", sha256.Sum256(body)), TextSHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(text)))}
	if text != string(body) {
		out.Extractor = Version
	}
	return out, nil
}
