package tui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// wrapped breaks a text into lines of at most so many cells.
func (e *env) wrapped(text string, width int) []string {
	return strings.Split(ansi.Wrap(text, max(10, width), ""), "\n")
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}
