// Package office reads the documents of word processors (docx, odt, rtf) and pages saved as
// mail (mhtml, eml), and knows by their first bytes those that can't be read.
//
// [Page] makes a page of HTML of one, which fetch/extract reads as any other page: so a
// contract has the same text as a document and as the page it is published on. It is not
// for looks: of them only headings, lists, tables, emphasis and what is struck out remain.
//
// What counts as the document's words: the numbers that the program writes before its
// paragraphs, boxes of text and notes, which come last; not what is hidden, comments, page
// numbers, headers and footers. A change that is only proposed counts as made: what was
// put in is text, what was taken out is struck out.
//
// Documents are hostile until read: an archive is bounded in its files and what they
// unpack to, XML in depth, size and time, and has no document type and no entities of its
// own; what comes out is bounded in proportion to what came in (fetch/bounds). Parts are
// never written to files, and a name in an archive leads nowhere.
//
// What can't be read is refused by its name, with what to do, in an [Unreadable]: raw bytes
// or control words are never given for text. The readers are written here: of the libraries
// none bounds what it reads, and those of docx that are maintained make documents or take
// a commercial license.
//
// Size: three formats, each with styles, lists, notes and tables of its own, that share how
// lists are numbered (numbering.go) and how paragraphs are written (page.go); apart, most
// of those two would have to be exported for three users of one shape.
package office

import (
	"bytes"
	"fmt"
	"time"

	"fineprint/fetch/bounds"
	"fineprint/store/model"
)

// ErrDamaged is returned for a document that is cut off or malformed.
var ErrDamaged = fmt.Errorf("%w: the document is damaged", model.ErrInvalid)

// Unreadable is the error for a kind of document that can't be read.
type Unreadable struct {
	Kind string // "a Word document of the old kind (.doc)"
	Next string // what to do instead
}

// Error describes the kind and what to do.
func (u *Unreadable) Error() string {
	return fmt.Sprintf("%v: it is %s, which can't be read; %s", model.ErrInvalid, u.Kind, u.Next)
}

// Unwrap makes it a [model.ErrInvalid].
func (u *Unreadable) Unwrap() error { return model.ErrInvalid }

const (
	saveAsText  = "save it as PDF or docx"
	saveAsPage  = "save what it says as a page, PDF or text"
	takeItApart = "unpack it and give the document in it"
)

var errEncrypted = &Unreadable{"a document protected by a password", "take the protection away and save it again"}

// Kind is what a document is: one of these, or another media type that is not read here.
type Kind string

// The kinds that are read.
const (
	Docx Kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	Odt  Kind = "application/vnd.oasis.opendocument.text"
	RTF  Kind = "application/rtf"
	Mail Kind = "message/rfc822"
)

