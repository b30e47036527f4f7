package recordfile

import (
	"reflect"
	"slices"
	"strings"

	"fineprint/store/model"
	"fineprint/store/nearest"
)

const (
	analysisKey = "analysis"
	noteAlias   = "note" // is another name of
	noteKey     = "interpretive_note"
)

// namedField is the field that a name means, or the analysis, which is none itself.
type namedField struct {
	model.WritingField
	alias bool // by its other name
}

func (f namedField) isAnalysis() bool { return f.Key == analysisKey }

// fieldsByName are what a heading or key means: a field by its key or label.
var fieldsByName = func() map[string]namedField {
	list := map[string]namedField{analysisKey: {WritingField: model.WritingField{Key: analysisKey}}}
	for _, f := range model.WritingFields {
		list[f.Key], list[keyOf(f.Label)] = namedField{WritingField: f}, namedField{WritingField: f}
		if f.Key == noteKey {
			list[noteAlias] = namedField{f, true}
		}
	}
	return list
}()

// fieldNamed returns what a heading means.
func fieldNamed(name string) (f namedField, known bool) {
	f, known = fieldsByName[keyOf(name)]
	return f, known
}

// keyOf makes a heading's name a key: "What it is" what_it_is.
func keyOf(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return r == ' ' || r == '_' || r == '\t' || r == '\u00a0'
	}), "_")
}

// fieldWithKey returns the field of a key of the front matter or JSON, exactly.
func fieldWithKey(key string) (f namedField, known bool) {
	f, known = fieldsByName[key]
	return f, known && (f.Key == key || f.alias && key == noteAlias)
}

// keys lists the keys at the top of a file.
func keys() []string {
	list := []string{noteAlias, analysisKey}
	for _, f := range model.WritingFields {
		list = append(list, f.Key)
	}
	return list
}

// headingNames lists the names that a heading may have.
func headingNames() []string {
	list := []string{"Note", "Analysis"}
	for _, f := range model.WritingFields {
		if isText(f) {
			list = append(list, f.Label, firstUpper(strings.ReplaceAll(f.Key, "_", " ")))
		}
	}
	return list
}

func firstUpper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// meant proposes the nearest of some names; where none is near, it lists them.
func meant(name string, names []string) string {
	if proposal := nearest.Meant(name, names); proposal != "" {
		return proposal
	}
	list := slices.Clone(names)
	slices.Sort(list)
	return "; there are " + strings.Join(slices.Compact(list), ", ")
}

// isText reports whether a heading can take a field.
func isText(f model.WritingField) bool { return f.Shape != model.List && f.Shape != model.Table }

func firstProse() model.WritingField {
	return firstField(func(f model.WritingField) bool { return !f.Part })
}

func firstPart() model.WritingField {
	return firstField(func(f model.WritingField) bool { return f.Part })
}

func firstField(of func(model.WritingField) bool) model.WritingField {
	i := slices.IndexFunc(model.WritingFields, func(f model.WritingField) bool {
		return f.Shape == model.Prose && of(f)
	})
	return model.WritingFields[i]
}

// example is how a list or table is begun in the front matter.
func example(f model.WritingField) string {
	t := place(&model.Writing{}, f).Type()
	switch {
	case t.Kind() != reflect.Slice:
		return "[" + f.Key + "]"
	case t.Elem().Kind() == reflect.Struct:
		return "[[" + f.Key + "]]"
	case t.Elem().Kind() == reflect.Int:
		return f.Key + " = [1, 2]"
	}
	return f.Key + ` = ["…"]`
}

// places are where the fields are in a writing, by their IDs: the members with their
// keys for JSON tags.
var places = func() map[string][]int {
	list := map[string][]int{}
	top := indices(reflect.TypeFor[model.Writing]())
	parts := indices(reflect.TypeFor[model.Analysis]())
	for _, f := range model.WritingFields {
		list[f.ID()] = top[f.Key]
		if f.Part {
			list[f.ID()] = append(slices.Clone(top[analysisKey]), parts[f.Key]...)
		}
	}
	return list
}()

// place returns where a field is in a writing.
func place(w *model.Writing, f model.WritingField) reflect.Value {
	return reflect.ValueOf(w).Elem().FieldByIndex(places[f.ID()])
}

// indices returns the members of a struct by their keys in JSON.
func indices(t reflect.Type) map[string][]int {
	list := map[string][]int{}
	for _, field := range reflect.VisibleFields(t) {
		list[jsonKey(field)] = field.Index
	}
	return list
}

// member returns the member of a struct that has a key in JSON.
func member(v reflect.Value, key string) reflect.Value {
	if index, ok := indices(v.Type())[key]; ok {
		return v.FieldByIndex(index)
	}
	return reflect.Value{}
}

// members lists the keys of a struct.
func members(t reflect.Type) []string {
	var list []string
	for _, field := range reflect.VisibleFields(t) {
		list = append(list, jsonKey(field))
	}
	return list
}

func jsonKey(field reflect.StructField) string {
	key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return key
}
