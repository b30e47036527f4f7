//go:build !linux

package kv

// releasePages does nothing here: what is resident of a mapped file is the system's
// to take back.
func releasePages(uintptr, int64) {}
