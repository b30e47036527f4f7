package views

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// DocumentNamed finds a document by its platform's name and its type. The error
// wraps [model.ErrNotFound].
func (r *Reader) DocumentNamed(ctx context.Context, platform, documentType string) (model.Document, error) {
	var d model.Document
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		v := bytes.Clone(tx.Bucket(kv.BucketDocName).Get(rows.NameKey(platform, documentType)))
		if v == nil {
			return fmt.Errorf("%w: there is no document %s / %s", model.ErrNotFound, platform, documentType)
		}
		row, err := rows.GetDocument(tx, kv.KeyNumber(v))
		if err == nil {
			err = row.CheckName(kv.KeyNumber(v), rows.NameKey(platform, documentType))
		}
		d = row.ToModel(tx, kv.KeyNumber(v))
		return err
	})
	return d, err
}

// LastCapture returns when a document's newest version was captured; the zero time
// for a document that isn't there or has none.
func (r *Reader) LastCapture(ctx context.Context, platform, documentType string) (time.Time, error) {
	var at time.Time
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		v := bytes.Clone(tx.Bucket(kv.BucketDocName).Get(rows.NameKey(platform, documentType)))
		if v == nil {
			return nil
		}
		row, err := rows.GetDocument(tx, kv.KeyNumber(v))
		if err == nil {
			err = row.CheckName(kv.KeyNumber(v), rows.NameKey(platform, documentType))
		}
		if err != nil || row.Versions == 0 {
			return err
		}
		order := row.Chronology()
		version, err := rows.GetVersion(tx, kv.KeyNumber(v), order.Newest())
		at = kv.UnixTime(version.CapturedAt)
		return err
	})
	return at, err
}
