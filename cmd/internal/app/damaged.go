package app

import (
	"context"

	"fineprint/store/damage"
	"fineprint/store/model"
)

// gathering returns a context whose work goes on without what can't be read, and the list of
// that: the caller's own, where it has one.
func gathering(ctx context.Context) (context.Context, *damage.List) {
	if lost := damage.GatheredIn(ctx); lost != nil {
		return ctx, lost
	}
	return damage.Gather(ctx)
}

// refused notes what documents were left out for.
func refused(errs []error, lost *damage.List) []model.Damage {
	for _, err := range errs {
		lost.Lost(err)
	}
	return lost.Found()
}
