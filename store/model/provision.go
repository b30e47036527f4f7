package model

import "time"

// RecordKind is what a record is about.
type RecordKind string

// The kinds of record. A record without one is of a change: it is older than kinds.
const (
	ChangeRecord    RecordKind = "change"    // what changed in a document
	ProvisionRecord RecordKind = "provision" // one or several clauses of one version
)

// DraftState is the state of a provision record, or of its next revision, that is not
// approved yet; WithdrawnState that of one which was taken back.
const (
	DraftState     State = "draft"
	WithdrawnState State = "withdrawn"
)

// Provision is a clause that a record is about: its own words, and where they stand.
type Provision struct {
	ID       ID       `json:"id"` // FP-P; the same for the clause in every version
	Number   int      `json:"n"`  // from 1, in the clauses of the version
	Heading  []string `json:"heading"`
	Quote    Quote    `json:"quote"`
	Document ID       `json:"document"`
	Seq      int      `json:"seq"` // of the version quoted
	// Change and ChangeClause name the clause change it was picked from, if it was.
	Change       ID  `json:"change,omitempty"`
	ChangeClause int `json:"change_clause,omitempty"` // from 1
}

// VersionClause is one clause of a version, as `show DOCUMENT@SEQ` lists it.
type VersionClause struct {
	Number int `json:"n"` // from 1
	// Provision is its FP-P where it was given one, else "".
	Provision ID       `json:"provision"`
	Heading   []string `json:"heading"`
	Text      string   `json:"text"`
	Start     int      `json:"start"` // byte position in the text
	End       int      `json:"end"`
}

// ProvisionDetail is what is known of a provision: its words where it was first
// recorded, and the records about it.
type ProvisionDetail struct {
	ID        ID        `json:"id"`
	Platform  Platform  `json:"platform"`
	Document  ID        `json:"document"`
	Type      string    `json:"type"`
	Seq       int       `json:"seq"` // of the version that the words are of
	Heading   []string  `json:"heading"`
	Quote     Quote     `json:"quote"`
	CreatedAt time.Time `json:"created_at"`
	Records   []ID      `json:"records"`
}

// Stability is how a provision stood over the versions of its document that were
// recorded when the record was approved.
type Stability struct {
	FirstSeen VersionRef `json:"first_seen"`
	// SinceUnknown: the history is cut off before FirstSeen.
	SinceUnknown bool       `json:"since_unknown,omitempty"`
	LastSeen     VersionRef `json:"last_seen"`
	Versions     int        `json:"versions"` // it stood in
	Changes      int        `json:"changes"`  // that changed its words materially
	Months       int        `json:"months"`   // for which it was monitored, begun ones counted
	// Value is 1 - Changes/(Versions-1), 1 for one version; Label puts in words how often it
	// changes, as Formula says.
	Value   float64         `json:"value"`
	Label   string          `json:"label"`
	Formula string          `json:"formula"`
	History []ProvisionStep `json:"history,omitempty"`
	// FormulaVersion is 0 in records from before formulas had versions, and these have
	// nothing of what follows.
	FormulaVersion int     `json:"formula_version,omitempty"`
	ChangesYear    float64 `json:"changes_a_year,omitempty"`
	// Present: it stood in the newest version. LastChanged is when its words changed
	// materially last, Revived how often it came back.
	Present     bool       `json:"present,omitempty"`
	LastChanged *time.Time `json:"last_changed,omitempty"`
	Revived     int        `json:"revived,omitempty"`
	// Clause is the one that it is of, in a change record, which may be about several.
	Clause ID `json:"clause,omitempty"`
}

// ProvisionStep is one change of a provision.
type ProvisionStep struct {
	Seq        int       `json:"seq"`
	CapturedAt time.Time `json:"captured_at"`
	Change     ID        `json:"change,omitempty"`
	Kind       Kind      `json:"kind"`
	Material   bool      `json:"material"`
	Reason     Reason    `json:"reason,omitempty"` // for which it is immaterial
	// Summary and Record are of the change's approved record, if it has one.
	Summary string `json:"summary,omitempty"`
	Record  ID     `json:"record,omitempty"`
}

// AgencyDetail is an agency as a record names it: what the registry said of it when
// the record was approved.
type AgencyDetail struct {
	ID           string `json:"id,omitempty"` // "" for one that the registry doesn't have
	Name         string `json:"name"`
	Jurisdiction string `json:"jurisdiction,omitempty"`  // ISO 3166, or EU
	Why          string `json:"why,omitempty"`           // why it has jurisdiction
	ComplaintURL string `json:"complaint_url,omitempty"` // only when verified
	Source       string `json:"source,omitempty"`
	Verified     string `json:"verified,omitempty"` // date on which it was checked against the source; "" never
}

// RegulationDetail is a regulation as a record names it.
type RegulationDetail struct {
	ID           string `json:"id,omitempty"`
	Name         string `json:"name"`
	Jurisdiction string `json:"jurisdiction,omitempty"` // ISO 3166, or EU
	Effective    string `json:"effective,omitempty"`    // date
	Covers       string `json:"covers,omitempty"`
	URL          string `json:"url,omitempty"` // only when verified
	Source       string `json:"source,omitempty"`
	Verified     string `json:"verified,omitempty"`
}

