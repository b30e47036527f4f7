package bounds

import (
	"time"

	"golang.org/x/sys/unix"
)

// ownThread names the calling thread, which its goroutine must be locked to, so that
// [threadCPU] can be asked of another one.
func ownThread() int { return unix.Gettid() }

// threadCPU returns the time of the processor that a thread of the process has taken.
func threadCPU(thread int) time.Duration {
	const schedule, perThread = 2, 4 // as in linux/posix-timers.h
	var t unix.Timespec
	if unix.ClockGettime(int32(^thread<<3|schedule|perThread), &t) != nil {
		return 0
	}
	return time.Duration(t.Nano())
}
