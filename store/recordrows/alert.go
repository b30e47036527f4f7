package recordrows

import (
	"fineprint/store/kv"
	"fineprint/store/model"
)

// AlertRule is an alert rule as stored, but for its number, which is its key.
type AlertRule struct {
	Name   string   `cbor:"1,keyasint"`
	Filter string   `cbor:"2,keyasint"`
	On     []string `cbor:"3,keyasint,omitempty"`
	Tags   []string `cbor:"4,keyasint,omitempty"`
	Assign string   `cbor:"5,keyasint,omitempty"`
	Raise  string   `cbor:"6,keyasint,omitempty"`
	Notify []string `cbor:"7,keyasint,omitempty"`
	Fold   bool     `cbor:"8,keyasint,omitempty"`
	// Named are the beginnings of the SHA-256 of the sentences that its preview named.
	Named  [][]byte `cbor:"9,keyasint,omitempty"`
	Change uint64   `cbor:"10,keyasint,omitempty"` // the last one that it does not apply to
	Entry  uint64   `cbor:"11,keyasint,omitempty"` // and the last of the journal
	Author string   `cbor:"12,keyasint"`
	At     int64    `cbor:"13,keyasint"` // Unix nanoseconds
}

// AlertMark is how far a rule was applied.
type AlertMark struct {
	Change uint64 `cbor:"1,keyasint"`
	Entry  uint64 `cbor:"2,keyasint"`
	Acted  int    `cbor:"3,keyasint,omitempty"`
	Last   int64  `cbor:"4,keyasint,omitempty"` // when it acted last
}

// NumberedAlertRule is an alert rule with its number and mark.
type NumberedAlertRule struct {
	N    uint64
	Row  AlertRule
	Mark AlertMark
}

// AlertRules reads all alert rules, the oldest first.
func AlertRules(tx *kv.Tx) (list []NumberedAlertRule, err error) {
	b := tx.Bucket(kv.BucketAlertRule)
	if b == nil {
		return nil, nil // one of laterBuckets
	}
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		r, err := alertRule(tx, k, v)
		if err != nil {
			if tx.Apart(err, kv.BucketAlertRule, k) {
				continue
			}
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}

func alertRule(tx *kv.Tx, key, value []byte) (r NumberedAlertRule, err error) {
	r.N = kv.KeyNumber(key)
	if err := kv.DecodeRow(kv.BucketAlertRule, key, value, &r.Row); err != nil {
		return r, err
	}
	found, err := kv.GetRow(tx, kv.BucketAlertMark, key, &r.Mark)
	if err == nil && !found {
		err = kv.Unreadable(kv.BucketAlertMark, key, "how far a rule was applied is missing")
	}
	return r, err
}

// ToModel is the rule as the model has it.
func (r *NumberedAlertRule) ToModel(tx *kv.Tx) model.AlertRule {
	m := model.AlertRule{ID: tx.ID(model.AlertRuleID, r.N), Name: r.Row.Name, Filter: r.Row.Filter, Tags: r.Row.Tags,
		Assign: r.Row.Assign, Raise: model.Severity(r.Row.Raise), Notify: r.Row.Notify, Fold: r.Row.Fold,
		Sentences: len(r.Row.Named), Author: r.Row.Author, At: kv.UnixTime(r.Row.At),
		Seen: tx.ID(model.ChangeID, r.Mark.Change), Acted: r.Mark.Acted}
	if r.Mark.Last != 0 {
		m.Last = kv.UnixTime(r.Mark.Last)
	}
	for _, on := range r.Row.On {
		m.On = append(m.On, model.AlertKind(on))
	}
	return m
}

// OutboxItem is a notification as stored, but for its ID, which is its key.
type OutboxItem struct {
	Target   string   `cbor:"1,keyasint"`
	Kind     string   `cbor:"2,keyasint"`
	Rule     uint64   `cbor:"3,keyasint,omitempty"`
	Change   uint64   `cbor:"4,keyasint,omitempty"`
	State    string   `cbor:"5,keyasint"`
	Created  int64    `cbor:"6,keyasint"`
	Due      int64    `cbor:"7,keyasint,omitempty"`
	Attempts int      `cbor:"8,keyasint,omitempty"`
	Error    string   `cbor:"9,keyasint,omitempty"`
	Finished int64    `cbor:"10,keyasint,omitempty"`
	Payload  []byte   `cbor:"11,keyasint,omitempty"`
	Lease    string   `cbor:"12,keyasint,omitempty"`
	Members  [][]byte `cbor:"13,keyasint,omitempty"` // of a digest
	Retry    int64    `cbor:"14,keyasint,omitempty"` // since when it is retried; 0: since it was made
}

// OutboxDueSize is the length of an [OutboxDueKey].
const OutboxDueSize = 32

// OutboxTargetPrefix is what the keys of what waits for a target begin with.
func OutboxTargetPrefix(target string) []byte {
	sum := kv.SumOf([]byte(target))
	return sum[:8]
}

// OutboxDueKey is the key in outboxdue of a notification of so many nanoseconds.
func OutboxDueKey(target string, due int64, id []byte) []byte {
	return append(append(OutboxTargetPrefix(target), kv.Key(uint64(due))...), id...)
}
