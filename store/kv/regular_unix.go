//go:build unix

package kv

import "syscall"

// noWait: opening a pipe or a device doesn't wait for anything.
const noWait = syscall.O_NONBLOCK
