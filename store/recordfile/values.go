package recordfile

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/pelletier/go-toml/v2"

	"fineprint/store/model"
)

// reader fills a writing.
type reader struct {
	writing *model.Writing
	given   map[string]origin // by the field's ID
}

// origin is where a field was given.
type origin struct {
	where string
	alias bool
}

// fields lists what was given.
func (r *reader) fields() []string {
	var list []string
	for _, f := range model.WritingFields {
		if _, ok := r.given[f.ID()]; ok {
			list = append(list, f.ID())
		}
	}
	return list
}

// tree takes the plain values of an object of JSON or TOML.
func (r *reader) tree(values map[string]any, where string) error {
	for _, key := range slices.Sorted(maps.Keys(values)) {
		f, known := fieldWithKey(key)
		if !known {
			return invalid("a record has no %q%s", key, meant(key, keys()))
		}
		if !f.isAnalysis() {
			if err := r.give(f, where, values[key]); err != nil {
				return err
			}
			continue
		}
		if err := r.analysis(values[key], where); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) analysis(value any, where string) error {
	values, ok := value.(map[string]any)
	if !ok {
		return invalid("%s must be a table with its parts, not %s", analysisKey, kindOf(value))
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		f, known := fieldWithKey(key)
		if !known || !f.Part {
			var parts []string
			for _, f := range model.WritingFields {
				if f.Part {
					parts = append(parts, f.Key)
				}
			}
			return invalid("the analysis has no %q%s", key, meant(key, parts))
		}
		if err := r.give(f, where, values[key]); err != nil {
			return err
		}
	}
	return nil
}

// give sets a field. Both names of one may be given with the same value, as records
// have it.
func (r *reader) give(f namedField, where string, value any) error {
	id := f.ID()
	set := place(r.writing, f.WritingField)
	v, err := convert(value, set.Type(), id)
	if err == nil {
		err = check(f.WritingField, v)
	}
	if err != nil {
		return err
	}
	if before, twice := r.given[id]; twice {
		if before.alias != f.alias && reflect.DeepEqual(set.Interface(), v.Interface()) {
			return nil
		}
		return invalid("%s is given twice: %s and %s", id, before.where, where)
	}
	set.Set(v)
	r.given[id] = origin{where, f.alias}
	return nil
}

// check checks what only some fields ask of their value.
func check(f model.WritingField, v reflect.Value) error {
	switch {
	case f.Shape == model.Word:
		word := strings.ToLower(v.String())
		if word != "" && !slices.Contains(f.Words, word) {
			return invalid("%s can't be %q; use one of %s", f.ID(), v.String(), strings.Join(f.Words, ", "))
		}
		v.SetString(word)
	case f.Shape == model.Line && strings.Contains(v.String(), "\n"):
		return invalid("%s must be one line", f.ID())
	}
	return nil
}

// convert makes a plain value one of a type, or reports that it is none. What is null
// is empty.
func convert(value any, t reflect.Type, at string) (reflect.Value, error) {
	v := reflect.New(t).Elem()
	if value == nil {
		return v, nil
	}
	var err error
	switch t.Kind() {
	case reflect.String:
		err = setText(v, value, at)
	case reflect.Int:
		err = setNumber(v, value, at)
	case reflect.Slice:
		err = setList(v, value, at)
	case reflect.Map:
		err = setMap(v, value, at)
	case reflect.Struct:
		err = setStruct(v, value, at)
	case reflect.Pointer:
		var to reflect.Value
		if to, err = convert(value, t.Elem(), at); err == nil && !to.IsZero() {
			v.Set(reflect.New(t.Elem()))
			v.Elem().Set(to)
		}
	default:
		err = fmt.Errorf("%s is of a type that no file has: %s", at, t)
	}
	return v, err
}

// setText takes text, and the dates that TOML has without quotes.
func setText(v reflect.Value, value any, at string) error {
	var text string
	switch value := value.(type) {
	case string:
		text = value
	case time.Time:
		text = value.Format(time.RFC3339)
	case toml.LocalDate:
		text = value.String()
	case toml.LocalDateTime:
		text = value.String()
	default:
		return invalid("%s must be text, not %s", at, kindOf(value))
	}
	text = strings.TrimSpace(unixLines(text))
	if i := strings.IndexFunc(text, isControl); i >= 0 {
		return invalid("%s has the control character %U in it; take it out", at, []rune(text[i:])[0])
	}
	if read := readers[v.Type()]; read != nil && text != "" {
		var err error
		if text, err = read(text); err != nil {
			return invalid("%s: %s", at, strings.TrimPrefix(err.Error(), model.ErrInvalid.Error()+": "))
		}
	}
	v.SetString(text)
	return nil
}

// readers read text of types that don't take any.
var readers = map[reflect.Type]func(string) (string, error){
	reflect.TypeFor[model.Severity]():   readerOf(model.ParseSeverity),
	reflect.TypeFor[model.Confidence](): readerOf(model.ParseConfidence),
	reflect.TypeFor[model.Basis]():      readerOf(model.ParseBasis),
	reflect.TypeFor[model.ID]():         readerOf(model.ParseID),
}

func readerOf[T ~string](parse func(string) (T, error)) func(string) (string, error) {
	return func(s string) (string, error) {
		v, err := parse(s)
		return string(v), err
	}
}

func isControl(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

func setNumber(v reflect.Value, value any, at string) error {
	var n int64
	switch value := value.(type) {
	case int64:
		n = value
	case json.Number:
		var err error
		if n, err = value.Int64(); err != nil {
			return invalid("%s must be a whole number, not %s", at, value)
		}
	default:
		return invalid("%s must be a whole number, not %s", at, kindOf(value))
	}
	if n < 0 || n > 1<<31-1 {
		return invalid("%s can't be %d", at, n)
	}
	v.SetInt(n)
	return nil
}

// setList leaves out what is empty: rows of a form that were not filled in.
func setList(v reflect.Value, value any, at string) error {
	list, ok := value.([]any)
	if !ok {
		return invalid("%s must be a list, not %s", at, kindOf(value))
	}
	for i, item := range list {
		one, err := convert(item, v.Type().Elem(), fmt.Sprintf("%s no. %d", at, i+1))
		switch {
		case err != nil:
			return err
		case one.Kind() == reflect.Int && one.IsZero():
			return invalid("%s count from 1", at)
		case one.Kind() == reflect.String && strings.Contains(one.String(), "\n"):
			return invalid("%s no. %d must be one line", at, i+1)
		case !one.IsZero():
			v.Set(reflect.Append(v, one))
		}
	}
	return nil
}

func setMap(v reflect.Value, value any, at string) error {
	values, ok := value.(map[string]any)
	if !ok {
		return invalid("%s must be a table, not %s", at, kindOf(value))
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		key, err := convert(name, v.Type().Key(), at)
		if err != nil {
			return err
		}
		one, err := convert(values[name], v.Type().Elem(), fmt.Sprintf("%s of %q", at, name))
		switch {
		case err != nil:
			return err
		case key.IsZero() || strings.Contains(key.String(), "\n"):
			return invalid("%s: %q is no name", at, name)
		case one.IsZero():
			continue
		case v.IsNil():
			v.Set(reflect.MakeMap(v.Type()))
		case v.MapIndex(key).IsValid():
			return invalid("%s has %q twice", at, key)
		}
		v.SetMapIndex(key, one)
	}
	return nil
}

func setStruct(v reflect.Value, value any, at string) error {
	values, ok := value.(map[string]any)
	if !ok {
		return invalid("%s must be a table, not %s", at, kindOf(value))
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		to := member(v, key)
		if !to.IsValid() {
			return invalid("%s has no %q%s", at, key, meant(key, members(v.Type())))
		}
		one, err := convert(values[key], to.Type(), at+", "+key)
		if err != nil {
			return err
		}
		to.Set(one)
	}
	return nil
}

// kindOf names what a value is.
func kindOf(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case string:
		return "text"
	case bool:
		return "true or false"
	case int64, float64, json.Number:
		return "a number"
	case []any:
		return "a list"
	case map[string]any:
		return "a table"
	}
	return "a date or time"
}
