//go:build !linux

package main

import "time"

var started = time.Now()

// processCPU returns the time since the start, where there is no better measure.
func processCPU() time.Duration { return time.Since(started) }
