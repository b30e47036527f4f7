package bounds

import (
	"errors"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fineprint/store/model"
)

// TestReadersWaitForTheSemaphore: several long documents at once each have the whole time, and one that
// takes too long holds the others up until it ends.
func TestReadersWaitForTheSemaphore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		one := make(Semaphore, 1)
		var counts sync.Mutex
		reading, most := 0, 0
		count := func(by int) {
			counts.Lock()
			defer counts.Unlock()
			reading += by
			most = max(most, reading)
		}
		var all sync.WaitGroup
		read := func(takes time.Duration, want error) {
			all.Go(func() {
				text, err := one.Run(func(deadline time.Time) (string, error) {
					count(1)
					defer count(-1)
					if left := time.Until(deadline); left != MaxTime {
						t.Errorf("a reader has %s, want %s", left, MaxTime)
					}
					time.Sleep(takes)
					return "text", nil
				})
				if !errors.Is(err, want) || err == nil && text != "text" {
					t.Errorf("a document of %s: %q, %v", takes, text, err)
				}
			})
		}
		for range 4 {
			read(MaxTime*2/3, nil)
		}
		read(2*MaxTime, ErrTooMuch)
		all.Wait()
		time.Sleep(2 * MaxTime) // the one left behind
		synctest.Wait()
		counts.Lock()
		defer counts.Unlock()
		if most != 1 || reading != 0 {
			t.Errorf("%d read at once, %d at the end", most, reading)
		}
	})
}

func TestPanicIsAnError(t *testing.T) {
	_, err := Run(func(_ time.Time) (string, error) { panic("boom") })
	if !errors.Is(err, model.ErrInvalid) {
		t.Errorf("%v", err)
	}
}

// TestReaderThatOnlyWorksIsEnded: by the processor's time, where that can be asked for,
// long before the clock does.
func TestReaderThatOnlyWorksIsEnded(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("not asked for on " + runtime.GOOS)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	before, n := threadCPU(ownThread()), 0
	for threadCPU(ownThread()) < before+20*time.Millisecond {
		n++
	}
	if other := threadCPU(1 << 21); n == 0 || other != 0 {
		t.Errorf("%d rounds in 20 ms of the processor; a thread that isn't there took %s", n, other)
	}
}
