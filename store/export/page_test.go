package export

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
)

// unshown are the fields of a record that no section shows, and what stands for them.
// What is below one is none, either.
var unshown = map[string]string{
	"AgencyReasons[]":              "AgencyDetails has the reason once the record is approved",
	"Agencies[]":                   "AgencyDetails names them once the record is approved",
	"Regulations[]":                "RegulationDetails names them once the record is approved",
	"Types[]":                      "TypeDetails names them once the record is approved",
	"Clauses[].Old.Text":           "the spans hold it",
	"Clauses[].New.Text":           "the spans hold it",
	"JournalHead":                  "it is of an export, not of the record",
	"From.Stated[].Start":          "the words are shown, the JSON has where they stand",
	"From.Stated[].End":            "the words are shown, the JSON has where they stand",
	"From.Origin.Redirects[]":      "how the bytes came is in the JSON",
	"From.Origin.Header[]":         "how the bytes came is in the JSON",
	"From.Origin.Remote":           "how the bytes came is in the JSON",
	"From.Origin.Exchange":         "how the bytes came is in the JSON",
	"From.Origin.Archive.Root":     "the commit names the history",
	"From.Origin.Archive.Subject":  "what the archive says of itself is in the JSON",
	"From.Origin.Archive.Engine":   "what the archive says of itself is in the JSON",
	"From.Origin.Archive.Location": "what the archive says of itself is in the JSON",
	"From.Origin.Archive.Snapshot": "what the archive says of itself is in the JSON",
}

// excuse returns the entry of unshown that a field is under, "" for none.
func excuse(path string) string {
	if strings.HasPrefix(path, "To.") {
		path = "From." + path[len("To."):]
	}
	for of := range unshown {
		if strings.HasPrefix(path, of) {
			return of
		}
	}
	return ""
}

// fill sets everything in a value to something of its own, one of each in lists.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("w%dw", *n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n) + 1000)
	case reflect.Uint64:
		v.SetUint(uint64(*n) + 1000)
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.5)
	case reflect.Bool:
		v.SetBool(false)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), n)
	case reflect.Map:
		value := reflect.New(v.Type().Elem()).Elem()
		fill(value, n)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("title"), value)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC).Add(time.Duration(*n) * time.Minute)))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	default:
		panic("a field is a " + v.Kind().String())
	}
}

// leaves calls visit for everything in a value that isn't made of parts, with its path
// and with what is to be called once it was changed.
func leaves(v reflect.Value, path string, visit func(path string, v reflect.Value, changed func())) {
	switch {
	case v.Kind() == reflect.Pointer:
		leaves(v.Elem(), path, visit)
	case v.Kind() == reflect.Slice:
		leaves(v.Index(0), path+"[]", visit)
	case v.Kind() == reflect.Map:
		key := reflect.ValueOf("title")
		element := reflect.New(v.Type().Elem()).Elem()
		element.Set(v.MapIndex(key))
		leaves(element, path+"[]", func(path string, leaf reflect.Value, _ func()) {
			visit(path, leaf, func() { v.SetMapIndex(key, element) })
		})
	case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]():
		for i := range v.NumField() {
			f := v.Type().Field(i)
			name := strings.Trim(path+"."+f.Name, ".")
			if f.Anonymous {
				name = path
			}
			leaves(v.Field(i), name, visit)
		}
	default:
		visit(path, v, func() {})
	}
}

// fullRecord has something of its own in every field.
func fullRecord() model.Record {
	var r model.Record
	n := 0
	fill(reflect.ValueOf(&r).Elem(), &n)
	r.Kind, r.State = model.ProvisionRecord, model.Approved
	r.From.Stated[0].Kind, r.To.Stated[0].Kind = model.StatedUpdated, model.StatedEffective
	r.Stale.How, r.From.Cut, r.To.Cut = model.StaleChanged, model.CutBefore, model.CutStood
	return r
}

// TestEveryFieldOfARecordIsShown changes one field after the other: the page must change.
func TestEveryFieldOfARecordIsShown(t *testing.T) {
	r := fullRecord()
	shown := map[string]bool{}
	for i, other := range []bool{true, false} {
		r.Kind = []model.RecordKind{model.ProvisionRecord, model.ChangeRecord}[i]
		r.Clauses[0].Material, r.From.VersionOnly, r.To.VersionOnly = other, other, other
		before := fmt.Sprintf("%+v", PageOf(r))
		leaves(reflect.ValueOf(&r).Elem(), "", func(path string, v reflect.Value, changed func()) {
			old := reflect.New(v.Type()).Elem()
			old.Set(v)
			change(v)
			changed()
			shown[path] = shown[path] || before != fmt.Sprintf("%+v", PageOf(r))
			v.Set(old)
			changed()
		})
	}
	unused := maps.Clone(unshown)
	var hidden []string
	for path, ok := range shown {
		of := excuse(path)
		delete(unused, of)
		switch {
		case ok && of != "":
			t.Errorf("%s is shown; take %s off the list", path, of)
		case !ok && of == "":
			hidden = append(hidden, path)
		}
	}
	if len(unused) > 0 {
		t.Errorf("a record has no such fields; take them off the list: %v", unused)
	}
	if slices.Sort(hidden); len(hidden) > 0 {
		t.Errorf("no section shows %s", strings.Join(hidden, ", "))
	}
}

// change makes a value another one.
func change(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 1)
	case reflect.Uint64:
		v.SetUint(v.Uint() + 1)
	case reflect.Float64:
		v.SetFloat(v.Float() + 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	default:
		v.Set(reflect.ValueOf(v.Interface().(time.Time).AddDate(1, 0, 0)))
	}
}

// TestAPickedClauseIsShownAlsoWhenItIsImmaterial, where that of a change is folded.
func TestAPickedClauseIsShownAlsoWhenItIsImmaterial(t *testing.T) {
	r := provisionRecord()
	r.Clauses = []model.RecordClause{{Kind: model.Moved, Reason: model.ReasonMoved, New: &model.Quote{Text: "Its words."}}}
	for kind, want := range map[model.RecordKind]bool{model.ProvisionRecord: true, model.ChangeRecord: false} {
		r.Kind = kind
		shown := false
		for _, s := range PageOf(r).Sections {
			if s.ID == "changes" {
				line, ok := s.Blocks[0].(Redline)
				shown = ok && strings.Contains(line.Source, "immaterial, moved") && line.Spans[0].Text == "Its words."
			}
		}
		if shown != want {
			t.Errorf("of a %s record it is shown: %t", kind, shown)
		}
	}
}
