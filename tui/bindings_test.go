package tui_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fineprint/store/model"
	"fineprint/tui"
	"fineprint/tui/config"
	"fineprint/tui/keys"
)

// waysTo leads to each screen from where the desk begins.
var waysTo = map[keys.Screen]func(*screens){
	keys.Queue:     func(*screens) {},
	keys.Platforms: func(s *screens) { s.press("q") },
	keys.Review:    func(s *screens) { s.press("enter") },
	keys.Preview:   func(s *screens) { s.press("r") },
	keys.History:   func(s *screens) { s.press("enter", "t") },
	keys.Versions:  func(s *screens) { s.press("V") },
	keys.Activity:  func(s *screens) { s.press("A") },
	keys.Settings:  func(s *screens) { s.press(",") },
	keys.Agreement: func(s *screens) { s.palette("agreement of") },
	keys.Welcome:   func(*screens) {},
}

// notHere are the commands that a change just listed and a desk at rest give no
// occasion for: the desk must say why.
var notHere = []keys.Command{keys.Cancel, keys.MarkAlike, keys.Unmark, keys.Reopen, keys.RequestChanges, keys.Contest}

// TestEveryBindingIsCarriedOut: on each screen, whatever the registry lists for
// it is carried out by something, and possible or refused with a reason that is
// known here.
func TestEveryBindingIsCarriedOut(t *testing.T) {
	for _, b := range keys.All {
		for _, screen := range b.Screens {
			if waysTo[screen] == nil {
				t.Fatalf("no way to %s is known here, so its keys are not looked at", screen)
			}
		}
	}
	for screen, way := range waysTo {
		for _, b := range keys.All.Of(screen) {
			s := &screens{t: t}
			var on tui.Desk = newStill()
			if screen == keys.Welcome {
				on = nothing{newStill()}
			}
			s.openWith(on, 120, 30, "dark", func(o *tui.Options) {
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
			if why := m.WhyNot(b.Command); why != "" && !slices.Contains(notHere, b.Command) {
				t.Errorf("%s on %s is not possible: %s", b.Command, screen, why)
			}
			if b.Command == keys.Cancel {
				continue // needs something to stop: TestScreens stops a fetch
			}
			if !m.CarriesOut(b.Command) {
				t.Errorf("%s on %s is carried out by nothing", b.Command, screen)
			}
		}
	}
}

// TestWhatIsNoCommandIsCarriedOutByNothing: the test above can fail.
func TestWhatIsNoCommandIsCarriedOutByNothing(t *testing.T) {
	s := &screens{t: t}
	s.open(newStill(), 120, 30, "dark")
	if s.Model().(*tui.Model).CarriesOut("no-such-command") {
		t.Error("a command that isn't there is carried out")
	}
}

// TestWithoutAChangeThereIsNoSource: where the keys are about no change, the
// desk says so instead of asking the store for one that has no name.
func TestWithoutAChangeThereIsNoSource(t *testing.T) {
	s := &screens{t: t}
	s.openWith(newStill(), 120, 30, "dark", func(o *tui.Options) {
		o.OpenURL = func(context.Context, string) error { return nil }
	})
	s.press("/", "z", "z", "z", "z", "enter")
	if why := s.Model().(*tui.Model).WhyNot(keys.Source); why == "" {
		t.Errorf("an empty list offers to open a source:\n%s", s.Frame())
	}
	if keys.All.On(keys.Platforms, "o") != "" {
		t.Error("the list of platforms, which has no source of its own, binds the key of one")
	}
}

// TestWhatTellsOfAKeyTellsOfTheOneInForce: a key that was given to another
// command by the settings is not named any more.
func TestWhatTellsOfAKeyTellsOfTheOneInForce(t *testing.T) {
	s := &screens{t: t}
	s.openWith(newStill(), 120, 30, "dark", func(o *tui.Options) {
		o.Keys, _ = config.Remap(keys.All, map[string][]string{string(keys.Summary): {"W"}})
	})
	s.press("enter")
	if screen := s.Frame(); !strings.Contains(screen, "W writes one") {
		t.Errorf("the review does not name the key of the summary:\n%s", screen)
	}
}
