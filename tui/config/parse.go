package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"fineprint/tui/keys"
)

// maxProblems is how many faults are looked for: more than a person mends at
// once.
const maxProblems = 100

// Parse reads the text of a settings file; path is what its problems are named
// after. A text that is no TOML changes nothing.
func Parse(path string, text []byte) (Settings, []error) {
	r := &reader{path: path, settings: Default(), commandLines: map[string]int{}}
	var values map[string]any
	if err := toml.Unmarshal(text, &values); err != nil {
		line := 0
		var at *toml.DecodeError
		if errors.As(err, &at) {
			line, _ = at.Position()
		}
		r.problem(line, "%s; nothing of the file is used until that is mended", strings.TrimPrefix(err.Error(), "toml: "))
		return r.settings, r.problems
	}
	var skip []string // a table that is none of ours is said once
	for _, e := range outline(text) {
		if len(r.problems) >= maxProblems {
			r.problem(e.line, "from here on nothing was looked at; mend what is above first")
			break
		}
		switch {
		case skip != nil && len(e.path) >= len(skip) && slices.Equal(e.path[:len(skip)], skip):
		case e.table:
			skip = nil
			if !r.table(e) {
				skip = e.path
			}
		default:
			r.value(e, lookup(values, e.path))
		}
	}
	r.conflicts()
	return r.settings, r.problems
}

// entry is a name in the file: of a table, or of a value.
type entry struct {
	path  []string
	line  int
	table bool
}

// outline lists the names of a valid text with their lines, in their order.
func outline(text []byte) []entry {
	o := &outliner{}
	o.parser.Reset(text)
	for i, c := range text {
		if c == '\n' {
			o.ends = append(o.ends, i)
		}
	}
	var in []string
	for o.parser.NextExpression() {
		switch e := o.parser.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			var line int
			in, line = o.path(nil, e)
			o.list = append(o.list, entry{in, line, true})
		case unstable.KeyValue:
			o.leaves(in, e)
		}
	}
	return o.list
}

type outliner struct {
	parser unstable.Parser
	ends   []int // of the lines
	list   []entry
}

// leaves lists the value of a name, or those of the inline table it is.
func (o *outliner) leaves(in []string, e *unstable.Node) {
	name, line := o.path(in, e)
	table := e.Value().Kind == unstable.InlineTable
	o.list = append(o.list, entry{name, line, table})
	if table {
		for at := e.Value().Children(); at.Next(); {
			o.leaves(name, at.Node())
		}
	}
}

func (o *outliner) path(in []string, e *unstable.Node) (name []string, line int) {
	name = slices.Clone(in)
	for at := e.Key(); at.Next(); {
		if line == 0 {
			n, _ := slices.BinarySearch(o.ends, int(at.Node().Raw.Offset))
			line = n + 1
		}
		name = append(name, string(at.Node().Data))
	}
	return name, line
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

// reader collects what a file says and what is wrong with it.
type reader struct {
	path         string
	settings     Settings
	problems     []error
	commandLines map[string]int // where a command was remapped
}

func (r *reader) problem(line int, format string, args ...any) {
	r.problems = append(r.problems, &Problem{File: r.path, Line: line, Message: fmt.Sprintf(format, args...)})
}

var tables = []string{"export", snippetsTable, filtersTable, keysTable}

func (r *reader) table(e entry) bool {
	name := strings.Join(e.path, ".")
	if slices.Contains(tables, name) {
		return true
	}
	r.problem(e.line, "there is no table [%s]%s", name, meant(name, tables))
	return false
}

// value takes one value of the file.
func (r *reader) value(e entry, v any) {
	if len(e.path) == 2 {
		switch e.path[0] {
		case snippetsTable:
			r.named(e, v, &r.settings.Snippets)
			return
		case filtersTable:
			r.named(e, v, &r.settings.Filters)
			return
		case keysTable:
			r.keys(e, v)
			return
		}
	}
	name := strings.Join(e.path, ".")
	for _, s := range table {
		if s.name == name {
			if err := s.set(&r.settings, v); err != nil {
				r.problem(e.line, "%s", err)
			}
			return
		}
	}
	r.problem(e.line, "%s", unknown(e.path))
}

// unknown says of a name that it is none, and which one it may have been.
func unknown(path []string) string {
	name := strings.Join(path, ".")
	if len(path) == 1 && slices.Contains(tables, name) {
		return fmt.Sprintf("%s is a table; write [%s] and its settings under it", name, name)
	}
	last := path[len(path)-1]
	if len(path) == 2 && slices.Contains(names(""), last) {
		return fmt.Sprintf("%s stands under [%s]; write it above the first [table]", last, path[0])
	}
	if len(path) == 1 {
		for _, t := range []string{"export"} {
			if slices.Contains(names(t), last) {
				return fmt.Sprintf("there is no setting %q; did you mean %s under [%s]?", name, last, t)
			}
		}
	}
	all := names("")
	for _, s := range table {
		all = append(all, s.name)
	}
	return fmt.Sprintf("there is no setting %q%s", name, meant(name, all))
}

// named takes a snippet or a filter.
func (r *reader) named(e entry, v any, into *[]Named) {
	what, name := e.path[0], e.path[1]
	if slices.Contains(names(""), name) { // under a table by oversight
		r.problem(e.line, "%s", unknown(e.path))
		return
	}
	text, ok := v.(string)
	if !ok {
		r.problem(e.line, "%s.%s takes a text in quotes, not %v", what, name, v)
		return
	}
	for _, s := range []string{name, text} {
		if err := oneLine(s); err != nil {
			r.problem(e.line, "%s.%s %s", what, strings.Map(visible, name), err)
			return
		}
	}
	if what == snippetsTable {
		for _, p := range unknownPlaceholders(text) {
			r.problem(e.line, "snippets.%s: there is no placeholder {%s}; it is shown as it stands%s", name, p, meant(p, Placeholders))
		}
	}
	*into = append(*into, Named{name, text})
}

func visible(c rune) rune {
	if c < ' ' || c == 0x7f {
		return '?'
	}
	return c
}

// keys takes a command's keys.
func (r *reader) keys(e entry, v any) {
	command := e.path[1]
	if !slices.Contains(commands(), command) {
		r.problem(e.line, "there is no command %q; `fineprint keys` lists them%s", command, meant(command, commands()))
		return
	}
	var list []string
	switch v := v.(type) {
	case string:
		list = []string{v}
	case []any:
		for _, k := range v {
			s, ok := k.(string)
			if !ok {
				r.problem(e.line, "keys.%s takes keys in quotes, not %v", command, k)
				return
			}
			list = append(list, s)
		}
	default:
		r.problem(e.line, "keys.%s takes a list of keys, as [\"a\", \"ctrl+a\"], not %v", command, v)
		return
	}
	mapped := []string{}
	for _, k := range list {
		name, err := keyName(k)
		if err != nil {
			r.problem(e.line, "keys.%s: %s", command, err)
			continue
		}
		mapped = append(mapped, name)
	}
	if len(mapped) == 0 {
		if c := keys.Command(command); len(list) > 0 || c == keys.Back || c == keys.Quit {
			if len(list) == 0 {
				r.problem(e.line, "keys.%s needs a key, or screens could not be left", command)
			}
			return
		}
	}
	r.settings.Keys[command], r.commandLines[command] = mapped, e.line
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
		r.problem(r.commandLines[string(c.Refused)], "%s", c)
		delete(r.settings.Keys, string(c.Refused))
	}
}
