package store

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"fineprint/store/model"
)

// DocumentNamed finds a document by its platform's name and its type. The error
// wraps model.ErrNotFound.
func (s *Reader) DocumentNamed(ctx context.Context, platform, documentType string) (model.Document, error) {
	var d model.Document
	err := s.db.View(ctx, func(tx *Tx) error {
		v := bytes.Clone(tx.Bucket(bktDocName).Get(nameKey(platform, documentType)))
		if v == nil {
			return fmt.Errorf("%w: there is no document %s / %s", model.ErrNotFound, platform, documentType)
		}
		row, err := getDocument(tx, keyNumber(v))
		d = row.toModel(tx, keyNumber(v))
		return err
	})
	return d, err
}

// LastCapture returns when a document's newest version was captured; the zero time
// for a document that isn't there or has none.
func (s *Reader) LastCapture(ctx context.Context, platform, documentType string) (time.Time, error) {
	var at time.Time
	err := s.db.View(ctx, func(tx *Tx) error {
		v := bytes.Clone(tx.Bucket(bktDocName).Get(nameKey(platform, documentType)))
		if v == nil {
			return nil
		}
		row, err := getDocument(tx, keyNumber(v))
		if err != nil || row.Versions == 0 {
			return err
		}
		version, err := getVersion(tx, keyNumber(v), row.Versions)
		at = unixTime(version.CapturedAt)
		return err
	})
	return at, err
}