// ClauseTypeDetail is a clause type as a record names it.
type ClauseTypeDetail struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Family     string `json:"family,omitempty"`
	Definition string `json:"definition,omitempty"`
}

// RecordLink is another record, in short.
type RecordLink struct {
	Record   ID       `json:"record"`
	Title    string   `json:"title"` // or the summary of one without a title
	Platform string   `json:"platform"`
	Type     string   `json:"type"` // of the document
	Severity Severity `json:"severity,omitempty"`
	// Why names what they have in common, for related ones.
	Why string `json:"why,omitempty"`
}

// RecentActivity is what happened at a platform in the days, and in the months, up to the
// last moment that was known of it: when one of its documents was last captured or, live,
// last found as it was. In an archive that ended years ago these are its last days. A
// record made by an older build goes up to the last capture of its document alone, and has
// no months.
type RecentActivity struct {
	Days  int       `json:"days"`
	Until time.Time `json:"until"`
	// Document and Platform count material changes of the document, and of all tracked
	// documents of the platform.
	Document int              `json:"document"`
	Platform int              `json:"platform"`
	Changes  []ActivityChange `json:"changes,omitempty"` // of the document, newest first, at most 5
	// Months count them by month, in UTC, the oldest first: ActivityMonths of them.
	Months []ActivityMonth `json:"months,omitempty"`
}

// ActivityMonth counts the material changes of a month.
type ActivityMonth struct {
	Month    string `json:"month"` // 2026-01
	Document int    `json:"document"`
	Platform int    `json:"platform"`
}

// MonthsTotal counts the material changes in all months.
func (a *RecentActivity) MonthsTotal() (document, platform int) {
	for _, m := range a.Months {
		document, platform = document+m.Document, platform+m.Platform
	}
	return document, platform
}

// ActivityChange is a material change as recent activity names it.
type ActivityChange struct {
	Change     ID        `json:"change"`
	CapturedAt time.Time `json:"captured_at"`
	Severity   Severity  `json:"severity,omitempty"` // as approved, else ""
	Summary    string    `json:"summary,omitempty"`
	Record     ID        `json:"record,omitempty"`
}

// Question is one of the questions and answers made from a record's fields.
type Question struct {
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// Problem is a contradiction or a gap that the linter finds in a record.
type Problem struct {
	Rule    string `json:"rule"`
	Field   string `json:"field"` // ID of a [WritingField], or a key of the record
	Message string `json:"message"`
	Blocks  bool   `json:"blocks"` // it keeps the record from being approved
}

// Overruled is a problem that the analyst found to be none, and why.
type Overruled struct {
	Rule    string `json:"rule"`
	Field   string `json:"field,omitempty"`
	Message string `json:"message,omitempty"`
	Reason  string `json:"reason"`
	By      string `json:"by"`
}

// RecordDraft is a provision record as it is written: the approved revision, if there
// is one, stays as it is until the draft is approved.
type RecordDraft struct {
	Record   ID    `json:"record"`
	Revision int   `json:"revision"` // number of events so far, which an edit is based on
	State    State `json:"state"`    // DraftState, Approved when nothing was written since, WithdrawnState
	Approved int   `json:"approved"` // revision of the record that stands, 0 for none
	// Preview is the record that approving it now would make.
	Preview Record  `json:"preview"`
	Writing Writing `json:"writing"`
	// Missing are the required fields that are empty, Problems what the linter finds.
	Missing  []string  `json:"missing"`
	Problems []Problem `json:"problems"`
	Actor    string    `json:"actor"` // who wrote last
	At       time.Time `json:"at"`
}

// NewRecordRequest asks for a provision record.
type NewRecordRequest struct {
	Change   ID    // pick clauses of a change, or
	Document ID    // of a version
	Seq      int   // of Document's versions; 0: the newest that was read
	Clauses  []int // from 1, in `clauses` of show --json; before Writing.Clauses
	RecordEdit
}

// RecordEdit writes fields of a record.
type RecordEdit struct {
	Record  ID
	Base    int // RecordDraft.Revision that it is based on; AnyRevision skips the check
	Writing Writing
	Fields  []string // IDs of the fields that are taken over; others stay
	// Follow quotes the clauses as they are in the newest version; it is refused when one
	// is not in it any more.
	Follow bool
	How    WrittenHow
	Source string // of a snippet or a draft command
	Actor  string
	At     time.Time
}

// RecordApproval approves a draft.
type RecordApproval struct {
	Record ID
	Base   int // as in RecordEdit
	// Overrule gives reasons by rule; OverruleAll overrules all blocking problems.
	Overrule    map[string]string
	OverruleAll string
	Actor       string
	At          time.Time
}

// RecordDraftFilter narrows a listing of provision records. Zero values don't narrow.
type RecordDraftFilter struct {
	Change   ID    // picked from it
	Document ID    // of one of its versions
	State    State // as in RecordDraft
}
