package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	// aMachines are paths that are one machine's: somebody's folder, or where Go is installed.
	aMachines = regexp.MustCompile(`/(?:root|work|usr/local/go|home/\w+|Users/\w+)/`)
	// aRuns is what one run leaves behind: a folder for the while, a stack trace.
	aRuns = regexp.MustCompile(`/tmp/|/dev/shm/|goroutine \d+ .*\[\w+.*\]:|\.go:\d+ \+0x`)
)

// TestNoFileNamesAMachine: what is kept in the project, and most of all what tools write into
// it, is the same on every machine.
func TestNoFileNamesAMachine(t *testing.T) {
	madeUp := []string{"/home/ada/"}           // of pictures and examples
	sources := []string{".go", ".sh"}          // they name folders, and have traces as examples
	notOurs := []string{".git", "bin", "dist"} // what git, `task dev` and a release make
	alsoNot := []string{".test", ".out"}       // what tests leave
	read := 0
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains(notOurs, d.Name()):
			return fs.SkipDir
		case !d.Type().IsRegular() || slices.Contains(notOurs, d.Name()) || slices.Contains(alsoNot, filepath.Ext(file)):
			return nil
		}
		raw, err := os.ReadFile(file)
		if err != nil || bytes.IndexByte(raw, 0) >= 0 {
			return err // no text
		}
		read++
		for _, found := range aMachines.FindAllString(string(raw), -1) {
			if !slices.Contains(madeUp, found) {
				t.Errorf("%s names %s", file, found)
			}
		}
		if slices.Contains(sources, filepath.Ext(file)) || strings.HasSuffix(file, "fetch/SERVICE.md") {
			return nil
		}
		if found := aRuns.FindString(string(raw)); found != "" {
			t.Errorf("%s has %q of a run", file, found)
		}
		return nil
	})
	if err != nil || read < 1000 {
		t.Errorf("%d files read: %v", read, err)
	}
}
