package config

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"fineprint/store/nearest"
	"fineprint/tui/keys"
	"fineprint/tui/sanitize"
)

// maxProblems is how many faults are looked for: more than a person mends at
// once.
const maxProblems = 100

// Parse reads the text of a settings file; path is what its problems are named
// after. A text that is no TOML changes nothing.
func Parse(path string, text []byte) (Settings, []error) {
	r := &reader{path: path, settings: Default(), lines: map[string]int{}}
	var values map[string]any
	if err := toml.Unmarshal(text, &values); err != nil {
		line := 0
		var at *toml.DecodeError
		if errors.As(err, &at) {
			line, _ = at.Position()
		}
		message := strings.TrimPrefix(err.Error(), "toml: ")
		r.problem(line, "%s; the file is ignored until this is fixed", message)
		return r.settings, r.problems
	}
	targets := map[string]int{} // the lines of their tables
	for _, e := range entries(text, values) {
		if e.path[0] == targetsTable {
			if len(e.path) > 1 && targets[e.path[1]] == 0 {
				targets[e.path[1]] = e.line
			}
			continue
		}
		if len(r.problems) >= maxProblems {
			r.problem(e.line, "the rest of the file was not checked; fix the problem above first")
			break
		}
		r.entry(e, lookup(values, e.path))
	}
	r.readTargets(values[targetsTable], targets)
	if _, err := r.settings.QuietHours(); err != nil {
		r.problem(0, "%s; there are no quiet hours until this is fixed", err)
		r.settings.QuietFrom, r.settings.QuietTo, r.settings.QuietZone = "", "", ""
	}
	r.conflicts()
	return r.settings, r.problems
}

// entry is a name in the file: of a value, or of a table that is none of ours.
type entry struct {
	path   []string
	line   int
	header bool // as in [name]
}

// entries lists the names in a valid text, in its order.
func entries(text []byte, values map[string]any) []entry {
	var open []string
	for _, name := range tables {
		if in, _ := values[name].(map[string]any); len(in) > 0 {
			open = append(open, name)
		}
	}
	for {
		list := unknown(text, open)
		// Of the names in keys = {…} go-toml doesn't report the table.
		inline := func(table string) bool {
			return !slices.ContainsFunc(list, func(e entry) bool { return e.path[0] == table })
		}
		if !slices.ContainsFunc(open, inline) {
			return list
		}
		open = slices.DeleteFunc(open, inline)
	}
}

// unknown lists the names that a strict decoder doesn't find in a type which has
// nothing but some empty tables.
func unknown(text []byte, tables []string) []entry {
	fields := make([]reflect.StructField, len(tables))
	for i, name := range tables {
		tag := reflect.StructTag(fmt.Sprintf("toml:%q", name))
		fields[i] = reflect.StructField{Name: fmt.Sprint("T", i), Type: reflect.TypeFor[struct{}](), Tag: tag}
	}
	into := reflect.New(reflect.StructOf(fields)).Interface()
	var missing *toml.StrictMissingError
	errors.As(toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields().Decode(into), &missing)
	var list []entry
	for i := 0; missing != nil && i < len(missing.Errors); i++ {
		e := &missing.Errors[i]
		line, _ := e.Position()
		list = append(list, entry{e.Key(), line, e.Error() == "toml: missing table"})
	}
	return list
}

func lookup(values map[string]any, path []string) any {
	var v any = values
	for _, name := range path {
		in, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = in[name]
	}
	return v
}

// reader collects a file's settings and what is wrong with it.
type reader struct {
	path     string
	settings Settings
	problems []error
	lines    map[string]int // where a command was remapped
	foreign  []string       // the last table that is none of ours
}

func (r *reader) problem(line int, format string, args ...any) {
	r.problems = append(r.problems, &Problem{File: r.path, Line: line, Message: fmt.Sprintf(format, args...)})
}

// entry takes one name of the file with its value.
func (r *reader) entry(e entry, v any) {
	in, isTable := v.(map[string]any)
	name := strings.Join(e.path, ".")
	ours := slices.Contains(tables, name)
	switch {
	case ours && isTable: // inline
		for _, name := range slices.Sorted(maps.Keys(in)) {
			r.entry(entry{path: append(e.path[:1:1], name), line: e.line}, in[name])
		}
	case r.foreign != nil && len(e.path) >= len(r.foreign) && slices.Equal(e.path[:len(r.foreign)], r.foreign):
		// Reported by its beginning.
	case !ours && (isTable || e.header):
		r.foreign = e.path
		r.problem(e.line, "unknown table [%s]%s", name, nearest.Meant(name, tables))
	case len(e.path) == 2 && (e.path[0] == snippetsTable || e.path[0] == filtersTable):
		r.named(e, v)
	case len(e.path) == 2 && e.path[0] == keysTable:
		r.keys(e, v)
	default:
		r.setting(e, name, v)
	}
}

