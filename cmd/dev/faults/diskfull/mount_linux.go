package diskfull

import (
	"fmt"

	"golang.org/x/sys/unix"
)

func mount(dir string, size int64) error {
	return unix.Mount("none", dir, "tmpfs", 0, fmt.Sprintf("size=%d", size))
}

func unmount(dir string) error { return unix.Unmount(dir, unix.MNT_DETACH) }

// room is how many bytes are free in a folder.
func room(dir string) (int64, error) {
	var s unix.Statfs_t
	err := unix.Statfs(dir, &s)
	return int64(s.Bavail) * s.Bsize, err
}
