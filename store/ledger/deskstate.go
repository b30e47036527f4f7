package ledger

import (
	"bytes"
	"context"
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// maxDeskState bounds the state of a desk, in bytes.
const maxDeskState = 64 << 10

// SaveDeskState keeps what the actor's desk wants to find again, such as saved
// filters and the last place; what it means is the desk's affair. Empty drops it.
func (l *Ledger) SaveDeskState(ctx context.Context, actor string, state []byte) error {
	err := checkActor(actor)
	if err == nil && len(state) > maxDeskState {
		err = fmt.Errorf("%w: it has at most %d bytes, this one has %d", model.ErrInvalid, maxDeskState, len(state))
	}
	if err == nil {
		err = l.db.Update(ctx, func(tx *kv.Tx) error {
			if len(state) == 0 {
				return tx.Bucket(kv.BucketDesk).Delete([]byte(actor))
			}
			return kv.PutSealed(tx, kv.BucketDesk, []byte(actor), state)
		})
	}
	if err != nil {
		return fmt.Errorf("keeping the state of the desk: %w", err)
	}
	return nil
}

// DeskState returns what SaveDeskState kept; nil when there is none.
func (l *Ledger) DeskState(ctx context.Context, actor string) ([]byte, error) {
	var state []byte
	err := l.db.View(ctx, func(tx *kv.Tx) error {
		b := tx.Bucket(kv.BucketDesk)
		if b == nil || actor == "" {
			return nil
		}
		value := b.Get([]byte(actor))
		if value == nil {
			return nil
		}
		payload, err := kv.Unseal(kv.BucketDesk, []byte(actor), value)
		state = bytes.Clone(payload)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the state of the desk: %w", err)
	}
	return state, nil
}
