package model

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Content is what a person writes in a record beside the judgement: what its clauses
// are, why they matter and what follows from them.
type Content struct {
	Title            string         `json:"title,omitempty"`
	WhatItIs         string         `json:"what_it_is,omitempty"`
	WhyItMatters     string         `json:"why_it_matters,omitempty"`
	InterpretiveNote string         `json:"interpretive_note,omitempty"`
	ConsumerImpact   string         `json:"consumer_impact,omitempty"`
	Actions          []ReaderAction `json:"actions,omitempty"`
	Analysis         Analysis       `json:"analysis,omitzero"`
	// Agencies and Regulations are names or IDs of package registry, or names that it
	// doesn't have; Types are IDs of package clausetype.
	Agencies    []string `json:"agencies,omitempty"`
	Regulations []string `json:"regulations,omitempty"`
	Types       []string `json:"types,omitempty"`
	// AgencyReasons say why an agency of the list has jurisdiction, where the registry's
	// own sentence is not to the point. The key is as in Agencies.
	AgencyReasons map[string]string `json:"agency_reasons,omitempty"`
	// Comparisons are how others handle it, as picked by the analyst.
	Comparisons []Comparison `json:"comparisons,omitempty"`
	// Prevalence is in how many other documents a clause like this was found.
	Prevalence *Prevalence `json:"prevalence,omitempty"`
	// DocumentLastUpdated is what the document says of itself, in its own words or as a
	// date.
	DocumentLastUpdated string `json:"document_last_updated,omitempty"`
	ArchiveLink         string `json:"archive_link,omitempty"` // a public archive's copy of the capture
}

// ReaderAction is something that a reader can do about a clause.
type ReaderAction struct {
	Kind         string `json:"kind,omitempty" toml:"kind,omitempty"` // opt_out, delete, object, complain, …
	Text         string `json:"text" toml:"text"`
	Contact      string `json:"contact,omitempty" toml:"contact,omitempty"`           // a link or an address
	Jurisdiction string `json:"jurisdiction,omitempty" toml:"jurisdiction,omitempty"` // ISO 3166, or EU; "" everywhere
	Basis        string `json:"basis,omitempty" toml:"basis,omitempty"`               // the legal basis
}

// Analysis is the institutional analysis, in its five parts.
type Analysis struct {
	RegulatoryLandscape      string   `json:"regulatory_landscape,omitempty"`
	GovernanceExposure       string   `json:"governance_exposure,omitempty"`
	ExposureLevel            Severity `json:"exposure_level,omitempty"`
	JurisdictionFlags        string   `json:"jurisdiction_flags,omitempty"`
	ContractImplications     string   `json:"contract_implications,omitempty"`
	ComplianceConsiderations string   `json:"compliance_considerations,omitempty"`
}

// Comparison is how another platform handles the same thing.
type Comparison struct {
	Platform   string   `json:"platform" toml:"platform"`
	Document   ID       `json:"document,omitempty" toml:"document,omitempty"`
	Seq        int      `json:"seq,omitempty" toml:"seq,omitempty"` // of the version quoted
	Excerpt    string   `json:"excerpt" toml:"excerpt"`
	Severity   Severity `json:"severity,omitempty" toml:"severity,omitempty"`
	CapturedAt string   `json:"captured_at,omitempty" toml:"captured_at,omitempty"` // date or RFC 3339
	Record     ID       `json:"record,omitempty" toml:"record,omitempty"`
}

// FromComparison is the [Authorship.Source] of what was counted and quoted by comparing a
// clause with those of other platforms rather than typed: it may be brought up to date. A
// prevalence from it counts platforms.
const FromComparison = "comparison"

// Prevalence is how many of the documents looked at have a clause like one.
type Prevalence struct {
	Alike int    `json:"alike" toml:"alike"`
	Of    int    `json:"of" toml:"of"`
	At    string `json:"at,omitempty" toml:"at,omitempty"` // date that it was counted
}

