// Package keys is the one registry of the desk's commands and their keys:
// dispatch, the footer, the help, the palette, mouse clicks on the footer, the
// settings file's [keys] and the README are all made from it. It is not for what
// a command does: the handlers of screens, shell and decisions hold that.
//
// Invariants, which tests hold:
//   - On no screen has a key two meanings, and every screen can be left.
//   - Every command listed for a screen has a handler there, and every handler a
//     row ([All]).
//   - A command without a key is found in the palette.
//
// Decision: whether a command is available, and why not, is computed from its
// row and from the [Facts] of the moment, here and nowhere else. A new command is
// one row and one handler; what the row lists as its needs is refused with a
// reason where it is lacking, on every screen. Which decisions a review's state
// allows is asked of package review, which the store asks too.
package keys

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"fineprint/store/model"
)

// Screen names where a key works.
type Screen string

// The screens.
const (
	Platforms Screen = "platforms"
	Queue     Screen = "queue"
	Review    Screen = "review"
	Preview   Screen = "preview"
	History   Screen = "history"  // one clause through the versions
	Versions  Screen = "versions" // of a document, to compare two
	Activity  Screen = "activity"
	Settings  Screen = "settings"
	Agreement Screen = "agreement"
	Welcome   Screen = "welcome"    // on an empty store
	Clauses   Screen = "clauses"    // of a version, to record provisions
	Records   Screen = "records"    // of provisions, to open one
	Record    Screen = "record"     // of a provision, as it is written
	Year      Screen = "year"       // a cell a day
	Search    Screen = "search"     // of clauses, by their words
	Compare   Screen = "comparison" // of a clause with those of other platforms
	HeatMap   Screen = "heat-map"   // of platforms and clause types
	Cell      Screen = "cell"       // of the heat map: its clauses
	Alerts    Screen = "alerts"     // rules, and who is told
	Calendar  Screen = "calendar"   // of what takes effect when
	Playbook  Screen = "playbook"   // of what deviates from it
)

var screens = []Screen{
	Platforms, Queue, Review, Preview, History, Versions, Activity, Settings, Agreement, Welcome, Clauses, Records,
	Record, Year, Search, Compare, HeatMap, Cell, Alerts, Calendar, Playbook,
}

// Section is a heading of the help, under which it lists commands.
type Section string

// The sections of the help.
const (
	Move   Section = "Move"
	Decide Section = "Decide"
	Select Section = "Select"
	View   Section = "View"
	GoTo   Section = "Go to"
	Desk   Section = "Desk"
)

// Sections lists the sections in the order they are shown.
var Sections = []Section{Move, Decide, Select, View, GoTo, Desk}

// Binding is the row of one command: everything that is known of it but what it
// does, which its handler holds.
type Binding struct {
	Command Command
	Keys    []string // first the one that is shown; one without is found in the palette
	Help    string
	Group   Section // under which the help lists it
	Screens []Screen
	Footer  bool   // shown in the footer
	Word    string // what the footer says it does, "" for the first word of Help
	// Yields is a key of Keys that is another command's on a screen.
	Yields map[Screen]string
	// Action is what the command decides, "" when it decides nothing: it is
	// available where the state of the review allows the decision.
	Action model.Action
	// Opens is the screen that the command shows, "" when it does something else;
	// such a row needs no handler.
	Opens Screen
	// Needs are what has to be there for the command to be available.
	Needs Need
}

// Map is a set of bindings, in the order they are shown.
type Map []Binding

// On returns the command of a key on a screen, "" when it has none.
func (m Map) On(screen Screen, key string) Command {
	for _, b := range m {
		if !b.On(screen) {
			continue
		}
		if slices.Contains(b.KeysOn(screen), key) {
			return b.Command
		}
	}
	return ""
}

// On reports whether the binding works on a screen.
func (b Binding) On(screen Screen) bool {
	for _, s := range b.Screens {
		if s == screen {
			return true
		}
	}
	return false
}

// KeysOn returns the keys of the binding on a screen where it works.
func (b Binding) KeysOn(screen Screen) []string {
	yields, some := b.Yields[screen]
	if !some {
		return b.Keys
	}
	return slices.DeleteFunc(slices.Clone(b.Keys), func(k string) bool { return k == yields })
}

// Of returns the bindings of a screen, with their keys there.
func (m Map) Of(screen Screen) []Binding {
	var of []Binding
	for _, b := range m {
		if b.On(screen) {
			b.Keys = b.KeysOn(screen)
			of = append(of, b)
		}
	}
	return of
}

// Opens returns the screen that a command shows, "" when it does something else.
func (m Map) Opens(c Command) Screen {
	for _, b := range m {
		if b.Command == c {
			return b.Opens
		}
	}
	return ""
}

// Key returns the key that is shown for a command, "" when it has none.
func (m Map) Key(c Command) string {
	for _, b := range m {
		if b.Command == c && len(b.Keys) > 0 {
			return b.Keys[0]
		}
	}
	return ""
}

// Hint is one entry of the footer: a key and what it does in a word, and the command it
// is for, "" for a family of keys.
type Hint struct {
	Key, Word string
	Command   Command
}

// Width is how many cells the hint takes.
func (h Hint) Width() int { return utf8.RuneCountInString(h.Key + " " + h.Word) }

// Fitting returns as many hints as fit whole in a width, gap cells apart.
func Fitting(hints []Hint, width, gap int) []Hint {
	used := 0
	for i, h := range hints {
		if used += h.Width(); used > width {
			return hints[:i]
		}
		used += gap
	}
	return hints
}

// Footer lists a screen's most used commands that are possible now, as many as fit whole
// in the width, gap cells apart; the last is the help, which lists all that a narrow
// screen leaves out.
func (m Map) Footer(screen Screen, width, gap int, possible func(Command) bool) []Hint {
	var last []Hint
	if k := m.Key(ShowHelp); k != "" {
		last = Fitting([]Hint{{k, "help", ShowHelp}}, width, gap)
	}
	var all []Hint
	if screen == Review && possible(Low) {
		all = append(all, Hint{Key: m.SeverityKeys(), Word: "severity"},
			Hint{m.Key(Confidence), "confidence", Confidence})
	}
	for _, b := range m.Of(screen) {
		if !b.Footer || b.Command == ShowHelp || len(b.Keys) == 0 || !possible(b.Command) {
			continue
		}
		word, _, _ := strings.Cut(b.Help, " ")
		all = append(all, Hint{b.Keys[0], cmp.Or(b.Word, strings.ToLower(strings.TrimRight(word, ";:,"))), b.Command})
	}
	for _, h := range last {
		width -= h.Width() + gap
	}
	return append(Fitting(all, width, gap), last...)
}

// Markdown is the README's table of keys.
func Markdown() string {
	var b strings.Builder
	b.WriteString("| Keys | Do | Where |\n|---|---|---|\n")
	for _, k := range All {
		where := make([]string, len(k.Screens))
		for i, s := range k.Screens {
			where[i] = string(s)
		}
		place := strings.Join(where, ", ")
		if len(k.Keys) == 0 {
			fmt.Fprintf(&b, "| palette | %s | %s |\n", k.Help, place)
			continue
		}
		if len(where) == len(everywhere) {
			place = "everywhere"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", strings.Join(k.Keys, "` `"), k.Help, place)
	}
	return strings.TrimSpace(b.String()) + linesMarkdown()
}
