//go:build !unix

package atomicfile

import "io/fs"

func foreign(fs.FileInfo, fs.FileInfo) bool { return false }
