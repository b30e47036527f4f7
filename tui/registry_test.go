package tui

import (
	"context"
	"slices"
	"testing"

	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

// withoutHandler lists the rows that have no handler on one of their screens,
// and withoutRow the handlers of commands that no row gives to their screen.
func withoutHandler(m *Model, rows keys.Map) (missing []string) {
	for _, b := range rows {
		for _, name := range b.Screens {
			screen := m.byName()[name]
			if screen == nil {
				missing = append(missing, "there is no screen "+string(name))
				continue
			}
			if _, opens := m.opens(b.Command); !opens && !slices.Contains(screen.Commands(), b.Command) &&
				!slices.Contains(m.shared(), b.Command) {
				missing = append(missing, string(b.Command)+" on "+string(name))
			}
		}
	}
	return missing
}

func withoutRow(m *Model, rows keys.Map) (missing []string) {
	for name, screen := range m.byName() {
		if len(rows.Of(name)) == 0 {
			missing = append(missing, "no key works on "+string(name))
		}
		opened := slices.ContainsFunc(rows, func(b keys.Binding) bool { return b.Opens == name })
		if _, opener := screen.(kit.Opener); opener && !opened {
			missing = append(missing, "nothing opens "+string(name))
		}
		for _, c := range screen.Commands() {
			if !slices.ContainsFunc(rows, func(b keys.Binding) bool { return b.Command == c && b.On(name) }) {
				missing = append(missing, string(c)+" on "+string(name))
			}
		}
	}
	for _, c := range m.shared() {
		if !slices.ContainsFunc(rows, func(b keys.Binding) bool { return b.Command == c }) {
			missing = append(missing, string(c))
		}
	}
	return missing
}

// byName are the screens by the name that rows give them.
func (m *Model) byName() map[keys.Screen]kit.Screen {
	screens := map[keys.Screen]kit.Screen{}
	for _, s := range m.screens {
		screens[s.Name()] = s
	}
	return screens
}

// shared are the commands that shell and decisions have handlers for.
func (m *Model) shared() []keys.Command {
	return slices.Concat(handlers.Commands(), m.decisions.Commands(), m.notes.Commands(), m.types.Commands())
}

// TestEveryRowHasAHandlerAndEveryHandlerARow walks the registry and the tables of
// handlers against each other.
func TestEveryRowHasAHandlerAndEveryHandlerARow(t *testing.T) {
	m := New(context.Background(), Options{})
	for _, missing := range withoutHandler(m, keys.All) {
		t.Errorf("a row has no handler: %s", missing)
	}
	for _, missing := range withoutRow(m, keys.All) {
		t.Errorf("a handler has no row: %s", missing)
	}
}

// TestMissingHandlersAreFound: the test above can fail.
func TestMissingHandlersAreFound(t *testing.T) {
	m := New(context.Background(), Options{})
	more := append(slices.Clone(keys.All), keys.Binding{Command: "no-such-command", Screens: []keys.Screen{keys.Queue,
		"nowhere"}})
	if missing := withoutHandler(m, more); !slices.Equal(missing,
		[]string{"no-such-command on queue", "there is no screen nowhere"}) {
		t.Errorf("missing are %q", missing)
	}
	fewer := slices.DeleteFunc(slices.Clone(keys.All), func(b keys.Binding) bool {
		return b.Command == keys.Copy || b.Command == keys.Group || b.Opens == keys.Activity
	})
	missing := withoutRow(m, fewer)
	if slices.Sort(missing); !slices.Equal(missing, []string{"copy", "copy on record", "group on queue",
		"nothing opens activity"}) {
		t.Errorf("missing are %q", missing)
	}
}
