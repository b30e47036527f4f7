package model

import "time"

// DefaultEvery is how often a document is fetched when nothing else is set.
const DefaultEvery = 24 * time.Hour

// FetchKind is what became of one attempt to fetch a document. The words are
// those of `fetch --json`.
type FetchKind string

// What can become of an attempt.
const (
	FetchFirst       FetchKind = "first"        // the document's first text
	FetchChanged     FetchKind = "changed"      // a change was queued
	FetchUnchanged   FetchKind = "unchanged"    // the same text; other bytes at most
	FetchNotModified FetchKind = "not_modified" // the server reports it
	FetchQuarantined FetchKind = "quarantined"  // looks like no capture of the document; kept, nothing queued
	FetchFailed      FetchKind = "failed"       // nothing usable came
	FetchSkipped     FetchKind = "skipped"      // not tried, or the site asked to come back later
)

// Good reports whether the attempt showed the document as it is now.
func (k FetchKind) Good() bool {
	return k == FetchFirst || k == FetchChanged || k == FetchUnchanged || k == FetchNotModified
}

// Tracked is a document that is fetched from the web, and how that goes.
type Tracked struct {
	Document ID            `json:"document"`
	Platform Platform      `json:"platform"`
	Type     string        `json:"type"`
	Source   Source        `json:"source"`
	Every    time.Duration `json:"every"`
	// IgnoreRobots fetches what the site's robots.txt forbids; the journal records
	// who decided that.
	IgnoreRobots bool      `json:"ignore_robots,omitempty"`
	AddedAt      time.Time `json:"added_at"`
	AddedBy      string    `json:"added_by"`
	// Asking counts how often it was set to be asked for otherwise: by other headers,
	// cookies and the like.
	Asking int    `json:"-"`
	Health Health `json:"health"`
}

// Health is how fetching a document goes. It is what the last attempts left.
type Health struct {
	LastAttempt time.Time `json:"last_attempt,omitzero"`
	LastSuccess time.Time `json:"last_success,omitzero"` // the document was seen as it is now
	NextDue     time.Time `json:"next_due"`
	Last        FetchKind `json:"last,omitempty"`
	Status      int       `json:"status,omitempty"` // of the last answer
	// Failures counts the attempts since the last success, Reason is why the
	// last one of them did not do, FailingSince when the first was.
	Failures     int       `json:"failures,omitempty"`
	FailingSince time.Time `json:"failing_since,omitzero"`
	Reason       string    `json:"reason,omitempty"`
	// PutOff counts the attempts since the site last answered with anything but
	// the wish to be left alone for a while.
	PutOff int `json:"put_off,omitempty"`
	// Quarantined: the last capture is set apart, and the last good text remains.
	Quarantined bool `json:"quarantined,omitempty"`
	// ETag and LastModified are of the last good answer, as long as asking with
	// them can't hide anything: Extractor made the text from it.
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	Extractor    string `json:"extractor,omitempty"`
	// FullDue is when the server is asked in full again although it says that nothing
	// was modified, NotModified how often it has said so since it last was.
	FullDue     time.Time `json:"full_due,omitzero"`
	NotModified int       `json:"not_modified,omitempty"`
	// Distrusted: it said so of a page that had changed, and is asked in full each time.
	Distrusted bool `json:"distrusted,omitempty"`
	// Language is the one that is asked for where nothing is set, so that captures
	// don't turn from one language to another.
	Language string `json:"language,omitempty"`
	// Asked is the [Tracked.Asking] that the last good answer came to.
	Asked int `json:"-"`
}

// Due reports whether it is time to fetch.
func (t Tracked) Due(now time.Time) bool { return !now.Before(t.Health.NextDue) }

// Name is "Platform / Type", as it is shown.
func (t Tracked) Name() string { return t.Platform.Name + " / " + t.Type }

// TrackRequest asks to track a document, or to track it otherwise.
type TrackRequest struct {
	Platform     string
	Type         string
	Source       Source
	Every        time.Duration // 0 means DefaultEvery, or what it was
	IgnoreRobots bool
	// Secrets are values that Source has [Masked]; those of before stay where none is
	// given here.
	Secrets []RequestSecret
}

// Asking is what asking for a tracked document needs beyond what is shown of it.
type Asking struct {
	Secrets []RequestSecret
	// Text is the document's last good one, for its language.
	Text string
}

// TrackedRow is one line of the list of tracked documents.
type TrackedRow struct {
	Tracked
	// NotTerms is [Document.NotTerms].
	NotTerms   bool `json:"not_terms,omitempty"`
	Versions   int  `json:"versions"`
	LastChange ID   `json:"last_change,omitempty"`
	// UnreadableSince is [Document.UnreadableSince].
	UnreadableSince *time.Time `json:"unreadable_since,omitempty"`
}

// Exchange is what is known of the exchange that brought a web capture, beyond
// its addresses and status.
type Exchange struct {
	Started        time.Time `json:"started,omitzero"`
	Ended          time.Time `json:"ended,omitzero"`
	Proto          string    `json:"proto,omitempty"`           // "HTTP/2.0"
	TLSFingerprint string    `json:"tls_fingerprint,omitempty"` // SHA-256 of the server's certificate
	EncodedSHA256  string    `json:"encoded_sha256,omitempty"`  // of the body as sent
	EncodedBytes   int64     `json:"encoded_bytes,omitempty"`
	Charset        string    `json:"charset,omitempty"`
	Rendered       bool      `json:"rendered,omitempty"`       // by a browser
	RobotsIgnored  bool      `json:"robots_ignored,omitempty"` // robots.txt was not asked
	Remark         string    `json:"remark,omitempty"`         // what else the reader of a record should know
}
