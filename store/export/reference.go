package export

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"fineprint/store/model"
)

// reference is a record as the formats for citations have it: the platform's own
// document, as it was captured, with what finds and proves it.
type reference struct {
	key       string // of letters, digits and hyphens
	number    string // "FP-R-000077 r1"
	author    string // whose document it is
	title     string
	container string // the document
	version   string // of the document
	captured  time.Time
	accessed  time.Time
	url       string // "" for none that a browser may follow
	archive   string
	location  string // in the archive
	abstract  string
	keywords  []string
	note      string
}

// standing reports whether a record was approved and not taken back. Others are
// previews or void: neither to be cited nor to be announced.
func standing(r model.Record) bool { return r.ID != "" && !r.Withdrawn }

// referenceTo makes the reference of a record.
func referenceTo(r model.Record) reference {
	ref := reference{
		key:    fmt.Sprintf("%s-r%d", plainKey(string(r.ID)), r.Revision),
		number: fmt.Sprintf("%s r%d", r.ID, r.Revision),
		author: oneLine(r.Platform.Name),
		title:  oneLine(titleOf(&r)), container: oneLine(r.Type),
		captured: r.To.CapturedAt.UTC(), accessed: r.To.CapturedAt.UTC(),
		url:      addressOf(r.To),
		abstract: oneLine(or(r.Summary, r.WhatItIs)),
		keywords: keywordsOf(r),
	}
	if r.To.Seq > 0 {
		ref.version = fmt.Sprint(r.To.Seq)
	}
	if r.LastVerified.After(ref.accessed) {
		ref.accessed = r.LastVerified.UTC()
	}
	ref.archive, ref.location = archiveOf(r)
	ref.note = proofOf(r, ref.number)
	return ref
}

// archiveOf names where the capture is kept, and where in it.
func archiveOf(r model.Record) (archive, location string) {
	switch a := r.To.Origin.Archive; {
	case webAddress(r.ArchiveLink) != "":
		return "Archived copy", webAddress(r.ArchiveLink)
	case a != nil:
		return oneLine(a.Repo), oneLine(strings.TrimSuffix(a.Commit+":"+a.Path, ":"))
	case r.To.Snapshot != "":
		return "Fineprint", string(r.To.Snapshot)
	}
	return "", ""
}

// proofOf names the record and the hashes that prove what was captured.
func proofOf(r model.Record, number string) string {
	note := "Fineprint record " + number
	if r.Severity != "" {
		note += fmt.Sprintf(", severity %s, approved %s", r.Severity, r.ApprovedAt.UTC().Format(time.DateOnly))
	}
	if r.To.RawSHA256 != "" {
		note += ". SHA-256 of the captured bytes: " + r.To.RawSHA256
	} else {
		note += ". Text only, no captured bytes"
	}
	if r.To.TextSHA256 != "" {
		note += ". SHA-256 of the text: " + r.To.TextSHA256
	}
	return oneLine(note + ".")
}

// keywordsOf lists a record's clause types by name, and its severity.
func keywordsOf(r model.Record) []string {
	var words []string
	named := map[string]string{}
	for _, d := range r.TypeDetails {
		named[d.ID] = d.Name
	}
	for _, id := range r.Types {
		words = append(words, oneLine(or(named[id], id)))
	}
	if r.Severity != "" {
		words = append(words, "severity "+string(r.Severity))
	}
	return words
}

// oneLine returns text without what has no place in a line of a reference: line
// breaks and other runs of white space become a space, controls, marks that turn
// the direction of writing and broken UTF-8 go.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), bidi(r), r == 0xFEFF, r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// plainKey returns the letters, digits and hyphens of an ID.
func plainKey(id string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-') {
			return r
		}
		return -1
	}, id)
}

// webAddress returns an address of the web as a link has it; "" for any other.
func webAddress(s string) string {
	if address := safeURL(s); strings.HasPrefix(address, "http") {
		return address
	}
	return ""
}

// addressOf is where on the web a version is from, by what was asked for or by what its
// archive says; "" for unknown.
func addressOf(e model.Evidence) string {
	address := or(webAddress(e.SourceURL), webAddress(e.Origin.URL))
	if a := e.Origin.Archive; address == "" && a != nil && len(a.Locations) > 0 {
		return webAddress(a.Locations[0])
	}
	return address
}
