package recordrows

import (
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// Insights is the schema from which on there is what package insight keeps for good.
const Insights = 7

// Training is what one `insight train` taught about changes, as stored; its number is its
// key.
type Training struct {
	At       int64             `cbor:"1,keyasint"` // Unix nanoseconds
	Actor    string            `cbor:"2,keyasint"`
	Examples []TrainingExample `cbor:"3,keyasint"`
}

// TrainingExample is a change that somebody judged outside of this database.
type TrainingExample struct {
	Change   uint64 `cbor:"1,keyasint"`
	Label    string `cbor:"2,keyasint"`
	Severity string `cbor:"3,keyasint,omitempty"`
}

// EncodeTraining is a training's payload as its journal entry names it.
func EncodeTraining(t Training) ([]byte, error) { return kv.Encode(t) }

// EachTraining calls do with every training, oldest first.
func EachTraining(tx *kv.Tx, do func(n uint64, t Training) error) error {
	b := tx.Bucket(kv.BucketTrained)
	if b == nil {
		return nil // one of laterBuckets
	}
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		var t Training
		if len(k) != 8 {
			return fmt.Errorf("%w: a training is filed under no number", model.ErrDamaged)
		}
		if err := kv.DecodeRow(kv.BucketTrained, k, v, &t); err != nil {
			if tx.Lost(err, kv.BucketTrained, k) {
				continue
			}
			return err
		}
		if err := do(kv.KeyNumber(k), t); err != nil {
			return err
		}
	}
	return nil
}
