package tui_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
	"fineprint/tui"
	"fineprint/tui/config"
	"fineprint/tui/keys"
)

// waysTo leads to each screen from where the desk begins.
var waysTo = map[keys.Screen]func(*deskfixture.Driver){
	keys.Queue:     func(*deskfixture.Driver) {},
	keys.Platforms: func(s *deskfixture.Driver) { s.Keys("q") },
	keys.Review:    func(s *deskfixture.Driver) { s.Keys("enter") },
	keys.Preview:   func(s *deskfixture.Driver) { s.Keys("r") },
	keys.History:   func(s *deskfixture.Driver) { s.Keys("enter", "t") },
	keys.Versions:  func(s *deskfixture.Driver) { s.Keys("V") },
	keys.Activity:  func(s *deskfixture.Driver) { s.Keys("A") },
	keys.Settings:  func(s *deskfixture.Driver) { s.Keys(",") },
	keys.Agreement: func(s *deskfixture.Driver) { s.Palette("agreement of") },
	keys.Welcome:   func(*deskfixture.Driver) {},
	keys.Clauses:   func(s *deskfixture.Driver) { s.Keys("V", "c") },
	keys.Records:   func(s *deskfixture.Driver) { s.Keys("B") },
	keys.Record:    func(s *deskfixture.Driver) { s.Keys("B", "enter") },
	keys.Year:      func(s *deskfixture.Driver) { s.Keys("H") },
	keys.Search:    func(s *deskfixture.Driver) { s.Keys(":"); s.Type("search waiver"); s.Keys("enter") },
	keys.Compare:   func(s *deskfixture.Driver) { s.Keys("enter", "c") },
	keys.HeatMap:   func(s *deskfixture.Driver) { s.Keys("M", "l") },
	keys.Alerts:    func(s *deskfixture.Driver) { s.Keys("!") },
	keys.Calendar:  func(s *deskfixture.Driver) { s.Keys("L") },
	keys.Playbook:  func(s *deskfixture.Driver) { s.Palette("playbook") },
	keys.Cell:      func(s *deskfixture.Driver) { s.Keys("M", "l", "enter") },
}

// disabledHere are the commands that a change just listed and a desk at rest give no
// occasion for: the desk must show why.
var disabledHere = []keys.Command{keys.Cancel, keys.MarkDuplicates, keys.Unmark, keys.Reopen, keys.RequestChanges,
	keys.Contest}

// TestEveryCommandIsHandledOnItsScreens: on each screen, whatever the registry lists for
// it is carried out by something, and possible or refused with a reason that is
// known here.
func TestEveryCommandIsHandledOnItsScreens(t *testing.T) {
	for _, b := range keys.All {
		for _, screen := range b.Screens {
			if waysTo[screen] == nil {
				t.Fatalf("no way to %s is known here, so its keys are not looked at", screen)
			}
		}
	}
	for screen, way := range waysTo {
		for _, b := range keys.All.Of(screen) {
			s := &deskfixture.Driver{T: t}
			var on tui.Desk = deskfixture.NewStatic()
			if screen == keys.Welcome {
				on = deskfixture.Nothing{Static: deskfixture.NewStatic()}
			}
			s.StartWith(on, 120, 30, "dark", func(o *tui.Options) {
				o.Test = func(context.Context, string) (string, error) { return "", nil }
				o.Run = func(context.Context) (string, bool, error) { return "", false, nil }
				o.OpenURL = func(context.Context, string) error { return nil }
				o.Sample = func(context.Context, func(int, int)) (tui.Options, func(), error) {
					return tui.Options{}, func() {}, model.ErrNotFound
				}
			})
			way(s)
			m := s.Model().(*tui.Model)
			if m.Shown() != screen {
				t.Fatalf("the way to %s leads to %s", screen, m.Shown())
			}
			if why := m.DisabledReason(b.Command); why != "" && !slices.Contains(disabledHere, b.Command) {
				t.Errorf("%s on %s is not possible: %s", b.Command, screen, why)
			}
			if b.Command == keys.Cancel {
				continue // needs something to stop: TestScreensMatchTheirGoldens stops a fetch
			}
			if !m.Handles(b.Command) {
				t.Errorf("%s on %s is carried out by nothing", b.Command, screen)
			}
		}
	}
}

// TestUnknownCommandIsUnhandled: the test above can fail.
func TestUnknownCommandIsUnhandled(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(deskfixture.NewStatic(), 120, 30, "dark")
	if s.Model().(*tui.Model).Handles("no-such-command") {
		t.Error("a command that isn't there is carried out")
	}
}

// TestSourceIsDisabledWithoutAChange: where the keys are about no change, the
// desk reports it instead of asking the store for one that has no name.
func TestSourceIsDisabledWithoutAChange(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.StartWith(deskfixture.NewStatic(), 120, 30, "dark", func(o *tui.Options) {
		o.OpenURL = func(context.Context, string) error { return nil }
	})
	s.Keys("/", "z", "z", "z", "z", "enter")
	if why := s.Model().(*tui.Model).DisabledReason(keys.Source); why == "" {
		t.Errorf("an empty list offers to open a source:\n%s", s.Frame())
	}
	if keys.All.On(keys.Platforms, "o") != "" {
		t.Error("the list of platforms, which has no source of its own, binds the key of one")
	}
}

// TestHintsNameRemappedKeys: a key that was given to another
// command by the settings is not named any more.
func TestHintsNameRemappedKeys(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.StartWith(deskfixture.NewStatic(), 120, 30, "dark", func(o *tui.Options) {
		o.Keys, _ = config.Remap(keys.All, map[string][]string{string(keys.Summary): {"Q"}})
	})
	s.Keys("enter")
	if screen := s.Frame(); !strings.Contains(screen, "press Q to write one") {
		t.Errorf("the review does not name the key of the summary:\n%s", screen)
	}
}
