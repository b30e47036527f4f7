package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"fineprint/tui/keys"
)

const documentHead = `# Settings of Fineprint. What begins with # is a remark; every setting stands
# here with its default: take the # away from one and change it.
#
# An option on the command line goes before FINEPRINT_ variables, these before
# this file. "fineprint config check" tells what is wrong with it, "fineprint
# config show" what holds.
`

const documentSnippets = `
# Phrases for summaries, by name. {platform}, {type}, {date}, {old} and {new}
# stand for what the change under review has of them.
[snippets]
# renamed = "{platform} renames {old} to {new} in its {type}."

# Filters of the queue, by name.
[filters]
# urgent = "sev:high state:pending"

# Keys by command: all keys that the command shall have, none of which may be
# another command's on the same screen. These are the defaults:
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
		if !found {
			name = s.name
		} else if in != before {
			in = before
			fmt.Fprintf(&b, "\n[%s]\n", in)
		}
		fmt.Fprintf(&b, "\n%s\n# %s = %s\n", comment(s.about+" Takes "+s.takes+"."), name, literal(s.get(&defaults)))
	}
	b.WriteString(documentSnippets)
	for _, k := range keys.All {
		line := fmt.Sprintf("# %s = %s", k.Command, literal(k.Keys))
		fmt.Fprintf(&b, "%-42s # %s\n", line, k.Help)
	}
	return b.String()
}

func comment(text string) string {
	return "# " + strings.ReplaceAll(ansi.Wordwrap(text, 76, ""), "\n", "\n# ")
}

// literal writes a value as TOML does.
func literal(v any) string {
	switch v := v.(type) {
	case string:
		return quote(v)
	case []string:
		quoted := make([]string, len(v))
		for i, s := range v {
			quoted[i] = quote(s)
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	default:
		return fmt.Sprint(v)
	}
}

// quote writes a basic string of TOML: what has to be escaped is escaped as in
// Go, but for the escapes that TOML doesn't know.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case strconv.IsPrint(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, `\U%08X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// bare writes a name of a table, in quotes where TOML wants them.
func bare(name string) string {
	for _, r := range name {
		if r != '_' && r != '-' && (r > 'z' || !unicode.IsLetter(r) && !unicode.IsDigit(r)) {
			return quote(name)
		}
	}
	if name == "" {
		return quote(name)
	}
	return name
}

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
	for _, t := range table {
		v := t.get(&s)
		list = append(list, Line{t.name, v, literal(v), t.about})
	}
	for _, group := range []struct {
		name  string
		named []Named
	}{{snippetsTable, s.Snippets}, {filtersTable, s.Filters}} {
		for _, n := range group.named {
			list = append(list, Line{group.name + "." + bare(n.Name), n.Text, literal(n.Text), ""})
		}
	}
	var remapped []string
	for c := range s.Keys {
		remapped = append(remapped, c)
	}
	slices.Sort(remapped)
	for _, c := range remapped {
		list = append(list, Line{keysTable + "." + c, s.Keys[c], literal(s.Keys[c]), ""})
	}
	return list
}

// Markdown is the README's table of settings.
func Markdown() string {
	var b strings.Builder
	b.WriteString("| Setting | Takes | Default | |\n|---|---|---|---|\n")
	defaults := Default()
	for _, s := range table {
		fmt.Fprintf(&b, "| `%s` | %s | `%s` | %s |\n", s.name, s.takes, literal(s.get(&defaults)), s.about)
	}
	b.WriteString("| `[snippets]` | `name = \"text\"` | | Phrases for summaries; {" + strings.Join(Placeholders, "}, {") + "} stand for what the change has of them. |\n")
	b.WriteString("| `[filters]` | `name = \"text\"` | | Filters of the queue. |\n")
	b.WriteString("| `[keys]` | `command = [\"key\", …]` | | Keys by command; `fineprint keys` lists the commands. |\n")
	return strings.TrimSpace(b.String())
}
