package rules_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui"
	"fineprint/tui/config"
)

func rulesOf(t *testing.T, s *store.Store) []model.AlertRule {
	t.Helper()
	list, err := s.AlertRules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func taggedWith(t *testing.T, s *store.Store, tag string) (n int) {
	t.Helper()
	list, _, err := s.ChangesWhere(t.Context(), func(uint64, uint64) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		if slices.Contains(c.Tags, tag) {
			n++
		}
	}
	return n
}

func withTargets(o *tui.Options) {
	o.Config = config.Default()
	o.Config.Targets = []config.Target{{Name: "ops", Kind: "command", Command: []string{"true"}}}
	s := o.Desk.(*store.Store)
	o.Sending = tui.Sending{
		Test: func(context.Context, string) (string, error) { return "", errors.New("ops was not told: no route") },
		Run: func(ctx context.Context) (string, bool, error) {
			_, err := s.RunAlertRules(ctx)
			return "rules were run", false, err
		},
	}
}

// TestRuleIsSavedOnceItsPreviewWasSeen, from the filter of the queue, and removed with what
// it did.
func TestRuleIsSavedOnceItsPreviewWasSeen(t *testing.T) {
	s := deskfixture.NewStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 40, withTargets)
	d.Sees("Acme", "Pending")
	d.Press(":", "rule acme tag:acme", "enter")
	d.Sees("no filter is set")
	d.Press("/", "plat:acme", "enter")
	d.Sees("plat:acme")
	d.Press(":", "rule acme tag:acme notify:nobody", "enter")
	d.Sees(`no target "nobody"`)
	d.Press(":", "rule acme tag:acme notify:ops", "enter")
	d.Sees("Alert rule acme, not saved yet", "tag acme: ", "notify ops: ", "y save", "p past too")
	if n := len(rulesOf(t, s)); n != 0 {
		t.Fatalf("%d rules before it was seen", n)
	}
	d.Press("esc")
	d.Sees("Not saved")
	d.Press(":", "rule acme tag:acme notify:ops", "enter")
	d.Sees("not saved yet")
	d.Press("p")
	d.Sees("It applies to these")
	d.Press("y")
	d.Sees("Rule acme saved")
	list := rulesOf(t, s)
	if len(list) != 1 || list[0].Filter != "plat:acme" || !slices.Equal(list[0].Tags, []string{"acme"}) || list[0].Author != "ada" {
		t.Fatalf("%+v", list)
	}
	d.Press("!")
	d.Sees("Alerts", "1 rule, 1 target", "plat:acme", "0 acted on")
	d.Press("n")
	d.Sees("rules were run")
	tagged := taggedWith(t, s, "acme")
	if tagged == 0 {
		t.Fatal("nothing is tagged")
	}
	d.Sees("Waiting and failed", "waiting")
	d.Press("j", "T")
	d.Sees("Send ops (command) a test now?")
	d.Press("y")
	d.Sees("ops was not told: no route")
	d.Press("k", "d")
	d.Sees("Remove the rule acme?", "What stands of it: tag acme", "not sent yet")
	d.Press("esc")
	d.Sees("nothing changed")
	if len(rulesOf(t, s)) != 1 {
		t.Error("it was removed unasked")
	}
	d.Press("q")
	d.Sees("#acme")
	d.Press("ctrl+c")
	d.Left()
}

// TestTagsAreSetAndTakenBack on a change, by what is typed.
func TestTagsAreSetAndTakenBack(t *testing.T) {
	s := deskfixture.NewStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("Acme", "Pending")
	d.Press("enter")
	d.Sees("13 years")
	d.Press(":", "tag Minors urgent", "enter")
	d.Sees("tagged minors, urgent (u to undo)", "#minors  #urgent")
	d.Press(":", "tag -urgent", "enter")
	d.Sees("not tagged urgent")
	if taggedWith(t, s, "minors") != 1 || taggedWith(t, s, "urgent") != 0 {
		t.Error("the tags are others")
	}
	d.Press("u")
	d.Sees("undone", "#minors  #urgent")
	d.Press("u")
	for i := 0; taggedWith(t, s, "minors")+taggedWith(t, s, "urgent") > 0; i++ {
		if i == 100 {
			t.Fatal("a tag is left")
		}
		time.Sleep(20 * time.Millisecond) // until the undo is written
	}
	d.Press("ctrl+c")
	d.Left()
}
