package kv

import "syscall"

// releasePages takes mapped pages out of the process: reading one again maps it again,
// from the file's cache.
func releasePages(start uintptr, size int64) {
	// Advice that isn't taken costs memory and nothing else.
	_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, start, uintptr(size), syscall.MADV_DONTNEED)
}
