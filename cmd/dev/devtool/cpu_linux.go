package devtool

import (
	"time"

	"golang.org/x/sys/unix"
)

// ThreadCPU returns the CPU time that the calling thread has taken, which its
// goroutine must be locked to. Getrusage would count in ticks of the scheduler.
func ThreadCPU() time.Duration { return cpu(unix.CLOCK_THREAD_CPUTIME_ID) }

// ProcessCPU returns the CPU time that the process has taken.
func ProcessCPU() time.Duration { return cpu(unix.CLOCK_PROCESS_CPUTIME_ID) }

func cpu(clock int32) time.Duration {
	var t unix.Timespec
	_ = unix.ClockGettime(clock, &t) // of the own thread or process it can't fail
	return time.Duration(t.Nano())
}
