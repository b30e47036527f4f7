// Package keys is the one registry of the desk's keys: dispatch, the footer,
// the help screen and the README are all made from it.
package keys

import (
	"fmt"
	"strings"
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
	Welcome   Screen = "welcome" // on an empty store
)

var screens = []Screen{Platforms, Queue, Review, Preview, History, Versions, Activity, Settings, Agreement, Welcome}

// Command identifies what a key does.
type Command string

// The commands.
const (
	Up, Down, PageUp, PageDown, Top, Bottom      Command = "up", "down", "page-up", "page-down", "top", "bottom"
	Open, Back, ShowHelp, Filter, States, Reload Command = "open", "back", "help", "filter", "states", "reload"
	NextClause, PrevClause, NextChange, PrevChg  Command = "next-clause", "previous-clause", "next-change", "previous-change"
	Low, Medium, High, Critical                  Command = "low", "medium", "high", "critical"
	LowSure, MediumSure, HighSure, Basis         Command = "low-confidence", "medium-confidence", "high-confidence", "basis"
	Summary, Editor, Approve, Dismiss, Snooze    Command = "summary", "editor", "approve", "dismiss", "snooze"
	Undo, Redo, Layout, Whole, Folded, Show      Command = "undo", "redo", "layout", "whole", "folded", "preview"
	Export, Quit                                 Command = "export", "quit"

	NextFold, PrevFold, Unfold, UnfoldAll      Command = "next-fold", "previous-fold", "unfold", "unfold-all"
	Partner, Zoom, Narrower, Wider, Reveal     Command = "partner", "zoom", "narrower", "wider", "reveal"
	Find, NextFound, PrevFound                 Command = "find", "next-found", "previous-found"
	Palette, Repeat, Precedent, Note           Command = "palette", "repeat", "precedent", "note"
	Mark, MarkAlike, MarkShown, Unmark         Command = "mark", "mark-alike", "mark-shown", "unmark"
	Sort, Group, Saved, SaveFilter             Command = "sort", "group", "saved-filters", "save-filter"
	Copy, Source, ToHistory, ToVersions        Command = "copy", "source", "clause-history", "versions"
	ToActivity, ToSettings, ToAgreement, Fetch Command = "activity", "settings", "agreement", "fetch"
	Submit, RequestChanges, Contest, Reopen    Command = "submit", "request-changes", "contest", "reopen"
	Cancel, Track, Import, Sample              Command = "cancel", "track", "import", "sample"
	NextStep, PrevStep, EditSettings           Command = "next-step", "previous-step", "edit-settings"
	NextColour                                 Command = "next-palette"
)

// Binding is one command with its keys, first the one that is shown. One
// without keys is found in the palette.
type Binding struct {
	Command Command
	Keys    []string
	Help    string
	Screens []Screen
	Footer  bool // shown in the footer
}

var (
	everywhere = screens
	lists      = []Screen{Platforms, Queue}
	judging    = []Screen{Queue, Review}
)

