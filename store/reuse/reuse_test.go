package reuse

import (
	"runtime"
	"testing"
)

// TestListKeepsWhatItHas: through garbage collections, and no more than can be in use.
func TestListKeepsWhatItHas(t *testing.T) {
	made := 0
	list := NewList(func() *int { made++; return new(int) })
	first := list.Get()
	list.Put(first)
	runtime.GC()
	runtime.GC()
	if second := list.Get(); second != first || made != 1 {
		t.Errorf("made %d", made)
	}
	for range runtime.GOMAXPROCS(0) + 3 {
		list.Put(new(int))
	}
	if len(list.free) != runtime.GOMAXPROCS(0) {
		t.Errorf("keeps %d", len(list.free))
	}
}
