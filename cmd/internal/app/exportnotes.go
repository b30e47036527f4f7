package app

import (
	"context"
	"iter"
	"slices"

	"fineprint/store"
	"fineprint/store/damage"
	"fineprint/store/model"
)

// annotated is records with the notes on them: on the change of a change record and its
// clauses, of a provision record those on its provisions in whichever change. Notes that can't be
// read are left out, and are in the list before it returns: all are read for that beforehand.
func annotated(
	ctx context.Context, s *store.Store, records iter.Seq2[model.Record, error], lost *damage.List,
) (iter.Seq2[model.Record, error], error) {
	all, err := s.AllNotes(ctx)
	if err != nil {
		return nil, err
	}
	with := func(yield func(model.Record, error) bool) {
		for r, err := range records {
			if err == nil && len(all) > 0 {
				r.Notes, err = notesOf(ctx, s, r, all)
				if _, without := lost.Lost(err); without {
					err = nil
				}
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
	if lost == nil || len(all) == 0 {
		return with, nil
	}
	for _, err := range with {
		if err != nil {
			return nil, err
		}
	}
	return with, nil
}

func notesOf(ctx context.Context, s *store.Store, r model.Record, all []model.ChangeNote) ([]model.ChangeNote, error) {
	if r.Kind != model.ProvisionRecord {
		return s.Notes(ctx, r.Change)
	}
	var list []model.ChangeNote
	for _, n := range all {
		if slices.ContainsFunc(r.Provisions, func(p model.Provision) bool { return p.ID == n.Provision }) {
			list = append(list, n)
		}
	}
	return list, nil
}
