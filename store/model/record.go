package model

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Quote is a clause's own words, exactly, with their byte position in the Text.
type Quote struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// RecordClause is one clause change as kept in a record.
type RecordClause struct {
	Kind     Kind     `json:"kind"`
	Material bool     `json:"material"`
	Reason   Reason   `json:"reason,omitempty"`
	Heading  []string `json:"heading"`
	Old      *Quote   `json:"old"`
	New      *Quote   `json:"new"`
	Spans    []Span   `json:"spans"`
}

// Evidence is what an outsider needs to check one side of a record.
type Evidence struct {
	Seq        int       `json:"seq"`
	CapturedAt time.Time `json:"captured_at"`
	SourceURL  string    `json:"source_url,omitempty"`
	// RawSHA256 is of the exact bytes of the capture; "" when VersionOnly.
	RawSHA256  string `json:"raw_sha256,omitempty"`
	RawBytes   int    `json:"raw_bytes,omitempty"`
	Snapshot   ID     `json:"snapshot,omitempty"`
	TextSHA256 string `json:"text_sha256"`
	TextBytes  int    `json:"text_bytes"`
	Extractor  string `json:"extractor,omitempty"`
	// VersionOnly: the raw bytes are not in reach; only the archive's text is.
	VersionOnly bool `json:"version_only"`
	// Cut is set where the history that it comes from was cut off before it: since
	// when its text stood isn't known.
	Cut    Cut        `json:"cut_off,omitempty"`
	Origin Provenance `json:"origin"`
	// Stated are the dates that the text states for itself, with the words; none in
	// records from before they were read.
	Stated []StatedDate `json:"stated,omitempty"`
}

// StatedWords tells the dates in one line, each once, and says of what takes effect that it
// was still to come. Those that are asked for as quotes have the words that say so, and
// those of versions before are among them.
func (e *Evidence) StatedWords(quoted bool) string {
	var parts []string
	for _, d := range e.Stated {
		if d.Kind == StatedPrevious && !quoted {
			continue
		}
		said := d.Kind.Verb() + " " + d.String()
		if (d.Kind == StatedEffective || d.Kind == StatedApplies) && d.Last().After(e.CapturedAt) {
			said += ", still to come when captured"
		}
		if words := strings.Join(strings.Fields(d.Words), " "); quoted && words != "" {
			said += " (“" + words + "”)"
		}
		if !slices.Contains(parts, said) {
			parts = append(parts, said)
		}
	}
	return strings.Join(parts, "; ")
}

// JournalRef names the journal entry that froze a record.
type JournalRef struct {
	Entry uint64 `json:"entry"`
	Hash  string `json:"hash"` // SHA-256 of the entry, chained to all before it
}

// StaleHow is what became of what a record says.
type StaleHow string

// What becomes of it.
const (
	StaleChanged   StaleHow = "changed"    // the words were changed again
	StaleRemoved   StaleHow = "removed"    // the clause is gone
	StaleTakenBack StaleHow = "taken_back" // what was there before is there again
)

// Stale names the version, and the change that led to it, since which a document
// does not say any more what a record, or a change before a second reader, says.
type Stale struct {
	Document   ID        `json:"document"`
	Seq        int       `json:"seq"`
	CapturedAt time.Time `json:"captured_at"`
	Change     ID        `json:"change"`
	How        StaleHow  `json:"how"`
}

// String describes it: "taken back with version 3, captured 2026-06-01, FP-C-000002".
func (s Stale) String() string {
	how := map[StaleHow]string{StaleTakenBack: "taken back", StaleRemoved: "the clause is gone",
		StaleChanged: "changed again"}[s.How]
	return fmt.Sprintf("%s with version %d, captured %s, %s", how, s.Seq, s.CapturedAt.UTC().Format(time.DateOnly),
		s.Change)
}