// All lists every binding, in the order they are shown.
var All = Map{
	{Down, []string{"j", "down"}, "down", everywhere, false},
	{Up, []string{"k", "up"}, "up", everywhere, false},
	{PageDown, []string{"pgdown", "ctrl+d"}, "a page down", everywhere, false},
	{PageUp, []string{"pgup", "ctrl+u"}, "a page up", everywhere, false},
	{Top, []string{"g", "home"}, "to the top", everywhere, false},
	{Bottom, []string{"G", "end"}, "to the bottom", everywhere, false},
	{Open, []string{"enter", "right"}, "open", []Screen{Platforms, Queue, History, Versions, Activity, Agreement, Welcome}, true},
	{Filter, []string{"/"}, "filter: words, or fields as in sev:high state:pending kind:added", lists, true},
	{States, []string{"tab"}, "pending, snoozed, in review, dismissed, approved, all", []Screen{Queue}, false},
	{Sort, []string{"S"}, "sort by rank, newest, platform; platforms by pending, name, last change, failing", lists, false},
	{Group, []string{"t"}, "group by change set, by alike, or not", []Screen{Queue}, false},
	{Saved, []string{"f"}, "saved filters", lists, false},
	{SaveFilter, nil, "save this filter under a name", []Screen{Queue}, false},
	{Mark, []string{"space"}, "mark, or take the mark away", []Screen{Queue, Versions}, false},
	{MarkAlike, []string{"*"}, "alike changes: mark them all", []Screen{Queue}, true},
	{MarkShown, []string{"ctrl+a"}, "mark all that are shown", []Screen{Queue}, false},
	{Unmark, []string{"-"}, "take all marks away", []Screen{Queue}, false},
	{Reload, []string{"R"}, "read again", []Screen{Platforms, Queue, Activity}, false},
	{NextClause, []string{"n"}, "next material or unfolded clause change", []Screen{Review}, true},
	{PrevClause, []string{"p"}, "previous material or unfolded clause change", []Screen{Review}, false},
	{NextChange, []string{"]"}, "next change", []Screen{Review}, false},
	{PrevChg, []string{"["}, "previous change", []Screen{Review}, false},
	{Low, []string{"l", "1"}, "severity low", judging, false},
	{Medium, []string{"m", "2"}, "severity medium", judging, false},
	{High, []string{"h", "3"}, "severity high", judging, false},
	{Critical, []string{"c", "4"}, "severity critical", judging, false},
	{LowSure, []string{"L"}, "confidence low", judging, false},
	{MediumSure, []string{"M"}, "confidence medium", judging, false},
	{HighSure, []string{"H"}, "confidence high", judging, false},
	{Basis, []string{"b"}, "basis: explicit, inferred, absent", judging, false},
	{Summary, []string{"s"}, "summary, under the redline", judging, true},
	{Editor, []string{"e"}, "summary in $EDITOR", []Screen{Review}, false},
	{Note, []string{"I"}, "interpretive note, when you are not sure", judging, false},
	{Approve, []string{"a"}, "approve and go on", judging, true},
	{Dismiss, []string{"x"}, "dismiss with a reason", judging, true},
	{Snooze, []string{"z"}, "snooze", judging, false},
	{Repeat, []string{"."}, "repeat your last decision", judging, false},
	{Precedent, []string{"="}, "judge as the like of it was judged", judging, false},
	{Submit, []string{"+"}, "submit to a second reader", judging, false},
	{RequestChanges, nil, "as second reader: request changes, with a reason", []Screen{Review}, false},
	{Contest, nil, "as second reader: contest, with your severity and a reason", []Screen{Review}, false},
	{Reopen, nil, "reopen what was dismissed or snoozed", judging, false},
	{Undo, []string{"u"}, "undo", judging, true},
	{Redo, []string{"ctrl+r"}, "redo", judging, false},
	{Layout, []string{"v"}, "side by side or inline", []Screen{Review, History}, false},
	{Whole, []string{"w"}, "changes only or the whole document", []Screen{Review}, false},
	{Folded, []string{"i"}, "immaterial ones: show or fold them", []Screen{Review}, true},
	{NextFold, []string{"N"}, "next clause change or fold of any kind", []Screen{Review}, false},
	{PrevFold, []string{"P"}, "previous clause change or fold of any kind", []Screen{Review}, false},
	{Unfold, []string{"f", "enter"}, "unfold or fold what is selected", []Screen{Review}, false},
	{UnfoldAll, []string{"F"}, "unfold or fold everything", []Screen{Review}, false},
	{Partner, []string{"J"}, "between a moved clause and the place it left", []Screen{Review}, false},
	{Zoom, []string{"Z"}, "both texts, the new one alone, the old one alone", []Screen{Review}, false},
	{Narrower, []string{"<"}, "side by side: less room for the old text", []Screen{Review}, false},
	{Wider, []string{">"}, "side by side: more room for the old text", []Screen{Review}, false},
	{Reveal, []string{"K"}, "show or shorten link targets and hidden characters", []Screen{Review}, false},
	{Find, []string{"/"}, "find words in what is shown; esc ends it", []Screen{Review}, false},
	{NextFound, []string{"tab"}, "next place found", []Screen{Review}, false},
	{PrevFound, []string{"shift+tab"}, "previous place found", []Screen{Review}, false},
	{Show, []string{"r"}, "preview the record", judging, false},
	{ToHistory, []string{"t"}, "this clause through all versions", []Screen{Review}, false},
	{ToVersions, []string{"V"}, "versions of the document, compare any two", judging, false},
	{Copy, []string{"y"}, "copy the citation", judging, false},
	{Source, []string{"o"}, "open the source in a browser", []Screen{Platforms, Queue, Review, Activity}, false},
	{Export, []string{"E"}, "export the approved records", lists, false},
	{NextStep, []string{"n"}, "next step of the clause", []Screen{History}, true},
	{PrevStep, []string{"p"}, "previous step of the clause", []Screen{History}, true},
	{Fetch, []string{"F"}, "fetch what is due", []Screen{Platforms, Queue, Activity}, false},
	{Cancel, []string{"X"}, "stop what is under way: a fetch, import or export", []Screen{Platforms, Queue, Activity, Welcome}, true},
	{Track, []string{"T"}, "track a document by its address", []Screen{Platforms, Queue, Activity, Welcome}, false},
	{Import, []string{"O"}, "import an Open Terms Archive history", []Screen{Platforms, Queue, Welcome}, false},
	{Sample, []string{"D"}, "look around on a sample", []Screen{Welcome}, false},
	{ToActivity, []string{"A"}, "activity: fetching, failures, what happened", []Screen{Platforms, Queue, Welcome}, false},
	{ToAgreement, nil, "agreement of the two readers", lists, false},
	{ToSettings, []string{","}, "settings", []Screen{Platforms, Queue, Welcome}, false},
	{EditSettings, []string{"e"}, "edit the settings file in $EDITOR", []Screen{Settings}, true},
	{NextColour, []string{"p"}, "palette: try the next one", []Screen{Settings}, true},
	{Palette, []string{"ctrl+p", ":"}, "all commands, by name", everywhere, false},
	{ShowHelp, []string{"?"}, "help", everywhere, true},
	{Back, []string{"q", "esc", "left"}, "back; leave", everywhere, true},
	{Quit, []string{"ctrl+c"}, "leave at once", everywhere, false},
}

