package config

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/tui/keys"
)

const documentHead = `# Fineprint settings. Lines that start with # are comments; every setting is
# listed with its default: remove the # and change the value.
#
# Command-line options override FINEPRINT_ variables, which override this file.
# "fineprint config check" validates it; "fineprint config show" shows the
# effective settings.
`

const documentSnippets = `
# Snippets for summaries, by name. {platform}, {type}, {date}, {old} and {new}
# are replaced with values of the change under review.
[snippets]
# renamed = "{platform} renames {old} to {new} in its {type}."

# Saved filters, by name.
[filters]
# urgent = "sev:high state:pending"

# Who is told of alerts, by name: rules name them with --notify. Kinds: command,
# webhook, mail, smtp, atom. Secrets are in a variable or a file, never here.
# [targets.ops]
#   kind = "webhook"
#   url = "https://hooks.example.com/fineprint"
#   secret_env = "FINEPRINT_OPS_SECRET"
#   every = "day"
#   at = "08:00"

# Keys by command: all keys of the command. A key can't belong to two commands
# on the same screen. These are the defaults:
[keys]
`

// Document is the settings file with everything in it, commented out.
func Document() string {
	var b strings.Builder
	b.WriteString(documentHead)
	defaults := Default()
	in := ""
	for _, s := range table {
		before, name, found := strings.Cut(s.name, ".")
		switch {
		case !found:
			name = s.name
		case in != before:
			in = before
			fmt.Fprintf(&b, "\n[%s]\n", in)
		}
		about := strings.ReplaceAll(ansi.Wordwrap(s.about+" Takes "+s.accepts+".", 76, ""), "\n", "\n# ")
		fmt.Fprintf(&b, "\n# %s\n# %s = %s\n", about, name, literal(s.of(&defaults).Interface()))
	}
	b.WriteString(documentSnippets)
	for _, k := range keys.All {
		line := fmt.Sprintf("# %s = %s", k.Command, literal(k.Keys))
		fmt.Fprintf(&b, "%-42s # %s\n", line, k.Help)
	}
	return b.String()
}

// literal writes a value as TOML does. In what has no control characters, as no
// setting does, Go's escapes of a string are TOML's too.
func literal(v any) string {
	if list, ok := v.([]string); ok {
		quoted := make([]string, len(list))
		for i, s := range list {
			quoted[i] = strconv.Quote(s)
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	}
	return fmt.Sprintf("%#v", v)
}

var bareName = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// Line is one setting as it holds.
type Line struct {
	Name  string `json:"name"` // as TOML writes it with its table: export.path
	Value any    `json:"value"`
	TOML  string `json:"-"` // the value as the file has it
	About string `json:"-"`
}

// Lines lists the settings in the order of the file: those of the table, then
// snippets and filters, then the commands that were remapped.
func Lines(s Settings) []Line {
	var list []Line
	add := func(name string, value any, about string) {
		list = append(list, Line{name, value, literal(value), about})
	}
	for _, t := range table {
		add(t.name, t.of(&s).Interface(), t.about)
	}
	named := func(in string, all []Named) {
		for _, n := range all {
			name := n.Name
			if !bareName.MatchString(name) {
				name = literal(name)
			}
			add(in+"."+name, n.Text, "")
		}
	}
	named(snippetsTable, s.Snippets)
	named(filtersTable, s.Filters)
	for _, t := range s.Targets {
		add(targetsTable+"."+t.Name, t.Kind, "")
	}
	for _, c := range slices.Sorted(maps.Keys(s.Keys)) {
		add(keysTable+"."+c, s.Keys[c], "")
	}
	return list
}

// Markdown is the README's table of settings.
func Markdown() string {
	var b strings.Builder
	b.WriteString("| Setting | Takes | Default | |\n|---|---|---|---|\n")
	defaults := Default()
	for _, s := range table {
		fmt.Fprintf(&b, "| `%s` | %s | `%s` | %s |\n", s.name, s.accepts, literal(s.of(&defaults).Interface()), s.about)
	}
	snippets := "| `[snippets]` | `name = \"text\"` | | " +
		"Snippets for summaries; {%s} are replaced with values of the change. |\n"
	fmt.Fprintf(&b, snippets, strings.Join(Placeholders, "}, {"))
	b.WriteString("| `[filters]` | `name = \"text\"` | | Saved filters. |\n")
	b.WriteString("| `[targets.NAME]` | `kind = \"webhook\"`, … | | Who is told of alerts; see the table below. |\n")
	b.WriteString("| `[keys]` | `command = [\"key\", …]` | | Keys by command; `fineprint keys` lists the commands. |\n")
	b.WriteString("\n| In `[targets.NAME]` | |\n|---|---|\n")
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Target]()) {
		if name := f.Tag.Get("name"); name != "" {
			fmt.Fprintf(&b, "| `%s` | %s |\n", name, f.Tag.Get("about"))
		}
	}
	return strings.TrimSpace(b.String())
}
