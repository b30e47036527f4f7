package rows

import (
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// Deviations are which changes of a document brought, ended or altered what deviates from
// a playbook. They are derived from the texts.
type Deviations struct {
	Playbook uint64 `cbor:"1,keyasint"`
	Done     uint64 `cbor:"2,keyasint,omitempty"` // the newest change that was looked at
	// Names are of the positions that Changes count.
	Names   []string          `cbor:"3,keyasint,omitempty"`
	Changes []DeviatingChange `cbor:"4,keyasint,omitempty"`
	// Lessons is the last correction of a clause's types that was heeded.
	Lessons uint64 `cbor:"5,keyasint,omitempty"`
	// Mark tells how the changes up to Done were judged: others are looked at again.
	Mark uint64 `cbor:"6,keyasint,omitempty"`
	// Worded are the changes with clauses that would deviate if they were of another type:
	// those that corrections of types matter for.
	Worded []WordedChange `cbor:"7,keyasint,omitempty"`
}

// WordedChange is a change with what tells which corrections reach those clauses.
type WordedChange struct {
	Change  uint64 `cbor:"1,keyasint"`
	Reaches []byte `cbor:"2,keyasint"`
}

// DeviatingChange is a change with the positions, as indexes in the names.
type DeviatingChange struct {
	Change    uint64 `cbor:"1,keyasint"`
	Positions []int  `cbor:"2,keyasint"`
}

// Add files the positions of a change.
func (d *Deviations) Add(change uint64, names []string) {
	if len(names) == 0 {
		return
	}
	row := DeviatingChange{Change: change}
	for _, name := range names {
		at := -1
		for i, known := range d.Names {
			if known == name {
				at = i
			}
		}
		if at < 0 {
			at = len(d.Names)
			d.Names = append(d.Names, name)
		}
		row.Positions = append(row.Positions, at)
	}
	d.Changes = append(d.Changes, row)
}

// Each reports the positions of every change.
func (d *Deviations) Each(report func(change uint64, names []string)) {
	for _, c := range d.Changes {
		var names []string
		for _, i := range c.Positions {
			if i >= 0 && i < len(d.Names) {
				names = append(names, d.Names[i])
			}
		}
		report(c.Change, names)
	}
}

// EachDeviations reports the stored value of every document, without reading it.
func EachDeviations(tx *kv.Tx, report func(document uint64, key, value []byte) error) error {
	b := tx.Bucket(kv.BucketDeviation)
	if b == nil {
		return nil // one of laterBuckets
	}
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if len(k) != 8 {
			return fmt.Errorf("%w: the deviations of a document are filed under none", model.ErrDamaged)
		}
		if err := report(kv.KeyNumber(k), k, v); err != nil {
			return err
		}
	}
	return nil
}
