package main

import "testing"

// TestMemoryIsReturnedOnceTheDeskRests: not while it works, not where little was allocated,
// and once for what was.
func TestMemoryIsReturnedOnceTheDeskRests(t *testing.T) {
	allocated, returned := uint64(0), 0
	m := memoryRest{read: func() uint64 { return allocated }, release: func() { returned++ }}
	for i, step := range []struct {
		allocates uint64
		want      int
	}{
		{1 << 20, 0}, {1 << 20, 0}, // little, slowly
		{100 << 20, 0}, {50 << 20, 0}, // at work
		{1 << 20, 1}, // it rests
		{1 << 20, 1}, {0, 1},
		{3 << 20, 1}, {3 << 20, 1}, {3 << 20, 2}, // what comes together
	} {
		allocated += step.allocates
		if m.look(); returned != step.want {
			t.Errorf("step %d: returned %d times, expected %d", i, returned, step.want)
		}
	}
}
