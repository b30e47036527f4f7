package model

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Platform is a company or service whose terms are tracked.
type Platform struct {
	Slug string `json:"slug"` // "ai21-labs"; the platform's identity
	Name string `json:"name"` // "AI21 Labs"; as it was given, unsanitised
}

// Slug makes a platform's identity from its name: lower case letters and
// digits, everything else a single hyphen. Names without any letter or digit
// give "platform".
func Slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range name {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(unicode.ToLower(r))
			gap = false
		} else {
			gap = true
		}
	}
	if b.Len() == 0 {
		return "platform"
	}
	return b.String()
}

// UnreadableAfter is for how long a document must be unreadable for that to be told.
const UnreadableAfter = 14 * 24 * time.Hour

// NotTermsNote says of a document that it is NotTerms.
const NotTermsNote = "this page looks like no legal text: its changes are folded"

// Document is one tracked document of a platform.
type Document struct {
	ID        ID        `json:"id"`
	Platform  Platform  `json:"platform"`
	Type      string    `json:"type"` // "Privacy Policy"
	Source    Source    `json:"source"`
	CreatedAt time.Time `json:"created_at"`
	// Ended is set when its archive deleted it or tracking stopped.
	Ended *time.Time `json:"ended,omitempty"`
	// UnreadableSince is set while there is nothing but error pages, challenges and
	// the like for [UnreadableAfter] or longer: since when.
	UnreadableSince *time.Time `json:"unreadable_since,omitempty"`
	// NotTerms is set while the page is no legal text at all: a forum, a home page, a
	// selection of pages. Its changes are folded.
	NotTerms bool `json:"not_terms,omitempty"`
	// Versions counts texts, failed captures and technical ones included.
	Versions int `json:"versions"`
}

// Source is where a document comes from: a web address and how to read the
// page, several of them, or a path in an imported history.
type Source struct {
	URL     string     `json:"url,omitempty"`
	Select  []Selector `json:"select,omitempty"`  // only these parts, in this order
	Remove  []Selector `json:"remove,omitempty"`  // without these
	Filters []Filter   `json:"filters,omitempty"` // cleaning before that
	Browser bool       `json:"browser,omitempty"` // the text is made by scripts
	// PDF: the page is a PDF, whatever type its server reports. Anything else that
	// comes is no version of the document.
	PDF bool `json:"pdf,omitempty"`
	// Actions are done in the browser before the page is read, in this order.
	Actions []PageAction `json:"actions,omitempty"`
	// Request is how the page is asked for, nil for nothing special.
	Request *RequestSettings `json:"request,omitempty"`
	// Parts are the pages of a document that has several, joined in this order;
	// all of them or none. The fields above are unused then.
	Parts []Page `json:"parts,omitempty"`
	// Warnings list what of the declaration can't be done here.
	Warnings []string `json:"warnings,omitempty"`
	Repo     string   `json:"repo,omitempty"` // display name of an imported repository
	Path     string   `json:"path,omitempty"` // path of the document in it
}

// Pages lists what is to be fetched for the document: its parts, or its one
// page; none for a document that only has an imported history.
func (s Source) Pages() []Page {
	switch {
	case len(s.Parts) > 0:
		return s.Parts
	case s.URL != "":
		return []Page{{URL: s.URL, Select: s.Select, Remove: s.Remove, Filters: s.Filters, Browser: s.Browser, PDF: s.PDF,
			Actions: s.Actions, Request: s.Request}}
	}
	return nil
}

// NamesPDF reports whether a web address ends as that of a PDF.
func NamesPDF(address string) bool {
	u, err := url.Parse(address)
	return err == nil && strings.EqualFold(path.Ext(u.Path), ".pdf")
}

// Method is the way in which a capture came in.
type Method string

// The ways in.
const (
	MethodWeb          Method = "web"
	MethodOTAVersions  Method = "ota-versions"
	MethodOTASnapshots Method = "ota-snapshots"
	MethodFile         Method = "file"
	MethodDataset      Method = "ota-dataset"
	MethodWayback      Method = "wayback"
)

