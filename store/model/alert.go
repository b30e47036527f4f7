package model

import "time"

// AlertKind is what an alert is about.
type AlertKind string

// The kinds of alerts.
const (
	AlertChange   AlertKind = "change"   // a change was detected that the rule's filter finds
	AlertFailing  AlertKind = "failing"  // fetching a document keeps failing
	AlertEnded    AlertKind = "ended"    // a document ended
	AlertApproved AlertKind = "approved" // a record was approved
	AlertDue      AlertKind = "due"      // something that was announced takes effect soon
	AlertTest     AlertKind = "test"     // somebody tries a target
	AlertDigest   AlertKind = "digest"   // several, together
)

// AlertRule does something with every change that its filter finds. It never judges one.
type AlertRule struct {
	ID     ID          `json:"id"`
	Name   string      `json:"name"`
	Filter string      `json:"filter"`
	On     []AlertKind `json:"on"`
	Tags   []string    `json:"tags,omitempty"`
	Assign string      `json:"assign,omitempty"`
	Raise  Severity    `json:"raise,omitempty"`
	Notify []string    `json:"notify,omitempty"` // targets
	Fold   bool        `json:"fold,omitempty"`
	// Sentences is how many sentences with a number, negation or modal its preview named,
	// which it may fold.
	Sentences int       `json:"sentences,omitempty"`
	Author    string    `json:"author"`
	At        time.Time `json:"at"`
	// Seen is the newest change that it was asked about.
	Seen ID `json:"seen,omitempty"`
	// Acted counts the changes that it did something with.
	Acted int `json:"acted"`
	// Last is when it did so last.
	Last time.Time `json:"last_acted_at,omitzero"`
}

// Actions are a rule's actions as they are written: "tag children".
func (r *AlertRule) Actions() []string {
	var list []string
	for _, tag := range r.Tags {
		list = append(list, "tag "+tag)
	}
	if r.Assign != "" {
		list = append(list, "assign "+r.Assign)
	}
	if r.Raise != "" {
		list = append(list, "raise "+string(r.Raise))
	}
	for _, target := range r.Notify {
		list = append(list, "notify "+target)
	}
	if r.Fold {
		list = append(list, "fold")
	}
	return list
}

// AlertRuleRequest asks for a rule.
type AlertRuleRequest struct {
	AlertRule
	// Past: it applies to the changes that are there already, too.
	Past bool
	// FoldSentences: it may fold the sentences that its preview names.
	FoldSentences bool
	Actor         string
}

// AlertCount counts what has a name.
type AlertCount struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// AlertPreview is what a rule would have done to all that is there.
type AlertPreview struct {
	Rule    AlertRule    `json:"rule"`
	Changes int          `json:"changes"` // there are
	Matched int          `json:"matched"`
	States  []AlertCount `json:"by_state"`
	// Platforms are the most frequent first, Months the newest first.
	Platforms []AlertCount `json:"by_platform"`
	Months    []AlertCount `json:"by_month"`
	// First are the newest that match, Sample some of all of them, spread evenly.
	First  []AlertMatch `json:"first"`
	Sample []AlertMatch `json:"sample"`
	// Effects is what each action would have done.
	Effects []AlertEffect `json:"effects"`
	// Sentences are those with a number, negation or modal that a fold would have met.
	Sentences []string `json:"sentences,omitempty"`
	// MoreSentences counts those that are not listed, which stay as they are.
	MoreSentences int `json:"more_sentences,omitempty"`
}

// AlertMatch is a change that a rule finds.
type AlertMatch struct {
	Change     ID        `json:"change"`
	Platform   string    `json:"platform_name"`
	Type       string    `json:"type"`
	CapturedAt time.Time `json:"captured_at"`
	State      State     `json:"state"`
	Severity   Severity  `json:"severity,omitempty"` // as judged, else as suggested
	Words      string    `json:"words,omitempty"`    // the first that changed
}

// AlertEffect is what an action would have done, or did.
type AlertEffect struct {
	Action string `json:"action"` // as it is written: "tag children"
	Count  int    `json:"count"`
	// Left counts the changes that it leaves as they are, Why says for what reason.
	Left int    `json:"left,omitempty"`
	Why  string `json:"why,omitempty"`
}