// Map is a set of bindings, in the order they are shown.
type Map []Binding

// On returns the command of a key on a screen, "" when it has none.
func (m Map) On(screen Screen, key string) Command {
	for _, b := range m {
		if !b.On(screen) {
			continue
		}
		for _, k := range b.Keys {
			if k == key {
				return b.Command
			}
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

// Of returns the bindings of a screen.
func (m Map) Of(screen Screen) []Binding {
	var of []Binding
	for _, b := range m {
		if b.On(screen) {
			of = append(of, b)
		}
	}
	return of
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

// Hint is one entry of the footer: what is shown, and the command it stands
// for, "" for a family of keys.
type Hint struct {
	Text    string
	Command Command
}

// Footer lists a screen's most used commands that are possible now, as many as
// fit whole in the width, gap cells apart.
func (m Map) Footer(screen Screen, width, gap int, possible func(Command) bool) []Hint {
	var all []Hint
	if k := m.Key(ShowHelp); k != "" { // first, for it tells of all that a narrow screen leaves out
		all = append(all, Hint{k + " help", ShowHelp})
	}
	if screen == Review && possible(Low) {
		families := [][]Command{{Low, Medium, High, Critical}, {LowSure, MediumSure, HighSure}, {Basis}}
		for i, name := range []string{" severity", " sure", " basis"} {
			text := ""
			for _, c := range families[i] {
				text += m.Key(c)
			}
			all = append(all, Hint{Text: text + name})
		}
	}
	for _, b := range m.Of(screen) {
		if b.Footer && b.Command != ShowHelp && len(b.Keys) > 0 && possible(b.Command) {
			help, _, _ := strings.Cut(b.Help, " ")
			all = append(all, Hint{b.Keys[0] + " " + strings.TrimRight(help, ";:,"), b.Command})
		}
	}
	used := 0
	for i, h := range all {
		if used += len(h.Text); used > width {
			return all[:i]
		}
		used += gap
	}
	return all
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
	return strings.TrimSpace(b.String())
}
