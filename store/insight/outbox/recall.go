package outbox

import (
	"bytes"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
)

// Unsent counts the notifications of a rule that nobody was told yet, about some changes;
// all when want is nil. With recall they are taken out, in the transaction of what takes
// back what they tell of. What somebody has in hand, or a digest holds, stays.
func Unsent(tx *kv.Tx, rule uint64, want func(change uint64) bool, recall bool) (n int, err error) {
	now := tx.Now().UnixNano()
	var keys [][]byte
	var list []recordrows.OutboxItem
	err = eachItem(tx, func(k []byte, row *recordrows.OutboxItem) error {
		inHand := row.Lease != "" && row.Due > now
		if row.Rule == rule && row.State == string(model.OutboxPending) && !inHand &&
			(want == nil || want(row.Change)) {
			keys, list = append(keys, bytes.Clone(k)), append(list, *row)
		}
		return nil
	})
	if err != nil || !recall {
		return len(keys), err
	}
	for i, was := range list {
		row := was
		row.State, row.Due, row.Payload, row.Lease = string(model.OutboxRecalled), 0, nil, ""
		row.Finished = now
		if err := put(tx, keys[i], &was, &row); err != nil {
			return 0, err
		}
	}
	return len(keys), nil
}

// EachOf calls do with the changes that notifications of a rule are of, but for those that
// were recalled.
func EachOf(tx *kv.Tx, rule uint64, do func(change uint64)) error {
	return eachItem(tx, func(_ []byte, row *recordrows.OutboxItem) error {
		if row.Rule == rule && row.Change > 0 && row.State != string(model.OutboxRecalled) {
			do(row.Change)
		}
		return nil
	})
}
