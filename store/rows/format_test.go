package rows

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"fineprint/store/blob"
	"fineprint/store/detect/place"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
)

// storedRows are the types whose encoding is in the file, with what they are of.
var storedRows = []any{
	Document{}, Course{}, Alternation{}, blob.ChainRow{}, Suspect{}, Version{}, LeftOut{}, Origin{}, Snapshot{}, Clause{}, Change{},
	Ref{}, Event{}, Draft{}, Standing{}, StaleMark{}, Raised{},
	Tracked{}, Setting{}, Health{}, Secrets{}, RequestSecret{}, RequestSettings{},
	RequestField{}, Source{}, Page{}, Selector{}, Filter{}, PageAction{}, journal.Entry{},
	PlaceRule{}, place.Place{}, Memory{}, JudgedKind{},
	recordrows.Provision{}, recordrows.RecordEvent{}, recordrows.Picked{}, recordrows.PickedClause{},
	recordrows.RecordCard{},
	recordrows.Annotation{}, recordrows.AlertRule{}, recordrows.AlertMark{}, recordrows.OutboxItem{},
	Stated{}, StatedDate{}, StatedChange{}, Deviations{}, DeviatingChange{}, WordedChange{}, recordrows.Playbook{},
	recordrows.Training{}, recordrows.TrainingExample{},
	recordrows.TypeCorrection{}, recordrows.QuoteTraining{}, recordrows.QuotePoint{},
	recordrows.DocumentTypes{}, recordrows.ChangeTypes{}, recordrows.QuoteModel{},
}

// storedJSON are those that are stored as JSON.
var storedJSON = []any{webPart{}, model.Record{}}

// filler sets every field of a value, each to another value.
type filler struct{ n int }

func (f *filler) fill(v reflect.Value) {
	f.n++
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(f.n))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(f.n))
	case reflect.Float64:
		v.SetFloat(float64(f.n))
	case reflect.String:
		v.SetString(fmt.Sprintf("v%d", f.n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		f.fill(v.Index(0))
	case reflect.Array:
		for i := range v.Len() {
			f.fill(v.Index(i))
		}
	case reflect.Map:
		value := reflect.New(v.Type().Elem()).Elem()
		f.fill(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("key"), value)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2026, 1, 2, 3, 4, 5, f.n, time.UTC)))
			return
		}
		for i := range v.NumField() {
			f.fill(v.Field(i))
		}
	default:
		panic("a stored field of kind " + v.Kind().String())
	}
}

func filled(row any) any {
	v := reflect.New(reflect.TypeOf(row)).Elem()
	new(filler).fill(v)
	return v.Interface()
}

// TestStoredBytesOfEveryRowAreUnchanged compares the encoding of each row, with all its
// fields set, to the one that is in databases already.
func TestStoredBytesOfEveryRowAreUnchanged(t *testing.T) {
	var got strings.Builder
	for _, row := range storedRows {
		b, err := kv.Encode(filled(row))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "%s %s\n", reflect.TypeOf(row), hex.EncodeToString(b))
	}
	for _, row := range storedJSON {
		row = filled(row)
		b, err := json.Marshal(row)
		if r, ok := row.(model.Record); ok {
			b, err = EncodeRecord(r)
		}
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "%s %s\n", reflect.TypeOf(row), b)
	}
	want, err := os.ReadFile("testdata/rows-schema-2.txt")
	if err != nil {
		t.Fatal(err)
	}
	wants := strings.Split(string(want), "\n")
	for i, line := range strings.Split(got.String(), "\n") {
		if i >= len(wants) || line != wants[i] {
			t.Errorf("%.40s… is stored otherwise than in the databases there are:\n%s", line, line)
		}
	}
}

// TestRowsAreStoredAsTheirModelsWere: events, drafts and sources were once stored
// through the tags of the command line's JSON.
func TestRowsAreStoredAsTheirModelsWere(t *testing.T) {
	same := func(name string, old, row any) {
		t.Helper()
		x, err := kv.Encode(old)
		if err != nil {
			t.Fatal(err)
		}
		y, err := kv.Encode(row)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(x, y) {
			t.Errorf("%s was stored as %x, is as %x", name, x, y)
		}
	}
	event, draft, source := filled(model.Event{}).(model.Event), filled(model.Draft{}).(model.Draft),
		filled(model.Source{}).(model.Source)
	event.Content, event.Fields, event.How, event.Source = nil, nil, "", "" // they came later
	packed, err := PackEvent(event)
	if err != nil {
		t.Fatal(err)
	}
	same("an event", event, packed)
	if back, err := packed.ToModel(); err != nil || !reflect.DeepEqual(back, event) {
		t.Errorf("an event comes back as %+v, %v", back, err)
	}
	same("a draft", draft, Draft(draft))
	same("a source", source, PackSource(source))
	same("an event without values", model.Event{}, Event{})
	same("a draft without values", model.Draft{}, Draft{})
	same("a source without values", model.Source{}, PackSource(model.Source{}))
	if back := PackSource(source).toModel(); !reflect.DeepEqual(back, source) {
		t.Errorf("a source comes back as %+v", back)
	}
}

// TestFormatDocListsEveryField compares the table in the package comment with the
// tags of the rows.
func TestFormatDocListsEveryField(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	if want := fieldTable(); !strings.Contains(string(doc), want) {
		t.Errorf("doc.go lists other fields than these:\n%s", want)
	}
}

// fieldTable is the table of all rows' fields as doc.go has it.
func fieldTable() string {
	var table strings.Builder
	for _, row := range storedRows {
		typ := reflect.TypeOf(row)
		line := fmt.Sprintf("//\t%-15s", typ.String())
		for i := range typ.NumField() {
			f := typ.Field(i)
			tag, _, _ := strings.Cut(f.Tag.Get("cbor"), ",")
			item := " " + tag
			if !strings.EqualFold(tag, f.Name) {
				item += " " + f.Name
			}
			if i < typ.NumField()-1 {
				item += ","
			}
			if len(line)+len(item) > 100 {
				fmt.Fprintln(&table, line)
				line = "//\t" + strings.Repeat(" ", 15)
			}
			line += item
		}
		fmt.Fprintln(&table, line)
	}
	return table.String()
}
