// Package drafted keeps what a draft command answered until a person accepts or drops it,
// so that a restart doesn't lose it: the newest answer for each change and record.
//
// It is not for running the command, nor for what is accepted of an answer: that is
// decided and written as whatever a person types (store/ledger).
//
// Invariants: an answer is kept byte for byte as it came and held against the texts anew
// whenever it is read (store/insight/drafting), so that nothing of it is believed because
// it was stored; it is nobody's judgement, and so in no journal, record or export. A
// database that loses these rows loses no decision.
package drafted

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// Shelf holds the drafts that are kept.
type Shelf struct{ db *kv.DB }

// New returns a Shelf of a database.
func New(db *kv.DB) *Shelf { return &Shelf{db: db} }

// row is a [model.KeptDraft] as stored.
type row struct {
	Source string   `cbor:"1,keyasint"`
	At     int64    `cbor:"2,keyasint"` // Unix nanoseconds
	Answer []byte   `cbor:"3,keyasint"`
	Taken  []string `cbor:"4,keyasint,omitempty"`
}

// keyOf is the key of a draft: the kind of what it is for, and its number.
func keyOf(tx *kv.Tx, id model.ID) ([]byte, error) {
	switch id.Kind() {
	case model.ChangeID:
		if _, err := rows.ChangeNumber(tx, id); err != nil {
			return nil, err
		}
		return append([]byte{'c'}, kv.Key(id.Number())...), nil
	case model.RecordID:
		if tx.ID(model.RecordID, id.Number()) != id {
			return nil, fmt.Errorf("%w: there is no record %s", model.ErrNotFound, id)
		}
		return append([]byte{'r'}, kv.Key(id.Number())...), nil
	}
	return nil, fmt.Errorf("%w: a draft is for a change or a record; %s is neither", model.ErrInvalid, id)
}

// KeepDrafted keeps an answer in place of the one before.
func (k *Shelf) KeepDrafted(ctx context.Context, d model.KeptDraft) error {
	if !json.Valid(d.Answer) {
		return fmt.Errorf("%w: a draft that is no JSON is not kept", model.ErrInvalid)
	}
	err := k.db.Update(ctx, func(tx *kv.Tx) error {
		key, err := keyOf(tx, d.Subject)
		if err != nil {
			return err
		}
		return kv.PutRow(tx, kv.BucketDrafted, key, row{d.Source, d.At.UnixNano(), d.Answer, d.Taken})
	})
	if err != nil {
		return fmt.Errorf("keeping the draft for %s: %w", d.Subject, err)
	}
	return nil
}

// Drafted returns the answer that is kept; found is false when there is none.
func (k *Shelf) Drafted(ctx context.Context, id model.ID) (d model.KeptDraft, found bool, err error) {
	err = k.db.View(ctx, func(tx *kv.Tx) error {
		key, err := keyOf(tx, id)
		if err != nil || tx.Bucket(kv.BucketDrafted) == nil {
			return err
		}
		var r row
		found, err = kv.GetRow(tx, kv.BucketDrafted, key, &r)
		d = model.KeptDraft{Subject: id, Source: r.Source, At: time.Unix(0, r.At).UTC(), Answer: r.Answer,
			Taken: r.Taken}
		return err
	})
	if err != nil {
		return model.KeptDraft{}, false, fmt.Errorf("reading the draft for %s: %w", id, err)
	}
	return d, found, nil
}

// DropDrafted forgets the answer; that there is none is no error.
func (k *Shelf) DropDrafted(ctx context.Context, id model.ID) error {
	err := k.db.Update(ctx, func(tx *kv.Tx) error {
		key, err := keyOf(tx, id)
		if err != nil || tx.Bucket(kv.BucketDrafted) == nil {
			return err
		}
		return tx.Bucket(kv.BucketDrafted).Delete(key)
	})
	if err != nil {
		return fmt.Errorf("dropping the draft for %s: %w", id, err)
	}
	return nil
}
