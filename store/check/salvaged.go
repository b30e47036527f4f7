package check

import (
	"fineprint/store/journal"
	"fineprint/store/kv"
)

// salvaged reads which problems were known when the database was salvaged. A list that
// can't be read makes none known.
func (c *checker) salvaged() {
	b := c.tx.Bucket(kv.BucketSalvaged)
	if b == nil {
		return // one of laterBuckets
	}
	cursor := b.Cursor()
	for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
		payload, err := kv.Unseal(kv.BucketSalvaged, k, v)
		var list []string
		if err != nil || len(k) != 8 || kv.DecodePayload(kv.BucketSalvaged, payload, &list) != nil {
			continue
		}
		c.expected[journalKey{journal.KindSalvaged, kv.KeyNumber(k), 0}] = kv.SumOf(payload)
		for _, problem := range list {
			c.known[problem] = true
		}
	}
}
