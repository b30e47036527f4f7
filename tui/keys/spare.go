package keys

import (
	"slices"
	"strings"
)

// Spare is what a key does on screens where the registry gives it no command: what it
// was in an earlier edition, or what it is elsewhere. It is shown in no list of keys, and
// a key that the settings give to a command does that.
type Spare struct {
	Key     string
	Screens []Screen
	// Command is what the key still does, "" when it only says something.
	Command Command
	// Says is shown in the status line, after the command was carried out; nil is silent.
	Says func(m Map) string
}

// Spares are the spare keys. Letters move, so those that were a severity say what sets
// one; hands that know vi move in lists with h and l as with the arrows.
var Spares = []Spare{
	{Key: "h", Screens: besides(Review, Record), Command: Back},
	{Key: "l", Screens: besides(Review, Record), Command: Open},
	{Key: "c", Screens: []Screen{Queue}, Says: setSeverity}, // elsewhere it compares
	{Key: "m", Screens: []Screen{Record}, Says: setSeverity},
	{Key: "h", Screens: []Screen{Record}, Says: setSeverity},
	{Key: "l", Screens: []Screen{Record}, Says: setSeverity},
	{Key: "L", Screens: onJudged, Command: LowConfidence},
	{Key: "H", Screens: []Screen{Review, Record}, Command: HighConfidence},
	{Key: "M", Screens: []Screen{Review, Record}, Command: MediumConfidence},
	{Key: "o", Screens: []Screen{Queue, Activity}, Command: Source,
		Says: func(m Map) string { return m.Key(Source) + " opens the source" }},
}

// besides are all screens but some.
func besides(some ...Screen) []Screen {
	return slices.DeleteFunc(slices.Clone(screens), func(s Screen) bool { return slices.Contains(some, s) })
}

// setSeverity names the keys of the severities.
func setSeverity(m Map) string { return m.SeverityKeys() + " set severity" }

// SeverityKeys names the keys of the severities together: 1–4, unless the settings give
// them others.
func (m Map) SeverityKeys() string {
	all := make([]string, 0, 4)
	for _, c := range []Command{Low, Medium, High, Critical} {
		all = append(all, m.Key(c))
	}
	if text := strings.Join(all, ""); text != "1234" {
		return strings.Join(all, " ")
	}
	return "1–4"
}

// SpareOn returns what a key does on a screen where it has no command, and reports
// whether it does anything. A command that the screen does not have is left out.
func (m Map) SpareOn(screen Screen, key string) (Spare, bool) {
	for _, s := range Spares {
		if s.Key != key || !slices.Contains(s.Screens, screen) || m.On(screen, key) != "" {
			continue
		}
		known := func(b Binding) bool { return b.Command == s.Command && b.On(screen) }
		if s.Command == "" || slices.ContainsFunc(m, known) {
			return s, true
		}
	}
	return Spare{}, false
}

// asking are the commands that ask for a text. Where one is refused, what is typed after
// it is the text, and no command of the screen.
var asking = []Command{
	Summary, Note, Dismiss, Snooze, RequestChanges, Contest, Filter, SaveFilter, Find,
	Track, FindDocuments, Import, Export, EditField, Withdraw,
}

// AsksText reports whether a command asks for a text.
func AsksText(c Command) bool { return slices.Contains(asking, c) }

// MeantText reports whether a key that does nothing on a screen asks for a text on another,
// so that what follows it is a text.
func (m Map) MeantText(key string) bool {
	return slices.ContainsFunc(m, func(b Binding) bool { return AsksText(b.Command) && slices.Contains(b.Keys, key) })
}
