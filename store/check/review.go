package check

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/store/rows"
)

func (c *checker) row(k, v []byte) error {
	var row rows.Change
	if err := kv.DecodeRow(kv.BucketRow, k, v, &row); err != nil {
		return err
	}
	n := kv.KeyNumber(k)
	if c.tx.Bucket(kv.BucketChange).Get(k) == nil {
		return fmt.Errorf("the clauses of change %d are missing", n)
	}
	for _, ref := range []rows.Ref{row.From, row.To} {
		version, err := rows.GetVersion(c.tx, row.Document, ref.Seq)
		if err != nil {
			return err
		}
		if !bytes.Equal(version.TextSum, ref.Sum) {
			return fmt.Errorf("change %d names another text than its version has", n)
		}
	}
	return nil
}

func (c *checker) change(k, _ []byte) error {
	if c.tx.Bucket(kv.BucketRow).Get(k) == nil {
		return fmt.Errorf("change %d is in no list", kv.KeyNumber(k))
	}
	_, err := rows.Clauses(c.tx, kv.KeyNumber(k))
	return err
}

// event checks one decision and, at the first of a change, that the review
// they project agrees with the change's record.
func (c *checker) event(k, v []byte) error {
	payload, err := kv.Unseal(kv.BucketEvent, k, v)
	if err != nil {
		return err
	}
	n, revision := kv.KeyNumber(k), binary.BigEndian.Uint32(k[8:])
	c.expected[journalKey{journal.KindDecision, n, uint64(revision)}] = kv.SumOf(payload)
	if c.tx.Bucket(kv.BucketRow).Get(kv.Key(n)) == nil {
		return fmt.Errorf("a decision is about change %d, which is missing", n)
	}
	if revision != 1 {
		if c.tx.Bucket(kv.BucketEvent).Get(kv.PairKey(n, int(revision)-1)) == nil {
			return fmt.Errorf("decision %d on change %d is missing", revision-1, n)
		}
		return nil
	}
	events, err := rows.Events(c.tx, n)
	if err != nil {
		return err
	}
	state := review.Project(c.tx.ID(model.ChangeID, n), events).Review.State
	record, latest := rows.RecordOf(c.tx, n)
	inForce := latest > 0 && c.tx.Bucket(kv.BucketWithdrawn).Get(kv.PairKey(record, latest)) == nil
	if inForce != (state == model.Approved) {
		return fmt.Errorf("change %d is %s, but its record says otherwise", n, state)
	}
	return nil
}

func (c *checker) ofChange(k, v []byte) error {
	if len(v) != 8 || c.tx.Bucket(kv.BucketEvent).Get(kv.PairKey(kv.KeyNumber(k), 1)) == nil {
		return fmt.Errorf("a record belongs to change %d, which nobody decided on", kv.KeyNumber(k))
	}
	if _, revision := rows.RecordOf(c.tx, kv.KeyNumber(k)); revision == 0 {
		return fmt.Errorf("the record of change %d is missing", kv.KeyNumber(k))
	}
	return nil
}

func (c *checker) record(k, v []byte) error {
	payload, err := rows.RecordPayload(k, v)
	if err != nil {
		return err
	}
	n, revision := kv.KeyNumber(k), binary.BigEndian.Uint32(k[8:])
	c.expected[journalKey{journal.KindRecord, n, uint64(revision)}] = kv.SumOf(payload)
	var r model.Record
	if err := json.Unmarshal(payload, &r); err != nil {
		return fmt.Errorf("record %d can't be decoded", n)
	}
	if r.ID != c.tx.ID(model.RecordID, n) || r.Revision != int(revision) || !c.belongs(n, r) {
		return fmt.Errorf("record %d r%d is filed as another", n, revision)
	}
	c.times.approval(&r)
	for _, e := range []model.Evidence{r.From, r.To} {
		if e.Seq == 0 && r.Kind == model.ProvisionRecord {
			continue // it was not picked from a change
		}
		version, err := rows.GetVersion(c.tx, r.Document.Number(), e.Seq)
		if err != nil {
			return err
		}
		if fmt.Sprintf("%x", version.TextSum) != e.TextSHA256 {
			return fmt.Errorf("record %d r%d names another text than its version has", n, revision)
		}
	}
	if revision > 1 && r.Kind != model.ProvisionRecord && c.tx.Bucket(kv.BucketWithdrawn).Get(kv.PairKey(n, int(revision)-1)) == nil {
		return fmt.Errorf("record %d has two revisions in force", n)
	}
	return nil
}

// belongs reports whether a record is that of its change, or one of provisions that was
// approved.
func (c *checker) belongs(n uint64, r model.Record) bool {
	if r.Kind == model.ProvisionRecord {
		b := c.tx.Bucket(kv.BucketRecordEvent)
		return b != nil && b.Get(kv.PairKey(n, 1)) != nil
	}
	return bytes.Equal(c.tx.Bucket(kv.BucketOfChange).Get(kv.Key(r.Change.Number())), kv.Key(n))
}

func (c *checker) withdrawn(k, v []byte) error {
	if len(k) != 12 || len(v) != 8 || c.tx.Bucket(kv.BucketRecord).Get(k) == nil {
		return fmt.Errorf("a withdrawal is about a record that is missing")
	}
	_, e, err := journal.Decode(c.tx.Bucket(kv.BucketJournal).Get(v))
	if err != nil || e.Kind != journal.KindWithdrawn || !bytes.Equal(kv.PairKey(e.Object, int(e.Part)), k) {
		return fmt.Errorf("a withdrawal names journal entry %d, which tells of something else", kv.KeyNumber(v))
	}
	c.expected[journalKey{journal.KindWithdrawn, kv.KeyNumber(k), uint64(binary.BigEndian.Uint32(k[8:]))}] = kv.SumOf(k)
	return nil
}

// standing checks that what is followed is a change of its document that was
// decided on, and names changes that are there.
func (c *checker) standing(k, v []byte) error {
	var row rows.Standing
	if err := kv.DecodeRow(kv.BucketStanding, k, v, &row); err != nil {
		return err
	}
	if len(k) != 16 || c.tx.Bucket(kv.BucketEvent).Get(kv.PairKey(kv.KeyNumber(k[8:]), 1)) == nil {
		return fmt.Errorf("what became of a change is kept of one that nobody decided on")
	}
	named := []uint64{kv.KeyNumber(k[8:])}
	if row.Mark != nil {
		named = append(named, row.Mark.Change)
	}
	for _, r := range row.Raised {
		named = append(named, r.Mark.Change)
	}
	for _, n := range named {
		var change rows.Change
		found, err := kv.GetRow(c.tx, kv.BucketRow, kv.Key(n), &change)
		if err != nil || !found || change.Document != kv.KeyNumber(k) {
			return fmt.Errorf("what became of change %d names change %d, which is none of its document",
				kv.KeyNumber(k[8:]), n)
		}
	}
	return nil
}
