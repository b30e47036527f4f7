package config

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"fineprint/tui/keys"
)

func on(command keys.Command, screens string, list ...string) keys.Binding {
	b := keys.Binding{Command: command, Keys: list}
	for _, s := range strings.Fields(screens) {
		b.Screens = append(b.Screens, keys.Screen(s))
	}
	return b
}

// remaps are changes of the bindings in the test below.
var remaps = []struct {
	name    string
	changes map[string][]string
	want    string // the keys, command by command
	refused []keys.Command
}{
	{"nothing", nil, "j,down a x a q", nil},
	{"one", map[string][]string{"approve": {"y", "ctrl+a"}}, "j,down y,ctrl+a x a q", nil},
	{"a swap", map[string][]string{"approve": {"x"}, "dismiss": {"a"}, "export": {"E"}}, "j,down x a E q", nil},
	{"on other screens", map[string][]string{"approve": {"e"}, "export": {"e"}}, "j,down e x e q", nil},
	{"none at all", map[string][]string{"approve": {}}, "j,down  x a q", nil},
	{"of nothing", map[string][]string{"fly": {"f"}}, "j,down a x a q", nil},
	{"another's", map[string][]string{"approve": {"y", "x"}}, "j,down a x a q", []keys.Command{"approve"}},
	{"another's, before it", map[string][]string{"dismiss": {"a"}}, "j,down a x a q", []keys.Command{"dismiss"}},
	{"both the same", map[string][]string{"approve": {"y"}, "dismiss": {"y"}}, "j,down y x a q",
		[]keys.Command{"dismiss"}},
	{"one refused needs its keys back", map[string][]string{"back": {"j"}, "approve": {"q"}}, "j,down a x a q",
		[]keys.Command{"back", "approve"}},
}

func TestRemapRefusesKeysWithTwoMeanings(t *testing.T) {
	bindings := []keys.Binding{
		on("down", "queue review", "j", "down"),
		on("approve", "review", "a"),
		on("dismiss", "queue review", "x"),
		on("export", "queue", "a"),
		on("back", "queue review", "q"),
	}
	for _, c := range remaps {
		t.Run(c.name, func(t *testing.T) {
			before := clone(bindings)
			got, conflicts := Remap(bindings, c.changes)
			var words []string
			for _, b := range got {
				words = append(words, strings.Join(b.Keys, ","))
			}
			if s := strings.Join(words, " "); s != c.want {
				t.Errorf("keys %q, want %q", s, c.want)
			}
			var refused []keys.Command
			for _, x := range conflicts {
				refused = append(refused, x.Refused)
			}
			slices.Sort(refused)
			slices.Sort(c.refused)
			if !slices.Equal(refused, c.refused) {
				t.Errorf("conflicts %v, want refused %v", conflicts, c.refused)
			}
			if len(got) > 0 && len(got[0].Keys) > 0 {
				got[0].Keys[0] = "changed"
			}
			if !reflect.DeepEqual(before, bindings) {
				t.Error("the bindings given were changed")
			}
		})
	}
	_, conflicts := Remap(bindings, map[string][]string{"approve": {"x"}})
	if got, want := conflicts[0].String(),
		"x can't be both approve and dismiss on the review screen; the keys of approve are unchanged"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	// A registry that is wrong by itself is reported, and ends.
	if _, conflicts := Remap([]keys.Binding{on("a", "queue", "x"), on("b", "queue", "x")}, nil); len(conflicts) != 1 ||
		conflicts[0].Refused != "" {
		t.Errorf("conflicts %v", conflicts)
	}
}

func clone(bindings []keys.Binding) []keys.Binding {
	list := slices.Clone(bindings)
	for i := range list {
		list[i].Keys = slices.Clone(list[i].Keys)
	}
	return list
}

func TestKeyNamesAreNormalised(t *testing.T) {
	for _, c := range [][2]string{
		{"a", "a"}, {"A", "A"}, {"shift+a", "A"}, {"?", "?"}, {"+", "+"}, {"ctrl++", "ctrl++"}, {"é", "é"},
		{" ", "space"}, {"Space", "space"},
		{"Ctrl+A", "ctrl+a"}, {"shift+ctrl+up", "ctrl+shift+up"}, {"shift+tab", "shift+tab"}, {"F5", "f5"},
		{"alt+enter", "alt+enter"}, {"PgDown", "pgdown"},
	} {
		if got, err := keyName(c[0]); err != nil || got != c[1] {
			t.Errorf("%q is named %q (%v), want %q", c[0], got, err, c[1])
		}
	}
	for _, bad := range []string{"", "ab", "ctrl+", "ctl+a", "ctrl+i", "\x1b", "hello world", "a+b"} {
		if got, err := keyName(bad); err == nil {
			t.Errorf("%q passes as %q", bad, got)
		}
	}
	for _, b := range keys.All {
		for _, k := range b.Keys {
			if got, err := keyName(k); err != nil || got != k {
				t.Errorf("%s of %s is named %q (%v)", k, b.Command, got, err)
			}
		}
	}
}

// TestNamedKeysMatchBubbleTea: keys are called here as the event loop calls them.
func TestNamedKeysMatchBubbleTea(t *testing.T) {
	codes := []rune{
		tea.KeyEnter, tea.KeyTab, tea.KeyBackspace, tea.KeyEscape, tea.KeySpace, tea.KeyUp, tea.KeyDown, tea.KeyLeft,
		tea.KeyRight, tea.KeyInsert, tea.KeyDelete,
		tea.KeyHome, tea.KeyEnd, tea.KeyPgUp, tea.KeyPgDown, tea.KeyF1, tea.KeyF2, tea.KeyF3, tea.KeyF4, tea.KeyF5,
		tea.KeyF6, tea.KeyF7, tea.KeyF8, tea.KeyF9, tea.KeyF10, tea.KeyF11, tea.KeyF12,
	}
	for i, code := range codes {
		if got := (tea.KeyPressMsg{Code: code}).String(); got != namedKeys[i] {
			t.Errorf("%s is called %q by the event loop", namedKeys[i], got)
		}
	}
	if len(codes) != len(namedKeys) {
		t.Errorf("%d keys are named, %d looked at", len(namedKeys), len(codes))
	}
	all := tea.KeyPressMsg{Code: 'a',
		Mod: tea.ModCtrl | tea.ModAlt | tea.ModShift | tea.ModMeta | tea.ModHyper | tea.ModSuper}
	if got, want := all.String(), strings.Join(modifiers, "+")+"+a"; got != want {
		t.Errorf("all modifiers are called %q, here %q", got, want)
	}
}

func TestExpandKeepsUnknownPlaceholders(t *testing.T) {
	f := Fill{Platform: "Acme {old}", Type: "Terms", Date: "2026-03-02", Old: "16", New: "13"}
	for _, c := range [][2]string{
		{"{platform} lowers the age from {old} to {new} in its {type} of {date}.",
			"Acme {old} lowers the age from 16 to 13 in its Terms of 2026-03-02."},
		{"nothing to put in", "nothing to put in"},
		{"{who} and { platform } and {} stay", "{who} and { platform } and {} stay"},
		{"{{new}} and {new", "{13} and {new"},
		{"", ""},
	} {
		if got := Expand(c[0], f); got != c[1] {
			t.Errorf("%q expands to %q, want %q", c[0], got, c[1])
		}
	}
	if got := Expand("from {old} to {new}", Fill{New: "13"}); got != "from {old} to 13" {
		t.Errorf("what is not known: %q", got)
	}
}
