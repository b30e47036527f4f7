package config

import (
	"fmt"
	"slices"
	"strings"

	"fineprint/store/nearest"
	"fineprint/tui/keys"
)

// Conflict is a key that two commands would have had on one screen.
type Conflict struct {
	Key      string
	Screen   keys.Screen     // the first of those they share
	Commands [2]keys.Command // in the order of the registry
	Refused  keys.Command    // the one whose keys stay as they were; "" when neither was remapped
}

// String names the two commands that the key would have had, and the one whose keys stay.
func (c Conflict) String() string {
	s := fmt.Sprintf("%s can't be both %s and %s on the %s screen", c.Key, c.Commands[0], c.Commands[1], c.Screen)
	if c.Refused != "" {
		s += fmt.Sprintf("; the keys of %s are unchanged", c.Refused)
	}
	return s
}

// Remap gives commands other keys. changes maps the name of a command to all
// keys it shall have; names of no command are ignored.
//
// A change that would give a key two meanings on a screen is refused as a whole,
// the later of two that collide, and that until no such key is left: bindings
// without conflicts stay without. bindings itself is not touched.
func Remap(bindings []keys.Binding, changes map[string][]string) ([]keys.Binding, []Conflict) {
	refused := map[keys.Command]bool{}
	var conflicts []Conflict
	for {
		mapped := make([]keys.Binding, len(bindings))
		changed := map[keys.Command]bool{}
		for i, b := range bindings {
			list, ok := changes[string(b.Command)]
			if ok = ok && !refused[b.Command]; ok {
				b.Keys, changed[b.Command] = list, true
			}
			b.Keys = slices.Clone(b.Keys)
			mapped[i] = b
		}
		c, found := collision(mapped, changed)
		if !found {
			return mapped, conflicts
		}
		conflicts = append(conflicts, c)
		if c.Refused == "" {
			return mapped, conflicts
		}
		refused[c.Refused] = true
	}
}

// collision finds the first key with two meanings, preferring those that
// refusing a change takes away.
func collision(bindings []keys.Binding, changed map[keys.Command]bool) (first Conflict, found bool) {
	type binding struct {
		screen keys.Screen
		key    string
	}
	owners := map[binding]keys.Command{}
	for _, b := range bindings {
		for _, at := range b.Screens {
			for _, k := range b.KeysOn(at) {
				a, taken := owners[binding{at, k}]
				if !taken || a == b.Command {
					owners[binding{at, k}] = b.Command
					continue
				}
				c := Conflict{Key: k, Screen: at, Commands: [2]keys.Command{a, b.Command}}
				switch {
				case changed[b.Command]:
					c.Refused = b.Command
				case changed[a]:
					c.Refused = a
				}
				if c.Refused != "" {
					return c, true
				}
				if !found {
					first, found = c, true
				}
			}
		}
	}
	return first, found
}

// namedKeys are the keys that have a name rather than a character, as the desk's
// event loop calls them.
var namedKeys = []string{
	"enter", "tab", "backspace", "esc", "space", "up", "down", "left", "right", "insert", "delete",
	"home", "end", "pgup", "pgdown", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12",
}

// modifiers are in the order in which the event loop names them.
var modifiers = []string{"ctrl", "alt", "shift", "meta", "hyper", "super"}

// sameKey are those that a terminal without the kitty protocol sends for another
// key.
var sameKey = map[string]string{"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "esc"}

// keyName reads a key as people write it and names it as the event loop does.
func keyName(s string) (string, error) {
	base := s
	held := map[string]bool{}
	for {
		before, after, found := strings.Cut(base, "+")
		m := strings.ToLower(before)
		if !found || after == "" || before == "" {
			break
		}
		if !slices.Contains(modifiers, m) {
			return "", fmt.Errorf("%q is not a key: %q is none of ctrl, alt, shift%s", s, before, nearest.Meant(m, modifiers))
		}
		held[m], base = true, after
	}
	runes := []rune(base)
	switch lower := strings.ToLower(base); {
	case base == " ":
		base = "space"
	case len(runes) == 1 && runes[0] > ' ' && runes[0] != 0x7f:
		if held["shift"] && strings.ToUpper(base) != lower { // a terminal sends the letter
			base, held["shift"] = strings.ToUpper(base), false
		}
		if held["ctrl"] {
			base = lower
		}
	case slices.Contains(namedKeys, lower):
		base = lower
	default:
		return "", fmt.Errorf("%q is not a key%s", s, nearest.Meant(lower, namedKeys))
	}
	name := ""
	for _, m := range modifiers {
		if held[m] {
			name += m + "+"
		}
	}
	name += base
	if as := sameKey[name]; as != "" {
		return "", fmt.Errorf("most terminals can't distinguish %s from %s", name, as)
	}
	return name, nil
}
