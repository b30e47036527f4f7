package store

import (
	"encoding/binary"
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// entryKind says what a journal entry is about.
type entryKind uint8

const (
	entryCreated   entryKind = 1 // the store was made
	entryVersion   entryKind = 2 // a version was recorded; digest of its row
	entrySnapshot  entryKind = 3 // a snapshot was recorded without a version
	entryDecision  entryKind = 4 // an event; digest of its sealed payload
	entryRecord    entryKind = 5 // a record was frozen; digest of its bytes
	entryWithdrawn entryKind = 6 // a record was withdrawn by an undo
	entryRenamed   entryKind = 7 // a document got another name
	entryEnded     entryKind = 8 // a document ended

	entryTracked       entryKind = 9  // a document is tracked, or tracked otherwise; digest of its setting
	entryUntracked     entryKind = 10 // it is tracked no longer
	entryRobotsIgnored entryKind = 11 // from here on its robots.txt is not asked
	entryRobotsObeyed  entryKind = 12 // and from here on it is again

	entryDetected entryKind = 13 // a document was detected again; part is the algorithm, digest of the verdicts
)

// String names a kind as lists of the journal do.
func (k entryKind) String() string { return entryNames[k] }

var entryNames = map[entryKind]string{entryCreated: "created", entryVersion: "version", entrySnapshot: "snapshot",
	entryDecision: "decision", entryRecord: "record", entryWithdrawn: "withdrawn", entryRenamed: "renamed", entryEnded: "ended", entryDetected: "detection",
	entryTracked: "tracked", entryUntracked: "untracked", entryRobotsIgnored: "robots_ignored", entryRobotsObeyed: "robots_obeyed"}

// journalEntry is one line of the journal. Object and Part are numbers: of the
// document and version, the change and revision, the record and revision.
type journalEntry struct {
	At     time.Time `cbor:"1,keyasint"`
	Actor  string    `cbor:"2,keyasint"`
	Kind   entryKind `cbor:"3,keyasint"`
	Object uint64    `cbor:"4,keyasint,omitempty"`
	Part   uint64    `cbor:"5,keyasint,omitempty"`
	Digest kv.Sum    `cbor:"6,keyasint"` // SHA-256 of what happened
}

// A journal value is link ‖ entry, link = SHA-256(link before ‖ number ‖ entry).
func journalLink(before kv.Sum, n uint64, entry []byte) kv.Sum {
	b := make([]byte, 0, 40+len(entry))
	b = append(b, before[:]...)
	b = binary.BigEndian.AppendUint64(b, n)
	return kv.SumOf(append(b, entry...))
}

// appendJournal adds an entry and returns where it stands.
func appendJournal(tx *kv.Tx, e journalEntry) (model.JournalRef, error) {
	b := tx.Bucket(kv.BucketJournal)
	var before kv.Sum
	last, value := b.Cursor().Last()
	if value != nil {
		if len(value) < 32 || binary.BigEndian.Uint64(last) != b.Sequence() {
			return model.JournalRef{}, fmt.Errorf("%w: the journal's last entry is malformed", model.ErrDamaged)
		}
		copy(before[:], value)
	}
	n, err := kv.NextNumber(tx, kv.BucketJournal)
	if err != nil {
		return model.JournalRef{}, err
	}
	entry, err := kv.Encode(e)
	if err != nil {
		return model.JournalRef{}, fmt.Errorf("encoding a journal entry: %w", err)
	}
	link := journalLink(before, n, entry)
	return model.JournalRef{Entry: n, Hash: kv.HexSum(link)}, kv.Insert(tx, kv.BucketJournal, kv.Key(n), append(link[:], entry...))
}

// nextEntry is the number that appendJournal will give.
func nextEntry(tx *kv.Tx) uint64 { return tx.Bucket(kv.BucketJournal).Sequence() + 1 }

func decodeJournal(value []byte) (link kv.Sum, e journalEntry, err error) {
	if len(value) < 32 {
		return link, e, fmt.Errorf("%w: a journal entry is malformed", model.ErrDamaged)
	}
	copy(link[:], value)
	if err := cbor.Unmarshal(value[32:], &e); err != nil {
		return link, e, fmt.Errorf("%w: a journal entry can't be decoded", model.ErrDamaged)
	}
	return link, e, nil
}

// beginJournal writes the first entry of a new store's journal.
func beginJournal(tx *kv.Tx, id string) error {
	_, err := appendJournal(tx, journalEntry{At: tx.Now().UTC(), Actor: tx.Actor(), Kind: entryCreated, Digest: kv.SumOf([]byte(id))})
	return err
}
