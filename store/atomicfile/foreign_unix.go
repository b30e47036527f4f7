//go:build unix

package atomicfile

import (
	"io/fs"
	"os"
	"syscall"
)

// foreign reports whether a link in a folder for everybody was made by neither us nor
// the folder's owner; what Linux calls protected_symlinks.
func foreign(link, folder fs.FileInfo) bool {
	const everybody = 0o002
	l, ok := link.Sys().(*syscall.Stat_t)
	f, known := folder.Sys().(*syscall.Stat_t)
	if !ok || !known || folder.Mode()&fs.ModeSticky == 0 || folder.Mode().Perm()&everybody == 0 {
		return false
	}
	return int(l.Uid) != os.Geteuid() && l.Uid != f.Uid
}
