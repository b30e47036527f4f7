package check

import (
	"fmt"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/recordrows"
)

// typeCorrection checks what was said of the types of a clause.
func (c *checker) typeCorrection(k, v []byte) error {
	var row recordrows.TypeCorrection
	if err := kv.DecodeRow(kv.BucketTypeCorrection, k, v, &row); err != nil {
		return err
	}
	n := kv.KeyNumber(k)
	c.expected[journalKey{journal.KindTypeCorrection, n, 0}] = kv.SumOf(v[32:])
	if row.Undoes >= n || row.Undoes > 0 && c.tx.Bucket(kv.BucketTypeCorrection).Get(kv.Key(row.Undoes)) == nil {
		return fmt.Errorf("correction %d of types undoes correction %d, which is missing", n, row.Undoes)
	}
	return nil
}

// quotes checks what was learned from quotes.
func (c *checker) quotes(k, v []byte) error {
	var row recordrows.QuoteTraining
	if err := kv.DecodeRow(kv.BucketQuotes, k, v, &row); err != nil {
		return err
	}
	c.expected[journalKey{journal.KindTrained, kv.KeyNumber(k), 1}] = kv.SumOf(v[32:])
	return nil
}
