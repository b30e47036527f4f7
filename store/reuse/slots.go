package reuse

// minSlots is how many slots there are at least.
const minSlots = 64

// Slots returns the free slots, zeros, of an open-addressing hash table of n things:
// a power of two of them, no more than half of which will be taken. They are of what
// an earlier call returned where that is large enough.
func Slots(slots []int32, n int) []int32 {
	size := minSlots
	for size < 2*n {
		size *= 2
	}
	if cap(slots) < size {
		return make([]int32, size)
	}
	slots = slots[:size]
	clear(slots)
	return slots
}
