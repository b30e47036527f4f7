package store

import (
	"context"
	"errors"

	"fineprint/store/archive"
	"fineprint/store/check"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// Rebuilt counts what was made again.
type Rebuilt = archive.Rebuilt

// RebuildDerived makes again what is derived and missing, as after a salvage: documents
// and changes that have no row and, with all, everything else that follows from what is
// there. What can't be made, for what it is made of is lost, is left out.
func (s *Store) RebuildDerived(ctx context.Context, all bool, progress func(done, total int)) (Rebuilt, error) {
	done, err := s.Recorder.Rebuild(ctx, progress)
	if !possible(err) {
		return done, err
	}
	if !all && done.Rows == 0 && done.Documents == 0 {
		return done, nil
	}
	if err := s.Ledger.RebuildCards(ctx); !possible(err) {
		return done, err
	}
	if _, err := s.Upkeep(ctx, UpkeepOptions{Rebuild: true, Progress: progress}); !possible(err) {
		return done, err
	}
	if err := s.KeepDeviations(ctx); !possible(err) {
		return done, err
	}
	return done, ctx.Err()
}

// possible reports whether an error is none, or says that something is lost.
func possible(err error) bool {
	return err == nil || errors.Is(err, model.ErrDamaged) || errors.Is(err, model.ErrNotFound)
}

// NoteSalvaged checks a database that was salvaged, and notes in it what is lost: later
// checks name that as notes. It returns the list.
func (s *Store) NoteSalvaged(ctx context.Context, progress func(done, total int)) (lost []string, err error) {
	var first model.JournalRef
	err = s.db.Update(ctx, func(tx *kv.Tx) error {
		first, err = journal.Resume(tx, journal.Entry{At: tx.Now().UTC(), Actor: tx.Actor(), Kind: journal.KindSalvaged})
		return err
	})
	if err != nil {
		return nil, err
	}
	report, err := check.All(ctx, s.db, progress)
	if err != nil {
		return nil, err
	}
	return report.Problems, s.db.Update(ctx, func(tx *kv.Tx) error {
		payload, err := kv.Encode(report.Problems)
		if err != nil {
			return err
		}
		if err := kv.InsertSealed(tx, kv.BucketSalvaged, kv.Key(first.Entry), payload); err != nil {
			return err
		}
		_, err = journal.Append(tx, journal.Entry{At: tx.Now().UTC(), Actor: tx.Actor(), Kind: journal.KindSalvaged,
			Object: first.Entry, Part: uint64(len(report.Problems)), Digest: kv.SumOf(payload)})
		return err
	})
}
