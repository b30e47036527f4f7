package rules

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/kit"
)

func TestRuleIsReadAsItIsTyped(t *testing.T) {
	c := &Controller{Common: &kit.Common{Actor: "ada", Config: config.Settings{Targets: []config.Target{{Name: "ops"}}}}}
	q, err := c.read("big court tag:a,b assign:ben raise:high notify:ops fold past")
	if err != nil || q.Name != "big court" || strings.Join(q.Actions(), ", ") !=
		"tag a, tag b, assign ben, raise high, notify ops, fold" || !q.Past || q.Actor != "ada" {
		t.Errorf("%+v, %v", q, err)
	}
	if q, err := c.read("fold fold"); err != nil || q.Name != "fold" || !q.Fold {
		t.Errorf("%+v, %v", q, err)
	}
	for typed, want := range map[string]string{
		"": "needs a name", "court": "needs an action", "tag:x": "needs a name", "court tag:": "tag: needs a value",
		"court rise:high": "did you mean raise?", "court raise:huge": "huge", "court notify:opps": "did you mean ops?",
		"court tag:x later": "is nothing that a rule does",
	} {
		if _, err := c.read(typed); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", typed, err, want)
		}
	}
}

// TestRuleIsCompleted proposes what a rule does, and the values of that, never its name.
func TestRuleIsCompleted(t *testing.T) {
	c := &Controller{Common: &kit.Common{Config: config.Settings{Targets: []config.Target{{Name: "ops"}, {Name: "Office"}}}}}
	people := func(begun string) []string { return []string{begun + "n"} }
	for typed, want := range map[string]string{
		"": "|", "cou": "cou|", "court ": "court |tag: assign: raise: notify: fold past", "court r": "court |raise:",
		"court tag:x fo": "court tag:x |fold", "court raise:": "court raise:|low medium high critical",
		"court RAISE:H": "court RAISE:|high", "court notify:o": "court notify:|ops Office", "court notify:ops,of": "court notify:ops,|Office",
		"court assign:be": "court assign:|ben", "court tag:": "court tag:|", "court x:y": "court x:|", "court İ:": "court İ:|", "é ": "é |tag: assign: raise: notify: fold past",
	} {
		kept, options := c.Complete(typed, people)
		if got := kept + "|" + strings.Join(options, " "); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

// TestHurriedYesSavesNothing: the preview opens among keys that were meant for something
// else.
func TestHurriedYesSavesNothing(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	c := &Controller{Common: &kit.Common{W: 80, H: 24, Clock: func() time.Time { return now }}}
	d := newDialog(c, model.AlertRuleRequest{}, model.AlertPreview{}, 0)
	if _, done := d.Key(tea.KeyPressMsg{Code: 'y', Text: "y"}); done || !d.hurried {
		t.Error("a y that came at once was taken")
	}
	if !strings.Contains(strings.Join(d.Lines(20), "\n"), "Read it first") {
		t.Error("it is not said")
	}
}
