package importer

import (
	"context"
	"testing"
	"time"

	"fineprint/fetch/extract"
	"fineprint/fetch/ota"
	"fineprint/store/model"
)

// TestSnapshotIsReadAsDeclared: by the declaration of its time, whether the
// archive calls the service by its name or by its file's.
func TestSnapshotIsReadAsDeclared(t *testing.T) {
	dir := t.TempDir()
	file := putFile(t, dir, "acme.json", `{"name":"Acme Games","terms":{"Terms of Service":
		{"fetch":"https://acme.example/terms","select":"main","remove":".ad"}}}`)
	declared, err := ota.ReadDeclarations(file)
	if err != nil || len(declared) != 1 {
		t.Fatalf("%v, %v", declared, err)
	}
	sourceOf := DeclaredSources(declared)
	for _, service := range []string{"Acme Games", "acme"} {
		var in extract.Input
		declareInput(&in, sourceOf, ota.Entry{Platform: service, Type: "Terms of Service", CapturedAt: time.Now()})
		if len(in.Select) != 1 || in.Select[0].CSS != "main" || len(in.Remove) != 1 ||
			in.BaseURL != "https://acme.example/terms" {
			t.Errorf("%s: %+v", service, in)
		}
	}
	var in extract.Input
	declareInput(&in, sourceOf, ota.Entry{Platform: "Acme Games", Type: "Privacy Policy", CapturedAt: time.Now()})
	declareInput(&in, nil, ota.Entry{Platform: "Acme Games", Type: "Terms of Service"})
	if len(in.Select) != 0 || in.BaseURL != "" {
		t.Errorf("what is not declared: %+v", in)
	}
}

// TestMemoKeepsTextsWithinItsBound: the oldest texts go first.
func TestMemoKeepsTextsWithinItsBound(t *testing.T) {
	var m textMemo
	large := string(make([]byte, memoBytes/2))
	for i := range 4 {
		m.add(memoKey{media: string(rune('a' + i))}, extracted{Reading: extract.Reading{Text: large}})
		m.add(memoKey{media: string(rune('a' + i))}, extracted{Reading: extract.Reading{Text: "another"}})
	}
	if _, old := m.texts[memoKey{media: "a"}]; old || len(m.texts) != 2 || m.bytes > memoBytes {
		t.Errorf("%d texts, %d bytes", len(m.texts), m.bytes)
	}
}

// TestWaybackRefusesSeveralPages: their captures don't belong together.
func TestWaybackRefusesSeveralPages(t *testing.T) {
	s := looseStore(t)
	several := model.Source{Parts: []model.Page{{URL: "https://acme.example/1"}, {URL: "https://acme.example/2"}}}
	if _, err := ImportWayback(context.Background(), nil, s, acmeTerms, several, WaybackOptions{}); err == nil {
		t.Error("several pages were taken in")
	}
}
