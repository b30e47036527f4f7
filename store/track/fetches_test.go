package track_test

import (
	"testing"

	"fineprint/cmd/dev/storetest"
)

// fetches is a store with one tracked document and a clock that is set.
type fetches struct{ *storetest.Fetches }

func newFetches(t *testing.T) *fetches {
	t.Helper()
	return &fetches{storetest.NewFetches(t)}
}
