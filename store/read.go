package store

import (
	"context"
	"fmt"

	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"

	"fineprint/store/model"
	"fineprint/store/review"
)

// Change reads everything that reviewing one change needs.
func (s *Store) Change(ctx context.Context, id model.ID) (model.ChangeDetail, error) {
	var d model.ChangeDetail
	err := s.view(ctx, func(tx *bolt.Tx) error {
		n, err := s.changeNumber(tx, id)
		if err != nil {
			return err
		}
		d, err = s.changeDetail(tx, n)
		return err
	})
	if err != nil {
		return model.ChangeDetail{}, fmt.Errorf("reading %s: %w", id, err)
	}
	return d, nil
}

// changeDetail reads a change and makes sure that its record is the one its
// decisions made.
func (s *Store) changeDetail(tx *bolt.Tx, n uint64) (model.ChangeDetail, error) {
	d, err := s.uncheckedDetail(tx, n)
	if err != nil {
		return d, err
	}
	return d, s.checkRecordOf(tx, n, d.History)
}

// uncheckedDetail is changeDetail while an approval is written, whose record is
// not there yet.
func (s *Store) uncheckedDetail(tx *bolt.Tx, n uint64) (model.ChangeDetail, error) {
	var d model.ChangeDetail
	var row queueRow
	if _, err := getRow(tx, bktRow, u64(n), &row); err != nil {
		return d, err
	}
	doc, err := getDocument(tx, row.Document)
	if err != nil {
		return d, err
	}
	events, err := s.events(tx, n)
	if err != nil {
		return d, err
	}
	id := s.id(model.ChangeID, n)
	if d.Review, err = s.withRecord(tx, n, review.Project(id, events).Review); err != nil {
		return d, err
	}
	d.Review = awake(d.Review, s.o.Clock(), n, doc)
	repo, err := word(tx, row.Repo)
	if err != nil {
		return d, err
	}
	d.Row = s.queueItem(n, row, doc, d.Review, repo)
	d.Document, d.History = doc.toModel(s, row.Document), events
	clauses, err := changeClauses(tx, n)
	if err != nil {
		return d, err
	}
	d.Change = model.Change{ID: id, Document: d.Row.Document, From: d.Row.From, To: d.Row.To, DetectedAt: d.Row.DetectedAt, Material: d.Row.Material,
		Reason: d.Row.Reason, Detail: d.Row.Detail, Suggested: d.Row.Suggested, Counts: d.Row.Counts, Algorithm: row.Algorithm, Clauses: clauses}
	if d.FromMeta, d.OldText, err = s.versionAndText(tx, row.Document, row.From.Seq); err != nil {
		return d, err
	}
	d.ToMeta, d.NewText, err = s.versionAndText(tx, row.Document, row.To.Seq)
	return d, err
}

func changeClauses(tx *bolt.Tx, n uint64) ([]model.ClauseChange, error) {
	value := tx.Bucket(bktChange).Get(u64(n))
	if value == nil {
		return nil, fmt.Errorf("%w: the clauses of change %d are missing", model.ErrDamaged, n)
	}
	payload, err := unseal(bktChange, u64(n), value)
	if err != nil {
		return nil, err
	}
	packed, err := decompress(payload)
	if err != nil {
		return nil, fmt.Errorf("%w: the clauses of change %d can't be decoded", model.ErrDamaged, n)
	}
	var rows []clauseRow
	if err := cbor.Unmarshal(packed, &rows); err != nil {
		return nil, fmt.Errorf("%w: the clauses of change %d can't be decoded", model.ErrDamaged, n)
	}
	return unpackClauses(rows), nil
}

func (s *Store) versionAndText(tx *bolt.Tx, doc uint64, seq int) (model.Version, string, error) {
	row, err := getVersion(tx, doc, seq)
	if err != nil {
		return model.Version{}, "", err
	}
	v, err := s.version(tx, doc, seq, row)
	if err != nil {
		return v, "", err
	}
	text, err := textOf(tx, row)
	return v, text, err
}

