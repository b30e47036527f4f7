package alerts_test

import (
	"context"
	"errors"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
)

// TestWhatARuleActedOnIsListed: with enter, whatever the filter finds now; what that is
// with its own key. A rule that acted on nothing has nothing to open.
func TestWhatARuleActedOnIsListed(t *testing.T) {
	s := deskfixture.NewStore(t)
	for _, r := range []model.AlertRule{
		{Name: "Our Acme", Filter: "plat:acme", Tags: []string{"acme"}, Author: "ada"},
		{Name: "zebra", Filter: "plat:zebra", Tags: []string{"zebra"}, Author: "ada"},
	} {
		if _, err := s.AddAlertRule(t.Context(), model.AlertRuleRequest{AlertRule: r, Past: r.Name != "zebra"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.RunAlertRules(t.Context()); err != nil {
		t.Fatal(err)
	}
	d := deskfixture.OpenTerminal(t, s, 120, 30)
	d.Sees("FP-C-000001")
	d.Press("!")
	d.Sees("Our Acme", "plat:acme", "1 acted on", "Enter lists what the rule acted on, f what its filter finds now")
	d.Press("enter")
	d.Sees(`rule:"our acme"`, "1 shown", "FP-C-000001")
	d.Press("q", "q")
	d.Sees("Alerts", "2 rules")
	d.Press("f")
	d.Sees("plat:acme", "1 shown")
	d.Press("q", "q", "j", "enter")
	d.Sees("the rule acted on nothing yet (f lists what its filter finds)")
	d.Press("d")
	d.Sees("Remove the rule zebra?", "What stands of it: nothing.")
	d.Press("y")
	d.Sees("Rule zebra removed", "1 rule,")
}

// broken is a desk whose notifications can't be read.
type broken struct{ deskfixture.Static }

func (broken) OutboxItems(context.Context, int) ([]model.OutboxItem, error) {
	return nil, errors.New("the disk is gone")
}

// TestWhatCantBeReadIsNoEmptyList, even where only a part of it can't.
func TestWhatCantBeReadIsNoEmptyList(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(broken{deskfixture.NewStatic()}, 100, 30, "dark")
	s.Keys("!")
	s.Shows("Alert rules can't be read", "the disk is gone", "? rules")
}
