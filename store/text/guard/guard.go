// Package guard keeps a text that makes the comparer fail from costing more than
// its own verdict: an import of 40,000 versions, a fetch or the desk goes on.
//
// It is not for errors that are expected: whoever compares returns those. It is
// for a mistake in splitting, aligning, redlining or classifying, which panics.
//
// Decisions:
//   - This is the one place with a recover. Whoever calls the comparer with texts
//     from outside does it through [Value], and passes there what replaces a
//     result.
//   - The comparer's readers of text call [Point], so that tests can make them
//     fail at a text of their choice, by [Inject], and prove that every caller
//     survives. Without an injected fault it is one comparison with nil.
package guard

import (
	"flag"
	"sync/atomic"
)

// Value returns what f returns; ok is false, and v the zero value, when f
// panicked.
func Value[T any](f func() T) (v T, ok bool) {
	defer func() {
		if !ok {
			var zero T
			v = zero
			_ = recover()
		}
	}()
	return f(), true
}

var fault atomic.Pointer[func(text string) bool]

// Point panics when a test has asked for a fault at this text.
func Point(text string) {
	if f := fault.Load(); f != nil && (*f)(text) {
		panic("a fault injected by a test")
	}
}

// Inject makes [Point] panic at the texts that at reports true for, until remove
// is called. It panics itself outside a test binary.
func Inject(at func(text string) bool) (remove func()) {
	if flag.Lookup("test.v") == nil {
		panic("guard.Inject is for tests")
	}
	fault.Store(&at)
	return func() { fault.Store(nil) }
}
