package dom

import (
	"regexp"
	"strings"
	"sync"
)

// Expression is a regular expression that is compiled when it is first used: to compile all that pages
// are read with takes a third of what a command does that reads none.
type Expression struct {
	source   string
	compiled func() *regexp.Regexp
}

// expressions are all that were made, for the test that compiles them.
var expressions []*Expression

// Compile makes an expression.
func Compile(source string) *Expression {
	e := &Expression{source: source}
	e.compiled = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(e.source) })
	expressions = append(expressions, e)
	return e
}

// Pattern makes an expression in which \W is what is no letter or digit of any script:
// in Go's own, a whole Japanese sentence is.
func Pattern(source string) *Expression {
	return Compile(strings.ReplaceAll(source, `\W`, `[^\p{L}\p{N}]`))
}

// MatchString is [regexp.Regexp.MatchString].
func (e *Expression) MatchString(s string) bool { return e.compiled().MatchString(s) }

// FindStringSubmatch is [regexp.Regexp.FindStringSubmatch].
func (e *Expression) FindStringSubmatch(s string) []string { return e.compiled().FindStringSubmatch(s) }

// CompileAll compiles all that were made, for a test: what is wrong with one is a panic.
func CompileAll() int {
	for _, e := range expressions {
		e.compiled()
	}
	return len(expressions)
}
