package check

import (
	"bytes"
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// tracked checks one tracked document.
func (c *checker) tracked(k, v []byte) error {
	var row rows.Tracked
	if err := kv.DecodeRow(kv.BucketTracked, k, v, &row); err != nil {
		return err
	}
	if len(k) != 8 || c.tx.Bucket(kv.BucketDocument).Get(k) == nil {
		return fmt.Errorf("what is tracked names no document")
	}
	return nil
}

// secret checks that secrets are of a document that is tracked.
func (c *checker) secret(k, v []byte) error {
	var row rows.Secrets
	if err := kv.DecodeRow(kv.BucketSecret, k, v, &row); err != nil {
		return err
	}
	if b := c.tx.Bucket(kv.BucketTracked); len(k) != 8 || b == nil || b.Get(k) == nil {
		return fmt.Errorf("there are secrets of a document that is not tracked")
	}
	return nil
}

// draft checks that a draft is of a change that is there, and filed under it.
func (c *checker) draft(k, v []byte) error {
	var d rows.Draft
	if err := kv.DecodeRow(kv.BucketDraft, k, v, &d); err != nil {
		return err
	}
	if len(k) < 8 || d.Change != c.tx.ID(model.ChangeID, kv.KeyNumber(k)) || !bytes.Equal(k,
		rows.DraftKey(kv.KeyNumber(k), d.Actor)) {
		return fmt.Errorf("a draft is filed under another change or actor")
	}
	if c.tx.Bucket(kv.BucketRow).Get(k[:8]) == nil {
		return fmt.Errorf("a draft is about change %d, which is missing", kv.KeyNumber(k))
	}
	return nil
}

// placeRule checks that a rule is for a document and from a change that are there.
func (c *checker) placeRule(k, v []byte) error {
	var r rows.PlaceRule
	if err := kv.DecodeRow(kv.BucketRule, k, v, &r); err != nil {
		return err
	}
	if c.tx.Bucket(kv.BucketDocument).Get(kv.Key(r.Document)) == nil {
		return fmt.Errorf("rule %d is for document %d, which is missing", kv.KeyNumber(k), r.Document)
	}
	if c.tx.Bucket(kv.BucketRow).Get(kv.Key(r.Change)) == nil {
		return fmt.Errorf("rule %d was made from change %d, which is missing", kv.KeyNumber(k), r.Change)
	}
	return nil
}
