package dev_test

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

// TestEveryToolIsListed: the list in doc.go and the folders are the same.
func TestEveryToolIsListed(t *testing.T) {
	raw, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var listed, there []string
	for _, item := range regexp.MustCompile(`(?m)^//   - (\w+) `).FindAllStringSubmatch(string(raw), -1) {
		listed = append(listed, item[1])
	}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && e.Name() != "testdata" {
			there = append(there, e.Name())
		}
	}
	slices.Sort(listed)
	slices.Sort(there)
	if !slices.Equal(listed, there) {
		t.Errorf("doc.go lists %q, the folders are %q", listed, there)
	}
}
