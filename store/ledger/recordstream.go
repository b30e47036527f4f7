package ledger

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// batchBytes is about how much JSON of records is read in one transaction.
const batchBytes = 2 << 20

// StreamRecords counts the records that match a filter and returns them by ID and
// revision, reading so many at a time that memory is bounded however many there are.
//
// Which they are is settled, and every one checked against its seal, before it returns;
// and so is what of a record may become another: whether it is withdrawn or stale. The
// rest never changes, so that the records are those of that moment although no
// transaction is open between two batches: whoever takes them slowly keeps nobody from
// deciding.
func (l *Ledger) StreamRecords(ctx context.Context, f model.RecordFilter) (total int,
	records iter.Seq2[model.Record, error], err error) {
	s := recordStream{Ledger: l}
	if err := l.db.View(ctx, func(tx *kv.Tx) error { return s.choose(ctx, tx, f) }); err != nil {
		return 0, nil, fmt.Errorf("reading the records: %w", err)
	}
	return len(s.chosen), func(yield func(model.Record, error) bool) {
		for from := 0; from < len(s.chosen); {
			batch, err := s.read(ctx, s.chosen[from:])
			if err != nil {
				yield(model.Record{}, fmt.Errorf("reading the records: %w", err))
				return
			}
			from += len(batch)
			for i := range batch {
				r := batch[i]
				batch[i] = model.Record{} // may go once it is taken
				if !yield(r, nil) {
					return
				}
			}
		}
	}, nil
}

// recordStream is which records are read, and what only their surroundings know.
type recordStream struct {
	*Ledger
	chosen    []chosenRecord
	standings rows.Standings
}

type chosenRecord struct {
	number    uint64
	revision  int
	withdrawn bool
}

// choose picks the records that match a filter.
func (s *recordStream) choose(ctx context.Context, tx *kv.Tx, f model.RecordFilter) (err error) {
	if s.standings, err = rows.AllStandings(tx); err != nil {
		return err
	}
	return eachRecord(tx, f.IDs, func(k, v []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		tx.Walked(len(v))
		stored, err := kv.Unseal(kv.BucketRecord, k, v)
		if err != nil {
			return err
		}
		number, revision := rows.RecordKey(k)
		c := chosenRecord{number, revision, tx.Bucket(kv.BucketWithdrawn).Get(k) != nil}
		if f.Latest && c.withdrawn {
			return nil
		}
		if matching, err := matches(f, stored); err != nil || !matching {
			return err
		}
		if last := len(s.chosen) - 1; f.Latest && last >= 0 && s.chosen[last].number == number {
			s.chosen[last] = c
			return nil
		}
		s.chosen = append(s.chosen, c)
		return nil
	})
}

// matches reports whether a filter takes a record, by what its seal encloses, of which it
// decodes no more than the filter asks for.
func matches(f model.RecordFilter, stored []byte) (bool, error) {
	if f.Since.IsZero() && f.Match == "" && len(f.IDs) == 0 {
		return true, nil
	}
	payload, err := rows.UnpackRecord(stored)
	if err != nil {
		return false, err
	}
	h, err := rows.DecodeRecordHead(payload)
	return err == nil && !h.ApprovedAt.Before(f.Since) &&
		model.MatchName(f.Match, h.Platform.Name, h.Type) &&
		(len(f.IDs) == 0 || slices.Contains(f.IDs, h.ID) || slices.Contains(f.IDs, h.Change)), err
}

// eachRecord calls do with the stored records that may have one of these IDs, in the
// order of their keys; with all when there are no IDs.
func eachRecord(tx *kv.Tx, ids []model.ID, do func(k, v []byte) error) error {
	var numbers []uint64
	for _, id := range ids {
		if id.Kind() != model.RecordID {
			numbers = nil // only the records themselves say for certain which change they are of
			break
		}
		numbers = append(numbers, id.Number())
	}
	if len(numbers) == 0 {
		return tx.Bucket(kv.BucketRecord).ForEach(do)
	}
	slices.Sort(numbers)
	c := tx.Bucket(kv.BucketRecord).Cursor()
	for _, n := range slices.Compact(numbers) {
		prefix := kv.Key(n)
		for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
			if err := do(k, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// read reads the first of some chosen records: one, and more as long as they are small.
func (s *recordStream) read(ctx context.Context, chosen []chosenRecord) ([]model.Record, error) {
	var list []model.Record
	err := s.db.View(ctx, func(tx *kv.Tx) error {
		size := 0
		for _, c := range chosen {
			key := kv.PairKey(c.number, c.revision)
			payload, err := rows.RecordPayload(key, tx.Bucket(kv.BucketRecord).Get(key))
			if err != nil {
				return err
			}
			if size += len(payload); size > batchBytes && len(list) > 0 {
				return nil
			}
			r, err := rows.DecodeRecord(tx, key, payload)
			if err != nil {
				return err
			}
			if r.Withdrawn = c.withdrawn; !r.Withdrawn {
				r.Stale = s.standings.Stale(tx, r.Document.Number(), r.Change.Number())
			}
			list = append(list, r)
		}
		return nil
	})
	return list, err
}
