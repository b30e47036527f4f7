package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"fineprint/store"
)

// readingGCPercent is how much of what it holds a command may add before it collects
// that reads a list and ends: with the usual 100 one that takes 12 MB collects five
// times on the way, a sixth of its time.
const readingGCPercent = 400

// readStore opens the database and reads from it.
func readStore[T any](a *cli, read func(*store.Store) (T, error)) (v T, err error) {
	s, err := a.openStore()
	if err != nil {
		return v, err
	}
	defer collectAt(readingGCPercent)()
	return read(s)
}

// collectAt has garbage collected once the heap has grown by so many percent of what it
// holds, until what it returns is called, unless the environment says otherwise.
func collectAt(percent int) (undo func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	was := debug.SetGCPercent(percent)
	return func() { debug.SetGCPercent(was) }
}

// print writes a command's result: v with --json, else what text prints.
func (a *cli) print(v any, text func()) error {
	if a.json {
		return a.printJSON(v)
	}
	text()
	return nil
}

// field is a value with its label.
type field struct{ label, value string }

// printFields writes "label: value" lines, but none for what is blank.
func (a *cli) printFields(indent string, fields ...field) {
	for _, f := range fields {
		if strings.TrimSpace(f.value) != "" {
			a.printf(indent+"%s: %s\n", f.label, f.value)
		}
	}
}

// number is a figure of a summary, with what it counts.
type number struct {
	n    int
	what string
}

// counted lists the figures that are not 0: "3 added, 1 moved".
func counted(figures ...number) string {
	var parts []string
	for _, f := range figures {
		if f.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", f.n, f.what))
		}
	}
	return strings.Join(parts, ", ")
}
