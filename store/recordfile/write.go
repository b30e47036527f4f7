package recordfile

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"fineprint/store/model"
)

// Options say how a file is written; the zero value writes what there is.
type Options struct {
	// Hints writes every field, empty or not, with a comment on what belongs there.
	Hints bool
	// Notes are comments at the beginning, such as the words that the record is about.
	Notes string
	// Without are the IDs of fields that are left out.
	Without []string
}

// Write returns a writing as Markdown with front matter, which [Parse] reads. In TOML
// what is in a table comes after what is in none.
func Write(w *model.Writing, o Options) []byte {
	f := &file{w: w, Options: o}
	f.line(frontMatterMark)
	if o.Notes != "" {
		f.comment(o.Notes)
		f.line("")
	}
	var values, tables, partValues, prose, partProse []model.WritingField
	for _, field := range f.written() {
		switch {
		case field.Shape == model.Table:
			tables = append(tables, field)
		case field.Shape == model.Prose && field.Part:
			partProse = append(partProse, field)
		case field.Shape == model.Prose:
			prose = append(prose, field)
		case field.Part:
			partValues = append(partValues, field)
		default:
			values = append(values, field)
		}
	}
	f.each("", values, f.value)
	f.each("", tables, f.table)
	f.each("["+analysisKey+"]", partValues, f.value)
	f.line(frontMatterMark)
	f.each("", prose, f.prose)
	f.each("## "+firstUpper(analysisKey), partProse, f.prose)
	return []byte(f.String())
}

// file is a file that is written.
type file struct {
	strings.Builder
	w *model.Writing
	Options
}

// written lists the fields that are to be in the file.
func (f *file) written() []model.WritingField {
	return slices.DeleteFunc(slices.Clone(model.WritingFields), func(field model.WritingField) bool {
		return !f.Hints && field.Empty(f.w) || slices.Contains(f.Without, field.ID())
	})
}

// each writes fields under a heading, which is left out where there are none.
func (f *file) each(heading string, fields []model.WritingField, write func(model.WritingField)) {
	if heading != "" && len(fields) > 0 {
		f.line("\n" + heading)
	}
	for _, field := range fields {
		write(field)
	}
}

func (f *file) line(s string) { f.WriteString(s + "\n") }

// comment writes lines of a comment in the front matter.
func (f *file) comment(text string) {
	for line := range strings.Lines(text) {
		line = strings.Map(func(r rune) rune {
			if isControl(r) {
				return ' '
			}
			return r
		}, strings.TrimRight(line, "\n"))
		f.line(strings.TrimRight("# "+strings.ToValidUTF8(line, "\ufffd"), " "))
	}
}

// hint says in a line what belongs in a field.
func hint(f model.WritingField) string {
	s := f.Label + ". " + f.Hint
	if f.Words != nil {
		s += " One of " + strings.Join(f.Words, ", ") + "."
	}
	if f.Required {
		s += " Required."
	}
	return s
}

func (f *file) value(field model.WritingField) {
	if f.Hints {
		f.comment(hint(field))
	}
	f.line(field.Key + " = " + literal(place(f.w, field)))
}

// table writes rows of named values. One without rows is begun in a comment.
func (f *file) table(field model.WritingField) {
	f.line("")
	if f.Hints {
		f.comment(hint(field))
	}
	v := place(f.w, field)
	mark := ""
	if field.Empty(f.w) {
		mark = "# "
		v = exampleRow(v.Type())
	}
	header := "[" + field.Key + "]"
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			if i > 0 {
				f.line("")
			}
			f.line(mark + "[" + header + "]")
			f.row(mark, v.Index(i))
		}
	case reflect.Map:
		f.line(mark + header)
		f.row(mark, v)
	default:
		f.line(mark + header)
		f.row(mark, v.Elem())
	}
}

// exampleRow returns a value of a table's type with one row in it, an empty one.
func exampleRow(t reflect.Type) reflect.Value {
	switch t.Kind() {
	case reflect.Slice:
		return reflect.MakeSlice(t, 1, 1)
	case reflect.Map:
		v := reflect.MakeMap(t)
		v.SetMapIndex(reflect.ValueOf("…"), reflect.Zero(t.Elem()))
		return v
	}
	return reflect.New(t.Elem())
}

// row writes the values of a struct or map, of which those that are empty are only of
// use in an editor.
func (f *file) row(mark string, v reflect.Value) {
	if v.Kind() == reflect.Map {
		values := v.Interface().(map[string]string)
		for _, name := range slices.Sorted(maps.Keys(values)) {
			f.line(mark + quote(name) + " = " + quote(values[name]))
		}
		return
	}
	for _, key := range members(v.Type()) {
		if one := member(v, key); f.Hints || !one.IsZero() {
			f.line(mark + key + " = " + literal(one))
		}
	}
}

// literal returns a value as TOML has it.
func literal(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Int:
		return fmt.Sprint(v.Int())
	case reflect.Slice:
		var list []string
		for i := range v.Len() {
			list = append(list, literal(v.Index(i)))
		}
		return "[" + strings.Join(list, ", ") + "]"
	}
	return quote(v.String())
}

// quote returns text in the quotes of TOML, whose escapes JSON has, too.
func quote(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string can be encoded
	return strings.TrimSuffix(b.String(), "\n")
}

func (f *file) prose(field model.WritingField) {
	level := "## "
	if field.Part {
		level = "### "
	}
	f.line("\n" + level + field.Label)
	if f.Hints {
		f.line("\n<!-- " + strings.TrimPrefix(hint(field), field.Label+". ") + " -->")
	}
	if text := place(f.w, field).String(); text != "" {
		f.line("\n" + escape(text, field.Part))
	}
}
