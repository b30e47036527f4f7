//go:build linux || darwin || freebsd

package temporary

import "golang.org/x/sys/unix"

// freeRoom returns how many bytes may be written in a folder.
func freeRoom(dir string) (bytes int64, known bool) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return int64(s.Bavail) * int64(s.Bsize), true
}
