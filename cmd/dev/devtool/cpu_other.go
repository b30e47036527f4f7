//go:build !linux

package devtool

import "time"

var started = time.Now()

// ThreadCPU is the time on the clock, where no thread's CPU time is to be had.
func ThreadCPU() time.Duration { return time.Since(started) }

// ProcessCPU is the time on the clock, where no process's is to be had.
func ProcessCPU() time.Duration { return time.Since(started) }
