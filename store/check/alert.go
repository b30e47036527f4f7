package check

import (
	"bytes"
	"fmt"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
)

// alertRule checks an alert rule, which must be in the journal as it is.
func (c *checker) alertRule(k, v []byte) error {
	payload, err := kv.Unseal(kv.BucketAlertRule, k, v)
	if err != nil {
		return err
	}
	if c.tx.Bucket(kv.BucketAlertMark).Get(k) == nil {
		return fmt.Errorf("how far alert rule %d was applied is missing", kv.KeyNumber(k))
	}
	c.expected[journalKey{journal.KindAlertRule, kv.KeyNumber(k), 0}] = kv.SumOf(payload)
	return nil
}

// outbox checks a notification: one that waits must be found when it is due.
func (c *checker) outbox(k, v []byte) error {
	var row recordrows.OutboxItem
	if err := kv.DecodeRow(kv.BucketOutbox, k, v, &row); err != nil {
		return err
	}
	if row.State == string(model.OutboxPending) &&
		c.tx.Bucket(kv.BucketOutboxDue).Get(recordrows.OutboxDueKey(row.Target, row.Due, k)) == nil {
		return fmt.Errorf("notification %x is never due", k)
	}
	return nil
}

func (c *checker) outboxDue(k, v []byte) error {
	if _, err := kv.Unseal(kv.BucketOutboxDue, k, v); err != nil {
		return err
	}
	var row recordrows.OutboxItem
	found := false
	if len(k) == recordrows.OutboxDueSize {
		var err error
		if found, err = kv.GetRow(c.tx, kv.BucketOutbox, k[16:], &row); err != nil {
			return err
		}
	}
	if !found || row.State != string(model.OutboxPending) ||
		!bytes.Equal(k, recordrows.OutboxDueKey(row.Target, row.Due, k[16:])) {
		return fmt.Errorf("what is due is no notification that waits")
	}
	return nil
}
