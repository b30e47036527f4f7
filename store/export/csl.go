package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"fineprint/store/model"
)

func init() {
	register(Format{
		Name: "csl", Ext: ".json", Description: "citations, for Zotero and other reference managers (CSL-JSON)",
		Position: 9, Content: JSON, write: writeCSL, head: cslHead,
	})
}

// cslItem is a reference in the CSL-JSON input format of CSL 1.0.2.
type cslItem struct {
	ID              string    `json:"id"`
	Type            string    `json:"type"` // always webpage
	Title           string    `json:"title"`
	ContainerTitle  string    `json:"container-title,omitempty"`
	Author          []cslName `json:"author"`
	Publisher       string    `json:"publisher,omitempty"`
	Issued          *cslDate  `json:"issued,omitempty"`
	Accessed        *cslDate  `json:"accessed,omitempty"`
	URL             string    `json:"URL,omitempty"`
	Version         string    `json:"version,omitempty"`
	Number          string    `json:"number"`
	Archive         string    `json:"archive,omitempty"`
	ArchiveLocation string    `json:"archive_location,omitempty"`
	Keyword         string    `json:"keyword,omitempty"`
	Abstract        string    `json:"abstract,omitempty"`
	Note            string    `json:"note"`
}

type cslName struct {
	Literal string `json:"literal"`
}

type cslDate struct {
	DateParts [][3]int `json:"date-parts"`
}

func cslDay(t time.Time) *cslDate {
	if t.IsZero() {
		return nil
	}
	return &cslDate{[][3]int{{t.Year(), int(t.Month()), t.Day()}}}
}

// writeCSL writes an array of items, one a line.
func writeCSL(w io.Writer, records Records, o Options) error {
	between := "["
	for r, err := range records.Each {
		if err != nil {
			return err
		}
		if !standing(r) {
			continue
		}
		item, err := marshalPlain(cslItemOf(r, o))
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, between+"\n"+item); err != nil {
			return err
		}
		between = ","
	}
	end := "\n]\n"
	if between == "[" {
		end = "[]\n"
	}
	_, err := io.WriteString(w, end)
	return err
}

// cslHead is in the note of the first item.
func cslHead(src headSource) string {
	d := json.NewDecoder(bytes.NewReader(src.beginning))
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return ""
	}
	var item cslItem
	if d.Decode(&item) != nil {
		return ""
	}
	return ofNote(item.Note)
}

func cslItemOf(r model.Record, o Options) cslItem {
	ref := referenceTo(r)
	return cslItem{
		ID: ref.key, Type: "webpage", Title: noMarkup(ref.title), ContainerTitle: noMarkup(ref.container),
		Author: []cslName{{noMarkup(ref.author)}},
		Issued: cslDay(ref.captured), Accessed: cslDay(ref.accessed), URL: ref.url,
		Version: ref.version, Number: ref.number, Archive: noMarkup(ref.archive), ArchiveLocation: noMarkup(ref.location),
		Keyword: noMarkup(strings.Join(ref.keywords, ", ")), Abstract: noMarkup(ref.abstract), Note: noMarkup(noteHead(ref.note, o)),
	}
}

// marshalPlain returns a value as JSON in which < > and & stay as they are.
func marshalPlain(v any) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", fmt.Errorf("writing a record: %w", err)
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

// noMarkup replaces the angle brackets, because CSL takes a few tags of HTML for
// markup and has no way to quote them.
func noMarkup(s string) string { return strings.NewReplacer("<", "‹", ">", "›").Replace(s) }
