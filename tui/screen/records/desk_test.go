package records_test

import (
	"context"
	"errors"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
)

// TestRecordsOfAChangeAreListed: none at first, and how to come to one is said.
func TestRecordsOfAChangeAreListed(t *testing.T) {
	s := deskfixture.NewStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 30)
	d.Sees("FP-C-000001")
	d.Press("enter")
	d.Press("B")
	d.Sees("Provision records: of FP-C-000001")
	d.Press("q", "R")
	d.Sees("Provision record FP-R-000001")
	d.Press("q", "B")
	d.Sees("Provision records: of FP-C-000001", "FP-R-000001", "1 record")
	d.Press("enter")
	d.Sees("Provision record FP-R-000001")
}

// broken is a desk whose records can't be read.
type broken struct{ deskfixture.Static }

func (broken) RecordDrafts(context.Context, model.RecordDraftFilter) ([]model.RecordDraft, error) {
	return nil, errors.New("the disk is gone")
}

func TestWhatCantBeReadIsNoEmptyList(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(broken{deskfixture.NewStatic()}, 100, 30, "dark")
	s.Keys("enter", "B")
	s.Shows("can't be read", "the disk is gone")
}
