package desktest

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// named are the keys that have a name and no text of their own.
var named = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace,
	"backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "insert": tea.KeyInsert,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"f1": tea.KeyF1, "f2": tea.KeyF2, "f5": tea.KeyF5, "f12": tea.KeyF12,
}

// Named lists the names of the keys that have no text.
func Named() []string { return slices.Sorted(maps.Keys(named)) }

var modifiers = []struct {
	prefix string
	mod    tea.KeyMod
}{{"ctrl+", tea.ModCtrl}, {"alt+", tea.ModAlt}, {"shift+", tea.ModShift}} // the order Bubble Tea spells them in

// Key makes the message of a key out of its name, as tui/keys spells it.
func Key(name string) tea.KeyPressMsg {
	rest, mod := held(name)
	if code, ok := named[rest]; ok {
		k := tea.KeyPressMsg{Code: code, Mod: mod}
		if code == tea.KeySpace && mod == 0 {
			k.Text = " "
		}
		return k
	}
	r, _ := utf8.DecodeRuneInString(rest)
	k := tea.KeyPressMsg{Code: r, Mod: mod}
	if mod == 0 {
		k.Text = rest
	}
	return k
}

// held takes the modifiers off a key's name.
func held(name string) (rest string, mod tea.KeyMod) {
	for _, m := range modifiers {
		if after, ok := strings.CutPrefix(name, m.prefix); ok && after != "" {
			name, mod = after, mod|m.mod
		}
	}
	return name, mod
}
