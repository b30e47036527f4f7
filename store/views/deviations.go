package views

import (
	"fineprint/store/kv"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
)

// deviations is which changes brought, ended or altered what deviates from the playbook
// that holds.
type deviations struct {
	playbook  uint64
	documents map[uint64]*deviatingDocument
	changes   map[uint64][]string
}

type deviatingDocument struct {
	mark    uint64
	changes []uint64
}

// read brings it in step with the database, and adds the changes that may be shown
// otherwise. What can't be read is told to lose.
func (d *deviations) read(tx *kv.Tx, again map[uint64]bool, lose loser) error {
	_, n, err := recordrows.NewestPlaybook(tx)
	if err != nil {
		return lose(tx, err, kv.BucketPlaybook, nil) // without it nothing is known to deviate
	}
	if d.documents == nil || d.playbook != n {
		for change := range d.changes {
			again[change] = true
		}
		*d = deviations{n, map[uint64]*deviatingDocument{}, map[uint64][]string{}}
	}
	return rows.EachDeviations(tx, func(doc uint64, key, value []byte) error {
		mark, was := kv.SealMark(value), d.documents[doc]
		if was != nil && was.mark == mark {
			return nil
		}
		var row rows.Deviations
		if err := kv.DecodeRow(kv.BucketDeviation, key, value, &row); err != nil {
			return lose(tx, err, kv.BucketDeviation, key)
		}
		if was != nil {
			for _, change := range was.changes {
				delete(d.changes, change)
				again[change] = true
			}
		}
		now := &deviatingDocument{mark: mark}
		d.documents[doc] = now
		if row.Playbook != n {
			return nil
		}
		row.Each(func(change uint64, names []string) {
			d.changes[change], again[change] = names, true
			now.changes = append(now.changes, change)
		})
		return nil
	})
}
