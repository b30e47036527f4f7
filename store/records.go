package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/model"
)

// readRecord decodes a stored record and adds what only its surroundings know.
func (s *Store) readRecord(tx *bolt.Tx, key, value []byte) (model.Record, error) {
	var r model.Record
	payload, err := unseal(bktRecord, key, value)
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(payload, &r); err != nil {
		return r, fmt.Errorf("%w: a record can't be decoded", model.ErrDamaged)
	}
	r.SHA256 = hexSum(sumOf(payload))
	entry := tx.Bucket(bktJournal).Get(u64(r.Journal.Entry))
	link, e, err := decodeJournal(entry)
	if err != nil || e.Kind != entryRecord || hexSum(e.Digest) != r.SHA256 {
		return r, fmt.Errorf("%w: record %s r%d is not what the journal says", model.ErrDamaged, r.ID, r.Revision)
	}
	r.Journal.Hash = hexSum(link)
	r.Withdrawn = tx.Bucket(bktWithdrawn).Get(key) != nil
	return r, nil
}

// checkRecordOf makes sure that a change has a record when these decisions made one,
// and that it is its own: which record a change has is not sealed.
func (s *Store) checkRecordOf(tx *bolt.Tx, change uint64, events []model.Event) error {
	id := s.id(model.ChangeID, change)
	approved := slices.ContainsFunc(events, func(e model.Event) bool { return e.Action == model.ActionApprove })
	record, revision := recordOf(tx, change)
	switch {
	case !approved && record == 0:
		return nil
	case !approved:
		return fmt.Errorf("%w: %s has a record, but was never approved", model.ErrDamaged, id)
	case revision == 0:
		return fmt.Errorf("%w: the record of %s is missing", model.ErrDamaged, id)
	}
	key := u64u32(record, revision)
	r, err := s.readRecord(tx, key, tx.Bucket(bktRecord).Get(key))
	if err == nil && r.Change != id {
		err = fmt.Errorf("%w: the record of %s is filed as that of %s", model.ErrDamaged, r.Change, id)
	}
	return err
}

// RecordByID reads the latest revision of a record.
func (s *Store) RecordByID(ctx context.Context, id model.ID) (model.Record, error) {
	records, err := s.Records(ctx, model.RecordFilter{IDs: []model.ID{id}})
	if err != nil {
		return model.Record{}, err
	}
	if len(records) == 0 {
		return model.Record{}, fmt.Errorf("reading %s: %w: there is no record %s in this database", id, model.ErrNotFound, id)
	}
	return records[len(records)-1], nil
}

// Records lists records by ID and revision.
func (s *Store) Records(ctx context.Context, f model.RecordFilter) ([]model.Record, error) {
	list := []model.Record{}
	err := s.view(ctx, func(tx *bolt.Tx) error {
		return tx.Bucket(bktRecord).ForEach(func(k, v []byte) error {
			r, err := s.readRecord(tx, k, v)
			if err != nil {
				return err
			}
			switch {
			case f.Latest && r.Withdrawn,
				r.ApprovedAt.Before(f.Since),
				!model.MatchName(f.Match, r.Platform.Name, r.Type) && !model.MatchName(f.Match, r.Platform.Slug, r.Type),
				len(f.IDs) > 0 && !slices.Contains(f.IDs, r.ID) && !slices.Contains(f.IDs, r.Change):
				return nil
			}
			if last := len(list) - 1; f.Latest && last >= 0 && list[last].ID == r.ID {
				list[last] = r
				return nil
			}
			list = append(list, r)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("reading the records: %w", err)
	}
	return list, nil
}

// PreviewRecord shows the record that approving a change now would freeze, or
// the one in force when it is approved.
func (s *Store) PreviewRecord(ctx context.Context, change model.ID) (model.Record, error) {
	var r model.Record
	err := s.view(ctx, func(tx *bolt.Tx) error {
		n, err := s.changeNumber(tx, change)
		if err != nil {
			return err
		}
		d, err := s.changeDetail(tx, n)
		if err != nil {
			return err
		}
		if d.Review.State == model.Approved {
			record, revision := recordOf(tx, n)
			key := u64u32(record, revision)
			r, err = s.readRecord(tx, key, tx.Bucket(bktRecord).Get(key))
			return err
		}
		if r, err = s.buildRecord(tx, n, d.Review); err != nil {
			return err
		}
		r.Citation = citation(r)
		return nil
	})
	if err != nil {
		return model.Record{}, fmt.Errorf("previewing the record of %s: %w", change, err)
	}
	return r, nil
}
