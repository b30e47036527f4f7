package extract

import (
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestTurns: several long documents at once each have the whole time, and one that
// takes too long holds the others up until it ends.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		one := make(turns, 1)
		reading, most := 0, 0
		var all sync.WaitGroup
		read := func(takes time.Duration, want error) {
			all.Go(func() {
				text, err := one.bounded(func(deadline time.Time) (string, error) {
					reading++
					most = max(most, reading)
					defer func() { reading-- }()
					if left := time.Until(deadline); left != maxTime {
						t.Errorf("a reader has %s, want %s", left, maxTime)
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
			read(maxTime*2/3, nil)
		}
		read(2*maxTime, ErrTooMuch)
		all.Wait()
		synctest.Wait()
		time.Sleep(maxTime) // the one left behind
		if most != 1 || reading != 0 {
			t.Errorf("%d read at once, %d at the end", most, reading)
		}
	})
}
