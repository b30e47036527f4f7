package store_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
)

// TestManyProcessesCreateOneDatabase at once: all of them have it open, and it is one.
func TestManyProcessesCreateOneDatabase(t *testing.T) {
	if path := os.Getenv("FINEPRINT_TEST_CREATE"); path != "" {
		s, err := store.OpenOrCreate(path, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		id, err := s.ID(t.Context())
		fmt.Printf("made %s\n", id)
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	const processes, rounds = 6, 4
	for range rounds {
		path := filepath.Join(t.TempDir(), "t.db")
		said := make(chan string)
		for range processes {
			child := exec.Command(os.Args[0], "-test.run=TestManyProcessesCreateOneDatabase$")
			child.Env = append(os.Environ(), "FINEPRINT_TEST_CREATE="+path)
			go func() {
				out, err := child.CombinedOutput()
				line, _, _ := strings.Cut(string(out), "\n")
				if err != nil {
					line = fmt.Sprintf("%v: %s", err, out)
				}
				said <- line
			}()
		}
		first := <-said
		for range processes - 1 {
			if other := <-said; other != first || !strings.HasPrefix(other, "made ") {
				t.Errorf("one says %q, another %q", first, other)
			}
		}
		s, err := store.Open(path, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		storetest.RequireConsistent(t, s)
		if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); err != nil || len(left) > 0 {
			t.Errorf("left: %v, %v", left, err)
		}
	}
}
