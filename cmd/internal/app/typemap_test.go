package app_test

import (
	"path/filepath"
	"testing"
	"time"

	"fineprint/cmd/internal/app"
	"fineprint/store"
	"fineprint/store/model"
)

// TestTypeMapCountsCurrentClauses: a platform has what its newest text has, with when that
// changed last, and its cell lists the same clauses.
func TestTypeMapCountsCurrentClauses(t *testing.T) {
	s, err := store.Create(filepath.Join(t.TempDir(), "map.db"), store.Options{Actor: "ada", NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	const court, arbitration = "Disputes are heard by the courts of Dublin.",
		"Any dispute is resolved by binding arbitration, and an arbitrator decides in place of a court."
	capture := func(platform, words string, day int) model.Capture {
		text := "# Terms of Service\n\n## Arbitration\n\n" + words + "\n"
		return model.Capture{Platform: platform, Type: "Terms of Service", Text: text, Raw: []byte(text),
			MediaType: "text/markdown", CapturedAt: time.Date(2026, 3, day, 0, 0, 0, 0, time.UTC),
			Origin: model.Provenance{Method: model.MethodWeb, URL: "https://larkspur.example/terms"}}
	}
	captures := []model.Capture{capture("Larkspur", court, 1), capture("Larkspur", arbitration, 2), capture("Quillon", court, 1)}
	if _, err := s.Record(t.Context(), captures); err != nil {
		t.Fatal(err)
	}
	steps := 0
	m, err := app.TypeMap{Store: s}.TypeMap(t.Context(), func(int, int) { steps++ })
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Platforms) != 2 || m.Behind != 0 || steps == 0 {
		t.Fatalf("%+v, %d steps", m, steps)
	}
	for _, row := range m.Platforms {
		cell := row.Cells["arbitration"]
		list, err := app.TypeMap{Store: s}.TypeClauses(t.Context(), row.Platform.Slug, "arbitration")
		if err != nil || len(list) != cell.Clauses {
			t.Errorf("%s has %d clauses, and lists %d, %v", row.Platform.Name, cell.Clauses, len(list), err)
		}
		if has := row.Platform.Name == "Larkspur"; has != (cell.Clauses > 0) {
			t.Errorf("%s: %+v", row.Platform.Name, cell)
		} else if has && cell.LastChanged.Day() != 2 {
			t.Errorf("changed last on %s", cell.LastChanged)
		}
	}
}
