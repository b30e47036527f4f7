package rules

import (
	"regexp"
	"strings"
)

// pattern compiles a regular expression. Its first %s is replaced by the
// alternatives that follow, one a line where they are declared.
func pattern(expr string, alternatives ...string) *regexp.Regexp {
	return regexp.MustCompile(strings.Replace(expr, "%s", strings.Join(alternatives, "|"), 1))
}

// Parts of patterns. What is around a phrase may be marks, but no words.
const (
	marks    = `[^a-z0-9]*`
	timeUnit = `(?:second|minute|hour|day|week|month|year)s?`
	timeSpan = `(?:an?|one|\d+) ` + timeUnit + ` ago`
	renewed  = `(?:updated|modified|edited|published|posted|reviewed|changed)`
)