// Writing is all that a person writes of a record: the judgement, the content and, of
// a new provision record, which clauses it is about.
type Writing struct {
	Severity   Severity   `json:"severity,omitempty"`
	Confidence Confidence `json:"confidence,omitempty"`
	Basis      Basis      `json:"basis,omitempty"`
	Summary    string     `json:"summary,omitempty"`
	Content
	Clauses []int `json:"clauses,omitempty"` // from 1, in `clauses` of show --json
}

// FieldShape is how a field is written in a file and asked for on the desk.
type FieldShape int

// The shapes of fields.
const (
	Word  FieldShape = iota + 1 // one of a few words
	Line                        // a line of text
	Prose                       // paragraphs, under a heading of their own
	List                        // several words or names
	Table                       // several rows of named values
)

// WritingField is one field of a [Writing].
type WritingField struct {
	Key   string // in JSON and front matter; of the analysis without "analysis."
	Label string // its heading, in sentence case
	Shape FieldShape
	// Part is set for what stands in the analysis.
	Part bool
	// Required fields are needed before a provision record is approved.
	Required bool
	// Hint says in a sentence what belongs there.
	Hint string
	// Words are what a Word may be.
	Words []string

	text func(*Writing) *string
	list func(*Writing) *[]string
	// holds reports whether a Table, or the clauses, has rows; copies copies it.
	holds  func(*Writing) bool
	copies func(to, from *Writing)
}

// ID is the field's name where one is spoken of: "analysis.exposure_level".
func (f WritingField) ID() string {
	if f.Part {
		return "analysis." + f.Key
	}
	return f.Key
}

// Text returns where the field's text is, nil for lists and tables.
func (f WritingField) Text(w *Writing) *string {
	if f.text == nil {
		return nil
	}
	return f.text(w)
}

// List returns where the field's list is, nil for other fields.
func (f WritingField) List(w *Writing) *[]string {
	if f.list == nil {
		return nil
	}
	return f.list(w)
}

// Empty reports whether nothing is written in the field.
func (f WritingField) Empty(w *Writing) bool {
	switch {
	case f.text != nil:
		return strings.TrimSpace(*f.text(w)) == ""
	case f.list != nil:
		return len(*f.list(w)) == 0
	}
	return !f.holds(w)
}

// Same reports whether two writings have the same in the field. What is empty is the
// same, however it is.
func (f WritingField) Same(a, b *Writing) bool {
	var x, y Writing
	if !f.Empty(a) {
		f.Copy(&x, a)
	}
	if !f.Empty(b) {
		f.Copy(&y, b)
	}
	return reflect.DeepEqual(x, y)
}

// Copy takes the field over from another writing.
func (f WritingField) Copy(to, from *Writing) {
	switch {
	case f.text != nil:
		*f.text(to) = *f.text(from)
	case f.list != nil:
		*f.list(to) = slices.Clone(*f.list(from))
	default:
		f.copies(to, from)
	}
}

func wordsOf[T ~string](list []T) []string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = string(v)
	}
	return words
}

