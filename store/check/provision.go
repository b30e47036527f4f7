package check

import (
	"encoding/binary"
	"fmt"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
	"fineprint/store/review"
	"fineprint/store/rows"
)

// provision checks a clause that was given an ID: it stands in its version.
func (c *checker) provision(k, v []byte) error {
	payload, err := kv.Unseal(kv.BucketProvision, k, v)
	if err != nil {
		return err
	}
	var row recordrows.Provision
	if err := kv.DecodePayload(kv.BucketProvision, payload, &row); err != nil {
		return err
	}
	n := kv.KeyNumber(k)
	c.expected[journalKey{journal.KindProvision, n, 0}] = kv.SumOf(payload)
	version, err := rows.GetVersion(c.tx, row.Document, row.Seq)
	if err != nil {
		return err
	}
	if row.Start < 0 || row.End <= row.Start || row.End > version.TextBytes || len(row.Words) != 32 {
		return fmt.Errorf("provision %d lies outside its text", n)
	}
	if found, err := recordrows.ProvisionOfWords(c.tx, row.Document, kv.Sum(row.Words)); err != nil || found == 0 {
		return fmt.Errorf("provision %d is not found by its words", n)
	}
	return nil
}

// provisionWords checks that words are those of a provision of the document.
func (c *checker) provisionWords(k, v []byte) error {
	document, n, err := recordrows.ReadProvisionWords(k, v)
	if err != nil {
		return err
	}
	var row recordrows.Provision
	found, err := kv.GetRow(c.tx, kv.BucketProvision, kv.Key(n), &row)
	if err != nil || !found || row.Document != document {
		return fmt.Errorf("words of document %d name provision %d, which is none of its", document, n)
	}
	return nil
}

// recordEvent checks a step with a provision record and, at the first, all of it.
func (c *checker) recordEvent(k, v []byte) error {
	payload, err := kv.Unseal(kv.BucketRecordEvent, k, v)
	if err != nil {
		return err
	}
	n, revision := kv.KeyNumber(k), binary.BigEndian.Uint32(k[8:])
	c.expected[journalKey{journal.KindRecordEvent, n, uint64(revision)}] = kv.SumOf(payload)
	if revision != 1 {
		if c.tx.Bucket(kv.BucketRecordEvent).Get(kv.PairKey(n, int(revision)-1)) == nil {
			return fmt.Errorf("step %d of record %d is missing", revision-1, n)
		}
		return nil
	}
	events, err := recordrows.RecordEvents(c.tx, n)
	if err != nil {
		return err
	}
	p := review.ProjectProvision(c.tx.ID(model.RecordID, n), events)
	if err := c.approvals(n, events, p); err != nil {
		return err
	}
	card, found, err := recordrows.CardOf(c.tx, n)
	if err != nil || !found || card.Revision != p.InForce || card.Document != p.Picked.Document.Number() {
		return fmt.Errorf("record %d is listed as another", n)
	}
	for _, clause := range p.Picked.Clauses {
		if c.tx.Bucket(kv.BucketProvision).Get(kv.Key(clause.Provision.Number())) == nil {
			return fmt.Errorf("record %d is about provision %d, which is missing", n, clause.Provision.Number())
		}
	}
	return nil
}

// approvals checks that a provision record has the revisions that were approved, and that
// those are withdrawn that were.
func (c *checker) approvals(n uint64, events []model.RecordEvent, p review.Provision) error {
	approved := map[int]bool{} // in force
	for _, e := range events {
		switch e.Action {
		case model.RecordApproved:
			if c.tx.Bucket(kv.BucketRecord).Get(kv.PairKey(n, e.Approved)) == nil {
				return fmt.Errorf("revision %d of record %d was approved and is missing", e.Approved, n)
			}
			approved[e.Approved] = true
		case model.RecordWithdraw:
			for revision := range approved {
				approved[revision] = false
			}
		}
	}
	for revision, is := range approved {
		if is == (c.tx.Bucket(kv.BucketWithdrawn).Get(kv.PairKey(n, revision)) != nil) {
			return fmt.Errorf("record %d is %s, but its revision %d says otherwise", n, p.State, revision)
		}
	}
	return nil
}

// recordHead checks what others say of a record, and by what it is found.
func (c *checker) recordHead(k, v []byte) error {
	var card recordrows.RecordCard
	if err := kv.DecodeRow(kv.BucketRecordHead, k, v, &card); err != nil {
		return err
	}
	n := kv.KeyNumber(k)
	if len(k) != 8 || c.tx.Bucket(kv.BucketDocument).Get(kv.Key(card.Document)) == nil {
		return fmt.Errorf("record %d is listed under a document that is missing", n)
	}
	_, revision, _, err := rows.HeadInForce(c.tx, n)
	if err != nil {
		return err
	}
	if revision != card.Revision {
		return fmt.Errorf("revision %d of record %d is listed, but %d is in force", card.Revision, n, revision)
	}
	if card.Kind == string(model.ProvisionRecord) && revision > 0 &&
		c.tx.Bucket(kv.BucketRecordStanding).Get(rows.StandingKey(card.Document, n)) == nil {
		return fmt.Errorf("what became of record %d is not followed", n)
	}
	return recordrows.CheckCard(c.tx, n, card)
}

func (c *checker) recordIndex(k, v []byte) error { return recordrows.CheckIndex(c.tx, k, v) }

// recordStanding checks that what is followed is a provision record of its document.
func (c *checker) recordStanding(k, v []byte) error {
	var row rows.Standing
	if err := kv.DecodeRow(kv.BucketRecordStanding, k, v, &row); err != nil {
		return err
	}
	if len(k) == 16 {
		card, found, err := recordrows.CardOf(c.tx, kv.KeyNumber(k[8:]))
		if err == nil && found && card.Document == kv.KeyNumber(k) && card.Revision > 0 &&
			card.Kind == string(model.ProvisionRecord) {
			return nil
		}
	}
	return fmt.Errorf("what became of a provision record is kept of one that is not in force")
}
