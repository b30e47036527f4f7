package main

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// restEvery is how often it is looked at whether a desk rests.
	restEvery = 3 * time.Second
	// restsBelow is how many bytes a desk that rests allocates in that time at most.
	restsBelow = 4 << 20
	// worthReturning is from how many bytes allocated since on memory is returned.
	worthReturning = 8 << 20
)

// memoryRest returns what a desk that rests again doesn't need any more: what a screen
// took to be made is garbage once it stands, and the runtime holds on to that until much
// more is allocated, which a desk that is open all day does not do.
type memoryRest struct {
	read     func() uint64 // bytes allocated ever
	release  func()
	seen     uint64 // at the last look
	returned uint64 // when memory was returned last
}

func newMemoryRest() *memoryRest {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	return &memoryRest{release: debug.FreeOSMemory, read: func() uint64 {
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}}
}

// look returns memory when little was allocated since the last look, and much since it was
// returned last.
func (m *memoryRest) look() {
	now := m.read()
	if now-m.seen < restsBelow && now-m.returned >= worthReturning {
		m.release()
		m.returned = m.read()
	}
	m.seen = now
}

// run looks until the context is done.
func (m *memoryRest) run(ctx context.Context) {
	tick := time.NewTicker(restEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			m.look()
		}
	}
}