// Record is an approved review kept unchanged with its evidence and citation. It is
// corrected only by a next revision.
type Record struct {
	ID       ID  `json:"id"`
	Revision int `json:"revision"`
	// Kind is "" in records from before there were two.
	Kind RecordKind `json:"kind,omitempty"`
	// Change is what a change record is of; of a provision record the change that it
	// was picked from, "" when it was picked from a version.
	Change ID `json:"change"`
	// State is approved; in a preview pending or draft; or pending after an undone approval.
	State      State      `json:"state"`
	Withdrawn  bool       `json:"withdrawn,omitempty"`
	ApprovedAt time.Time  `json:"approved_at"`
	ApprovedBy string     `json:"approved_by"`
	Platform   Platform   `json:"platform"`
	Document   ID         `json:"document"`
	Type       string     `json:"type"`
	Severity   Severity   `json:"severity"`
	Confidence Confidence `json:"confidence"`
	Basis      Basis      `json:"basis"`
	Summary    string     `json:"summary"`
	Note       string     `json:"note,omitempty"`
	// Author judged the change; SecondReader, where there was one, approved it,
	// and their own values are beside the author's.
	Author       string        `json:"author,omitempty"`
	SecondReader *SecondReview `json:"second_reader,omitempty"`
	// Content is what else is written; its InterpretiveNote is Note.
	Content
	// Authors say who wrote which field, by the ID of the field.
	Authors map[string]Authorship `json:"authors,omitempty"`

	// Provisions are the clauses that a provision record is about, in a change record
	// those of its clauses that have one; Clauses are the clause changes of a change
	// record, and those that a provision record was picked from.
	Provisions []Provision    `json:"provisions,omitempty"`
	Clauses    []RecordClause `json:"clauses"`
	// From is zero in a record of a version that was not picked from a change.
	From      Evidence `json:"from,omitzero"`
	To        Evidence `json:"to"`
	Algorithm int      `json:"algorithm"`

	// What the registries, the history and the other records said when it was approved.
	AgencyDetails     []AgencyDetail     `json:"agency_details,omitempty"`
	RegulationDetails []RegulationDetail `json:"regulation_details,omitempty"`
	TypeDetails       []ClauseTypeDetail `json:"type_details,omitempty"`
	Stability         *Stability         `json:"stability,omitempty"`
	OtherRisks        []RecordLink       `json:"other_risks,omitempty"`
	Related           []RecordLink       `json:"related,omitempty"`
	RecentActivity    *RecentActivity    `json:"recent_activity,omitempty"`
	// FirstTracked is when the document was first captured, LastVerified when last.
	FirstTracked time.Time  `json:"first_tracked,omitzero"`
	LastVerified time.Time  `json:"last_verified,omitzero"`
	FAQ          []Question `json:"faq,omitempty"`
	// Overruled are problems that the linter found and the analyst found to be none.
	Overruled []Overruled `json:"overruled,omitempty"`

	Citation    string `json:"citation"`
	Methodology string `json:"methodology"`
	// The versions of the standing texts that follow, 0 for none.
	MethodologyVersion int        `json:"methodology_version,omitempty"`
	Disclaimer         string     `json:"disclaimer,omitempty"`
	DisclaimerVersion  int        `json:"disclaimer_version,omitempty"`
	Caution            string     `json:"caution,omitempty"` // stands with the actions
	Journal            JournalRef `json:"journal"`
	// SHA256 is of the record's JSON as it was made, which its journal entry names.
	SHA256 string `json:"sha256,omitempty"`
	// Clock is set where it was approved before its capture or an earlier journal entry, by
	// the clocks.
	Clock *Clock `json:"clock,omitempty"`
	// Stale is set while the document does not say any more what the record says.
	// It is no part of what is kept unchanged, nor of its SHA256.
	Stale *Stale `json:"stale"`
	// Notes are those on the change and its clauses, in an export that is asked for them.
	// They are no part of what is kept unchanged, nor of its SHA256.
	Notes []ChangeNote `json:"notes,omitempty"`
	// JournalHead is how far the store's journal had come, in an export as JSON lines. It is
	// no part of what is kept unchanged, nor of its SHA256.
	JournalHead *JournalHead `json:"journal_head,omitempty"`
}

// RecordFilter narrows a listing of records. Zero values don't narrow.
type RecordFilter struct {
	Since  time.Time // approved at or after
	Match  string    // glob on "Platform/Type"
	IDs    []ID      // records or changes
	Latest bool      // only the latest revision of each, withdrawn ones left out
	// Kind, Severities, Types (of clauses) and Stale narrow to records that have one of
	// these; Since and Until bound ApprovedAt, Until excluded.
	Kind       RecordKind
	Severities []Severity
	Types      []string
	Stale      bool
	Until      time.Time
}
