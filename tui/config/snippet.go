package config

import (
	"regexp"
	"slices"
)

// Fill is what replaces the placeholders of a snippet.
type Fill struct {
	Platform, Type, Date string
	Old, New             string // the words that changed
}

// Placeholders lists what may be in braces in a snippet.
var Placeholders = []string{"platform", "type", "date", "old", "new"}

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// Expand puts into a snippet the values of its placeholders. One that is
// unknown, or of which nothing is known, stays visible, so that nobody approves
// a sentence with a hole in it. What is put in is not expanded again.
func Expand(snippet string, f Fill) string {
	known := map[string]string{"platform": f.Platform, "type": f.Type, "date": f.Date, "old": f.Old, "new": f.New}
	return placeholder.ReplaceAllStringFunc(snippet, func(s string) string {
		if text := known[s[1:len(s)-1]]; text != "" {
			return text
		}
		return s
	})
}

func unknownPlaceholders(snippet string) []string {
	var list []string
	for _, m := range placeholder.FindAllStringSubmatch(snippet, -1) {
		if !slices.Contains(Placeholders, m[1]) {
			list = append(list, m[1])
		}
	}
	return list
}
