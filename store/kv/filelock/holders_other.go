//go:build !linux

package filelock

func holders(string) []Process { return nil }
