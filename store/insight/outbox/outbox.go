package outbox

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
)

// schema is the one from which on there is an outbox.
const schema = 7

// Outbox keeps notifications.
type Outbox struct{ db *kv.DB }

// New returns the Outbox of a database.
func New(db *kv.DB) *Outbox { return &Outbox{db: db} }

// idPrefix begins the ID of a notification.
const idPrefix = "msg_"

func nameOf(key []byte) string { return idPrefix + hex.EncodeToString(key) }

// keyOf is the key of a notification's ID.
func keyOf(id string) ([]byte, error) {
	key, err := hex.DecodeString(strings.TrimPrefix(strings.TrimSpace(id), idPrefix))
	if err != nil || len(key) != 16 {
		return nil, fmt.Errorf("%w: %q is no notification's ID; `fineprint alerts list` shows them", model.ErrInvalid,
			id)
	}
	return key, nil
}

// ID is what a notification is named by: the same for equal parts, in one database.
func ID(tx *kv.Tx, parts ...string) string {
	sum := kv.SumOf([]byte(tx.StoreID() + "\x00" + strings.Join(parts, "\x00")))
	return nameOf(sum[:16])
}

// Put puts a notification in, in the transaction of what it tells of. added is false when
// it is there already.
func Put(tx *kv.Tx, a model.Alert, rule, change uint64) (added bool, err error) {
	key, err := keyOf(a.ID)
	if err != nil || tx.Bucket(kv.BucketOutbox).Get(key) != nil {
		return false, err
	}
	if err := tx.NeedSchema(schema); err != nil {
		return false, err
	}
	row := recordrows.OutboxItem{Target: a.Target, Kind: string(a.Kind), Rule: rule, Change: change,
		State: string(model.OutboxPending), Created: tx.Now().UnixNano()}
	row.Due = row.Created
	if row.Payload, err = json.Marshal(a); err != nil {
		return false, fmt.Errorf("encoding a notification: %w", err)
	}
	return true, put(tx, key, nil, &row)
}

// put stores a notification in the place of what it was, nil for a new one, and when it
// is due.
func put(tx *kv.Tx, key []byte, was, row *recordrows.OutboxItem) error {
	pending := string(model.OutboxPending)
	if was != nil && was.State == pending {
		if err := tx.Bucket(kv.BucketOutboxDue).Delete(recordrows.OutboxDueKey(was.Target, was.Due, key)); err != nil {
			return err
		}
	}
	if row.State == pending {
		err := kv.PutSealed(tx, kv.BucketOutboxDue, recordrows.OutboxDueKey(row.Target, row.Due, key), nil)
		if err != nil {
			return err
		}
	}
	return kv.PutRow(tx, kv.BucketOutbox, key, row)
}

func get(tx *kv.Tx, key []byte) (row recordrows.OutboxItem, err error) {
	found, err := kv.GetRow(tx, kv.BucketOutbox, key, &row)
	if err == nil && !found {
		err = fmt.Errorf("%w: there is no notification %s; `fineprint alerts list` shows them", model.ErrNotFound,
			nameOf(key))
	}
	return row, err
}

func toModel(tx *kv.Tx, key []byte, row *recordrows.OutboxItem) model.OutboxItem {
	m := model.OutboxItem{ID: nameOf(key), Target: row.Target, Kind: model.AlertKind(row.Kind),
		Rule: tx.ID(model.AlertRuleID, row.Rule), Change: tx.ID(model.ChangeID, row.Change),
		State: model.OutboxState(row.State), Created: kv.UnixTime(row.Created), Attempts: row.Attempts, Error: row.Error,
		Payload: bytes.Clone(row.Payload), Lease: row.Lease}
	if m.Since = m.Created; row.Retry != 0 {
		m.Since = kv.UnixTime(row.Retry)
	}
	if row.State == string(model.OutboxPending) {
		m.Due = kv.UnixTime(row.Due)
	}
	if row.Finished != 0 {
		m.Finished = kv.UnixTime(row.Finished)
	}
	return m
}

// PutTest puts a test of a target in.
func (o *Outbox) PutTest(ctx context.Context, a model.Alert) (model.OutboxItem, error) {
	var item model.OutboxItem
	err := o.db.Update(ctx, func(tx *kv.Tx) error {
		a.Store, a.ID = tx.StoreID(), ID(tx, "test", a.Target, a.At.String())
		if _, err := Put(tx, a, 0, 0); err != nil {
			return err
		}
		key, err := keyOf(a.ID)
		if err != nil {
			return err
		}
		row, err := get(tx, key)
		item = toModel(tx, key, &row)
		return err
	})
	if err != nil {
		return item, fmt.Errorf("putting a test into the outbox: %w", err)
	}
	return item, nil
}

// eachDue goes through what waits for a target, the longest due first, until do has enough.
func eachDue(
	tx *kv.Tx, target string, until int64, do func(key []byte, row *recordrows.OutboxItem) (bool, error),
) error {
	b := tx.Bucket(kv.BucketOutboxDue)
	if b == nil {
		return nil // one of laterBuckets
	}
	prefix := recordrows.OutboxTargetPrefix(target)
	c := b.Cursor()
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		if len(k) != recordrows.OutboxDueSize {
			return fmt.Errorf("%w: what is due is no notification", model.ErrDamaged)
		}
		if int64(kv.KeyNumber(k[8:])) > until {
			return nil
		}
		_, err := kv.Unseal(kv.BucketOutboxDue, k, v)
		var row recordrows.OutboxItem
		if err == nil {
			row, err = get(tx, k[16:])
		}
		if err != nil && tx.Apart(err, kv.BucketOutboxDue, k) {
			continue // it is not sent
		}
		if err != nil {
			return err
		}
		if more, err := do(bytes.Clone(k[16:]), &row); err != nil || !more {
			return err
		}
	}
	return nil
}

// Waiting tells of a target how many notifications wait for it, when the oldest was made
// and when the next is due; zero times without any.
func (o *Outbox) Waiting(ctx context.Context, target string) (n int, oldest, next time.Time, err error) {
	err = o.db.View(ctx, func(tx *kv.Tx) error {
		return eachDue(tx, target, 1<<63-1, func(_ []byte, row *recordrows.OutboxItem) (bool, error) {
			if at := kv.UnixTime(row.Created); oldest.IsZero() || at.Before(oldest) {
				oldest = at
			}
			if next.IsZero() {
				next = kv.UnixTime(row.Due)
			}
			n++
			return true, nil
		})
	})
	if err != nil {
		return 0, oldest, next, fmt.Errorf("reading what waits for %s: %w", target, err)
	}
	return n, oldest, next, nil
}
