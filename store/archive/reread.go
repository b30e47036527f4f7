package archive

import (
	"context"
	"fmt"

	"fineprint/store/blob"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// otherReading is shown to a reader for a change between two texts that were
// made in different ways.
const otherReading = "the page is read in another way than before"

// Baseline reads the bytes that the last good text of a tracked document can be
// made from again: the newest that showed the document as it is. The error
// wraps [model.ErrNotFound] when there are none.
func (r *Recorder) Baseline(ctx context.Context, t model.Tracked) (model.Baseline, error) {
	var b model.Baseline
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		n, row, err := rows.DocumentByID(tx, t.Document)
		if err != nil {
			return err
		}
		snapshot, err := baselineSnapshot(tx, n, row, t.Health)
		if err != nil {
			return err
		}
		if snapshot == 0 {
			return fmt.Errorf("%w: the bytes of %s's last text are not here", model.ErrNotFound, t.Name())
		}
		b.Reread = model.Reread{Snapshot: tx.ID(model.SnapshotID, snapshot), Seq: row.Good}
		return readBaseline(tx, snapshot, &b)
	})
	return b, err
}

// LastReading returns the bytes of what a document said last, if they were read by another
// extractor than the present one. The error wraps [model.ErrNotFound] when they weren't,
// or are not here.
func (r *Recorder) LastReading(ctx context.Context, name model.DocumentName, present string) (model.Baseline, error) {
	var b model.Baseline
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		key := tx.Bucket(kv.BucketDocName).Get(rows.NameKey(name.Platform, name.Type))
		if key == nil {
			return model.ErrNotFound
		}
		n := kv.KeyNumber(key)
		row, err := rows.GetDocument(tx, n)
		if err == nil {
			err = row.CheckName(n, rows.NameKey(name.Platform, name.Type))
		}
		if err != nil {
			return err
		}
		if row.Good == 0 {
			return model.ErrNotFound
		}
		good, err := rows.GetVersion(tx, n, row.Good)
		if err != nil {
			return err
		}
		extractor := row.Extractor
		if extractor == "" { // a row from before it was kept there has none
			if extractor, err = kv.LookupString(tx, good.Extractor); err != nil {
				return err
			}
		}
		if good.Snapshot == 0 || extractor == present {
			return model.ErrNotFound
		}
		b.Reread = model.Reread{Snapshot: tx.ID(model.SnapshotID, good.Snapshot), Seq: row.Good}
		return readBaseline(tx, good.Snapshot, &b)
	})
	return b, err
}

// readBaseline reads a snapshot and its bytes.
func readBaseline(tx *kv.Tx, snapshot uint64, b *model.Baseline) error {
	found, err := rows.GetSnapshot(tx, snapshot)
	if err != nil {
		return err
	}
	if b.Snapshot, err = rows.ToSnapshot(tx, b.Reread.Snapshot, found); err != nil {
		return err
	}
	b.Raw, err = blob.Read(tx, found.Blob)
	return err
}

// baselineSnapshot is the newest snapshot of the last good text; 0 when there is
// none. A document's newest one may be of a capture that was no good: then a
// version since shows it, or its health, for the same failure makes no version
// again.
func baselineSnapshot(tx *kv.Tx, n uint64, row rows.Document, h model.Health) (uint64, error) {
	if row.Good == 0 {
		return 0, nil
	}
	good, err := rows.GetVersion(tx, n, row.Good)
	if err != nil || h.Failures > 0 {
		return good.Snapshot, err
	}
	order := row.Chronology()
	for place := order.Place(row.Good) + 1; place <= order.Len(); place++ {
		v, err := rows.GetVersion(tx, n, order.At(place))
		if err != nil || v.Snapshot == row.LastSnapshot {
			return good.Snapshot, err
		}
	}
	return row.LastSnapshot, nil
}
