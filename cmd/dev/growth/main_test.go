package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/otatest"
)

// TestEveryVersionIsInAPart: of two archives, in parts of some versions.
func TestEveryVersionIsInAPart(t *testing.T) {
	var repos []string
	for _, service := range []string{"Acme", "Quill"} {
		h := otatest.New(t)
		for i := range 25 {
			h.Commit(map[string]string{service + "/Terms.md": fmt.Sprintf("We keep it for %d days.\n", i)}, "Record new changes",
				time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC))
		}
		repos = append(repos, h.Dir)
	}
	db := filepath.Join(t.TempDir(), "all.db")
	var out strings.Builder
	if err := run(t.Context(), append([]string{"-db", db, "-part", "10"}, repos...), &out); err != nil {
		t.Fatal(err)
	}
	versions := 0
	for l := range strings.Lines(out.String()) {
		var name string
		var n int
		if _, err := fmt.Sscan(l, &name, &n); err == nil && n > 0 {
			versions += n
		}
	}
	if versions != 50 || !strings.Contains(out.String(), "Ten times the largest archive") {
		t.Errorf("%d versions in\n%s", versions, &out)
	}
	if err := run(t.Context(), append([]string{"-db", db}, repos...), &out); err == nil {
		t.Error("it imports into a database that is there")
	}
}