// WritingFields is the one table of what is written in a record, in the order that
// files, the desk's form and exports have it. A test holds it against [Writing].
var WritingFields = []WritingField{
	{Key: "title", Label: "Title", Shape: Line, Required: true,
		Hint: "What the clause is, in a few words: “Input and output licence for model improvement”.",
		text: func(w *Writing) *string { return &w.Title }},
	{Key: "severity", Label: "Severity", Shape: Word, Required: true, Words: wordsOf(Severities),
		Hint: "How much it matters to those bound by the document.",
		text: func(w *Writing) *string { return (*string)(&w.Severity) }},
	{Key: "confidence", Label: "Confidence", Shape: Word, Required: true, Words: wordsOf(Confidences),
		Hint: "How sure you are of the judgement.",
		text: func(w *Writing) *string { return (*string)(&w.Confidence) }},
	{Key: "basis", Label: "Basis", Shape: Word, Required: true, Words: wordsOf(Bases),
		Hint: "What it rests on: the document says so, you conclude it, or it is not said any more.",
		text: func(w *Writing) *string { return (*string)(&w.Basis) }},
	{Key: "types", Label: "Clause types", Shape: List,
		Hint: "What kinds of clause it is.",
		list: func(w *Writing) *[]string { return &w.Types }},
	{Key: "summary", Label: "Summary", Shape: Prose,
		Hint: "What changed, in plain language.",
		text: func(w *Writing) *string { return &w.Summary }},
	{Key: "what_it_is", Label: "What it is", Shape: Prose, Required: true,
		Hint: "What the clause states, permits or reserves, in plain language.",
		text: func(w *Writing) *string { return &w.WhatItIs }},
	{Key: "why_it_matters", Label: "Why it matters", Shape: Prose, Required: true,
		Hint: "What follows from it for those who are bound by it.",
		text: func(w *Writing) *string { return &w.WhyItMatters }},
	{Key: "interpretive_note", Label: "Interpretive note", Shape: Prose,
		Hint: "What is not defined or could be read otherwise. Asked for when confidence is below high.",
		text: func(w *Writing) *string { return &w.InterpretiveNote }},
	{Key: "consumer_impact", Label: "Consumer impact", Shape: Prose,
		Hint: "What it means for somebody who uses the service.",
		text: func(w *Writing) *string { return &w.ConsumerImpact }},
	{Key: "actions", Label: "What you can do", Shape: Table,
		Hint:   "What a reader can do about it: kind, text, contact, jurisdiction, legal basis.",
		holds:  func(w *Writing) bool { return len(w.Actions) > 0 },
		copies: func(to, from *Writing) { to.Actions = slices.Clone(from.Actions) }},
	{Key: "comparisons", Label: "How others handle this", Shape: Table,
		Hint:   "Other platforms' words for the same thing, quoted.",
		holds:  func(w *Writing) bool { return len(w.Comparisons) > 0 },
		copies: func(to, from *Writing) { to.Comparisons = slices.Clone(from.Comparisons) }},
	{Key: "prevalence", Label: "Prevalence", Shape: Table,
		Hint:   "In how many documents a clause like this was found, of how many, and when.",
		holds:  func(w *Writing) bool { return w.Prevalence != nil },
		copies: func(to, from *Writing) { to.Prevalence = from.Prevalence }},
	{Key: "regulatory_landscape", Label: "Regulatory landscape", Shape: Prose, Part: true,
		Hint: "Which laws it touches, and who enforces them.",
		text: func(w *Writing) *string { return &w.Analysis.RegulatoryLandscape }},
	{Key: "governance_exposure", Label: "Governance exposure", Shape: Prose, Part: true,
		Hint: "What an organisation that relies on the service is exposed to.",
		text: func(w *Writing) *string { return &w.Analysis.GovernanceExposure }},
	{Key: "exposure_level", Label: "Exposure level", Shape: Word, Part: true, Words: wordsOf(Severities),
		Hint: "How grave that exposure is.",
		text: func(w *Writing) *string { return (*string)(&w.Analysis.ExposureLevel) }},
	{Key: "jurisdiction_flags", Label: "Jurisdiction flags", Shape: Prose, Part: true,
		Hint: "Where it weighs more, or less, and why.",
		text: func(w *Writing) *string { return &w.Analysis.JurisdictionFlags }},
	{Key: "contract_implications", Label: "Contract and vendor implications", Shape: Prose, Part: true,
		Hint: "What to ask for in a contract with the vendor.",
		text: func(w *Writing) *string { return &w.Analysis.ContractImplications }},
	{Key: "compliance_considerations", Label: "Compliance considerations", Shape: Prose, Part: true,
		Hint: "What a compliance team should check.",
		text: func(w *Writing) *string { return &w.Analysis.ComplianceConsiderations }},
	{Key: "agencies", Label: "Applicable agencies", Shape: List,
		Hint: "Who has jurisdiction, by name or by the ID in the registry.",
		list: func(w *Writing) *[]string { return &w.Agencies }},
	{Key: "agency_reasons", Label: "Why they have jurisdiction", Shape: Table,
		Hint:   "For an agency of the list, why it has jurisdiction, where the registry's sentence is not to the point.",
		holds:  func(w *Writing) bool { return len(w.AgencyReasons) > 0 },
		copies: func(to, from *Writing) { to.AgencyReasons = from.AgencyReasons }},
	{Key: "regulations", Label: "Applicable regulations", Shape: List,
		Hint: "Which laws apply, by name or by the ID in the registry.",
		list: func(w *Writing) *[]string { return &w.Regulations }},
	{Key: "document_last_updated", Label: "Document last updated", Shape: Line,
		Hint: "When the document says that it was last updated.",
		text: func(w *Writing) *string { return &w.DocumentLastUpdated }},
	{Key: "archive_link", Label: "Archive link", Shape: Line,
		Hint: "A public archive's copy of the capture.",
		text: func(w *Writing) *string { return &w.ArchiveLink }},
	{Key: "clauses", Label: "Clauses", Shape: List,
		Hint:   "The numbers of the clauses that the record is about.",
		holds:  func(w *Writing) bool { return len(w.Clauses) > 0 },
		copies: func(to, from *Writing) { to.Clauses = slices.Clone(from.Clauses) }},
}

