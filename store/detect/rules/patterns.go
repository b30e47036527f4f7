package rules

import (
	"regexp"
	"strings"
	"sync"
)

// expression is a regular expression that is compiled when it is first used, for
// most commands use none of them.
type expression struct {
	source   string
	compiled func() *regexp.Regexp
}

// expressions are all that were made, for the test that compiles them.
var expressions []*expression

// pattern makes an expression. Its first %s is replaced by the alternatives that
// follow, one a line where they are declared.
func pattern(expr string, alternatives ...string) *expression {
	e := &expression{source: strings.Replace(expr, "%s", strings.Join(alternatives, "|"), 1)}
	e.compiled = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(e.source) })
	expressions = append(expressions, e)
	return e
}

// MatchString is [regexp.Regexp.MatchString].
func (e *expression) MatchString(s string) bool { return e.compiled().MatchString(s) }

// ReplaceAllString is [regexp.Regexp.ReplaceAllString].
func (e *expression) ReplaceAllString(s, by string) string {
	return e.compiled().ReplaceAllString(s, by)
}

// ReplaceAllStringFunc is [regexp.Regexp.ReplaceAllStringFunc].
func (e *expression) ReplaceAllStringFunc(s string, by func(string) string) string {
	return e.compiled().ReplaceAllStringFunc(s, by)
}

// FindStringSubmatch is [regexp.Regexp.FindStringSubmatch].
func (e *expression) FindStringSubmatch(s string) []string { return e.compiled().FindStringSubmatch(s) }

// Parts of patterns. What is around a phrase may be marks, but no words.
const (
	marks    = `[^a-z0-9]*`
	timeUnit = `(?:second|minute|hour|day|week|month|year)s?`
	timeSpan = `(?:an?|one|\d+) ` + timeUnit + ` ago`
	renewed  = `(?:updated|modified|edited|published|posted|reviewed|changed)`
)
