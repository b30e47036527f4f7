package ledger

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
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
	quotes    map[uint64]*rows.StaleMark // of provision records, by their numbers
}

type chosenRecord struct {
	number    uint64
	revision  int
	withdrawn bool
	latest    bool // revision of it
}

// choose picks the records that match a filter.
func (s *recordStream) choose(ctx context.Context, tx *kv.Tx, f model.RecordFilter) (err error) {
	if s.standings, err = rows.AllStandings(tx); err != nil {
		return err
	}
	if s.quotes, err = rows.StaleRecords(tx); err != nil {
		return err
	}
	return eachRecord(tx, f.IDs, func(k, v []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		tx.Walked(len(v))
		stored, err := kv.Unseal(kv.BucketRecord, k, v)
		if err != nil {
			if tx.Lost(err, kv.BucketRecord, k) {
				return nil // and no revision before it stands for it
			}
			return err
		}
		number, revision := rows.RecordKey(k)
		c := chosenRecord{number, revision, tx.Bucket(kv.BucketWithdrawn).Get(k) != nil, false}
		if last, _ := kv.LastPart(tx.Bucket(kv.BucketRecord), number); bytes.Equal(last, k) {
			c.latest = true
		}
		if f.Latest && (c.withdrawn || !c.latest) { // nothing before a withdrawn revision is in force
			return nil
		}
		matching, err := s.matches(tx, f, c, stored)
		if err == nil && matching && tx.Goes() {
			payload, unpackErr := rows.UnpackRecord(stored)
			if err = unpackErr; err == nil {
				_, err = rows.DecodeRecord(tx, k, payload)
			}
		}
		if err != nil && tx.Lost(err, kv.BucketRecord, k) {
			return nil
		}
		if err != nil || !matching {
			return err
		}
		s.chosen = append(s.chosen, c)
		return nil
	})
}

// matches reports whether a filter takes a record, by what its seal encloses, of which it
// decodes no more than the filter asks for.
func (s *recordStream) matches(tx *kv.Tx, f model.RecordFilter, c chosenRecord, stored []byte) (bool, error) {
	if f.Since.IsZero() && f.Until.IsZero() && f.Match == "" && len(f.IDs) == 0 && f.Kind == "" &&
		len(f.Severities) == 0 && len(f.Types) == 0 && !f.Stale {
		return true, nil
	}
	payload, err := rows.UnpackRecord(stored)
	if err != nil {
		return false, err
	}
	h, err := rows.DecodeRecordHead(payload)
	if err != nil {
		return false, err
	}
	return !h.ApprovedAt.Before(f.Since) && (f.Until.IsZero() || h.ApprovedAt.Before(f.Until)) &&
		model.MatchName(f.Match, h.Platform.Name, h.Type) &&
		(len(f.IDs) == 0 || slices.ContainsFunc(f.IDs, h.Names)) &&
		(f.Kind == "" || f.Kind == cmp.Or(h.Kind, model.ChangeRecord)) &&
		(len(f.Severities) == 0 || slices.Contains(f.Severities, h.Severity)) &&
		(len(f.Types) == 0 || slices.ContainsFunc(f.Types, func(t string) bool { return slices.Contains(h.Types, t) })) &&
		(!f.Stale || !c.withdrawn && s.stale(tx, c, h.Kind, h.Document, h.Change) != nil), nil
}

// stale returns what made a record stale; of a provision record only the latest revision
// may be, which stands for those before it.
func (s *recordStream) stale(tx *kv.Tx, c chosenRecord, kind model.RecordKind, document, change model.ID) *model.Stale {
	if kind != model.ProvisionRecord {
		return s.standings.Stale(tx, document.Number(), change.Number())
	}
	if !c.latest {
		return nil
	}
	return s.quotes[c.number].ToModel(tx, document.Number())
}

// eachRecord calls do with the stored records that may have one of these IDs, in the
// order of their keys; with all when there are no IDs.
func eachRecord(tx *kv.Tx, ids []model.ID, do func(k, v []byte) error) error {
	numbers, err := recordNumbers(tx, ids)
	if err != nil {
		return err
	}
	if numbers == nil {
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

// recordNumbers are the numbers of the records that may have one of these IDs, or be about
// it; nil for all.
func recordNumbers(tx *kv.Tx, ids []model.ID) ([]uint64, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	numbers := []uint64{}
	for _, id := range ids {
		switch id.Kind() {
		case model.RecordID:
			numbers = append(numbers, id.Number())
		case model.ClauseID:
			err := recordrows.RecordsOfProvision(tx, id.Number(), func(n uint64) error {
				numbers = append(numbers, n)
				return nil
			})
			if err != nil {
				return nil, err
			}
		default:
			return nil, nil // only the records themselves say for certain what they are of
		}
	}
	return numbers, nil
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
				r.Stale = s.stale(tx, c, r.Kind, r.Document, r.Change)
			}
			list = append(list, r)
		}
		return nil
	})
	return list, err
}
