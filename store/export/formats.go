// Package export writes approved records in the formats others read. It is pure:
// the same records and options give the same bytes.
//
// [Formats] is the one table of formats. The command line's --format and its
// help, the desk's picker, the settings file, the README and what is done to make
// an export safe for a terminal are computed from it, so that adding a format is
// adding one file: its writer, and an init function that registers its row.
//
// It is not for reading records, for choosing which to export (the store's
// StreamRecords does), or for writing files whole (cmd/internal/app does).
//
// Size: a file a format, and the one page of a record that the formats to read share;
// nothing else is in it.
//
// Invariants: JSON and JSON lines hold the records unaltered, and hashes are of what they
// decode to (the other formats get records whose hazardous characters cmd/internal/app named,
// <U+202E>, so that no file of text moves a cursor or turns a direction); a CSV cell never
// begins with what a spreadsheet takes for a formula; nothing quoted from a
// document or typed by an analyst can pass for Markdown of the export's own; what is missing
// because the database is damaged is said in the export, where its format has room (damaged.go).
//
// Size: thirteen formats, a file each, which share the table, the page of a record and
// what is escaped alike.
package export

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"time"

	"fineprint/store/model"
	"fineprint/store/smallsort"
)

// Content is what an export consists of. It decides how the export is made safe
// for a terminal.
type Content int

const (
	// Text is text to read.
	Text Content = iota + 1
	// JSON is JSON, one document or several.
	JSON
	// Binary is not text, and is never written to a terminal.
	Binary
)

// Format is one row of the table of formats.
type Format struct {
	Name        string // as --format and the settings file take it
	Ext         string // of its files, with the dot; formats may share one
	Description string // what it is for, in a few words
	Position    int    // where it is in lists; no two have the same
	Content     Content
	// Folder: it is a folder of files, or a zip of one. Then write is for one record
	// alone, nil where there is no such thing.
	Folder bool
	// Gzip: it may be compressed, as its file's name then says after its own ending.
	Gzip bool

	// head finds the journal's head, in its short form, in an export of the format.
	head func(headSource) string

	write       func(w io.Writer, records Records, o Options) error
	writeFolder func(folder Folder, records Records, o Options) error
}

// Folder takes the files of a format that consists of several.
type Folder interface {
	// Create begins a file of a name with slashes. What was created before is complete
	// then. A zip.Writer is a folder.
	Create(name string) (io.Writer, error)
}

// ZipExt ends the name of a folder that is written as a zip.
const ZipExt = ".zip"

// Records are what an export is of, one after the other.
type Records struct {
	Total int // how many Each gives
	// Each gives them in their order, and ends with an error if one can't be read. It
	// may be ranged over again.
	Each iter.Seq2[model.Record, error]
}

// RecordsOf returns the records of a list.
func RecordsOf(list ...model.Record) Records {
	return Records{Total: len(list), Each: func(yield func(model.Record, error) bool) {
		for _, r := range list {
			if !yield(r, nil) {
				return
			}
		}
	}}
}

// Formats lists the formats in the order they are shown.
var Formats []Format

// register adds a format to the table. Each format's file calls it from init.
func register(f Format) {
	Formats = append(Formats, f)
	smallsort.By(Formats, func(a, b Format) int { return cmp.Compare(a.Position, b.Position) })
}

// DefaultFormat is the name of the format that is written where none is asked for.
const DefaultFormat = "json"

// Names lists the names of the formats.
func Names() []string {
	names := make([]string, len(Formats))
	for i, f := range Formats {
		names[i] = f.Name
	}
	return names
}

// ParseFormat returns the format of a name, in any letter case; the error wraps
// [model.ErrInvalid].
func ParseFormat(name string) (Format, error) {
	for _, f := range Formats {
		if strings.EqualFold(name, f.Name) {
			return f, nil
		}
	}
	return Format{}, fmt.Errorf("%w: %q is not an export format; use one of %s",
		model.ErrInvalid, name, strings.Join(Names(), ", "))
}

// FormatOf returns the format that a file's name ends in, the first in the table of
// those that share an ending; ok is false when it ends in none. A zip is the first
// format that is a folder.
func FormatOf(file string) (f Format, ok bool) {
	ext, gzipped := filepath.Ext(file), false
	if strings.EqualFold(ext, GzipExt) {
		ext, gzipped = filepath.Ext(file[:len(file)-len(ext)]), true
	}
	for _, f := range Formats {
		if gzipped && !f.Gzip {
			continue
		}
		if strings.EqualFold(ext, f.Ext) || f.Folder && strings.EqualFold(ext, ZipExt) {
			return f, true
		}
	}
	return Format{}, false
}

// Options is what an export states about itself.
type Options struct {
	// GeneratedAt is left out of what is written when it is zero: equal records then
	// give equal bytes.
	GeneratedAt time.Time
	Tool        string
	StoreID     string // of the database, to tell its records from another's
	// Head is how far the store's journal had come; zero leaves it out.
	Head model.JournalHead
	// Source reads what is behind the records, for formats that hold that.
	Source Source
	// Damaged is what the records are without because it can't be read.
	Damaged []model.Damage
	// Lost reports whether what Source can't read for an error is gone on without, and what
	// that is; nil is never.
	Lost func(error) (model.Damage, bool)
	// Gzip: the file's name ends in [GzipExt], and its format has Gzip.
	Gzip bool
}

// Source reads what is behind records.
type Source interface {
	// Snapshot reads how a snapshot came, RawOf its exact bytes.
	Snapshot(id model.ID) (model.Snapshot, error)
	RawOf(id model.ID) ([]byte, error)
	// Text reads the text of a version of a document.
	Text(document model.ID, seq int) (string, error)
}

// GzipExt may follow the ending of a format that has Gzip.
const GzipExt = ".gz"

// writtenBy is when, if that is to be told, and by what an export was made.
func writtenBy(o Options) string {
	if o.GeneratedAt.IsZero() {
		return "by " + o.Tool
	}
	return o.GeneratedAt.UTC().Format(time.RFC3339) + " by " + o.Tool
}

// Write writes records in a format of [Formats], and holds no more than one of them; of
// a PDF it holds the pages, compressed. Of a format that is a folder it writes one record
// alone.
func Write(w io.Writer, f Format, records Records, o Options) error {
	switch {
	case f.write == nil && f.writeFolder == nil:
		return fmt.Errorf("%w: %q is not an export format", model.ErrInvalid, f.Name)
	case f.write == nil, f.Folder && records.Total != 1:
		return fmt.Errorf("%w: %s of %d records is a folder; name one, or a file that ends in %s",
			model.ErrInvalid, f.Name, records.Total, ZipExt)
	}
	return f.write(w, records, o)
}

// Single reports whether a format that is a folder can be one file for one record.
func (f Format) Single() bool { return f.Folder && f.write != nil }

// WriteFolder writes records in a format that is a folder, file by file.
func WriteFolder(folder Folder, f Format, records Records, o Options) error {
	if f.writeFolder == nil {
		return fmt.Errorf("%w: %q is one file, no folder", model.ErrInvalid, f.Name)
	}
	return f.writeFolder(folder, records, o)
}
