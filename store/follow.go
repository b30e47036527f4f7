package store

import (
	"context"

	"fineprint/store/model"
)

// Who says of what type a clause is, or has documents judged anew, changes what deviates
// from the playbook: what is kept of that follows at once. Where it can't, as while another
// process writes, it does after the next recording or `fineprint index`: what was said or
// judged is on disk, so that it is no error.

func (s *Store) follow(ctx context.Context, err error) {
	if err == nil {
		_ = s.KeepDeviations(ctx)
	}
}

// SetTypes says of what types a clause is; none: of no type. It is on disk when SetTypes
// returns nil. The error wraps ErrInvalid or ErrNotFound, and then nothing was changed.
func (s *Store) SetTypes(
	ctx context.Context, ref model.ClauseRef, types []string, actor string,
) (model.ClauseTypes, error) {
	c, err := s.Typist.SetTypes(ctx, ref, types, actor)
	s.follow(ctx, err)
	return c, err
}

// UndoTypes takes back what was said last of the types of a clause.
func (s *Store) UndoTypes(ctx context.Context, ref model.ClauseRef, actor string) (model.ClauseTypes, error) {
	c, err := s.Typist.UndoTypes(ctx, ref, actor)
	s.follow(ctx, err)
	return c, err
}

// DetectAgain judges every document's versions again with the present algorithm, as if
// they were recorded now, one transaction a document.
func (s *Store) DetectAgain(ctx context.Context, o DetectAgainOptions) (model.Redetection, error) {
	r, err := s.Recorder.DetectAgain(ctx, o)
	if !o.DryRun {
		s.follow(ctx, err)
	}
	return r, err
}

// AddPlaceRule makes a rule for the place of a clause change and judges its document by it.
// The error wraps ErrNotFound or ErrInvalid.
func (s *Store) AddPlaceRule(ctx context.Context, q model.PlaceRuleRequest) (model.RulePreview, error) {
	p, err := s.Recorder.AddPlaceRule(ctx, q)
	s.follow(ctx, err)
	return p, err
}

// RemovePlaceRule takes a rule back: its document is judged as if it had never been there.
// The error wraps ErrNotFound.
func (s *Store) RemovePlaceRule(ctx context.Context, id model.ID) (model.RulePreview, error) {
	p, err := s.Recorder.RemovePlaceRule(ctx, id)
	s.follow(ctx, err)
	return p, err
}