// Document reads one document.
func (s *Store) Document(ctx context.Context, id model.ID) (model.Document, error) {
	var d model.Document
	err := s.view(ctx, func(tx *bolt.Tx) error {
		n, row, err := s.documentRow(tx, id)
		d = row.toModel(s, n)
		return err
	})
	if err != nil {
		return model.Document{}, fmt.Errorf("reading %s: %w", id, err)
	}
	return d, nil
}

func (s *Store) documentRow(tx *bolt.Tx, id model.ID) (uint64, documentRow, error) {
	var row documentRow
	n := id.Number()
	if id != s.id(model.DocumentID, n) {
		return 0, row, fmt.Errorf("%w: nothing in this database is called %s", model.ErrNotFound, id)
	}
	found, err := getRow(tx, bktDocument, u64(n), &row)
	if err == nil && !found {
		err = fmt.Errorf("%w: there is no document %s in this database", model.ErrNotFound, id)
	}
	return n, row, err
}

// Versions lists a document's versions, oldest first.
func (s *Store) Versions(ctx context.Context, id model.ID) ([]model.Version, error) {
	var list []model.Version
	err := s.view(ctx, func(tx *bolt.Tx) error {
		n, doc, err := s.documentRow(tx, id)
		if err != nil {
			return err
		}
		list = make([]model.Version, 0, doc.Versions)
		for seq := 1; seq <= doc.Versions; seq++ {
			row, err := getVersion(tx, n, seq)
			if err != nil {
				return err
			}
			v, err := s.version(tx, n, seq, row)
			if err != nil {
				return err
			}
			list = append(list, v)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the versions of %s: %w", id, err)
	}
	return list, nil
}

// Text reads the readable text of one version of a document.
func (s *Store) Text(ctx context.Context, id model.ID, seq int) (string, error) {
	var text string
	err := s.view(ctx, func(tx *bolt.Tx) error {
		n, doc, err := s.documentRow(tx, id)
		if err != nil {
			return err
		}
		if seq < 1 || seq > doc.Versions {
			return fmt.Errorf("%w: %s has no version %d", model.ErrNotFound, id, seq)
		}
		_, text, err = s.versionAndText(tx, n, seq)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("reading version %d of %s: %w", seq, id, err)
	}
	return text, nil
}

// Snapshot reads how a snapshot came; RawOf reads its bytes.
func (s *Store) Snapshot(ctx context.Context, id model.ID) (model.Snapshot, error) {
	var snap model.Snapshot
	err := s.view(ctx, func(tx *bolt.Tx) error {
		row, err := s.snapshotRow(tx, id)
		if err != nil {
			return err
		}
		snap, err = s.snapshot(tx, id, row)
		return err
	})
	if err != nil {
		return model.Snapshot{}, fmt.Errorf("reading %s: %w", id, err)
	}
	return snap, nil
}

func (s *Store) snapshot(tx *bolt.Tx, id model.ID, row snapshotRow) (model.Snapshot, error) {
	media, err := word(tx, row.MediaType)
	if err != nil {
		return model.Snapshot{}, err
	}
	origin, err := row.Origin.toModel(tx)
	return model.Snapshot{ID: id, Document: s.id(model.DocumentID, row.Document), SHA256: fmt.Sprintf("%x", row.Sum), Bytes: row.Bytes,
		MediaType: media, CapturedAt: unixTime(row.CapturedAt), Origin: origin}, err
}

// RawOf reads the exact bytes of a snapshot, checked against their SHA-256.
func (s *Store) RawOf(ctx context.Context, id model.ID) ([]byte, error) {
	var raw []byte
	err := s.view(ctx, func(tx *bolt.Tx) error {
		row, err := s.snapshotRow(tx, id)
		if err != nil {
			return err
		}
		raw, err = readBlob(tx, row.Blob)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the bytes of %s: %w", id, err)
	}
	return raw, nil
}

func (s *Store) snapshotRow(tx *bolt.Tx, id model.ID) (snapshotRow, error) {
	var row snapshotRow
	n := id.Number()
	if id != s.id(model.SnapshotID, n) {
		return row, fmt.Errorf("%w: nothing in this database is called %s", model.ErrNotFound, id)
	}
	found, err := getRow(tx, bktSnapshot, u64(n), &row)
	if err == nil && !found {
		err = fmt.Errorf("%w: there is no snapshot %s in this database", model.ErrNotFound, id)
	}
	return row, err
}
