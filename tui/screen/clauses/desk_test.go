package clauses_test

import (
	"context"
	"errors"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
)

// TestClausesOfAVersionAreRead from its version, clause by clause, and back.
func TestClausesOfAVersionAreRead(t *testing.T) {
	d := deskfixture.OpenTerminal(t, deskfixture.NewStore(t), 120, 30)
	d.Sees("FP-C-000001")
	d.Press("V")
	d.Sees("Versions")
	d.Press("c")
	d.Sees("Clauses: ", "Who may use it")
	d.Press("j", "j", "space")
	d.Sees("1 marked")
	d.Press("q")
	d.Sees("Versions")
}

// broken is a desk whose versions can't be read.
type broken struct{ deskfixture.Static }

func (broken) VersionClauses(context.Context, model.ID, int) (v model.Version, list []model.VersionClause, err error) {
	return v, nil, errors.New("the disk is gone")
}

func TestWhatCantBeReadIsNoEmptyList(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(broken{deskfixture.NewStatic()}, 100, 30, "dark")
	s.Keys("V", "c")
	s.Shows("can't be read", "the disk is gone")
}
