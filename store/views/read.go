package views

import (
	"context"
	"fmt"

	"fineprint/store/blob"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// Document reads one document.
func (r *Reader) Document(ctx context.Context, id model.ID) (model.Document, error) {
	var d model.Document
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		n, row, err := rows.DocumentByID(tx, id)
		d = row.ToModel(tx, n)
		return err
	})
	if err != nil {
		return model.Document{}, fmt.Errorf("reading %s: %w", id, err)
	}
	return d, nil
}

// Versions lists a document's versions, in the order in which they were captured.
func (r *Reader) Versions(ctx context.Context, id model.ID) ([]model.Version, error) {
	var list []model.Version
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		n, doc, err := rows.DocumentByID(tx, id)
		if err != nil {
			return err
		}
		list = make([]model.Version, 0, doc.Versions)
		order := doc.Chronology()
		for place := 1; place <= order.Len(); place++ {
			seq := order.At(place)
			v, err := listedVersion(tx, n, seq, &doc)
			if err == nil {
				list = append(list, v)
			} else if !tx.Lost(err, kv.BucketVersion, kv.PairKey(n, seq)) {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the versions of %s: %w", id, err)
	}
	return list, nil
}

func listedVersion(tx *kv.Tx, n uint64, seq int, doc *rows.Document) (model.Version, error) {
	row, err := rows.GetVersion(tx, n, seq)
	if err != nil {
		return model.Version{}, err
	}
	row.Kind = doc.Kind(seq, row)
	return rows.ToVersion(tx, n, seq, row)
}

// Text reads the readable text of one version of a document.
func (r *Reader) Text(ctx context.Context, id model.ID, seq int) (string, error) {
	var text string
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		n, doc, err := rows.DocumentByID(tx, id)
		if err != nil {
			return err
		}
		if seq < 1 || seq > doc.Versions {
			return fmt.Errorf("%w: %s has no version %d", model.ErrNotFound, id, seq)
		}
		_, text, err = rows.VersionAndText(tx, n, seq)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("reading version %d of %s: %w", seq, id, err)
	}
	return text, nil
}

// Snapshot reads how a snapshot came; RawOf reads its bytes.
func (r *Reader) Snapshot(ctx context.Context, id model.ID) (model.Snapshot, error) {
	var snap model.Snapshot
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		row, err := rows.SnapshotByID(tx, id)
		if err != nil {
			return err
		}
		snap, err = rows.ToSnapshot(tx, id, row)
		return err
	})
	if err != nil {
		return model.Snapshot{}, fmt.Errorf("reading %s: %w", id, err)
	}
	return snap, nil
}

// RawOf reads the exact bytes of a snapshot, checked against their SHA-256.
func (r *Reader) RawOf(ctx context.Context, id model.ID) ([]byte, error) {
	var raw []byte
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		row, err := rows.SnapshotByID(tx, id)
		if err != nil {
			return err
		}
		raw, err = blob.Read(tx, row.Blob)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the bytes of %s: %w", id, err)
	}
	return raw, nil
}
