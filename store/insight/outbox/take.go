package outbox

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
)

// maxInDigest is how many notifications a digest lists; it counts the others.
const maxInDigest = 500

// Take is what is asked for.
type Take struct {
	Target string
	Max    int
	Lease  time.Duration // how long nobody else gets it
	Token  string        // of who takes it
	// Merge picks those that go as one digest, by when they were made; nil: none do.
	Merge func(created time.Time) bool
}

// TakeAlerts gives notifications that are due for a target out of hand for a while, the
// longest due first.
func (o *Outbox) TakeAlerts(ctx context.Context, t Take) ([]model.OutboxItem, error) {
	var taken []model.OutboxItem
	if n, err := o.due(ctx, t.Target); err != nil || n == 0 {
		return nil, err
	}
	err := o.db.Update(ctx, func(tx *kv.Tx) error {
		taken = nil
		now := tx.Now()
		if t.Merge != nil {
			if err := merge(tx, t.Target, now, t.Merge); err != nil {
				return err
			}
		}
		var keys [][]byte
		var list []recordrows.OutboxItem
		err := eachDue(tx, t.Target, now.UnixNano(), func(key []byte, row *recordrows.OutboxItem) (bool, error) {
			keys, list = append(keys, key), append(list, *row)
			return len(keys) < t.Max, nil
		})
		if err != nil {
			return err
		}
		for i, was := range list {
			row := was
			row.Due, row.Lease = now.Add(t.Lease).UnixNano(), t.Token
			if err := put(tx, keys[i], &was, &row); err != nil {
				return err
			}
			taken = append(taken, toModel(tx, keys[i], &row))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("taking what is due for %s: %w", t.Target, err)
	}
	return taken, nil
}

// due counts what is due for a target, up to one, without waiting for the right to write.
func (o *Outbox) due(ctx context.Context, target string) (n int, err error) {
	err = o.db.View(ctx, func(tx *kv.Tx) error {
		return eachDue(tx, target, tx.Now().UnixNano(), func([]byte, *recordrows.OutboxItem) (bool, error) {
			n++
			return false, nil
		})
	})
	if err != nil {
		return 0, fmt.Errorf("reading what is due for %s: %w", target, err)
	}
	return n, nil
}

// merge makes one digest of what is due for a target and picked; of one alone it makes none.
func merge(tx *kv.Tx, target string, now time.Time, pick func(time.Time) bool) error {
	var keys [][]byte
	var rows []recordrows.OutboxItem
	err := eachDue(tx, target, now.UnixNano(), func(key []byte, row *recordrows.OutboxItem) (bool, error) {
		if row.Members == nil && row.Kind != string(model.AlertTest) && pick(kv.UnixTime(row.Created)) {
			keys, rows = append(keys, key), append(rows, *row)
		}
		return true, nil
	})
	if err != nil || len(keys) < 2 {
		return err
	}
	digest := model.Alert{Kind: model.AlertDigest, At: now.UTC(), Target: target, Store: tx.StoreID(),
		Title: fmt.Sprintf("%d notifications", len(keys))}
	var all strings.Builder
	for i, was := range rows {
		all.Write(keys[i])
		row := was
		row.State, row.Due = string(model.OutboxInDigest), 0
		if i < maxInDigest {
			var a model.Alert
			if err := json.Unmarshal(row.Payload, &a); err != nil {
				return fmt.Errorf("%w: notification %s can't be decoded", model.ErrDamaged, nameOf(keys[i]))
			}
			digest.Items = append(digest.Items, a)
		} else {
			digest.More++
		}
		if err := put(tx, keys[i], &was, &row); err != nil {
			return err
		}
	}
	digest.ID = ID(tx, "digest", target, all.String())
	row := recordrows.OutboxItem{Target: target, Kind: string(model.AlertDigest), State: string(model.OutboxPending),
		Created: now.UnixNano(), Due: now.UnixNano(), Members: keys}
	if row.Payload, err = json.Marshal(digest); err != nil {
		return fmt.Errorf("encoding a digest: %w", err)
	}
	key, err := keyOf(digest.ID)
	if err != nil {
		return err
	}
	return put(tx, key, nil, &row)
}

// Result is what became of a notification that was taken.
type Result struct {
	ID, Token string
	// Failure is why it was not delivered, "" when it was. Then it is tried again at Retry,
	// or given up.
	Failure string
	Retry   time.Time
	GiveUp  bool
}

// FinishAlerts reports what became of what was taken, in one transaction.
func (o *Outbox) FinishAlerts(ctx context.Context, results []Result) error {
	err := o.db.Update(ctx, func(tx *kv.Tx) error {
		for _, r := range results {
			if err := finish(tx, r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keeping what became of notifications: %w", err)
	}
	return nil
}

// maxError is how much of an error is kept.
const maxError = 300

func finish(tx *kv.Tx, r Result) error {
	key, err := keyOf(r.ID)
	if err != nil {
		return err
	}
	was, err := get(tx, key)
	if err != nil {
		return err
	}
	if was.State != string(model.OutboxPending) || r.Failure != "" && was.Lease != r.Token {
		return nil // another took it over
	}
	row := was
	row.Attempts++
	row.Lease = ""
	row.Error = strings.ToValidUTF8(r.Failure[:min(len(r.Failure), maxError)], "")
	switch {
	case r.Failure != "" && !r.GiveUp:
		row.Due = r.Retry.UnixNano()
		return put(tx, key, &was, &row)
	case r.Failure != "":
		row.State = string(model.OutboxGivenUp)
	default:
		row.State, row.Payload = string(model.OutboxDelivered), nil
	}
	row.Due, row.Finished = 0, tx.Now().UnixNano()
	if err := put(tx, key, &was, &row); err != nil || row.State != string(model.OutboxDelivered) {
		return err
	}
	for _, key := range row.Members {
		member, err := get(tx, key)
		if err != nil {
			return err
		}
		done := member
		done.State, done.Payload, done.Finished = string(model.OutboxDelivered), nil, row.Finished
		if err := put(tx, key, &member, &done); err != nil {
			return err
		}
	}
	return nil
}

// RetryAlert has a notification that waits or was given up tried again now.
func (o *Outbox) RetryAlert(ctx context.Context, id string) (item model.OutboxItem, err error) {
	err = o.db.Update(ctx, func(tx *kv.Tx) error {
		key, err := keyOf(id)
		if err != nil {
			return err
		}
		was, err := get(tx, key)
		if err != nil {
			return err
		}
		row := was
		switch model.OutboxState(row.State) {
		case model.OutboxDelivered:
			return fmt.Errorf("%w: %s was delivered", model.ErrNotAllowed, nameOf(key))
		case model.OutboxRecalled:
			return fmt.Errorf("%w: %s was recalled with what its rule did", model.ErrNotAllowed, nameOf(key))
		case model.OutboxInDigest:
			return fmt.Errorf("%w: %s is part of a digest; retry that one", model.ErrNotAllowed, nameOf(key))
		}
		now := tx.Now().UnixNano()
		row.State, row.Due, row.Retry, row.Finished, row.Lease = string(model.OutboxPending), now, now, 0, ""
		item = toModel(tx, key, &row)
		return put(tx, key, &was, &row)
	})
	if err != nil {
		return item, fmt.Errorf("retrying: %w", err)
	}
	return item, nil
}
