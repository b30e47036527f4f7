package export

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"fineprint/store/head"
	"fineprint/store/model"
)

// Every export says how far the journal of its store had come, so that a copy of the database
// that is brought back, exchanged or rewritten later can be told from the one that it was made
// of: see [fineprint/store/head]. Where it stands:
//
//	json           the key journal_head before records: an object of store, entries and link
//	jsonl          the same key, last in each line: a line of its own would be no record
//	csv            the last column, in each row
//	md, text       the last line
//	html           a meta element in each page
//	pdf            the keywords of the document's properties; nothing of it is printed
//	atom           an element journal-head of a namespace of its own, which readers skip
//	csl, ris       at the end of the note on each reference, where the record's hashes are: the
//	               formats have neither comments nor room for keys of one's own
//	bibtex         a @comment at its beginning; styles print notes
//	dataset        the file fineprint.head
//	warc           a field of the warcinfo record
//
// All but json, jsonl and dataset have its short form. An export of no records in csv, md,
// text, jsonl, csl or ris has no place for it.

// headFile is the file that a folder has it in.
const headFile = "fineprint.head"

// headWords comes before the short form where it is read by people.
const headWords = "Journal head: "

const (
	headBeginning = 4 << 20 // how many bytes of an export are looked at from its beginning
	headEnd       = 4 << 20 // and at its end, where a PDF lists all its objects
)

// headSource is what of an export its head is looked for in.
type headSource struct {
	beginning, end []byte
}

// ReadHead returns the journal's head that an export carries, or a head file holds. It
// reads the beginning and the end of one, and looks where its format has it: what an
// export quotes from documents can't pass for it. The error wraps [model.ErrInvalid] when
// there is none.
func ReadHead(r io.ReaderAt, size int64) (model.JournalHead, error) {
	src, err := readEnds(r, size)
	if err != nil {
		return model.JournalHead{}, fmt.Errorf("reading the export: %w", err)
	}
	if bytes.HasPrefix(src.beginning, []byte("PK")) {
		return zipHead(r, size)
	}
	if f, err := head.Parse(string(src.beginning)); err == nil {
		return f.JournalHead, nil
	}
	for _, f := range Formats {
		if f.head == nil {
			continue
		}
		if h, err := head.ParseShort(f.head(src)); err == nil {
			return h, nil
		}
	}
	return model.JournalHead{}, fmt.Errorf("%w: it carries no head of a journal: an export of before, of no records, or none",
		model.ErrInvalid)
}

func readEnds(r io.ReaderAt, size int64) (src headSource, err error) {
	if src.beginning, err = io.ReadAll(io.NewSectionReader(r, 0, min(size, headBeginning))); err != nil {
		return src, err
	}
	from := max(0, size-headEnd)
	src.end, err = io.ReadAll(io.NewSectionReader(r, from, size-from))
	return src, err
}

// zipHead reads the head of a folder in a zip.
func zipHead(r io.ReaderAt, size int64) (model.JournalHead, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return model.JournalHead{}, fmt.Errorf("%w: it is no zip: %w", model.ErrInvalid, err)
	}
	for _, name := range HeadFiles {
		f, err := z.Open(name)
		if err != nil {
			continue
		}
		body, err := io.ReadAll(io.LimitReader(f, headBeginning))
		_ = f.Close()
		if err == nil {
			return ReadHead(bytes.NewReader(body), int64(len(body)))
		}
	}
	return model.JournalHead{}, fmt.Errorf("%w: the zip has neither of %s", model.ErrInvalid,
		strings.Join(HeadFiles, ", "))
}

// HeadFiles are the files of an export that is a folder which carry the head, the first that
// is there.
var HeadFiles = []string{headFile, indexFile}

// headOf is the head as JSON has it; nil for none.
func headOf(o Options) *model.JournalHead {
	if o.Head.Entries == 0 {
		return nil
	}
	return &o.Head
}

// shortHead is the short form of the head that an export carries; "" for none.
func shortHead(o Options) string { return head.Short(o.Head) }

// headLine is the last line of formats to read, with what comes before it; "" for none.
func headLine(before string, o Options) string {
	if short := shortHead(o); short != "" {
		return before + headWords + short + "\n"
	}
	return ""
}

// lastLine is the short form in the last line of a text.
func lastLine(src headSource) string {
	text := strings.TrimRight(string(src.end), "\r\n")
	words, found := strings.CutPrefix(text[strings.LastIndexByte(text, '\n')+1:], headWords)
	if !found {
		return ""
	}
	return words
}

// noteHead adds the head to the note of a reference.
func noteHead(note string, o Options) string {
	if short := shortHead(o); short != "" {
		return note + " " + headWords + short + "."
	}
	return note
}

// ofNote is the short form at the end of a note.
func ofNote(note string) string {
	_, short, _ := strings.Cut(note, headWords)
	for next := short; next != ""; { // a note is quoted nowhere, but the last one is ours
		if _, next, _ = strings.Cut(next, headWords); next != "" {
			short = next
		}
	}
	return strings.TrimSuffix(short, ".")
}

// between returns what stands after one text and before the next, up to where
// it must have been; "" for an export that begins otherwise.
func (src headSource) between(begins, after, before, end string) string {
	text, found := src.beginning, bytes.HasPrefix(src.beginning, []byte(begins))
	if !found {
		return ""
	}
	if i := bytes.Index(text, []byte(end)); i >= 0 {
		text = text[:i+len(end)]
	}
	_, rest, _ := bytes.Cut(text, []byte(after))
	short, _, found := bytes.Cut(rest, []byte(before))
	if !found {
		return ""
	}
	return string(short)
}

// jsonHead is the head under a key of a JSON object, which need not be whole.
func jsonHead(src headSource) string {
	d := json.NewDecoder(bytes.NewReader(src.beginning))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return ""
	}
	for d.More() {
		key, err := d.Token()
		if err != nil || key == "records" {
			return ""
		}
		if key == "journal_head" {
			var h model.JournalHead
			if d.Decode(&h) != nil {
				return ""
			}
			return head.Short(h)
		}
		var skipped json.RawMessage
		if d.Decode(&skipped) != nil {
			return ""
		}
	}
	return ""
}
