// Package bounds holds what every reader of hostile bytes is bounded by: the size of
// an input, the time its reading takes, the readers that work at once, and the size of
// what comes out, in proportion to the input.
//
// It knows no format. The readers (fetch/extract, fetch/pdf, fetch/git) stand beside each other
// and import this one, so that one rule says what is too much, with one error.
package bounds

import (
	"fmt"
	"io"
	"runtime"
	"time"

	"fineprint/store/model"
)

// MaxBytes bounds what is read of one file or page.
const MaxBytes = 32 << 20

// MaxTime bounds the reading of one document on the clock, and MaxCPU by what it takes of
// a processor, so that a machine that does other things as well is given time. The largest
// real page takes a second.
const (
	MaxTime = 30 * time.Second
	MaxCPU  = 8 * time.Second
)

// ErrTooMuch: reading a document takes more time or memory than one may have.
// Its bytes are good to keep; it has no text.
var ErrTooMuch = fmt.Errorf("%w: it is too large or too complicated to be read", model.ErrInvalid)

// ErrGrowth is returned for an input that makes a text out of all proportion to
// its own size: what a page may multiply (spans of cells, indentation, addresses)
// is bounded by what comes out, before it is made.
var ErrGrowth = fmt.Errorf("%w: its text would be many times its own size", ErrTooMuch)

// ErrTime returns the error of a reading that took longer than [MaxTime].
func ErrTime() error { return fmt.Errorf("%w: more than %s", ErrTooMuch, MaxTime) }

// errCPU is that of one that took longer than [MaxCPU].
func errCPU() error { return fmt.Errorf("%w: more than %s of a processor", ErrTooMuch, MaxCPU) }

// Run runs a reader that may panic or not come to an end. What has not ended
// by the deadline is left behind: its own bounds end it.
func Run[T any](read func(deadline time.Time) (T, error)) (T, error) {
	type result struct {
		read T
		err  error
	}
	deadline := time.Now().Add(MaxTime)
	done, threads := make(chan result, 1), make(chan int, 1)
	go func() {
		runtime.LockOSThread() // for its time; the thread is another one's once this ends
		defer runtime.UnlockOSThread()
		threads <- ownThread()
		var r result
		defer func() {
			if p := recover(); p != nil {
				r = result{err: fmt.Errorf("%w: reading it failed: %v", model.ErrInvalid, p)}
			}
			done <- r
		}()
		r.read, r.err = read(deadline)
	}()
	thread := <-threads
	before := threadCPU(thread)
	timer, look := time.NewTimer(time.Until(deadline)), time.NewTicker(lookEvery)
	defer timer.Stop()
	defer look.Stop()
	var nothing T
	for {
		select {
		case r := <-done:
			return r.read, r.err
		case <-timer.C:
			return nothing, ErrTime()
		case <-look.C:
			if threadCPU(thread)-before > MaxCPU {
				return nothing, errCPU()
			}
		}
	}
}

// lookEvery is how often it is looked at what a reader has taken.
const lookEvery = 250 * time.Millisecond

// Semaphore bounds how many readers work at once; the others wait, and a
// document's time begins when it is let in.
type Semaphore chan struct{}

// Run is [Run] once there is room. A reader that is left behind keeps its
// place until it ends.
func (s Semaphore) Run(read func(deadline time.Time) (string, error)) (string, error) {
	s <- struct{}{}
	return Run(func(deadline time.Time) (string, error) {
		defer func() { <-s }()
		return read(deadline)
	})
}

// Reader returns a reader that ends with [ErrTooMuch] at the deadline, and the parser
// behind it.
func Reader(r io.Reader, deadline time.Time) io.Reader { return timedReader{r, deadline} }

type timedReader struct {
	r        io.Reader
	deadline time.Time
}

func (t timedReader) Read(p []byte) (int, error) {
	if time.Now().After(t.deadline) {
		return 0, ErrTooMuch
	}
	return t.r.Read(p[:min(len(p), 4096)])
}

const (
	// spareText is what any input may become, in bytes, however small it is.
	spareText = 1 << 20
	// maxGrowth is how many bytes of text each byte of an input may become. Real
	// pages shrink: markup is left out.
	maxGrowth = 8
	// MaxText bounds any text, in bytes. The largest real ones have one megabyte; comparing
	// two holds several copies of each.
	MaxText = 16 << 20
)

// CheckText returns [ErrTooMuch] for a text that is longer than [MaxText].
func CheckText(text string) error {
	if len(text) > MaxText {
		return fmt.Errorf("%w: a text of %d MB", ErrTooMuch, len(text)>>20)
	}
	return nil
}

// TextLimit returns how many bytes of text an input of this size may become.
func TextLimit(input int) int { return min(spareText+maxGrowth*input, MaxText) }

// Budget counts the bytes that reading a document adds to its text.
type Budget struct{ limit, spent int }

// NewBudget returns the budget of an input of so many bytes.
func NewBudget(input int) *Budget { return &Budget{limit: TextLimit(input)} }

// Spent returns the bytes counted so far.
func (b *Budget) Spent() int { return b.spent }

// Spend counts n more bytes; the error is [ErrGrowth] once they are too many.
func (b *Budget) Spend(n int) error {
	if b.spent += n; b.spent > b.limit || b.spent < 0 {
		return fmt.Errorf("%w: more than %d bytes", ErrGrowth, b.limit)
	}
	return nil
}