// AlertRun is what the rules did.
type AlertRun struct {
	Rules   int           `json:"rules"`
	Changes int           `json:"changes"` // that were looked at
	Matched int           `json:"matched"`
	Queued  int           `json:"queued"` // notifications
	Effects []AlertEffect `json:"effects"`
}

// Alert is what a target is told: what goes out as JSON. A digest has Items.
type Alert struct {
	ID     string    `json:"id"` // to drop repeats by
	Kind   AlertKind `json:"kind"`
	At     time.Time `json:"at"`
	Target string    `json:"target"`
	// Store is the identity of the database.
	Store string `json:"store,omitempty"`
	Rule  string `json:"rule,omitempty"` // its name
	Title string `json:"title"`
	Text  string `json:"text,omitempty"`

	Platform     string       `json:"platform,omitempty"`
	PlatformName string       `json:"platform_name,omitempty"`
	Document     ID           `json:"document,omitempty"`
	Type         string       `json:"type,omitempty"`
	Change       ID           `json:"change,omitempty"`
	Record       ID           `json:"record,omitempty"`
	CapturedAt   time.Time    `json:"captured_at,omitzero"`
	Material     bool         `json:"material,omitempty"`
	Severity     Severity     `json:"severity,omitempty"`
	Suggested    *AlertReason `json:"suggested,omitempty"`
	Words        string       `json:"words,omitempty"` // the first that changed
	Tags         []string     `json:"tags,omitempty"`

	Items []Alert `json:"items,omitempty"`
	// More counts the items that a digest has no room for.
	More int `json:"more,omitempty"`
}

// AlertReason is the severity that is suggested, and why.
type AlertReason struct {
	Severity Severity `json:"severity"`
	Why      []string `json:"why"`
}

// OutboxState is what became of a notification.
type OutboxState string

// The states of notifications.
const (
	OutboxPending   OutboxState = "pending"
	OutboxDelivered OutboxState = "delivered"
	OutboxGivenUp   OutboxState = "given_up"
	OutboxInDigest  OutboxState = "in_digest"
	OutboxRecalled  OutboxState = "recalled" // before it was sent
)

// OutboxItem is a notification on its way.
type OutboxItem struct {
	ID       string      `json:"id"`
	Target   string      `json:"target"`
	Kind     AlertKind   `json:"kind"`
	Rule     ID          `json:"rule,omitempty"`
	Change   ID          `json:"change,omitempty"`
	State    OutboxState `json:"state"`
	Created  time.Time   `json:"created_at"`
	Due      time.Time   `json:"due_at,omitzero"` // tried again then
	Attempts int         `json:"attempts"`
	Error    string      `json:"error,omitempty"` // of the last attempt
	Finished time.Time   `json:"finished_at,omitzero"`
	Since    time.Time   `json:"-"` // since when it is tried
	Payload  []byte      `json:"-"` // the [Alert] as JSON; empty once it was delivered
	Lease    string      `json:"-"` // of who has it in hand
}

// AlertRemoval is a rule that was removed, with what it did.
type AlertRemoval struct {
	Rule AlertRule `json:"rule"`
	// Did is what stood of it, TakenBack what was taken back.
	Did       []AlertEffect `json:"did"`
	TakenBack []AlertEffect `json:"taken_back"`
	// Waiting counts its notifications that were not sent yet, Recalled those of them that
	// never will be.
	Waiting  int `json:"waiting"`
	Recalled int `json:"recalled"`
}

// AlertTakenBack is what was taken back of what a rule did with some changes.
type AlertTakenBack struct {
	TakenBack []AlertEffect `json:"taken_back"`
	Recalled  int           `json:"recalled"` // notifications
}

// TargetFigures counts the notifications for a target.
type TargetFigures struct {
	Target    string    `json:"target"`
	Pending   int       `json:"pending"`
	Delivered int       `json:"delivered"`
	GivenUp   int       `json:"given_up"`
	Retried   int       `json:"retried"` // of the pending ones, those that failed before
	Oldest    time.Time `json:"oldest_pending,omitzero"`
	Last      time.Time `json:"last_delivered,omitzero"`
	LastError string    `json:"last_error,omitempty"` // of the newest that is not delivered
}
