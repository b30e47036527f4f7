//go:build !linux && !darwin && !freebsd && !windows

package kv

func freeRoom(string) (bytes int64, known bool) { return 0, false }
