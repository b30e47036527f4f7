package journal

import (
	"encoding/binary"
	"fmt"
	"time"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// Kind is what a journal entry is about.
type Kind uint8

const (
	KindCreated   Kind = 1 // the store was made
	KindVersion   Kind = 2 // a version was recorded; digest of its row
	KindSnapshot  Kind = 3 // a snapshot was recorded without a version
	KindDecision  Kind = 4 // an event; digest of its sealed payload
	KindRecord    Kind = 5 // a record was created; digest of its bytes
	KindWithdrawn Kind = 6 // a record was withdrawn by an undo
	KindRenamed   Kind = 7 // a document got another name
	KindEnded     Kind = 8 // a document ended

	KindTracked       Kind = 9  // a document is tracked, or tracked otherwise; digest of its setting
	KindUntracked     Kind = 10 // it is tracked no longer
	KindRobotsIgnored Kind = 11 // from here on its robots.txt is not asked
	KindRobotsObeyed  Kind = 12 // and from here on it is again

	KindRuleAdded   Kind = 14 // a rule for a place; digest of its sealed payload
	KindRuleRemoved Kind = 15 // and that it holds no longer

	// KindAskedOtherwise: a document is asked for with other headers, cookies and the
	// like; part is which (model.AskedSettings), digest of its setting, without secrets.
	KindAskedOtherwise Kind = 16

	KindProvision   Kind = 17 // a clause was given an ID; digest of its sealed payload
	KindRecordEvent Kind = 18 // a step in the life of a provision record; digest of its sealed payload

	KindAnnotation Kind = 19 // a step with a note or an assignment; digest of its sealed payload

	KindPlaybook Kind = 22 // a team's expected positions; digest of their sealed payload

	// KindTrained: changes, or as part 1 quotes, were learned from; digest of the sealed payload.
	KindTrained Kind = 26

	KindTypeCorrection Kind = 21 // somebody said what types a clause is of; digest of the sealed payload

	KindAlertRule        Kind = 23 // an alert rule was saved; digest of its sealed payload
	KindAlertRuleRemoved Kind = 24 // and that it holds no longer

	// KindRestored: a backup with so many entries (object) was put in the place of a database
	// with so many (part); digest is the link of the last one of these, zero when it could
	// not be read.
	KindRestored Kind = 27
	// KindSalvaged: what could be read of a damaged database was put into this one. A second
	// such entry names the first (object) and how much is lost (part), with the digest of the
	// list of it.
	KindSalvaged Kind = 28
	// KindHeadAccepted: the database was accepted though it didn't go on from the head beside
	// it; the note has both heads, object and part are how many entries the one beside and the
	// journal had.
	KindHeadAccepted Kind = 29

	KindDetected Kind = 13 // a document was detected again; part is the algorithm, digest of the verdicts
)

// String names a kind as lists of the journal do.
func (k Kind) String() string { return kindNames[k] }

var kindNames = map[Kind]string{KindCreated: "created", KindVersion: "version", KindSnapshot: "snapshot",
	KindDecision: "decision", KindRecord: "record", KindWithdrawn: "withdrawn", KindRenamed: "renamed",
	KindEnded: "ended", KindDetected: "detection",
	KindTracked: "tracked", KindUntracked: "untracked", KindRobotsIgnored: "robots_ignored",
	KindRobotsObeyed: "robots_obeyed", KindRuleAdded: "rule_added", KindRuleRemoved: "rule_removed",
	KindAskedOtherwise: "asked_otherwise", KindProvision: "provision", KindRecordEvent: "record_event",
	KindRestored: "restored", KindSalvaged: "salvaged",
	KindAlertRule: "alert_rule", KindAlertRuleRemoved: "alert_rule_removed",
	KindAnnotation: "annotation", KindPlaybook: "playbook", KindTrained: "training",
	KindTypeCorrection: "type_correction", KindHeadAccepted: "head_accepted"}

// Entry is one line of the journal. Object and Part are numbers: of the
// document and version, the change and revision, the record and revision.
type Entry struct {
	At     time.Time `cbor:"1,keyasint"`
	Actor  string    `cbor:"2,keyasint"`
	Kind   Kind      `cbor:"3,keyasint"`
	Object uint64    `cbor:"4,keyasint,omitempty"`
	Part   uint64    `cbor:"5,keyasint,omitempty"`
	Digest kv.Sum    `cbor:"6,keyasint"` // SHA-256 of what happened
	// Note is what happened, where nothing else holds it. Builds of before ignore it.
	Note string `cbor:"7,keyasint,omitempty"`
}

// Link returns the link of entry n, given the one before it. A journal value is
// link ‖ entry, link = SHA-256(link before ‖ number ‖ entry).
func Link(before kv.Sum, n uint64, entry []byte) kv.Sum { return kv.ChainLink(before, n, entry) }

// Append adds an entry and returns its reference.
func Append(tx *kv.Tx, e Entry) (model.JournalRef, error) {
	b := tx.Bucket(kv.BucketJournal)
	var before kv.Sum
	last, value := b.Cursor().Last()
	if value != nil {
		if len(value) < 32 || binary.BigEndian.Uint64(last) != b.Sequence() {
			return model.JournalRef{}, fmt.Errorf("%w: the journal's last entry is malformed", model.ErrDamaged)
		}
		copy(before[:], value)
	}
	return appendAfter(tx, before, e)
}

// appendAfter adds an entry whose link follows from another.
func appendAfter(tx *kv.Tx, before kv.Sum, e Entry) (model.JournalRef, error) {
	n, err := kv.NextNumber(tx, kv.BucketJournal)
	if err != nil {
		return model.JournalRef{}, err
	}
	entry, err := kv.Encode(e)
	if err != nil {
		return model.JournalRef{}, fmt.Errorf("encoding a journal entry: %w", err)
	}
	link := Link(before, n, entry)
	return model.JournalRef{Entry: n, Hash: kv.HexSum(link)}, kv.Insert(tx, kv.BucketJournal, kv.Key(n),
		append(link[:], entry...))
}

// latest is the key of what LatestTime found.
type latest struct{}

// latestOf is how many entries LatestTime looks at.
const latestOf = 256

// LatestTime returns the latest time of the last entries before those of this transaction; it
// must have been asked before the first of them is added. Times may go backwards in it,
// where a clock was set.
func LatestTime(tx *kv.Tx) (time.Time, error) {
	at, err := tx.Memo(latest{}, func() (any, error) {
		var at time.Time
		c := tx.Bucket(kv.BucketJournal).Cursor()
		n := 0
		for k, v := c.Last(); k != nil && n < latestOf; k, v = c.Prev() {
			_, e, err := Decode(v)
			if err != nil {
				return at, err
			}
			if e.At.After(at) {
				at = e.At
			}
			n++
		}
		return at, nil
	})
	if err != nil {
		return time.Time{}, err
	}
	return at.(time.Time), nil
}

// Next is the number that Append will give.
func Next(tx *kv.Tx) uint64 { return tx.Bucket(kv.BucketJournal).Sequence() + 1 }

// Decode splits a stored value into its link and its entry.
func Decode(value []byte) (link kv.Sum, e Entry, err error) {
	if len(value) < 32 {
		return link, e, fmt.Errorf("%w: a journal entry is malformed", model.ErrDamaged)
	}
	copy(link[:], value)
	if err := kv.Decode(value[32:], &e); err != nil {
		return link, e, fmt.Errorf("%w: a journal entry can't be decoded", model.ErrDamaged)
	}
	return link, e, nil
}

// Begin writes the first entry of a new store's journal.
func Begin(tx *kv.Tx, id string) error {
	_, err := Append(tx, Entry{At: tx.Now().UTC(), Actor: tx.Actor(), Kind: KindCreated, Digest: kv.SumOf([]byte(id))})
	return err
}

// Resume adds an entry to a journal of which the last ones may be lost: its number is one
// that none of them had. It is for what was salvaged.
func Resume(tx *kv.Tx, e Entry) (model.JournalRef, error) {
	var before kv.Sum
	if _, value := tx.Bucket(kv.BucketJournal).Cursor().Last(); len(value) >= 32 {
		copy(before[:], value)
	}
	return appendAfter(tx, before, e)
}
