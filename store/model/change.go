package model

import (
	"slices"
	"strings"
	"time"
)

// Kind is what happened to a clause.
type Kind string

// The kinds of clause change.
const (
	Added    Kind = "added"
	Removed  Kind = "removed"
	Modified Kind = "modified"
	Moved    Kind = "moved"
)

// Reason names why a clause change, or a whole change, is immaterial.
type Reason string

// The reasons. ReasonNone on a material one.
const (
	ReasonNone        Reason = ""
	ReasonWhitespace  Reason = "whitespace"
	ReasonTypography  Reason = "typography"
	ReasonFormatting  Reason = "formatting"
	ReasonLink        Reason = "link"
	ReasonDate        Reason = "date"
	ReasonNumbering   Reason = "numbering"
	ReasonCase        Reason = "case"
	ReasonMoved       Reason = "moved"
	ReasonBoilerplate Reason = "boilerplate"
	ReasonFlap        Reason = "flap"
	ReasonChurn       Reason = "churn"
	ReasonNotTerms    Reason = "not_terms" // the page is no legal text
	ReasonTechnical   Reason = "technical"
	ReasonCapture     Reason = "capture"
)

// Reasons lists the reasons.
var Reasons = []Reason{
	ReasonWhitespace, ReasonTypography, ReasonFormatting, ReasonLink, ReasonDate, ReasonNumbering, ReasonCase,
	ReasonMoved, ReasonBoilerplate, ReasonFlap, ReasonChurn, ReasonNotTerms, ReasonTechnical, ReasonCapture,
}

// Op is what a redline span does to its text.
type Op string

// The operations of a redline.
const (
	Equal  Op = "equal"
	Delete Op = "delete"
	Insert Op = "insert"
)

// Span is a run of text in a redline. The Equal and Delete spans of a redline
// joined are exactly the old text; Equal and Insert joined exactly the new.
type Span struct {
	Op   Op     `json:"op"`
	Text string `json:"text"`
}

// ByteRange is a half-open byte range [Start, End) of a Text.
type ByteRange struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// ClauseChange is what happened to one clause between two Texts.
type ClauseChange struct {
	Kind     Kind       `json:"kind"`
	Material bool       `json:"material"`
	Reason   Reason     `json:"reason,omitempty"`
	Detail   string     `json:"detail,omitempty"` // what gave the reason away, in a few words
	Heading  []string   `json:"heading"`          // headings above the clause, outermost first
	Old      *ByteRange `json:"old"`              // nil for added
	New      *ByteRange `json:"new"`              // nil for removed
	// OldHeading is the path above the clause before, where it is under
	// another one now.
	OldHeading []string `json:"old_heading,omitempty"`
	// Marks name what a reader must not miss: "number", "date", "negation",
	// "modal", "money"; "announced" for what takes effect at a date it names.
	Marks []string `json:"marks,omitempty"`
}

// Counts tallies the clause changes of a change. Added to Moved count the
// material ones by kind; Immaterial counts the rest.
type Counts struct {
	Added      int `json:"added"`
	Removed    int `json:"removed"`
	Modified   int `json:"modified"`
	Moved      int `json:"moved"`
	Immaterial int `json:"immaterial"`
}

// Suggestion is a proposed severity with its score (0 to 100) and the reasons
// for it in plain words. It never decides anything.
type Suggestion struct {
	Severity Severity `json:"severity"`
	Score    int      `json:"score"`
	Why      []string `json:"why"`
	// Says is what the words of the change say, the most telling first: "adds binding
	// arbitration", "30 → 10 days". It is read from the texts, and so only where one change
	// is shown, and in a list that asks for it.
	Says []string `json:"says,omitempty"`
	// Probability is how likely a reader calls the change material, above 0 and
	// below 1, as the model of store/detect/order has it; 0 for a change that an older build
	// called material, until it is detected again. Evidence tells in words what makes
	// a material one likely, or unlikely, the weightiest first.
	Probability float64  `json:"probability,omitempty"`
	Evidence    []string `json:"evidence,omitempty"`
}

// Reasons are what the words say and the rest of why, in the order in which they are shown.
func (s *Suggestion) Reasons() []string { return append(slices.Clone(s.Says), s.Why...) }

// Origin is the short form of an [ArchiveOrigin] in lists.
type Origin struct {
	Repo   string `json:"repo"`
	Commit string `json:"commit"`
}

// VersionRef points at one version of a change's document.
type VersionRef struct {
	Seq        int       `json:"seq"`
	CapturedAt time.Time `json:"captured_at"`
	SHA256     string    `json:"sha256"` // of the text
	Origin     *Origin   `json:"origin,omitempty"`
}

