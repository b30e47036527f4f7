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
	Help      Screen = "help"
)

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

	NextFold, PrevFold, Unfold, UnfoldAll  Command = "next-fold", "previous-fold", "unfold", "unfold-all"
	Partner, Zoom, Narrower, Wider, Reveal Command = "partner", "zoom", "narrower", "wider", "reveal"
	Find, NextFound, PrevFound             Command = "find", "next-found", "previous-found"
)

// Binding is one command with its keys, first the one that is shown.
type Binding struct {
	Command Command
	Keys    []string
	Help    string
	Screens []Screen
	Footer  bool // shown in the footer
}

var (
	everywhere = []Screen{Platforms, Queue, Review, Preview, Help}
	lists      = []Screen{Platforms, Queue}
	judging    = []Screen{Queue, Review}
)

// All lists every binding, in the order they are shown.
var All = []Binding{
	{Down, []string{"j", "down"}, "down", everywhere, false},
	{Up, []string{"k", "up"}, "up", everywhere, false},
	{PageDown, []string{"space", "pgdown", "ctrl+d"}, "a page down", everywhere, false},
	{PageUp, []string{"pgup", "ctrl+u"}, "a page up", everywhere, false},
	{Top, []string{"g", "home"}, "to the top", everywhere, false},
	{Bottom, []string{"G", "end"}, "to the bottom", everywhere, false},
	{Open, []string{"enter", "right"}, "open", lists, true},
	{Filter, []string{"/"}, "filter by platform and type", lists, true},
	{States, []string{"tab"}, "pending, snoozed, dismissed, approved, all", []Screen{Queue}, false},
	{Reload, []string{"R"}, "read again", lists, false},
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
	{Summary, []string{"s"}, "summary", judging, true},
	{Editor, []string{"e"}, "summary in $EDITOR", []Screen{Review}, false},
	{Approve, []string{"a"}, "approve and go on", []Screen{Review}, true},
	{Dismiss, []string{"x"}, "dismiss with a reason", judging, true},
	{Snooze, []string{"z"}, "snooze", judging, false},
	{Undo, []string{"u"}, "undo", []Screen{Queue, Review}, true},
	{Redo, []string{"ctrl+r"}, "redo", []Screen{Queue, Review}, false},
	{Layout, []string{"v"}, "side by side or inline", []Screen{Review}, false},
	{Whole, []string{"w"}, "changes only or the whole document", []Screen{Review}, false},
	{Folded, []string{"i"}, "show or fold what is immaterial", []Screen{Review}, true},
	{Show, []string{"r"}, "preview the record", []Screen{Review}, false},
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
	{Export, []string{"E"}, "export the approved records", lists, false},
	{ShowHelp, []string{"?"}, "help", []Screen{Platforms, Queue, Review, Preview}, true},
	{Back, []string{"q", "esc", "left"}, "back; leave", everywhere, true},
	{Quit, []string{"ctrl+c"}, "leave at once", everywhere, false},
}

// On returns the command of a key on a screen, "" when it has none.
func On(screen Screen, key string) Command {
	for _, b := range All {
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

// Footer lists a screen's most used keys in one line, as many as fit whole in
// the width.
func Footer(screen Screen, width int) string {
	var parts []string
	if On(screen, "?") == ShowHelp { // first, for it tells of all that a narrow screen leaves out
		parts = append(parts, "? help")
	}
	if screen == Review {
		parts = append(parts, "lmhc severity", "LMH sure", "b basis")
	}
	if screen == Preview || screen == Help {
		parts = append(parts, "j k scroll")
	}
	for _, b := range All {
		if b.Footer && b.Command != ShowHelp && b.On(screen) {
			help, _, _ := strings.Cut(b.Help, " ")
			parts = append(parts, b.Keys[0]+" "+strings.TrimSuffix(help, ";"))
		}
	}
	const gap = "  "
	line := ""
	for _, p := range parts {
		next := strings.TrimPrefix(line+gap+p, gap)
		if len(next) > width {
			break
		}
		line = next
	}
	return line
}

// Lines lists a screen's keys for the help screen.
func Lines(screen Screen) []string {
	var lines []string
	for _, b := range All {
		if b.On(screen) {
			lines = append(lines, fmt.Sprintf("  %-20s %s", strings.Join(b.Keys, " "), b.Help))
		}
	}
	return lines
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
		if len(where) == len(everywhere) {
			place = "everywhere"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", strings.Join(k.Keys, "` `"), k.Help, place)
	}
	return strings.TrimSpace(b.String())
}
