package keys

import "testing"

func TestNoKeyDoesTwoThings(t *testing.T) {
	for _, screen := range everywhere {
		seen := map[string]Command{}
		for _, b := range All {
			if !b.On(screen) {
				continue
			}
			for _, k := range b.Keys {
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