// Change is one document going from one Text to the next.
type Change struct {
	ID         ID             `json:"id"`
	Document   ID             `json:"document"`
	From       VersionRef     `json:"from"`
	To         VersionRef     `json:"to"`
	DetectedAt time.Time      `json:"detected_at"`
	Material   bool           `json:"material"`
	Reason     Reason         `json:"reason,omitempty"`
	Detail     string         `json:"detail,omitempty"` // e.g. "goes back to version 12"
	Suggested  Suggestion     `json:"suggested"`
	Counts     Counts         `json:"counts"`
	Algorithm  int            `json:"algorithm"` // detect.Version that found it
	Clauses    []ClauseChange `json:"clauses"`
}

// QueueItem is one row of the queue: the contract of `queue --json`.
type QueueItem struct {
	ID           ID         `json:"id"`
	Platform     string     `json:"platform"` // slug
	PlatformName string     `json:"platform_name"`
	Document     ID         `json:"document"`
	Type         string     `json:"type"`
	From         VersionRef `json:"from"`
	To           VersionRef `json:"to"`
	DetectedAt   time.Time  `json:"detected_at"`
	State        State      `json:"state"`
	// Superseded: other captures came to lie between its versions later; SupersededBy
	// are the changes that take its place. One that nothing was decided on is in the
	// state of that name, and in no other list.
	Superseded   bool `json:"superseded,omitempty"`
	SupersededBy []ID `json:"superseded_by,omitempty"`
	// Stale is set while the document does not say any more what the change said that
	// is approved or before a second reader.
	Stale     *Stale     `json:"stale"`
	Material  bool       `json:"material"`
	Reason    Reason     `json:"reason,omitempty"`
	Detail    string     `json:"detail,omitempty"`
	Suggested Suggestion `json:"suggested"`
	// ProbablyNoise: it is material, but stands under a heading of its own, with
	// what a reader hardly calls so. TakenBackAtOnce: it is material, and the next
	// change took it back to the letter within [AtOnce].
	ProbablyNoise   bool       `json:"probably_noise"`
	TakenBackAtOnce bool       `json:"taken_back_at_once,omitempty"`
	Counts          Counts     `json:"counts"`
	Severity        Severity   `json:"severity,omitempty"` // as reviewed
	Confidence      Confidence `json:"confidence,omitempty"`
	Author          string     `json:"author,omitempty"`
	SecondReader    string     `json:"second_reader,omitempty"` // once they have given a severity
	Record          ID         `json:"record,omitempty"`
	Origin          *Origin    `json:"origin,omitempty"`
	// Alternation is set for a change that is a turn of one.
	Alternation *Alternation `json:"alternation,omitempty"`
	// DuplicateGroup is equal for changes of one verdict, material or not, that delete
	// and insert the same words. "": what was recorded before there were groups, until
	// it is detected again, or a change that does nothing to any clause.
	DuplicateGroup string `json:"alike,omitempty"`
	// DuplicateCount is how many changes, this one included, share the DuplicateGroup
	// and are in the state that was asked for; 0 without a group. Only in a [QueuePage].
	DuplicateCount int `json:"alike_count,omitempty"`
	// Assignee is who the change is assigned to, "" for nobody; Notes counts the notes on
	// it and its clauses.
	Assignee string `json:"assignee,omitempty"`
	Notes    int    `json:"notes,omitempty"`
	// Stated is what the change did to the dates that the document states for itself;
	// nil where it states none, or its texts were not read for them yet.
	Stated *StatedChange `json:"stated,omitempty"`
	// Deviations are the positions of the playbook that the change brings, ends or alters a
	// deviation from, each once and in order.
	Deviations []string `json:"deviations,omitempty"`
	MarkedByRules
	// Detected is the place in the queue without what was learned: the greater, the earlier.
	Detected int64 `json:"-"`
}

// Alternation is a document's going back and forth between the same texts, as of one
// of its turns.
type Alternation struct {
	ID    ID        `json:"id"`    // of the change that was the first turn
	Turns int       `json:"turns"` // so far, this one included
	Since time.Time `json:"since"` // when the first turn was captured
	// Variants are the numbers of versions that have the texts, each once.
	Variants    []int     `json:"variants"`
	StandsAt    int       `json:"stands_at"` // the version that this turn led to
	StandsSince time.Time `json:"stands_since"`
}

