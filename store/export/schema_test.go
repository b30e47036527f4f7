package export

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"fineprint/store/model"
)

// TestSchemaIsOfTheModel fails when a key of a record is missing in the schema, or says
// something else there than in the model.
func TestSchemaIsOfTheModel(t *testing.T) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(makeSchema(t)); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("schema.json", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile("schema.json"); err != nil || !bytes.Equal(b.Bytes(), want) {
		t.Errorf("schema.json is not of the model (%v); go test ./store/export -run Schema -update writes it", err)
	}
}

// wordsOfType are what a type of the model may be.
var wordsOfType = map[reflect.Type][]string{
	reflect.TypeFor[model.Severity]():   append(wordsOf(model.Severities), ""),
	reflect.TypeFor[model.Confidence](): append(wordsOf(model.Confidences), ""),
	reflect.TypeFor[model.Basis]():      append(wordsOf(model.Bases), ""),
	reflect.TypeFor[model.Kind]():       {"added", "removed", "modified", "moved"},
	reflect.TypeFor[model.Op]():         {"equal", "delete", "insert"},
	reflect.TypeFor[model.RecordKind](): {"change", "provision"},
	reflect.TypeFor[model.StaleHow]():   {"changed", "removed", "taken_back"},
	reflect.TypeFor[model.WrittenHow](): {"person", "snippet", "draft"},
	reflect.TypeFor[model.Cut]():        {"before", "stood"},
	reflect.TypeFor[model.StatedKind](): wordsOf(model.StatedKinds),
}

func wordsOf[T ~string](list []T) []string {
	var words []string
	for _, v := range list {
		words = append(words, string(v))
	}
	return words
}

// schemas makes the definitions of types.
type schemas struct {
	comments map[string]string // by "Type" and "Type.Field"
	made     map[string]any
}

func makeSchema(t *testing.T) map[string]any {
	s := schemas{comments: modelComments(t), made: map[string]any{}}
	record := s.of(reflect.TypeFor[model.Record]())
	s.made["Export"] = map[string]any{
		"type": "object", "additionalProperties": false, "required": []string{"tool", "total", "records"},
		"description": "What the format json writes.",
		"properties": map[string]any{
			"generated_at": map[string]any{"type": "string", "format": "date-time",
				"description": "When it was written; only with --json."},
			"tool":         map[string]any{"type": "string", "description": "The build that wrote it."},
			"total":        map[string]any{"type": "integer", "minimum": 0, "description": "How many records there are."},
			"journal_head": s.of(reflect.TypeFor[model.JournalHead]()),
			"records": map[string]any{"type": "array", "items": record,
				"description": "The records, as the format jsonl has them, one a line."},
			"damaged": map[string]any{"type": "array", "items": s.of(reflect.TypeFor[model.Damage]()),
				"description": "What of the database can't be read and is missing here; only where there is something."},
		},
	}
	return map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:fineprint:export",
		"title":       "Records of Fineprint",
		"description": "What `fineprint export` writes as json; of jsonl it is each line. `fineprint export --schema` prints it.",
		"if":          map[string]any{"required": []string{"records"}},
		"then":        map[string]any{"$ref": "#/$defs/Export"},
		"else":        record,
		"$defs":       s.made,
	}
}

// of returns the schema of a type; that of a struct is a definition of its own.
func (s *schemas) of(t reflect.Type) map[string]any {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return map[string]any{"type": "string", "format": "date-time"}
	case wordsOfType[t] != nil:
		return map[string]any{"enum": wordsOfType[t]}
	}
	switch t.Kind() {
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64, reflect.Uint64:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Pointer:
		return map[string]any{"anyOf": []any{s.of(t.Elem()), map[string]any{"type": "null"}}}
	case reflect.Slice: // Go writes a nil one as null
		return map[string]any{"type": []string{"array", "null"}, "items": s.of(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": s.of(t.Elem())}
	case reflect.Struct:
		s.define(t)
		return map[string]any{"$ref": "#/$defs/" + t.Name()}
	}
	panic("no schema for " + t.String())
}

func (s *schemas) define(t reflect.Type) {
	if s.made[t.Name()] != nil {
		return
	}
	properties, required := map[string]any{}, []string{}
	s.made[t.Name()] = map[string]any{"type": "object"} // while it is made
	s.fields(t, properties, &required)
	slices.Sort(required)
	definition := map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		definition["required"] = required
	}
	if about := s.comments[t.Name()]; about != "" {
		definition["description"] = about
	}
	s.made[t.Name()] = definition
}

func (s *schemas) fields(t reflect.Type, properties map[string]any, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			s.fields(f.Type, properties, required)
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || !f.IsExported() {
			continue
		}
		property := s.of(f.Type)
		if strings.Contains(options, "omitempty") && f.Type.Kind() == reflect.Pointer {
			property = s.of(f.Type.Elem())
		}
		if about := s.comments[t.Name()+"."+f.Name]; about != "" {
			property["description"] = about
		}
		properties[name] = property
		if !strings.Contains(options, "omit") {
			*required = append(*required, name)
		}
	}
}

// modelComments are what the model's sources say of its types and fields.
func modelComments(t *testing.T) map[string]string {
	comments := map[string]string{}
	files, err := filepath.Glob("../model/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			declaration, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range declaration.Specs {
				if spec, ok := spec.(*ast.TypeSpec); ok {
					comments[spec.Name.Name] = commentLine(declaration.Doc.Text())
					fieldComments(comments, spec)
				}
			}
		}
	}
	return comments
}

func fieldComments(comments map[string]string, spec *ast.TypeSpec) {
	body, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, field := range body.Fields.List {
		for _, name := range field.Names {
			comments[spec.Name.Name+"."+name.Name] = commentLine(field.Doc.Text() + " " + field.Comment.Text())
		}
	}
}

func commentLine(s string) string {
	return strings.NewReplacer("[", "", "]", "").Replace(strings.Join(strings.Fields(s), " "))
}

// TestWhatIsWrittenFollowsTheSchema validates the goldens, and a record with everything.
func TestWhatIsWrittenFollowsTheSchema(t *testing.T) {
	schema := compiled(t)
	for _, name := range []string{"records", "provision", "none"} {
		for _, ext := range []string{".json", ".jsonl"} {
			body, err := os.ReadFile(filepath.Join("testdata", name+ext))
			if err != nil {
				t.Fatal(err)
			}
			documents := [][]byte{body}
			if ext == ".jsonl" {
				documents = bytes.Split(bytes.TrimSpace(body), []byte("\n"))
			}
			for _, document := range documents {
				if len(document) > 0 {
					validate(t, schema, name+ext, document)
				}
			}
		}
	}
	for i, list := range []string{`{"records":[{}]}`, `{"id":"FP-R-000001"}`, `[]`} {
		if err := schema.Validate(decoded(t, []byte(list))); err == nil {
			t.Errorf("%d: %s passes", i, list)
		}
	}
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("urn:fineprint:export", decoded(t, []byte(Schema))); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("urn:fineprint:export")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func decoded(t *testing.T, b []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func validate(t *testing.T, schema *jsonschema.Schema, name string, document []byte) {
	t.Helper()
	if err := schema.Validate(decoded(t, document)); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}