// Provenance is everything known about how bytes or a text came in. Fields
// that do not apply to the method stay empty.
type Provenance struct {
	Method Method `json:"method"`
	Tool   string `json:"tool,omitempty"` // the build that recorded it, e.g. "fineprint/0.1.0"

	// Web.
	URL       string            `json:"url,omitempty"`       // as requested, or the archive's source location
	FinalURL  string            `json:"final_url,omitempty"` // after redirects
	Redirects []string          `json:"redirects,omitempty"`
	Status    int               `json:"status,omitempty"`
	Header    map[string]string `json:"header,omitempty"`
	Remote    string            `json:"remote,omitempty"` // address that answered
	Exchange  *Exchange         `json:"exchange,omitempty"`

	// Imported history.
	Archive *ArchiveOrigin `json:"archive,omitempty"`
}

// ArchiveOrigin points into the git history a version was imported from.
type ArchiveOrigin struct {
	Repo    string `json:"repo"`           // display name or public URL
	Root    string `json:"root,omitempty"` // the history's first commit: its identity wherever it is cloned to
	Commit  string `json:"commit"`         // in hexadecimal, 40 digits, or 64 where the repository hashes by SHA-256
	Path    string `json:"path"`
	Subject string `json:"subject,omitempty"` // the commit's subject line
	// Engine is the archive's X-engine-version.
	Engine string `json:"engine,omitempty"`
	// Locations are the archive's X-source-document-location values.
	Locations []string `json:"locations,omitempty"`
	// Snapshots are the references the archive gives for the raw captures, as
	// found: git ids, database ids, abbreviations or "undefined".
	Snapshots []string `json:"snapshots,omitempty"`
}

// Cut is what is known of the time before a version whose history was cut off there.
type Cut string

// The ways in which a history is cut off before a version; "" for not at all.
const (
	CutBefore Cut = "before" // it was captured then; what was before it isn't known
	CutStood  Cut = "stood"  // nor was it captured then: it is what stood where the history begins
)

// Capture is what an intake hands to the store: one document as it was at
// one time.
type Capture struct {
	Platform   string // platform name
	Type       string // document type
	Source     Source
	CapturedAt time.Time
	// Placed is when it counts as captured among others, where its archive's clock went
	// back; the zero time for CapturedAt.
	Placed time.Time
	// Raw is the exact bytes of the capture; nil when only the text is in
	// reach ("version only").
	Raw       []byte
	MediaType string
	Text      string
	Extractor string // name and version of what made Text from Raw
	LeftOut   LeftOut
	// Failure names why this capture holds no usable text ("empty", …). Its
	// bytes are kept; it moves no baseline and queues nothing.
	Failure string
	// Technical: the text comes of the archive's or our own re-extraction. It moves
	// the baseline and queues nothing, unless an archive's has other words.
	Technical bool
	// Reread is set when Text was made again from a snapshot that is here: Raw is
	// nil then. It is technical.
	Reread *Reread
	// OtherReading: the text before was made in another way, by another extractor
	// or with other selectors, and couldn't be made again.
	OtherReading bool
	// RenamedFrom is set when the archive renamed the document: the previous
	// platform and type names. The document keeps its ID.
	RenamedFrom *DocumentName
	// Deleted: the archive deleted the document in this commit; no text.
	Deleted bool
	// Cut is set where the history that it comes from is cut off.
	Cut    Cut
	Origin Provenance
}

// LeftOut is how much of the prose on a page is not in the text that was read of it.
type LeftOut struct {
	Share float64 `json:"share"` // 0 to 1
	// Unread is how many letters stand as U+FFFD in the text of a PDF: its fonts don't say which they are.
	Unread int `json:"unread,omitempty"`
	// Passages are the beginnings of the first of it.
	Passages []string `json:"passages,omitempty"`
}

// Telling reports whether so much was left out that a reader should be told.
func (l LeftOut) Telling() bool { return l.MissesProse() || l.Unread > 0 }

// MissesProse reports whether more of the prose was left out than is usual.
func (l LeftOut) MissesProse() bool { return l.Share >= tellingShare }

// With adds what was left out of another page of the same document.
func (l LeftOut) With(other LeftOut) LeftOut {
	l.Share = max(l.Share, other.Share)
	l.Unread += other.Unread
	l.Passages = append(slices.Clone(l.Passages), other.Passages...)
	l.Passages = l.Passages[:min(len(l.Passages), maxPassages)]
	return l
}

