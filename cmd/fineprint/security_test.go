package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestSecurityPageNamesTests: each test that SECURITY.md names exists in the package that it
// names before it, and README links the page.
func TestSecurityPageNamesTests(t *testing.T) {
	t.Parallel()
	page := readRepository(t, "cmd/fineprint/SECURITY.md")
	if !strings.Contains(readRepository(t, "README.md"), "(cmd/fineprint/SECURITY.md)") {
		t.Error("README does not link SECURITY.md")
	}
	named, in := 0, ""
	for _, word := range regexp.MustCompile("`((?:cmd|fetch|store|tui)[a-z/]*)`:|`(Test\\w+)`").FindAllStringSubmatch(page, -1) {
		if word[1] != "" {
			in = word[1]
			continue
		}
		named++
		if !declares(t, in, word[2]) {
			t.Errorf("SECURITY.md names %s, which is not in %s", word[2], in)
		}
	}
	if named < 20 {
		t.Errorf("SECURITY.md names %d tests", named)
	}
}

// declares reports whether a test is declared in a package.
func declares(t *testing.T, pkg, test string) bool {
	t.Helper()
	files, err := filepath.Glob(repository + pkg + "/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), "\nfunc "+test+"(") {
			return true
		}
	}
	return false
}
