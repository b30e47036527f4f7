package keys

import (
	"slices"
	"testing"
)

func TestNoKeyDoesTwoThings(t *testing.T) {
	for _, screen := range everywhere {
		seen := map[string]Command{}
		for _, b := range All {
			if !b.On(screen) {
				continue
			}
			for _, k := range b.KeysOn(screen) {
				if seen[k] != "" {
					t.Errorf("%s on %s: %s and %s", k, screen, seen[k], b.Command)
				}
				seen[k] = b.Command
			}
		}
	}
}

func TestEveryScreenCanBeLeft(t *testing.T) {
	for _, screen := range everywhere {
		if All.On(screen, "q") != Back || All.On(screen, "ctrl+c") != Quit {
			t.Errorf("%s can't be left", screen)
		}
	}
}

// TestEveryCommandHasASection: the help lists a command under a heading, so one
// without would be left out.
func TestEveryCommandHasASection(t *testing.T) {
	for _, b := range All {
		if !slices.Contains(Sections, b.Group) {
			t.Errorf("%s is in no section of the help: Group is %q", b.Command, b.Group)
		}
	}
}
