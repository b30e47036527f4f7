//go:build linux || darwin || freebsd

package rescue

import "syscall"

// room is how many bytes are free in a folder; -1 where that is not known.
func room(folder string) int64 {
	var s syscall.Statfs_t
	if syscall.Statfs(folder, &s) != nil {
		return -1
	}
	return int64(s.Bavail) * int64(s.Bsize)
}
