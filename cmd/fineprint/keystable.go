package main

import (
	"strings"

	"github.com/spf13/cobra"

	"fineprint/tui/config"
	"fineprint/tui/keys"
)

func newKeysCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "keys",
		Short: "List desk commands and their keys, with your settings applied",
		Args:  cobra.NoArgs,
		RunE:  func(*cobra.Command, []string) error { return runKeys(a) },
	}
}

// keyMap is the registry with the settings file's keys.
func (a *cli) keyMap() keys.Map {
	mapped, _ := config.Remap(keys.All, a.settings.Values.Keys) // the file's conflicts were reported when it was read
	return mapped
}

// shownKey is a command in `keys --json`.
type shownKey struct {
	Command keys.Command  `json:"command"`
	Keys    []string      `json:"keys"`
	Help    string        `json:"help"`
	Screens []keys.Screen `json:"screens"`
}

func runKeys(a *cli) error {
	shown := []shownKey{}
	for _, b := range a.keyMap() {
		k := shownKey{b.Command, b.Keys, b.Help, b.Screens}
		if k.Keys == nil {
			k.Keys = []string{}
		}
		shown = append(shown, k)
	}
	return a.print(keysJSON{shown}, func() { a.printKeys(shown) })
}

// keysJSON is `keys --json`.
type keysJSON struct {
	Keys []shownKey `json:"keys"`
}

func (a *cli) printKeys(shown []shownKey) {
	for _, k := range shown {
		where := make([]string, len(k.Screens))
		for i, s := range k.Screens {
			where[i] = string(s)
		}
		list := strings.Join(k.Keys, " ")
		if a.plain {
			a.printf("%s: %s. Command %s, on %s.\n", spokenKeys(k.Keys), k.Help, string(k.Command), strings.Join(where, ", "))
			continue
		}
		a.printf("%-20s %-18s %s\n", list, string(k.Command), k.Help)
	}
}

// spokenSigns are keys that a screen reader leaves out or reads as a pause.
var spokenSigns = map[string]string{
	"/":  "slash",
	"]":  "right bracket",
	"[":  "left bracket",
	".":  "full stop",
	",":  "comma",
	":":  "colon",
	";":  "semicolon",
	"?":  "question mark",
	"*":  "asterisk",
	"-":  "minus",
	"=":  "equals",
	"+":  "plus",
	"!":  "exclamation mark",
	"'":  "apostrophe",
	"`":  "backtick",
	"\"": "quotation mark",
	"<":  "less than",
	">":  "greater than",
	"(":  "left parenthesis",
	")":  "right parenthesis",
	"{":  "left brace",
	"}":  "right brace",
	"_":  "underscore",
	"\\": "backslash",
	"|":  "bar",
	"~":  "tilde",
	"^":  "caret",
	"#":  "hash",
	"@":  "at",
	"$":  "dollar",
	"%":  "per cent",
	"&":  "ampersand",
}

// spokenKeys names keys for the ear: a capital is said to be one, a sign by its
// name.
func spokenKeys(list []string) string {
	if len(list) == 0 {
		return "No key (command palette)"
	}
	said := make([]string, len(list))
	for i, k := range list {
		said[i] = k
		switch {
		case spokenSigns[k] != "":
			said[i] = spokenSigns[k]
		case len(k) == 1 && k != strings.ToLower(k):
			said[i] = "capital " + k
		}
	}
	return strings.Join(said, " or ")
}
