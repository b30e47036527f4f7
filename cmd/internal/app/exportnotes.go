package app

import (
	"context"
	"iter"
	"slices"

	"fineprint/store"
	"fineprint/store/model"
)

// annotated is records with the notes on them: on the change of a change record and its
// clauses, of a provision record those on its provisions in whichever change.
func annotated(
	ctx context.Context, s *store.Store, records iter.Seq2[model.Record, error],
) iter.Seq2[model.Record, error] {
	return func(yield func(model.Record, error) bool) {
		all, err := s.AllNotes(ctx)
		if err != nil {
			yield(model.Record{}, err)
			return
		}
		for r, err := range records {
			if err == nil && len(all) > 0 {
				r.Notes, err = notesOf(ctx, s, r, all)
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
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
