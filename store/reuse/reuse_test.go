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

// TestSlotsAreFree, and enough, whatever was in those of before.
func TestSlotsAreFree(t *testing.T) {
	var slots []int32
	for _, n := range []int{0, 1, 31, 32, 33, 500, 7, 600} {
		slots = Slots(slots, n)
		size := len(slots)
		if size < 2*n || size < minSlots || size&(size-1) != 0 {
			t.Errorf("%d slots for %d", size, n)
		}
		for i, v := range slots {
			if v != 0 {
				t.Fatalf("slot %d of %d is taken", i, size)
			}
			slots[i] = 1
		}
	}
	if large := cap(slots); cap(Slots(slots, 3)) != large {
		t.Error("memory that is large enough is not used again")
	}
}
