// Package reuse keeps memory that one piece of work after the other uses.
//
// A [sync.Pool] is emptied by garbage collections. Where these come often, because
// much is held, what it pools is made anew each time, and that makes them come more
// often still: an import of a large archive spent a third of its time so. A [List]
// keeps what it has.
//
// It is not for caching results.
package reuse

import "runtime"

// List lends values and takes them back. It keeps at most as many as there are
// processors, so that what it holds is bounded by what one value holds. It is safe
// for use by several goroutines.
type List[T any] struct {
	free chan T
	make func() T
}

// NewList returns a List that makes a value with f where it has none to lend.
func NewList[T any](f func() T) *List[T] {
	return &List[T]{make(chan T, runtime.GOMAXPROCS(0)), f}
}

// Get lends a value as it was given back, or a new one.
func (l *List[T]) Get() T {
	select {
	case v := <-l.free:
		return v
	default:
		return l.make()
	}
}

// Put takes a value back. Nobody may use it any more.
func (l *List[T]) Put(v T) {
	select {
	case l.free <- v:
	default:
	}
}