// ContentFields are the fields of a [Content], by their IDs: all but the judgement, the
// note, which a review has already, and the clauses.
var ContentFields = func() []string {
	var ids []string
	for _, f := range WritingFields {
		switch f.Key {
		case "severity", "confidence", "basis", "summary", "interpretive_note", "clauses":
		default:
			ids = append(ids, f.ID())
		}
	}
	return ids
}()

// HasContent reports whether anything is written in a field of a content.
func HasContent(c *Content) bool {
	w := Writing{Content: *c}
	return slices.ContainsFunc(ContentFields, func(id string) bool {
		f, _ := FieldByID(id)
		return !f.Empty(&w)
	})
}

// FieldByID returns the field of an ID such as "title" or "analysis.exposure_level".
func FieldByID(id string) (WritingField, bool) {
	for _, f := range WritingFields {
		if f.ID() == id {
			return f, true
		}
	}
	return WritingField{}, false
}

// MissingFields lists the IDs of what a provision record still needs before it can be
// approved; it is never nil.
func (w *Writing) MissingFields() []string {
	missing := []string{}
	for _, f := range WritingFields {
		if f.Required && f.Empty(w) {
			missing = append(missing, f.ID())
		}
	}
	return missing
}

// Missing is [Writing.MissingFields] in words: "what it is".
func (w *Writing) Missing() []string {
	missing := w.MissingFields()
	for i, id := range missing {
		missing[i] = strings.ReplaceAll(id, "_", " ")
	}
	return missing
}

// Merge takes over the fields named by their IDs from another writing.
func (w *Writing) Merge(from *Writing, fields []string) error {
	for _, id := range fields {
		f, ok := FieldByID(id)
		if !ok {
			return fmt.Errorf("%w: a record has no field %q", ErrInvalid, id)
		}
		f.Copy(w, from)
	}
	return nil
}

// WrittenHow is how a field came to be written.
type WrittenHow string

// How fields are written.
const (
	ByPerson  WrittenHow = "person"
	BySnippet WrittenHow = "snippet" // put in by a person from a snippet or template
	ByDraft   WrittenHow = "draft"   // by a draft command, and not changed since
)

// Authorship is who wrote a field last.
type Authorship struct {
	By  string     `json:"by"`
	How WrittenHow `json:"how"`
	// Source names the snippet or the draft command.
	Source string    `json:"source,omitempty"`
	At     time.Time `json:"at"`
}