// maxPassages bounds the passages of a document of several pages.
const maxPassages = 8

// tellingShare is the share of a page's prose from which on a reader is told.
const tellingShare = 0.05

// Reread is which bytes a text was made from again.
type Reread struct {
	Snapshot ID
	// Seq is the last good version then. It is that one's text which is made
	// again, so a later one makes the capture void.
	Seq int
}

// Baseline is what the next text of a document is compared with, as the bytes
// that it can be made from again.
type Baseline struct {
	Reread   Reread
	Snapshot Snapshot
	Raw      []byte
}

// DocumentName identifies a document within a store by its names.
type DocumentName struct{ Platform, Type string }

// OutcomeKind is what recording a capture did.
type OutcomeKind string

// What recording a capture can do.
const (
	OutcomeFirst     OutcomeKind = "first"     // the document's first text
	OutcomeChanged   OutcomeKind = "changed"   // a change was queued
	OutcomeUnchanged OutcomeKind = "unchanged" // same text as before
	OutcomeTechnical OutcomeKind = "technical" // baseline moved, nothing queued
	OutcomeFailed    OutcomeKind = "failed"    // failed capture kept, nothing queued
	// OutcomeQuarantined: a capture from the live web that looks bad is kept as a
	// version, compared with nothing, and queues nothing.
	OutcomeQuarantined OutcomeKind = "quarantined"
	OutcomeKnown       OutcomeKind = "known" // this very capture is in the store already
	OutcomeRenamed     OutcomeKind = "renamed"
	// OutcomeOlder: it is older than what is here, and judged in its place when all of
	// its archive was taken in.
	OutcomeOlder OutcomeKind = "older"
	OutcomeEnded OutcomeKind = "ended"
)

// Outcome is what became of one Capture.
type Outcome struct {
	Kind     OutcomeKind
	Document ID
	Seq      int // the version's number in its document; 0 when none was made
	Snapshot ID  // "" when version only
	Change   ID  // "" unless Kind is OutcomeChanged
	Material bool
	Reason   Reason
	Detail   string // of a failed or quarantined capture, or a change that could not be compared
	// Uncompared: the change is kept as one whose texts could not be compared.
	Uncompared bool
	// Placed: it was put before what is here, or between.
	Placed bool
}

// VersionKind is the role a version plays in its document's history.
type VersionKind string

// The roles of a version.
const (
	VersionFirst     VersionKind = "first"
	VersionChanged   VersionKind = "changed"
	VersionTechnical VersionKind = "technical" // a change may lead to an archive's
	VersionFailed    VersionKind = "failed"
	VersionUnchanged VersionKind = "unchanged" // the text of the version before
	// VersionQuarantined looks like a bad capture; Failure is what gave it away.
	VersionQuarantined VersionKind = "quarantined"
)

// Version is one Text in the history of its document.
type Version struct {
	Document   ID          `json:"document"`
	Seq        int         `json:"seq"` // from 1
	Kind       VersionKind `json:"kind"`
	Failure    string      `json:"failure,omitempty"`
	CapturedAt time.Time   `json:"captured_at"`
	RecordedAt time.Time   `json:"recorded_at"`
	Snapshot   ID          `json:"snapshot,omitempty"`   // "" when version only
	RawSHA256  string      `json:"raw_sha256,omitempty"` // "" when version only
	TextSHA256 string      `json:"text_sha256"`
	TextBytes  int         `json:"text_bytes"`
	Extractor  string      `json:"extractor,omitempty"`
	// Cut is set where the history that it comes from was cut off before it: since
	// when its text stood isn't known.
	Cut Cut `json:"cut_off,omitempty"`
	// LeftOut is what of its page's prose is not in its text; nil where that is nothing,
	// or was not looked at.
	LeftOut *LeftOut   `json:"left_out,omitempty"`
	Origin  Provenance `json:"origin"`
}

// Snapshot is the bytes of one fetch and how they came.
type Snapshot struct {
	ID         ID         `json:"id"`
	Document   ID         `json:"document"`
	SHA256     string     `json:"sha256"`
	Bytes      int        `json:"bytes"`
	MediaType  string     `json:"media_type"`
	CapturedAt time.Time  `json:"captured_at"`
	Origin     Provenance `json:"origin"`
}