// QueueFilter narrows the queue. Zero values don't narrow.
type QueueFilter struct {
	State    State    // "" means pending
	AllState bool     // every state; State is ignored
	Platform string   // slug
	Match    string   // glob on "Platform/Type", case-insensitive, * crosses "/"
	Severity Severity // as reviewed, else as suggested
	Detected bool     // in the order in which they were detected, without what was learned
	Offset   int      // how many of what matches are left out before
	Limit    int      // 0: no limit
}

// AtOnce is how soon a change is taken back at once.
const AtOnce = 14 * 24 * time.Hour

// Section is a part of the queue.
type Section uint8

// The sections, in their order.
const (
	SectionMaterial Section = iota
	SectionNoise
	SectionTakenBack
	SectionFolded
	Sections // how many there are
)

// String returns what stands above the section; "" above the first, which is the
// queue itself.
func (s Section) String() string {
	return [Sections]string{SectionNoise: "Probably noise", SectionTakenBack: "Taken back at once",
		SectionFolded: "Folded"}[s]
}

// Section returns the part of the queue that the change is in.
func (q *QueueItem) Section() Section {
	switch {
	case !q.Material:
		return SectionFolded
	case q.TakenBackAtOnce:
		return SectionTakenBack
	case q.ProbablyNoise:
		return SectionNoise
	}
	return SectionMaterial
}

// QueuePage is a queue listing: Total counts what matches, Changes is cut at
// the filter's limit. Order: material before immaterial; of the material ones
// first those that a reader most likely calls so, severity counted in (Rank of
// store/detect/order), then what is probably noise, in the same order, then what
// was taken back at once; newest first, then ID, between equals.
type QueuePage struct {
	Total int `json:"total"`
	// ProbablyNoise and TakenBackAtOnce count those among all that match.
	ProbablyNoise   int         `json:"probably_noise"`
	TakenBackAtOnce int         `json:"taken_back_at_once"`
	Changes         []QueueItem `json:"changes"`
	// States counts the changes of the platform that was asked for, or of all, by state,
	// whatever else the filter asks for: the desk's tabs.
	States StateCounts `json:"-"`
}

// Precedent is a change decided on that is the same as another one, or nearly.
type Precedent struct {
	Change       ID        `json:"change"`
	Document     ID        `json:"document"`
	Platform     string    `json:"platform"` // slug
	PlatformName string    `json:"platform_name"`
	Type         string    `json:"type"`
	CapturedAt   time.Time `json:"captured_at"` // of the version it led to
	Material     bool      `json:"material"`
	// Same: it deletes and inserts the same words, whatever it was judged to be.
	Same bool `json:"same"`
	// Similarity is about how much of what both delete and insert is the same: 1
	// when Same, below 1 else.
	Similarity float64 `json:"similarity"`
	// Review is what was decided, by whom and when.
	Review Review `json:"review"`
}

// PlatformRow is one line of the platforms list.
type PlatformRow struct {
	Platform
	Documents       int       `json:"documents"`
	Versions        int       `json:"versions"`
	Pending         int       `json:"pending"`
	MaterialPending int       `json:"material_pending"`
	MaterialTotal   int       `json:"material_total"` // in whatever state
	LastChange      time.Time `json:"last_change"`    // zero when there is none
	// Activity counts the changes captured in each of ActivityMonths months, in
	// UTC, oldest first. The last one is that of AsOf.
	Activity []int `json:"activity"`
	// Days counts those of each of ActivityDays days, in UTC, oldest first. The last one
	// is that of AsOf: the last moment that the store knows anything of, which is when a
	// document was last captured or, live, last found as it was. It is one moment for the
	// whole store, so that the days of two platforms are the same days. A capture dated
	// after now does not move it.
	Days []int     `json:"days"`
	AsOf time.Time `json:"as_of,omitzero"`
	// Failing counts the tracked documents whose last fetch failed; LastFetched is
	// when one was last seen as it is now, zero when none is tracked or was.
	Failing     int       `json:"failing"`
	LastFetched time.Time `json:"last_fetched"`
	// Unreadable counts the documents that have no readable capture
	// ([Document.UnreadableSince]); UnreadableSince is since when the first has none.
	Unreadable      int        `json:"unreadable,omitempty"`
	UnreadableSince *time.Time `json:"unreadable_since,omitempty"`
}

