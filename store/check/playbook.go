package check

import (
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/recordrows"
)

// playbook checks a team's expected positions against the journal.
func (c *checker) playbook(k, v []byte) error {
	var p recordrows.Playbook
	if err := kv.DecodeRow(kv.BucketPlaybook, k, v, &p); err != nil {
		return err
	}
	c.expected[journalKey{journal.KindPlaybook, kv.KeyNumber(k), 0}] = kv.SumOf(v[32:])
	return nil
}