func (r *reader) setting(e entry, name string, v any) {
	for _, s := range table {
		if s.name != name {
			continue
		}
		if err := s.set(&r.settings, v); err != nil {
			r.problem(e.line, "%s", err)
		}
		return
	}
	r.problem(e.line, "%s", noSetting(e.path))
}

// noSetting describes a name that is no setting's, and which one it may have been.
func noSetting(path []string) string {
	name, last := strings.Join(path, "."), path[len(path)-1]
	all := topLevel()
	switch {
	case slices.Contains(tables, name):
		return fmt.Sprintf("%s is a table; write [%s] and its settings under it", name, name)
	case len(path) == 2 && slices.Contains(all, last):
		return fmt.Sprintf("%s is under [%s]; move it above the first [table]", last, path[0])
	}
	for _, s := range table {
		if s.name == exportTable+"."+name {
			return fmt.Sprintf("unknown setting %q; did you mean %s under [%s]?", name, last, exportTable)
		}
		all = append(all, s.name)
	}
	return fmt.Sprintf("unknown setting %q%s", name, nearest.Meant(name, all))
}

// named takes a snippet or a filter.
func (r *reader) named(e entry, v any) {
	what, name := e.path[0], e.path[1]
	text, ok := v.(string)
	switch {
	case slices.Contains(topLevel(), name): // under a table by oversight
		r.problem(e.line, "%s", noSetting(e.path))
		return
	case !ok:
		r.problem(e.line, "%s.%s takes a text in quotes, not %v", what, name, v)
		return
	}
	if err := oneLine(name + text); err != nil {
		r.problem(e.line, "%s.%s %s", what, sanitize.Line(name), err)
		return
	}
	if what == filtersTable {
		r.settings.Filters = append(r.settings.Filters, Named{name, text})
		return
	}
	for _, p := range unknownPlaceholders(text) {
		r.problem(e.line, "snippets.%s: unknown placeholder {%s}; it is left as is%s", name, p,
			nearest.Meant(p, Placeholders))
	}
	r.settings.Snippets = append(r.settings.Snippets, Named{name, text})
}

// renamed are commands by what they were called in an earlier edition: n and p went from
// clause to clause.
var renamed = map[string]keys.Command{"next-clause": keys.NextEdit, "previous-clause": keys.PrevEdit}

// keys takes a command's keys.
func (r *reader) keys(e entry, v any) {
	command := e.path[1]
	if now, ok := renamed[command]; ok {
		r.problem(e.line, "keys.%s is called keys.%s now; its keys hold", command, now)
		command = string(now)
	}
	if !slices.Contains(commands(), command) {
		r.problem(e.line, "unknown command %q; see `fineprint keys`%s", command, nearest.Meant(command, commands()))
		return
	}
	list, ok := v.([]any)
	if one, isText := v.(string); isText {
		list, ok = []any{one}, true
	}
	if !ok {
		r.problem(e.line, "keys.%s takes a list of keys, as [\"a\", \"ctrl+a\"], not %v", command, v)
		return
	}
	mapped := []string{}
	for _, k := range list {
		key, ok := k.(string)
		if !ok {
			r.problem(e.line, "keys.%s takes keys in quotes, not %v", command, k)
			return
		}
		name, err := keyName(key)
		if err != nil {
			r.problem(e.line, "keys.%s: %s", command, err)
			continue
		}
		mapped = append(mapped, name)
	}
	switch c := keys.Command(command); {
	case len(list) == 0 && (c == keys.Back || c == keys.Quit):
		r.problem(e.line, "keys.%s needs at least one key", command)
	case len(list) == 0 || len(mapped) > 0:
		r.settings.Keys[command], r.lines[command] = mapped, e.line
	}
}

func commands() []string {
	var list []string
	for _, b := range keys.All {
		list = append(list, string(b.Command))
	}
	return list
}

// conflicts reports the keys that would have had two meanings, and forgets them.
func (r *reader) conflicts() {
	_, found := Remap(keys.All, r.settings.Keys)
	for _, c := range found {
		r.problem(r.lines[string(c.Refused)], "%s", c)
		delete(r.settings.Keys, string(c.Refused))
	}
}