// DocumentRow is one line of the list of a platform's documents.
type DocumentRow struct {
	ID              ID        `json:"id"`
	Type            string    `json:"type"`
	Versions        int       `json:"versions"`
	Pending         int       `json:"pending"`
	MaterialPending int       `json:"material_pending"`
	LastChange      time.Time `json:"last_change"` // zero when there is none
	// Activity and Days are those of a [PlatformRow], of the document alone.
	Activity []int `json:"activity"`
	Days     []int `json:"days"`
	// Tracked: it is fetched from the web; Failing: the last fetch failed; LastFetched
	// is when it was last seen as it is now, zero when it never was.
	Tracked     bool      `json:"tracked"`
	Failing     bool      `json:"failing"`
	LastFetched time.Time `json:"last_fetched"`
	// UnreadableSince is [Document.UnreadableSince], NotTerms [Document.NotTerms], Ended
	// [Document.Ended].
	UnreadableSince *time.Time `json:"unreadable_since,omitempty"`
	NotTerms        bool       `json:"not_terms,omitempty"`
	Ended           *time.Time `json:"ended,omitempty"`
}

// Months counts changes by the month in which they were captured, in UTC, as
// [PlatformRow.Activity] does: ActivityMonths of them, the oldest first.
type Months struct {
	Counts []int
	Days   []int     // as [PlatformRow.Days]
	Last   time.Time // the beginning of the last one
}

// Month is the beginning of the i-th month.
func (m Months) Month(i int) time.Time { return m.Last.AddDate(0, i+1-len(m.Counts), 0) }

// Total is how many changes there are in all months.
func (m Months) Total() int {
	n := 0
	for _, count := range m.Counts {
		n += count
	}
	return n
}

// ActivityMonths is how many months PlatformRow.Activity looks back.
const ActivityMonths = 12

// ChangeDetail is all that reviewing one change needs.
type ChangeDetail struct {
	Change   Change    `json:"change"`
	Document Document  `json:"document"`
	Review   Review    `json:"review"`
	History  []Event   `json:"history"`
	FromMeta Version   `json:"from_version"`
	ToMeta   Version   `json:"to_version"`
	OldText  string    `json:"-"`
	NewText  string    `json:"-"`
	Row      QueueItem `json:"-"`
	// Notes are those on the change and its clauses, oldest first.
	Notes []ChangeNote `json:"notes,omitempty"`
}

// Stats is the contract of `stats --json`.
type Stats struct {
	Platforms       int            `json:"platforms"`
	Documents       int            `json:"documents"`
	Snapshots       int            `json:"snapshots"`
	Versions        int            `json:"versions"`
	FailedVersions  int            `json:"failed_versions"`
	Technical       int            `json:"technical_versions"`
	Changes         StateCounts    `json:"changes"`
	MaterialPending int            `json:"material_pending"`
	ByReason        map[Reason]int `json:"by_reason"`
	// OlderAlgorithm counts the changes not decided on that an older algorithm
	// found.
	OlderAlgorithm int    `json:"older_algorithm"`
	Records        int    `json:"records"`
	JournalEntries uint64 `json:"journal_entries"`
	DBBytes        int64  `json:"db_bytes"`
}

// StateCounts counts changes by the state of their review.
type StateCounts struct {
	Pending   int `json:"pending"`
	Snoozed   int `json:"snoozed"`
	Dismissed int `json:"dismissed"`
	InReview  int `json:"in_review"`
	Approved  int `json:"approved"`
	// What a second reader sent back.
	ChangesRequested int `json:"changes_requested"`
	Contested        int `json:"contested"`
}

// Add counts n more changes in a state, fewer where n is negative. A state that is not
// counted, as [Superseded], changes nothing.
func (c *StateCounts) Add(s State, n int) {
	if at := c.at(s); at != nil {
		*at += n
	}
}

// Of returns how many changes are in a state.
func (c StateCounts) Of(s State) int {
	if at := c.at(s); at != nil {
		return *at
	}
	return 0
}

// Total returns how many changes are in any state.
func (c StateCounts) Total() int {
	n := 0
	for _, s := range States {
		n += c.Of(s)
	}
	return n
}

// at returns where the changes in a state are counted, nil where they are not.
func (c *StateCounts) at(s State) *int {
	switch s {
	case Pending:
		return &c.Pending
	case Snoozed:
		return &c.Snoozed
	case Dismissed:
		return &c.Dismissed
	case Approved:
		return &c.Approved
	case InReview:
		return &c.InReview
	case ChangesRequested:
		return &c.ChangesRequested
	case Contested:
		return &c.Contested
	}
	return nil
}

// SupersededText tells what takes the place of a change that is superseded.
func (q *QueueItem) SupersededText() string {
	by := "other captures, which came to lie between its versions"
	if len(q.SupersededBy) > 0 {
		ids := make([]string, len(q.SupersededBy))
		for i, id := range q.SupersededBy {
			ids[i] = string(id)
		}
		by = strings.Join(ids, ", ")
	}
	return "superseded by " + by
}