// Find returns the kind of a document by its bytes, "" for what is none of those this
// package knows. The error is [Unreadable] for one that it knows and can't read.
func Find(body []byte) (Kind, error) {
	switch {
	case bytes.HasPrefix(body, []byte("PK\x03\x04")), bytes.HasPrefix(body, []byte("PK\x05\x06")):
		return findInArchive(body)
	case bytes.HasPrefix(body, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return "", oldOffice(body)
	case bytes.HasPrefix(bytes.TrimLeft(body[:min(len(body), 64)], " \r\n\t\ufeff"), []byte(`{\rtf`)):
		return RTF, nil
	case isFlatOdt(body):
		return Odt, nil
	case isMail(body):
		return Mail, nil
	}
	for _, s := range signs {
		if len(body) >= s.at+len(s.sign) && string(body[s.at:s.at+len(s.sign)]) == s.sign {
			return "", &Unreadable{s.kind, s.next}
		}
	}
	return "", nil
}

// signs are the first bytes of what can't be read.
var signs = []struct {
	at         int
	sign       string
	kind, next string
}{
	{0, "\x89PNG\r\n", "a picture (PNG)", saveAsPage}, {0, "\xff\xd8\xff", "a picture (JPEG)", saveAsPage},
	{0, "GIF8", "a picture (GIF)", saveAsPage}, {0, "II*\x00", "a picture (TIFF)", saveAsPage},
	{0, "MM\x00*", "a picture (TIFF)", saveAsPage}, {8, "WEBPVP8", "a picture (WebP)", saveAsPage},
	{4, "ftypheic", "a picture (HEIC)", saveAsPage}, {4, "ftypavif", "a picture (AVIF)", saveAsPage},
	{0, "7z\xbc\xaf\x27\x1c", "an archive (7-Zip)", takeItApart}, {0, "Rar!\x1a\x07", "an archive (RAR)", takeItApart},
	{0, "BZh", "an archive (bzip2)", takeItApart}, {0, "\xfd7zXZ\x00", "an archive (xz)", takeItApart},
	{257, "ustar", "an archive (tar)", takeItApart}, {0, "%!PS", "PostScript", "make a PDF of it"},
	{0, "AT&TFORM", "a DjVu document", "save it as PDF"}, {0, "\xffWPC", "a WordPerfect document", saveAsText},
	{0, "\x7fELF", "a program", "give a document"}, {0, "MZ\x90\x00", "a program", "give a document"},
	{0, "bplist00", "a web archive of Safari (.webarchive)", "save the page as page source or PDF"},
	{0, "SQLite format 3\x00", "a database", "give a document"},
	{0, "wOF2", "a font", "give a document"}, {0, "ID3", "a recording", "give a document"},
	{4, "ftyp", "a film", "give a document"}, {0, "OggS", "a recording", "give a document"},
	{60, "BOOKMOBI", "an e-book (Mobipocket)", saveAsText},
}

// inArchive are the kinds of archives that are documents, by a file or folder in them.
var inArchive = []struct {
	name       string
	kind, next string
}{
	{"xl/", "an Excel table (.xlsx)", "save it as PDF, or the sheet as HTML"},
	{"ppt/", "a PowerPoint presentation (.pptx)", "save it as PDF"},
	{"Index/", "a Pages document (.pages)", saveAsText}, {"Index.zip", "a Pages document (.pages)", saveAsText},
	{"index.xml", "a Pages document (.pages)", saveAsText},
	{"META-INF/container.xml", "an e-book (EPUB)", "save it as PDF, or give a chapter's page"},
	{"visio/", "a Visio drawing (.vsdx)", "save it as PDF"}, {"FixedDocSeq.fdseq", "an XPS document", "save it as PDF"},
	{"_rels/.rels", "an Office document that is no text", "save it as PDF"},
	{"content.xml", "an OpenDocument file that is no text", "save it as PDF"},
}

func findInArchive(body []byte) (Kind, error) {
	a, err := openArchive(body)
	if err != nil {
		return "", err
	}
	said, err := a.part("mimetype")
	if err != nil {
		return "", err
	}
	said = bytes.TrimSpace(said)
	switch {
	case a.has("content.xml") && (len(said) == 0 || bytes.HasPrefix(said, []byte(Odt))):
		return Odt, nil
	case a.holds("word/"):
		return Docx, nil
	}
	for _, k := range inArchive {
		if a.has(k.name) || a.holds(k.name) {
			return "", &Unreadable{k.kind, k.next}
		}
	}
	return "", &Unreadable{"an archive (ZIP)", takeItApart}
}

// oldOffice tells the documents apart that are a file system of their own, by the names in
// it, which are UTF-16.
func oldOffice(body []byte) error {
	for _, k := range []struct {
		name string
		err  *Unreadable
	}{
		{"EncryptedPackage", errEncrypted},
		{"WordDocument", &Unreadable{"a Word document of the old kind (.doc)", saveAsText}},
		{"Workbook", &Unreadable{"an Excel table of the old kind (.xls)", "save it as PDF"}},
		{"PowerPoint Document", &Unreadable{"a PowerPoint presentation of the old kind (.ppt)", "save it as PDF"}},
		{"__properties_version", &Unreadable{"a message of Outlook (.msg)", "save it as .eml, PDF or text"}},
	} {
		var wide []byte
		for _, c := range []byte(k.name) {
			wide = append(wide, c, 0)
		}
		if bytes.Contains(body, wide) {
			return k.err
		}
	}
	return &Unreadable{"an Office document of the old kind", saveAsText}
}

// Page makes a page of HTML of a document. base is the address that it has in the document,
// "" for none.
func Page(body []byte, kind Kind, deadline time.Time) (page []byte, base string, err error) {
	if len(body) > bounds.MaxBytes {
		return nil, "", fmt.Errorf("%w: %d MB", bounds.ErrTooMuch, len(body)>>20)
	}
	switch kind {
	case Docx:
		page, err = fromDocx(body, deadline)
	case Odt:
		page, err = fromOdt(body, deadline)
	case RTF:
		page, err = fromRTF(body, deadline)
	case Mail:
		return fromMail(body)
	default:
		err = fmt.Errorf("%w: %s is no document that is read here", model.ErrInvalid, kind)
	}
	return page, "", err
}
