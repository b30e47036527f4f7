//go:build !linux

package main

import "time"

var started = time.Now()

// threadCPU is the time on the clock, where no thread's CPU time is to be had.
func threadCPU() time.Duration { return time.Since(started) }
