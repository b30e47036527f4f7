package keys

import (
	"fmt"
	"strings"
)

// Line is a command that is typed with an argument, at [CommandLine]. All other
// commands can be typed there by their names as well.
type Line struct {
	Name string
	// Argument is how the argument is shown; it may be left out where Bare is set.
	Argument, Help string
	// Bare is the command that the name alone runs, "" where it needs its argument.
	Bare Command
	// Of is the command whose needs it has, "" when it needs nothing.
	Of Command
}

// Lines are the commands with arguments, in the order they are shown.
var Lines = []Line{
	{Name: "go", Argument: "ID", Help: "open a change, a record or a document"},
	{Name: "row", Argument: "N", Help: "go to a row; the number alone does the same"},
	{Name: "filter", Argument: "FILTER", Help: "list what a filter finds; none: everything pending", Bare: Filter},
	{Name: "sort", Argument: "COLUMN", Help: "sort the queue by a column; risk: as ranked", Bare: Sort},
	{Name: "group", Argument: "HOW", Help: "group the queue: change-set, alike, none", Bare: Group},
	{Name: "severity", Argument: "LEVEL", Help: "set the severity: low, medium, high, critical", Of: Low},
	{Name: "confidence", Argument: "LEVEL", Help: "set the confidence: low, medium, high", Of: LowConfidence},
	{Name: "basis", Argument: "BASIS", Help: "set the basis: explicit, inferred, absent", Of: Basis},
	{Name: "dismiss", Argument: "REASON", Help: "dismiss with a reason", Bare: Dismiss, Of: Dismiss},
	{Name: "snooze", Argument: "UNTIL", Help: "snooze: 7d, 2w, 2026-12-01 or next", Bare: Snooze, Of: Snooze},
	{Name: "note", Argument: "TEXT", Help: "write a note here", Bare: WriteNote, Of: WriteNote},
	{Name: "assign", Argument: "NAME", Help: "assign the change, or the marked ones; nobody: unassign", Bare: Assign,
		Of: Assign},
	{Name: "tag", Argument: "NAME", Help: "tag the change, or the marked ones; -NAME takes the tag off", Bare: Tag,
		Of: Tag},
	{Name: "find", Argument: "WORDS", Help: "find words in the review", Bare: Find, Of: Find},
	{Name: "search", Argument: "WORDS", Help: "search the clauses of all documents", Bare: SearchClauses,
		Of: SearchClauses},
	{Name: "save-filter", Argument: "NAME", Help: "save this filter under a name", Bare: SaveFilter, Of: SaveFilter},
	{Name: "rule", Argument: "NAME ACTION…", Help: "save this filter as a rule: tag:T, assign:WHO, raise:high, notify:TARGET, fold",
		Bare: SaveRule, Of: SaveRule},
	{Name: "track", Argument: "ADDRESS", Help: "track a document by its address", Bare: Track, Of: Track},
	{Name: "mark", Argument: "LETTER", Help: "set a mark on this change", Of: SetMark},
	{Name: "marks", Help: "list the marks, to go to one", Bare: ToMarks},
	{Name: "export", Argument: "FORMAT FILE", Help: "export the approved records", Bare: Export, Of: Export},
	{Name: "theme", Argument: "NAME", Help: "use a colour theme until you leave"},
	{Name: "help", Argument: "WORD", Help: "find commands by a word", Bare: ShowHelp},
}

// LineNamed returns the command of a name; false when there is none.
func LineNamed(name string) (Line, bool) {
	for _, l := range Lines {
		if l.Name == name {
			return l, true
		}
	}
	return Line{}, false
}

// linesMarkdown is the table of what can be typed.
func linesMarkdown() string {
	var b strings.Builder
	b.WriteString("\n\n## Command line\n\n`:` takes the name of any command, and these with an argument; tab completes.\n\n" +
		"| Typed | Do |\n|---|---|\n")
	for _, l := range Lines {
		fmt.Fprintf(&b, "| `:%s` | %s |\n", strings.TrimSpace(l.Name+" "+l.Argument), l.Help)
	}
	return strings.TrimRight(b.String(), "\n")
}
