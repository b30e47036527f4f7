package rows

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fineprint/store/blob"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fmt"
	"time"
)

// RecordOf returns the number and latest revision of a change's record, zeros
// when it has none.
func RecordOf(tx *kv.Tx, change uint64) (record uint64, revision int) {
	v := tx.Bucket(kv.BucketOfChange).Get(kv.Key(change))
	if len(v) != 8 {
		return 0, 0
	}
	record = kv.KeyNumber(v)
	if k, _ := kv.LastPart(tx.Bucket(kv.BucketRecord), record); k != nil {
		revision = int(binary.BigEndian.Uint32(k[8:]))
	}
	return record, revision
}

// WithRecord adds the record of a change to its review.
func WithRecord(tx *kv.Tx, change uint64, r model.Review) (model.Review, error) {
	record, revision := RecordOf(tx, change)
	if record != 0 && revision == 0 {
		return r, fmt.Errorf("%w: the record of %s is missing", model.ErrDamaged, r.Change)
	}
	r.Record, r.RecordRevision = tx.ID(model.RecordID, record), revision
	return r, nil
}

// EncodeRecord is a record's JSON as its journal entry names it: without whether it is stale, which only
// its surroundings know, and without notes, which an export adds.
func EncodeRecord(r model.Record) ([]byte, error) {
	r.Notes, r.JournalHead = nil, nil
	payload, err := json.Marshal(struct {
		model.Record
		Stale struct{} `json:"stale,omitzero"`
	}{Record: r})
	if err != nil {
		return nil, fmt.Errorf("encoding a record: %w", err)
	}
	return payload, nil
}

// RecordKey returns the number and revision that a record is stored under.
func RecordKey(key []byte) (number uint64, revision int) {
	return kv.KeyNumber(key), int(binary.BigEndian.Uint32(key[8:]))
}

// RecordHead is what choosing records needs of one.
type RecordHead struct {
	ID         model.ID         `json:"id"`
	Kind       model.RecordKind `json:"kind"`
	Change     model.ID         `json:"change"`
	ApprovedAt time.Time        `json:"approved_at"`
	Platform   model.Platform   `json:"platform"`
	Document   model.ID         `json:"document"`
	Type       string           `json:"type"`
	Severity   model.Severity   `json:"severity"`
	Title      string           `json:"title"`
	Summary    string           `json:"summary"`
	Types      []string         `json:"types"`
	Provisions []struct {
		ID model.ID `json:"id"`
	} `json:"provisions"`
}

// Names reports whether an ID is that of the record, or of a change or provision that it
// is about.
func (h RecordHead) Names(id model.ID) bool {
	if id == h.ID || id == h.Change {
		return true
	}
	for _, p := range h.Provisions {
		if id == p.ID {
			return true
		}
	}
	return false
}

// HeadInForce reads the head of the latest revision of a record; found is false when it
// has none in force.
func HeadInForce(tx *kv.Tx, record uint64) (h RecordHead, revision int, found bool, err error) {
	k, v := kv.LastPart(tx.Bucket(kv.BucketRecord), record)
	if k == nil || tx.Bucket(kv.BucketWithdrawn).Get(k) != nil {
		return h, 0, false, nil
	}
	payload, err := RecordPayload(k, v)
	if err != nil {
		return h, 0, false, err
	}
	h, err = DecodeRecordHead(payload)
	_, revision = RecordKey(k)
	return h, revision, err == nil, err
}

// DecodeRecordHead decodes a record's head from its payload.
func DecodeRecordHead(payload []byte) (RecordHead, error) {
	var h RecordHead
	if err := json.Unmarshal(payload, &h); err != nil {
		return h, fmt.Errorf("%w: a record can't be decoded", model.ErrDamaged)
	}
	return h, nil
}

// compressedRecords is the schema from which on records are compressed.
const compressedRecords = 3

// InsertRecord stores a new record's JSON, compressed: most of its words are in it three
// times. A transaction that makes many holds what it writes until it ends.
func InsertRecord(tx *kv.Tx, number uint64, revision int, payload []byte) error {
	if err := tx.NeedSchema(compressedRecords); err != nil {
		return err
	}
	return kv.InsertSealed(tx, kv.BucketRecord, kv.PairKey(number, revision), blob.Compress(payload))
}

// RecordPayload returns a stored record's JSON.
func RecordPayload(key, value []byte) ([]byte, error) {
	stored, err := kv.Unseal(kv.BucketRecord, key, value)
	if err != nil {
		return nil, err
	}
	return UnpackRecord(stored)
}

// UnpackRecord returns the JSON of what the seal of a stored record encloses. In records
// from before they were compressed that is the JSON.
func UnpackRecord(stored []byte) ([]byte, error) {
	if bytes.HasPrefix(stored, []byte("{")) {
		return stored, nil
	}
	payload, err := blob.Decompress(stored)
	if err != nil {
		return nil, fmt.Errorf("%w: a record can't be decompressed", model.ErrDamaged)
	}
	return payload, nil
}

// ReadRecord decodes a stored record and adds what only its surroundings know.
func ReadRecord(tx *kv.Tx, key, value []byte) (model.Record, error) {
	payload, err := RecordPayload(key, value)
	if err != nil {
		return model.Record{}, err
	}
	return DecodeRecord(tx, key, payload)
}

// DecodeRecord is ReadRecord of a record's JSON.
func DecodeRecord(tx *kv.Tx, key, payload []byte) (model.Record, error) {
	var r model.Record
	if err := json.Unmarshal(payload, &r); err != nil {
		return r, fmt.Errorf("%w: a record can't be decoded", model.ErrDamaged)
	}
	r.SHA256 = kv.HexSum(kv.SumOf(payload))
	entry := tx.Bucket(kv.BucketJournal).Get(kv.Key(r.Journal.Entry))
	link, e, err := journal.Decode(entry)
	if err != nil || e.Kind != journal.KindRecord || kv.HexSum(e.Digest) != r.SHA256 {
		return r, fmt.Errorf("%w: record %s r%d is not what the journal says", model.ErrDamaged, r.ID, r.Revision)
	}
	r.Journal.Hash = kv.HexSum(link)
	r.Withdrawn = tx.Bucket(kv.BucketWithdrawn).Get(key) != nil
	return r, nil
}
