package check

import (
	"fmt"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/recordrows"
)

// training checks what was learned from changes that were judged elsewhere.
func (c *checker) training(k, v []byte) error {
	var t recordrows.Training
	if err := kv.DecodeRow(kv.BucketTrained, k, v, &t); err != nil {
		return err
	}
	c.expected[journalKey{journal.KindTrained, kv.KeyNumber(k), 0}] = kv.SumOf(v[32:])
	for _, e := range t.Examples {
		if c.tx.Bucket(kv.BucketRow).Get(kv.Key(e.Change)) == nil {
			return fmt.Errorf("training %d is about change %d, which is missing", kv.KeyNumber(k), e.Change)
		}
	}
	return nil
}
